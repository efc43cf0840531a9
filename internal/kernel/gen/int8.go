package main

import (
	"fmt"

	"standpoint/internal/kernel/gen/asm"
)

// int8Unroll is how many groups of k an int8 tile takes a round; packing fills k
// with zeros to a multiple of it.
const int8Unroll = 4

// int8File holds the int8 tiles and what brings quantised rows into their form.
func int8File() *asm.File {
	f := asm.NewFile("int8", "Tiles of int8 matrix products, and their left operands.")
	for rows := 1; rows <= avx2.rows; rows++ {
		int8Tile(f, avx2, "AVX2", rows, 2, widenedStep)
	}
	for rows := 1; rows <= avx512.rows; rows++ {
		int8Tile(f, avx512, "VNNI", rows, 4, vnniStep)
	}
	widen(f)
	offset(f)
	return f
}

// stepFunc adds the products of a group of k: off bytes after the rows' bases, step
// groups after the panel's address.
type stepFunc func(fn *asm.Func, s simd, rows, off, step int)

// int8Tile writes the function of tiles of so many rows. A group of k is 32 bits in
// a row of a: two int16 or four bytes.
func int8Tile(f *asm.File, s simd, isa string, rows, group int, step stepFunc) {
	width := s.cols * s.bytes / 4
	fn := f.Func(fmt.Sprintf("int8%s%dx%d", isa, rows, width),
		int8Comment(rows, width, group), int8Params)
	fn.LoadArgs("", "R12", "R9", "BX", "R10", "DI", "SI", "R15", "R14")
	fn.Label("block")
	rowAddresses(fn, rows)
	for i := range rows {
		for j := range s.cols {
			fn.Op(s.load, mem(j*s.bytes, "R14"), s.v(i*s.cols+j))
		}
	}
	fn.Op("MOVQ", "R10", "DX")
	fn.Op("MOVQ", "R12", "CX")
	fn.Label("groups")
	for g := range int8Unroll {
		step(fn, s, rows, 4*g, g)
	}
	advanceRows(fn, rows, 4*int8Unroll)
	fn.Op("ADDQ", fmt.Sprintf("$%d", int8Unroll*width*group), "DX")
	fn.Op("SUBQ", fmt.Sprintf("$%d", int8Unroll), "CX")
	fn.Op("JNZ", "groups")
	for i := range rows {
		dequantize(fn, s, i)
	}
	fn.Op("ADDQ", fmt.Sprintf("$%d", 4*rows), "R15")
	fn.Op("DECQ", fn.Arg("blocks"))
	fn.Op("JNZ", "block")
	fn.Return()
}

// widenedStep multiplies 16-bit numbers: those of b are widened as they are read.
// VPMADDWD's sums of two products are exact, where VPMADDUBSW's saturate.
func widenedStep(fn *asm.Func, s simd, rows, off, step int) {
	sums := rows * s.cols
	for j := range s.cols {
		fn.Op("VPMOVSXBW", mem((step*s.cols+j)*s.bytes/2, "DX"), s.v(sums+j))
	}
	x, product := s.v(sums+s.cols), s.v(sums+s.cols+1)
	for i := range rows {
		fn.Op("VPBROADCASTD", rowOperand(i, off), x)
		for j := range s.cols {
			fn.Op("VPMADDWD", s.v(sums+j), x, product)
			fn.Op("VPADDD", product, s.v(i*s.cols+j), s.v(i*s.cols+j))
		}
	}
}

// vnniStep multiplies bytes: a's without sign, b's with.
func vnniStep(fn *asm.Func, s simd, rows, off, step int) {
	sums := rows * s.cols
	for j := range s.cols {
		fn.Op(s.load, mem((step*s.cols+j)*s.bytes, "DX"), s.v(sums+j))
	}
	free := s.count - sums - s.cols
	for i := range rows {
		x := s.v(sums + s.cols + i%free)
		fn.Op("VPBROADCASTD", rowOperand(i, off), x)
		for j := range s.cols {
			fn.Op("VPDPBUSD", s.v(sums+j), x, s.v(i*s.cols+j))
		}
	}
}

// dequantize stores row i: sum * (row factor * column factor) + what is added,
// rounded at each step as the portable path does.
func dequantize(fn *asm.Func, s simd, i int) {
	row, factor := s.v(s.count-1), s.v(s.count-2)
	fn.Op("VBROADCASTSS", mem(4*i, "R15"), row)
	for j := range s.cols {
		sum := s.v(i*s.cols + j)
		fn.Op("VMULPS", mem((s.cols+j)*s.bytes, "R14"), row, factor)
		fn.Op("VCVTDQ2PS", sum, sum)
		fn.Op("VMULPS", factor, sum, sum)
		fn.Op("VADDPS", mem((2*s.cols+j)*s.bytes, "R14"), sum, sum)
		fn.Op("VMOVUPS", sum, mem(j*s.bytes, "DI"))
	}
	fn.Op("ADDQ", "SI", "DI")
}

// widen writes int8 as int16, for tiles without VNNI.
func widen(f *asm.File) {
	fn := f.Func("widenAVX2", "writes n int8 (a multiple of 16, not 0) as int16.", "dst, src unsafe.Pointer, n int")
	fn.LoadArgs("DI", "SI", "CX")
	fn.Label("loop")
	fn.Op("VPMOVSXBW", "(SI)", "Y0")
	fn.Op("VMOVDQU", "Y0", "(DI)")
	fn.Op("ADDQ", "$16", "SI")
	fn.Op("ADDQ", "$32", "DI")
	fn.Op("SUBQ", "$16", "CX")
	fn.Op("JNZ", "loop")
	fn.Return()
}

// offset adds 128 to int8, for tiles whose left operand has no sign.
func offset(f *asm.File) {
	signs := f.Data("int8Signs", 0x80808080, 0x80808080, 0x80808080, 0x80808080)
	fn := f.Func("offsetVNNI", "writes n int8 (a multiple of 16, not 0) plus 128 as bytes.", "dst, src unsafe.Pointer, n int")
	fn.LoadArgs("DI", "SI", "CX")
	fn.Op("VMOVDQU", signs, "X1")
	fn.Label("loop")
	fn.Op("VPXOR", "(SI)", "X1", "X0")
	fn.Op("VMOVDQU", "X0", "(DI)")
	fn.Op("ADDQ", "$16", "SI")
	fn.Op("ADDQ", "$16", "DI")
	fn.Op("SUBQ", "$16", "CX")
	fn.Op("JNZ", "loop")
	fn.Return()
}

// int8Params and int8Comment are shared by all tiles.
const int8Params = "blocks, groups int, a unsafe.Pointer, lda int, b unsafe.Pointer, c unsafe.Pointer, ldc int, factors, table unsafe.Pointer"

func int8Comment(rows, width, group int) string {
	return fmt.Sprintf("multiplies blocks tiles of %d rows of a (lda bytes apart) with a panel of groups times %d columns of %d int8 into c (ldc bytes apart), groups being a multiple of %d. table holds three rows of %d words: where the sums start, the columns' factors and what is added at last; factors are those of the rows.", rows, width, group, int8Unroll, width)
}
