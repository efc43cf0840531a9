package statement

import (
	"os"
	"sort"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"standpoint/internal/actor"
	"standpoint/internal/text"
	"standpoint/internal/topic"
)

func load(t testing.TB) *actor.Registry {
	reg, err := actor.Load(os.DirFS("../../data/actors"))
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

func statementsOf(reg *actor.Registry, title, body string) (*text.Document, []Statement) {
	doc := text.New(title, body)
	top := topic.Read(doc)
	return doc, Find(doc, top, actor.NewResolver(reg, doc, top.Hosts, time.Time{}, "", ""))
}

// Each case marks in braces the spans that are to be found, with their kind
// and holder: {direct Ana Park|“We stay,”}.
var cases = []struct{ name, body string }{
	{"quote before cue", "{direct Ana Park|“We must stay here,”} Ana Park said on Monday."},
	{"quote inverted", "{direct Ana Park|“We must stay here,”} said Ana Park, the defense minister."},
	{"quote after cue", "Ana Park said: {direct Ana Park|“We must stay here.”}"},
	{"quote after that", "Ana Park said that {direct Ana Park|“we will not leave this place.”}"},
	{"interrupted quote", "{direct Ana Park|“We must stay here,” Ana Park said. “Nobody asked us to leave.”}"},
	{"interrupted sentence", "{direct Ana Park|“We must stay here,” Ana Park said, “until the war is over.”}"},
	{"quote over paragraphs", "{direct Ana Park|“We must stay here,” Ana Park said.\n\n“Nobody asked us to leave,”} she added."},
	{"apposition", "{direct Marek Wolny|“They should go home,”} Marek Wolny, a member of the defense committee, told reporters."},
	{"seat", "{direct Marek Wolny|“They should go home,”} Sen. Marek Wolny, D-Ohio, said in a statement."},
	{"quote without a cue", "Marek Wolny told reporters on Monday that {indirect Marek Wolny|he was tired}. {direct Marek Wolny|“They should all go home.”}"},
	{"closing mark missing", "{direct Ana Park|“We must stay here,” Ana Park said. “Nobody asked us to leave.}"},
	{"that-clause", "Ana Park said on Friday that {indirect Ana Park|American troops would remain in Iraq}."},
	{"bare clause", "Ana Park said {indirect Ana Park|American troops would remain in Iraq}."},
	{"tail", "{indirect Ana Park|American troops would remain in Iraq}, Ana Park said on Friday."},
	{"tail inverted", "{indirect Ana Park|American troops would remain in Iraq}, said Ana Park."},
	{"interrupted clause", "{indirect Ana Park|American troops, Ana Park said, would remain in Iraq}."},
	{"hearer and place", "Ana Park told lawmakers in Berlin {indirect Ana Park|the bases would close}."},
	{"according to", "{indirect Ana Park|The troops will have left by May}, according to Ana Park."},
	{"mixed", "Ana Park said {mixed Ana Park|the troops were “a guarantee of peace” in the region}."},
	{"called it", "Ana Park {mixed Ana Park|called the presence “a guarantee of peace”}."},
	{"attitude", "Ana Park {indirect Ana Park|wants American troops to remain in Iraq}."},
	{"act", "{act Ana Park|Ana Park rejected the request to withdraw American troops}."},
	{"act with date first", "On Sunday, {act Ana Park|Ana Park ordered the troops to leave}."},
	{"act, perfect", "{act Ana Park|Ana Park has refused to pull the troops out}."},
	{"passive act", "{act Ana Park|The withdrawal was blocked by Ana Park}."},
	{"declined", "{act Ana Park|Ana Park declined to comment on the withdrawal}."},
	{"opposed the motion", "{act Ana Park|Ana Park opposed the motion to expel the troops}."},
	{"two subjects", "Ana Park said {indirect Ana Park|the troops would stay}, but {act Marek Wolny|Marek Wolny demanded that they leave}."},
	{"joint holders", "{act Ana Park,Marek Wolny|Ana Park and Marek Wolny rejected the call for a withdrawal}."},
	{"hearsay", "Ana Park said {indirect Marek Wolny|Marek Wolny wants the troops to stay}."},
	{"act noun", "The talks follow {act Marek Wolny|Marek Wolny's demand for a full withdrawal of US troops}."},
	{"scare quotes", "Ana Park said {indirect Ana Park|the bases would close}. The “road map” is old."},
	{"no statement", "About 500 American troops are based in the north. Nobody was hurt."},
	{"a noun, no act", "The vote is on Monday."},
}

type expected struct {
	kind, text string
	holders    []string
}

func parseCase(marked string) (string, []expected) {
	var body strings.Builder
	var want []expected
	for {
		before, rest, ok := strings.Cut(marked, "{")
		body.WriteString(before)
		if !ok {
			return body.String(), want
		}
		head, rest, _ := strings.Cut(rest, "|")
		span, rest, _ := strings.Cut(rest, "}")
		kind, holders, _ := strings.Cut(head, " ")
		want = append(want, expected{kind, span, strings.Split(holders, ",")})
		body.WriteString(span)
		marked = rest
	}
}

func TestFind(t *testing.T) {
	reg := load(t)
	for _, c := range cases {
		body, want := parseCase(c.body)
		_, got := statementsOf(reg, "", body)
		found := map[string]*expected{}
		for _, s := range got {
			k := string(s.Kind) + " " + s.In(body)
			if found[k] == nil {
				found[k] = &expected{kind: string(s.Kind), text: s.In(body)}
			}
			found[k].holders = append(found[k].holders, s.Holder.Name)
		}
		for _, w := range want {
			k := w.kind + " " + w.text
			if found[k] == nil {
				t.Errorf("%s: no %s", c.name, k)
				continue
			}
			sort.Strings(found[k].holders)
			if h := strings.Join(found[k].holders, ","); h != strings.Join(w.holders, ",") {
				t.Errorf("%s: %s: holder %q", c.name, k, h)
			}
			delete(found, k)
		}
		for k, f := range found {
			t.Errorf("%s: unexpected %s [%s]", c.name, k, f.holders)
		}
	}
}

func TestReportedBy(t *testing.T) {
	_, got := statementsOf(load(t), "", "Ana Park said Marek Wolny wants the troops to stay.")
	if len(got) != 1 || got[0].ReportedBy.Name != "Ana Park" || got[0].Actor.Name != "Ana Park" || got[0].OwnWords() {
		t.Errorf("%+v", got)
	}
}

func TestHeadline(t *testing.T) {
	doc, got := statementsOf(load(t), "Ana Park rejects call for withdrawal of US troops", "The weather was fine on Monday, and nobody came.")
	if len(got) == 0 || got[0].Field != text.FieldTitle || !got[0].Headline || doc.Head == nil {
		t.Errorf("%+v", got)
	}
}

func TestSegments(t *testing.T) {
	body := "“We must stay here,” Ana Park said. “Nobody asked us to leave.”"
	_, got := statementsOf(load(t), "", body)
	if len(got) != 1 || len(got[0].Segments) != 2 || got[0].Segments[1].In(body) != "“Nobody asked us to leave.”" || got[0].Cue.In(body) != "said" || got[0].Speaker.In(body) != "Ana Park" {
		t.Errorf("%+v", got)
	}
}

func TestBoilerplateIsSilent(t *testing.T) {
	_, got := statementsOf(load(t), "", "The town was quiet. Nobody came to the base on Monday.\n\nRead more: Ana Park said troops would stay\n\nComments are closed.")
	for _, s := range got {
		t.Errorf("%+v", s)
	}
}

func TestLexicon(t *testing.T) {
	for _, w := range []string{"said", "says", "withdrew", "begged", "urging", "denies", "refused", "swore"} {
		if len(verbs[w]) == 0 {
			t.Errorf("%s is no form of a verb", w)
		}
	}
	for name, score := range scores {
		if score <= 0 || score > 1 {
			t.Errorf("score of %s: %v", name, score)
		}
	}
}

// cutsWord reports whether byte i lies inside a word or a number. A run of
// marks may be cut: one of two doubled quotation marks can close a quotation.
func cutsWord(doc *text.Document, i int) bool {
	k := doc.TokenAt(i)
	return k < len(doc.Tokens) && doc.Tokens[k].Start < i && doc.Tokens[k].Kind != text.Punct
}

// check tests what holds for the statements of any text.
func check(t *testing.T, doc *text.Document, got []Statement) {
	for i, s := range got {
		body, field := doc.Body, doc
		if s.Field == text.FieldTitle {
			body, field = doc.Head.Body, doc.Head
		}
		if cutsWord(field, s.Start) || cutsWord(field, s.End) {
			t.Fatalf("%v of %+v is not at word borders", s.Span, s)
		}
		whole := text.Span{Start: 0, End: len(body)}
		spans := append([]text.Span{s.Span}, s.Segments...)
		if !s.Cue.Empty() {
			spans = append(spans, s.Cue)
		}
		if !s.Speaker.Empty() {
			spans = append(spans, s.Speaker)
		}
		for _, x := range spans {
			if x.Empty() || !whole.Contains(x) || utf8.ValidString(body) && (!utf8.RuneStart(body[x.Start]) || x.End < len(body) && !utf8.RuneStart(body[x.End])) {
				t.Fatalf("span %v of %+v", x, s)
			}
		}
		if s.Segments[0].Start != s.Start || s.Segments[len(s.Segments)-1].End != s.End {
			t.Fatalf("segments of %+v", s)
		}
		for k := 1; k < len(s.Segments); k++ {
			if s.Segments[k].Start < s.Segments[k-1].End {
				t.Fatalf("segments of %+v", s)
			}
		}
		if s.Holder.Zero() || s.Actor.Zero() || s.Rule == "" || s.Score <= 0 || s.Kind == "" || s.Voice == "" {
			t.Fatalf("incomplete: %+v", s)
		}
		if i > 0 && less(&got[i], &got[i-1]) {
			t.Fatalf("order: %+v before %+v", got[i-1], s)
		}
	}
}

func FuzzFind(f *testing.F) {
	reg := load(f)
	for _, c := range cases {
		body, _ := parseCase(c.body)
		f.Add("Park: We stay", body)
	}
	f.Add("Statement by Ana Kovar", "Ana Kovar issued the following statement:\n\n“We stay.\n\nQ Why?\n\nMR. NOWAK: We go. 58 percent in favor of a poll.")
	f.Add("", "In Park's view, the bases, which X says were, are a danger; a bill introduced by Park to. Park's demand is that they'd")
	f.Add("0", "wAs bloCked BY B.")
	f.Add("0", "00 A must A””B sAid ,")
	f.Add("", "“A b c,” he said, “d e f g.” \"x\" said said, according to according to Park")
	f.Add("0", "B sAid 0!0 000ed")
	f.Add("Following statement", "Following statement\n\nfollowing statement\n\n“We stay.\n\nThe palace quoted as saying as saying quoted him as saying")
	f.Fuzz(func(t *testing.T, title, body string) {
		doc, got := statementsOf(reg, title, body)
		check(t, doc, got)
		if len(got) > 0 {
			top := topic.Read(doc)
			if second, ok := RunnerUp(doc, top, actor.NewResolver(reg, doc, top.Hosts, time.Time{}, "", ""), got[len(got)-1]); ok {
				check(t, doc, []Statement{second})
			}
		}
	})
}

func BenchmarkReading(b *testing.B) {
	reg := load(b)
	var body strings.Builder
	for _, c := range cases {
		s, _ := parseCase(c.body)
		body.WriteString(s + "\n\n")
	}
	b.SetBytes(int64(body.Len()))
	for b.Loop() {
		statementsOf(reg, "Park answers", body.String())
	}
}

// BenchmarkArticles reads the project's own articles whole (documents, topic,
// actors, statements) on all cores: articles a second.
func BenchmarkArticles(b *testing.B) {
	reg := load(b)
	all := lines[sample](b, "../../data/gold/articles/news.jsonl")
	words := 0
	for i := range all {
		words += len(strings.Fields(all[i].Body))
	}
	var next atomic.Int64
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			all[int(next.Add(1))%len(all)].statements(reg)
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(words)/float64(len(all)), "words/article")
}
