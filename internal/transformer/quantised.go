package transformer

import "standpoint/internal/kernel"

// Two things keep int8 near float32, both against ranges that a few numbers
// stretch so that the rest share few steps. What LayerNorm leaves has channels
// far off on one side: rows are quantised about the middle of their range. What
// GELU leaves has single large units: the feed-forward part is cut into slices
// of units, so that a row has a range a slice.

// sliceUnits is how many inner units of the feed-forward part share a range.
const sliceUnits = 384

// rows are the inputs (n, width) of centred products: x less each row's middle,
// or x itself where middles is nil.
type rows struct {
	x, middles []float32
	n          int
}

// rows makes x (n, width) ready for l.
func (s *State) rows(l *centred, x []float32, n int) rows {
	if l.sums == nil {
		return rows{x: x, n: n}
	}
	shifted, middles := grow(&s.shifted, n*l.In), grow(&s.middles, n)
	for r := range middles {
		middles[r] = shiftRow(shifted[r*l.In:(r+1)*l.In], x[r*l.In:(r+1)*l.In])
	}
	return rows{shifted, middles, n}
}

// shiftRow sets dst to x less the middle of its range, which it returns.
func shiftRow(dst, x []float32) (middle float32) {
	low, high := x[0], x[0]
	for _, v := range x {
		if v > high {
			high = v
		} else if v < low {
			low = v
		}
	}
	middle = low + (high-low)/2
	for i, v := range x {
		dst[i] = v - middle
	}
	return middle
}

// centred is a product of rows: with c a row's middle and σ the sums of the
// weights' rows, W x + b is W (x - c) + c σ + b.
type centred struct {
	*kernel.Linear
	sums []float32 // σ (Out); nil where nothing is quantised
}

// apply sets y (n, Out) = act(x Wᵀ + b).
func (l *centred) apply(y []float32, x rows, act kernel.Activation, p kernel.Path, s *State) {
	if x.middles == nil {
		l.Apply(y, x.x, x.n, act, &s.scratch)
		return
	}
	l.Apply(y, x.x, x.n, kernel.None, &s.scratch)
	for r, middle := range x.middles {
		row := y[r*l.Out : (r+1)*l.Out]
		p.Axpy(row, middle, l.sums)
		if act == kernel.GELU {
			p.GELU(row, row)
		}
	}
}

// slice is a part of the feed-forward part's inner units.
type slice struct {
	up   centred
	down *kernel.Linear
}

// feedForward sets y (n, Hidden) to what a layer's slices make of x together.
func (e *Encoder) feedForward(y, x []float32, n int, parts []slice, s *State) {
	in := s.rows(&parts[0].up, x, n)
	for i := range parts {
		l := &parts[i]
		inner := grow(&s.inner, n*l.up.Out)
		l.up.apply(inner, in, kernel.GELU, e.path, s)
		if i == 0 {
			l.down.Apply(y, inner, n, kernel.None, &s.scratch)
			continue
		}
		part := grow(&s.part, len(y))
		l.down.Apply(part, inner, n, kernel.None, &s.scratch)
		e.path.Add(y, y, part)
	}
}
