package model

import (
	"cmp"
	"context"
	"slices"

	"standpoint/internal/features"
	"standpoint/internal/labels"
	"standpoint/internal/transformer"
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
	e := contest(p)
	for _, f := range features.Names(in) {
		if w := m.stance.Weights(f.Index); w != nil {
			push := float64(w[e.Stance]-w[e.RunnerUp]) * float64(f.Value) / m.meta.Stance.Temperature
			e.Reasons = append(e.Reasons, Reason{f.Name, push})
		}
	}
	e.keep(n)
	return e, nil
}

// contest is an Explanation without reasons: the two most probable stances.
func contest(p Prediction) Explanation {
	e := Explanation{Stance: argmax(p.Stance[:])}
	e.RunnerUp = (e.Stance + 1) % labels.NumStances
	for c, v := range p.Stance {
		if c != e.Stance && v > p.Stance[e.RunnerUp] {
			e.RunnerUp = c
		}
	}
	return e
}

// keep leaves the n strongest reasons, the strongest first.
func (e *Explanation) keep(n int) {
	slices.SortStableFunc(e.Reasons, func(a, b Reason) int { return cmp.Compare(max(b.Push, -b.Push), max(a.Push, -a.Push)) })
	e.Reasons = e.Reasons[:min(n, len(e.Reasons))]
}

// Explain gives the n words that move the stance of an Instance most: how much
// of the most probable stance's lead over the runner-up is gone when the word
// is masked.
func (m *Transformer) Explain(ctx context.Context, in features.Instance, n int) (Explanation, error) {
	s := m.states.Get().(*transformer.State)
	defer m.states.Put(s)
	q := m.sequencer.Sequence(in)
	whole := m.logits([]features.Sequence{q}, s)[0]
	e := contest(m.decide(whole))
	lead := func(l [][]float64) float64 {
		c := &m.meta.Stance
		return (l[0][e.Stance] + c.Bias[e.Stance] - l[0][e.RunnerUp] - c.Bias[e.RunnerUp]) / c.Temperature
	}
	words := q.Words()
	for from := 0; from < len(words); from += encodeTogether {
		if err := ctx.Err(); err != nil {
			return Explanation{}, err
		}
		some := words[from:min(from+encodeTogether, len(words))]
		var masked []features.Sequence
		for _, w := range some {
			masked = append(masked, m.sequencer.Mask(q, w))
		}
		for i, l := range m.logits(masked, s) {
			e.Reasons = append(e.Reasons, Reason{"word:" + q.Bytes(some[i]).In(in.Doc.Body), lead(whole) - lead(l)})
		}
	}
	e.keep(n)
	return e, nil
}
