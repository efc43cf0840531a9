package text

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
)

// TestStrayLines compares the classes of lines with those that
// data/gold/mentions marks as not the article's own text. The floors lie a
// little under what was measured when they were set.
func TestStrayLines(t *testing.T) {
	type span struct {
		Start int `json:"start_byte"`
		End   int `json:"end_byte"`
	}
	type article struct {
		ID    string `json:"article_id"`
		Title string
		Body  string
		Split string
		Lines []span
	}
	bodies := map[string]article{}
	for _, a := range jsonLines[article](t, "../../data/gold/articles/news.jsonl") {
		bodies[a.ID] = a
	}
	for _, set := range []struct {
		split             string
		precision, recall float64
	}{{"train", 0.86, 0.78}, {"dev", 0.88, 0.78}} {
		var stray, missed, wrong int
		for _, marked := range jsonLines[article](t, "../../data/gold/mentions/news.jsonl") {
			a := bodies[marked.ID]
			if a.Split != set.split {
				continue
			}
			starts := map[int]bool{}
			for _, l := range marked.Lines {
				starts[l.Start] = true
			}
			for _, l := range New(a.Title, a.Body).Lines {
				own := l.Class != Boilerplate
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

func jsonLines[T any](t *testing.T, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []T
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var x T
		if err := json.Unmarshal(sc.Bytes(), &x); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		list = append(list, x)
	}
	return list
}
