package training

import (
	"github.com/nlpodyssey/spago/mat"

	"standpoint/internal/kernel"
)

// A norm operator is LayerNorm(residual + dropout(x)).
type norm struct {
	g           *graph
	x           mat.Tensor // (T, H)
	residual    mat.Tensor // (T, H) or nil
	gamma, beta *Param     // (H, 1)
	mask        mask
	eps         float32
	out         *activation
	sum, stat   []float32 // residual + dropout(x), and each row's mean and 1/deviation
}

func (g *graph) norm(x, residual mat.Tensor, n normParams, p, eps float64) mat.Tensor {
	o := &norm{g: g, x: x, residual: residual, gamma: n.gamma, beta: n.beta, eps: float32(eps)}
	if residual != nil {
		o.mask = g.mask(p)
	}
	return run(o)
}

// Operands are both inputs and the parameters.
func (o *norm) Operands() []mat.Tensor {
	out := []mat.Tensor{o.x, o.gamma, o.beta}
	if o.residual != nil {
		out = append(out, o.residual)
	}
	return out
}

// Forward keeps the sum for the way back.
func (o *norm) Forward() (mat.Tensor, error) {
	rows, cols := size(o.x)
	o.out = o.g.newActivation(rows, cols)
	o.sum, o.stat = o.out.keep(rows*cols), o.out.keep(2*rows)
	gamma, beta := values(o.gamma), values(o.beta)
	x := values(o.x)
	if o.residual == nil || o.mask.drops(o.g) {
		o.dropped(o.sum, x)
		x = o.sum
	}
	o.g.rows(rows, func(p piece) {
		from, to := p.from*cols, p.to*cols
		if o.residual != nil {
			o.g.path.Add(o.sum[from:to], x[from:to], values(o.residual)[from:to])
		}
		o.g.path.LayerNorm(o.out.data[from:to], o.sum[from:to], nil, gamma, beta, p.to-p.from, cols, o.eps, o.stat[2*p.from:2*p.to])
	})
	return o.out, nil
}

// dropped sets dst to x under the mask, example by example.
func (o *norm) dropped(dst, x []float32) { o.g.drop(dst, x, o.mask, o.g.starts) }

// normRows are the rows whose gradients of gamma and beta are summed before
// they join those of other rows: a constant, for the order of sums.
const normRows = 96

// Backward passes the gradient on twice: whole to the residual, and then under
// the mask to x, whose way back ends at the residual too.
func (o *norm) Backward(mat.Tensor) error {
	defer o.out.release()
	rows, cols := size(o.x)
	o.backwardRows(rows, cols)
	d := o.out.grad
	if o.residual != nil {
		addGrad(o.residual, func(dx []float32, accumulate bool) {
			if accumulate {
				o.g.path.Add(dx, dx, d)
			} else {
				copy(dx, d)
			}
		})
	}
	addGrad(o.x, func(dx []float32, accumulate bool) {
		if accumulate {
			own := o.sum
			o.dropped(own, d)
			o.g.path.Add(dx, dx, own)
			return
		}
		o.dropped(dx, d)
	})
	return nil
}

// backwardRows turns out's gradient into the sum's, in place, and adds those
// of gamma and beta.
func (o *norm) backwardRows(rows, cols int) {
	d, gamma := o.out.grad, values(o.gamma)
	pieces := cut(rows, normRows)
	partial := o.g.arena.take(2 * cols * len(pieces))
	defer o.g.arena.give(partial)
	clear(partial)
	o.g.each(len(pieces), func(i int, _ *kernel.Scratch) {
		p := pieces[i]
		from, to := p.from*cols, p.to*cols
		own := partial[2*cols*i:][:2*cols]
		o.g.path.LayerNormBackward(d[from:to], own[:cols], own[cols:], d[from:to], o.sum[from:to], gamma, o.stat[2*p.from:2*p.to], p.to-p.from, cols)
	})
	if !o.gamma.RequiresGrad() {
		return
	}
	for i := range pieces {
		own := partial[2*cols*i:][:2*cols]
		addGrad(o.gamma, func(dst []float32, _ bool) { o.g.path.Add(dst, dst, own[:cols]) })
		addGrad(o.beta, func(dst []float32, _ bool) { o.g.path.Add(dst, dst, own[cols:]) })
	}
}
