package training

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"standpoint/internal/kernel"
	"standpoint/internal/transformer"
)

// goldenFile is what scripts/training_golden.py wrote.
type goldenFile struct {
	Examples []struct {
		IDs, Types, Hidden []int32
		Spans              [][2]int
		Soft               []float32
		Hard, Step         int
	}
	Classified, Masked struct {
		Losses, Norms []float64
		Weights       map[string][]float64
	}
}

func readGolden(t *testing.T, kind string) (*transformer.Checkpoint, *goldenFile) {
	t.Helper()
	c, err := transformer.ReadCheckpoint(filepath.Join("testdata", kind))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join("testdata", kind, "golden.json"))
	if err != nil {
		t.Fatal(err)
	}
	g := new(goldenFile)
	if err := json.Unmarshal(text, g); err != nil {
		t.Fatal(err)
	}
	return c, g
}

// goldenTask is the task of the script.
var goldenTask = transformer.Task{Spans: 2, Hidden: 10, Heads: []transformer.Head{
	{Name: "soft", Classes: 4},
	{Name: "hard", Classes: 3, Weight: 0.5, ClassWeights: []float32{0.5, 1, 2}, Smoothing: 0.1},
	{Name: "step", Classes: 4, Form: transformer.Ordinal},
}}

func (g *goldenFile) examples() []Example {
	var out []Example
	for _, e := range g.Examples {
		x := Example{IDs: e.IDs, Types: e.Types, Labels: [][]float32{e.Soft, Hard(e.Hard, 3), Hard(e.Step, 4)}}
		for _, s := range e.Spans {
			x.Spans = append(x.Spans, transformer.Span{Start: s[0], End: s[1]})
		}
		out = append(out, x)
	}
	return out
}

// goldenOptions are those of the script: every step sees all eight examples,
// in two batches.
func goldenOptions(path kernel.Path) Options {
	return Options{
		Epochs: 10, Batch: 4, Accumulate: 2, Rate: 5e-3, TopRate: 1e-2, LayerDecay: 0.8, WeightDecay: Value(0.1),
		Warmup: 0.2, Beta2: 0.98, Epsilon: 1e-6, Workers: 2, Path: &path,
	}
}

// TestPyTorchAgrees: ten steps of the whole network, dropout none, give
// PyTorch's losses, norms of gradients and weights.
func TestPyTorchAgrees(t *testing.T) {
	for _, kind := range []string{"bert", "mpnet"} {
		for _, path := range kernel.Available() {
			c, g := readGolden(t, kind)
			t.Run(fmt.Sprintf("%s/%v/classified", kind, path), func(t *testing.T) {
				m, err := NewClassifier(c, goldenTask, 1)
				if err != nil {
					t.Fatal(err)
				}
				opt := goldenOptions(path)
				var losses, norms []float64
				opt.Progress = func(p Progress) { losses, norms = append(losses, p.Loss), append(norms, p.GradientNorm) }
				if err := m.Train(t.Context(), g.examples(), opt); err != nil {
					t.Fatal(err)
				}
				agree(t, "losses", losses, g.Classified.Losses)
				agree(t, "norms", norms, g.Classified.Norms)
				agreeWeights(t, m.Checkpoint(), g.Classified.Weights)
			})
			t.Run(fmt.Sprintf("%s/%v/masked", kind, path), func(t *testing.T) {
				m, err := NewMaskedLM(c, Masking{Mask: 4}, 1)
				if err != nil {
					t.Fatal(err)
				}
				opt := goldenOptions(path)
				opt.Clip, opt.Schedule = Value(0.5), Cosine
				var losses, norms []float64
				opt.Progress = func(p Progress) { losses, norms = append(losses, p.Loss), append(norms, p.GradientNorm) }
				if err := train(t.Context(), g.foretelling(m), opt); err != nil {
					t.Fatal(err)
				}
				agree(t, "losses", losses, g.Masked.Losses)
				agree(t, "norms", norms, g.Masked.Norms)
				agreeWeights(t, m.Checkpoint(), g.Masked.Weights)
			})
		}
	}
}

// typed is foretelling over texts with token types, as the script's have.
type typed struct {
	*foretelling
	types [][]int32
}

func (f typed) batch(epoch int, examples []int) transformer.Batch {
	b := f.foretelling.batch(epoch, examples)
	for _, i := range examples {
		b.Types = append(b.Types, f.types[i]...)
	}
	return b
}

// foretelling hides what the script hid.
func (g *goldenFile) foretelling(m *MaskedLM) objective {
	f := typed{foretelling: &foretelling{MaskedLM: m}}
	for _, e := range g.Examples {
		f.texts, f.types = append(f.texts, e.IDs), append(f.types, e.Types)
	}
	f.hide = func(_, text int) (ids []int32, hidden []int) {
		ids = slices.Clone(g.Examples[text].IDs)
		for _, at := range g.Examples[text].Hidden {
			ids[at] = m.masking.Mask
			hidden = append(hidden, int(at))
		}
		return ids, hidden
	}
	return f
}

// agreement is how near numbers must be. All come within 1e-6 but the biases of
// keys: softmax cancels them, their gradients are rounding alone, and Adam
// makes steps of it.
const agreement = 1e-4

func agree(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d, not %d", what, len(got), len(want))
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= agreement) {
			t.Errorf("%s: %d is %v, not %v", what, i, got[i], want[i])
		}
	}
}

// agreeWeights compares samples: every so many elements of each tensor.
func agreeWeights(t *testing.T, c *transformer.Checkpoint, want map[string][]float64) {
	t.Helper()
	for name, w := range want {
		tensor := c.Tensors[name]
		if tensor == nil {
			tensor = c.Tensors[c.Config.ModelType+"."+strings.TrimPrefix(name, c.Config.ModelType+".")]
		}
		if tensor == nil {
			t.Errorf("tensor %s is missing", name)
			continue
		}
		var got []float64
		step := max(1, len(tensor.Data)/8)
		for i := 0; i < len(tensor.Data) && len(got) < 9; i += step {
			got = append(got, float64(tensor.Data[i]))
		}
		agree(t, name, got, w)
	}
}
