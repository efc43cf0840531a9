package transformer

import (
	"math"

	"standpoint/internal/kernel"
)

// Two things keep int8 near float32, both against ranges that a few numbers
// stretch so that the rest share few steps. Rows of inputs are cut into slices,
// each with a range of its own, in the weights too. And since what LayerNorm
// leaves has channels far off on one side, and what GELU leaves has single
// large units, a slice is quantised about the middle of its range.

// How many inputs share a range: of a layer's states, and of the inner units of
// the feed-forward part, which is worked through in slices of them.
const (
	stateUnits = 128
	innerUnits = 384
)

// sliceCount is how many slices of so many units an inner width is cut into: one
// where they would not be of equal width.
func sliceCount(width, units int) int {
	if width%units != 0 {
		return 1
	}
	return width / units
}

// rows are the inputs (n, in) of a product. Where it is quantised they lie in
// slices (n, width), one after the other, each row less its middle.
type rows struct {
	x       []float32
	n       int
	shifted []float32
	middles []float32
}

// take makes x (n, in) ready for l.
func (in *rows) take(x []float32, n int, l *linear) {
	in.x, in.n = x, n
	if l.sums == nil {
		return
	}
	all, width := len(x)/n, l.parts[0].In
	in.shifted, in.middles = grow(&in.shifted, len(x)), grow(&in.middles, n*len(l.parts))
	for at := range in.middles {
		i, r := at/n, at%n
		in.middles[at] = shiftRow(in.shifted[at*width:(at+1)*width], x[r*all+i*width:r*all+(i+1)*width])
	}
}

// shiftRow sets dst to x less the middle of the range of x and 0, which it returns.
func shiftRow(dst, x []float32) (middle float32) {
	middle = middleOf(x)
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] = v - middle
	}
	return middle
}

// middleOf compares bits, which needs no jumps: as signed integers they are in the
// order of the numbers above 0, as unsigned ones the lowest below 0 has the most.
func middleOf(x []float32) float32 {
	var h0, h1 int32
	var l0, l1 uint32
	for len(x) >= 2 {
		a, b := math.Float32bits(x[0]), math.Float32bits(x[1])
		h0, l0 = max(h0, int32(a)), max(l0, a)
		h1, l1 = max(h1, int32(b)), max(l1, b)
		x = x[2:]
	}
	for _, v := range x {
		h0, l0 = max(h0, int32(math.Float32bits(v))), max(l0, math.Float32bits(v))
	}
	low, high := float32(0), math.Float32frombits(uint32(max(h0, h1)))
	if l := max(l0, l1); l>>31 == 1 {
		low = math.Float32frombits(l)
	}
	return low + (high-low)/2
}

// linear is a product of rows. Quantised, it is the sum of those of slices: with
// c a row's middle and σ the sums of the weights' rows, W x is W (x - c) + c σ.
type linear struct {
	parts []*kernel.Linear // one, or one a slice; the first adds the bias
	sums  [][]float32      // σ (Out) of each slice; nil where nothing is quantised
}

// apply sets y (n, Out) = act(x Wᵀ + b).
func (l *linear) apply(y []float32, in *rows, act kernel.Activation, p kernel.Path, s *State) {
	if l.sums == nil {
		l.parts[0].Apply(y, in.x, in.n, act, &s.scratch)
		return
	}
	out := l.parts[0].Out
	for from := 0; from < in.n; from += blockRows {
		to := min(from+blockRows, in.n)
		l.block(y[from*out:to*out], in, from, to, p, s)
	}
	if act == kernel.GELU {
		p.GELU(y, y)
	}
}

// blockRows is how many rows pass through all slices before the next: their sums
// stay in the second-level cache.
const blockRows = 96

// block sets y to the products of some rows.
func (l *linear) block(y []float32, in *rows, from, to int, p kernel.Path, s *State) {
	sum := y
	for i, part := range l.parts {
		x := in.shifted[i*in.n*part.In:]
		part.Apply(sum, x[from*part.In:to*part.In], to-from, kernel.None, &s.scratch)
		for r, middle := range in.middles[i*in.n+from : i*in.n+to] {
			p.Axpy(sum[r*part.Out:(r+1)*part.Out], middle, l.sums[i])
		}
		if i > 0 {
			p.Add(y, y, sum)
		}
		sum = grow(&s.part, len(y))
	}
}

// slice is a part of the feed-forward part's inner units.
type slice struct{ up, down linear }

// feedForward sets y (n, Hidden) to what a layer's slices make of x together.
func (e *Encoder) feedForward(y, x []float32, n int, parts []slice, s *State) {
	s.in.take(x, n, &parts[0].up)
	for i := range parts {
		l := &parts[i]
		inner := grow(&s.inner, n*l.up.parts[0].Out)
		l.up.apply(inner, &s.in, kernel.GELU, e.path, s)
		s.units.take(inner, n, &l.down)
		if i == 0 {
			l.down.apply(y, &s.units, kernel.None, e.path, s)
			continue
		}
		made := grow(&s.made, len(y))
		l.down.apply(made, &s.units, kernel.None, e.path, s)
		e.path.Add(y, y, made)
	}
}
