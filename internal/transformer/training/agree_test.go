package training_test

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"standpoint/internal/kernel"
	"standpoint/internal/transformer"
	"standpoint/internal/transformer/training"
	"standpoint/internal/wordpiece"
)

// TestLabelsAgreeInLowPrecision trains on the project's own gold for a short
// time, lower layers frozen, and serves what came of it in float32, bfloat16
// and int8: labels of the own dev agree. It takes some minutes:
//
//	STANDPOINT_LONG=1 go test -count=1 -v -timeout 60m -run Agree ./internal/transformer/training
func TestLabelsAgreeInLowPrecision(t *testing.T) {
	dir := encoderDir(t)
	train, dev := gold(t)
	c, tokenizer := openEncoder(t, dir)
	m := fineTuned(t, c, tokenizer, train, training.Options{Epochs: 1, Freeze: c.Config.Layers * 2 / 3})
	agree(t, m, inputs(tokenizer, dev))
}

// agree compares the labels that a trained classifier gives when it is served.
func agree(t *testing.T, m *training.Classifier, examples []training.Example) {
	t.Helper()
	probabilities, err := m.Predict(t.Context(), examples, training.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, precision := range []kernel.Precision{kernel.Float32, kernel.BFloat16, kernel.Int8} {
		e, err := transformer.NewEncoder(m.Checkpoint(), transformer.Options{Precision: precision})
		if err != nil {
			t.Fatal(err)
		}
		same, all := make([]int, len(headNames)), len(examples)
		for i, logits := range serve(t, e, m.Checkpoint(), examples) {
			for h := range headNames {
				if highest(logits[h]) == highest(probabilities[i][h]) {
					same[h]++
				}
			}
		}
		for h, name := range headNames {
			t.Logf("%v: %s labels of %d statements: %.2f %% as in training", precision, name, all, 100*float64(same[h])/float64(all))
			if float64(same[h]) < 0.99*float64(all) {
				t.Errorf("%v: fewer than 99 %% of %s labels agree", precision, name)
			}
		}
	}
}

func highest(x []float32) int { return slices.Index(x, slices.Max(x)) }

// serve is the logits of each example and head, of an encoder's states and the
// heads of its checkpoint.
func serve(t *testing.T, e *transformer.Encoder, c *transformer.Checkpoint, examples []training.Example) [][][]float32 {
	t.Helper()
	batches := make([]transformer.Batch, len(examples))
	for i, x := range examples {
		batches[i] = transformer.Batch{IDs: x.IDs, Types: x.Types, Lengths: []int{len(x.IDs)}}
	}
	states, err := e.EncodeAll(t.Context(), batches, 0)
	if err != nil {
		t.Fatal(err)
	}
	out := make([][][]float32, len(examples))
	for i, x := range examples {
		hidden := layer(c, "dense", pooled(states[i], x.Spans, c.Config.Hidden))
		for k, v := range hidden {
			hidden[k] = float32(math.Tanh(float64(v)))
		}
		for _, name := range headNames {
			out[i] = append(out[i], layer(c, name, hidden))
		}
	}
	return out
}

// pooled is the means of spans, one after another.
func pooled(states []float32, spans []training.Span, width int) []float32 {
	var out []float32
	for _, s := range spans {
		mean := make([]float32, width)
		for at := s.Start; at < s.End; at++ {
			for k := range mean {
				mean[k] += states[at*width+k] / float32(s.End-s.Start)
			}
		}
		out = append(out, mean...)
	}
	return out
}

// layer is W x + b of the checkpoint's tensors heads.name.
func layer(c *transformer.Checkpoint, name string, x []float32) []float32 {
	w := c.Tensors["heads."+name+".weight"].Data
	y := slices.Clone(c.Tensors["heads."+name+".bias"].Data)
	for o := range y {
		y[o] += kernel.Portable.Dot(w[o*len(x):(o+1)*len(x)], x)
	}
	return y
}

func openEncoder(t *testing.T, dir string) (*transformer.Checkpoint, *wordpiece.Tokenizer) {
	t.Helper()
	c, err := transformer.ReadCheckpoint(dir)
	if err != nil {
		t.Fatal(err)
	}
	tokenizer, err := wordpiece.New(bytes.NewReader(c.TokenizerJSON))
	if err != nil {
		t.Fatal(err)
	}
	return c, tokenizer
}
