package kernel

import (
	"fmt"
	"testing"
	"unsafe"
)

// emulatedVectors are AVX-512's element-wise kernels run by the emulator, which allows
// each the memory that its operation may touch and no more.
func emulatedVectors(e *emulator) *vectors {
	rw := func(n int, write, read []unsafe.Pointer) {
		for _, p := range write {
			e.rows(true, p, 1, 4*n, 0)
		}
		for _, p := range read {
			e.rows(false, p, 1, 4*n, 0)
		}
	}
	type list = []unsafe.Pointer
	return &vectors{
		lanes: 16,
		exp: func(n int, dst, x unsafe.Pointer) {
			rw(n, list{dst}, list{x})
			e.call("expAVX512", n, dst, x)
		},
		gelu: func(n int, dst, x unsafe.Pointer) {
			rw(n, list{dst}, list{x})
			e.call("geluAVX512", n, dst, x)
		},
		geluBackward: func(n int, dx, x, dy unsafe.Pointer) {
			rw(n, list{dx}, list{x, dy})
			e.call("geluBackwardAVX512", n, dx, x, dy)
		},
		softmax: func(n int, x unsafe.Pointer, scale float32) {
			rw(n, list{x}, nil)
			e.call("softmaxAVX512", n, x, scale)
		},
		softmaxBackward: func(n int, dx, y, dy unsafe.Pointer, scale float32) {
			rw(n, list{dx}, list{y, dy})
			e.call("softmaxBackwardAVX512", n, dx, y, dy, scale)
		},
		layerNorm: func(n int, dst, x, residual, gamma, beta, stat unsafe.Pointer, share, eps float32) {
			rw(n, list{dst}, list{x, residual, gamma, beta})
			rw(2, list{stat}, nil)
			e.call("layerNormAVX512", n, dst, x, residual, gamma, beta, stat, share, eps)
		},
		layerNormBackward: func(n int, dx, dgamma, dbeta, dy, x, gamma, stat unsafe.Pointer, share float32) {
			rw(n, list{dx, dgamma, dbeta}, list{dy, x, gamma})
			rw(2, nil, list{stat})
			e.call("layerNormBackwardAVX512", n, dx, dgamma, dbeta, dy, x, gamma, stat, share)
		},
		add: func(n int, dst, a, b unsafe.Pointer) {
			rw(n, list{dst}, list{a, b})
			e.call("addAVX512", n, dst, a, b)
		},
		mul: func(n int, dst, a, b unsafe.Pointer) {
			rw(n, list{dst}, list{a, b})
			e.call("mulAVX512", n, dst, a, b)
		},
		axpy: func(n int, dst, x unsafe.Pointer, alpha float32) {
			rw(n, list{dst}, list{x})
			e.call("axpyAVX512", n, dst, x, alpha)
		},
		scale: func(n int, x unsafe.Pointer, alpha float32) {
			rw(n, list{x}, nil)
			e.call("scaleAVX512", n, x, alpha)
		},
		adamW: func(n int, w, g, m, v, c unsafe.Pointer) {
			rw(n, list{w, m, v}, list{g})
			rw(7, nil, list{c})
			e.call("adamWAVX512", n, w, g, m, v, c)
		},
		round: func(n int, q, x unsafe.Pointer, inverse float32) {
			rw(n, nil, list{x})
			e.rows(true, q, 1, n, 0)
			e.call("roundAVX512", n, q, x, inverse)
		},
		dot: func(a, b []float32) (sum float32) {
			rw(len(a), nil, list{pointer(a), pointer(b)})
			rw(1, list{unsafe.Pointer(&sum)}, nil)
			e.call("dotAVX512", len(a), unsafe.Pointer(&sum), pointer(a), pointer(b))
			return sum
		},
		largest: func(x []float32) (bits uint32) {
			rw(len(x), nil, list{pointer(x)})
			rw(1, list{unsafe.Pointer(&bits)}, nil)
			e.call("largestAVX512", len(x), unsafe.Pointer(&bits), pointer(x))
			return bits
		},
	}
}

// emulateAVX512 makes the emulated kernels the path AVX512 for the test's time,
// whatever this machine has, and returns the path.
func emulateAVX512(t *testing.T) Path {
	kept := sets[AVX512]
	s := above(&portable)
	emulatedVectors(newEmulator(t)).install(s)
	sets[AVX512] = s
	t.Cleanup(func() { sets[AVX512] = kept })
	return AVX512
}

func TestEmulatedOperationsMatchPortable(t *testing.T) {
	p := emulateAVX512(t)
	for _, op := range operations {
		for _, shape := range shapes {
			rows, cols := shape[0], shape[1]
			want, got := operands(t, op, rows, cols, false), operands(t, op, rows, cols, false)
			op.run(Portable, want, rows, cols)
			op.run(p, got, rows, cols)
			compare(t, fmt.Sprintf("%s %v", op.name, shape), got, want, op.allowed(rows, cols))
		}
	}
}

// TestSetsOfAMD64Agree wants the same bits from AVX2 and AVX-512 wherever no
// sum's order differs: the kernels are one text.
func TestSetsOfAMD64Agree(t *testing.T) {
	if sets[AVX2] == nil {
		t.Skip("no AVX2 here")
	}
	p := emulateAVX512(t)
	for _, op := range operations {
		switch op.name {
		case "Exp", "GELU", "GELUBackward", "Add", "Mul", "Axpy", "Scale", "AdamW", "SumRows":
			a, b := operands(t, op, 3, 1000, false), operands(t, op, 3, 1000, false)
			op.run(AVX2, a, 3, 1000)
			op.run(p, b, 3, 1000)
			for i := range a {
				if !equalBits(a[i], b[i]) {
					t.Errorf("%s: argument %d differs between AVX2 and AVX-512", op.name, i)
				}
			}
		}
	}
}

func TestEmulatedSpecials(t *testing.T) {
	emulateAVX512(t)
	t.Run("values", TestSpecialValues)
	t.Run("softmax", TestSoftmaxOfSpecials)
	t.Run("quantize", TestQuantizeRow)
	t.Run("AdamW", TestAdamWIsPyTorchs)
	t.Run("gradients", TestGradients)
	t.Run("rows", TestRowsAreIndependent)
}
