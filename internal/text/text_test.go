package text

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func sentences(d *Document) []string {
	var out []string
	for _, s := range d.Sentences {
		out = append(out, s.In(d.Body))
	}
	return out
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		name, body string // body with | at the borders
	}{
		{"plain", "We stay here.| They go home."},
		{"title", "Gen. Wolny met Ms. Park.| They agreed."},
		{"initials", "Marek J. Wolny spoke first.| J. R. Park did not."},
		{"acronym as adjective", "Many U.S. Army units left.| Few came back."},
		{"acronym at the end", "They flew to the U.S.| The rest stayed."},
		{"quote with exclamation, then attribution", "“We stay!” Park said.| He left."},
		{"quote with question, small letter", "“Who asked us?” he said.| Nobody answered."},
		{"quote with full stop", "He said, “We stay.”| Then he left."},
		{"ellipsis", "We tried…| We failed."},
		{"ellipsis inside", "There does...need to be talk."},
		{"stray stop", "They fight the rebels. of the north."},
		{"number", "It costs 3.5 billion.| No. 4 is empty."},
		{"space lost", "They left in two years.|The rest stayed on Park.com."},
		{"space lost before a quotation", "He met Congress.|\"The deal stands,\" he said.|\"We stay.\"|Then he left."},
		{"month", "He came on Jan. 5 to stay."},
	} {
		body := strings.ReplaceAll(c.body, "|", "")
		got := strings.Join(sentences(New("", body)), "|")
		if want := strings.ReplaceAll(c.body, "| ", "|"); got != want {
			t.Errorf("%s: %q, want %q", c.name, got, c.body)
		}
	}
}

func TestQuotations(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"straight", `"We stay," Park said. "We fight."`, []string{`"We stay,"`, `"We fight."`}},
		{"curly", `“We stay,” Park said.`, []string{`“We stay,”`}},
		{"mixed pair", `“We stay," Park said.`, []string{`“We stay,"`}},
		{"reversed closing", `“We stay with them. “`, []string{`“We stay with them. “`}},
		{"guillemets", `« We stay », said Park.`, []string{`« We stay »`}},
		{"low and high", `„We stay“, said Park.`, []string{`„We stay“`}},
		{"nested single", `"He said 'go home' to us," Park said.`, []string{`"He said 'go home' to us,"`, `'go home'`}},
		{"nested curly", `“He said “go home” to us,” Park said.`, []string{`“He said “go home” to us,”`, `“go home”`}},
		{"unclosed at the end", `Park said: “We stay. We fight.`, []string{`“We stay. We fight.`}},
		{"unclosed before attribution", `“We stay here, Park said. “We fight.”`, []string{`“We stay here,`, `“We fight.”`}},
		{"unopened", `Nobody came. We stay,” Park said.`, []string{`We stay,”`}},
		{"apostrophes", `The soldiers' wives don't want Park's 'road map' in '07.`, []string{`'road map'`}},
		{"possessive inside", `'The lawmakers' vote binds us,' Park said.`, []string{`'The lawmakers' vote binds us,'`}},
		{"latex", "``We stay,'' Park said.", []string{"``We stay,''"}},
		{"inches", `The 6' 2" guard left.`, nil},
	} {
		d := New("", c.body)
		var got []string
		for _, q := range d.Quotations {
			got = append(got, q.In(d.Body))
		}
		if strings.Join(got, "¦") != strings.Join(c.want, "¦") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestQuotationFlags(t *testing.T) {
	d := New("", "“We stay. We fight.\n\n“We win,” Park said. The “road map” is old.")
	if len(d.Quotations) != 3 || !d.Quotations[0].Continues || d.Quotations[0].Unclosed {
		t.Fatalf("a quotation over two paragraphs: %+v", d.Quotations)
	}
	if d.Quotations[1].Scare || !d.Quotations[2].Scare {
		t.Errorf("scare marks: %+v", d.Quotations)
	}
}

func TestClasses(t *testing.T) {
	body := "Menu\nDark Mode\nPremier answers the envoy's call for talks\n\nBy Ana Kovar\n\n" +
		"Premier Marek Wolny speaks at a rally in Lodz on May 4. (AP Photo/Jan Nowak)\n\n" +
		"The premier answered on Monday. He wants talks.\n\nA seat at the table\n\nNobody else spoke.\n\n" +
		"Ana Kovar contributed to this report.\n\nComments are closed."
	d := New("", body)
	want := []Class{Boilerplate, Boilerplate, Headline, Boilerplate, Boilerplate, Prose, Crosshead, Prose, Boilerplate, Boilerplate}
	for i, p := range d.Paragraphs {
		if i >= len(want) || p.Class != want[i] {
			t.Errorf("paragraph %d %q: class %d", i, p.In(body), p.Class)
		}
	}
	if d.Author != "Ana Kovar" {
		t.Errorf("author %q", d.Author)
	}
}

func TestHead(t *testing.T) {
	if d := New("Premier answers", "The premier answered on Monday."); d.Head == nil || d.Head.Field != FieldTitle {
		t.Error("no head for a title that the body doesn't print")
	}
	if d := New("Premier answers envoy's call", "Premier Answers Envoy’s Call | Daily News\nThe premier answered on Monday."); d.Head != nil {
		t.Error("a head though the body prints the title")
	}
}

func TestWrapped(t *testing.T) {
	line := "the premier said on Monday that nobody had asked him to leave town\n"
	d := New("", strings.Repeat(line, 6)+"and he stayed.\n\nThe end came later.")
	if len(d.Paragraphs) != 2 {
		t.Errorf("%d paragraphs of a wrapped text, want 2", len(d.Paragraphs))
	}
}

func TestGenre(t *testing.T) {
	if g := New("", "I think we must leave. I said so before. My view is known.").Genre; g != Opinion {
		t.Errorf("first person: %s", g)
	}
	if g := New("", "“I think we must leave,” Park said. “I said so.”").Genre; g != News {
		t.Errorf("first person in quotes: %s", g)
	}
}

// Hostile texts must take time in line with their length.
func TestLinear(t *testing.T) {
	for name, unit := range map[string]string{
		"opening marks": "“a ", "straight marks": `" `, "single": "'a ", "words": "word ", "sentences": "No. ", "lines": "a\n", "said": "“a, b said ", "closers": "a” ",
		"turns": "MR. DORN: No.\n\n", "voices": "A b: c\n", "set apart": "“we want to go”\n\n", "posts": "a — B (@b)\n", "run through": "“a ‘b\n\nc”\n\n", "broken off": strings.Repeat("word ", 10) + "\n\n", "lists": "It would do this:\n\n", "crossing": "“a ‘b” c’ ",
	} {
		body := strings.Repeat(unit, (1<<20)/len(unit))
		start := time.Now()
		New("Some title of it", body)
		if d := time.Since(start); d > 30*time.Second {
			t.Errorf("%s: 1 MiB took %v", name, d)
		}
	}
}

func TestWords(t *testing.T) {
	m := map[string]int{"troops": 1, "Iraq": 2, "IRAQ": 3, "%": 4}
	w := NewWords(m)
	for word, v := range m {
		if got, ok := w.Find(word, HashOf(word)); !ok || got != v {
			t.Errorf("%s: %d %v", word, got, ok)
		}
	}
	d := New("", "Troops left iraq.")
	for i, want := range []int{1, 0, 0, 0} {
		if got, _ := w.Find(d.Low(i), d.Tokens[i].Hash); got != want {
			t.Errorf("%s: %d", d.Word(i), got)
		}
	}
	if _, ok := new(Words[int]).Find("a", HashOf("a")); ok {
		t.Error("found in nothing")
	}
}

func TestPhrases(t *testing.T) {
	long, short := newPhrases([]string{"click here", "read on"}), newPhrases([]string{"©", "all rights"})
	for _, c := range []struct {
		p    *phrases
		s    string
		want bool
	}{
		{long, "please click here", true}, {long, "read on", true}, {long, "read o", false}, {long, "rea", false}, {long, "", false},
		{short, "the ©", true}, {short, "©", true}, {short, "have all rights", true}, {short, "all right", false}, {short, "\xc2", false},
	} {
		if got := c.p.in(c.s); got != c.want {
			t.Errorf("%q: %v", c.s, got)
		}
	}
}

func FuzzNew(f *testing.F) {
	f.Add("Title", "“We stay,” Park said. ‘No’ \"x")
	f.Add("", "a\r\nb\xff“\n\n“c.”")
	f.Add("", "MR. DORN: “We ‘stay” here’.\n\nQ And you?\n\n[LAUGHTER]\n\nMR. DORN: ‘‘No.’’ ‚We‘ a.m. Monday. 1. Talks.")
	f.Add("", "Park left.\n\n“We want the base to go”\n\n— Hana Park, minister\n\nNo! — A (@a) May 4, 2020\n\n“We want the base to go,” she said.")
	f.Fuzz(func(t *testing.T, title, body string) {
		d := New(title, body)
		for ; d != nil; d = d.Head {
			checkDocument(t, d)
		}
	})
}

func checkDocument(t *testing.T, d *Document) {
	inside := func(what string, s, outer Span) {
		if !outer.Contains(s) || s.Empty() || utf8.ValidString(d.Body) && (!utf8.RuneStart(d.Body[s.Start]) || s.End < len(d.Body) && !utf8.RuneStart(d.Body[s.End])) {
			t.Fatalf("%s %v outside %v or between the bytes of a rune", what, s, outer)
		}
	}
	whole := Span{0, len(d.Body)}
	end := 0
	for _, p := range d.Paragraphs {
		inside("paragraph", p.Span, whole)
		if p.Start < end {
			t.Fatalf("paragraph %v overlaps the one before", p)
		}
		end = p.End
	}
	for i, s := range d.Sentences {
		inside("sentence", s.Span, d.Paragraphs[s.Paragraph].Span)
		if i > 0 && s.Start < d.Sentences[i-1].End || s.FirstToken >= s.EndToken || s.EndToken > len(d.Tokens) {
			t.Fatalf("sentence %d: %v", i, s)
		}
	}
	for i, p := range d.Paragraphs {
		if p.Layout == Plain && !p.Label.Empty() || !whole.Contains(p.Label) {
			t.Fatalf("paragraph %d: label %v", i, p.Label)
		}
		first, end := d.TokensIn(p.Span)
		for s := p.FirstSentence; s < p.EndSentence; s++ {
			if d.Sentences[s].Paragraph != i || d.Sentences[s].FirstToken != first {
				t.Fatalf("sentence %d of paragraph %d starts at token %d, want %d", s, i, d.Sentences[s].FirstToken, first)
			}
			first = d.Sentences[s].EndToken
		}
		if first != end {
			t.Fatalf("the sentences of paragraph %d end at token %d of %d", i, first, end)
		}
	}
	for i, k := range d.Tokens {
		inside("token", k.Span, whole)
		if i > 0 && k.Start < d.Tokens[i-1].End {
			t.Fatalf("token %v overlaps the one before", k)
		}
	}
	for i, q := range d.Quotations {
		inside("quotation", q.Span, d.Paragraphs[q.Paragraph].Span)
		if !q.Span.Contains(q.Inner) || i > 0 && q.Start < d.Quotations[i-1].Start {
			t.Fatalf("quotation %+v", q)
		}
		for _, o := range d.Quotations[max(0, i-8):i] {
			if o.Overlaps(q.Span) && !o.Contains(q.Span) {
				t.Fatalf("quotations %v and %v cross", o.Span, q.Span)
			}
		}
	}
}

func BenchmarkNew(b *testing.B) {
	para := "Ms. Park, the foreign minister, said on Monday that the troops would stay. “We need them,” she told reporters. “Nobody asked us to leave.”\n\n"
	body := strings.Repeat(para, 22)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		New("Minister answers", body)
	}
}
