package main

import (
	"fmt"

	"standpoint/internal/kernel/gen/asm"
)

// simd is what the float32 kernel needs to know of an instruction set.
type simd struct {
	name  string // as in the functions' names
	reg   string // letter of the vector registers
	count int    // vector registers
	bytes int    // of one
	rows  int    // of the largest tile
	cols  int    // of the largest tile, in vectors
	zero  string // instruction that clears integers or floats
	load  string // instruction that loads integers
}

var (
	avx2   = simd{name: "AVX2", reg: "Y", count: 16, bytes: 32, rows: 6, cols: 2, zero: "VXORPS", load: "VMOVDQU"}
	avx512 = simd{name: "AVX512", reg: "Z", count: 32, bytes: 64, rows: 8, cols: 3, zero: "VPXORD", load: "VMOVDQU32"}
)

func (s simd) v(n int) string { return fmt.Sprintf("%s%d", s.reg, n) }

// mem is the operand off bytes after a register's address.
func mem(off int, base string) string {
	if off == 0 {
		return "(" + base + ")"
	}
	return fmt.Sprintf("%d(%s)", off, base)
}

// gemmFile holds the float32 tiles of every height and width: a column of tiles,
// one below the other, for one call.
func gemmFile() *asm.File {
	f := asm.NewFile("gemm", "Tiles of float32 matrix products.")
	for _, s := range []simd{avx2, avx512} {
		for rows := 1; rows <= s.rows; rows++ {
			for cols := 1; cols <= s.cols; cols++ {
				gemmTile(f, s, rows, cols)
			}
		}
	}
	return f
}

// tileBases hold the addresses of rows 0, 3 and 6 of a tile; the rows between
// are reached by the row's length as index.
var tileBases = []string{"AX", "R8", "R11"}

// rowOperand is element off of row i of the left matrix.
func rowOperand(i, off int) string {
	base := mem(off, tileBases[i/3])
	return base + []string{"", "(BX*1)", "(BX*2)"}[i%3]
}

// gemmTile writes one tile's function. Each element of c is summed over k in order
// in one register, whatever the tile's height, so that a row's result does not
// depend on the rows around it.
func gemmTile(f *asm.File, s simd, rows, cols int) {
	fn := f.Func(fmt.Sprintf("gemm%s%dx%d", s.name, rows, cols*s.bytes/4),
		gemmComment(rows, cols*s.bytes/4), gemmParams)
	fn.LoadArgs("", "R12", "R9", "BX", "R10", "R15", "DI", "SI")
	fn.Label("block")
	tileStart(fn, s, rows, cols)
	fn.Op("MOVQ", "R10", "DX")
	fn.Op("MOVQ", "R12", "CX")
	fn.Op("SUBQ", "$4", "CX")
	fn.Op("JLT", "rest")
	fn.Label("four")
	for step := range 4 {
		gemmStep(fn, s, rows, cols, 4*step)
	}
	advanceRows(fn, rows, 16)
	fn.Op("SUBQ", "$4", "CX")
	fn.Op("JGE", "four")
	fn.Label("rest")
	fn.Op("ADDQ", "$4", "CX")
	fn.Op("JZ", "add")
	fn.Label("one")
	gemmStep(fn, s, rows, cols, 0)
	advanceRows(fn, rows, 4)
	fn.Op("DECQ", "CX")
	fn.Op("JNZ", "one")
	gemmFinish(fn, s, rows, cols)
	fn.Op("DECQ", fn.Arg("blocks"))
	fn.Op("JNZ", "block")
	fn.Return()
}

// tileStart clears the sums and sets the tile's row addresses.
func tileStart(fn *asm.Func, s simd, rows, cols int) {
	for i := range rows * cols {
		fn.Op(s.zero, s.v(i), s.v(i), s.v(i))
	}
	rowAddresses(fn, rows)
}

// rowAddresses sets the bases from the tile's first row (R9, rows BX apart) and moves
// R9 to the next tile.
func rowAddresses(fn *asm.Func, rows int) {
	fn.Op("MOVQ", "R9", "AX")
	fn.Op("LEAQ", "(BX)(BX*2)", "R13")
	for g := 1; g <= (rows-1)/3; g++ {
		fn.Op("LEAQ", "("+tileBases[g-1]+")(R13*1)", tileBases[g])
	}
	for range rows / 3 {
		fn.Op("ADDQ", "R13", "R9")
	}
	for range rows % 3 {
		fn.Op("ADDQ", "BX", "R9")
	}
}

func advanceRows(fn *asm.Func, rows, bytes int) {
	for g := 0; g <= (rows-1)/3; g++ {
		fn.Op("ADDQ", fmt.Sprintf("$%d", bytes), tileBases[g])
	}
}

// gemmStep adds the products of one k: a row of b times each row's number, off bytes
// after its base.
func gemmStep(fn *asm.Func, s simd, rows, cols, off int) {
	sums := rows * cols
	for j := range cols {
		fn.Op("VMOVUPS", mem(j*s.bytes, "DX"), s.v(sums+j))
	}
	free := s.count - sums - cols
	for i := range rows {
		x := s.v(sums + cols + i%free)
		fn.Op("VBROADCASTSS", rowOperand(i, off), x)
		for j := range cols {
			fn.Op("VFMADD231PS", s.v(sums+j), x, s.v(i*cols+j))
		}
	}
	fn.Op("ADDQ", "R15", "DX")
}

// gemmFinish adds plus and stores the sums.
func gemmFinish(fn *asm.Func, s simd, rows, cols int) {
	fn.Label("add")
	fn.Op("MOVQ", fn.Arg("plus"), "DX")
	fn.Op("TESTQ", "DX", "DX")
	fn.Op("JZ", "store")
	fn.Op("MOVQ", fn.Arg("ldplus"), "CX")
	for i := range rows {
		for j := range cols {
			fn.Op("VADDPS", mem(j*s.bytes, "DX"), s.v(i*cols+j), s.v(i*cols+j))
		}
		fn.Op("ADDQ", "CX", "DX")
	}
	fn.Op("MOVQ", "DX", fn.Arg("plus"))
	fn.Label("store")
	for i := range rows {
		for j := range cols {
			fn.Op("VMOVUPS", s.v(i*cols+j), mem(j*s.bytes, "DI"))
		}
		fn.Op("ADDQ", "SI", "DI")
	}
}

// gemmParams and gemmComment are shared by all tiles.
const gemmParams = "blocks, k int, a unsafe.Pointer, lda int, b unsafe.Pointer, ldb int, c unsafe.Pointer, ldc int, plus unsafe.Pointer, ldplus int"

func gemmComment(rows, width int) string {
	return fmt.Sprintf("multiplies blocks tiles of %d rows of a (lda bytes apart) with k rows of %d numbers of b (ldb bytes apart) into c (ldc bytes apart). It adds row 0, 1, ... of plus (ldplus bytes apart) unless plus is nil.", rows, width)
}
