package model

import (
	"context"
	"slices"

	"standpoint/internal/features"
	"standpoint/internal/labels"
	"standpoint/internal/linear"
)

// Linear is the Classifier of linear models over the same sparse vector: one
// for stance, one for sentiment, one for how strong a one-sided stance is, one
// for the lean of a mixed one.
type Linear struct {
	meta   Meta
	digest string

	stance, sentiment *linear.Model
	strength          *linear.Model // classes: 1, 2
	lean              *linear.Model // classes: -1, 0, 1
}

// A part is one of the four models with its task.
type part struct {
	task
	model **linear.Model
}

// parts lists the four models in the order of the file.
func (m *Linear) parts() []part {
	return []part{{stanceTask, &m.stance}, {sentimentTask, &m.sentiment}, {strengthTask, &m.strength}, {leanTask, &m.lean}}
}

// Name is the model's name.
func (m *Linear) Name() string { return m.meta.Name }

// Digest is the digest of the model folder.
func (m *Linear) Digest() string { return m.digest }

// Meta is what the model folder says of the model.
func (m *Linear) Meta() Meta { return m.meta }

// Predict judges instances one by one; it stops only if ctx is cancelled.
func (m *Linear) Predict(ctx context.Context, in []features.Instance) ([]Prediction, error) {
	out := make([]Prediction, len(in))
	var v features.Vector
	for i := range in {
		if i%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		v = features.Sparse(in[i], v[:0])
		out[i] = m.predict(v)
	}
	return out, nil
}

func (m *Linear) predict(v features.Vector) Prediction {
	var p Prediction
	m.stance.Scores(v, p.Stance[:])
	m.sentiment.Scores(v, p.Sentiment[:])
	m.meta.calibrated(&p)
	p.Strength = strengthOf(argmax(p.Stance[:]), func() int { return best(m.strength, v) }, func() int { return best(m.lean, v) })
	return p
}

// best is the class to which a model gives the highest score.
func best(m *linear.Model, v features.Vector) int {
	s := make([]float64, m.Classes())
	m.Scores(v, s)
	return argmax(s)
}

// calibrated turns logits into probabilities and abstains where they are low.
func (m *Meta) calibrated(p *Prediction) {
	m.Stance.apply(p.Stance[:])
	m.Sentiment.apply(p.Sentiment[:])
	p.Abstained = p.Stance[argmax(p.Stance[:])] < m.Threshold
}

// strengthOf is the strength of a stance, its sign agreeing; strength and lean
// ask for the most probable class of these tasks.
func strengthOf(stance int, strength, lean func() int) int {
	switch stance {
	case labels.Favor:
		return strength() + 1
	case labels.Against:
		return -strength() - 1
	case labels.Mixed:
		return lean() - 1
	}
	return 0
}

// argmax is the index of the greatest element, the first of equal ones.
func argmax(s []float64) int { return slices.Index(s, slices.Max(s)) }
