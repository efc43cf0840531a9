package model

import (
	"cmp"
	"context"
	"slices"

	"standpoint/internal/features"
	"standpoint/internal/labels"
)

// A Reason is a feature that moved a stance.
type Reason struct {
	Name string  // "polarity:sum leave", "span:withdraw" ...
	Push float64 // towards the most probable stance against the runner-up, in logits after temperature
}

// An Explanation tells why an Instance got its stance.
type Explanation struct {
	Stance, RunnerUp int
	Reasons          []Reason // the strongest push first, for or against
}

// Explain gives the n features that move the stance of an Instance most, for it
// or against it.
func (m *Linear) Explain(_ context.Context, in features.Instance, n int) (Explanation, error) {
	p := m.predict(features.Sparse(in, nil))
	e := Explanation{Stance: argmax(p.Stance[:])}
	e.RunnerUp = (e.Stance + 1) % labels.NumStances
	for c, v := range p.Stance {
		if c != e.Stance && v > p.Stance[e.RunnerUp] {
			e.RunnerUp = c
		}
	}
	for _, f := range features.Names(in) {
		if w := m.stance.Weights(f.Index); w != nil {
			push := float64(w[e.Stance]-w[e.RunnerUp]) * float64(f.Value) / m.meta.Stance.Temperature
			e.Reasons = append(e.Reasons, Reason{f.Name, push})
		}
	}
	slices.SortStableFunc(e.Reasons, func(a, b Reason) int { return cmp.Compare(max(b.Push, -b.Push), max(a.Push, -a.Push)) })
	e.Reasons = e.Reasons[:min(n, len(e.Reasons))]
	return e, nil
}
