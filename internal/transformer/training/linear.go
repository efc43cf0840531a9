package training

import (
	"github.com/nlpodyssey/spago/mat"

	"standpoint/internal/kernel"
)

// A linear operator is y = x Wᵀ + b.
type linear struct {
	g    *graph
	x    mat.Tensor // (T, in)
	w, b *Param     // (out, in), (out, 1)
	out  *activation
}

func (g *graph) linear(x mat.Tensor, w, b *Param) mat.Tensor {
	return run(&linear{g: g, x: x, w: w, b: b})
}

// Operands are input, weights and bias.
func (o *linear) Operands() []mat.Tensor { return []mat.Tensor{o.x, o.w, o.b} }

// Forward shares out the rows of x.
func (o *linear) Forward() (mat.Tensor, error) {
	rows, in := size(o.x)
	outs, _ := size(o.w)
	o.out = o.g.newActivation(rows, outs)
	x, w, b, y := values(o.x), values(o.w), values(o.b), o.out.data
	pieces := o.g.share(rows)
	o.g.each(len(pieces), func(i int, s *kernel.Scratch) {
		p := pieces[i]
		for r := p.from; r < p.to; r++ {
			copy(y[r*outs:(r+1)*outs], b)
		}
		o.g.product(false, true, p.to-p.from, outs, in, x[p.from*in:], in, w, in, y[p.from*outs:], outs, true, s)
	})
	return o.out, nil
}

// Backward shares out the rows of x for its gradient and the rows of W for
// that of W: each sum over tokens is one worker's.
func (o *linear) Backward(mat.Tensor) error {
	defer o.out.release()
	tasks := o.weightTasks()
	if !o.x.RequiresGrad() {
		o.g.do(tasks)
		return nil
	}
	addGrad(o.x, func(dx []float32, accumulate bool) {
		rows, in := size(o.x)
		outs, _ := size(o.w)
		w, dy := values(o.w), o.out.grad
		for _, p := range o.g.share(rows) {
			tasks = append(tasks, func(s *kernel.Scratch) {
				o.g.product(false, false, p.to-p.from, in, outs, dy[p.from*outs:], outs, w, in, dx[p.from*in:], in, accumulate, s)
			})
		}
		o.g.do(tasks)
	})
	return nil
}

// weightTasks add the gradients of weights and biases.
func (o *linear) weightTasks() []func(*kernel.Scratch) {
	var tasks []func(*kernel.Scratch)
	rows, in := size(o.x)
	outs, _ := size(o.w)
	x, dy := values(o.x), o.out.grad
	addGrad(o.w, func(dw []float32, _ bool) {
		for _, p := range o.g.share(outs) {
			tasks = append(tasks, func(s *kernel.Scratch) {
				o.g.product(true, false, p.to-p.from, in, rows, dy[p.from:], outs, x, in, dw[p.from*in:], in, true, s)
			})
		}
	})
	addGrad(o.b, func(db []float32, _ bool) {
		tasks = append(tasks, func(*kernel.Scratch) { o.g.path.SumRows(db, dy, rows, outs) })
	})
	return tasks
}
