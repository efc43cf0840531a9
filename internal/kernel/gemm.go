package kernel

import "fmt"

// gemmFunc multiplies as Gemm does, with m, n and k at least 1 and s not nil.
type gemmFunc func(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, accumulate bool, s *Scratch)

// Gemm sets C (m, n) = A·B, or adds to it with accumulate. A is (m, k), or
// stored as (k, m) with transA; B is (k, n), or stored as (n, k) with transB.
// lda, ldb and ldc are the distances between stored rows in elements. C must
// not overlap A or B. A nil Scratch is allowed and costs an allocation.
func (p Path) Gemm(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, accumulate bool, s *Scratch) {
	p.set().gemm.run(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, accumulate, s)
}

// GemmBF16 is Gemm with both operands rounded to bfloat16 (nearest even) and
// sums in float32: fast with AMX, elsewhere slower than Gemm.
func (p Path) GemmBF16(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, accumulate bool, s *Scratch) {
	p.set().gemmBF16.run(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, accumulate, s)
}

// run checks the sizes, deals with empty ones and multiplies the rest.
func (f gemmFunc) run(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, accumulate bool, s *Scratch) {
	if m <= 0 || n <= 0 {
		return
	}
	c = stored("C", c, m, n, ldc)
	if k <= 0 {
		if !accumulate {
			clearRows(c, m, n, ldc)
		}
		return
	}
	if transA {
		a = stored("A", a, k, m, lda)
	} else {
		a = stored("A", a, m, k, lda)
	}
	if transB {
		b = stored("B", b, n, k, ldb)
	} else {
		b = stored("B", b, k, n, ldb)
	}
	if s == nil {
		s = new(Scratch)
	}
	f(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, accumulate, s)
}

// stored cuts a matrix to what it occupies, or panics when the slice is short.
func stored(name string, x []float32, rows, cols, ld int) []float32 {
	need := (rows-1)*ld + cols
	if ld < cols || len(x) < need {
		panic(fmt.Sprintf("kernel: %s (%d, %d) at distance %d in %d elements", name, rows, cols, ld, len(x)))
	}
	return x[:need]
}

func clearRows(c []float32, m, n, ldc int) {
	for i := range m {
		clear(c[i*ldc : i*ldc+n])
	}
}
