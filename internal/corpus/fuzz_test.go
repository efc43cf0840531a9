package corpus

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzRead reads any bytes as standard input. Whatever they are: no panic, no
// silence, and what is not broken is text within the limits.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if !strings.Contains(file, "bomb") {
			f.Add(data)
		}
	}
	for _, text := range []string{"[", "[{", "{", "{\n", "<?xml", "<p", "a,text\n", "\xff\xfe", "\xfe\xff\x00", "text\tid\n\"", "\x1f\x8b", "\x28\xb5\x2f\xfd"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, quotes := range []bool{false, true} {
			n := 0
			err := Read(context.Background(), []string{"-"}, Options{Stdin: bytes.NewReader(data), Quotes: quotes, MaxText: 1 << 12}, func(a Article) error {
				n++
				a.Decode()
				checkArticle(t, a)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if n == 0 && !holdsNoRecord(data) {
				t.Errorf("no article, and no word why")
			}
		}
	})
}

// checkArticle holds what is true of every decoded article.
func checkArticle(t *testing.T, a Article) {
	switch {
	case !strings.HasPrefix(a.ID, "a_") || len(a.ID) != 18:
		t.Errorf("identity %q", a.ID)
	case (a.Status == OK) != (a.Reason == ""):
		t.Errorf("status %q, reason %q", a.Status, a.Reason)
	case !utf8.ValidString(a.Body) || len(a.Body) > 1<<12:
		t.Errorf("a body of %d bytes, not text or over the limit", len(a.Body))
	case a.Status == Broken && a.Body != "":
		t.Errorf("a broken article with a body")
	case a.Precision != Second && a.Precision != Day && a.Precision != None:
		t.Errorf("precision %q", a.Precision)
	case (a.Precision == None) != a.PublishedDay.IsZero(), (a.Precision == Second) == a.PublishedAt.IsZero():
		t.Errorf("precision %q of %v, %v", a.Precision, a.PublishedAt, a.PublishedDay)
	case a.Quote != nil && a.Body[a.Quote.Start:a.Quote.Start+len(a.Quote.Text)] != a.Quote.Text:
		t.Errorf("quote %+v is not in %q", a.Quote, a.Body)
	}
}

// holdsNoRecord says that data is a table of no rows: an empty array, a CSV
// of a header, a Parquet file, or compressed and beyond this check.
func holdsNoRecord(data []byte) bool {
	if compression(data[:min(4, len(data))]) != nil || bytes.HasPrefix(data, []byte("PAR1")) {
		return true
	}
	text := bytes.TrimSpace(bytes.TrimPrefix(decodedHead(data), []byte("\ufeff")))
	form, _ := sniff(data, Options{}.filled())
	quotes, _ := sniff(data, Options{Quotes: true}.filled())
	return bytes.HasPrefix(text, []byte("[")) || form == formatCSV || quotes == formatCSV
}

func FuzzJSONString(f *testing.F) {
	for _, s := range []string{`"a\n\"\\\/\u00e9\ud83d\ude00"`, `"\ud83d x"`, `"\ud83d\u0041"`, `"\ude00"`, `""`, `"\u0000"`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var want string
		if !utf8.Valid(raw) || json.Unmarshal(raw, &want) != nil || len(raw) < 2 || raw[0] != '"' || raw[len(raw)-1] != '"' {
			return
		}
		if got := jsonString(raw); got != want {
			t.Errorf("%s: got %q, want %q", raw, got, want)
		}
	})
}

// FuzzCSV compares with a table that was written as CSV.
func FuzzCSV(f *testing.F) {
	f.Add("a", "b\r\nc", "d\"e")
	f.Add("", " ", ",")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
		data := quote(a) + "," + quote(b) + "," + quote(c) + "\r\nx,y,z\n"
		r := newCSV(strings.NewReader(data), ',', 1<<20)
		first, second, end := r.next(), r.next(), r.next()
		if first == nil || second == nil || end != nil || first.err != "" || len(first.fields) != 3 {
			t.Fatalf("%q: got %+v, %+v, %+v", data, first, second, end)
		}
		if first.fields[0] != a || first.fields[1] != b || first.fields[2] != c || strings.Join(second.fields, "") != "xyz" {
			t.Errorf("%q: got %q, %q", data, first.fields, second.fields)
		}
	})
}
