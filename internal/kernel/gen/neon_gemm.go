package main

import (
	"fmt"

	"standpoint/internal/kernel/gen/asm"
)

// NEON's matrix products: the same tiles as gemm.go's, of up to 8 rows and 2
// vectors. Four of k are taken a round, so that a row's four numbers are loaded
// at once and multiplied by element.

// Registers of a tile: sums from 0, rows of a from 16, vectors of b from 24.
const (
	rowsNEON  = 16
	rightNEON = 24
)

// tileRows hold the addresses of a tile's rows.
var tileRows = []string{"R13", "R14", "R15", "R16", "R17", "R19", "R20", "R21"}

// gemmFileNEON holds the float32 tiles of every height and width.
func gemmFileNEON() *asm.File {
	f := asm.NewFile("gemm", "Tiles of float32 matrix products.")
	for rows := 1; rows <= neon.rows; rows++ {
		for cols := 1; cols <= neon.cols; cols++ {
			w := &writer{simd: neon, file: f, tables: &tables{}}
			w.gemmTile(rows, cols)
		}
	}
	return f
}

// gemmTile writes one tile's function. Each element of c is summed over k in
// order in one register.
func (w *writer) gemmTile(rows, cols int) {
	w.fn = w.file.Func(fmt.Sprintf("gemmNEON%dx%d", rows, cols*4), gemmComment(rows, cols*4), gemmParams)
	for i, p := range []string{"blocks", "k", "a", "lda", "b", "ldb", "c", "ldc", "plus", "ldplus"} {
		w.fn.Op("MOVD", w.fn.Arg(p), fmt.Sprintf("R%d", i))
	}
	w.fn.Label("block")
	for i := range rows * cols {
		w.three("EOR", i, i, i)
	}
	for _, r := range tileRows[:rows] {
		w.fn.Op("MOVD", "R2", r)
		w.fn.Op("ADD", "R3", "R2", "R2")
	}
	w.fn.Op("MOVD", "R4", "R11")
	w.fn.Op("SUBS", "$4", "R1", "R10")
	w.fn.Op("BLT", "rest")
	w.fn.Label("four")
	for i, r := range tileRows[:rows] {
		w.fn.Op("FMOVQ.P", "16("+r+")", fmt.Sprintf("F%d", rowsNEON+i))
	}
	for step := range 4 {
		w.loadRight(cols, step%2*cols)
		for i := range rows {
			for j := range cols {
				w.byElement(rightNEON+step%2*cols+j, rowsNEON+i, step, i*cols+j)
			}
		}
	}
	w.fn.Op("SUBS", "$4", "R10", "R10")
	w.fn.Op("BGE", "four")
	w.fn.Label("rest")
	w.fn.Op("ADDS", "$4", "R10", "R10")
	w.fn.Op("BEQ", "add")
	w.fn.Label("one")
	w.loadRight(cols, 0)
	for i, r := range tileRows[:rows] {
		w.fn.Op("FMOVS.P", "4("+r+")", fmt.Sprintf("F%d", rowsNEON+i))
		for j := range cols {
			w.byElement(rightNEON+j, rowsNEON+i, 0, i*cols+j)
		}
	}
	w.fn.Op("SUBS", "$1", "R10", "R10")
	w.fn.Op("BNE", "one")
	w.finishTile(rows, cols)
	w.fn.Op("RET")
}

// loadRight loads the next row of b into registers from a first one on.
func (w *writer) loadRight(cols, first int) {
	for j := range cols {
		w.fn.Op("FMOVQ", mem(16*j, "R11"), fmt.Sprintf("F%d", rightNEON+first+j))
	}
	w.fn.Op("ADD", "R5", "R11", "R11")
}

// byElement adds to d the products of n's numbers and m's one of a lane.
func (w *writer) byElement(n, m, lane, d int) {
	word := uint32(0x4F801000 | lane&1<<21 | m<<16 | lane>>1<<11 | n<<5 | d)
	w.word32(word, "FMLA V%d.S[%d], V%d, V%d", m, lane, n, d)
}

// finishTile adds plus, stores the sums and goes on to the next tile.
func (w *writer) finishTile(rows, cols int) {
	w.fn.Label("add")
	w.fn.Op("CMP", "$0", "R8")
	w.fn.Op("BEQ", "store")
	for i := range rows {
		for j := range cols {
			w.fn.Op("FMOVQ", mem(16*j, "R8"), fmt.Sprintf("F%d", rightNEON+j))
			w.three("FADD", rightNEON+j, i*cols+j, i*cols+j)
		}
		w.fn.Op("ADD", "R9", "R8", "R8")
	}
	w.fn.Label("store")
	for i := range rows {
		for j := range cols {
			w.fn.Op("FMOVQ", fmt.Sprintf("F%d", i*cols+j), mem(16*j, "R6"))
		}
		w.fn.Op("ADD", "R7", "R6", "R6")
	}
	w.fn.Op("SUBS", "$1", "R0", "R0")
	w.fn.Op("BNE", "block")
}
