package training

import "github.com/nlpodyssey/spago/mat"

// A gelu operator is the Gaussian error linear unit with erf.
type gelu struct {
	g   *graph
	x   mat.Tensor // (T, n)
	out *activation
}

func (g *graph) gelu(x mat.Tensor) mat.Tensor { return run(&gelu{g: g, x: x}) }

// Operands is the input.
func (o *gelu) Operands() []mat.Tensor { return []mat.Tensor{o.x} }

// Forward shares out rows.
func (o *gelu) Forward() (mat.Tensor, error) {
	rows, cols := size(o.x)
	o.out = o.g.newActivation(rows, cols)
	x, y := values(o.x), o.out.data
	o.g.rows(rows, func(p piece) { o.g.path.GELU(y[p.from*cols:p.to*cols], x[p.from*cols:p.to*cols]) })
	return o.out, nil
}

// Backward needs the input, which is still there.
func (o *gelu) Backward(mat.Tensor) error {
	defer o.out.release()
	rows, cols := size(o.x)
	x, dy := values(o.x), o.out.grad
	addGrad(o.x, func(dx []float32, accumulate bool) {
		o.g.rows(rows, func(p piece) {
			from, to := p.from*cols, p.to*cols
			if !accumulate {
				o.g.path.GELUBackward(dx[from:to], x[from:to], dy[from:to])
				return
			}
			own := o.g.arena.take(to - from)
			o.g.path.GELUBackward(own, x[from:to], dy[from:to])
			o.g.path.Add(dx[from:to], dx[from:to], own)
			o.g.arena.give(own)
		})
	})
	return nil
}

// A tanh operator is the hyperbolic tangent.
type tanh struct {
	g   *graph
	x   mat.Tensor // (N, n)
	out *activation
}

func (g *graph) tanh(x mat.Tensor) mat.Tensor { return run(&tanh{g: g, x: x}) }

// Operands is the input.
func (o *tanh) Operands() []mat.Tensor { return []mat.Tensor{o.x} }

// Forward is scalar: only a task's few rows pass here.
func (o *tanh) Forward() (mat.Tensor, error) {
	rows, cols := size(o.x)
	o.out = o.g.newActivation(rows, cols)
	for i, v := range values(o.x) {
		o.out.data[i] = tanh32(v)
	}
	return o.out, nil
}

// Backward is dy (1 - y²).
func (o *tanh) Backward(mat.Tensor) error {
	defer o.out.release()
	y, dy := o.out.data, o.out.grad
	addGrad(o.x, func(dx []float32, accumulate bool) {
		if !accumulate {
			clear(dx)
		}
		for i, v := range y {
			dx[i] += dy[i] * (1 - v*v)
		}
	})
	return nil
}
