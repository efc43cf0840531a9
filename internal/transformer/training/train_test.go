package training

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"standpoint/internal/kernel"
	"standpoint/internal/transformer"
)

// bytesOf is all weights of a checkpoint.
func bytesOf(t *testing.T, c *transformer.Checkpoint) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(c.Tensors)) {
		fmt.Fprintln(&b, name)
		if err := writeFloats(&b, c.Tensors[name].Data); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// roughOptions use all that a run can draw and sum.
func roughOptions() Options {
	return Options{
		Epochs: 4, Batch: 3, Accumulate: 2, Rate: 1e-3, Warmup: 0.2,
		HiddenDropout: Value(0.1), AttentionDropout: Value(0.2), Workers: 2,
	}
}

var roughTask = transformer.Task{Spans: 2, Hidden: 10, Dropout: 0.1, Heads: goldenTask.Heads}

// learned is the weights that a classifier ends with.
func learned(t *testing.T, kind string, seed uint64, opt Options) []byte {
	t.Helper()
	b, err := learn(t, t.Context(), kind, seed, opt)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func learn(t *testing.T, ctx context.Context, kind string, seed uint64, opt Options) ([]byte, error) {
	t.Helper()
	c, g := readGolden(t, kind)
	m, err := NewClassifier(c, roughTask, seed)
	if err != nil {
		t.Fatal(err)
	}
	err = m.Train(ctx, g.examples(), opt)
	return bytesOf(t, m.Checkpoint()), err
}

func learnedMasked(t *testing.T, kind string, opt Options) []byte {
	t.Helper()
	c, g := readGolden(t, kind)
	m, err := NewMaskedLM(c, Masking{Mask: 4, Special: []int32{0, 1, 2, 3}}, 7)
	if err != nil {
		t.Fatal(err)
	}
	var texts [][]int32
	for _, e := range g.Examples {
		texts = append(texts, e.IDs)
	}
	if err := m.Train(t.Context(), texts, opt); err != nil {
		t.Fatal(err)
	}
	return bytesOf(t, m.Checkpoint())
}

func TestSameBytesForAnyWorkers(t *testing.T) {
	for _, kind := range []string{"bert", "mpnet"} {
		for _, path := range kernel.Available() {
			for _, precision := range []kernel.Precision{kernel.Float32, kernel.BFloat16} {
				opt := roughOptions()
				opt.Path, opt.Precision, opt.Workers = &path, precision, 1
				one, masked := learned(t, kind, 1, opt), learnedMasked(t, kind, opt)
				for _, workers := range []int{2, 5} {
					opt.Workers = workers
					if !bytes.Equal(one, learned(t, kind, 1, opt)) {
						t.Errorf("%s, %v, precision %d: %d workers end at other weights than one", kind, path, precision, workers)
					}
					if !bytes.Equal(masked, learnedMasked(t, kind, opt)) {
						t.Errorf("%s, %v, precision %d, masked: %d workers end at other weights than one", kind, path, precision, workers)
					}
				}
				if bytes.Equal(one, learned(t, kind, 2, opt)) {
					t.Errorf("%s: another seed ends at the same weights", kind)
				}
			}
		}
	}
}

// TestResumedEndsAtTheSameBytes stops a run after each of its steps in turn.
func TestResumedEndsAtTheSameBytes(t *testing.T) {
	opt := roughOptions()
	whole := learned(t, "bert", 1, opt)
	for stop := 1; stop < 8; stop++ {
		opt.Snapshot = filepath.Join(t.TempDir(), "snapshot")
		ctx, cancel := context.WithCancel(t.Context())
		opt.Progress = func(p Progress) {
			if p.Step == stop {
				cancel()
			}
		}
		if _, err := learn(t, ctx, "bert", 1, opt); !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped after step %d: %v", stop, err)
		}
		first := 0
		opt.Workers = 3
		opt.Progress = func(p Progress) {
			if first == 0 {
				first = p.Step
			}
		}
		if !bytes.Equal(whole, learned(t, "bert", 1, opt)) {
			t.Errorf("stopped after step %d and resumed: other weights", stop)
		}
		if first != stop+1 {
			t.Errorf("stopped after step %d, went on with %d", stop, first)
		}
	}
}

// TestKilled: a snapshot every two steps is what a killed process leaves; the
// run is taken up from it and not from where it was killed.
func TestKilled(t *testing.T) {
	opt := roughOptions()
	whole := learned(t, "mpnet", 1, opt)
	opt.Snapshot, opt.SnapshotSteps = filepath.Join(t.TempDir(), "snapshot"), 2
	left := opt.Snapshot + ".left"
	opt.Progress = func(p Progress) {
		if p.Step == 4 { // what lies there after step 3
			copyFile(t, opt.Snapshot, left)
		}
	}
	learned(t, "mpnet", 1, opt)
	if err := os.Rename(left, opt.Snapshot); err != nil {
		t.Fatal(err)
	}
	var steps []int
	opt.Progress = func(p Progress) { steps = append(steps, p.Step) }
	if !bytes.Equal(whole, learned(t, "mpnet", 1, opt)) {
		t.Error("killed and resumed: other weights")
	}
	if len(steps) == 0 || steps[0] != 3 {
		t.Errorf("went on with steps %v, not from 3", steps)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestSnapshotsThatDoNotFit(t *testing.T) {
	opt := roughOptions()
	opt.Snapshot = filepath.Join(t.TempDir(), "snapshot")
	learned(t, "bert", 1, opt)
	good, err := os.ReadFile(opt.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	flipped := slices.Clone(good)
	flipped[len(flipped)/2] ^= 1
	other := opt
	other.Rate = 2e-3
	for _, test := range []struct {
		name string
		file []byte
		opt  Options
		seed uint64
		want error
	}{
		{"empty", nil, opt, 1, errBroken},
		{"cut", good[:len(good)-5], opt, 1, errBroken},
		{"flipped", flipped, opt, 1, errBroken},
		{"rate", good, other, 1, errOtherRun},
		{"seed", good, opt, 2, errOtherRun},
	} {
		if err := os.WriteFile(opt.Snapshot, test.file, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := learn(t, t.Context(), "bert", test.seed, test.opt); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// TestFrozen: what is frozen stays, and states from the cache end at the same
// bytes as states worked out anew.
func TestFrozen(t *testing.T) {
	for _, freeze := range []int{1, 2} {
		opt := roughOptions()
		opt.Freeze = freeze
		c, _ := readGolden(t, "bert")
		b, err := learn(t, t.Context(), "bert", 1, opt)
		if err != nil {
			t.Fatal(err)
		}
		opt.Cache = t.TempDir()
		for _, run := range []string{"first", "second"} {
			if !bytes.Equal(b, learned(t, "bert", 1, opt)) {
				t.Errorf("%d frozen layers, %s run with cache: other weights", freeze, run)
			}
		}
		if files, _ := filepath.Glob(filepath.Join(opt.Cache, "*")); len(files) != 1 {
			t.Errorf("files in the cache: %v", files)
		}
		m, g := classifierOf(t, "bert")
		if err := m.Train(t.Context(), g.examples(), opt); err != nil {
			t.Fatal(err)
		}
		for layer := range c.Config.Layers {
			name := c.Config.LayerNames(layer).Up + ".weight"
			same := slices.Equal(c.Tensor(name).Data, m.Checkpoint().Tensor(name).Data)
			if same != (layer < freeze) {
				t.Errorf("%d frozen layers: %s as before: %v", freeze, name, same)
			}
		}
		if !slices.Equal(c.Tensor(transformer.WordEmbeddings).Data, m.Checkpoint().Tensor(transformer.WordEmbeddings).Data) {
			t.Errorf("%d frozen layers: word embeddings have moved", freeze)
		}
	}
}

func classifierOf(t *testing.T, kind string) (*Classifier, *goldenFile) {
	t.Helper()
	c, g := readGolden(t, kind)
	m, err := NewClassifier(c, roughTask, 1)
	if err != nil {
		t.Fatal(err)
	}
	return m, g
}

// TestServingSeesTheSame: the states that heads learn on are those of the
// encoder that serves.
func TestServingSeesTheSame(t *testing.T) {
	for _, kind := range []string{"bert", "mpnet"} {
		for _, path := range kernel.Available() {
			m, g := classifierOf(t, kind)
			c := classifying{m, g.examples()}
			b := c.batch(0, all(8))
			graph := (&machine{path: path, workers: 1}).newGraph(b, nil)
			got := widen(values(m.net.encoder.climb(graph, nil, 0, len(m.net.encoder.layers), Options{})))
			e, err := transformer.NewEncoder(m.Checkpoint(), transformer.Options{Path: path})
			if err != nil {
				t.Fatal(err)
			}
			near(t, fmt.Sprint(kind, path), got, widen(e.Encode(b, new(transformer.State))))
		}
	}
}

// TestAccumulated: a step over batches is a step over all of their examples.
func TestAccumulated(t *testing.T) {
	var losses [2][]float64
	for i, batch := range []int{8, 2} {
		m, g := classifierOf(t, "bert")
		opt := roughOptions()
		opt.Batch, opt.Accumulate = batch, 8/batch
		opt.Progress = func(p Progress) { losses[i] = append(losses[i], p.Loss) }
		if err := m.Train(t.Context(), g.examples(), opt); err != nil {
			t.Fatal(err)
		}
	}
	agree(t, "losses", losses[1], losses[0])
}

func TestOverfitsEightExamples(t *testing.T) {
	for _, kind := range []string{"bert", "mpnet"} {
		c, g := readGolden(t, kind)
		task := transformer.Task{Spans: 2, Hidden: 10, Dropout: 0.1, Heads: []transformer.Head{{Name: "class", Classes: 3}, {Name: "level", Classes: 4, Form: transformer.Ordinal}}}
		m, err := NewClassifier(c, task, 3)
		if err != nil {
			t.Fatal(err)
		}
		examples := g.examples()
		for i := range examples {
			examples[i].Labels = examples[i].Labels[1:]
		}
		last := math.Inf(1)
		err = m.Train(t.Context(), examples, Options{
			Epochs: 300, Batch: 8, Rate: 5e-3, HiddenDropout: Value(0.05), AttentionDropout: Value(0.05),
			Progress: func(p Progress) { last = p.Loss },
		})
		if err != nil {
			t.Fatal(err)
		}
		predictions, err := m.Predict(t.Context(), examples, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range predictions {
			for h := range p {
				if right := slices.Index(examples[i].Labels[h], 1); p[h][right] < 0.8 {
					t.Errorf("%s, example %d, head %d: probability %.3f of the right class", kind, i, h, p[h][right])
				}
			}
		}
		if last > 0.3 {
			t.Errorf("%s: loss %.3f in the end", kind, last)
		}
	}
}

func TestMaskedLearns(t *testing.T) {
	c, g := readGolden(t, "bert")
	m, err := NewMaskedLM(c, Masking{Mask: 4, Share: 0.3}, 5)
	if err != nil {
		t.Fatal(err)
	}
	var texts [][]int32
	for _, e := range g.Examples {
		texts = append(texts, e.IDs)
	}
	var losses []float64
	err = m.Train(t.Context(), texts, Options{
		Epochs: 300, Batch: 8, Rate: 5e-3, WeightDecay: Value(0), HiddenDropout: Value(0), AttentionDropout: Value(0),
		Progress: func(p Progress) { losses = append(losses, p.Loss) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if first, last := mean(losses[:20]), mean(losses[280:]); last > first/2 {
		t.Errorf("loss %.3f at first, %.3f in the end", first, last)
	}
}

func mean(x []float64) float64 { return sumTimes(x, ones(len(x))) / float64(len(x)) }

// TestNothingToForetell: texts without tokens, or of special ones alone, move
// nothing but by decay.
func TestNothingToForetell(t *testing.T) {
	c, _ := readGolden(t, "bert")
	m, err := NewMaskedLM(c, Masking{Mask: 4, Special: []int32{2, 3}}, 5)
	if err != nil {
		t.Fatal(err)
	}
	before := bytesOf(t, m.Checkpoint())
	opt := roughOptions()
	opt.WeightDecay = Value(0)
	if err := m.Train(t.Context(), [][]int32{{2, 3}, {}, {2, 2, 3}}, opt); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, bytesOf(t, m.Checkpoint())) {
		t.Error("weights have moved")
	}
}

// TestNoNumber: a loss that is none stops the run and names step and snapshot.
func TestNoNumber(t *testing.T) {
	m, g := classifierOf(t, "bert")
	opt := roughOptions()
	opt.Snapshot, opt.SnapshotSteps = filepath.Join(t.TempDir(), "snapshot"), 1
	opt.Progress = func(p Progress) {
		if p.Step == 3 {
			m.net.encoder.norm.gamma.data[0] = float32(math.NaN())
		}
	}
	err := m.Train(t.Context(), g.examples(), opt)
	if err == nil || !strings.Contains(err.Error(), "step 4: the loss is NaN") || !strings.Contains(err.Error(), opt.Snapshot+", after step") {
		t.Errorf("error %v", err)
	}
}

func TestExamplesThatAreNone(t *testing.T) {
	m, g := classifierOf(t, "bert")
	for name, spoil := range map[string]func(e *Example){
		"id outside":   func(e *Example) { e.IDs = []int32{99, 3} },
		"no tokens":    func(e *Example) { e.IDs = nil; e.Types = nil },
		"too long":     func(e *Example) { e.IDs = make([]int32, 200); e.Types = nil },
		"types":        func(e *Example) { e.Types = e.Types[1:] },
		"one span":     func(e *Example) { e.Spans = e.Spans[:1] },
		"empty span":   func(e *Example) { e.Spans = []transformer.Span{{Start: 0, End: 1}, {Start: 1, End: 1}} },
		"span outside": func(e *Example) { e.Spans = []transformer.Span{{Start: 0, End: 1}, {Start: 1, End: 100}} },
		"heads":        func(e *Example) { e.Labels = e.Labels[:2] },
		"classes":      func(e *Example) { e.Labels = [][]float32{{1}, nil, nil} },
		"sum":          func(e *Example) { e.Labels = [][]float32{{1, 1, 0, 0}, nil, nil} },
		"negative":     func(e *Example) { e.Labels = [][]float32{{2, -1, 0, 0}, nil, nil} },
		"weight":       func(e *Example) { e.Weight = math.NaN() },
	} {
		examples := g.examples()
		spoil(&examples[3])
		err := m.Train(t.Context(), examples, roughOptions())
		if err == nil || !strings.HasPrefix(err.Error(), "example 3: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := m.Train(t.Context(), nil, roughOptions()); err == nil {
		t.Error("nothing to learn from is no error")
	}
	for name, opt := range map[string]Options{"rate": {Rate: -1}, "freeze": {Freeze: 9}, "clip": {Clip: Value(math.NaN())}, "dropout": {HiddenDropout: Value(1)}} {
		if err := m.Train(t.Context(), g.examples(), opt); err == nil {
			t.Errorf("option %s: no error", name)
		}
	}
}

// TestHeadsReturn: a checkpoint's heads are where a new classifier starts.
func TestHeadsReturn(t *testing.T) {
	m, g := classifierOf(t, "mpnet")
	if err := m.Train(t.Context(), g.examples(), roughOptions()); err != nil {
		t.Fatal(err)
	}
	again, err := NewClassifier(m.Checkpoint(), roughTask, 99)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(bytesOf(t, m.Checkpoint()), bytesOf(t, again.Checkpoint())) {
		t.Error("other weights after the way through a checkpoint")
	}
}

// TestNamesStay: a checkpoint gets its tensors back under its own names, with a
// model's prefix and LayerNorm's old names.
func TestNamesStay(t *testing.T) {
	c, g := readGolden(t, "bert")
	renamed := *c
	renamed.Tensors = map[string]*transformer.Tensor{}
	for name, tensor := range c.Tensors {
		name = strings.Replace(name, "LayerNorm.weight", "LayerNorm.gamma", 1)
		renamed.Tensors[strings.Replace(name, "LayerNorm.bias", "LayerNorm.beta", 1)] = tensor
	}
	m, err := NewClassifier(&renamed, goldenTask, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Train(t.Context(), g.examples(), goldenOptions(kernel.Best())); err != nil {
		t.Fatal(err)
	}
	after := m.Checkpoint().Tensors
	if got, want := slices.Sorted(maps.Keys(after)), slices.Sorted(maps.Keys(renamed.Tensors)); !slices.Equal(got, want) {
		t.Errorf("tensors %v, not %v", got, want)
	}
	for _, name := range []string{"bert.embeddings.LayerNorm.gamma", "bert.encoder.layer.1.output.dense.weight"} {
		if slices.Equal(after[name].Data, renamed.Tensors[name].Data) {
			t.Errorf("%s is as before", name)
		}
	}
}

func TestScheduleOfTransformers(t *testing.T) {
	for _, test := range []struct {
		schedule Schedule
		want     []float64 // get_*_schedule_with_warmup(optimizer, 2, 6)
	}{
		{Linear, []float64{0, 0.5, 1, 0.75, 0.5, 0.25}},
		{Cosine, []float64{0, 0.5, 1, 0.8535534, 0.5, 0.1464466}},
		{Constant, []float64{0, 0.5, 1, 1, 1, 1}},
	} {
		o := Options{Warmup: 2.0 / 6, Schedule: test.schedule}
		var got []float64
		for step := range 6 {
			got = append(got, o.factor(step, 6))
		}
		agree(t, "factors", got, test.want)
	}
}
