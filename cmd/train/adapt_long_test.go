package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"standpoint/data"
	"standpoint/internal/actor"
	"standpoint/internal/eval"
	"standpoint/internal/labels"
	"standpoint/internal/model"
)

const (
	newRows  = 200  // of a country, that a team checks before it adapts
	baseRows = 5000 // of other countries, that the model knows: a third of the gold, for time
)

// TestUnseenCountry measures what 200 rows of a country are worth to a model
// that has never seen it: for each country a model learns from gold of others,
// is adapted to 200 of the country's rows, and both judge the rest of them.
// The figures stand in docs/retraining.md.
func TestUnseenCountry(t *testing.T) {
	if os.Getenv("STANDPOINT_LONG") == "" {
		t.Skip("trains for a quarter of an hour: STANDPOINT_LONG is not set")
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
	var before, after eval.Judged
	for _, country := range []string{"South Korea", "Germany", "Syria", "Japan"} {
		b, a := unseen(t, all, country)
		before.Stance, after.Stance = append(before.Stance, b.Stance...), append(after.Stance, a.Stance...)
		reportUnseen(t, country, b, a)
	}
	reportUnseen(t, "all four", before, after)
}

// unseen judges a country's held-out rows before and after others of it were
// learned. Documents are learned from or judged, never both.
func unseen(t *testing.T, all []model.Example, country string) (before, after eval.Judged) {
	about := func(e *model.Example) bool { return strings.HasPrefix(e.Instance.Host, country) }
	here := map[string]bool{}
	for i := range all {
		here[all[i].Document] = here[all[i].Document] || about(&all[i])
	}
	var old, own []model.Example
	for _, e := range all {
		switch {
		case about(&e):
			own = append(own, e)
		case !here[e.Document] && e.Split == labels.Train:
			old = append(old, e)
		}
	}
	fresh, rest := halves(own)
	fresh = fresh[:min(len(fresh), newRows)]
	ctx := context.Background()
	old = thin(old, baseRows)
	base, _, err := model.Train(ctx, old, model.Options{Folds: 2})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	mixed := append(slices.Clone(fresh), thin(old, max(replayTimes*len(fresh), replayLeast))...)
	adapted, _, err := model.Train(ctx, mixed, model.Options{From: base, Folds: 2, L2: adaptL2})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d new rows, adapted in %.0f s", country, len(fresh), time.Since(start).Seconds())
	if before, err = model.Judge(ctx, base, "", rest); err != nil {
		t.Fatal(err)
	}
	if after, err = model.Judge(ctx, adapted, "", rest); err != nil {
		t.Fatal(err)
	}
	return before, after
}

// TestOtherArticles measures what some 200 rows of real articles are worth to
// the embedded model, which has learned from other kinds of prose: it is
// adapted to them, and judges the other real articles and what the gold holds
// out. The texts lie beside the project.
func TestOtherArticles(t *testing.T) {
	if os.Getenv("STANDPOINT_LONG") == "" {
		t.Skip("trains for minutes: STANDPOINT_LONG is not set")
	}
	registry, err := actor.Open(data.Actors(), "")
	if err != nil {
		t.Fatal(err)
	}
	examples := func(path string) []model.Example {
		set, err := labels.Load([]string{path})
		if err != nil {
			t.Skip("not here: ", err)
		}
		out, err := model.Examples(set, registry)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	fresh, rest := halves(examples(filepath.Join(labels.Shared(), "realdev", "gold.jsonl")))
	var gold job
	gold.share(examples("../../data/gold"))
	m, err := loadModel("linear")
	if err != nil {
		t.Fatal(err)
	}
	from, ok := m.(*model.Linear)
	if !ok {
		t.Skip("the embedded model is of another kind")
	}
	ctx := context.Background()
	mixed := append(slices.Clone(fresh), thin(gold.train, max(replayTimes*len(fresh), replayLeast))...)
	adapted, _, err := model.Train(ctx, mixed, model.Options{From: from, Folds: 2, L2: adaptL2})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d new rows", len(fresh))
	for _, h := range append([]model.HeldOut{{Name: "other real articles", Examples: rest}}, gold.held...) {
		before, err := model.Judge(ctx, from, "", h.Examples)
		if err != nil {
			t.Fatal(err)
		}
		after, err := model.Judge(ctx, adapted, "", h.Examples)
		if err != nil {
			t.Fatal(err)
		}
		reportUnseen(t, h.Name, before, after)
	}
}

// halves takes whole documents, in an order of no meaning, until newRows rows
// are taken; and the others.
func halves(rows []model.Example) (taken, rest []model.Example) {
	learned := map[string]bool{}
	for _, e := range thin(rows, len(rows)/2) {
		learned[e.Document] = learned[e.Document] || count(rows, learned) < newRows
	}
	for _, e := range rows {
		if learned[e.Document] {
			taken = append(taken, e)
		} else {
			rest = append(rest, e)
		}
	}
	return taken, rest
}

// count is how many rows the documents have.
func count(rows []model.Example, documents map[string]bool) int {
	n := 0
	for i := range rows {
		if documents[rows[i].Document] {
			n++
		}
	}
	return n
}

func reportUnseen(t *testing.T, name string, before, after eval.Judged) {
	d := eval.Difference(before.Stance, after.Stance, labels.Stances)
	b, a := eval.Measure(before.Stance, labels.Stances), eval.Measure(after.Stance, labels.Stances)
	t.Logf("| %s | %d | %.3f | %.3f | %+.3f [%+.3f, %+.3f] | %.3f | %.3f | %.2f | %.2f |", name, len(before.Stance), b.MacroF1, a.MacroF1, d.Value, d.Low, d.High, b.Accuracy, a.Accuracy, b.LogLoss, a.LogLoss)
}
