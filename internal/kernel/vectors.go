//go:build amd64 || arm64

package kernel

import (
	"math"
	"unsafe"
)

// vectors are the element-wise and row-wise kernels of one instruction set in
// assembly; see the stubs for what each does. The two that answer with a number
// are called by functions of Go, so that it needs no memory of its own.
type vectors struct {
	lanes             int
	exp, gelu         func(n int, dst, x unsafe.Pointer)
	geluBackward      func(n int, dx, x, dy unsafe.Pointer)
	softmax           func(n int, x unsafe.Pointer, scale float32)
	softmaxBackward   func(n int, dx, y, dy unsafe.Pointer, scale float32)
	layerNorm         func(n int, dst, x, residual, gamma, beta, stat unsafe.Pointer, share, eps float32)
	layerNormBackward func(n int, dx, dgamma, dbeta, dy, x, gamma, stat unsafe.Pointer, share float32)
	add, mul          func(n int, dst, a, b unsafe.Pointer)
	axpy              func(n int, dst, x unsafe.Pointer, alpha float32)
	scale             func(n int, x unsafe.Pointer, alpha float32)
	adamW             func(n int, w, g, m, v, c unsafe.Pointer)
	round             func(n int, q, x unsafe.Pointer, inverse float32)
	dot               func(a, b []float32) float32
	largest           func(x []float32) uint32 // bits of the largest absolute value
}

// install makes v the set's element-wise kernels.
func (v *vectors) install(s *set) {
	s.exp = func(dst, x []float32) { v.exp(len(x), pointer(dst), pointer(x)) }
	s.gelu = func(dst, x []float32) { v.gelu(len(x), pointer(dst), pointer(x)) }
	s.geluBackward = func(dx, x, dy []float32) { v.geluBackward(len(x), pointer(dx), pointer(x), pointer(dy)) }
	s.add = func(dst, a, b []float32) { v.add(len(a), pointer(dst), pointer(a), pointer(b)) }
	s.mul = func(dst, a, b []float32) { v.mul(len(a), pointer(dst), pointer(a), pointer(b)) }
	s.axpy = func(dst []float32, alpha float32, x []float32) { v.axpy(len(x), pointer(dst), pointer(x), alpha) }
	s.scale = func(x []float32, alpha float32) { v.scale(len(x), pointer(x), alpha) }
	s.adamW = func(w, g, m, v2 []float32, c *adam) {
		v.adamW(len(w), pointer(w), pointer(g), pointer(m), pointer(v2), unsafe.Pointer(c))
	}
	s.dot = v.dot
	s.softmax, s.softmaxBackward = v.softmaxRows, v.softmaxBackwardRows
	s.layerNorm, s.layerNormBackward = v.layerNormRows, v.layerNormBackwardRows
	s.sumRows, s.quantizeRow = v.sumRows, v.quantizeRow
}

// row is the address of row r of x (rows, cols), nil where x is.
func row(x []float32, r, cols int) unsafe.Pointer {
	if x == nil {
		return nil
	}
	return pointer(x[r*cols:])
}

func (v *vectors) softmaxRows(x []float32, cols int, scale float32) {
	for r := range len(x) / cols {
		v.softmax(cols, row(x, r, cols), scale)
	}
}

func (v *vectors) softmaxBackwardRows(dx, y, dy []float32, cols int, scale float32) {
	for r := range len(y) / cols {
		v.softmaxBackward(cols, row(dx, r, cols), row(y, r, cols), row(dy, r, cols), scale)
	}
}

func (v *vectors) layerNormRows(dst, x, residual, gamma, beta []float32, eps float32, stat []float32) {
	cols := len(gamma)
	for r := range len(x) / cols {
		v.layerNorm(cols, row(dst, r, cols), row(x, r, cols), row(residual, r, cols), pointer(gamma), pointer(beta), row(stat, r, 2), 1/float32(cols), eps)
	}
}

func (v *vectors) layerNormBackwardRows(dx, dgamma, dbeta, dy, xsum, gamma, stat []float32) {
	cols := len(gamma)
	for r := range len(dy) / cols {
		v.layerNormBackward(cols, row(dx, r, cols), pointer(dgamma), pointer(dbeta), row(dy, r, cols), row(xsum, r, cols), pointer(gamma), row(stat, r, 2), 1/float32(cols))
	}
}

func (v *vectors) sumRows(dst, x []float32) {
	cols := len(dst)
	for r := range len(x) / cols {
		v.add(cols, pointer(dst), pointer(dst), row(x, r, cols))
	}
}

// quantizeRow is the portable one's arithmetic, so that the integers are too.
func (v *vectors) quantizeRow(q []int8, x []float32) float32 {
	top := math.Float32frombits(v.largest(x))
	inverse, scale, ok := quantum(top)
	if !ok {
		clear(q)
		return scale
	}
	whole := len(x) - len(x)%v.lanes
	v.round(whole, unsafe.Pointer(unsafe.SliceData(q)), pointer(x), inverse)
	for i := whole; i < len(x); i++ {
		q[i] = nearest(x[i] * inverse)
	}
	return scale
}
