package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// amx is the products in tiles run by the emulator, which allows each function the
// memory that its operands occupy and no more.
func (e *emulator) amx() *amx {
	t := &amx{
		halve: func(dst, src unsafe.Pointer, n int) {
			e.rows(true, dst, 1, (2*n+31)&^31, 0)
			e.rows(false, src, 1, 4*n, 0)
			e.call("halveAVX512", dst, src, n)
		},
		pairs: func(k, cols int, dst, src unsafe.Pointer, ldsrc int) {
			e.rows(true, dst, (k+1)/2, 64, 64)
			e.rows(false, src, k, 4*cols, ldsrc)
			e.call("pairsAVX512", k, cols, dst, src, ldsrc)
		},
		squares: e.squares,
	}
	for i := range 2 {
		bf16, int8 := fmt.Sprintf("amxBF16Rows%d", 16*(i+1)), fmt.Sprintf("amxInt8Rows%d", 16*(i+1))
		t.bf16[i] = func(config, sums unsafe.Pointer, cols, blocks, height, groups int, a unsafe.Pointer, lda int, b unsafe.Pointer, ldb int, c unsafe.Pointer, ldc, ldplus int, plus unsafe.Pointer) {
			e.operands(config, sums, cols, blocks*height, groups, a, lda, b, ldb, c, ldc)
			e.rows(false, plus, blocks*height, 4*cols, ldplus)
			e.call(bf16, config, sums, cols, blocks, height, groups, a, lda, b, ldb, c, ldc, ldplus, plus)
		}
		t.int8[i] = func(config, sums unsafe.Pointer, cols, blocks, height, groups int, a unsafe.Pointer, lda int, b unsafe.Pointer, ldb int, c unsafe.Pointer, ldc int, factors, table unsafe.Pointer) {
			e.operands(config, sums, cols, blocks*height, groups, a, lda, b, ldb, c, ldc)
			e.rows(false, factors, 1, 4*blocks*height, 0)
			e.rows(false, table, 1, 8*amxWhole(cols), 0)
			e.call(int8, config, sums, cols, blocks, height, groups, a, lda, b, ldb, c, ldc, factors, table)
		}
	}
	return t
}

// squares is transposeAVX2 in the emulator.
func (e *emulator) squares(squares int, src unsafe.Pointer, ldsrc int, dst unsafe.Pointer, lddst int) {
	e.rows(false, src, 8, 32*squares, ldsrc)
	e.rows(true, dst, 8*squares, 32, lddst)
	e.call("transposeAVX2", squares, src, ldsrc, dst, lddst)
}

// operands allows what the products of both kinds read and write.
func (e *emulator) operands(config, sums unsafe.Pointer, cols, rows, groups int, a unsafe.Pointer, lda int, b unsafe.Pointer, ldb int, c unsafe.Pointer, ldc int) {
	e.rows(false, config, 1, 64, 0)
	e.rows(true, sums, 1, 4096, 0)
	e.rows(false, a, rows, groups*amxGroup, lda)
	e.rows(false, b, amxWhole(cols)/amxPanel, groups*amxGroup*amxPanel, ldb)
	e.rows(true, c, rows, 4*cols, ldc)
}

// emulate makes the emulated products a path for the test's time, whatever this machine
// has, over the portable operations.
func emulate(t *testing.T, p Path) {
	kept := sets[p]
	sets[p] = emulated(t, p)
	t.Cleanup(func() { sets[p] = kept })
}

// TestEmulatedAMX runs the tests of products, which take every path there is, with the
// emulated one among them.
func TestEmulatedAMX(t *testing.T) {
	emulate(t, AMX)
	if all := Available(); all[len(all)-1] != AMX {
		t.Fatalf("available: %v, want AMX too", all)
	}
	t.Run("linear", TestLinearMatchesPortable)
	t.Run("rows", TestLinearRowsAreIndependent)
	t.Run("gemm", TestGemmStaysInside)
	t.Run("rows of gemm", TestGemmRowsAreIndependent)
	t.Run("accuracy", TestLinearIsAccurate)
	t.Run("nothing", TestProductsOfNothing)
	t.Run("NaN", TestNaNGoesThroughProducts)
	t.Run("limits", TestInt8IsExactAtItsLimits)
}

// TestEmulatedAMXLayouts adds to what was there, at distances of their own, beyond a
// block of k and a strip of rows.
func TestEmulatedAMXLayouts(t *testing.T) {
	s := emulated(t, AMX)
	r := rand.New(rand.NewPCG(9, 10))
	for _, size := range [][3]int{{1, 1, 1}, {5, 33, 7}, {17, 15, 34}, {32, 64, 64}, {33, 31, 97}, {70, 5, 530}, {259, 3, 40}, {2, 1570, 3}} {
		testLayouts(t, r, s.gemmBF16, portable.gemmBF16, size)
	}
}

// FuzzEmulatedProducts is FuzzProducts for what the emulator alone runs on most
// machines: shapes, layouts and precision come from the fuzzer.
func FuzzEmulatedProducts(f *testing.F) {
	for _, s := range productShapes {
		f.Add(uint8(s[0]), uint8(s[1]), uint16(s[2]), uint8(s[0]*7))
	}
	f.Fuzz(func(t *testing.T, rows, out uint8, in uint16, kind uint8) {
		m, n, k := int(rows)%80, int(out)%70, int(in)%600
		if m*n*k > 300_000 {
			t.Skip("too slow in the emulator")
		}
		for _, p := range []Path{VNNI, AMX} {
			emulate(t, p)
			testLinear(t, p, m, n, k, precisions[kind%3], Activation(kind>>2&1))
			testFencedGemm(t, p, m, n, k, kind&8 > 0, kind&16 > 0, kind&32 > 0)
		}
	})
}
