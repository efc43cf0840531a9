package main

import "standpoint/internal/kernel/gen/asm"

// packFile holds what brings operands into the order that products read.
func packFile() *asm.File {
	f := asm.NewFile("pack", "Operands brought into the order that products read.")
	transpose8(f)
	halveRow(f)
	roundPairs(f)
	return f
}

// transpose8 transposes squares of 8 by 8: neighbours in pairs of rows, then pairs of
// numbers, then halves of registers.
func transpose8(f *asm.File) {
	fn := f.Func("transposeAVX2", "transposes 8 rows of src (ldsrc bytes apart) of 8*squares 32-bit words into rows of 8 words, lddst bytes apart.",
		"squares int, src unsafe.Pointer, ldsrc int, dst unsafe.Pointer, lddst int")
	fn.LoadArgs("CX", "R9", "BX", "DI", "SI")
	rowAddresses(fn, 8)
	y := avx2.v
	fn.Label("square")
	for i := range 8 {
		fn.Op("VMOVUPS", rowOperand(i, 0), y(i))
	}
	advanceRows(fn, 8, 32)
	for i := range 4 { // words of rows 2i and 2i+1 in turn: the lower in 8+2i, the upper in 9+2i
		fn.Op("VUNPCKLPS", y(2*i+1), y(2*i), y(8+2*i))
		fn.Op("VUNPCKHPS", y(2*i+1), y(2*i), y(9+2*i))
	}
	for half := range 2 { // four rows of columns c and c+4 in each of 4 half + c
		low := 8 + 4*half
		fn.Op("VUNPCKLPD", y(low+2), y(low), y(4*half))
		fn.Op("VUNPCKHPD", y(low+2), y(low), y(4*half+1))
		fn.Op("VUNPCKLPD", y(low+3), y(low+1), y(4*half+2))
		fn.Op("VUNPCKHPD", y(low+3), y(low+1), y(4*half+3))
	}
	for c := range 8 {
		fn.Op("VPERM2F128", []string{"$0x20", "$0x31"}[c/4], y(4+c%4), y(c%4), y(8))
		fn.Op("VMOVUPS", y(8), "(DI)")
		fn.Op("ADDQ", "SI", "DI")
	}
	fn.Op("DECQ", "CX")
	fn.Op("JNZ", "square")
	fn.Return()
}

// bfloat holds the constants of rounding in registers.
type bfloat struct{ one, half, quiet string }

func newBFloat(f *asm.File, fn *asm.Func) bfloat {
	table := f.Data("bfloat"+fn.Name, 1, 0x7fff, 0x40)
	b := bfloat{"Z29", "Z30", "Z31"}
	for i, register := range []string{b.one, b.half, b.quiet} {
		fn.Op("VPBROADCASTD", asm.Offset(table, 4*i), register)
	}
	return b
}

// round leaves in to the upper halves of x's numbers, rounded to nearest even, as
// numbers of 32 bits; a NaN stays one. It uses Z28 and K2.
func (b bfloat) round(fn *asm.Func, x, to string) {
	fn.Op("VPSRLD", "$16", x, to)
	fn.Op("VPORD", b.quiet, to, "Z28")
	fn.Op("VPANDD", b.one, to, to)
	fn.Op("VPADDD", b.half, to, to)
	fn.Op("VPADDD", x, to, to)
	fn.Op("VPSRLD", "$16", to, to)
	fn.Op("VCMPPS", "$3", x, x, "K2")
	fn.Op("VMOVDQU32", "Z28", "K2", to)
}

// lowMask sets K1 to the lowest CX bits; AX is lost.
func lowMask(fn *asm.Func) {
	fn.Op("MOVQ", "$-1", "AX")
	fn.Op("SHLQ", "CX", "AX")
	fn.Op("NOTQ", "AX")
	fn.Op("KMOVW", "AX", "K1")
}

// halveRow rounds a row to bfloat16, 16 bits a number.
func halveRow(f *asm.File) {
	fn := f.Func("halveAVX512", "rounds n numbers to bfloat16 and fills dst with zeros to a multiple of 16.", "dst, src unsafe.Pointer, n int")
	fn.LoadArgs("DI", "SI", "CX")
	b := newBFloat(f, fn)
	fn.Op("SUBQ", "$16", "CX")
	fn.Op("JLT", "rest")
	fn.Label("loop")
	fn.Op("VMOVUPS", "(SI)", "Z0")
	b.round(fn, "Z0", "Z1")
	fn.Op("VPMOVDW", "Z1", "(DI)")
	fn.Op("ADDQ", "$64", "SI")
	fn.Op("ADDQ", "$32", "DI")
	fn.Op("SUBQ", "$16", "CX")
	fn.Op("JGE", "loop")
	fn.Label("rest")
	fn.Op("ADDQ", "$16", "CX")
	fn.Op("JZ", "done")
	lowMask(fn)
	fn.Op("VMOVUPS.Z", "(SI)", "K1", "Z0")
	b.round(fn, "Z0", "Z1")
	fn.Op("VPMOVDW", "Z1", "(DI)")
	fn.Label("done")
	fn.Return()
}

// roundPairs rounds rows to bfloat16, two at a time, their numbers in turn.
func roundPairs(f *asm.File) {
	fn := f.Func("pairsAVX512", "rounds k rows of src (ldsrc bytes apart) of cols numbers, at most 16, to bfloat16 and writes each two as one row of 16 pairs; columns and a last row that are missing are zeros.",
		"k, cols int, dst, src unsafe.Pointer, ldsrc int")
	fn.LoadArgs("DX", "CX", "DI", "SI", "BX")
	b := newBFloat(f, fn)
	lowMask(fn)
	fn.Op("SUBQ", "$2", "DX")
	fn.Op("JLT", "last")
	fn.Label("pair")
	fn.Op("VMOVUPS.Z", "(SI)", "K1", "Z0")
	b.round(fn, "Z0", "Z1")
	fn.Op("VMOVUPS.Z", "(SI)(BX*1)", "K1", "Z0")
	b.round(fn, "Z0", "Z2")
	fn.Op("VPSLLD", "$16", "Z2", "Z2")
	fn.Op("VPORD", "Z1", "Z2", "Z2")
	fn.Op("VMOVDQU32", "Z2", "(DI)")
	fn.Op("LEAQ", "(SI)(BX*2)", "SI")
	fn.Op("ADDQ", "$64", "DI")
	fn.Op("SUBQ", "$2", "DX")
	fn.Op("JGE", "pair")
	fn.Label("last")
	fn.Op("ADDQ", "$2", "DX")
	fn.Op("JZ", "done")
	fn.Op("VMOVUPS.Z", "(SI)", "K1", "Z0")
	b.round(fn, "Z0", "Z1")
	fn.Op("VMOVDQU32", "Z1", "(DI)")
	fn.Label("done")
	fn.Return()
}
