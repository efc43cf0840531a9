package topic

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"standpoint/internal/text"
)

// A markedPassage is a paragraph, what it has to answer, and its hosts in any
// order; none if it is no passage.
type markedPassage struct {
	text, answered string
	hosts          []string
	answers        bool
}

// A markedArticle is an article of such paragraphs.
type markedArticle struct {
	name, class, title string
	passages           []markedPassage
}

func (a markedArticle) body() string {
	var all []string
	for _, p := range a.passages {
		all = append(all, p.text)
	}
	return strings.Join(all, "\n\n")
}

func markedArticles(t *testing.T) []markedArticle {
	data, err := os.ReadFile("testdata/passages.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []markedArticle
	for _, part := range strings.Split(string(data), "\n== ")[1:] {
		lines := strings.Split(strings.TrimRight(part, "\n"), "\n")
		a := markedArticle{name: lines[0]}
		for _, l := range lines[1:] {
			hosts, rest, tabbed := strings.Cut(l, "\t")
			key, value, _ := strings.Cut(l, ": ")
			switch {
			case tabbed:
				a.passages = append(a.passages, newMarkedPassage(hosts, rest))
			case key == "class":
				a.class = value
			case key == "title":
				a.title = value
			}
		}
		all = append(all, a)
	}
	return all
}

func newMarkedPassage(hosts, body string) markedPassage {
	p := markedPassage{text: strings.NewReplacer("⟦", "", "⟧", "").Replace(body)}
	if _, rest, marked := strings.Cut(body, "⟦"); marked {
		p.answered, _, _ = strings.Cut(rest, "⟧")
	}
	hosts, p.answers = strings.CutSuffix(hosts, "^")
	if hosts != "-" {
		p.hosts = strings.Split(hosts, "+")
	}
	return p
}

// Paragraphs written for it: whether each is a passage, and in which hosts.
func TestMarkedPassages(t *testing.T) {
	right, all := map[string]int{}, map[string]int{}
	count := func(class string, ok bool) {
		all[class]++
		if ok {
			right[class]++
		}
	}
	for _, a := range markedArticles(t) {
		doc := text.New(a.title, a.body())
		var top Topic
		if Gate(a.title, a.body()) {
			top = Read(doc)
		}
		found := map[string]Passage{}
		for _, p := range top.Passages {
			found[p.In(doc.Body)] = p
		}
		for i, p := range a.passages {
			hosts := slices.Clone(found[p.text].Hosts)
			slices.Sort(hosts)
			want := slices.Sorted(slices.Values(p.hosts))
			ok := slices.Equal(hosts, want)
			if count(a.class, ok); !ok {
				t.Logf("%s: %q, want %q: %s", a.name, hosts, want, p.text)
			}
			if p.answers {
				got := found[p.text].Context.In(doc.Body)
				if count("what it answers", got == a.passages[i-1].answered); got != a.passages[i-1].answered {
					t.Logf("%s: answers %q: %s", a.name, got, p.text)
				}
			}
		}
	}
	sum, of := 0, 0
	for _, class := range slices.Sorted(maps.Keys(all)) {
		t.Logf("%-28s %3d of %3d", class, right[class], all[class])
		if right[class]*5 < all[class]*4 {
			t.Errorf("%s: %d of %d", class, right[class], all[class])
		}
		sum, of = sum+right[class], of+all[class]
	}
	t.Logf("%-28s %3d of %3d", "all", sum, of)
	if sum*100 < of*95 {
		t.Errorf("%d of %d are right, want 0.95", sum, of)
	}
}
