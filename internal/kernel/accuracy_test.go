package kernel

import (
	"math"
	"testing"
)

// sweep is the numbers from low to high and some beside every special one.
func sweep(low, high float32) []float32 {
	var x []float32
	for v := low; v < high; v += (high - low) / 300007 {
		x = append(x, v)
	}
	return append(x, 0, float32(math.Copysign(0, -1)), 1e-40, -1e-40, 1e-20, -1e-20, 5.9e-8, -5.9e-8)
}

// worst is the greatest error of got against f at x, relative to the larger of
// floor and |f|.
func worst(x, got []float32, floor float64, f func(float64) float64) (at float32, err float64) {
	for i, v := range x {
		want := f(float64(v))
		if e := math.Abs(float64(got[i])-want) / max(floor, math.Abs(want)); !(e <= err) {
			at, err = v, e
		}
	}
	return at, err
}

func TestAccuracy(t *testing.T) {
	ones := make([]float32, 400000)
	for i := range ones {
		ones[i] = 1
	}
	for _, test := range []struct {
		name        string
		low, high   float32
		floor, most float64
		run         func(p Path, dst, x []float32)
		f           func(float64) float64
	}{
		{"Exp", -87.33, 88.72, 0, 2e-7, func(p Path, dst, x []float32) { p.Exp(dst, x) }, math.Exp},
		{"GELU", -14, 14, 1, 8e-7, func(p Path, dst, x []float32) { p.GELU(dst, x) }, func(x float64) float64 { return x * normal(x) }},
		{"GELU's slope", -14, 14, 1, 5e-7, func(p Path, dst, x []float32) { p.GELUBackward(dst, x, ones[:len(x)]) },
			func(x float64) float64 { return normal(x) + x*math.Exp(-x*x/2)/math.Sqrt(2*math.Pi) }},
	} {
		for _, p := range Available() {
			x := sweep(test.low, test.high)
			dst := make([]float32, len(x))
			test.run(p, dst, x)
			at, err := worst(x, dst, test.floor, test.f)
			t.Logf("%-8v %-12s worst error %.2e at %v", p, test.name, err, at)
			if err > test.most {
				t.Errorf("%v %s: error %.2e at %v, want at most %.1e", p, test.name, err, at, test.most)
			}
		}
	}
}

var (
	inf = float32(math.Inf(1))
	nan = float32(math.NaN())
)

// TestSpecialValues looks at infinities, numbers out of range and NaN.
func TestSpecialValues(t *testing.T) {
	x := []float32{-inf, -1e30, -88, -87.4, 0, 88.8, 1e30, inf, nan}
	for _, test := range []struct {
		name string
		run  func(p Path, dst, x []float32)
		want []float32
		tol  float64
	}{
		{"Exp", func(p Path, dst, x []float32) { p.Exp(dst, x) }, []float32{0, 0, 0, 0, 1, inf, inf, inf, nan}, 0},
		{"GELU", func(p Path, dst, x []float32) { p.GELU(dst, x) }, []float32{0, 0, 0, 0, 0, 88.8, 1e30, inf, nan}, 0},
		{"GELUBackward", func(p Path, dst, x []float32) { p.GELUBackward(dst, x, []float32{2, 2, 2, 2, 2, 2, 2, 2, 2}) },
			[]float32{0, 0, 0, 0, 1, 2, 2, 2, nan}, 2.5e-7},
	} {
		for _, p := range Available() {
			got := make([]float32, len(x))
			test.run(p, got, x)
			if err := near(got, test.want, test.tol); err != nil {
				t.Errorf("%v %s: %v of %v", p, test.name, err, x)
			}
		}
	}
}

// TestSoftmaxOfSpecials masks elements by -Inf and by large numbers, and wants
// a NaN to fill its row and no other.
func TestSoftmaxOfSpecials(t *testing.T) {
	for _, p := range Available() {
		for _, cols := range []int{3, 8, 19, 40} {
			x := make([]float32, 3*cols)
			for i := range x {
				x[i] = -inf
			}
			x[cols-1], x[cols-2] = 5, 5 // the rest of row 0 is masked
			for i := range cols {
				x[cols+i] = -1e30
				x[2*cols+i] = float32(i)
			}
			x[cols] = 1e30
			x[3*cols-1] = nan
			p.Softmax(x, 3, cols, 1)
			want := make([]float32, 3*cols)
			want[cols-1], want[cols-2], want[cols] = 0.5, 0.5, 1
			for i := range cols {
				want[2*cols+i] = nan
			}
			if err := near(x, want, 0); err != nil {
				t.Errorf("%v, %d columns: %v", p, cols, err)
			}
		}
	}
}

// TestNaNStaysInItsRow puts a NaN at every place of a row.
func TestNaNStaysInItsRow(t *testing.T) {
	const rows, cols = 3, 37
	for _, p := range Available() {
		for at := range cols {
			x := make([]float32, rows*cols)
			for i := range x {
				x[i] = float32(i%7) - 3
			}
			x[cols+at] = nan
			y, ones := make([]float32, rows*cols), make([]float32, cols)
			p.LayerNorm(y, x, nil, ones, ones, rows, cols, 1e-5, nil)
			for i, v := range y {
				if (v != v) != (i/cols == 1) {
					t.Fatalf("%v LayerNorm: NaN at %d of row 1 gives %v at %d", p, at, v, i)
				}
			}
		}
	}
}

func TestQuantizeRow(t *testing.T) {
	for _, p := range Available() {
		for _, test := range []struct {
			x     []float32
			q     []int8
			scale float32
		}{
			{nil, nil, 0},
			{[]float32{0, 0}, []int8{0, 0}, 0},
			{[]float32{1, -2, 0.5, 254}, []int8{0, -1, 0, 127}, 2},
			{[]float32{-127, 2.5, 3.5, -0.4}, []int8{-127, 2, 4, 0}, 1},
			{[]float32{1, nan, 2}, []int8{0, 0, 0}, nan},
			{[]float32{1, -inf, 2}, []int8{0, 0, 0}, nan},
		} {
			q := make([]int8, len(test.x))
			scale := p.QuantizeRow(q, test.x)
			if string(bytesOf(q)) != string(bytesOf(test.q)) || near([]float32{scale}, []float32{test.scale}, 0) != nil {
				t.Errorf("%v QuantizeRow(%v) = %v, %v, want %v, %v", p, test.x, q, scale, test.q, test.scale)
			}
		}
	}
}

func bytesOf(q []int8) []byte {
	b := make([]byte, len(q))
	for i, v := range q {
		b[i] = byte(v)
	}
	return b
}

// TestAdamWIsPyTorchs takes three steps whose results torch.optim.AdamW gave.
func TestAdamWIsPyTorchs(t *testing.T) {
	for _, p := range Available() {
		w := []float32{0.5, -1.25, 2}
		m, v := make([]float32, 3), make([]float32, 3)
		for step := 1; step <= 3; step++ {
			g := []float32{0.1 * float32(step), -2, 1e-4}
			corr1 := float32(1 - math.Pow(0.9, float64(step)))
			corr2 := float32(1 - math.Pow(0.999, float64(step)))
			p.AdamW(w, g, m, v, 0.01, 0.9, 0.999, 1e-8, 0.1, corr1, corr2)
		}
		if err := near(w, adamWGolden, 3e-7); err != nil {
			t.Errorf("%v: %v", p, err)
		}
	}
}

var adamWGolden = []float32{0.469299346, -1.2162838, 1.96403897}
