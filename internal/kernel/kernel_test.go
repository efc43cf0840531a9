package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// operation is an element-wise or row-wise kernel as the tests see it: a list
// of slices, of which it writes some. sizes are the slices' lengths for rows
// and cols; alias lists pairs that may be the same memory.
type operation struct {
	name  string
	sizes func(rows, cols int) []int
	run   func(p Path, a [][]float32, rows, cols int)
	alias [][2]int
	tol   float64 // relative to the larger of 1 and the value
	sums  bool    // tol is relative to the spread of a sum of the operands' products too
}

// allowed is the tolerance for rows and cols. What a sum's order of addition
// changes grows with the sum's terms, not with the result, which may be small
// by cancellation: the operands have variance 4, so that a sum of n products
// has a standard deviation of 4 sqrt(n).
func (op operation) allowed(rows, cols int) float64 {
	if !op.sums {
		return op.tol
	}
	return op.tol * max(1, 4*math.Sqrt(float64(rows*cols)))
}

// all makes sizes of n slices of (rows, cols).
func all(n int) func(rows, cols int) []int {
	return func(rows, cols int) []int { return slices.Repeat([]int{rows * cols}, n) }
}

var operations = []operation{
	{"Exp", all(2), func(p Path, a [][]float32, _, _ int) { p.Exp(a[0], a[1]) }, [][2]int{{0, 1}}, 4e-7, false},
	{"GELU", all(2), func(p Path, a [][]float32, _, _ int) { p.GELU(a[0], a[1]) }, [][2]int{{0, 1}}, 8e-7, false},
	{"GELUBackward", all(3), func(p Path, a [][]float32, _, _ int) { p.GELUBackward(a[0], a[1], a[2]) }, [][2]int{{0, 1}, {0, 2}}, 3e-6, false},
	{"Softmax", all(1), func(p Path, a [][]float32, r, c int) { p.Softmax(a[0], r, c, 0.7) }, nil, 2e-6, false},
	{"SoftmaxBackward", all(3), func(p Path, a [][]float32, r, c int) { p.SoftmaxBackward(a[0], a[1], a[2], r, c, 0.7) }, [][2]int{{0, 1}, {0, 2}}, 1e-5, true},
	{"LayerNorm", layerNormSizes, func(p Path, a [][]float32, r, c int) {
		p.LayerNorm(a[0], a[1], nil, a[3], a[4], r, c, 1e-5, nil)
	}, [][2]int{{0, 1}}, 2e-5, false},
	{"LayerNorm+residual", layerNormSizes, func(p Path, a [][]float32, r, c int) {
		p.LayerNorm(a[0], a[1], a[2], a[3], a[4], r, c, 1e-5, a[5])
	}, [][2]int{{0, 1}, {0, 2}}, 2e-5, false},
	{"LayerNormBackward", func(r, c int) []int { return []int{r * c, c, c, r * c, r * c, c, 2 * r} }, func(p Path, a [][]float32, r, c int) {
		p.LayerNormBackward(a[0], a[1], a[2], a[3], a[4], a[5], a[6], r, c)
	}, [][2]int{{0, 3}, {0, 4}}, 1e-5, true},
	{"Add", all(3), func(p Path, a [][]float32, _, _ int) { p.Add(a[0], a[1], a[2]) }, [][2]int{{0, 1}, {0, 2}}, 0, false},
	{"Mul", all(3), func(p Path, a [][]float32, _, _ int) { p.Mul(a[0], a[1], a[2]) }, [][2]int{{0, 1}, {0, 2}}, 0, false},
	{"Axpy", all(2), func(p Path, a [][]float32, _, _ int) { p.Axpy(a[0], -0.3, a[1]) }, nil, 2e-7, false},
	{"Scale", all(1), func(p Path, a [][]float32, _, _ int) { p.Scale(a[0], 1.7) }, nil, 0, false},
	{"Dot", func(r, c int) []int { return []int{1, r * c, r * c} }, func(p Path, a [][]float32, _, _ int) { a[0][0] = p.Dot(a[1], a[2]) }, nil, 1e-5, true},
	{"SumRows", func(r, c int) []int { return []int{c, r * c} }, func(p Path, a [][]float32, r, c int) { p.SumRows(a[0], a[1], r, c) }, nil, 0, false},
	{"AdamW", all(4), func(p Path, a [][]float32, _, _ int) {
		p.AdamW(a[0], a[1], a[2], a[3], 1e-3, 0.9, 0.999, 1e-8, 0.01, 0.1, 0.001)
	}, nil, 1e-6, false},
}

func layerNormSizes(r, c int) []int { return []int{r * c, r * c, r * c, c, c, 2 * r} }

// shapes are odd and even, below and above every vector's width and unrolling.
var shapes = [][2]int{{1, 1}, {1, 2}, {3, 3}, {2, 4}, {1, 5}, {5, 7}, {3, 8}, {2, 9}, {1, 15}, {4, 16}, {3, 17},
	{2, 23}, {2, 24}, {1, 31}, {2, 32}, {3, 33}, {1, 47}, {2, 48}, {1, 63}, {2, 64}, {2, 65}, {3, 100}, {1, 127}, {2, 128}, {2, 131}, {3, 384}, {2, 1000}}

func normals(rng *rand.Rand, x []float32) {
	for i := range x {
		x[i] = float32(rng.NormFloat64() * 2)
	}
}

// operands fills slices next to forbidden pages with the same numbers for the
// same seed.
func operands(t testing.TB, op operation, rows, cols int, front bool) [][]float32 {
	rng := rand.New(rand.NewPCG(uint64(rows), uint64(cols)))
	var a [][]float32
	for _, n := range op.sizes(rows, cols) {
		x := fenced[float32](t, n, front)
		normals(rng, x)
		a = append(a, x)
	}
	if op.name == "AdamW" { // its second moments aren't negative
		for i, v := range a[3] {
			a[3][i] = v * v
		}
	}
	return a
}

func copies(a [][]float32) [][]float32 {
	var b [][]float32
	for _, x := range a {
		b = append(b, slices.Clone(x))
	}
	return b
}

// near reports the first element of got that is farther from want than tol
// times the larger of 1 and |want|; values that are no number match each other.
func near(got, want []float32, tol float64) error {
	for i, w := range want {
		g := got[i]
		if g == w || g != g && w != w {
			continue
		}
		if d := math.Abs(float64(g) - float64(w)); !(d <= tol*max(1, math.Abs(float64(w)))) {
			return fmt.Errorf("element %d is %v, want %v", i, g, w)
		}
	}
	return nil
}

// fast are the paths that are compared with the portable one.
func fast() []Path { return Available()[1:] }

func TestOperationsMatchPortable(t *testing.T) {
	for _, op := range operations {
		for _, shape := range shapes {
			rows, cols := shape[0], shape[1]
			want := operands(t, op, rows, cols, false)
			op.run(Portable, want, rows, cols)
			for _, p := range fast() {
				for _, front := range []bool{false, true} {
					got := operands(t, op, rows, cols, front)
					op.run(p, got, rows, cols)
					compare(t, fmt.Sprintf("%v %s %v", p, op.name, shape), got, want, op.allowed(rows, cols))
				}
			}
		}
	}
}

func compare(t *testing.T, what string, got, want [][]float32, tol float64) {
	t.Helper()
	for i := range want {
		if err := near(got[i], want[i], tol); err != nil {
			t.Errorf("%s: argument %d: %v", what, i, err)
		}
	}
}

// TestOperationsInPlace runs every operation with its result in the memory of
// an operand, which must change nothing.
func TestOperationsInPlace(t *testing.T) {
	for _, p := range Available() {
		for _, op := range operations {
			for _, pair := range op.alias {
				apart := operands(t, op, 3, 37, false)
				shared := copies(apart)
				shared[pair[0]] = shared[pair[1]]
				op.run(p, apart, 3, 37)
				op.run(p, shared, 3, 37)
				if !equalBits(shared[pair[0]], apart[pair[0]]) {
					t.Errorf("%v %s: in the place of argument %d the result differs", p, op.name, pair[1])
				}
			}
		}
	}
}

func equalBits(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool { return math.Float32bits(x) == math.Float32bits(y) })
}

// rowWise are the operations whose result's rows depend on their own row alone,
// by the arguments that have rows (in, out or both).
var rowWise = map[string][]int{
	"Exp": {0, 1}, "GELU": {0, 1}, "GELUBackward": {0, 1, 2}, "Softmax": {0}, "SoftmaxBackward": {0, 1, 2},
	"LayerNorm": {0, 1, 2}, "LayerNorm+residual": {0, 1, 2, 5}, "LayerNormBackward": {0, 3, 4, 6},
	"Add": {0, 1, 2}, "Mul": {0, 1, 2}, "Axpy": {0, 1}, "Scale": {0}, "SumRows": {1}, "AdamW": {0, 1, 2, 3},
}

// TestRowsAreIndependent runs all rows at once and one by one, at other
// alignments, and wants the same bits.
func TestRowsAreIndependent(t *testing.T) {
	const rows = 7
	for _, p := range Available() {
		for _, op := range operations {
			sliced, ok := rowWise[op.name]
			for _, cols := range []int{1, 5, 16, 37, 100} {
				if !ok {
					continue
				}
				whole := operands(t, op, rows, cols, false)
				single := copies(whole)
				op.run(p, whole, rows, cols)
				for r := range rows {
					a := slices.Clone(single)
					for _, i := range sliced {
						width := len(single[i]) / rows
						a[i] = single[i][r*width : (r+1)*width]
					}
					op.run(p, a, 1, cols)
				}
				for i := range whole {
					if !equalBits(whole[i], single[i]) {
						t.Errorf("%v %s of %d columns: argument %d depends on the batching of rows", p, op.name, cols, i)
					}
				}
			}
		}
	}
}

// TestNothingToDo wants no panic and no change from sizes of zero.
func TestNothingToDo(t *testing.T) {
	for _, p := range Available() {
		for _, op := range operations {
			if op.name == "Dot" {
				continue
			}
			for _, shape := range [][2]int{{0, 0}, {0, 4}, {4, 0}} {
				a := operands(t, op, shape[0], shape[1], false)
				want := copies(a)
				op.run(p, a, shape[0], shape[1])
				compare(t, fmt.Sprintf("%v %s %v", p, op.name, shape), a, want, 0)
			}
		}
		if d := p.Dot(nil, nil); d != 0 {
			t.Errorf("%v: the empty Dot is %v", p, d)
		}
	}
}

// TestShortSlicesPanic wants a panic instead of a write past the end.
func TestShortSlicesPanic(t *testing.T) {
	for _, p := range Available() {
		for name, f := range map[string]func(){
			"Exp":     func() { p.Exp(make([]float32, 3), make([]float32, 4)) },
			"Softmax": func() { p.Softmax(make([]float32, 3), 2, 2, 1) },
			"Gemm": func() {
				p.Gemm(false, false, 2, 2, 2, make([]float32, 3), 2, make([]float32, 4), 2, make([]float32, 4), 2, false, nil)
			},
		} {
			if !panics(f) {
				t.Errorf("%v %s: no panic on a short slice", p, name)
			}
		}
	}
}

func panics(f func()) (yes bool) {
	defer func() { yes = recover() != nil }()
	f()
	return false
}
