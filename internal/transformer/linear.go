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

func loadWeights(c *Checkpoint, precision kernel.Precision, ranges int, names ...string) weights {
	all := weights{ranges: ranges}
	for _, name := range names {
		t := c.Tensor(name + ".weight")
		all.bias = append(all.bias, c.Tensor(name+".bias").Floats()...)
		all.out, all.in = all.out+t.Shape[0], t.Shape[1]
		if precision != kernel.Int8 {
			all.w = join(all.w, t.Floats())
			continue
		}
		t = t.quantize(ranges)
		all.q, all.scale = join(all.q, t.Int8), join(all.scale, t.Scale)
	}
	return all
}

// pack makes a product of the weights.
func (w weights) pack(p kernel.Path, precision kernel.Precision) *kernel.Linear {
	if precision == kernel.Int8 {
		return p.NewLinearInt8(w.q, w.scale, w.bias, w.out, w.in)
	}
	return p.NewLinear(w.w, w.bias, w.out, w.in, precision)
}

// packCentred makes a product of rows of the weights.
func (w weights) packCentred(p kernel.Path, precision kernel.Precision) centred {
	l := centred{Linear: w.pack(p, precision)}
	if precision != kernel.Int8 {
		return l
	}
	l.sums = make([]float32, w.out) // the product of ones, less the bias
	l.Apply(l.sums, slices.Repeat([]float32{1}, w.in), 1, kernel.None, nil)
	for o, b := range w.bias {
		l.sums[o] -= b
	}
	return l
}

// outputs is the i-th of n equal parts of the outputs.
func (w weights) outputs(i, n int) weights {
	size := w.out / n
	from, to := i*size, (i+1)*size
	return weights{q: w.q[from*w.in : to*w.in], scale: w.scale[from:to], bias: w.bias[from:to], out: size, in: w.in, ranges: 1}
}

// inputs is the inputs of the i-th range; the bias stays with the first.
func (w weights) inputs(i int) weights {
	size := w.in / w.ranges
	part := weights{q: make([]int8, w.out*size), scale: make([]float32, w.out), out: w.out, in: size, ranges: 1}
	for o := range w.out {
		copy(part.q[o*size:(o+1)*size], w.q[o*w.in+i*size:])
		part.scale[o] = w.scale[o*w.ranges+i]
	}
	if i == 0 {
		part.bias = w.bias
	}
	return part
}

// packSlices makes the feed-forward part of its two matrices: in slices where
// it is quantised, else in one.
func packSlices(up, down weights, p kernel.Path, precision kernel.Precision) []slice {
	if precision != kernel.Int8 {
		return []slice{{up.packCentred(p, precision), down.pack(p, precision)}}
	}
	all := make([]slice, down.ranges)
	for i := range all {
		all[i] = slice{up.outputs(i, len(all)).packCentred(p, precision), down.inputs(i).pack(p, precision)}
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
