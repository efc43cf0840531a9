package training

import (
	"context"
	"fmt"
	"hash"
	"math/rand/v2"

	"github.com/nlpodyssey/spago/mat"

	"standpoint/internal/transformer"
)

// A Classifier is an encoder with the heads of a task.
type Classifier struct {
	net   network
	task  transformer.Task
	dense linearParams // (Hidden, Spans × H); none without Task.Hidden
	heads linearParams // of all heads together
}

// NewClassifier puts the heads of a task on an encoder. Tensors heads.* that
// the checkpoint holds become their weights; others are drawn from the seed,
// which also decides all of training. The checkpoint is not changed.
func NewClassifier(c *transformer.Checkpoint, t transformer.Task, seed uint64) (*Classifier, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	e, err := newEncoder(c)
	if err != nil {
		return nil, err
	}
	m := &Classifier{net: network{encoder: e, base: c, seed: seed}, task: t}
	rng := rand.New(rand.NewPCG(seed, headsStream))
	width := t.Spans * c.Config.Hidden
	if t.Hidden > 0 {
		m.dense = fresh(transformer.HeadPrefix+transformer.DenseName, t.Hidden, width, c.Config.InitRange, rng)
		m.net.top = append(m.net.top, m.dense.w, m.dense.b)
		width = t.Hidden
	}
	m.heads = fresh("", t.Columns(), width, c.Config.InitRange, rng)
	m.heads.w.parts, m.heads.b.parts = headParts(&t, width)
	m.net.top = append(m.net.top, m.heads.w, m.heads.b)
	for _, p := range m.net.top {
		if err := p.load(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// headParts tells which rows of the joint weights are which head's.
func headParts(t *transformer.Task, width int) (weights, biases []part) {
	row := 0
	for i := range t.Heads {
		n := t.Heads[i].Columns()
		name := transformer.HeadPrefix + t.Heads[i].Name
		weights = append(weights, part{name + ".weight", []int{n, width}, row * width})
		biases = append(biases, part{name + ".bias", []int{n}, row})
		row += n
	}
	return weights, biases
}

// Checkpoint is the encoder as it is now, with the heads as tensors heads.*
// beside it.
func (m *Classifier) Checkpoint() *transformer.Checkpoint { return m.net.checkpoint() }

// logits lays out pooling, hidden layer and heads.
func (m *Classifier) logits(g *graph, states mat.Tensor, spans [][]transformer.Span) mat.Tensor {
	rows := make([]int, len(spans)+1)
	for i := range rows {
		rows[i] = i
	}
	x := g.dropout(g.pool(states, spans), rows, m.task.Dropout)
	if m.dense.w != nil {
		x = g.dropout(g.tanh(g.linear(x, m.dense.w, m.dense.b)), rows, m.task.Dropout)
	}
	return g.linear(x, m.heads.w, m.heads.b)
}

// Train learns from examples. It returns an error for examples that are none
// of the task's, when ctx is done (a snapshot is written first if there is a
// place for it), when files fail, and when a loss is no number.
func (m *Classifier) Train(ctx context.Context, examples []Example, opt Options) error {
	for i := range examples {
		err := checkExample(&m.task, m.net.base.Config, &examples[i])
		if err == nil {
			err = checkLabels(&m.task, &examples[i])
		}
		if err != nil {
			return fmt.Errorf("example %d: %w", i, err)
		}
	}
	return train(ctx, &classifying{m, examples}, opt)
}

// Predict is, for each example and head, the probabilities of its classes. The
// labels are not looked at.
func (m *Classifier) Predict(ctx context.Context, examples []Example, opt Options) ([][][]float32, error) {
	mach, err := opt.machine()
	if err != nil {
		return nil, err
	}
	c := &classifying{m, examples}
	out := make([][][]float32, 0, len(examples))
	for from := 0; from < len(examples); from += predictBatch {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var ids []int
		for i := from; i < min(from+predictBatch, len(examples)); i++ {
			if err := checkExample(&m.task, m.net.base.Config, &examples[i]); err != nil {
				return nil, fmt.Errorf("example %d: %w", i, err)
			}
			ids = append(ids, i)
		}
		out = append(out, c.predict(mach, ids)...)
	}
	return out, nil
}

// predictBatch is how many examples pass the network together.
const predictBatch = 16

// classifying is a Classifier with what it learns from.
type classifying struct {
	*Classifier
	of []Example
}

func (c *classifying) network() *network    { return &c.net }
func (c *classifying) examples() int        { return len(c.of) }
func (c *classifying) sameEveryEpoch() bool { return true }

func (c *classifying) batch(_ int, examples []int) transformer.Batch {
	var b transformer.Batch
	if c.net.base.Config.ModelType == transformer.BERT {
		b.Types = []int32{}
	}
	for _, i := range examples {
		from := len(b.IDs)
		b.Add(c.of[i].IDs)
		if b.Types != nil && c.of[i].Types != nil {
			copy(b.Types[from:], c.of[i].Types)
		}
	}
	return b
}

func (c *classifying) divisors(_ int, examples []int) []float64 {
	out := make([]float64, len(c.task.Heads))
	for _, i := range examples {
		e := &c.of[i]
		for h := range out {
			if e.Labels[h] != nil {
				out[h] += e.weight() * targetWeight(&c.task.Heads[h], e.Labels[h])
			}
		}
	}
	return out
}

func (e *Example) weight() float64 {
	if e.Weight == 0 {
		return 1
	}
	return e.Weight
}

func (c *classifying) spans(examples []int) [][]transformer.Span {
	out := make([][]transformer.Span, len(examples))
	for k, i := range examples {
		out[k] = c.of[i].Spans
	}
	return out
}

func (c *classifying) loss(g *graph, states mat.Tensor, _ int, examples []int, divisors []float64) mat.Tensor {
	targets := make([]target, len(examples))
	for k, i := range examples {
		targets[k] = target{c.of[i].Labels, c.of[i].weight()}
	}
	return g.taskLoss(c.logits(g, states, c.spans(examples)), c.task.Heads, targets, divisors)
}

// predict runs the network without dropout.
func (c *classifying) predict(m *machine, examples []int) [][][]float32 {
	g := m.newGraph(c.batch(0, examples), nil)
	defer g.close()
	x := c.net.encoder.climb(g, nil, 0, len(c.net.encoder.layers), Options{})
	logits := values(c.logits(g, x, c.spans(examples)))
	out := make([][][]float32, len(examples))
	for k := range out {
		for h := range c.task.Heads {
			head := &c.task.Heads[h]
			n := head.Columns()
			out[k] = append(out[k], head.Probabilities(logits[:n]))
			logits = logits[n:]
		}
	}
	return out
}

func (c *classifying) describe(h hash.Hash) {
	fmt.Fprintf(h, "classifier %+v\n", c.task)
	for i := range c.of {
		fmt.Fprintf(h, "%+v\n", c.of[i])
	}
}
