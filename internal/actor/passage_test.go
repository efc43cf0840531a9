package actor

import (
	"cmp"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"standpoint/internal/text"
)

// A passage is a marked-up text of testdata.
type passage struct {
	host  string
	day   time.Time
	body  string
	marks []mark
}

// A mark is a mention of a passage and whom it means.
type mark struct {
	text.Span
	actors []string // empty: nobody
	class  string
}

// readPassages reads a file of testdata; its head tells the form.
func readPassages(tb testing.TB, file string) []passage {
	tb.Helper()
	b, err := os.ReadFile("testdata/" + file)
	if err != nil {
		tb.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(b), "\n@ ")
	var list []passage
	for part := range strings.SplitSeq(rest, "\n@ ") {
		head, body, _ := strings.Cut(part, "\n")
		host, day, _ := strings.Cut(head, " | ")
		p := passage{host: host}
		if p.day, err = time.Parse(time.DateOnly, strings.TrimSpace(day)); err != nil {
			tb.Fatalf("%s: %v", file, err)
		}
		p.body, p.marks = unbrace(tb, strings.TrimSpace(body))
		list = append(list, p)
	}
	return list
}

// unbrace strips the marks from s.
func unbrace(tb testing.TB, s string) (string, []mark) {
	var b strings.Builder
	var marks []mark
	for {
		before, rest, ok := strings.Cut(s, "{")
		b.WriteString(before)
		if !ok {
			return b.String(), marks
		}
		inner, after, ok := strings.Cut(rest, "}")
		named, class, ok2 := strings.Cut(inner, "|")
		if !ok || !ok2 {
			tb.Fatalf("mark without class: %q", inner)
		}
		words, actor, ok := strings.Cut(named, "=")
		if !ok {
			actor = words
		}
		m := mark{Span: text.Span{Start: b.Len(), End: b.Len() + len(words)}, class: class}
		if actor != "" {
			m.actors = strings.Split(actor, " & ")
		}
		marks = append(marks, m)
		b.WriteString(words)
		s = after
	}
}

// tally counts right ones of all.
type tally struct{ right, all int }

func (t *tally) add(ok bool) {
	t.all++
	if ok {
		t.right++
	}
}

func (t tally) share() float64 { return float64(t.right) / float64(max(1, t.all)) }

// TestPassages measures mentions and their resolution on the passages of
// testdata, by class of surface.
func TestPassages(t *testing.T) {
	reg := loadRegistry(t)
	passages := 0
	for _, file := range []string{"first.txt", "second.txt", "third.txt"} {
		list := readPassages(t, file)
		passages += len(list)
		t.Run(file, func(t *testing.T) { measurePassages(t, reg, list) })
	}
	if passages < 200 {
		t.Errorf("%d passages", passages)
	}
}

// tallies are tallies by class, and of "all".
type tallies map[string]*tally

func (ts tallies) add(class string, ok bool) {
	for _, c := range []string{class, "all"} {
		if ts[c] == nil {
			ts[c] = &tally{}
		}
		ts[c].add(ok)
	}
}

func (ts tallies) log(t *testing.T, what string) {
	for _, c := range slices.Sorted(maps.Keys(ts)) {
		t.Logf("%s: %-14s %4d of %4d %.3f", what, c, ts[c].right, ts[c].all, ts[c].share())
	}
}

// mentionFloor lies a little under the F1 measured when it was set.
const mentionFloor = 0.83

func measurePassages(t *testing.T, reg *Registry, list []passage) {
	byClass := tallies{}
	var found, missed, wrong int
	for _, p := range list {
		r := NewResolver(reg, text.New("", p.body), []string{p.host}, p.day, "", "")
		for _, m := range p.marks {
			if m.class == "none" {
				continue
			}
			ms := r.ResolveAll(m.Span)
			got, rules := namesOf(ms)
			ok := sameActors(reg, got, m.actors)
			byClass.add(m.class, ok)
			if !ok {
				t.Logf("%s: %q -> %q %q, want %q", m.class, m.In(p.body), got, rules, m.actors)
			}
		}
		f, mi, w := compareMentions(t, p, r.MentionsIn(text.Span{End: len(p.body)}))
		found, missed, wrong = found+f, missed+mi, wrong+w
	}
	byClass.log(t, "entities")
	for class, floor := range map[string]float64{"all": 0.88, "pronoun": 0.80, "definite": 0.80} {
		if x := byClass[class].share(); x < floor {
			t.Errorf("%s: %.3f, under %.2f", class, x, floor)
		}
	}
	precision, recall := float64(found)/float64(found+wrong), float64(found)/float64(found+missed)
	if f := 2 * precision * recall / (precision + recall); f < mentionFloor {
		t.Errorf("mentions: F1 %.3f, under %.2f", f, mentionFloor)
	}
	t.Logf("mentions: precision %.3f, recall %.3f, F1 %.3f", precision, recall, 2*precision*recall/(precision+recall))
}

// namesOf are the actors' names and the rules of mentions.
func namesOf(ms []Mention) (names, rules []string) {
	for _, m := range ms {
		names, rules = append(names, m.Actor.Name), append(rules, m.Rule)
	}
	return names, rules
}

// sameActors reports whether two lists of names mean the same actors.
func sameActors(reg *Registry, a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.EqualFunc(a, b, func(x, y string) bool { return x == y || reg.Canonical(x).ID == reg.Canonical(y).ID })
}

// compareMentions counts the mentions found and missed of a passage's, and
// those found where none is. A mention is found if its words are the marked
// ones, an article aside.
func compareMentions(t *testing.T, p passage, ms []Mention) (found, missed, wrong int) {
	got := map[text.Span]bool{}
	for _, m := range ms {
		got[bare(m.Span, p.body)] = true
	}
	optional := map[text.Span]bool{}
	for _, m := range p.marks {
		s := bare(m.Span, p.body)
		switch {
		case m.class == "apposition":
			optional[s] = true
		case m.class == "none":
		case m.class == "joint":
			inside := 0
			for g := range got {
				if g.Start >= s.Start && g.End <= s.End {
					inside++
					optional[g] = true
				}
			}
			if inside > 0 {
				found++
			} else {
				missed++
			}
		case got[s] || m.class == "full" && endsAt(got, s):
			found++
			optional[s] = true
			for g := range got {
				if g.Start >= s.Start && g.End <= s.End {
					optional[g] = true // a description and the name beside it
				}
			}
		default:
			missed++
			t.Logf("missed %q", m.In(p.body))
		}
	}
	spans := make([]text.Span, 0, len(got))
	for s := range got {
		if !optional[s] {
			spans = append(spans, s)
		}
	}
	slices.SortFunc(spans, func(a, b text.Span) int { return cmp.Compare(a.Start, b.Start) })
	for _, s := range spans {
		t.Logf("no mention: %q", s.In(p.body))
	}
	return found, missed, len(spans)
}

// endsAt reports whether a mention ends where s does, inside it.
func endsAt(got map[text.Span]bool, s text.Span) bool {
	for g := range got {
		if g.End == s.End && g.Start >= s.Start {
			return true
		}
	}
	return false
}

// bare is s without an article.
func bare(s text.Span, body string) text.Span {
	for _, a := range []string{"The ", "the ", "A ", "a ", "An ", "an "} {
		if strings.HasPrefix(s.In(body), a) {
			return text.Span{Start: s.Start + len(a), End: s.End}
		}
	}
	return s
}
