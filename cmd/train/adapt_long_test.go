package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"standpoint/data"
	"standpoint/internal/actor"
	"standpoint/internal/eval"
	"standpoint/internal/labels"
	"standpoint/internal/model"
)

// newRows is how many rows of a country a team checks before it adapts.
const newRows = 200

// TestUnseenCountry measures what 200 rows of a country are worth to a model
// that has never seen it: for each country the gold without it is learned, the
// model adapted to 200 of its rows, and both judge the rest of the country's
// rows. The figures stand in docs/retraining.md.
func TestUnseenCountry(t *testing.T) {
	if os.Getenv("STANDPOINT_LONG") == "" {
		t.Skip("trains for half an hour: STANDPOINT_LONG is not set")
	}
	registry, err := actor.Open(data.Actors(), "")
	if err != nil {
		t.Fatal(err)
	}
	set, err := labels.Load([]string{"../../data/gold"})
	if err != nil {
		t.Fatal(err)
	}
	all, err := model.Examples(set, registry)
	if err != nil {
		t.Fatal(err)
	}
	var before, after []eval.Row
	for _, country := range []string{"South Korea", "Germany", "Syria", "Japan"} {
		a, b := unseen(t, all, country)
		before, after = append(before, a...), append(after, b...)
	}
	report(t, "all", before, after)
}

// unseen gives the stances of a country's held-out rows before and after 200
// others of it were learned.
func unseen(t *testing.T, all []model.Example, country string) (before, after []eval.Row) {
	ctx := context.Background()
	here := map[string]bool{}
	var documents []string
	for i := range all {
		if e := &all[i]; strings.HasPrefix(e.Instance.Host, country) && !here[e.Document] {
			here[e.Document] = true
			documents = append(documents, e.Document)
		}
	}
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(documents), func(i, k int) { documents[i], documents[k] = documents[k], documents[i] })
	var old, fresh, rest []model.Example
	learn := map[string]bool{}
	for _, d := range documents {
		if len(fresh) >= newRows {
			break
		}
		learn[d] = true
		for i := range all {
			if all[i].Document == d && strings.HasPrefix(all[i].Instance.Host, country) && len(fresh) < newRows {
				fresh = append(fresh, all[i])
			}
		}
	}
	for i := range all {
		switch e := &all[i]; {
		case !here[e.Document]:
			if e.Split == labels.Train {
				old = append(old, *e)
			}
		case !learn[e.Document] && strings.HasPrefix(e.Instance.Host, country):
			rest = append(rest, *e)
		}
	}
	old = sampleOf(old, 5000)
	base, _, err := model.Train(ctx, old, model.Options{Folds: 2})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		weight float64
		replay int
		l2     float64
	}{{1, 2000, 4}, {1, 0, 4}, {3, 2000, 4}, {1, 2000, 1}, {3, 2000, 1}} {
		start := time.Now()
		m, _, err := model.Train(ctx, append(weighted(fresh, c.weight), sampleOf(old, c.replay)...), model.Options{From: base, Folds: 2, L2: c.l2})
		if err != nil {
			t.Fatal(err)
		}
		b, a := judge(t, base, rest), judge(t, m, rest)
		report(t, fmt.Sprintf("%s, %d rows, %+v, %.0fs", country, len(fresh), c, time.Since(start).Seconds()), b, a)
		before, after = b, a
	}
	return before, after
}

func weighted(in []model.Example, w float64) []model.Example {
	out := append([]model.Example(nil), in...)
	for i := range out {
		out[i].Weight *= w
	}
	return out
}

func sampleOf(in []model.Example, n int) []model.Example {
	idx := rand.New(rand.NewPCG(1, 2)).Perm(len(in))
	var out []model.Example
	for _, i := range idx[:min(n, len(in))] {
		out = append(out, in[i])
	}
	return out
}

func judge(t *testing.T, m model.Classifier, examples []model.Example) []eval.Row {
	j, err := model.Judge(context.Background(), m, "", examples)
	if err != nil {
		t.Fatal(err)
	}
	return j.Stance
}

func report(t *testing.T, name string, before, after []eval.Row) {
	d := eval.Difference(before, after, labels.Stances)
	fmt.Printf("%s: %d rows: macro-F1 %.3f -> %.3f, %+.3f [%+.3f, %+.3f]; accuracy %.3f -> %.3f\n", name, len(before),
		eval.MacroF1(before, labels.Stances).Value, eval.MacroF1(after, labels.Stances).Value, d.Value, d.Low, d.High,
		eval.Accuracy(before).Value, eval.Accuracy(after).Value)
}
