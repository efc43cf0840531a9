package transformer

import (
	"slices"

	"standpoint/internal/kernel"
)

// weights are the matrices of modules one above the other, as a precision has
// them: w, or q (out, in) with scale (out, ranges) of so many equal ranges a row.
type weights struct {
	w, scale, bias  []float32
	q               []int8
	out, in, ranges int
}

// loader puts a layer's weights together. What it makes of int8 is valid until it
// makes the next: packing copies it.
type loader struct {
	*Checkpoint
	path      kernel.Path
	precision kernel.Precision
	q         []int8 // room for weights that do not lie side by side in a tensor
}

func (l *loader) weights(ranges int, names ...string) weights {
	all := weights{ranges: ranges}
	l.q = l.q[:0]
	for _, name := range names {
		t := l.Tensor(name + ".weight")
		all.bias = append(all.bias, l.Tensor(name+".bias").Floats()...)
		all.out, all.in = all.out+t.Shape[0], t.Shape[1]
		if l.precision != kernel.Int8 {
			all.w = join(all.w, t.Floats())
			continue
		}
		t = t.quantize(ranges)
		all.scale = join(all.scale, t.Scale)
		if all.q = t.Int8; len(names) > 1 {
			l.q = append(l.q, t.Int8...)
			all.q = l.q
		}
	}
	return all
}

// pack makes a product of the weights.
func (l *loader) pack(w weights) *kernel.Linear {
	if l.precision == kernel.Int8 {
		return l.path.NewLinearInt8(w.q, w.scale, w.bias, w.out, w.in)
	}
	return l.path.NewLinear(w.w, w.bias, w.out, w.in, l.precision)
}

// packCentred makes a product of rows of the weights.
func (l *loader) packCentred(w weights) centred {
	c := centred{Linear: l.pack(w)}
	if l.precision != kernel.Int8 {
		return c
	}
	c.sums = make([]float32, w.out) // the product of ones, less the bias
	c.Apply(c.sums, slices.Repeat([]float32{1}, w.in), 1, kernel.None, nil)
	for o, b := range w.bias {
		c.sums[o] -= b
	}
	return c
}

// outputs is the i-th of n equal parts of the outputs.
func (w weights) outputs(i, n int) weights {
	size := w.out / n
	from, to := i*size, (i+1)*size
	return weights{q: w.q[from*w.in : to*w.in], scale: w.scale[from:to], bias: w.bias[from:to], out: size, in: w.in, ranges: 1}
}

// inputs is the inputs of w's i-th range; the bias stays with the first.
func (l *loader) inputs(w weights, i int) weights {
	size := w.in / w.ranges
	part := weights{scale: make([]float32, w.out), out: w.out, in: size, ranges: 1}
	l.q = l.q[:0]
	for o := range w.out {
		from := o*w.in + i*size
		l.q = append(l.q, w.q[from:from+size]...)
		part.scale[o] = w.scale[o*w.ranges+i]
	}
	if part.q = l.q; i == 0 {
		part.bias = w.bias
	}
	return part
}

// packSlices makes the feed-forward part of its two matrices: in slices where
// it is quantised, else in one.
func (l *loader) packSlices(up, down weights) []slice {
	if l.precision != kernel.Int8 {
		return []slice{{l.packCentred(up), l.pack(down)}}
	}
	all := make([]slice, down.ranges)
	for i := range all {
		all[i] = slice{l.packCentred(up.outputs(i, len(all))), l.pack(l.inputs(down, i))}
	}
	return all
}

// join appends, without a copy when there is nothing to append to.
func join[T any](a, b []T) []T {
	if a == nil {
		return b
	}
	return append(slices.Clip(a), b...)
}
