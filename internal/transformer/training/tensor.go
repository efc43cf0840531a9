package training

import (
	"sync"

	"github.com/nlpodyssey/spago/ag"
	"github.com/nlpodyssey/spago/mat"
	"github.com/nlpodyssey/spago/nn"
)

// A Param is one tensor of weights: spago's, with the gradient in place and
// what the optimiser keeps. Tensors that are multiplied together lie in one
// Param (query, key and value of a layer; all heads of a task).
type Param struct {
	*nn.Param
	parts []part

	data          []float32 // the value's storage
	grad          []float32 // accumulates until the optimiser clears it; nil while frozen
	first, square []float32 // AdamW's moments

	decay bool // weight decay applies: neither biases nor LayerNorm
}

// A part is a tensor of the checkpoint within a Param.
type part struct {
	name  string
	shape []int
	at    int // first element
}

func (p part) size() int {
	n := 1
	for _, d := range p.shape {
		n *= d
	}
	return n
}

// newParam takes over data as a (rows, cols) Param that does not learn yet.
func newParam(rows, cols int, data []float32, parts ...part) *Param {
	return &Param{Param: &nn.Param{Matrix: dense(rows, cols, data)}, parts: parts, data: data}
}

// learn makes ready for training, from zero gradients and moments, or keeps
// the weights as they are.
func (p *Param) learn(yes bool) {
	p.SetRequiresGrad(yes)
	p.grad, p.first, p.square = nil, nil, nil
	if yes {
		n := len(p.data)
		p.grad, p.first, p.square = make([]float32, n), make([]float32, n), make([]float32, n)
	}
}

// Grad is the gradient accumulated so far.
func (p *Param) Grad() mat.Tensor {
	if p.grad == nil {
		return nil
	}
	s := p.Shape()
	return dense(s[0], s[1], p.grad)
}

// HasGrad tells whether there is a gradient.
func (p *Param) HasGrad() bool { return p.grad != nil }

// AccGrad adds g to the gradient.
func (p *Param) AccGrad(g mat.Tensor) {
	for i, v := range values(g) {
		p.grad[i] += v
	}
}

// ZeroGrad clears the gradient.
func (p *Param) ZeroGrad() { clear(p.grad) }

// An activation is what an operator computes, in the arena's memory. Its
// gradient is taken over or added to in place, where spago's would be cloned.
type activation struct {
	*mat.Dense[float32]
	graph *graph
	data  []float32
	kept  [][]float32 // what its operator needs on the way back
	mu    sync.Mutex
	grad  []float32
}

// newActivation is a (rows, cols) activation holding anything.
func (g *graph) newActivation(rows, cols int) *activation {
	data := g.arena.take(rows * cols)
	a := &activation{Dense: dense(rows, cols, data), graph: g, data: data}
	g.activations = append(g.activations, a)
	return a
}

// keep lends memory until the activation is released.
func (a *activation) keep(n int) []float32 {
	s := a.graph.arena.take(n)
	a.kept = append(a.kept, s)
	return s
}

// Value is the activation itself, not the Dense in it.
func (a *activation) Value() mat.Tensor { return a }

// Grad is the gradient, or nil.
func (a *activation) Grad() mat.Tensor {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.grad == nil {
		return nil
	}
	s := a.Shape()
	return dense(s[0], s[1], a.grad)
}

// HasGrad tells whether there is a gradient.
func (a *activation) HasGrad() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.grad != nil
}

// AccGrad adds g to the gradient. Operators of this package have added it
// already and pass nil.
func (a *activation) AccGrad(g mat.Tensor) {
	if g == nil {
		return
	}
	a.add(func(dst []float32, accumulate bool) {
		if !accumulate {
			clear(dst)
		}
		for i, v := range values(g) {
			dst[i] += v
		}
	})
}

// ZeroGrad drops the gradient.
func (a *activation) ZeroGrad() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.graph.arena.give(a.grad)
	a.grad = nil
}

// add lets f add to the gradient: with accumulate to what it holds, without
// over anything.
func (a *activation) add(f func(dst []float32, accumulate bool)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	fresh := a.grad == nil
	if fresh {
		a.grad = a.graph.arena.take(len(a.data))
	}
	f(a.grad, !fresh)
}

// release gives all memory back. An operator calls it when its
// gradient has been passed on: those that used the value have done so before.
func (a *activation) release() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.graph.arena.give(a.data)
	a.graph.arena.give(a.grad)
	for _, s := range a.kept {
		a.graph.arena.give(s)
	}
	a.data, a.grad, a.kept = nil, nil, nil
}

// addGrad lets f add the gradient of an operand, if it wants one. It must be
// the last that an operator does with the operand's value: the one that made
// it may go on at once. So that sums are taken in the same order always, an
// operator adds to Params first, or within f, and last to the operand
// that others are waiting for.
func addGrad(x mat.Tensor, f func(dst []float32, accumulate bool)) {
	if !x.RequiresGrad() {
		return
	}
	switch x := x.(type) {
	case *Param:
		f(x.grad, true)
	case *ag.Operator:
		x.Value().(*activation).add(f)
		x.AccGrad(nil)
	}
}

// values is a tensor's storage.
func values(t mat.Tensor) []float32 {
	switch t := t.Value().(type) {
	case *activation:
		return t.data
	default:
		return mat.Data[float32](t)
	}
}

// size is a tensor's rows and columns.
func size(t mat.Tensor) (rows, cols int) {
	s := t.Shape()
	return s[0], s[1]
}

func dense(rows, cols int, data []float32) *mat.Dense[float32] {
	return mat.NewDense[float32](mat.WithShape(rows, cols), mat.WithBacking(data))
}
