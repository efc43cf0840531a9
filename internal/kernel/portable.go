package kernel

import "math"

// portable is the reference: plain Go, with sums in float64 where a row's
// statistics depend on them. Products are converted before they are added
// (float32(a*b) + c), which keeps compilers from fusing the two: the results
// are the same on every architecture but for the last bit of math.Exp.
var portable = set{
	gemm:              portableGemm,
	gemmBF16:          portableGemmBF16,
	packFloat32:       packPortable,
	packBFloat16:      packPortableBF16,
	packInt8:          packPortableInt8,
	quantizeRow:       portableQuantizeRow,
	exp:               portableExp,
	gelu:              portableGELU,
	geluBackward:      portableGELUBackward,
	softmax:           portableSoftmax,
	softmaxBackward:   portableSoftmaxBackward,
	layerNorm:         portableLayerNorm,
	layerNormBackward: portableLayerNormBackward,
	add:               portableAdd,
	mul:               portableMul,
	axpy:              portableAxpy,
	scale:             portableScale,
	dot:               portableDot,
	sumRows:           portableSumRows,
	adamW:             portableAdamW,
}

// expFloor is the least x whose e^x is a normal float32.
const expFloor = -87.336544

func exp32(x float32) float32 {
	if x < expFloor {
		return 0
	}
	return float32(math.Exp(float64(x)))
}

func portableExp(dst, x []float32) {
	for i, v := range x {
		dst[i] = exp32(v)
	}
}

// normal is Φ(x), by erfc so that it keeps its digits far below 0.
func normal(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }

func portableGELU(dst, x []float32) {
	for i, v := range x {
		dst[i] = gelu(v)
	}
}

func gelu(v float32) float32 {
	if v < -geluCeil { // Φ is 0 there, and -Inf times 0 would be NaN
		return 0
	}
	x := float64(v)
	return float32(x * normal(x))
}

// geluCeil is where GELU(-x) and all of its derivative is no normal float32.
const geluCeil = 13.5

func portableGELUBackward(dx, x, dy []float32) {
	for i, v := range x {
		dx[i] = dy[i] * geluSlope(v)
	}
}

func geluSlope(v float32) float32 {
	switch {
	case v < -geluCeil:
		return 0
	case v > geluCeil:
		return 1
	}
	x := float64(v)
	return float32(normal(x) + x*math.Exp(-0.5*x*x)/math.Sqrt(2*math.Pi))
}

func portableSoftmax(x []float32, cols int, scale float32) {
	for ; len(x) > 0; x = x[cols:] {
		softmaxRow(x[:cols], scale)
	}
}

func softmaxRow(row []float32, scale float32) {
	top := float32(math.Inf(-1))
	for i, v := range row {
		row[i] = v * scale
		top = max(top, row[i])
	}
	sum := 0.0
	for i, v := range row {
		row[i] = exp32(v - top)
		sum += float64(row[i])
	}
	inverse := float32(1 / sum)
	for i := range row {
		row[i] *= inverse
	}
}

func portableSoftmaxBackward(dx, y, dy []float32, cols int, scale float32) {
	for at := 0; at < len(y); at += cols {
		dx, y, dy := dx[at:at+cols], y[at:at+cols], dy[at:at+cols]
		sum := 0.0
		for i, v := range y {
			sum += float64(v) * float64(dy[i])
		}
		mean := float32(sum)
		for i, v := range y {
			dx[i] = scale * v * (dy[i] - mean)
		}
	}
}

func portableLayerNorm(dst, x, residual, gamma, beta []float32, eps float32, stat []float32) {
	cols := len(gamma)
	for r, at := 0, 0; at < len(x); r, at = r+1, at+cols {
		row := dst[at : at+cols]
		if residual != nil {
			portableAdd(row, x[at:at+cols], residual[at:at+cols])
		} else {
			copy(row, x[at:at+cols])
		}
		mean, inverse := moments(row, eps)
		for i, v := range row {
			row[i] = float32((v-mean)*inverse*gamma[i]) + beta[i]
		}
		if stat != nil {
			stat[2*r], stat[2*r+1] = mean, inverse
		}
	}
}

// moments is a row's mean and 1/sqrt(variance + eps).
func moments(row []float32, eps float32) (mean, inverse float32) {
	sum := 0.0
	for _, v := range row {
		sum += float64(v)
	}
	m := sum / float64(len(row))
	sum = 0
	for _, v := range row {
		d := float64(v) - m
		sum += d * d
	}
	return float32(m), float32(1 / math.Sqrt(sum/float64(len(row))+float64(eps)))
}

func portableLayerNormBackward(dx, dgamma, dbeta, dy, xsum, gamma, stat []float32) {
	cols := len(gamma)
	for r, at := 0, 0; at < len(dy); r, at = r+1, at+cols {
		dx, dy, x := dx[at:at+cols], dy[at:at+cols], xsum[at:at+cols]
		mean, inverse := stat[2*r], stat[2*r+1]
		sum, along := 0.0, 0.0 // of the gradient at the normalised row, and along it
		for i, d := range dy {
			unit := (x[i] - mean) * inverse
			dgamma[i] += float32(d * unit)
			dbeta[i] += d
			g := float64(d * gamma[i])
			sum += g
			along += g * float64(unit)
		}
		shift, slope := float32(sum/float64(cols)), float32(along/float64(cols))
		for i, d := range dy {
			unit := (x[i] - mean) * inverse
			dx[i] = inverse * (float32(d*gamma[i]) - shift - float32(unit*slope))
		}
	}
}

func portableAdd(dst, a, b []float32) {
	for i, v := range a {
		dst[i] = v + b[i]
	}
}

func portableMul(dst, a, b []float32) {
	for i, v := range a {
		dst[i] = v * b[i]
	}
}

func portableAxpy(dst []float32, alpha float32, x []float32) {
	for i, v := range x {
		dst[i] += float32(alpha * v)
	}
}

func portableScale(x []float32, alpha float32) {
	for i := range x {
		x[i] *= alpha
	}
}

func portableDot(a, b []float32) float32 {
	sum := 0.0
	for i, v := range a {
		sum += float64(v) * float64(b[i])
	}
	return float32(sum)
}

func portableSumRows(dst, x []float32) {
	for cols := len(dst); len(x) > 0; x = x[cols:] {
		for i, v := range x[:cols] {
			dst[i] += v
		}
	}
}

func portableAdamW(w, g, m, v []float32, c *adam) {
	for i, grad := range g {
		m[i] += float32(c.mix1 * (grad - m[i]))
		v[i] = float32(c.beta2*v[i]) + float32(c.mix2*grad*grad)
		root := float32(math.Sqrt(float64(v[i])))
		w[i] = float32(c.keep*w[i]) - float32(c.step*m[i])/(float32(root*c.root)+c.eps)
	}
}

func portableQuantizeRow(q []int8, x []float32) float32 {
	top := float32(0)
	for _, v := range x {
		top = max(top, float32(math.Abs(float64(v)))) // max keeps a NaN
	}
	inverse, scale, ok := quantum(top)
	if !ok {
		clear(q)
		return scale
	}
	for i, v := range x {
		q[i] = nearest(v * inverse)
	}
	return scale
}

// quantum is a row's step and its inverse, by the row's largest absolute value;
// not ok if all of its elements are quantised to 0.
func quantum(top float32) (inverse, scale float32, ok bool) {
	switch {
	case !(top <= math.MaxFloat32):
		return 0, float32(math.NaN()), false
	case top < leastTop:
		return 0, 0, false
	}
	return 127 / top, top / 127, true
}

// leastTop keeps 127/top and top/127 normal numbers; smaller rows count as 0.
const leastTop = 1e-35
