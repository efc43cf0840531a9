//go:build amd64 || arm64

package kernel

// tilesLinear is a float32 product whose weights are packed: for each block of k
// its panels (k, width), one after the other, the last filled with zeros.
type tilesLinear struct {
	tiles   *tiles
	set     *set // for the activation
	panels  []float32
	bias    []float32 // filled with zeros to whole panels
	out, in int
	rounded bool // weights are, and inputs are to be, rounded to bfloat16
}

// packTiles packs weights (out, in).
func packTiles(t *tiles, set *set, w, bias []float32, out, in int) *tilesLinear {
	width, step := t.width(), t.step(max(in, 1))
	wide := (out + width - 1) / width * width
	l := &tilesLinear{tiles: t, set: set, panels: make([]float32, wide*in), bias: make([]float32, wide), out: out, in: in}
	copy(l.bias, bias)
	dst := l.panels
	for k0 := 0; k0 < in; k0 += step {
		kc := min(step, in-k0)
		for j := 0; j < out; j += width {
			t.packPanel(dst[:kc*width], true, min(width, out-j), kc, w[j*in+k0:], in)
			dst = dst[kc*width:]
		}
	}
	return l
}

// packRounded packs weights (out, in) rounded to bfloat16.
func packRounded(t *tiles, set *set, w, bias []float32, out, in int) *tilesLinear {
	rounded := make([]float32, len(w))
	roundRows(rounded, w)
	l := packTiles(t, set, rounded, bias, out, in)
	l.rounded = true
	return l
}

func (l *tilesLinear) apply(y, x []float32, rows int, act Activation, s *Scratch) {
	if l.rounded {
		rounded := grow(&s.c, len(x))
		roundRows(rounded, x)
		x = rounded
	}
	step, wide := l.tiles.step(l.in), len(l.bias)
	for i := 0; i < rows; i += strip {
		m := min(strip, rows-i)
		d := target{c: y[i*l.out:], ld: l.out, plus: l.bias}
		if l.in == 0 {
			repeat(y[i*l.out:(i+m)*l.out], l.bias[:l.out])
		}
		for k0 := 0; k0 < l.in; k0 += step {
			kc := min(step, l.in-k0)
			r := right{packed: l.panels[k0*wide:]}
			l.tiles.strip(m, l.out, kc, x[i*l.in+k0:], l.in, r, d, s)
			d.plus, d.ldplus = d.c, d.ld
		}
		if act == GELU {
			part := y[i*l.out : (i+m)*l.out]
			l.set.gelu(part, part)
		}
	}
}

// repeat fills dst with copies of row.
func repeat(dst, row []float32) {
	for at := 0; at < len(dst); at += len(row) {
		copy(dst[at:], row)
	}
}
