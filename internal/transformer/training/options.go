package training

import (
	"fmt"
	"math"
	"runtime"
	"time"

	"standpoint/internal/kernel"
	"standpoint/internal/transformer"
)

// A Schedule is how the learning rate falls after the warm-up.
type Schedule uint8

const (
	Linear   Schedule = iota // straight to zero
	Cosine                   // along half a cosine to zero
	Constant                 // not at all
)

// Options of Train; the zero value of a field is its default.
type Options struct {
	Epochs     int // 3
	Batch      int // examples that pass the network together; 16
	Accumulate int // batches a step; 1

	Rate        float64  // of the encoder's upmost layer; 5e-5
	TopRate     float64  // of what stands on the encoder; Rate
	LayerDecay  float64  // factor of the rate from a layer to the one under it; 1
	WeightDecay *float64 // not of biases and LayerNorms; 0.01
	Warmup      float64  // part of all steps over which the rate rises from zero; 0
	Schedule    Schedule
	Beta1       float64  // 0.9
	Beta2       float64  // 0.999
	Epsilon     float64  // 1e-8
	Clip        *float64 // the gradients' global norm at most; 1; 0: not clipped

	HiddenDropout    *float64 // as the checkpoint's config says
	AttentionDropout *float64 // as the checkpoint's config says

	Freeze int    // this many layers, and the embeddings, keep their weights and have no dropout; 0: all learns
	Cache  string // folder for the states above the frozen layers; "": worked out again each epoch

	Workers   int              // cores; all; no matter to the result
	Path      *kernel.Path     // kernels; kernel.Best's
	Precision kernel.Precision // of linear products, Float32 or BFloat16; weights, sums and moments are float32

	Snapshot      string        // file of the run so far; resumed from where it exists; "": none
	SnapshotEvery time.Duration // 3 minutes
	SnapshotSteps int           // also every so many steps; 0: by the clock only

	Progress func(Progress) // called after each step, in its goroutine
}

// Value makes an option of a number, where zero is not the default.
func Value(v float64) *float64 { return &v }

func (o Options) withDefaults() Options {
	integer := func(p *int, v int) {
		if *p == 0 {
			*p = v
		}
	}
	number := func(p *float64, v float64) {
		if *p == 0 {
			*p = v
		}
	}
	integer(&o.Epochs, 3)
	integer(&o.Batch, 16)
	integer(&o.Accumulate, 1)
	integer(&o.Workers, runtime.GOMAXPROCS(0))
	number(&o.Rate, 5e-5)
	number(&o.TopRate, o.Rate)
	number(&o.LayerDecay, 1)
	number(&o.Beta1, 0.9)
	number(&o.Beta2, 0.999)
	number(&o.Epsilon, 1e-8)
	if o.WeightDecay == nil {
		o.WeightDecay = Value(0.01)
	}
	if o.Clip == nil {
		o.Clip = Value(1)
	}
	if o.SnapshotEvery == 0 {
		o.SnapshotEvery = 3 * time.Minute
	}
	return o
}

// check reports the first setting, defaults in place, that makes no sense.
func (o *Options) check(c transformer.Config) error {
	for _, s := range []struct {
		name      string
		value     float64
		low, high float64
	}{
		{"Epochs", float64(o.Epochs), 1, 1e6}, {"Batch", float64(o.Batch), 1, 1e6}, {"Accumulate", float64(o.Accumulate), 1, 1e6},
		{"Rate", o.Rate, 0, 10}, {"TopRate", o.TopRate, 0, 10}, {"LayerDecay", o.LayerDecay, 0, 1},
		{"WeightDecay", *o.WeightDecay, 0, 10}, {"Warmup", o.Warmup, 0, 1},
		{"Beta1", o.Beta1, 0, 1 - 1e-9}, {"Beta2", o.Beta2, 0, 1 - 1e-9}, {"Epsilon", o.Epsilon, 0, 1},
		{"Clip", *o.Clip, 0, math.MaxFloat32},
		{"HiddenDropout", o.hiddenDropout(c), 0, transformer.MaxDropout}, {"AttentionDropout", o.attentionDropout(c), 0, transformer.MaxDropout},
		{"Freeze", float64(o.Freeze), 0, float64(c.Layers)}, {"Workers", float64(o.Workers), 1, 1e6},
		{"Precision", float64(o.Precision), 0, float64(kernel.BFloat16)}, {"Schedule", float64(o.Schedule), 0, float64(Constant)},
	} {
		if !(s.value >= s.low && s.value <= s.high) {
			return fmt.Errorf("option %s: %v is not between %v and %v", s.name, s.value, s.low, s.high)
		}
	}
	return nil
}

func (o *Options) hiddenDropout(c transformer.Config) float64 {
	if o.HiddenDropout != nil {
		return *o.HiddenDropout
	}
	return c.HiddenDropout
}

func (o *Options) attentionDropout(c transformer.Config) float64 {
	if o.AttentionDropout != nil {
		return *o.AttentionDropout
	}
	return c.AttentionDropout
}

// machine is what the options say to compute on.
func (o Options) machine() (*machine, error) {
	o = o.withDefaults()
	path := kernel.Best()
	if o.Path != nil {
		path = *o.Path
	}
	if o.Workers < 1 || o.Precision > kernel.BFloat16 {
		return nil, fmt.Errorf("options: %d workers, precision %d", o.Workers, o.Precision)
	}
	return &machine{path: path, precision: o.Precision, workers: o.Workers}, nil
}

// factor is the schedule: what the rate is multiplied with at a step, counted
// from 0, of so many. It is that of transformers' schedules with the same
// names.
func (o *Options) factor(step, steps int) float64 {
	warm := int(math.Ceil(o.Warmup * float64(steps)))
	if step < warm {
		return float64(step) / float64(warm)
	}
	done := float64(step-warm) / math.Max(1, float64(steps-warm))
	switch o.Schedule {
	case Cosine:
		return (1 + math.Cos(math.Pi*done)) / 2
	case Constant:
		return 1
	}
	return 1 - done
}
