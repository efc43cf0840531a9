package main

import (
	"fmt"

	"standpoint/internal/kernel/gen/asm"
)

// A product in tiles has blocks of up to 32 rows by 32 columns. Its sums lie in T0 and
// T1 (rows 0 to 15) and in T2 and T3 (16 to 31); the rows of the left operand in T4 and
// T5, the columns of the right one in T6 and T7.
const (
	tileLeft  = 4
	tileRight = 6
	tileBytes = 1024
	sumsRow   = 128 // bytes of a block's row
)

func amxTile(n int) string { return fmt.Sprintf("T%d", n) }

// amxKind is a number format of the tiles' operands, and what becomes of the sums.
type amxKind struct {
	name   string
	dot    string
	about  string
	params string
	begin  func(fn *asm.Func) // a pair: R12 becomes what finish takes from row to row
	finish func(fn *asm.Func) // a block: from the sums at AX to CX rows at DI, moving R12 along
}

var amxKinds = []amxKind{
	{
		name: "BF16", dot: "TDPBF16PS", begin: amxSummands, finish: amxAdd,
		about:  "Rows of plus (ldplus bytes apart) are added unless it is nil.",
		params: "ldplus int, plus unsafe.Pointer",
	},
	{
		name: "Int8", dot: "TDPBSSD", begin: amxTables, finish: amxDequantize,
		about:  "A sum is multiplied by its row's factor times its column's, and what table adds is added: for each pair table holds 32 factors and 32 summands.",
		params: "factors, table unsafe.Pointer",
	},
}

// amxFile holds the products in AMX tiles.
func amxFile() *asm.File {
	f := asm.NewFile("amx", "Matrix products in AMX tiles.")
	for _, kind := range amxKinds {
		for tiles := 1; tiles <= 2; tiles++ {
			amxProduct(f, kind, tiles)
		}
	}
	return f
}

// amxProduct writes the product of blocks one or two tiles high. Tiles are configured
// and released within it: nothing of them outlives a call, and Go moves no goroutine to
// another thread inside of assembly.
//
// Through all loops: R9 and DI are the block's rows in a and c, BX and SI the distances
// there; R10 is the pair of panels, R15 from one to the other; R14 counts blocks, and
// R12 is the kind's own.
func amxProduct(f *asm.File, kind amxKind, tiles int) {
	fn := f.Func(fmt.Sprintf("amx%sRows%d", kind.name, 16*tiles), amxComment(kind, tiles), amxParams+", "+kind.params)
	fn.LoadArgs("AX", "", "", "", "", "", "", "BX", "R10", "R15", "", "SI")
	fn.Op("LDTILECFG", "(AX)")
	fn.Label("pair")
	amxPair(fn)
	kind.begin(fn)
	fn.Label("block")
	amxSums(fn, kind, tiles)
	amxStore(fn, tiles)
	kind.finish(fn)
	fn.Op("DECQ", "R14")
	fn.Op("JNZ", "block")
	fn.Op("LEAQ", "(R10)(R15*2)", "R10")
	fn.Op("SUBQ", "$32", fn.Arg("cols"))
	fn.Op("JGT", "pair")
	fn.Op("TILERELEASE")
	fn.Return()
}

// amxPair begins a pair of panels: the first block's addresses, K1 and K2 for the
// columns there are, and c moved on for the next pair.
func amxPair(fn *asm.Func) {
	fn.Op("MOVQ", "$-1", "AX")
	fn.Op("MOVQ", fn.Arg("cols"), "CX")
	fn.Op("CMPQ", "CX", "$32")
	fn.Op("JGE", "whole")
	fn.Op("SHLQ", "CX", "AX")
	fn.Op("NOTQ", "AX")
	fn.Label("whole")
	fn.Op("KMOVW", "AX", "K1")
	fn.Op("SHRQ", "$16", "AX")
	fn.Op("KMOVW", "AX", "K2")
	fn.Op("MOVQ", fn.Arg("blocks"), "R14")
	fn.Op("MOVQ", fn.Arg("a"), "R9")
	fn.Op("MOVQ", fn.Arg("c"), "DI")
	fn.Op("ADDQ", fmt.Sprintf("$%d", sumsRow), fn.Arg("c"))
}

// amxSummands takes the first row of plus and moves on for the next pair; nil stays nil.
func amxSummands(fn *asm.Func) {
	fn.Op("MOVQ", fn.Arg("plus"), "R12")
	fn.Op("TESTQ", "R12", "R12")
	fn.Op("JZ", "block")
	fn.Op("ADDQ", fmt.Sprintf("$%d", sumsRow), fn.Arg("plus"))
}

// amxTables takes the rows' factors, and keeps those of the columns in Z4 and Z5, their
// summands in Z6 and Z7.
func amxTables(fn *asm.Func) {
	fn.Op("MOVQ", fn.Arg("factors"), "R12")
	fn.Op("MOVQ", fn.Arg("table"), "DX")
	for i := range 4 {
		fn.Op("VMOVUPS", mem(64*i, "DX"), avx512.v(4+i))
	}
	fn.Op("ADDQ", fmt.Sprintf("$%d", 2*sumsRow), fn.Arg("table"))
}

// amxSums multiplies a block by the pair and leaves R9 at the next block.
func amxSums(fn *asm.Func, kind amxKind, tiles int) {
	for i := range 2 * tiles {
		fn.Op("TILEZERO", amxTile(i))
	}
	fn.Op("MOVQ", "R9", "AX")
	if tiles == 2 {
		fn.Op("MOVQ", "BX", "R8")
		fn.Op("SHLQ", "$4", "R8")
		fn.Op("ADDQ", "AX", "R8")
	}
	fn.Op("MOVQ", "R10", "DX")
	fn.Op("LEAQ", "(R10)(R15*1)", "R11")
	fn.Op("MOVQ", "$64", "R13")
	fn.Op("MOVQ", fn.Arg("groups"), "CX")
	fn.Label("groups")
	amxStep(fn, kind.dot, tiles)
	fn.Op("DECQ", "CX")
	fn.Op("JNZ", "groups")
	fn.Op("MOVQ", fn.Arg("height"), "CX")
	fn.Op("IMULQ", "BX", "CX")
	fn.Op("ADDQ", "CX", "R9")
}

// amxStep adds the products of 64 bytes of each row.
func amxStep(fn *asm.Func, dot string, tiles int) {
	left, right := []string{"AX", "R8"}, []string{"DX", "R11"}
	for j, address := range right {
		fn.Op("TILELOADD", "("+address+")(R13*1)", amxTile(tileRight+j))
		fn.Op("ADDQ", fmt.Sprintf("$%d", tileBytes), address)
	}
	for i, address := range left[:tiles] {
		fn.Op("TILELOADD", "("+address+")(BX*1)", amxTile(tileLeft+i))
		fn.Op("ADDQ", "$64", address)
		for j := range right {
			fn.Op(dot, amxTile(tileRight+j), amxTile(tileLeft+i), amxTile(2*i+j))
		}
	}
}

// amxStore writes the sums to the work space, from which the vectors take them; AX is
// left at its start and CX the block's height.
func amxStore(fn *asm.Func, tiles int) {
	fn.Op("MOVQ", fn.Arg("sums"), "AX")
	fn.Op("MOVQ", fmt.Sprintf("$%d", sumsRow), "R13")
	for i := range 2 * tiles {
		fn.Op("LEAQ", mem(i/2*16*sumsRow+i%2*64, "AX"), "R11")
		fn.Op("TILESTORED", amxTile(i), "(R11)(R13*1)")
	}
	fn.Op("MOVQ", fn.Arg("height"), "CX")
}

// amxAdd adds rows of plus to the sums and stores them.
func amxAdd(fn *asm.Func) {
	fn.Op("TESTQ", "R12", "R12")
	fn.Op("JZ", "plain")
	fn.Op("MOVQ", fn.Arg("ldplus"), "DX")
	amxRows(fn, "added", "DX", func(j int, sum, mask string) {
		fn.Op("VMOVUPS", mem(64*j, "AX"), sum)
		fn.Op("VADDPS.Z", mem(64*j, "R12"), sum, mask, sum)
	})
	fn.Op("JMP", "next")
	amxRows(fn, "plain", "", func(j int, sum, _ string) { fn.Op("VMOVUPS", mem(64*j, "AX"), sum) })
	fn.Label("next")
}

// amxDequantize turns the sums into numbers, rounded at each step as the portable path
// does, and stores them.
func amxDequantize(fn *asm.Func) {
	amxRows(fn, "row", "$4", func(j int, sum, _ string) {
		if j == 0 {
			fn.Op("VBROADCASTSS", "(R12)", "Z2")
		}
		fn.Op("VMULPS", avx512.v(4+j), "Z2", "Z3")
		fn.Op("VCVTDQ2PS", mem(64*j, "AX"), sum)
		fn.Op("VMULPS", "Z3", sum, sum)
		fn.Op("VADDPS", avx512.v(6+j), sum, sum)
	})
}

// amxRows makes two vectors of each row, stores the columns there are, and moves R12.
func amxRows(fn *asm.Func, label, by string, value func(j int, sum, mask string)) {
	fn.Label(label)
	for j, mask := range []string{"K1", "K2"} {
		value(j, avx512.v(j), mask)
		fn.Op("VMOVUPS", avx512.v(j), mask, mem(64*j, "DI"))
	}
	fn.Op("ADDQ", fmt.Sprintf("$%d", sumsRow), "AX")
	fn.Op("ADDQ", "SI", "DI")
	if by != "" {
		fn.Op("ADDQ", by, "R12")
	}
	fn.Op("DECQ", "CX")
	fn.Op("JNZ", label)
}

// amxParams and amxComment are shared by all products.
const amxParams = "config, sums unsafe.Pointer, cols, blocks, height, groups int, a unsafe.Pointer, lda int, b unsafe.Pointer, ldb int, c unsafe.Pointer, ldc int"

func amxComment(kind amxKind, tiles int) string {
	rows := "up to 16"
	if tiles == 2 {
		rows = "17 to 32"
	}
	return fmt.Sprintf("multiplies blocks of height rows (%s) of a with pairs of panels of b into c, cols wide and ldc bytes apart. A row of a is groups of 64 bytes, a panel of b, 16 columns wide, groups of 1,024; lda and ldb are their distances. %s config is that of the tiles for the height, sums 4,096 bytes to work in.", rows, kind.about)
}
