package training

import (
	"math"

	"github.com/nlpodyssey/spago/mat"

	"standpoint/internal/kernel"
	"standpoint/internal/transformer"
)

// An attention operator is multi-head self-attention within each example:
// dropout(softmax(q kᵀ / sqrt(d) + bias)) v, head by head. The bias, MPNet's
// alone, is by relative distance.
type attention struct {
	g        *graph
	qkv      mat.Tensor // (T, 3H): queries, keys, values
	relative mat.Tensor // (buckets, heads) or nil
	heads    int
	mask     mask
	scale    float32
	out      *activation // (T, H)
	probs    []float32   // for each example and head a square, before dropout
	squares  []int       // where an example's squares begin
}

func (g *graph) attention(qkv, relative mat.Tensor, heads int, p float64) mat.Tensor {
	_, cols := size(qkv)
	o := &attention{g: g, qkv: qkv, relative: relative, heads: heads, mask: g.mask(p)}
	o.scale = float32(1 / math.Sqrt(float64(cols/3/heads)))
	return run(o)
}

// Operands are the projections and the bias.
func (o *attention) Operands() []mat.Tensor {
	if o.relative == nil {
		return []mat.Tensor{o.qkv}
	}
	return []mat.Tensor{o.qkv, o.relative}
}

// Forward shares out heads of examples.
func (o *attention) Forward() (mat.Tensor, error) {
	rows, wide := size(o.qkv)
	hidden := wide / 3
	o.out = o.g.newActivation(rows, hidden)
	total := 0
	for _, n := range o.g.batch.Lengths {
		o.squares = append(o.squares, total)
		total += o.heads * n * n
	}
	o.probs = o.out.keep(total)
	qkv := values(o.qkv)
	o.eachHead(func(e, h, first, n int, s *kernel.Scratch) {
		d := hidden / o.heads
		x, out := qkv[first*wide+h*d:], o.out.data[first*hidden+h*d:]
		p := o.square(e, h, n)
		o.g.path.Gemm(false, true, n, n, d, x, wide, x[hidden:], wide, p, n, false, s)
		o.softmax(p, h, n)
		if o.mask.drops(o.g) {
			dropped := o.g.arena.take(n * n)
			defer o.g.arena.give(dropped)
			o.drop(dropped, p, e, h, n)
			p = dropped
		}
		o.g.path.Gemm(false, false, n, d, n, p, n, x[2*hidden:], wide, out, hidden, false, s)
	})
	return o.out, nil
}

// eachHead calls f for each head of each example that has tokens.
func (o *attention) eachHead(f func(e, h, first, n int, s *kernel.Scratch)) {
	o.g.each(len(o.g.batch.Lengths)*o.heads, func(i int, s *kernel.Scratch) {
		e, h := i/o.heads, i%o.heads
		if n := o.g.batch.Lengths[e]; n > 0 {
			f(e, h, o.g.starts[e], n, s)
		}
	})
}

// square is the probabilities of a head of an example, (n, n).
func (o *attention) square(e, h, n int) []float32 {
	return o.probs[o.squares[e]+h*n*n:][:n*n]
}

// softmax turns scores into probabilities, in place.
func (o *attention) softmax(p []float32, h, n int) {
	if o.relative == nil {
		o.g.path.Softmax(p, n, n, o.scale)
		return
	}
	bias := o.g.arena.take(2*n - 1) // by key - query, from 1-n
	defer o.g.arena.give(bias)
	table := values(o.relative)
	for i := range bias {
		bias[i] = table[transformer.RelativeBucket(i-(n-1))*o.heads+h]
	}
	o.g.path.Scale(p, o.scale)
	for i := range n {
		o.g.path.Add(p[i*n:(i+1)*n], p[i*n:(i+1)*n], bias[n-1-i:2*n-1-i])
	}
	o.g.path.Softmax(p, n, n, 1)
}

func (o *attention) drop(dst, p []float32, e, h, n int) {
	key := o.mask.key(o.g, e)
	for i := range n {
		o.mask.apply(dst[i*n:(i+1)*n], p[i*n:(i+1)*n], key, h*n+i)
	}
}

// Backward shares out heads of examples as well; the bias's gradients are
// summed by distance within a head, then over examples in their order.
func (o *attention) Backward(mat.Tensor) error {
	defer o.out.release()
	var partial []float32
	buckets := 0
	if o.relative != nil && o.relative.RequiresGrad() {
		buckets, _ = size(o.relative)
		partial = o.g.arena.take(len(o.g.batch.Lengths) * buckets * o.heads)
		clear(partial)
		defer o.g.arena.give(partial)
	}
	addGrad(o.qkv, func(dx []float32, accumulate bool) {
		whole := dx
		if accumulate {
			dx = o.g.arena.take(len(whole))
			defer func() {
				o.g.path.Add(whole, whole, dx)
				o.g.arena.give(dx)
			}()
		}
		o.eachHead(func(e, h, first, n int, s *kernel.Scratch) {
			var own []float32
			if partial != nil {
				own = partial[e*buckets*o.heads:][:buckets*o.heads]
			}
			o.backwardHead(dx, own, e, h, first, n, s)
		})
		for e := 0; partial != nil && e < len(o.g.batch.Lengths); e++ {
			own := partial[e*buckets*o.heads:][:buckets*o.heads]
			addGrad(o.relative, func(dst []float32, _ bool) { o.g.path.Add(dst, dst, own) })
		}
	})
	return nil
}

// backwardHead sets a head's part of dx, and adds to its column of the bias's
// gradient unless that is nil.
func (o *attention) backwardHead(dx, bias []float32, e, h, first, n int, s *kernel.Scratch) {
	hidden := len(o.out.data) / max(o.g.starts[len(o.g.batch.Lengths)], 1)
	d, wide := hidden/o.heads, 3*hidden
	x, dy := values(o.qkv)[first*wide+h*d:], o.out.grad[first*hidden+h*d:]
	dx = dx[first*wide+h*d:]
	p, dp := o.square(e, h, n), o.g.arena.take(n*n)
	defer o.g.arena.give(dp)
	path := o.g.path
	kept := p
	if o.mask.drops(o.g) {
		o.drop(dp, p, e, h, n)
		kept = dp
	}
	path.Gemm(true, false, n, d, n, kept, n, dy, hidden, dx[2*hidden:], wide, false, s)
	path.Gemm(false, true, n, n, d, dy, hidden, x[2*hidden:], wide, dp, n, false, s)
	if o.mask.drops(o.g) {
		o.drop(dp, dp, e, h, n)
	}
	if bias == nil {
		path.SoftmaxBackward(dp, p, dp, n, n, o.scale)
	} else {
		path.SoftmaxBackward(dp, p, dp, n, n, 1)
		o.addBias(bias, dp, h, n)
		path.Scale(dp, o.scale)
	}
	path.Gemm(false, false, n, d, n, dp, n, x[hidden:], wide, dx, wide, false, s)
	path.Gemm(true, false, n, d, n, dp, n, x, wide, dx[hidden:], wide, false, s)
}

// addBias adds the gradient of scores to that of the bias's buckets.
func (o *attention) addBias(bias, ds []float32, h, n int) {
	diagonal := o.g.arena.take(2*n - 1) // sums by key - query
	defer o.g.arena.give(diagonal)
	clear(diagonal)
	for i := range n {
		at := diagonal[n-1-i : 2*n-1-i]
		o.g.path.Add(at, at, ds[i*n:(i+1)*n])
	}
	for i, v := range diagonal {
		bias[transformer.RelativeBucket(i-(n-1))*o.heads+h] += v
	}
}
