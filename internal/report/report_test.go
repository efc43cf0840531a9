package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"standpoint/internal/table"
)

func TestMarks(t *testing.T) {
	for _, c := range []struct {
		name, before, text, after string
		start                     int32
		segments                  string
		cue, speaker              [2]int32
		want                      []string
	}{
		{"one piece", "She said: ", "No.", " He left.", 10, "10-13", [2]int32{4, 8}, [2]int32{0, 3}, []string{"No.", "said", "She"}},
		{"two pieces", "", "“We,” she said, “go.”", "", 5, "5-10;21-26", [2]int32{15, 19}, [2]int32{}, []string{"“We,”", "“go.”", "said"}},
		{"beyond the first plane", "🙂 ", "🙂 no", "", 2, "2-6", [2]int32{}, [2]int32{}, []string{"🙂 no"}},
		{"speaker far away", "said ", "it", "", 905, "905-907", [2]int32{900, 904}, [2]int32{3, 9}, []string{"it", "said"}},
		{"nonsense", "", "it", "", 0, "0-9;x;-1-1;1-0", [2]int32{}, [2]int32{}, nil},
	} {
		s := table.Statement{
			Before: c.before, Text: c.text, After: c.after, StartChar: c.start, Segments: c.segments,
			CueStartChar: c.cue[0], CueEndChar: c.cue[1], SpeakerStartChar: c.speaker[0], SpeakerEndChar: c.speaker[1],
		}
		var got []string
		for _, m := range marks(s) {
			got = append(got, slice(s, m))
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// slice is what a mark covers, as the page's script would cut it.
func slice(s table.Statement, m [3]int) string {
	units := utf16.Encode([]rune(s.Before + s.Text + s.After))
	return string(utf16.Decode(units[m[0]:m[1]]))
}

func FuzzMarks(f *testing.F) {
	f.Add("She said: ", "No.", " He", int32(10), "10-13", int32(4), int32(8))
	f.Fuzz(func(t *testing.T, before, text, after string, start int32, segments string, from, to int32) {
		s := table.Statement{Before: before, Text: text, After: after, StartChar: start, Segments: segments, CueStartChar: from, CueEndChar: to}
		n := len(utf16.Encode([]rune(before + text + after)))
		for _, m := range marks(s) {
			if m[0] < 0 || m[0] >= m[1] || m[1] > n {
				t.Fatalf("mark %v in %d units", m, n)
			}
		}
	})
}

func TestCutoff(t *testing.T) {
	for _, c := range []struct {
		days []int64
		most int
		want string // kept, in order
	}{
		{[]int64{1, 2, 3}, 5, "123"},
		{[]int64{3, 1, 2}, 2, "32"},
		{[]int64{2, 1, 2, 2}, 2, "22"},
		{[]int64{1, 1, 1}, 1, "1"},
		{nil, 1, ""},
	} {
		from, ties := cutoff(slices.Clone(c.days), c.most)
		var kept strings.Builder
		for _, d := range c.days {
			if d > from || d == from && ties > 0 {
				kept.WriteByte(byte('0' + d))
			}
			if d == from {
				ties--
			}
		}
		if kept.String() != c.want {
			t.Errorf("newest %d of %v: %s, want %s", c.most, c.days, kept.String(), c.want)
		}
	}
}

func TestFolderOfNoRun(t *testing.T) {
	if err := Write(&bytes.Buffer{}, t.TempDir(), Options{}); !errors.Is(err, ErrNoFolder) {
		t.Errorf("error %v, want ErrNoFolder", err)
	}
}

// TestPage writes a folder's page and reads its data back: what stands in it,
// that texts can't leave it, and that it is the same every time.
func TestPage(t *testing.T) {
	dir := writeFolder(t)
	first, second := write(t, dir, Options{}), write(t, dir, Options{})
	if first != second {
		t.Error("the same folder gave other bytes")
	}
	p := dataOf(t, first)
	if got := p.Scope; got.Articles != 3 || got.Statements != 4 || got.Unrelated != 1 || got.Abstained != 1 {
		t.Errorf("scope %+v", got)
	}
	if len(p.Rows) != 4 || p.Rows[0].ID != "r_3" || p.Rows[0].Group == 0 || p.Rows[0].Group != p.Rows[3].Group || p.Rows[1].Group != 0 {
		t.Errorf("rows %+v", p.Rows)
	}
	if p.Rows[0].Context != hostile {
		t.Errorf("context %q", p.Rows[0].Context)
	}
	if len(p.Positions) != 1 || p.Actors[int(p.Positions[0][1])].Name != "Marek Wolny" {
		t.Errorf("positions %v of %v", p.Positions, p.Actors)
	}
	if a := p.Articles; a[p.Rows[0].Article].Story != a[p.Rows[3].Article].Story {
		t.Errorf("near copies are of stories %v", a)
	}
	if n := strings.Count(first, "<script"); n != len(scripts)+1 {
		t.Errorf("%d script elements, want %d", n, len(scripts)+1)
	}
	if strings.Contains(first, "http-equiv=\"Content-Security-Policy\"") == false || regexp.MustCompile(`(src|href)="https?:`).MatchString(first) {
		t.Error("the page has no policy, or asks for something")
	}
	if got := dataOf(t, write(t, dir, Options{Rows: 2})); len(got.Rows) != 2 || got.Scope.Statements != 4 {
		t.Errorf("the newest two: %d rows of %d", len(got.Rows), got.Scope.Statements)
	}
}

const hostile = `</script><script>alert("1")</script> & 'this'` + "\u2028"

func writeFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	day := func(s string) *time.Time { d, _ := time.Parse(time.DateOnly, s); return &d }
	row := func(n, article, utterance, stance string, at string, abstained bool) table.Statement {
		return table.Statement{
			RowID: "r_" + n, ArticleID: article, UtteranceID: utterance, Stance: stance, Abstained: abstained, PublishedDay: day(at),
			Holder: "Marek Wolny", HolderID: "marek-wolny", ActorID: "marek-wolny", HolderSide: "host", HostCountry: "Poland", Kind: "direct", Sentiment: "negative", ActorType: "person", HolderType: "person", PublishedPrecision: "day", LabelSource: "model",
			Text: hostile, EndChar: int32(utf8.RuneCountInString(hostile)), Segments: "0-8", Field: "body", Model: "linear", Outlet: "Harbour Post",
		}
	}
	meta := table.Meta{Settings: "{}"}
	for _, sub := range []string{"statements", "articles"} {
		check(t, os.Mkdir(filepath.Join(dir, sub), 0o777))
	}
	check(t, table.WriteStatements(filepath.Join(dir, "statements/part-00000.parquet"), []table.Statement{
		row("1", "a_1", "u_1", "against", "2024-01-01", false), row("2", "a_2", "u_2", "favor", "2024-01-02", true),
	}, meta))
	check(t, table.WriteStatements(filepath.Join(dir, "statements/part-00001.parquet"), []table.Statement{
		row("3", "a_3", "u_3", "against", "2024-01-03", false), row("4", "a_2", "u_4", "unrelated", "2024-01-02", false),
	}, meta))
	check(t, table.WriteArticles(filepath.Join(dir, "articles/part-00000.parquet"), nil, []table.Article{
		{ArticleID: "a_1", Status: "labelled", Genre: "news", PublishedPrecision: "none"}, {ArticleID: "a_2", Status: "labelled", Genre: "news", PublishedPrecision: "none"}, {ArticleID: "a_3", Status: "labelled", Genre: "news", PublishedPrecision: "none"},
	}, meta))
	check(t, table.Create(filepath.Join(dir, "actors.parquet"), meta, slices.Values([]table.Actor{{ID: "marek-wolny", Name: "Marek Wolny", Type: "person", Side: "host"}})))
	check(t, table.Create(filepath.Join(dir, "positions.parquet"), meta, slices.Values([]table.Position{
		{HolderID: "marek-wolny", HostCountry: "Poland", HolderSide: "host", ArticleID: "a_1", Position: "against", Score: -2, NStatements: 1, PublishedDay: day("2024-01-01")},
	})))
	check(t, table.Create(filepath.Join(dir, "links.parquet"), meta, slices.Values([]table.Link{
		{Kind: "utterance", ID: "u_1", GroupID: "u_1"}, {Kind: "utterance", ID: "u_2", GroupID: "u_2"}, {Kind: "utterance", ID: "u_3", GroupID: "u_1"}, {Kind: "utterance", ID: "u_4", GroupID: "u_4"},
		{Kind: "article", ID: "a_1", StoryID: "a_1"}, {Kind: "article", ID: "a_3", StoryID: "a_1"},
	})))
	return dir
}

func write(t *testing.T, dir string, opt Options) string {
	t.Helper()
	var b bytes.Buffer
	check(t, Write(&b, dir, opt))
	return b.String()
}

// dataOf is the data inside a page.
func dataOf(t *testing.T, html string) page {
	t.Helper()
	_, rest, _ := strings.Cut(html, `<script type="application/json" id="data">`)
	data, _, ok := strings.Cut(rest, "</script>")
	var p page
	if err := json.Unmarshal([]byte(data), &p); err != nil || !ok {
		t.Fatalf("data of the page: %v", err)
	}
	return p
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestLicences holds the list of licences to the libraries' versions.
func TestLicences(t *testing.T) {
	for lib, banner := range map[string]string{"lib/d3.min.js": "https://d3js.org v", "lib/plot.min.js": "@observablehq/plot v"} {
		_, rest, _ := strings.Cut(file(lib), banner)
		version, _, _ := strings.Cut(rest, " ")
		name := map[string]string{"lib/d3.min.js": "d3", "lib/plot.min.js": "@observablehq/plot"}[lib]
		if !strings.Contains(Licences, "== "+name+" "+version+"\n") {
			t.Errorf("%s is version %s, of which lib/LICENSES.txt has no licence", lib, version)
		}
	}
}
