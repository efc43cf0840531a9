package transformer

import (
	"fmt"
	"math"
	"slices"

	"standpoint/internal/kernel"
)

// Heads are a task's layers on an Encoder's hidden states, ready to serve. They
// are safe for any number of goroutines, each with a State of its own.
type Heads struct {
	Task Task

	path  kernel.Path
	dense *kernel.Linear // (Task.Hidden, Spans*H); nil without Task.Hidden
	heads *kernel.Linear // (Task.Columns(), Task.Hidden or Spans*H)
}

// NewHeads prepares the tensors heads.* of a checkpoint. They stay float32 at
// every precision: next to the encoder they cost nothing.
func NewHeads(c *Checkpoint, t Task, opt Options) (*Heads, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	h := &Heads{Task: t, path: opt.path()}
	width := t.Spans * c.Config.Hidden
	if t.Hidden > 0 {
		w, b, err := c.headTensors(DenseName, t.Hidden, width)
		if err != nil {
			return nil, err
		}
		h.dense, width = h.path.NewLinear(w, b, t.Hidden, width, kernel.Float32), t.Hidden
	}
	var w, b []float32
	for i := range t.Heads {
		wi, bi, err := c.headTensors(t.Heads[i].Name, t.Heads[i].Columns(), width)
		if err != nil {
			return nil, err
		}
		w, b = append(w, wi...), append(b, bi...)
	}
	h.heads = h.path.NewLinear(w, b, t.Columns(), width, kernel.Float32)
	return h, nil
}

// headTensors finds the weights (out, in) and biases of a layer of the heads.
func (c *Checkpoint) headTensors(name string, out, in int) (w, b []float32, err error) {
	for _, t := range []struct {
		suffix string
		shape  []int
		data   *[]float32
	}{{".weight", []int{out, in}, &w}, {".bias", []int{out}, &b}} {
		name := HeadPrefix + name + t.suffix
		tensor := c.Tensors[name]
		if tensor == nil || !slices.Equal(tensor.Shape, t.shape) || tensor.Floats() == nil {
			return nil, nil, fmt.Errorf("tensor %s is missing or not of shape %v", name, t.shape)
		}
		*t.data = tensor.Floats()
	}
	return w, b, nil
}

// Logits are those of the heads (examples, Task.Columns()), for hidden states
// (tokens, H) of so many packed examples and Task.Spans spans of each, counted
// in the example's own tokens. No span is empty or outside of its example.
func (h *Heads) Logits(hidden []float32, lengths []int, spans [][]Span, s *State) []float32 {
	width := h.Task.Spans * h.width(hidden, lengths)
	x := make([]float32, len(lengths)*width)
	h.pool(x, hidden, lengths, spans)
	if h.dense != nil {
		y := make([]float32, len(lengths)*h.Task.Hidden)
		h.dense.Apply(y, x, len(lengths), kernel.None, &s.scratch)
		for i, v := range y {
			y[i] = float32(math.Tanh(float64(v)))
		}
		x = y
	}
	out := make([]float32, len(lengths)*h.Task.Columns())
	h.heads.Apply(out, x, len(lengths), kernel.None, &s.scratch)
	return out
}

// width is the size of a token's state.
func (h *Heads) width(hidden []float32, lengths []int) int {
	tokens := 0
	for _, n := range lengths {
		tokens += n
	}
	return len(hidden) / max(tokens, 1)
}

// pool sets x (examples, Spans*H) to the means of the spans' states.
func (h *Heads) pool(x, hidden []float32, lengths []int, spans [][]Span) {
	n, at, k := h.width(hidden, lengths), 0, 0
	for i, length := range lengths {
		for _, span := range spans[i] {
			mean := x[k : k+n]
			for r := at + span.Start; r < at+span.End; r++ {
				h.path.Axpy(mean, 1/float32(span.End-span.Start), hidden[r*n:(r+1)*n])
			}
			k += n
		}
		at += length
	}
}
