package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

var precisions = []Precision{Float32, BFloat16, Int8}

// product64 is act(x Wᵀ + b) in float64.
func product64(x, w, bias []float32, rows, out, in int, act Activation) []float64 {
	y := make([]float64, rows*out)
	for r := range rows {
		for o := range out {
			sum := float64(bias[o])
			for i := range in {
				sum += float64(x[r*in+i]) * float64(w[o*in+i])
			}
			if act == GELU {
				sum *= normal(sum)
			}
			y[r*out+o] = sum
		}
	}
	return y
}

// shareOf is the square root of err's power over that of the values.
func shareOf(got []float32, want []float64) float64 {
	err, power := 0.0, 1e-30
	for i, w := range want {
		d := float64(got[i]) - w
		err += d * d
		power += w * w
	}
	return math.Sqrt(err / power)
}

// TestLinearIsAccurate compares all paths and precisions with float64: the
// error's share of the result is what the number format allows.
func TestLinearIsAccurate(t *testing.T) {
	most := map[Precision]float64{Float32: 1e-6, BFloat16: 6e-3, Int8: 2e-2}
	rng := rand.New(rand.NewPCG(3, 4))
	for _, size := range [][3]int{{1, 5, 9}, {3, 16, 64}, {7, 33, 100}, {13, 50, 384}, {2, 96, 1536}} {
		rows, out, in := size[0], size[1], size[2]
		x, w, bias := make([]float32, rows*in), make([]float32, out*in), make([]float32, out)
		for _, v := range [][]float32{x, w, bias} {
			normals(rng, v)
		}
		for _, act := range []Activation{None, GELU} {
			want := product64(x, w, bias, rows, out, in, act)
			for _, p := range Available() {
				for _, prec := range precisions {
					y := make([]float32, rows*out)
					p.NewLinear(w, bias, out, in, prec).Apply(y, x, rows, act, nil)
					if share := shareOf(y, want); share > most[prec] {
						t.Errorf("%v %v %v: error %.1e of the result, want at most %.0e", p, prec, size, share, most[prec])
					}
				}
			}
		}
	}
}

// linearCase is one product with everything next to forbidden pages.
type linearCase struct {
	rows, out, in int
	x, w, bias, y []float32
}

func newLinearCase(t testing.TB, rows, out, in int, front bool) linearCase {
	rng := rand.New(rand.NewPCG(uint64(rows), uint64(out*1000+in)))
	c := linearCase{rows: rows, out: out, in: in,
		x: fenced[float32](t, rows*in, front), w: fenced[float32](t, out*in, front),
		bias: fenced[float32](t, out, front), y: fenced[float32](t, rows*out, front)}
	for _, v := range [][]float32{c.x, c.w, c.bias, c.y} {
		normals(rng, v)
	}
	return c
}

// tolerance is how far a path's product may lie from the portable one: int8
// sums are exact, but GELU's last bits are not.
func tolerance(prec Precision, in int) float64 {
	if prec == Int8 {
		return 2e-6
	}
	return 4e-6 * math.Sqrt(float64(in)) * 4
}

func testLinear(t *testing.T, p Path, rows, out, in int, prec Precision, act Activation) {
	t.Helper()
	for _, front := range []bool{false, true} {
		c := newLinearCase(t, rows, out, in, front)
		want := make([]float32, rows*out)
		Portable.NewLinear(c.w, c.bias, out, in, prec).Apply(want, c.x, rows, act, nil)
		p.NewLinear(c.w, c.bias, out, in, prec).Apply(c.y, c.x, rows, act, new(Scratch))
		if err := near(c.y, want, tolerance(prec, in)); err != nil {
			t.Errorf("%v %v (%d, %d, %d): %v", p, prec, rows, out, in, err)
		}
	}
}

// productShapes are rows, out and in beside the tiles' heights, widths and units.
var productShapes = [][3]int{{1, 1, 1}, {2, 3, 5}, {5, 7, 3}, {6, 16, 16}, {7, 17, 17}, {8, 48, 32}, {9, 49, 33}, {13, 31, 63},
	{15, 64, 64}, {16, 65, 65}, {17, 96, 31}, {31, 100, 127}, {32, 32, 128}, {33, 33, 129}, {65, 47, 250}, {3, 130, 1000}}

func TestLinearMatchesPortable(t *testing.T) {
	for _, p := range fast() {
		for _, s := range productShapes {
			for _, prec := range precisions {
				testLinear(t, p, s[0], s[1], s[2], prec, Activation(s[0]%2))
			}
		}
	}
}

// TestLinearRowsAreIndependent multiplies rows at once, one by one and in two
// parts, at other alignments, with a Scratch that others have used.
func TestLinearRowsAreIndependent(t *testing.T) {
	const rows = 29
	var s Scratch
	for _, p := range Available() {
		for _, prec := range precisions {
			for _, size := range [][2]int{{5, 9}, {50, 70}, {49, 300}} {
				out, in := size[0], size[1]
				c := newLinearCase(t, rows, out, in, false)
				l := p.NewLinear(c.w, c.bias, out, in, prec)
				for _, act := range []Activation{None, GELU} {
					l.Apply(c.y, c.x, rows, act, &s)
					for _, step := range []int{1, 2, 11} {
						part := make([]float32, rows*out)
						for r := 0; r < rows; r += step {
							n := min(step, rows-r)
							l.Apply(part[r*out:], c.x[r*in:], n, act, &s)
						}
						if !equalBits(part, c.y) {
							t.Errorf("%v %v %v: rows by %d differ from all at once", p, prec, size, step)
						}
					}
				}
			}
		}
	}
}

// TestGemmRowsAreIndependent does the same for all layouts of Gemm and GemmBF16.
func TestGemmRowsAreIndependent(t *testing.T) {
	const m, n, k = 23, 37, 300
	rng := rand.New(rand.NewPCG(5, 6))
	a, b, c0 := make([]float32, m*k), make([]float32, k*n), make([]float32, m*n)
	for _, v := range [][]float32{a, b, c0} {
		normals(rng, v)
	}
	for _, p := range Available() {
		for layout := range 16 {
			transA, transB, add, half := layout&1 > 0, layout&2 > 0, layout&4 > 0, layout&8 > 0
			f := p.Gemm
			if half {
				f = p.GemmBF16
			}
			lda, ldb, stride := k, n, k // stride is between the rows of A
			if transA {
				lda, stride = m, 1
			}
			if transB {
				ldb = k
			}
			whole := append([]float32(nil), c0...)
			single := append([]float32(nil), c0...)
			f(transA, transB, m, n, k, a, lda, b, ldb, whole, n, add, nil)
			for r := range m {
				f(transA, transB, 1, n, k, a[r*stride:], lda, b, ldb, single[r*n:], n, add, nil)
			}
			if !equalBits(whole, single) {
				t.Errorf("%v transA %v transB %v accumulate %v half %v: a row depends on the others", p, transA, transB, add, half)
			}
		}
	}
}

// TestGemmStaysInside multiplies next to forbidden pages.
func TestGemmStaysInside(t *testing.T) {
	for _, p := range fast() {
		for _, s := range productShapes {
			for layout := range 4 {
				for _, front := range []bool{false, true} {
					testFencedGemm(t, p, s[0], s[1], s[2], layout&1 > 0, layout&2 > 0, front)
				}
			}
		}
	}
}

func testFencedGemm(t *testing.T, p Path, m, n, k int, transA, transB, front bool) {
	t.Helper()
	lda, ldb := k, n
	if transA {
		lda = m
	}
	if transB {
		ldb = k
	}
	a, b, c := fenced[float32](t, m*k, front), fenced[float32](t, k*n, front), fenced[float32](t, m*n, front)
	rng := rand.New(rand.NewPCG(uint64(m), uint64(n)))
	normals(rng, a)
	normals(rng, b)
	want := make([]float32, m*n)
	for _, half := range []bool{false, true} {
		if half {
			p.GemmBF16(transA, transB, m, n, k, a, lda, b, ldb, c, n, false, nil)
			Portable.GemmBF16(transA, transB, m, n, k, a, lda, b, ldb, want, n, false, nil)
		} else {
			p.Gemm(transA, transB, m, n, k, a, lda, b, ldb, c, n, false, nil)
			Portable.Gemm(transA, transB, m, n, k, a, lda, b, ldb, want, n, false, nil)
		}
		if err := near(c, want, tolerance(Float32, k)); err != nil {
			t.Errorf("%v (%d, %d, %d) transA %v transB %v half %v: %v", p, m, n, k, transA, transB, half, err)
		}
	}
}

// TestProductsOfNothing multiplies by sizes of zero.
func TestProductsOfNothing(t *testing.T) {
	for _, p := range Available() {
		for _, prec := range precisions {
			y := []float32{7, 7}
			p.NewLinear(nil, []float32{1, 2}, 2, 0, prec).Apply(y, nil, 1, None, nil)
			if err := near(y, []float32{1, 2}, 0); err != nil {
				t.Errorf("%v %v: no inputs leave the bias: %v", p, prec, err)
			}
			p.NewLinear(nil, nil, 0, 3, prec).Apply(nil, []float32{1, 2, 3}, 1, GELU, nil)
			p.NewLinear([]float32{1, 1}, nil, 1, 2, prec).Apply(nil, nil, 0, GELU, nil)
		}
		c := []float32{3, 4}
		p.Gemm(false, false, 1, 2, 0, nil, 0, nil, 2, c, 2, true, nil)
		p.Gemm(true, true, 0, 2, 5, nil, 0, nil, 5, nil, 2, false, nil)
		if err := near(c, []float32{3, 4}, 0); err != nil {
			t.Errorf("%v: nothing added: %v", p, err)
		}
		if p.Gemm(false, false, 1, 2, 0, nil, 0, nil, 2, c, 2, false, nil); c[0] != 0 || c[1] != 0 {
			t.Errorf("%v: an empty product is %v", p, c)
		}
	}
}

// TestNaNGoesThroughProducts wants a row with a NaN or an infinity to say so,
// in int8 too, and the other rows not to.
func TestNaNGoesThroughProducts(t *testing.T) {
	const rows, out, in = 5, 19, 33
	for _, p := range Available() {
		for _, prec := range precisions {
			c := newLinearCase(t, rows, out, in, false)
			c.x[2*in+17] = nan
			p.NewLinear(c.w, c.bias, out, in, prec).Apply(c.y, c.x, rows, GELU, nil)
			for i, v := range c.y {
				if (v != v) != (i/out == 2) {
					t.Fatalf("%v %v: a NaN in row 2 gives %v in row %d", p, prec, v, i/out)
				}
			}
		}
	}
}

// TestInt8IsExactAtItsLimits multiplies the largest integers, where narrower
// sums would saturate.
func TestInt8IsExactAtItsLimits(t *testing.T) {
	const rows, out, in = 3, 20, 1536
	for _, p := range Available() {
		for _, sign := range []int8{127, -127, -128} {
			q, x, scale := make([]int8, out*in), make([]float32, rows*in), make([]float32, out)
			for i := range q {
				q[i] = sign
			}
			for i := range x {
				x[i] = 127
			}
			for i := range scale {
				scale[i] = 1
			}
			y := make([]float32, rows*out)
			p.NewLinearInt8(q, scale, nil, out, in).Apply(y, x, rows, None, nil)
			want := float32(127*in) * float32(max(sign, -127))
			for i, v := range y {
				if v != want {
					t.Fatalf("%v %d: element %d is %v, want %v", p, sign, i, v, want)
				}
			}
		}
	}
}

// FuzzProducts takes shapes, layouts and precision from the fuzzer.
func FuzzProducts(f *testing.F) {
	for _, s := range productShapes {
		f.Add(uint8(s[0]), uint8(s[1]), uint16(s[2]), uint8(s[0]*7))
	}
	f.Fuzz(func(t *testing.T, rows, out uint8, in uint16, kind uint8) {
		m, n, k := int(rows)%80, int(out)%110, int(in)%700
		for _, p := range fast() {
			testLinear(t, p, m, n, k, precisions[kind%3], Activation(kind>>2&1))
			testFencedGemm(t, p, m, n, k, kind&8 > 0, kind&16 > 0, kind&32 > 0)
		}
	})
}

// FuzzOperations takes an operation, a shape and the numbers' seed from the
// fuzzer.
func FuzzOperations(f *testing.F) {
	for i, s := range shapes {
		f.Add(uint8(i), uint8(s[0]), uint16(s[1]))
	}
	f.Fuzz(func(t *testing.T, which, rows uint8, cols uint16) {
		op := operations[int(which)%len(operations)]
		r, c := int(rows)%8, int(cols)%1200
		want := operands(t, op, r, c, false)
		op.run(Portable, want, r, c)
		for _, p := range fast() {
			got := operands(t, op, r, c, which&128 > 0)
			op.run(p, got, r, c)
			compare(t, fmt.Sprintf("%v %s (%d, %d)", p, op.name, r, c), got, want, op.allowed(r, c))
		}
	})
}

// TestHasLowest puts a -128 in every place.
func TestHasLowest(t *testing.T) {
	for n := range 20 {
		for at := range n + 1 {
			q := make([]int8, n)
			for i := range q {
				q[i] = int8([]int{-127, 127, 0, -1, 1}[i%5])
			}
			if hasLowest(q) {
				t.Fatalf("found a -128 in %v", q)
			}
			if at < n {
				if q[at] = -128; !hasLowest(q) {
					t.Fatalf("found no -128 in %v", q)
				}
			}
		}
	}
}
