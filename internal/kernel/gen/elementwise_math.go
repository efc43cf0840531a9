package main

import "math"

// The functions that are approximated: e^x, GELU and its slope. Coefficients
// are minimax fits, the lowest power first.

// e^r = 1 + r + r² (...) for |r| up to ln2/2, relative error 3e-9.
var expCoefficients = []float32{1, 1, 0.49999993, 0.16666518, 0.04166842, 0.00836906, 0.00138139}

const (
	expMagic = 12582912     // 1.5 * 2^23: adding it rounds to an integer in the low bits
	ln2High  = 0.693359375  // ln 2 in few bits, so that n*ln2High is exact,
	ln2Low   = -2.121944e-4 // and what is missing
	expFloor = -87.336544   // below, e^x is no normal number
	expCeil  = 88.722839    // above, it is infinite
	log2e    = 1.44269504
	infinity = 0x7f800000 // its bits

	minusInfinity = 0xff800000
	largest       = math.MaxFloat32
)

// exponent is e^x, x in register 0, which keeps it; the result is in register 2
// and 1 and 3 are used. Without the ceiling x must not be above expCeil.
//
// x = n ln2 + r with n an integer; n is added to the exponent of e^r. Where that
// leaves the range of exponents the result is replaced; a NaN passes through.
func (p part) exponent(c *code, ceiling bool) {
	x, n, y, t := p.r(0), p.r(1), p.r(2), p.r(3)
	c.op("VMOVUPS", p.float(expMagic), n)
	c.op("VFMADD231PS", p.float(log2e), x, n)
	c.op("VSUBPS", p.float(expMagic), n, y)
	c.op("VMOVAPS", x, t)
	c.op("VFNMADD231PS", p.float(ln2High), y, t)
	c.op("VFNMADD231PS", p.float(ln2Low), y, t)
	c.op("VPSLLD", "$23", n, n)
	last := len(expCoefficients) - 1
	c.op("VMOVUPS", p.float(expCoefficients[last]), y)
	for i := last - 1; i >= 0; i-- {
		c.op("VFMADD213PS", p.float(expCoefficients[i]), t, y)
	}
	if p.wide() {
		mask := "K2"
		if p.base > 0 {
			mask = "K3"
		}
		c.op("VCMPPS", "$5", p.float(expFloor), x, mask) // not less than, so true of a NaN
		c.op("VPADDD.Z", n, y, mask, y)
		if ceiling {
			c.op("VCMPPS", "$0x1e", p.float(expCeil), x, mask) // greater
			c.op("VMOVUPS", p.word(infinity), mask, y)
		}
		return
	}
	c.op("VPADDD", n, y, y)
	c.op("VCMPPS", "$5", p.float(expFloor), x, t)
	c.op("VANDPS", t, y, y)
	if ceiling {
		c.op("VCMPPS", "$0x1e", p.float(expCeil), x, t)
		c.op("VBLENDVPS", t, p.word(infinity), y, y)
	}
}

func (w *writer) exponential() {
	w.function("exp", "sets n numbers: dst = e^x.", "n int, dst, x unsafe.Pointer")
	w.arguments("n", "CX", "dst", "DI", "x", "SI")
	w.loop("exp", 7, []string{"DI", "SI"}, func(p part) (c code) {
		p.load(&c, "SI", p.r(0))
		p.exponent(&c, true)
		p.store(&c, p.r(2), "DI")
		return c
	})
	w.end()
}

// curve is an odd function that is flat outside of ±edge: x times a polynomial
// in s = 2 (x/edge)² - 1, which lies in [-1, 1].
type curve struct {
	edge         float32
	coefficients []float32
}

// Φ(x) - 1/2: the error of GELU by it is at most 8e-7 times the larger of 1 and
// its value; at the edge it is exactly 1/2 or more.
var normalCurve = curve{5.6, []float32{
	0.1262596, -0.0630513, 0.04698081, -0.038344864, 0.0319715,
	-0.026320713, 0.020928826, -0.015702844, 0.011032795, -0.007692057,
	0.005242297, -0.0026326042, 0.00088139507, -0.00080784544, 0.00081668963,
	-0.00027596467,
}}

// The slope of GELU less 1/2: error 5e-7.
var slopeCurve = curve{6, []float32{
	0.11789777, -0.059342664, 0.046055473, -0.042373355, 0.044619303,
	-0.05081582, 0.057998877, -0.06513808, 0.070651345, -0.062767826,
	0.042908564, -0.04242096, 0.051996823, -0.025946163, -0.0053408956,
	-0.0026505662, 0.013821473, -0.0058199773,
}}

// evaluate sets register 2 to the curve at register 0, which becomes x within
// the edges; 1, 3 and 4 are used. The polynomial's even and odd powers are summed
// side by side.
func (p part) evaluate(c *code, k curve) {
	x, odd, even, s := p.r(0), p.r(1), p.r(2), p.r(3)
	square := p.r(4)
	c.op("VMOVUPS", p.float(k.edge), even)
	c.op("VMINPS", x, even, x) // of two operands the first passes a NaN on
	c.op("VMOVUPS", p.float(-k.edge), even)
	c.op("VMAXPS", x, even, x)
	c.op("VMULPS", x, x, s)
	c.op("VMOVUPS", p.float(-1), even)
	c.op("VFMADD132PS", p.float(2/(k.edge*k.edge)), even, s)
	c.op("VMULPS", s, s, square)
	last := len(k.coefficients) - 1 // odd
	c.op("VMOVUPS", p.float(k.coefficients[last]), odd)
	c.op("VMOVUPS", p.float(k.coefficients[last-1]), even)
	for i := last - 2; i > 0; i -= 2 {
		c.op("VFMADD213PS", p.float(k.coefficients[i]), square, odd)
		c.op("VFMADD213PS", p.float(k.coefficients[i-1]), square, even)
	}
	c.op("VFMADD231PS", odd, s, even)
	c.op("VMULPS", x, even, even)
}

func (w *writer) gelu() {
	w.function("gelu", "sets n numbers: dst = GELU(x).", "n int, dst, x unsafe.Pointer")
	w.arguments("n", "CX", "dst", "DI", "x", "SI")
	w.loop("gelu", 7, []string{"DI", "SI"}, func(p part) (c code) {
		x, d, t := p.r(5), p.r(2), p.r(3)
		p.load(&c, "SI", x)
		c.op("VMOVAPS", x, p.r(0))
		p.evaluate(&c, normalCurve)
		c.op("VMOVUPS", p.float(-0.5), t)
		c.op("VMAXPS", d, t, d)
		c.op("VADDPS", p.float(0.5), d, d)
		c.op("VMOVUPS", p.float(-largest), t) // -Inf times 0 would be NaN
		c.op("VMAXPS", x, t, x)
		c.op("VMULPS", x, d, d)
		p.store(&c, d, "DI")
		return c
	})
	w.end()
}

func (w *writer) geluBackward() {
	w.function("geluBackward", "sets n numbers: dx = dy times GELU's slope at x.", "n int, dx, x, dy unsafe.Pointer")
	w.arguments("n", "CX", "dx", "DI", "x", "SI", "dy", "DX")
	w.loop("geluBackward", 7, []string{"DI", "SI", "DX"}, func(p part) (c code) {
		d := p.r(2)
		p.load(&c, "SI", p.r(0))
		p.evaluate(&c, slopeCurve)
		c.op("VADDPS", p.float(0.5), d, d)
		p.load(&c, "DX", p.r(3))
		c.op("VMULPS", p.r(3), d, d)
		p.store(&c, d, "DI")
		return c
	})
	w.end()
}
