package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The gradients are compared with central differences of the portable forward
// kernels' formulas in float64, along every element.

// slope is the central difference of f along element i of x.
func slope(f func(x []float64) float64, x []float64, i int) float64 {
	const h = 1e-5
	kept := x[i]
	defer func() { x[i] = kept }()
	x[i] = kept + h
	up := f(x)
	x[i] = kept - h
	return (up - f(x)) / (2 * h)
}

func wide(x []float32) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}

// alongRow is the sum over a row of f's values times dy, a scalar whose
// gradient is the backward kernel's result.
func alongRow(values []float64, dy []float32) float64 {
	sum := 0.0
	for i, v := range values {
		sum += v * float64(dy[i])
	}
	return sum
}

func geluRow(x []float64) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = v * normal(v)
	}
	return y
}

func softmaxOf(x []float64, scale float64) []float64 {
	y, sum := make([]float64, len(x)), 0.0
	for i, v := range x {
		y[i] = math.Exp(v * scale)
		sum += y[i]
	}
	for i := range y {
		y[i] /= sum
	}
	return y
}

// normalised is LayerNorm of one row.
func normalised(x, gamma, beta []float64, eps float64) []float64 {
	mean, variance := 0.0, 0.0
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		variance += (v - mean) * (v - mean) / float64(len(x))
	}
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = (v-mean)/math.Sqrt(variance+eps)*gamma[i] + beta[i]
	}
	return y
}

// differ reports elements of a gradient that are not the differences of f.
func differ(t *testing.T, what string, got []float32, f func([]float64) float64, x []float64) {
	t.Helper()
	for i := range got {
		if want := slope(f, x, i); math.Abs(want-float64(got[i])) > 2e-5*max(1, math.Abs(want)) {
			t.Errorf("%s: gradient %d is %v, differences give %v", what, i, got[i], want)
		}
	}
}

func TestGradients(t *testing.T) {
	const cols, eps, scale = 21, 1e-5, 0.3
	rng := rand.New(rand.NewPCG(1, 2))
	x, dy, gamma, beta := make([]float32, cols), make([]float32, cols), make([]float32, cols), make([]float32, cols)
	for _, v := range [][]float32{x, dy, gamma, beta} {
		normals(rng, v)
	}
	for _, p := range Available() {
		dx := make([]float32, cols)
		p.GELUBackward(dx, x, dy)
		differ(t, p.String()+" GELU", dx, func(x []float64) float64 { return alongRow(geluRow(x), dy) }, wide(x))

		y := slices.Clone(x)
		p.Softmax(y, 1, cols, scale)
		p.SoftmaxBackward(dx, y, dy, 1, cols, scale)
		differ(t, p.String()+" Softmax", dx, func(x []float64) float64 { return alongRow(softmaxOf(x, scale), dy) }, wide(x))

		dgamma, dbeta, stat := make([]float32, cols), make([]float32, cols), make([]float32, 2)
		p.LayerNorm(y, x, nil, gamma, beta, 1, cols, eps, stat)
		p.LayerNormBackward(dx, dgamma, dbeta, dy, x, gamma, stat, 1, cols)
		loss := func(x, gamma, beta []float64) float64 { return alongRow(normalised(x, gamma, beta, eps), dy) }
		differ(t, p.String()+" LayerNorm", dx, func(v []float64) float64 { return loss(v, wide(gamma), wide(beta)) }, wide(x))
		differ(t, p.String()+" LayerNorm's gamma", dgamma, func(v []float64) float64 { return loss(wide(x), v, wide(beta)) }, wide(gamma))
		differ(t, p.String()+" LayerNorm's beta", dbeta, func(v []float64) float64 { return loss(wide(x), wide(gamma), v) }, wide(beta))
	}
}
