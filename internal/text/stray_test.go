package text_test

import (
	"os"
	"testing"

	"standpoint/internal/labels"
	"standpoint/internal/text"
)

// TestStrayLines compares the classes of lines with those that
// data/gold/mentions marks as not the article's own text. The floors lie a
// little under what was measured when they were set.
func TestStrayLines(t *testing.T) {
	articles := map[string]labels.Article{}
	bodies := map[string]string{}
	list, err := labels.ReadArticles(open(t, "articles/news.jsonl"), "news.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		articles[a.ArticleID], bodies[a.ArticleID] = a, a.Body
	}
	layer, err := labels.ReadMentions(open(t, "mentions/news.jsonl"), "news.jsonl", bodies)
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []struct {
		split             string
		precision, recall float64
	}{{"train", 0.86, 0.78}, {"dev", 0.88, 0.78}} {
		var stray, missed, wrong int
		for _, marked := range layer {
			a := articles[marked.ArticleID]
			if a.Split != set.split {
				continue
			}
			starts := map[int]bool{}
			for _, l := range marked.Lines {
				starts[l.StartByte] = true
			}
			for _, l := range text.New(a.Title, a.Body).Lines {
				own := l.Class != text.Boilerplate
				switch {
				case starts[l.Start] && !own:
					stray++
				case starts[l.Start]:
					missed++
					t.Logf("taken for the article's own: %.80q", l.In(a.Body))
				case !own:
					wrong++
					t.Logf("taken for %v: %.80q", l.Class, l.In(a.Body))
				}
			}
		}
		precision, recall := float64(stray)/float64(stray+wrong), float64(stray)/float64(stray+missed)
		t.Logf("%s: %d stray lines, precision %.3f, recall %.3f", set.split, stray+missed, precision, recall)
		if precision < set.precision || recall < set.recall {
			t.Errorf("%s: under %.2f or %.2f", set.split, set.precision, set.recall)
		}
	}
}

// open is a file of the gold.
func open(t *testing.T, name string) *os.File {
	t.Helper()
	f, err := os.Open("../../data/gold/" + name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
