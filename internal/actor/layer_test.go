package actor

import (
	"testing"

	"standpoint/internal/labels"
	"standpoint/internal/text"
)

// TestMentionLayer resolves every mention that data/gold/mentions marks, by
// the form of the mention, and compares the mentions found with those marked.
// The floors lie a little under what was measured when they were set.
func TestMentionLayer(t *testing.T) {
	reg := loadRegistry(t)
	bodies := map[string]goldText{}
	for _, a := range readLines[labels.Article](t, "../../data/gold/articles/news.jsonl") {
		bodies[a.ArticleID] = goldText{name: a.Split, title: a.Title, body: a.Body, day: dayOf(a.PublishedAt), outlet: a.Outlet}
	}
	hosts := map[string][]goldRow{}
	for _, g := range readLines[goldRow](t, "../../data/gold/units/news.jsonl") {
		hosts[g.Article] = append(hosts[g.Article], g)
	}
	layer := readLines[labels.MentionedArticle](t, "../../data/gold/mentions/news.jsonl")
	for _, set := range []struct {
		split                 string
		full, resolved, found float64
	}{{"train", 0.90, 0.50, 0.61}, {"dev", 0.85, 0.51, 0.61}} {
		t.Run(set.split, func(t *testing.T) {
			resolved := tallies{}
			var found, missed, wrong int
			for i := range layer {
				x := bodies[layer[i].ArticleID]
				if x.name != set.split {
					continue
				}
				r := NewResolver(reg, text.New(x.title, x.body), hostsOf(hosts[layer[i].ArticleID]), x.day, x.outlet, "")
				measureLayer(reg, r, &layer[i], resolved)
				f, m, w := compareLayer(r, x.body, &layer[i])
				found, missed, wrong = found+f, missed+m, wrong+w
			}
			resolved.log(t, "resolved")
			precision, recall := float64(found)/float64(found+wrong), float64(found)/float64(found+missed)
			f1 := 2 * precision * recall / (precision + recall)
			t.Logf("found: precision %.3f, recall %.3f, F1 %.3f", precision, recall, f1)
			if full, all := resolved["full"].share(), resolved["all"].share(); full < set.full || all < set.resolved || f1 < set.found {
				t.Errorf("full names %.3f, all %.3f, F1 %.3f: one is under its floor", full, all, f1)
			}
		})
	}
}

func measureLayer(reg *Registry, r *Resolver, a *labels.MentionedArticle, out tallies) {
	for _, m := range a.Mentions {
		var want []string
		for _, id := range m.Entities {
			want = append(want, a.Entities[id-1].Name)
		}
		got := r.ResolveAll(text.Span{Start: m.StartByte, End: m.EndByte})
		ok := len(got) > 0
		for _, name := range want {
			ok = ok && anySame(reg, got, name)
		}
		out.add(m.How, ok)
	}
}

// compareLayer counts mentions found, missed and too many. One is found if
// another ends where it does, or has its last word.
func compareLayer(r *Resolver, body string, a *labels.MentionedArticle) (found, missed, wrong int) {
	ends := map[int]bool{}
	for _, m := range r.MentionsIn(text.Span{End: len(body)}) {
		ends[m.End] = true
	}
	marked := map[int]bool{}
	for _, m := range a.Mentions {
		marked[m.EndByte] = true
		if ends[m.EndByte] {
			found++
		} else {
			missed++
		}
	}
	for end := range ends {
		if !marked[end] {
			wrong++
		}
	}
	return found, missed, wrong
}
