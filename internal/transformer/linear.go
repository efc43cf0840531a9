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
	q, part   []int8 // room for weights that do not lie side by side in a tensor, and for a slice of them
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

// pack makes a product of the weights, slice by slice where it is quantised.
func (l *loader) pack(w weights) linear {
	if l.precision != kernel.Int8 {
		return linear{parts: []*kernel.Linear{l.path.NewLinear(w.w, w.bias, w.out, w.in, l.precision)}}
	}
	all := linear{parts: make([]*kernel.Linear, w.ranges), sums: make([][]float32, w.ranges)}
	for i := range all.parts {
		part := l.inputs(w, i)
		product := l.path.NewLinearInt8(part.q, part.scale, part.bias, part.out, part.in)
		sums := make([]float32, part.out) // the product of ones, less the bias
		product.Apply(sums, slices.Repeat([]float32{1}, part.in), 1, kernel.None, nil)
		for o, b := range part.bias {
			sums[o] -= b
		}
		all.parts[i], all.sums[i] = product, sums
	}
	return all
}

// inputs is the inputs of w's i-th range; the bias stays with the first.
func (l *loader) inputs(w weights, i int) weights {
	if w.ranges == 1 {
		return w
	}
	size := w.in / w.ranges
	part := weights{scale: make([]float32, w.out), out: w.out, in: size, ranges: 1}
	l.part = l.part[:0]
	for o := range w.out {
		from := o*w.in + i*size
		l.part = append(l.part, w.q[from:from+size]...)
		part.scale[o] = w.scale[o*w.ranges+i]
	}
	if part.q = l.part; i == 0 {
		part.bias = w.bias
	}
	return part
}

// outputs is the i-th of n equal parts of the outputs.
func (w weights) outputs(i, n int) weights {
	size := w.out / n
	from, to := i*size, (i+1)*size
	return weights{
		q: w.q[from*w.in : to*w.in], scale: w.scale[from*w.ranges : to*w.ranges], bias: w.bias[from:to],
		out: size, in: w.in, ranges: w.ranges,
	}
}

// packSlices makes the feed-forward part of its two matrices: in slices where
// it is quantised, else in one.
func (l *loader) packSlices(up, down weights) []slice {
	if l.precision != kernel.Int8 {
		return []slice{{l.pack(up), l.pack(down)}}
	}
	all := make([]slice, down.ranges)
	for i := range all {
		all[i] = slice{l.pack(up.outputs(i, len(all))), l.pack(l.inputs(down, i))}
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
