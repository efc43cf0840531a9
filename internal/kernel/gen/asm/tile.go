package asm

import (
	"encoding/binary"
	"fmt"
)

// tileState is the tile unit: eight tiles of at most 16 rows of 64 bytes, their
// shapes set by LDTILECFG.
type tileState struct {
	configured bool
	rows       [8]int
	cols       [8]int // bytes
	data       [8][16]vec
}

// decodeTile knows the tile instructions.
func decodeTile(name string, in []operand) (step, error) {
	op, ok := tileOps[name]
	if !ok {
		return nil, nil
	}
	switch op.form {
	case "none":
		return func(m *Machine) { m.tiles = tileState{} }, nil
	case "config":
		return func(m *Machine) { m.tiles.configure(m.bytes(in[0].address, 64, false)) }, nil
	case "zero":
		return func(m *Machine) { m.tiles.clear(int(in[0].number)) }, nil
	case "load":
		return func(m *Machine) { m.tileRows(int(in[1].number), in[0].address, false) }, nil
	case "store":
		return func(m *Machine) { m.tileRows(int(in[0].number), in[1].address, true) }, nil
	}
	f, ok := map[string]func(*vec, *vec, *[16]vec, int, int){
		"TDPBF16PS": dotBF16,
		"TDPBSSD":   func(c, a *vec, b *[16]vec, quads, cols int) { dotInt8(c, a, b, quads, cols, true) },
		"TDPBUSD":   func(c, a *vec, b *[16]vec, quads, cols int) { dotInt8(c, a, b, quads, cols, false) },
	}[name]
	if !ok {
		return nil, fmt.Errorf("unknown tile instruction")
	}
	return func(m *Machine) { m.tiles.dot(int(in[2].number), int(in[1].number), int(in[0].number), f) }, nil
}

// configure reads a tile configuration of palette 1.
func (t *tileState) configure(config []byte) {
	if config[0] != 1 || config[1] != 0 {
		fail("palette %d, start row %d", config[0], config[1])
	}
	for i, b := range config {
		if b != 0 && (i > 1 && i < 16 || i >= 32 && i < 48 || i >= 56) {
			fail("configuration: byte %d is %d, want 0", i, b)
		}
	}
	*t = tileState{configured: true}
	for i := range t.rows {
		t.rows[i] = int(config[48+i])
		t.cols[i] = int(binary.LittleEndian.Uint16(config[16+2*i:]))
		if t.rows[i] > 16 || t.cols[i] > 64 || t.cols[i]%4 != 0 || (t.rows[i] == 0) != (t.cols[i] == 0) {
			fail("tile %d of %d rows of %d bytes", i, t.rows[i], t.cols[i])
		}
	}
}

func (t *tileState) need(i int) {
	if !t.configured || t.rows[i] == 0 || t.cols[i] == 0 {
		fail("tile %d is not configured", i)
	}
}

func (t *tileState) clear(i int) {
	t.need(i)
	t.data[i] = [16]vec{}
}

// tileRows loads or stores a tile's rows, the index register apart.
func (m *Machine) tileRows(i int, a address, store bool) {
	t := &m.tiles
	t.need(i)
	start, stride := m.general[a.base]+uint64(a.displacement), m.general[a.index]*uint64(a.scale)
	if !store {
		t.data[i] = [16]vec{}
	}
	for r := range t.rows[i] {
		row := m.at(start+uint64(r)*stride, t.cols[i], store)
		if store {
			copy(row, t.data[i][r][:t.cols[i]])
		} else {
			copy(t.data[i][r][:], row)
		}
	}
}

// dot adds a's rows times b to c: a (M, K/4 groups), b (K/4 groups, N), c (M, N).
func (t *tileState) dot(c, a, b int, f func(c, a *vec, b *[16]vec, quads, cols int)) {
	for _, i := range []int{a, b, c} {
		t.need(i)
	}
	if t.rows[c] != t.rows[a] || t.cols[c] != t.cols[b] || t.cols[a] != 4*t.rows[b] || a == b || b == c || a == c {
		fail("tiles %d = %d x %d don't fit", c, a, b)
	}
	for r := range t.rows[c] {
		f(&t.data[c][r], &t.data[a][r], &t.data[b], t.rows[b], t.cols[c]/4)
	}
}

// dotBF16 sums even and odd k apart, takes numbers below the normal ones for 0, and
// adds both sums to c.
func dotBF16(c, a *vec, b *[16]vec, pairs, cols int) {
	const upper = 0xffff0000
	for n := range cols {
		var even, odd float32
		for k := range pairs {
			x, y := a.u32(k), b[k].u32(n)
			even = addBF16(even, x<<16, y<<16)
			odd = addBF16(odd, x&upper, y&upper)
		}
		c.setF32(n, flush(flush(c.f32(n))+flush(even+odd)))
	}
}

// addBF16 adds a product, which is exact in float32 unless it is below the normal
// numbers, and rounds once.
func addBF16(sum float32, x, y uint32) float32 {
	a, b := flush(float(x)), flush(float(y))
	if p := float32(a * b); p == flush(p) || p != p {
		return flush(sum + p)
	}
	return flush(fma(a, b, sum))
}

func flush(x float32) float32 {
	if bits(x)&0x7f800000 == 0 {
		return float(bits(x) & 0x80000000)
	}
	return x
}

func dotInt8(c, a *vec, b *[16]vec, quads, cols int, signed bool) {
	for n := range cols {
		sum := int32(c.u32(n))
		for k := range 4 * quads {
			x := int32(int8(a[k]))
			if !signed {
				x = int32(a[k])
			}
			sum += x * int32(int8(b[k/4][4*n+k%4]))
		}
		c.setU32(n, uint32(sum))
	}
}
