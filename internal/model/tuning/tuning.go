// Package tuning trains the transformer that judges: an encoder and heads, from
// the same examples as the linear model. It is apart from package model so that
// what only judges does not carry what trains.
//
//	c, err := transformer.ReadCheckpoint("bge-small-en-v1.5")
//	m, err := tuning.Train(ctx, c, examples, tuning.Options{Name: "small"})
//	judged, err := m.Calibrate(ctx, held, 0)
package tuning

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"

	"standpoint/internal/features"
	"standpoint/internal/labels"
	"standpoint/internal/model"
	"standpoint/internal/transformer"
	"standpoint/internal/transformer/training"
	"standpoint/internal/wordpiece"
)

// Options of Train; the zero value of a field is its default.
type Options struct {
	Name    string             // "transformer"
	Data    string             // digest of the files the examples come from
	Encoder string             // name of the encoder that it starts from
	From    *model.Transformer // adapt this model
	Epochs  int                // 3; adapting 1
	Batch   int                // 16
	Rate    float64            // of the encoder; 1e-4; adapting 2e-5
	TopRate float64            // of the heads; ten times Rate
	Freeze  int                // lower layers that don't learn
	Seed    uint64
	Sides   bool // three questions in place of five stances (transformer.Sides)

	Cache, Snapshot string // as in training.Options
	Progress        func(training.Progress)
}

func (o Options) withDefaults() Options {
	o.Name = cmp.Or(o.Name, "transformer")
	epochs, rate := 3, 1e-4
	if o.From != nil {
		epochs, rate = 1, 2e-5 // what it knows is to stay
	}
	o.Epochs, o.Batch = cmp.Or(o.Epochs, epochs), cmp.Or(o.Batch, 16)
	o.Rate, o.TopRate = cmp.Or(o.Rate, rate), cmp.Or(o.TopRate, 10*cmp.Or(o.Rate, rate))
	return o
}

// Train fine-tunes an encoder, which is not changed, and puts heads on it; with
// Options.From it goes on from that model, and c is nil. What it returns
// computes with int8. It fails if ctx is done (after a snapshot, if there is a
// place for one), if files fail, and if training breaks.
func Train(ctx context.Context, c *transformer.Checkpoint, examples []model.Example, opt Options) (*model.Transformer, error) {
	opt = opt.withDefaults()
	task := Task(examples, opt.Sides)
	if opt.From != nil {
		c, task = opt.From.Checkpoint(), *opt.From.Meta().Task
	}
	task.Hidden = c.Config.Hidden
	list, err := lay(c, examples)
	if err != nil {
		return nil, err
	}
	m, err := training.NewClassifier(c, task, opt.Seed+1)
	if err != nil {
		return nil, err
	}
	err = m.Train(ctx, list, training.Options{
		Epochs: opt.Epochs, Batch: opt.Batch, Rate: opt.Rate, TopRate: opt.TopRate, Warmup: 0.1, Freeze: opt.Freeze,
		Cache: opt.Cache, Snapshot: opt.Snapshot, Progress: opt.Progress,
	})
	if err != nil {
		return nil, err
	}
	small, err := m.Checkpoint().Quantize()
	if err != nil {
		return nil, err
	}
	return model.NewTransformer(small, task, examples, model.Origin{Name: opt.Name, Data: opt.Data, Encoder: opt.Encoder, From: opt.From})
}

// lay lays examples out as the encoder reads them.
func lay(c *transformer.Checkpoint, examples []model.Example) ([]training.Example, error) {
	tokenizer, err := wordpiece.New(bytes.NewReader(c.TokenizerJSON))
	if err != nil {
		return nil, fmt.Errorf("tokenizer.json: %w", err)
	}
	s, err := features.NewSequencer(tokenizer, c.Config.ModelType == transformer.BERT)
	if err != nil {
		return nil, err
	}
	out := make([]training.Example, len(examples))
	for i := range examples {
		out[i] = example(s, &examples[i])
	}
	return out, nil
}

// Task is what the heads learn from such examples.
func Task(examples []model.Example, sides bool) transformer.Task {
	t := transformer.Task{Spans: 3, Dropout: 0.1, Heads: model.Tasks()}
	for i := range t.Heads {
		t.Heads[i].Smoothing = 0.05
		t.Heads[i].Weight = 0.3
	}
	stance, sentiment := &t.Heads[0], &t.Heads[1]
	stance.Weight, sentiment.Weight = 1, 0.5
	stance.ClassWeights = balance(examples)
	if sides {
		stance.Form = transformer.Sides
	}
	return t
}

// balance weighs rare stances up by the root of their rarity, as the linear
// model does.
func balance(examples []model.Example) []float32 {
	count, total := make([]float64, labels.NumStances), 0.0
	for i := range examples {
		count[examples[i].Stance] += examples[i].Weight
		total += examples[i].Weight
	}
	out := make([]float32, len(count))
	for c, n := range count {
		out[c] = float32(math.Sqrt(total / (float64(len(count)) * max(n, 1))))
	}
	return out
}

// example lays a model's example out for training.
func example(s *features.Sequencer, e *model.Example) training.Example {
	q := s.Sequence(e.Instance)
	out := training.Example{IDs: q.IDs, Types: q.Types, Weight: e.Weight}
	for _, p := range q.Pooled {
		out.Spans = append(out.Spans, transformer.Span{Start: p[0], End: p[1]})
	}
	for t, class := range e.Classes() {
		var target []float32
		if class >= 0 {
			target = training.Hard(class, model.Tasks()[t].Classes)
		}
		out.Labels = append(out.Labels, target)
	}
	return out
}
