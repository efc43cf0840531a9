package pipeline

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"standpoint/internal/actor"
	"standpoint/internal/corpus"
	"standpoint/internal/labels"
	"standpoint/internal/statement"
	"standpoint/internal/table"
	"standpoint/internal/text"
)

// The tables' closed lists are those of the packages that make the values.
func TestEnumsAgree(t *testing.T) {
	for _, c := range []struct {
		name        string
		table, made []string
	}{
		{"stance", table.Stances, labels.Stances},
		{"sentiment", table.Sentiments, labels.Sentiments},
		{"kind", table.Kinds, statement.Kinds},
		{"voice", table.Voices, statement.Voices},
		{"actor type", table.ActorTypes, actor.Types},
		{"side", table.Sides, []string{actor.SideUS, actor.SideHost, actor.SideOther}},
		{"field", table.Fields, []string{text.FieldBody, text.FieldTitle}},
		{"precision", table.Precisions, []string{string(corpus.Second), string(corpus.Day), string(corpus.None)}},
		{"genre", table.Genres, []string{string(text.News), string(text.Opinion), string(text.Analysis), string(text.Interview), string(text.Transcript), string(text.OtherGenre)}},
		{"status", table.Statuses, []string{statusLabelled, statusNoStatement, statusOffTopic, corpus.Filtered, corpus.Broken}},
	} {
		if !slices.Equal(c.table, c.made) {
			t.Errorf("%s: the tables know %v, the package makes %v", c.name, c.table, c.made)
		}
	}
}

func TestLedger(t *testing.T) {
	l := &ledger{finished: []uint64{1, 5}, night: map[uint64]uint32{7: 2}}
	for i, step := range []struct {
		id   uint64
		want verdict
	}{
		{5, already}, {9, fresh}, {9, copied}, {5, already},
		{7, committed}, {7, committed}, {7, copied}, // two rows were committed before the kill
	} {
		if got := l.admit(step.id); got != step.want {
			t.Errorf("step %d: admit(%d) = %v, want %v", i, step.id, got, step.want)
		}
	}
}

func TestShards(t *testing.T) {
	for _, bad := range []string{"", "1", "0/3", "4/3", "a/b", "-1/3", "1/0"} {
		if s, err := ParseShard(bad); err == nil {
			t.Errorf("ParseShard(%q) = %v, want an error", bad, s)
		}
	}
	s, err := ParseShard("2/3")
	if err != nil {
		t.Fatal(err)
	}
	if got := s.part(4); got != "part-2of3-00004.parquet" {
		t.Errorf("part 4 is %s", got)
	}
	names := []string{"part-00007.parquet", "part-1of3-00009.parquet", "part-2of3-00001.parquet"}
	if got := s.next(names); got != 2 {
		t.Errorf("next of %v is %d, want 2", names, got)
	}
	if got := (Shard{}).next(names); got != 8 {
		t.Errorf("next of %v is %d, want 8", names, got)
	}
	for id := range uint64(30) {
		n := 0
		for i := 1; i <= 3; i++ {
			if (Shard{i, 3}).holds(id) {
				n++
			}
		}
		if n != 1 {
			t.Errorf("id %d falls on %d of 3 shards", id, n)
		}
	}
}

func TestSorterSpills(t *testing.T) {
	s := newSorter(t.TempDir(), "test")
	s.limit = 1000
	defer s.close()
	rng := rand.New(rand.NewPCG(1, 2))
	var want []string
	for range 500 {
		a, b := fmt.Sprint(rng.IntN(40)), strings.Repeat("x", rng.IntN(30))
		want = append(want, a+"\x00"+b)
		if err := s.add(a, b); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(want)
	if len(s.runs) < 5 {
		t.Fatalf("%d runs were spilled", len(s.runs))
	}
	var got []string
	for r, err := range s.sorted() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, strings.Join(r, "\x00"))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d records came back, not the %d that were added, in order", len(got), len(want))
	}
}

func TestRunes(t *testing.T) {
	for _, s := range []string{"", "plain", "“Nein”, sagte Müller — 中文 🙂", strings.Repeat("é🙂x", 500)} {
		r := newRunes(s)
		n := int32(0)
		for i := range s {
			if got := r.at(i); got != n {
				t.Fatalf("%.20q: %d code points before byte %d, want %d", s, got, i, n)
			}
			n++
		}
		if got := r.at(len(s)); got != n {
			t.Errorf("%.20q: %d code points in all, want %d", s, got, n)
		}
	}
}

func FuzzContext(f *testing.F) {
	f.Add("The minister spoke. “They must go,” he said. Then he left.", 20, 37)
	f.Add(strings.Repeat("ä ", 400), 300, 330)
	f.Fuzz(func(t *testing.T, body string, start, end int) {
		if !utf8.ValidString(body) || start < 0 || end < start || end > len(body) ||
			!utf8.RuneStart(at(body, start)) || !utf8.RuneStart(at(body, end)) {
			t.Skip()
		}
		doc := text.New("", body)
		span := text.Span{Start: start, End: end}
		before, after := contextBefore(doc, span), contextAfter(doc, span)
		if !strings.Contains(body, before+span.In(body)+after) {
			t.Errorf("before + text + after is no slice")
		}
		for _, c := range []string{before, after} {
			if n := utf8.RuneCountInString(c); n > contextSize || !utf8.ValidString(c) {
				t.Errorf("context of %d code points: %q", n, c)
			}
		}
	})
}

func at(s string, i int) byte {
	if i == len(s) {
		return 0
	}
	return s[i]
}

// said is a row for the position tests: the holder's own words in the body,
// certain, unless told otherwise.
func said(stance string, strength int32, p float64, change ...func(*table.Statement)) table.Statement {
	r := table.Statement{
		HolderID: "h", Holder: "Marek Wolny", HostCountry: "Iraq", ArticleID: "a_0000000000000001",
		Stance: stance, StanceStrength: strength, OwnWords: true, LabelSource: "model",
		UtteranceID: fmt.Sprint("u_", stance, strength, p),
	}
	*map[string]*float64{"favor": &r.StancePFavor, "against": &r.StancePAgainst, "mixed": &r.StancePMixed, "neutral": &r.StancePNeutral, "unrelated": &r.StancePUnrelated}[stance] = p
	for _, c := range change {
		c(&r)
	}
	return r
}

func headline(r *table.Statement) { r.IsHeadline = true }
func hearsay(r *table.Statement)  { r.OwnWords = false }
func held(r *table.Statement)     { r.Abstained = true }

// TestPosition follows the guide's section 9.
func TestPosition(t *testing.T) {
	for _, c := range []struct {
		name  string
		rows  []table.Statement
		want  string // "" for no row
		score float64
	}{
		{"one", []table.Statement{said("favor", 2, 0.9)}, "favor", 2},
		{"weighted mean", []table.Statement{said("favor", 2, 0.6), said("against", -1, 0.9)}, "mixed", (1.2 - 0.9) / 1.5},
		{"only neutral", []table.Statement{said("neutral", 0, 0.9)}, "neutral", 0},
		{"neutral does not dilute", []table.Statement{said("neutral", 0, 0.9), said("against", -1, 0.7)}, "against", -1},
		{"only mixed", []table.Statement{said("mixed", 1, 0.9)}, "mixed", 1},
		{"unrelated alone", []table.Statement{said("unrelated", 0, 0.9)}, "", 0},
		{"too uncertain", []table.Statement{said("favor", 2, 0.45)}, "", 0},
		{"abstained", []table.Statement{said("favor", 2, 0.9, held), said("against", -2, 0.9)}, "against", -2},
		{"headline dropped", []table.Statement{said("against", -2, 0.9, headline), said("favor", 1, 0.8)}, "favor", 1},
		{"headline alone", []table.Statement{said("against", -2, 0.9, headline)}, "against", -2},
		{"own words outrank hearsay", []table.Statement{said("favor", 2, 0.9, hearsay), said("against", -1, 0.6)}, "against", -1},
		{"hearsay alone", []table.Statement{said("favor", 2, 0.9, hearsay)}, "favor", 2},
		{"a headline's words again in the body", []table.Statement{said("against", -2, 0.9, headline), said("against", -2, 0.9), said("favor", 1, 0.9)}, "against", -0.5},
		{"an utterance once", []table.Statement{said("favor", 2, 0.9), said("favor", 2, 0.9), said("against", -2, 0.9)}, "mixed", 0},
	} {
		p, ok := position(c.rows)
		if ok != (c.want != "") || ok && (p.Position != c.want || math.Abs(p.Score-c.score) > 1e-12) {
			t.Errorf("%s: %v %s %v, want %q %v", c.name, ok, p.Position, p.Score, c.want, c.score)
		}
		if ok && (p.Low > p.Score || p.High < p.Score) {
			t.Errorf("%s: score %v outside %v to %v", c.name, p.Score, p.Low, p.High)
		}
	}
}

func seriesOf(t *testing.T, rows []table.Statement) []table.Series {
	t.Helper()
	s := newSorter(t.TempDir(), "series")
	defer s.close()
	all := func(yield func(table.Statement, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
	for standing := range standings(all) {
		if err := sortSeries(standing, s); err != nil {
			t.Fatal(err)
		}
	}
	var out []table.Series
	for r, err := range seriesRows(s.sorted(), func(string, string) int32 { return 7 }) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

func TestSeriesCountsAnUtteranceOnce(t *testing.T) {
	day := time.Date(2020, 1, 6, 0, 0, 0, 0, time.UTC)
	var rows []table.Statement
	for i := range 4 { // three outlets print one utterance, one another
		r := said("favor", 2, 0.9)
		if i == 3 {
			r = said("against", -2, 0.8)
		}
		r.ArticleID, r.HolderSide, r.PublishedDay = fmt.Sprintf("a_%016d", i), "us", &day
		rows = append(rows, r)
	}
	got := seriesOf(t, rows)
	if len(got) != 2 || got[0].Level != "holder" || got[1].Level != "side" {
		t.Fatalf("rows: %+v", got)
	}
	for _, s := range got {
		if s.NUtterances != 2 || s.ShareFavor != 0.5 || s.ShareAgainst != 0.5 || s.NArticlesRead != 7 || s.Month.Format("2006-01-02") != "2020-01-01" {
			t.Errorf("%s: %+v", s.Level, s)
		}
		if s.CorrectedFavor != nil {
			t.Errorf("%s: corrected shares without checked rows", s.Level)
		}
	}
}

// A model that calls a third of the against rows favor, and a person who
// checked a random sample: the corrected shares move to the truth.
func TestSeriesCorrects(t *testing.T) {
	var rows []table.Statement
	for i := range 600 {
		truth := "favor"
		if i%2 == 0 {
			truth = "against"
		}
		model := truth
		if truth == "against" && i%6 == 0 {
			model = "favor"
		}
		r := said(model, map[string]int32{"favor": 1, "against": -1}[model], 0.9)
		r.ArticleID, r.UtteranceID = fmt.Sprintf("a_%016d", i), fmt.Sprint("u_", i)
		if i%5 < 2 { // two fifths were checked
			r.LabelSource, r.Sample, r.SampleWeight, r.Stance = "human", "random", 2.5, truth
			r.StanceStrength = map[string]int32{"favor": 1, "against": -1}[truth]
		}
		rows = append(rows, r)
	}
	s := seriesOf(t, rows)[0]
	if s.NChecked != 240 || s.CorrectedFavor == nil {
		t.Fatalf("checked %d: %+v", s.NChecked, s)
	}
	if math.Abs(*s.CorrectedFavor-0.5) > 0.03 || *s.CorrectedFavorLow > 0.5 || *s.CorrectedFavorHigh < 0.5 {
		t.Errorf("corrected share of favor is %.3f (%.3f to %.3f), the truth 0.5", *s.CorrectedFavor, *s.CorrectedFavorLow, *s.CorrectedFavorHigh)
	}
	if s.ShareFavor < 0.55 {
		t.Errorf("the raw share of favor is %.3f, the model's error is gone", s.ShareFavor)
	}
}

// A swap that was written down is brought to its end, whichever renames have
// happened.
func TestSwapSurvivesAKill(t *testing.T) {
	dir := t.TempDir()
	f, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(f.work("b"), []byte("new b"), 0o666)
	os.WriteFile(filepath.Join(dir, "a"), []byte("new a"), 0o666) // its rename happened
	writeJSON(f.work(swapFile), swap{Renames: []rename{{workDir + "/a", "a"}, {workDir + "/b", "b"}}})
	f.close()
	if f, err = openFolder(dir); err != nil {
		t.Fatal(err)
	}
	defer f.close()
	for _, name := range []string{"a", "b"} {
		if got, _ := os.ReadFile(filepath.Join(dir, name)); string(got) != "new "+name {
			t.Errorf("%s holds %q", name, got)
		}
	}
	if _, err := os.Stat(f.work(swapFile)); err == nil {
		t.Error("the swap is still written down")
	}
}
