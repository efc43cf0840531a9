package main

import (
	"context"
	"os"
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
	var fresh, rest []model.Example
	learned := map[string]bool{}
	for _, e := range thin(own, len(own)/2) { // documents in an order of no meaning
		learned[e.Document] = learned[e.Document] || count(own, learned) < newRows
	}
	for _, e := range own {
		switch {
		case !learned[e.Document]:
			rest = append(rest, e)
		case len(fresh) < newRows:
			fresh = append(fresh, e)
		}
	}
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
