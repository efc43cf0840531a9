// Package model judges instances: stance, strength and sentiment with
// calibrated probabilities. It holds the Classifier interface, calibration,
// and the model folder that carries everything a model needs (docs/models.md).
//
//	m, err := model.Load(os.DirFS("models/linear"))
//	ps, err := m.Predict(ctx, instances)
package model

import (
	"context"

	"standpoint/internal/features"
	"standpoint/internal/labels"
)

// A Prediction is what a model says of one Instance.
type Prediction struct {
	Stance    [labels.NumStances]float64    // calibrated probabilities, sum 1
	Sentiment [labels.NumSentiments]float64 // calibrated probabilities, sum 1
	Strength  int                           // -2..2, of the most probable stance: its sign agrees
	Abstained bool                          // the most probable stance is under the model's threshold
}

// A Classifier judges instances. Predict is safe for concurrent use, fails
// only on cancellation, and its answer for an instance does not depend on the
// others in the call.
type Classifier interface {
	Predict(ctx context.Context, in []features.Instance) ([]Prediction, error)

	// Explain gives at most n reasons for the stance of an instance.
	Explain(ctx context.Context, in features.Instance, n int) (Explanation, error)

	// Name, Digest: what the rows' model and model_digest columns say.
	Name() string
	Digest() string
}

// Learned is a Classifier that comes with what it learned from, and that can be
// saved.
type Learned interface {
	Classifier
	Meta() Meta
	Save(dir, card, eval string) error
}
