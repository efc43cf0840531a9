package corpus

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// readAll is every article of inputs, decoded.
func readAll(t testing.TB, opt Options, inputs ...string) []Article {
	t.Helper()
	var all []Article
	err := Read(context.Background(), inputs, opt, func(a Article) error {
		a.Decode()
		all = append(all, a)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// summary is an article in one line: its record, status and what was read.
func summary(a Article) string {
	_, record, _ := strings.Cut(a.Input, "#")
	when := string(a.Precision)
	switch {
	case a.Precision == Second:
		when = a.PublishedAt.Format(time.RFC3339)
	case !a.PublishedDay.IsZero():
		when = a.PublishedDay.Format(time.DateOnly)
	}
	if a.Status != OK {
		return strings.TrimSpace(fmt.Sprintf("%s %s: %s", record, a.Status, a.Reason))
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s|%s|%s|%s", record, a.Title, a.Outlet, strings.Join(a.Authors, ";"), when))
}

func TestReadFiles(t *testing.T) {
	dump := []string{
		"1 Council asks sailors to stay|The Norrvik Post|Edda Lindqvist;Marek Wolny|2020-01-13T09:00:00Z",
		"2 Envoy rejects the call|The Norrvik Post||2020-01-14",
		"3 More to come|||2020-01-15T08:30:00Z",
	}
	article := []string{"Harbour council asks foreign sailors to stay|||2020-01-13"}
	page := []string{"Island votes on the base|The Norrvik Post|Marek Wolny|2021-03-05T04:30:00Z"}
	tests := []struct {
		file string
		want []string
	}{
		{"good/array.json", dump},
		{"good/article.txt", article},
		{"good/captcha.html", []string{"filtered: not_an_article"}},
		{"good/consent.txt", []string{"filtered: not_an_article"}},
		{"good/crlf.txt", article},
		{"good/dump.jsonl", dump},
		{"good/dump.jsonl.gz", dump},
		{"good/dump.jsonl.zst", dump},
		{"good/german.txt", []string{"filtered: other_language"}},
		{"good/index.txt", []string{"filtered: not_an_article"}},
		{"good/latin1.html", page},
		{"good/latin1.txt", article},
		{"good/navigation.txt", []string{"Premier and envoy to hold talks on the future of the base|||none"}},
		{"good/object.json", []string{dump[0][2:]}},
		{"good/page.html", page},
		{"good/right_to_left.txt", []string{"The mayor spoke first in Hebrew|||none"}},
		{"good/short.txt", []string{"filtered: too_short"}},
		{"good/table.csv", []string{
			"1 Council asks sailors to stay|post.example||2020-01-13",
			"2 Envoy rejects the call|post.example||2020-01-14T09:15:00Z"}},
		{"good/utf16.txt", article},
		{"good/wire.txt", []string{"Troops to leave the valley by autumn, general says|||2019-03-03"}},

		{"bad/badline.jsonl", []string{
			"1 |||none",
			"2 broken: malformed JSON: line 2: unexpected end of JSON input, at byte 18",
			"4 broken: malformed JSON: line 4: an array where an object should be",
			"5 broken: malformed JSON: line 5: null where an object should be",
			"6 |||none"}},
		{"bad/bomb.jsonl.zst", []string{"1 broken: cut or damaged: line 1: decompresses to more than 500 times its size"}},
		{"bad/bomb.txt.gz", []string{"broken: text over 1 MiB"}},
		{"bad/cut.json", []string{"1 |||none", "2 broken: malformed JSON: record 2, and all after it: the array is cut"}},
		{"bad/cut.jsonl.zst", []string{"broken: cut or damaged: unexpected EOF"}},
		{"bad/cut.parquet", []string{"broken: malformed Parquet: the file is cut"}},
		{"bad/cut.txt.gz", []string{"broken: cut or damaged: unexpected EOF"}},
		{"bad/empty.txt", []string{"filtered: empty"}},
		{"bad/feed.xml", []string{"broken: format not read: XML that is not HTML"}},
		{"bad/no_text.csv", []string{"broken: no text column: a table with the columns id, title, url; name one with -columns text=COLUMN"}},
		{"bad/nul.txt", []string{"broken: not text: NUL bytes"}},
		{"bad/quotes_in_fields.csv", []string{
			"1 broken: malformed CSV: line 2: a quote inside a field without quotes",
			"2 broken: malformed CSV: line 3: text after the closing quote of a field",
			"3 broken: malformed CSV: line 4: 2 fields where the header has 3",
			"4 D|||none"}},
		{"bad/random.bin", []string{"broken: not text: too many control characters"}},
		{"bad/report.pdf", []string{"broken: format not read: PDF"}},
		{"bad/spaces.txt", []string{"filtered: empty"}},
		{"bad/types.jsonl", []string{
			"1 broken: wrong type: the text is a number or boolean, not a string",
			"2 broken: wrong type: the text is a list, not a string",
			"3 broken: wrong type: the text is an object, not a string",
			"4 filtered: empty",
			"5 broken: no text column: the columns are title",
			"6 broken: not text: NUL bytes",
			"7 1984|||none"}},
		{"bad/unclosed.csv", []string{
			"1 First|||none",
			"2 broken: malformed CSV: line 4: the quote opened here is never closed; all lines to the end of the file, line 6, are lost"}},
	}
	for _, test := range tests {
		var got []string
		for _, a := range readAll(t, Options{}, filepath.Join("testdata", test.file)) {
			got = append(got, summary(a))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s:\n got %s\nwant %s", test.file, strings.Join(got, "\n     "), strings.Join(test.want, "\n     "))
		}
	}
}

// The rows before a cut are read, the cut is one row.
func TestCutGzip(t *testing.T) {
	got := readAll(t, Options{}, "testdata/bad/cut.jsonl.gz")
	for i, a := range got[:len(got)-1] {
		if a.Status != OK || a.Input != fmt.Sprintf("testdata/bad/cut.jsonl.gz#%d", i+1) {
			t.Errorf("%s: %s", a.Input, a.Reason)
		}
	}
	last := got[len(got)-1]
	if len(got) < 100 || last.Reason != fmt.Sprintf("cut or damaged: line %d: unexpected EOF", len(got)) || ReasonKind(last.Reason) != "cut or damaged" {
		t.Errorf("%d rows, the last %s: %s", len(got), last.Input, last.Reason)
	}
}

// The body of plain text in UTF-8 is the file, byte for byte.
func TestBodyIsTheFile(t *testing.T) {
	for _, name := range []string{"article.txt", "crlf.txt", "right_to_left.txt", "navigation.txt"} {
		path := filepath.Join("testdata/good", name)
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := readAll(t, Options{}, path)[0].Body; got != string(want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// Where a body is decoded, no character is lost.
func TestBodyDecoded(t *testing.T) {
	plain := readAll(t, Options{}, "testdata/good/article.txt")[0].Body
	if got := readAll(t, Options{}, "testdata/good/utf16.txt")[0].Body; got != plain {
		t.Errorf("UTF-16: got %q", got)
	}
	if got := readAll(t, Options{}, "testdata/good/latin1.txt")[0].Body; !strings.Contains(got, "By Zoë Lindqvist") {
		t.Errorf("latin-1: got %q", got)
	}
	if got := readAll(t, Options{}, "testdata/good/dump.jsonl")[1].Body; !strings.Contains(got, "Tuesday.\r\nHe") {
		t.Errorf("JSON: got %q", got)
	}
	if got := readAll(t, Options{}, "testdata/good/table.csv")[0].Body; got != "The council asked the sailors to stay,\nand they \"agreed\" to it on Monday." {
		t.Errorf("CSV: got %q", got)
	}
}

// Workers may decode in parallel and in any order.
func TestDecodeInParallel(t *testing.T) {
	inputs := []string{"testdata/good", "testdata/bad"}
	var got []*Article
	var wg sync.WaitGroup
	err := Read(context.Background(), inputs, Options{}, func(a Article) error {
		got = append(got, &a)
		wg.Go(a.Decode)
		return nil
	})
	if wg.Wait(); err != nil {
		t.Fatal(err)
	}
	for i, want := range readAll(t, Options{}, inputs...) {
		if a := got[i]; a.ID != want.ID || a.Input != want.Input || a.Body != want.Body || a.Reason != want.Reason || a.Language != want.Language {
			t.Errorf("%s: got %+v, want %+v", want.Input, a, want)
		}
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	text := []byte("The council asked the sailors to stay until the spring.\n")
	for _, name := range []string{"a/x.txt", "a-b/x.txt", "a.txt", "b/x.txt", ".hidden.txt", ".git/x.txt"} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, text, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	links := errors.Join(os.Symlink("a.txt", filepath.Join(dir, "link.txt")), os.Symlink(".", filepath.Join(dir, "b", "loop")),
		os.Symlink("self", filepath.Join(dir, "self")))
	if links != nil {
		t.Fatal(links)
	}
	names := func(inputs ...string) (got []string) {
		for _, a := range readAll(t, Options{}, inputs...) {
			got = append(got, strings.TrimPrefix(a.Input, filepath.ToSlash(dir)))
		}
		return got
	}
	if got, want := names(dir+"/"), []string{"/a-b/x.txt", "/a.txt", "/a/x.txt", "/b/x.txt"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := names(filepath.Join(dir, "link.txt"), filepath.Join(dir, "b", "loop")), []string{"/link.txt", "/b/loop/x.txt"}; !slices.Equal(got, want) {
		t.Errorf("named links: got %q, want %q", got, want)
	}
	loop := readAll(t, Options{}, filepath.Join(dir, "self"))
	if len(loop) != 1 || loop[0].Status != Broken || !strings.HasPrefix(loop[0].Reason, "unreadable: ") {
		t.Errorf("a link to itself: %+v", loop)
	}
}

func TestExpand(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.txt", "a.txt", "c.csv", "[x].txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	got, err := Expand([]string{"-", at("[ab].txt"), at("[x].txt"), at("c.csv")})
	if want := []string{"-", at("a.txt"), at("b.txt"), at("[x].txt"), at("c.csv")}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	for _, arg := range []string{at("none.txt"), at("*.none"), at("[")} {
		if _, err := Expand([]string{arg}); err == nil || !strings.Contains(err.Error(), arg) {
			t.Errorf("%s: error %v", arg, err)
		}
	}
}

func TestReadErrors(t *testing.T) {
	if err := Read(context.Background(), []string{"testdata/none"}, Options{}, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an input that does not exist: %v", err)
	}
	stop := errors.New("stop")
	if err := Read(context.Background(), []string{"testdata/good"}, Options{}, func(Article) error { return stop }); err != stop {
		t.Errorf("got %v, want the error of yield", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	err := Read(ctx, []string{"testdata/good/dump.jsonl"}, Options{}, func(Article) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the error of ctx", err)
	}
}

func TestQuotes(t *testing.T) {
	got := readAll(t, Options{Quotes: true}, "testdata/good/quotes.csv")
	if len(got) != 2 {
		t.Fatalf("%d rows", len(got))
	}
	for _, a := range got {
		if q := a.Quote; a.Status != OK || q == nil || a.Body[q.Start:q.Start+len(q.Text)] != q.Text {
			t.Fatalf("%s: %s: %+v", a.Input, a.Reason, a.Quote)
		}
	}
	if a := got[0]; a.Quote.Actor != "Ms. Park" || a.Quote.Host != "Norway" || a.InputID != "q1" || a.Quote.Start == 0 {
		t.Errorf("got %+v", a)
	}
	if a := got[1]; a.Body != "Out!" || a.Quote.Host != "" {
		t.Errorf("got %+v", a)
	}
	for _, file := range []string{"bad/no_quotes.csv", "good/article.txt", "good/page.html"} {
		if a := readAll(t, Options{Quotes: true}, "testdata/"+file)[0]; ReasonKind(a.Reason) != noQuoteColumns {
			t.Errorf("%s: %s", file, a.Reason)
		}
	}
}

func TestColumnsAndKeep(t *testing.T) {
	columns, err := ParseColumns("text=section, title=url")
	if err != nil {
		t.Fatal(err)
	}
	got := readAll(t, Options{Columns: columns, Keep: []string{"section", "none", "source"}}, "testdata/good/dump.jsonl")
	if a := got[0]; a.Body != "world" || a.Title != "https://post.example/1" || !slices.Equal(a.Kept, []string{"world", "", `{"id": "np", "name": "The Norrvik Post"}`}) {
		t.Errorf("got %+v", a)
	}
	if a := got[2]; ReasonKind(a.Reason) != noTextColumn {
		t.Errorf("got %s", a.Reason)
	}
	for _, bad := range []string{"text", "text=", "colour=red"} {
		if _, err := ParseColumns(bad); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

func TestIdentity(t *testing.T) {
	a := readAll(t, Options{}, "testdata/good/dump.jsonl")[0]
	b := readAll(t, Options{}, "testdata/good/array.json")[0]
	if a.ID != b.ID || a.ID != ID(a.URL, a.Body) || len(a.ID) != 18 {
		t.Errorf("the same article has the identities %s and %s", a.ID, b.ID)
	}
	broken := readAll(t, Options{}, "testdata/bad/nul.txt")[0]
	data, err := os.ReadFile("testdata/bad/nul.txt")
	if err != nil || broken.ID != BrokenID("testdata/bad/nul.txt", data) {
		t.Errorf("broken: %s, %v", broken.ID, err)
	}
	again := a
	if again.Decode(); again.ID != a.ID {
		t.Error("a second Decode changes the article")
	}
}

func TestLongInputs(t *testing.T) {
	line := `{"text":"` + strings.Repeat("The council met. ", 3<<20) + `"}`
	next := `{"text":"The council asked the sailors to stay until the spring."}`
	got := readAll(t, Options{Stdin: strings.NewReader(line + "\n" + next + "\n")}, "-")
	if len(got) != 2 || got[0].Input != "-#1" || ReasonKind(got[0].Reason) != "text over 1 MiB" || got[1].Status != OK {
		t.Errorf("a line of %d MB: %d rows, %s", len(line)>>20, len(got), got[0].Reason)
	}
	text := strings.Repeat("The council met. ", 3<<20)
	if a := readAll(t, Options{Stdin: strings.NewReader(text)}, "-")[0]; a.Reason != "text over 1 MiB" {
		t.Errorf("a text of %d MB: %s", len(text)>>20, a.Reason)
	}
	csv := "id,text\n1,\"" + text + "\"\n2,The council asked the sailors to stay.\n"
	got = readAll(t, Options{Stdin: strings.NewReader(csv)}, "-")
	if len(got) != 2 || ReasonKind(got[0].Reason) != "text over 1 MiB" || got[1].Status != OK {
		t.Errorf("a record of %d MB: %d rows, %s", len(text)>>20, len(got), got[0].Reason)
	}
}
