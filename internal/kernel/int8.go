//go:build amd64 || arm64

package kernel

import (
	"math"
	"unsafe"
)

// int8Func is the assembly under the int8 products: a column of blocks tiles. See
// int8_amd64.s.
type int8Func func(blocks, groups int, a unsafe.Pointer, lda int, b, c unsafe.Pointer, ldc int, factors, table unsafe.Pointer)

// int8Tiles is an instruction set's int8 product. Sums are of integers and exact;
// what follows is rounded as in dequantize: all paths give the same bits.
type int8Tiles struct {
	rows, width int
	group       int   // numbers of k in 32 bits of a row: two int16 or four bytes
	offset      int32 // what prepare adds to the left operand's numbers
	prepare     func(dst, q unsafe.Pointer, n int)
	funcs       []int8Func // [rows-1]
}

// int8Unit is what k is filled up to with zeros: four groups of four, one vector of
// prepare.
const int8Unit = 16

// int8Linear is packed weights: panels (k/group, width, group) and their tables.
type int8Linear struct {
	tiles   *int8Tiles
	set     *set // for rows and the activation
	panels  []int8
	tables  []uint32 // of each panel: where sums start, channels' scales, bias
	out, in int
	filled  int // in, filled to whole units
}

func packInt8Tiles(t *int8Tiles, set *set, q []int8, scale, bias []float32, out, in int) *int8Linear {
	filled := max(in+int8Unit-1, int8Unit) / int8Unit * int8Unit
	panels := (out + t.width - 1) / t.width
	l := &int8Linear{
		tiles: t, set: set, out: out, in: in, filled: filled,
		panels: newPanels(panels * t.width * filled),
		tables: make([]uint32, 3*panels*t.width),
	}
	for o := range out {
		panel, col := o/t.width, o%t.width
		row := q[o*in : (o+1)*in]
		interleave(l.panels[panel*t.width*filled:(panel+1)*t.width*filled], row, col, t.width, t.group)
		table := l.tables[3*panel*t.width+col:]
		if t.offset != 0 {
			table[0] = uint32(-t.offset * sumInt8(row))
		}
		table[t.width] = math.Float32bits(scale[o])
		table[2*t.width] = math.Float32bits(bias[o])
	}
	return l
}

// interleave writes a channel's weights into column col of a panel of so many columns,
// a group of two or four at a time.
func interleave(panel, row []int8, col, width, group int) {
	whole := len(row) / group * group
	if group == 2 {
		place(reinterpret[uint16](panel), reinterpret[uint16](row[:whole]), col, width)
	} else {
		place(reinterpret[uint32](panel), reinterpret[uint32](row[:whole]), col, width)
	}
	if whole < len(row) {
		copy(panel[(whole/group*width+col)*group:], row[whole:])
	}
}

// place writes row into column col of a panel.
func place[G uint16 | uint32](panel, row []G, col, width int) {
	for at := col; len(row) > 0; at += width {
		panel[at], row = row[0], row[1:]
	}
}

// reinterpret is the memory of x as groups of bytes, which need not be aligned on
// amd64 and arm64.
func reinterpret[G uint16 | uint32](x []int8) []G {
	if len(x) == 0 {
		return nil
	}
	return unsafe.Slice((*G)(unsafe.Pointer(&x[0])), len(x)/int(unsafe.Sizeof(G(0))))
}

func sumInt8(x []int8) (sum int32) {
	for _, v := range x {
		sum += int32(v)
	}
	return sum
}

// int8Strip is how many bytes of quantised rows are multiplied by all panels before
// the next: with a panel they stay in the second-level cache.
const int8Strip = 1 << 18

func (l *int8Linear) apply(y, x []float32, rows int, act Activation, s *Scratch) {
	size := l.filled * 4 / l.tiles.group // bytes of a row
	strip := max(int8Strip/size/l.tiles.rows, 1) * l.tiles.rows
	for i := 0; i < rows; i += strip {
		m := min(strip, rows-i)
		part := y[i*l.out : (i+m)*l.out]
		l.strip(part, l.quantize(x[i*l.in:], m, size, s), m, size, s)
		if act == GELU {
			l.set.gelu(part, part)
		}
	}
}

// quantize brings m rows into the left operand's form, size bytes each, and keeps their
// factors in s.row.
func (l *int8Linear) quantize(x []float32, m, size int, s *Scratch) []uint16 {
	q, a, factors := grow(&s.q, l.filled), grow(&s.half, m*size/2), grow(&s.row, m)
	clear(q[l.in:])
	for r := range m {
		factors[r] = l.set.quantizeRow(q[:l.in], x[r*l.in:(r+1)*l.in])
		l.tiles.prepare(pointer(a[r*size/2:]), pointer(q), l.filled)
	}
	return a
}

// strip multiplies quantised rows by every panel.
func (l *int8Linear) strip(y []float32, a []uint16, m, size int, s *Scratch) {
	t := l.tiles
	for j := 0; j < l.out; j += t.width {
		panel, table := l.panels[j*l.filled:], l.tables[3*j:]
		cols := min(t.width, l.out-j)
		if cols == t.width {
			t.column(m, l.filled, size, a, s.row, panel, table, y[j:], l.out)
			continue
		}
		part := grow(&s.tile, m*t.width)
		t.column(m, l.filled, size, a, s.row, panel, table, part, t.width)
		for i := range m {
			copy(y[i*l.out+j:i*l.out+j+cols], part[i*t.width:])
		}
	}
}

// column multiplies m rows by one panel.
func (t *int8Tiles) column(m, k, size int, a []uint16, factors []float32, panel []int8, table []uint32, c []float32, ldc int) {
	height, high, low := stack(m, t.rows)
	groups, done := k/t.group, high*height
	t.funcs[height-1](high, groups, pointer(a), size, pointer(panel), pointer(c), 4*ldc, pointer(factors), pointer(table))
	if low > 0 {
		t.funcs[height-2](low, groups, pointer(a[done*size/2:]), size, pointer(panel), pointer(c[done*ldc:]), 4*ldc, pointer(factors[done:]), pointer(table))
	}
}

// useInt8 makes t the set's int8 products.
func (s *set) useInt8(t *int8Tiles) {
	s.packInt8 = func(q []int8, scale, bias []float32, out, in int) product {
		return packInt8Tiles(t, s, q, scale, bias, out, in)
	}
}
