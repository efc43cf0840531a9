//go:build amd64 || arm64

package kernel

import "unsafe"

// tileFunc is the assembly under every float32 product: a column of blocks tiles,
// one below the other. Distances are in bytes; plus may be nil. See gemm_amd64.s.
type tileFunc func(blocks, k int, a unsafe.Pointer, lda int, b unsafe.Pointer, ldb int, c unsafe.Pointer, ldc int, plus unsafe.Pointer, ldplus int)

// squaresFunc transposes 8 rows of squares of 8 by 8 numbers; nil where there is no
// assembly for it. See pack_amd64.s.
type squaresFunc func(squares int, src unsafe.Pointer, ldsrc int, dst unsafe.Pointer, lddst int)

// transpose sets dst (cols, rows), lddst apart, to the transpose of x (rows, cols), ld
// apart: whole squares by the assembly, what lies beside them in Go.
func (f squaresFunc) transpose(dst []float32, lddst int, x []float32, rows, cols, ld int) {
	r8, c8 := rows&^7, cols&^7
	if f == nil || c8 == 0 {
		r8, c8 = 0, cols
	}
	for r := 0; r < r8; r += 8 {
		f(c8/8, pointer(x[r*ld:]), 4*ld, pointer(dst[r:]), 4*lddst)
	}
	if c8 < cols {
		transpose(dst[c8*lddst:], lddst, x[c8:], r8, cols-c8, ld)
	}
	if r8 < rows {
		transpose(dst[r8:], lddst, x[r8*ld:], rows-r8, cols, ld)
	}
}

// tiles is an instruction set's float32 product. An element is summed over k in
// blocks of a size that depends on k alone, each in order in one register: its bits
// don't depend on the tile it lies in.
type tiles struct {
	rows, lanes, vectors int          // the largest tile; lanes is a vector's numbers
	depth                int          // the most of k in a block
	funcs                [][]tileFunc // [rows-1][vectors-1]
	squares              squaresFunc
}

// strip is how many rows of A are multiplied by all of B before the next: with a block
// of k they stay in the second-level cache. It is a multiple of every tile's height.
const strip = 240

func (t *tiles) width() int { return t.lanes * t.vectors }

// step is the size of k's blocks: equal parts of at most depth, multiples of 4 but for
// the last.
func (t *tiles) step(k int) int {
	parts := (k + t.depth - 1) / t.depth
	return ((k+parts-1)/parts + 3) &^ 3
}

// target is where products go: c, ld apart, to which plus is added, ldplus apart, if
// it isn't empty.
type target struct {
	c      []float32
	ld     int
	plus   []float32
	ldplus int
}

func (d target) at(row, col int) target {
	d.c = d.c[row*d.ld+col:]
	if len(d.plus) > 0 {
		d.plus = d.plus[row*d.ldplus+col:]
	}
	return d
}

// gemm is the set's gemm.
func (t *tiles) gemm(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, accumulate bool, s *Scratch) {
	step := t.step(k)
	for k0 := 0; k0 < k; k0 += step {
		kc := min(step, k-k0)
		d := target{c: c, ld: ldc}
		if accumulate || k0 > 0 {
			d.plus, d.ldplus = c, ldc
		}
		right := t.right(transB, m, n, kc, b[at(transB, k0, ldb):], ldb, s)
		for i := 0; i < m; i += strip {
			mc := min(strip, m-i)
			rows, ld := a, lda
			if transA {
				rows, ld = grow(&s.a, mc*kc), kc
				t.squares.transpose(rows, ld, a[k0*lda+i:], kc, mc, lda)
			} else {
				rows = a[i*lda+k0:]
			}
			t.strip(mc, n, kc, rows, ld, right, d.at(i, 0), s)
		}
	}
}

// gemmBF16 is the set's gemmBF16.
func (t *tiles) gemmBF16(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, accumulate bool, s *Scratch) {
	gemmRounded(t.gemm, transA, transB, m, n, k, a, lda, b, ldb, c, ldc, accumulate, s)
}

// at is where index k0 of the inner dimension begins in a matrix stored with it along
// the rows (inner) or across them.
func at(inner bool, k0, ld int) int {
	if inner {
		return k0
	}
	return k0 * ld
}

// right is a block of the right matrix: whole panels as they lie, or packed.
type right struct {
	whole  []float32 // (k, n), ld apart; its panels are used as long as they are full
	ld     int
	packed []float32 // panels from column from on, each (k, width)
	from   int
}

// right packs the panels of B that can't be used in place: all of them if B is stored
// by columns or used often enough, else a last one that isn't whole.
func (t *tiles) right(transB bool, m, n, kc int, b []float32, ldb int, s *Scratch) right {
	r := right{whole: b, ld: ldb}
	if !transB && m <= 2*t.rows {
		r.from = n - n%t.width()
	}
	width := t.width()
	panels := (n - r.from + width - 1) / width
	r.packed = grow(&s.b, panels*kc*width)
	for p := range panels {
		j := r.from + p*width
		t.packPanel(r.packed[p*kc*width:(p+1)*kc*width], transB, min(width, n-j), kc, b[at(!transB, j, ldb):], ldb)
	}
	return r
}

// panel is the part of column j on: j is a multiple of width.
func (r right) panel(j, kc, width int) (b []float32, ldb int) {
	if j < r.from {
		return r.whole[j:], r.ld
	}
	return r.packed[(j-r.from)*kc:], width
}

// packPanel writes a panel (k, width) of B, cols of them there and the others 0. b
// begins at the panel's first element.
func (t *tiles) packPanel(dst []float32, transB bool, cols, k int, b []float32, ldb int) {
	width := t.width()
	if cols < width {
		clear(dst)
	}
	if transB {
		t.squares.transpose(dst, width, b, cols, k, ldb)
		return
	}
	for i := range k {
		copy(dst[i*width:i*width+cols], b[i*ldb:i*ldb+cols])
	}
}

// strip multiplies up to strip rows by every panel.
func (t *tiles) strip(m, n, kc int, a []float32, lda int, r right, d target, s *Scratch) {
	width := t.width()
	for j := 0; j < n; j += width {
		b, ldb := r.panel(j, kc, width)
		cols := min(width, n-j)
		if cols%t.lanes == 0 {
			t.column(m, cols/t.lanes, kc, a, lda, b, ldb, d.at(0, j))
		} else {
			t.ragged(m, cols, kc, a, lda, b, ldb, d.at(0, j), s)
		}
	}
}

// ragged is column for a width that isn't whole vectors, by way of the scratch.
func (t *tiles) ragged(m, cols, kc int, a []float32, lda int, b []float32, ldb int, d target, s *Scratch) {
	vectors := (cols + t.lanes - 1) / t.lanes
	width := vectors * t.lanes
	part := grow(&s.tile, m*width)
	wide := target{c: part, ld: width}
	if len(d.plus) > 0 {
		for i := range m {
			copy(part[i*width:i*width+cols], d.plus[i*d.ldplus:i*d.ldplus+cols])
		}
		wide.plus, wide.ldplus = part, width
	}
	t.column(m, vectors, kc, a, lda, b, ldb, wide)
	for i := range m {
		copy(d.c[i*d.ld:i*d.ld+cols], part[i*width:i*width+cols])
	}
}

// stack cuts m rows into tiles of at most rows, of at most two heights that differ by
// one, since a low tile is nearly as slow as a high one: high tiles of height, then low
// ones.
func stack(m, rows int) (height, high, low int) {
	blocks := (m + rows - 1) / rows
	height = (m + blocks - 1) / blocks
	high = m - blocks*(height-1)
	return height, high, blocks - high
}

// column multiplies m rows by one panel.
func (t *tiles) column(m, vectors, kc int, a []float32, lda int, b []float32, ldb int, d target) {
	height, high, low := stack(m, t.rows)
	t.call(high, height, vectors, kc, a, lda, b, ldb, d)
	if low > 0 {
		done := high * height
		t.call(low, height-1, vectors, kc, a[done*lda:], lda, b, ldb, d.at(done, 0))
	}
}

func (t *tiles) call(blocks, height, vectors, kc int, a []float32, lda int, b []float32, ldb int, d target) {
	t.funcs[height-1][vectors-1](blocks, kc, pointer(a), 4*lda, pointer(b), 4*ldb, pointer(d.c), 4*d.ld, pointer(d.plus), 4*d.ldplus)
}

// pointer is the address of a slice's first element, nil for an empty slice.
func pointer[T any](x []T) unsafe.Pointer {
	if len(x) == 0 {
		return nil
	}
	return unsafe.Pointer(unsafe.SliceData(x))
}

// useTiles makes t the set's float32 products.
func (s *set) useTiles(t *tiles) {
	s.gemm = t.gemm
	s.gemmBF16 = t.gemmBF16
	s.packFloat32 = func(w, bias []float32, out, in int) product {
		return packTiles(t, s, w, bias, out, in)
	}
	s.packBFloat16 = func(w, bias []float32, out, in int) product {
		return packRounded(t, s, w, bias, out, in)
	}
}
