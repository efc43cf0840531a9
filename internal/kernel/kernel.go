// Package kernel is the arithmetic under the encoder: products of matrices,
// and the element-wise and row-wise operations of a transformer, forward and
// backward, in float32, bfloat16 and int8.
//
// Every operation exists once in portable Go, the reference, and again in
// assembly for what a CPU offers. A [Path] names one such set; it is chosen at
// run time:
//
//	p := kernel.Best()                                     // or Choose("avx2")
//	l := p.NewLinear(w, b, 384, 384, kernel.Float32)       // w: (out, in)
//	var s kernel.Scratch                                   // one a goroutine
//	l.Apply(y, x, rows, kernel.GELU, &s)                   // x: (rows, in), y: (rows, out)
//
// All matrices are row-major. Slices hold at least the elements that the sizes
// given ask for, or the call panics before anything is written; a size of zero
// is no error. Of what lies beyond those elements nothing is read or written.
//
// A path's results are deterministic: they depend neither on where the slices
// lie in memory nor on how rows are batched (row r of a result has the same
// bits whatever the number of rows). Two paths differ in the last bits, since
// they add in another order and fuse multiplication with addition.
//
// A value that is no number stays none: a NaN in a row's input is a NaN in
// that row's output, in every operation and precision.
//
// No kernel starts goroutines: callers run groups of sentences side by side,
// each goroutine with its own Scratch. A Linear is safe for any number of them.
package kernel

//go:generate go run ./gen

import "math"

// Precision is the number format a product's operands are held in. Sums are
// kept in float32 (int32 for Int8) and results are float32 in all of them.
type Precision uint8

const (
	Float32  Precision = iota
	BFloat16           // both operands rounded to bfloat16, nearest even
	Int8               // weights symmetric per output channel, inputs per row
)

// Activation is applied to a product's result before it is stored.
type Activation uint8

const (
	None Activation = iota
	GELU            // x Φ(x), Φ the normal distribution by erf, not tanh's approximation
)

// GELU sets dst = x Φ(x), with Φ(x) = (1 + erf(x/√2)) / 2. dst may be x.
func (p Path) GELU(dst, x []float32) { p.set().gelu(dst[:len(x)], x) }

// GELUBackward sets dx = dy (Φ(x) + x φ(x)), the gradient through GELU at x.
// dx may be x or dy.
func (p Path) GELUBackward(dx, x, dy []float32) {
	p.set().geluBackward(dx[:len(x)], x, dy[:len(x)])
}

// Exp sets dst = e^x; below -87.33, where the result is no normal float32, it
// is 0. dst may be x.
func (p Path) Exp(dst, x []float32) { p.set().exp(dst[:len(x)], x) }

// Softmax replaces each row of x (rows, cols) by softmax(scale * row). Elements
// of -Inf become 0, unless all of a row are, which gives NaN.
func (p Path) Softmax(x []float32, rows, cols int, scale float32) {
	if rows > 0 && cols > 0 {
		p.set().softmax(x[:rows*cols], cols, scale)
	}
}

// SoftmaxBackward sets dx = scale * y * (dy - sum of y*dy over the row): the
// gradient at x of y = softmax(scale * x). All are (rows, cols); dx may be y
// or dy.
func (p Path) SoftmaxBackward(dx, y, dy []float32, rows, cols int, scale float32) {
	if n := rows * cols; n > 0 {
		p.set().softmaxBackward(dx[:n], y[:n], dy[:n], cols, scale)
	}
}

// LayerNorm sets each row of dst to (v - mean) / sqrt(variance + eps) * gamma
// + beta, where v is the row of x plus that of residual, which may be nil. The
// variance is the population's. dst, x and residual are (rows, cols), gamma
// and beta (cols). stat (rows, 2) receives mean and 1/sqrt(variance + eps)
// unless it is nil. dst may be x or residual.
func (p Path) LayerNorm(dst, x, residual, gamma, beta []float32, rows, cols int, eps float32, stat []float32) {
	n := rows * cols
	if n <= 0 {
		return
	}
	if residual != nil {
		residual = residual[:n]
	}
	if stat != nil {
		stat = stat[:2*rows]
	}
	p.set().layerNorm(dst[:n], x[:n], residual, gamma[:cols], beta[:cols], eps, stat)
}

// LayerNormBackward sets dx to the gradient of LayerNorm at xsum = x +
// residual, and adds those of gamma and beta to dgamma and dbeta (cols), row
// after row. dx, dy and xsum are (rows, cols); stat is what LayerNorm kept. dx
// may be dy or xsum.
func (p Path) LayerNormBackward(dx, dgamma, dbeta, dy, xsum, gamma, stat []float32, rows, cols int) {
	n := rows * cols
	if n <= 0 {
		return
	}
	p.set().layerNormBackward(dx[:n], dgamma[:cols], dbeta[:cols], dy[:n], xsum[:n], gamma[:cols], stat[:2*rows])
}

// Add sets dst = a + b. dst may be a or b.
func (p Path) Add(dst, a, b []float32) { p.set().add(dst[:len(a)], a, b[:len(a)]) }

// Mul sets dst = a * b, element by element. dst may be a or b.
func (p Path) Mul(dst, a, b []float32) { p.set().mul(dst[:len(a)], a, b[:len(a)]) }

// Axpy adds alpha * x to dst.
func (p Path) Axpy(dst []float32, alpha float32, x []float32) {
	p.set().axpy(dst[:len(x)], alpha, x)
}

// Scale multiplies x by alpha in place.
func (p Path) Scale(x []float32, alpha float32) { p.set().scale(x, alpha) }

// Dot is the sum of a * b.
func (p Path) Dot(a, b []float32) float32 { return p.set().dot(a, b[:len(a)]) }

// SumRows adds the rows of x (rows, cols) to dst (cols), in order.
func (p Path) SumRows(dst, x []float32, rows, cols int) {
	if n := rows * cols; n > 0 {
		p.set().sumRows(dst[:cols], x[:n])
	}
}

// AdamW takes one step of PyTorch's AdamW on weights w with gradients g and
// first and second moments m and v, all updated in place but g:
//
//	w -= lr * decay * w
//	m += (1 - beta1) * (g - m)
//	v = beta2 * v + (1 - beta2) * g * g
//	w -= lr / corr1 * m / (sqrt(v / corr2) + eps)
//
// corr1 is 1 - beta1^t and corr2 is 1 - beta2^t at step t, counted from 1.
func (p Path) AdamW(w, g, m, v []float32, lr, beta1, beta2, eps, decay, corr1, corr2 float32) {
	n := len(w)
	p.set().adamW(w, g[:n], m[:n], v[:n], newAdam(lr, beta1, beta2, eps, decay, corr1, corr2))
}

// adam holds an AdamW step's constants, worked out once in float64. Assembly
// reads them by position.
type adam struct {
	keep  float32 // 1 - lr*decay
	mix1  float32 // 1 - beta1
	beta2 float32
	mix2  float32 // 1 - beta2
	root  float32 // 1 / sqrt(corr2)
	eps   float32
	step  float32 // lr / corr1
}

func newAdam(lr, beta1, beta2, eps, decay, corr1, corr2 float32) *adam {
	return &adam{
		keep:  float32(1 - float64(lr)*float64(decay)),
		mix1:  float32(1 - float64(beta1)),
		beta2: beta2,
		mix2:  float32(1 - float64(beta2)),
		root:  float32(1 / math.Sqrt(float64(corr2))),
		eps:   eps,
		step:  float32(float64(lr) / float64(corr1)),
	}
}
