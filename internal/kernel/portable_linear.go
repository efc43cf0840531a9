package kernel

// portableLinear keeps float32 weights as they are given: (out, in).
type portableLinear struct {
	w, bias []float32
	out, in int
	rounded bool // weights are, and inputs are to be, rounded to bfloat16
}

func packPortable(w, bias []float32, out, in int) product {
	return &portableLinear{w: clone(w), bias: clone(bias), out: out, in: in}
}

func packPortableBF16(w, bias []float32, out, in int) product {
	l := &portableLinear{w: clone(w), bias: clone(bias), out: out, in: in, rounded: true}
	roundRows(l.w, w)
	return l
}

func clone(x []float32) []float32 { return append([]float32(nil), x...) }

func (l *portableLinear) apply(y, x []float32, rows int, act Activation, s *Scratch) {
	if l.rounded {
		c := grow(&s.c, len(x))
		roundRows(c, x)
		x = c
	}
	clear(y)
	rowsByRows(rows, l.out, l.in, x, l.in, l.w, l.in, y, l.out)
	for at := 0; at < len(y); at += l.out {
		portableAdd(y[at:at+l.out], y[at:at+l.out], l.bias)
	}
	if act == GELU {
		portableGELU(y, y)
	}
}

// portableInt8 keeps int8 weights (out, in) and their scales (out).
type portableInt8 struct {
	q           []int8
	scale, bias []float32
	out, in     int
}

func packPortableInt8(q []int8, scale, bias []float32, out, in int) product {
	return &portableInt8{q: append([]int8(nil), q...), scale: clone(scale), bias: clone(bias), out: out, in: in}
}

func (l *portableInt8) apply(y, x []float32, rows int, act Activation, s *Scratch) {
	q := grow(&s.q, l.in)
	for r := range rows {
		row := y[r*l.out : (r+1)*l.out]
		scale := portableQuantizeRow(q, x[r*l.in:(r+1)*l.in])
		for o := range row {
			row[o] = dequantize(dotInt8(q, l.q[o*l.in:(o+1)*l.in]), scale, l.scale[o], l.bias[o])
		}
	}
	if act == GELU {
		portableGELU(y, y)
	}
}

// dequantize is a product's value: its sum times both scales, plus the bias.
func dequantize(sum int32, row, channel, bias float32) float32 {
	return float32(float32(sum)*float32(row*channel)) + bias
}

func dotInt8(a, b []int8) int32 {
	var s0, s1 int32
	n := len(a) &^ 1
	b = b[:len(a)]
	for i := 0; i < n; i += 2 {
		s0 += int32(a[i]) * int32(b[i])
		s1 += int32(a[i+1]) * int32(b[i+1])
	}
	if n < len(a) {
		s0 += int32(a[n]) * int32(b[n])
	}
	return s0 + s1
}
