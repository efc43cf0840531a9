package features

import (
	"slices"
	"strings"
	"testing"

	"standpoint/internal/actor"
	"standpoint/internal/statement"
	"standpoint/internal/text"
)

// instance makes an Instance of marked-up text: the span stands in {s ...},
// the cue in {c ...}, the speaker in {p ...}.
func instance(t testing.TB, host, marked string) Instance {
	t.Helper()
	var body strings.Builder
	spans := map[byte]text.Span{}
	for rest := marked; rest != ""; {
		i := strings.IndexByte(rest, '{')
		if i < 0 {
			body.WriteString(rest)
			break
		}
		body.WriteString(rest[:i])
		j := i + strings.IndexByte(rest[i:], '}')
		start := body.Len()
		body.WriteString(rest[i+3 : j])
		spans[rest[i+1]] = text.Span{Start: start, End: body.Len()}
		rest = rest[j+1:]
	}
	doc := text.New("", body.String())
	s := statement.Statement{
		Span: spans['s'], Field: text.FieldBody, Kind: statement.Indirect, Cue: spans['c'], Speaker: spans['p'],
		Holder: actor.Actor{Name: "Hana Park", Type: actor.Person, Country: "Iraq"}, Voice: statement.NoVoice,
		Paragraph: doc.ParagraphAt(spans['s'].Start),
	}
	return New(doc, s, host)
}

func namesOf(in Instance) []string {
	var out []string
	for _, n := range Names(in) {
		out = append(out, n.Name)
	}
	return out
}

func TestStem(t *testing.T) {
	for _, c := range [][]string{
		{"withdraw", "withdraws", "withdrawing", "Withdraw"},
		{"leave", "leaves", "leaving", "LEAVING"},
		{"cut", "cuts", "cutting"},
		{"deny", "denies", "denied"},
		{"base", "bases"},
		{"troop", "troops", "troop's", "troop’s"},
	} {
		for _, w := range c[1:] {
			if stemHash(w) != stemHash(c[0]) {
				t.Errorf("%s and %s have different stems", c[0], w)
			}
		}
	}
	for _, w := range []string{"", "s", "ing", "eds", "’s", strings.Repeat("é", 40)} {
		stemHash(w) // no panic
	}
}

func TestFeaturesNamed(t *testing.T) {
	for _, c := range []struct {
		text      string
		want, not []string
	}{
		{"{p Park} {c said} {s the troops should not leave Iraq now}.",
			[]string{"class:forces", "class:exit", "not-class:not-exit", "where:host span", "where:forces span", "polarity:sum stay", "cue:said", "about:host"},
			[]string{"polarity:sum leave"}},
		{"{p Park} {c said} {s American troops must leave Iraq}.",
			[]string{"polarity:sum leave", "pair:for exit", "span:<host>"}, []string{"not-class:not-exit"}},
		{"{p Park} {c said} {s she rejects calls for a withdrawal}.",
			[]string{"pair:against exit", "polarity:sum stay"}, nil},
		{"{p Park} {c denied} {s that the soldiers would pull out}.",
			[]string{"cue-pair:against exit", "polarity:sum stay", "class:exit"}, nil},
		{"Lawmakers debated the withdrawal of foreign troops. {p Park} {c said} {s it was a mistake}.",
			[]string{"context:consequence leave", "where:forces left", "context:leave alone"}, nil},
		{"{p Park} {c said} {s the price of bread had doubled}.",
			[]string{"where:forces nowhere", "where:moves nowhere", "polarity:elsewhere none"}, []string{"class:forces"}},
		{"{p Park} {c said} {s Gen. Wolny would come}.", []string{"span:<name>"}, []string{"span:wolny"}},
	} {
		got := namesOf(instance(t, "Iraq", c.text))
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: no %q in %q", c.text, w, got)
			}
		}
		for _, w := range c.not {
			if slices.Contains(got, w) {
				t.Errorf("%s: has %q", c.text, w)
			}
		}
	}
}

func TestSparseIsAFunctionOfTheInstance(t *testing.T) {
	a := instance(t, "Iraq", "{p Park} {c said} {s the troops should not leave Iraq now}.")
	b := instance(t, "Japan", "{p Park} {c said} {s the base must go}. Ms. Kudo agreed.")
	other := a
	other.Host = "Syria"
	first := Sparse(a, nil)
	for _, between := range []Instance{b, other, a} {
		Sparse(between, nil)
		if again := Sparse(a, nil); !slices.Equal(first, again) {
			t.Fatal("the vector depends on what came before")
		}
	}
	named := Names(a)
	if len(named) != len(first) {
		t.Fatalf("%d names for %d features", len(named), len(first))
	}
	seen := map[uint32]bool{}
	for i, f := range first {
		if named[i].Feature != f || seen[f.Index] || f.Index >= Buckets {
			t.Errorf("feature %d: %v, named %v", i, f, named[i])
		}
		seen[f.Index] = true
	}
}

func TestTheHolderIsNotLearned(t *testing.T) {
	a := instance(t, "Iraq", "{p Park} {c said} {s Park would see the troops leave}.")
	b := instance(t, "Iraq", "{p Kudo} {c said} {s Kudo would see the troops leave}.")
	b.Statement.Holder.Name = "Mayumi Kudo"
	if !slices.Equal(Sparse(a, nil), Sparse(b, nil)) {
		t.Error("the holder's name changes the vector")
	}
}

func FuzzSparse(f *testing.F) {
	f.Add("", "Park said the troops should leave. He hoped so.", 10, 40, 5, 9, 0, 4)
	f.Add("Title", "“ﬀ\x80 not", 0, 3, 9, 2, 1, 1)
	f.Fuzz(func(t *testing.T, host, body string, start, end, cue0, cue1, p0, p1 int) {
		clamp := func(a, b int) text.Span {
			a, b = min(max(a, 0), len(body)), min(max(b, 0), len(body))
			return text.Span{Start: min(a, b), End: max(a, b)}
		}
		doc := text.New("", body)
		in := New(doc, statement.Statement{Span: clamp(start, end), Cue: clamp(cue0, cue1), Speaker: clamp(p0, p1), Field: text.FieldBody}, host)
		v := Sparse(in, nil)
		if again := Sparse(in, nil); !slices.Equal(v, again) {
			t.Error("two vectors of one Instance")
		}
		if n := Names(in); len(n) != len(v) {
			t.Error("names do not match the vector")
		}
	})
}

func BenchmarkSparse(b *testing.B) {
	var list []Instance
	para := "Lawmakers debated the withdrawal of foreign troops on Monday, hours after the cabinet met. "
	for range 15 {
		list = append(list, instance(b, "Iraq", strings.Repeat(para, 3)+"{p Park} {c said} {s the American troops should not leave Iraq before its army can protect the people}."))
	}
	var v Vector
	for b.Loop() {
		for i := range list {
			v = Sparse(list[i], v[:0])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(list)), "µs/instance")
}
