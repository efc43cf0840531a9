package main

import "strconv"

// The kernels of rows: one call is one row of n numbers. Sums are taken in two
// registers, one of each of the loop's bodies, added at the end.

// softmax passes three times: the largest, the powers and their sum, the
// division.
func (w *writer) softmax() {
	const scale, top, sum, stride = 12, 13, 5, 6
	w.function("softmax", "replaces a row of n numbers, at least 1, by softmax(scale * x).", "n int, x unsafe.Pointer, scale float32")
	w.broadcast("scale", scale)
	w.op("VMOVUPS", w.word(minusInfinity), w.v(sum))
	w.op("VMOVUPS", w.word(minusInfinity), w.v(sum+stride))
	w.op("VMOVUPS", w.word(minusInfinity), w.v(top))
	w.arguments("n", "CX", "x", "SI")
	w.loop("top", stride, []string{"SI"}, func(p part) (c code) {
		x, most := p.r(0), p.r(sum)
		p.load(&c, "SI", x)
		c.op("VMULPS", p.v(scale), x, x)
		switch {
		case p.masked && p.wide():
			c.op("VMAXPS", x, most, maskAVX512, most)
			return c
		case p.masked:
			c.op("VBLENDVPS", p.v(maskRegister), x, p.v(top), x)
		}
		c.op("VMAXPS", x, most, most)
		return c
	})
	w.op("VMAXPS", w.v(sum+stride), w.v(sum), w.v(top))
	w.fold("VMAXPS", top)
	w.clear(sum, sum+stride)
	w.arguments("n", "CX", "x", "SI")
	w.loop("power", stride, []string{"SI"}, func(p part) (c code) {
		p.load(&c, "SI", p.r(0))
		c.op("VMULPS", p.v(scale), p.r(0), p.r(0))
		c.op("VSUBPS", p.v(top), p.r(0), p.r(0))
		p.exponent(&c, false)
		p.only(&c, p.r(2))
		c.op("VADDPS", p.r(2), p.r(sum), p.r(sum))
		p.store(&c, p.r(2), "SI")
		return c
	})
	w.op("VADDPS", w.v(sum+stride), w.v(sum), w.v(sum))
	w.fold("VADDPS", sum)
	w.op("VMOVUPS", w.float(1), w.v(top))
	w.op("VDIVPS", w.v(sum), w.v(top), w.v(top))
	w.arguments("n", "CX", "x", "SI")
	w.loop("divide", stride, []string{"SI"}, func(p part) (c code) {
		p.load(&c, "SI", p.r(0))
		c.op("VMULPS", p.v(top), p.r(0), p.r(0))
		p.store(&c, p.r(0), "SI")
		return c
	})
	w.end()
}

func (w *writer) softmaxBackward() {
	const scale, total, sum, stride = 12, 13, 2, 3
	w.function("softmaxBackward", "sets a row of n numbers: dx = scale * y * (dy - sum of y*dy).", "n int, dx, y, dy unsafe.Pointer, scale float32")
	w.broadcast("scale", scale)
	w.clear(sum, sum+stride)
	w.arguments("n", "CX", "y", "SI", "dy", "DX")
	w.loop("sum", stride, []string{"SI", "DX"}, func(p part) (c code) {
		p.load(&c, "SI", p.r(0))
		p.load(&c, "DX", p.r(1))
		c.op("VFMADD231PS", p.r(0), p.r(1), p.r(sum))
		return c
	})
	w.op("VADDPS", w.v(sum+stride), w.v(sum), w.v(sum))
	w.fold("VADDPS", sum)
	w.op("VMOVAPS", w.v(sum), w.v(total))
	w.arguments("n", "CX", "dx", "DI", "y", "SI", "dy", "DX")
	w.loop("slope", stride, []string{"DI", "SI", "DX"}, func(p part) (c code) {
		p.load(&c, "SI", p.r(0))
		p.load(&c, "DX", p.r(1))
		c.op("VSUBPS", p.v(total), p.r(1), p.r(1))
		c.op("VMULPS", p.v(scale), p.r(0), p.r(0))
		c.op("VMULPS", p.r(0), p.r(1), p.r(1))
		p.store(&c, p.r(1), "DI")
		return c
	})
	w.end()
}

// layerNorm passes three times: the sum of both inputs and its mean, the
// variance, the result.
func (w *writer) layerNorm() {
	const mean, inverse, sum, stride = 12, 13, 2, 3
	w.function("layerNorm", "normalises a row of n numbers, x plus residual unless that is nil; share is 1/n, stat receives mean and 1/sqrt(variance + eps) unless it is nil.",
		"n int, dst, x, residual, gamma, beta, stat unsafe.Pointer, share, eps float32")
	w.clear(sum, sum+stride)
	w.arguments("n", "CX", "dst", "DI", "x", "SI", "residual", "DX")
	w.op("TESTQ", "DX", "DX")
	w.op("JZ", "alone")
	add := func(residual bool) func(p part) code {
		return func(p part) (c code) {
			p.load(&c, "SI", p.r(0))
			if residual {
				p.load(&c, "DX", p.r(1))
				c.op("VADDPS", p.r(1), p.r(0), p.r(0))
			}
			c.op("VADDPS", p.r(0), p.r(sum), p.r(sum))
			p.store(&c, p.r(0), "DI")
			return c
		}
	}
	w.loop("both", stride, []string{"DI", "SI", "DX"}, add(true))
	w.op("JMP", "mean")
	w.fn.Label("alone")
	w.loop("alone", stride, []string{"DI", "SI"}, add(false))
	w.fn.Label("mean")
	w.op("VADDPS", w.v(sum+stride), w.v(sum), w.v(sum))
	w.fold("VADDPS", sum)
	w.broadcast("share", mean)
	w.op("VMULPS", w.v(mean), w.v(sum), w.v(mean))
	w.clear(sum, sum+stride)
	w.arguments("n", "CX", "dst", "DI")
	w.loop("variance", stride, []string{"DI"}, func(p part) (c code) {
		p.load(&c, "DI", p.r(0))
		c.op("VSUBPS", p.v(mean), p.r(0), p.r(0))
		p.only(&c, p.r(0))
		c.op("VFMADD231PS", p.r(0), p.r(0), p.r(sum))
		return c
	})
	w.inverseRoot(sum, stride, inverse)
	w.op("MOVQ", w.fn.Arg("stat"), "R9")
	w.op("TESTQ", "R9", "R9")
	w.op("JZ", "result")
	w.op("VMOVSS", w.x(mean), "(R9)")
	w.op("VMOVSS", w.x(inverse), "4(R9)")
	w.fn.Label("result")
	w.arguments("n", "CX", "dst", "DI", "gamma", "BX", "beta", "R8")
	w.loop("affine", stride, []string{"DI", "BX", "R8"}, func(p part) (c code) {
		p.load(&c, "DI", p.r(0))
		p.load(&c, "BX", p.r(1))
		p.load(&c, "R8", p.r(2))
		c.op("VSUBPS", p.v(mean), p.r(0), p.r(0))
		c.op("VMULPS", p.v(inverse), p.r(0), p.r(0))
		c.op("VFMADD213PS", p.r(2), p.r(1), p.r(0))
		p.store(&c, p.r(0), "DI")
		return c
	})
	w.end()
}

// inverseRoot sets a register to 1/sqrt(sum*share + eps).
func (w *writer) inverseRoot(sum, stride, to int) {
	w.op("VADDPS", w.v(sum+stride), w.v(sum), w.v(sum))
	w.fold("VADDPS", sum)
	w.broadcast("share", sum+1)
	w.broadcast("eps", to)
	w.op("VFMADD231PS", w.v(sum+1), w.v(sum), w.v(to))
	w.op("VSQRTPS", w.v(to), w.v(to))
	w.op("VMOVUPS", w.float(1), w.v(sum))
	w.op("VDIVPS", w.v(to), w.v(sum), w.v(to))
}

// layerNormBackward passes twice: the two sums, with gamma's and beta's
// gradients on the way, then the result.
func (w *writer) layerNormBackward() {
	const mean, inverse, shift, slope, sum, along, stride = 12, 13, 14, 11, 3, 4, 5
	w.function("layerNormBackward", "sets dx of a row of n numbers and adds to dgamma and dbeta; share is 1/n, stat the row's mean and 1/sqrt(variance + eps).",
		"n int, dx, dgamma, dbeta, dy, x, gamma, stat unsafe.Pointer, share float32")
	w.op("MOVQ", w.fn.Arg("stat"), "R8")
	w.op("VBROADCASTSS", "(R8)", w.v(mean))
	w.op("VBROADCASTSS", "4(R8)", w.v(inverse))
	w.clear(sum, along, sum+stride, along+stride)
	// unit leaves the normalised row in register 0 and dy in 1.
	unit := func(p part, c *code) {
		p.load(c, "SI", p.r(0))
		p.load(c, "DX", p.r(1))
		c.op("VSUBPS", p.v(mean), p.r(0), p.r(0))
		c.op("VMULPS", p.v(inverse), p.r(0), p.r(0))
	}
	w.arguments("n", "CX", "x", "SI", "dy", "DX", "gamma", "BX", "dgamma", "R9", "dbeta", "R10")
	w.loop("sums", stride, []string{"SI", "DX", "BX", "R9", "R10"}, func(p part) (c code) {
		unit(p, &c)
		p.load(&c, "R10", p.r(2))
		c.op("VADDPS", p.r(1), p.r(2), p.r(2))
		p.store(&c, p.r(2), "R10")
		p.load(&c, "R9", p.r(2))
		c.op("VFMADD231PS", p.r(0), p.r(1), p.r(2))
		p.store(&c, p.r(2), "R9")
		p.load(&c, "BX", p.r(2))
		c.op("VMULPS", p.r(2), p.r(1), p.r(2))
		c.op("VADDPS", p.r(2), p.r(sum), p.r(sum))
		c.op("VFMADD231PS", p.r(0), p.r(2), p.r(along))
		return c
	})
	w.op("VADDPS", w.v(sum+stride), w.v(sum), w.v(shift))
	w.op("VADDPS", w.v(along+stride), w.v(along), w.v(slope))
	w.op("VMOVAPS", w.v(shift), w.v(0))
	w.op("VMOVAPS", w.v(slope), w.v(2))
	w.fold("VADDPS", 0)
	w.fold("VADDPS", 2)
	w.broadcast("share", 4)
	w.op("VMULPS", w.v(4), w.v(0), w.v(shift))
	w.op("VMULPS", w.v(4), w.v(2), w.v(slope))
	w.arguments("n", "CX", "dx", "DI", "x", "SI", "dy", "DX", "gamma", "BX")
	w.loop("result", stride, []string{"DI", "SI", "DX", "BX"}, func(p part) (c code) {
		unit(p, &c)
		p.load(&c, "BX", p.r(2))
		c.op("VMULPS", p.r(2), p.r(1), p.r(1))
		c.op("VSUBPS", p.v(shift), p.r(1), p.r(1))
		c.op("VFNMADD231PS", p.v(slope), p.r(0), p.r(1))
		c.op("VMULPS", p.v(inverse), p.r(1), p.r(1))
		p.store(&c, p.r(1), "DI")
		return c
	})
	w.end()
}

// arithmetic writes add, mul, axpy and scale.
func (w *writer) arithmetic() {
	for _, k := range [][3]string{{"add", "VADDPS", "a + b"}, {"mul", "VMULPS", "a * b"}} {
		w.function(k[0], "sets n numbers: dst = "+k[2]+".", "n int, dst, a, b unsafe.Pointer")
		w.arguments("n", "CX", "dst", "DI", "a", "SI", "b", "DX")
		w.loop(k[0], 2, []string{"DI", "SI", "DX"}, func(p part) (c code) {
			p.load(&c, "SI", p.r(0))
			p.load(&c, "DX", p.r(1))
			c.op(k[1], p.r(1), p.r(0), p.r(0))
			p.store(&c, p.r(0), "DI")
			return c
		})
		w.end()
	}
	w.function("axpy", "adds to n numbers: dst += alpha * x.", "n int, dst, x unsafe.Pointer, alpha float32")
	w.broadcast("alpha", 12)
	w.arguments("n", "CX", "dst", "DI", "x", "SI")
	w.loop("axpy", 2, []string{"DI", "SI"}, func(p part) (c code) {
		p.load(&c, "DI", p.r(0))
		p.load(&c, "SI", p.r(1))
		c.op("VFMADD231PS", p.v(12), p.r(1), p.r(0))
		p.store(&c, p.r(0), "DI")
		return c
	})
	w.end()
	w.function("scale", "multiplies n numbers by alpha.", "n int, x unsafe.Pointer, alpha float32")
	w.broadcast("alpha", 12)
	w.arguments("n", "CX", "x", "SI")
	w.loop("scale", 1, []string{"SI"}, func(p part) (c code) {
		p.load(&c, "SI", p.r(0))
		c.op("VMULPS", p.v(12), p.r(0), p.r(0))
		p.store(&c, p.r(0), "SI")
		return c
	})
	w.end()
}

func (w *writer) dot() {
	const sum, stride = 2, 3
	w.function("dot", "sets the number at dst to the sum of n products a * b.", "n int, dst, a, b unsafe.Pointer")
	w.clear(sum, sum+stride)
	w.arguments("n", "CX", "dst", "DI", "a", "SI", "b", "DX")
	w.loop("dot", stride, []string{"SI", "DX"}, func(p part) (c code) {
		p.load(&c, "SI", p.r(0))
		p.load(&c, "DX", p.r(1))
		c.op("VFMADD231PS", p.r(0), p.r(1), p.r(sum))
		return c
	})
	w.op("VADDPS", w.v(sum+stride), w.v(sum), w.v(sum))
	w.fold("VADDPS", sum)
	w.op("VMOVSS", w.x(sum), "(DI)")
	w.end()
}

// adamW reads its constants in the order of the package's type adam.
func (w *writer) adamW() {
	const keep, mix1, beta2, mix2, root, eps, step = 8, 9, 10, 11, 12, 13, 14
	w.function("adamW", "takes a step of AdamW on n weights; c points at the constants, an adam.", "n int, w, grad, m, v, c unsafe.Pointer")
	w.op("MOVQ", w.fn.Arg("c"), "R8")
	for i := range 7 {
		w.op("VBROADCASTSS", mem(4*i, "R8"), w.v(keep+i))
	}
	w.arguments("n", "CX", "w", "DI", "grad", "SI", "m", "DX", "v", "BX")
	w.loop("adamW", 4, []string{"DI", "SI", "DX", "BX"}, func(p part) (c code) {
		g, m, v, x := p.r(0), p.r(1), p.r(2), p.r(3)
		p.load(&c, "SI", g)
		p.load(&c, "DX", m)
		c.op("VSUBPS", m, g, x)
		c.op("VFMADD231PS", p.v(mix1), x, m)
		p.store(&c, m, "DX")
		p.load(&c, "BX", v)
		c.op("VMULPS", p.v(beta2), v, v)
		c.op("VMULPS", p.v(mix2), g, x)
		c.op("VFMADD231PS", x, g, v)
		p.store(&c, v, "BX")
		c.op("VSQRTPS", v, v)
		c.op("VFMADD213PS", p.v(eps), p.v(root), v)
		c.op("VMULPS", p.v(step), m, m)
		c.op("VDIVPS", v, m, m)
		p.load(&c, "DI", x)
		c.op("VFMSUB132PS", p.v(keep), m, x)
		p.store(&c, x, "DI")
		return c
	})
	w.end()
}

// quantize writes the two halves of QuantizeRow. The absolute values' bits are
// compared as integers, among which NaN is the largest.
func (w *writer) quantize() {
	const most, stride, inverse = 1, 2, 12
	w.function("largest", "sets the word at dst to the largest of n absolute values' bits.", "n int, dst, x unsafe.Pointer")
	w.clear(most, most+stride)
	w.arguments("n", "CX", "dst", "DI", "x", "SI")
	w.loop("largest", stride, []string{"SI"}, func(p part) (c code) {
		p.load(&c, "SI", p.r(0))
		c.op("VANDPS", p.word(0x7fffffff), p.r(0), p.r(0))
		c.op("VPMAXSD", p.r(0), p.r(most), p.r(most))
		return c
	})
	w.op("VPMAXSD", w.v(most+stride), w.v(most), w.v(most))
	w.fold("VPMAXSD", most)
	w.op("VMOVSS", w.x(most), "(DI)")
	w.end()

	w.function("round", "sets n bytes, a multiple of a vector's numbers: q = x * inverse, rounded to the nearest even.", "n int, q, x unsafe.Pointer, inverse float32")
	w.broadcast("inverse", inverse)
	w.arguments("n", "CX", "q", "DI", "x", "SI")
	w.op("TESTQ", "CX", "CX")
	w.op("JZ", "done")
	w.fn.Label("more")
	w.op("VMULPS", "(SI)", w.v(inverse), w.v(0))
	w.op("VCVTPS2DQ", w.v(0), w.v(0))
	w.narrow()
	w.op("ADDQ", "$"+strconv.Itoa(w.bytes), "SI")
	w.op("ADDQ", "$"+strconv.Itoa(w.lanes()), "DI")
	w.op("SUBQ", "$"+strconv.Itoa(w.lanes()), "CX")
	w.op("JNZ", "more")
	w.fn.Label("done")
	w.end()
}

// narrow stores register 0's integers as bytes at DI.
func (w *writer) narrow() {
	switch {
	case w.wide():
		w.op("VPMOVDB", "Z0", "(DI)")
	case w.arm():
		w.narrowNEON()
	default:
		w.op("VEXTRACTI128", "$1", "Y0", "X1")
		w.op("VPACKSSDW", "X1", "X0", "X0")
		w.op("VPACKSSWB", "X0", "X0", "X0")
		w.op("VMOVQ", "X0", "(DI)")
	}
}
