//go:build amd64 || arm64

package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

func randomSlice(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

// sizes of products: multiples of the tiles and what lies beside them.
var sizes = [][3]int{
	{1, 1, 1}, {1, 16, 4}, {2, 8, 3}, {3, 17, 5}, {5, 33, 7}, {6, 16, 64}, {7, 15, 31}, {8, 48, 33},
	{9, 49, 65}, {11, 100, 130}, {12, 47, 255}, {13, 64, 257}, {37, 37, 32}, {64, 96, 384}, {241, 50, 40}, {250, 40, 513},
}

// TestGemmTiles compares every path's products with the reference, in all four
// layouts, and looks at what lies beside the result.
func TestGemmTiles(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, p := range Available()[1:] {
		for _, size := range sizes {
			testLayouts(t, r, p.set().gemm, portable.gemm, size)
			testLayouts(t, r, p.set().gemmBF16, portable.gemmBF16, size)
		}
	}
}

func testLayouts(t *testing.T, r *rand.Rand, f, reference gemmFunc, size [3]int) {
	t.Helper()
	for layout := range 8 {
		testGemm(t, r, f, reference, size, layout&1 > 0, layout&2 > 0, layout&4 > 0)
	}
}

func testGemm(t *testing.T, r *rand.Rand, f, reference gemmFunc, size [3]int, transA, transB, accumulate bool) {
	t.Helper()
	m, n, k := size[0], size[1], size[2]
	lda, ldb, ldc := k+3, n+5, n+2
	if transA {
		lda = m + 1
	}
	if transB {
		ldb = k
	}
	a, b := randomSlice(r, max(m, k)*lda), randomSlice(r, max(n, k)*ldb)
	c := randomSlice(r, m*ldc)
	want := append([]float32(nil), c...)
	f.run(transA, transB, m, n, k, a, lda, b, ldb, c, ldc, accumulate, nil)
	reference.run(transA, transB, m, n, k, a, lda, b, ldb, want, ldc, accumulate, nil)
	for i := range c {
		limit := 2e-6 * math.Sqrt(float64(k)) * 4
		if i%ldc >= n {
			limit = 0
		}
		if d := math.Abs(float64(c[i] - want[i])); !(d <= limit) {
			t.Fatalf("%v transA %v transB %v accumulate %v: c[%d][%d] is %g, want %g", size, transA, transB, accumulate, i/ldc, i%ldc, c[i], want[i])
		}
	}
}
