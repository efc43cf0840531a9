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
	rows, in := size(o.x)
	outs, _ := size(o.w)
	x, w, dy := values(o.x), values(o.w), o.out.grad
	addGrad(o.b, func(db []float32, _ bool) { o.g.path.SumRows(db, dy, rows, outs) })
	addGrad(o.w, func(dw []float32, _ bool) {
		pieces := o.g.share(outs)
		o.g.each(len(pieces), func(i int, s *kernel.Scratch) {
			p := pieces[i]
			o.g.product(true, false, p.to-p.from, in, rows, dy[p.from:], outs, x, in, dw[p.from*in:], in, true, s)
		})
	})
	addGrad(o.x, func(dx []float32, accumulate bool) {
		pieces := o.g.share(rows)
		o.g.each(len(pieces), func(i int, s *kernel.Scratch) {
			p := pieces[i]
			o.g.product(false, false, p.to-p.from, in, outs, dy[p.from*outs:], outs, w, in, dx[p.from*in:], in, accumulate, s)
		})
	})
	return nil
}
