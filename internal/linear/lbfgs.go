package linear

import "math"

// history is how many steps L-BFGS remembers.
const history = 8

// minimise moves x to a minimum of f by L-BFGS with backtracking. f sets grad
// and returns its value at x.
func minimise(x []float64, f func(x, grad []float64) float64, iterations int) {
	n := len(x)
	m := memory{}
	grad, next, nextGrad, dir := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	value := f(x, grad)
	for range iterations {
		m.direction(dir, grad)
		slope := dot(dir, grad)
		if slope > -1e-12 {
			return
		}
		step := 1.0
		if len(m.s) == 0 {
			step = 1 / math.Max(1, math.Sqrt(dot(grad, grad)))
		}
		newValue, ok := value, false
		for range 30 {
			for i := range x {
				next[i] = x[i] + step*dir[i]
			}
			newValue = f(next, nextGrad)
			if ok = newValue <= value+1e-4*step*slope; ok {
				break
			}
			step /= 2
		}
		if !ok {
			return
		}
		m.add(x, next, grad, nextGrad)
		copy(x, next)
		grad, nextGrad = nextGrad, grad
		done := value-newValue <= 1e-7*math.Max(1, math.Abs(value))
		if value = newValue; done {
			return
		}
	}
}

// memory holds the last steps and changes of gradient.
type memory struct {
	s, y [][]float64
	rho  []float64
}

// add remembers the step from x to next.
func (m *memory) add(x, next, grad, nextGrad []float64) {
	s, y := make([]float64, len(x)), make([]float64, len(x))
	for i := range x {
		s[i], y[i] = next[i]-x[i], nextGrad[i]-grad[i]
	}
	sy := dot(s, y)
	if sy < 1e-12 {
		return
	}
	if len(m.s) == history {
		m.s, m.y, m.rho = m.s[1:], m.y[1:], m.rho[1:]
	}
	m.s, m.y, m.rho = append(m.s, s), append(m.y, y), append(m.rho, 1/sy)
}

// direction sets dir to minus the inverse curvature times grad (the two-loop
// recursion).
func (m *memory) direction(dir, grad []float64) {
	for i := range grad {
		dir[i] = -grad[i]
	}
	k := len(m.s)
	alpha := make([]float64, k)
	for j := k - 1; j >= 0; j-- {
		alpha[j] = m.rho[j] * dot(m.s[j], dir)
		axpy(dir, -alpha[j], m.y[j])
	}
	if k > 0 {
		scale := 1 / (m.rho[k-1] * dot(m.y[k-1], m.y[k-1]))
		for i := range dir {
			dir[i] *= scale
		}
	}
	for j := range k {
		axpy(dir, alpha[j]-m.rho[j]*dot(m.y[j], dir), m.s[j])
	}
}

func dot(a, b []float64) float64 {
	var s float64
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

func axpy(y []float64, a float64, x []float64) {
	for i := range y {
		y[i] += a * x[i]
	}
}
