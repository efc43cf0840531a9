package main

import (
	"context"
	"testing"

	"standpoint/data"
	"standpoint/internal/actor"
	"standpoint/internal/eval"
	"standpoint/internal/labels"
	"standpoint/internal/model"
)

// What the embedded models are to reach on 100 held-out statements; make eval
// scores them all.
var qualities = []struct {
	model         string
	leastAccuracy float64
	mostFlips     float64
}{
	{"linear", 0.38, 0.25},
	{"small", 0.45, 0.25},
}

func TestEmbeddedModelsHoldTheirQuality(t *testing.T) {
	t.Setenv("STANDPOINT_SHARED", t.TempDir()) // the same statements wherever it runs
	set, err := labels.Load([]string{"../../data/gold"})
	if err != nil {
		t.Fatal(err)
	}
	registry, err := actor.Open(data.Actors(), "")
	if err != nil {
		t.Fatal(err)
	}
	examples, err := model.Examples(set, registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range qualities {
		t.Run(q.model, func(t *testing.T) {
			s := qualityOf(t, q.model, examples)
			t.Logf("accuracy %.2f, macro-F1 %.3f, flips %.2f", s.Accuracy, s.MacroF1, s.Flips)
			if s.Accuracy < q.leastAccuracy || s.Flips > q.mostFlips {
				t.Errorf("accuracy %.2f (at least %.2f), flips %.2f (at most %.2f)", s.Accuracy, q.leastAccuracy, s.Flips, q.mostFlips)
			}
		})
	}
}

// qualityOf judges a hundred of the held-out examples, which the model must not
// have learned from.
func qualityOf(t *testing.T, name string, examples []model.Example) eval.Scores {
	t.Helper()
	m, err := loadModel(name)
	if err != nil {
		t.Fatal(err)
	}
	meta := m.Meta()
	var held []model.Example
	for _, e := range examples {
		if e.Split != labels.Train {
			held = append(held, e)
			if meta.Seen(e.Document) {
				t.Errorf("%s is held out, but the model has learned from it", e.Source)
			}
		}
	}
	var fixed []model.Example
	for i := range 100 {
		fixed = append(fixed, held[i*len(held)/100])
	}
	j, err := model.Judge(context.Background(), m, "fixed", fixed)
	if err != nil {
		t.Fatal(err)
	}
	return eval.Measure(j.Stance, labels.Stances)
}
