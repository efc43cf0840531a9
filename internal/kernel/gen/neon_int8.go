package main

import (
	"fmt"

	"standpoint/internal/kernel/gen/asm"
)

// NEON's int8 products, in the form of int8.go's: with SDOT, which multiplies
// four bytes and four bytes, and for processors without it in 16-bit numbers.
// Sums are exact in both.

// Registers of an int8 tile: rows of a from 0 (16-bit elements are reached in
// the lower half alone), the right operand from 8, sums from 16.
const (
	rightInt8 = 8
	sumsInt8  = 16
)

// int8FileNEON holds the int8 tiles and what widens rows.
func int8FileNEON() *asm.File {
	f := asm.NewFile("int8", "Tiles of int8 matrix products, and their left operands.")
	w := &writer{simd: neon, file: f, tables: &tables{}}
	for rows := 1; rows <= neon.rows; rows++ {
		w.int8Tile("NEON", rows, 2, w.longStep)
	}
	for rows := 1; rows <= neon.rows; rows++ {
		w.int8Tile("DOT", rows, 4, w.dotStep)
	}
	w.widen()
	return f
}

// int8Tile writes a tile of 8 columns. A round is four groups of k: 16 bytes of
// a row of a.
func (w *writer) int8Tile(isa string, rows, group int, step func(rows, lane int)) {
	w.fn = w.file.Func(fmt.Sprintf("int8%s%dx8", isa, rows), int8Comment(rows, 8, group), int8Params)
	for i, p := range []string{"blocks", "groups", "a", "lda", "b", "c", "ldc", "factors", "table"} {
		w.fn.Op("MOVD", w.fn.Arg(p), fmt.Sprintf("R%d", i))
	}
	w.fn.Label("block")
	for i, r := range tileRows[:rows] {
		w.fn.Op("FMOVQ", "(R8)", fmt.Sprintf("F%d", sumsInt8+2*i))
		w.fn.Op("FMOVQ", "16(R8)", fmt.Sprintf("F%d", sumsInt8+2*i+1))
		w.fn.Op("MOVD", "R2", r)
		w.fn.Op("ADD", "R3", "R2", "R2")
	}
	w.fn.Op("MOVD", "R4", "R11")
	w.fn.Op("MOVD", "R1", "R10")
	w.fn.Label("groups")
	for i, r := range tileRows[:rows] {
		w.fn.Op("FMOVQ.P", "16("+r+")", fmt.Sprintf("F%d", i))
	}
	for lane := range int8Unroll {
		step(rows, lane)
	}
	w.fn.Op("SUBS", fmt.Sprintf("$%d", int8Unroll), "R10", "R10")
	w.fn.Op("BNE", "groups")
	for i := range rows {
		w.dequantize(i)
	}
	w.fn.Op("SUBS", "$1", "R0", "R0")
	w.fn.Op("BNE", "block")
	w.fn.Op("RET")
}

// dotStep adds a group of four k: SDOT by element, four columns at once.
func (w *writer) dotStep(rows, lane int) {
	b := rightInt8 + lane%2*2
	for j := range 2 {
		w.fn.Op("FMOVQ.P", "16(R11)", fmt.Sprintf("F%d", b+j))
	}
	for i := range rows {
		for j := range 2 {
			d := sumsInt8 + 2*i + j
			word := uint32(0x4F80E000 | lane&1<<21 | i<<16 | lane>>1<<11 | (b+j)<<5 | d)
			w.word32(word, "SDOT V%d.S[%d], V%d, V%d", i, lane, b+j, d)
		}
	}
}

// longStep adds a group of two k. The columns' pairs are widened and parted
// into those of the first and of the second number.
func (w *writer) longStep(rows, lane int) {
	const raw, low, high, first = rightInt8, rightInt8 + 1, rightInt8 + 2, rightInt8 + 3
	w.fn.Op("FMOVQ.P", "16(R11)", fmt.Sprintf("F%d", raw))
	w.word32(0x0F08A400|raw<<5|low, "SXTL V%d, V%d", raw, low)
	w.word32(0x4F08A400|raw<<5|high, "SXTL2 V%d, V%d", raw, high)
	w.word32(0x4E401800|high<<16|low<<5|first, "UZP1 V%d, V%d, V%d", high, low, first)
	w.word32(0x4E405800|high<<16|low<<5|(first+1), "UZP2 V%d, V%d, V%d", high, low, first+1)
	for half := range 2 {
		n, index := first+half, 2*lane+half
		for i := range rows {
			d := sumsInt8 + 2*i
			word := uint32(0x0F402000 | index>>1&1<<21 | index&1<<20 | i<<16 | index>>2<<11 | n<<5)
			w.word32(word|uint32(d), "SMLAL V%d.H[%d], V%d, V%d", i, index, n, d)
			w.word32(word|1<<30|uint32(d+1), "SMLAL2 V%d.H[%d], V%d, V%d", i, index, n, d+1)
		}
	}
}

// dequantize stores row i: sum * (row factor * column factor) + what is added,
// rounded at each step as the portable path does.
func (w *writer) dequantize(i int) {
	const row, factor, plus = 0, 1, 2
	w.fn.Op("FMOVS.P", "4(R7)", fmt.Sprintf("F%d", row))
	w.fn.Op("VDUP", fmt.Sprintf("V%d.S[0]", row), fmt.Sprintf("V%d.S4", row))
	for j := range 2 {
		sum := sumsInt8 + 2*i + j
		w.fn.Op("FMOVQ", mem(32+16*j, "R8"), fmt.Sprintf("F%d", factor))
		w.fn.Op("FMOVQ", mem(64+16*j, "R8"), fmt.Sprintf("F%d", plus))
		w.three("FMUL", row, factor, factor)
		w.two("SCVTF", sum, sum)
		w.three("FMUL", factor, sum, sum)
		w.three("FADD", plus, sum, sum)
		w.fn.Op("FMOVQ", fmt.Sprintf("F%d", sum), mem(16*j, "R5"))
	}
	w.fn.Op("ADD", "R6", "R5", "R5")
}

// widen writes int8 as int16, for tiles without SDOT.
func (w *writer) widen() {
	w.fn = w.file.Func("widenNEON", "writes n int8 (a multiple of 16, not 0) as int16.", "dst, src unsafe.Pointer, n int")
	for i, p := range []string{"dst", "src", "n"} {
		w.fn.Op("MOVD", w.fn.Arg(p), fmt.Sprintf("R%d", i))
	}
	w.fn.Label("loop")
	w.fn.Op("FMOVQ.P", "16(R1)", "F0")
	w.word32(0x0F08A401, "SXTL V0, V1")
	w.word32(0x4F08A402, "SXTL2 V0, V2")
	w.fn.Op("FMOVQ.P", "F1", "16(R0)")
	w.fn.Op("FMOVQ.P", "F2", "16(R0)")
	w.fn.Op("SUBS", "$16", "R2", "R2")
	w.fn.Op("BNE", "loop")
	w.fn.Op("RET")
}
