package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"
)

// emulate is a copy of tiles whose functions the emulator runs.
func (e *emulator) tiles(t tiles, isa string) *tiles {
	t.squares, t.funcs = e.squares, make([][]tileFunc, t.rows)
	for height := 1; height <= t.rows; height++ {
		for vectors := 1; vectors <= t.vectors; vectors++ {
			width := vectors * t.lanes
			name := fmt.Sprintf("gemm%s%dx%d", isa, height, width)
			t.funcs[height-1] = append(t.funcs[height-1], func(blocks, k int, a unsafe.Pointer, lda int, b unsafe.Pointer, ldb int, c unsafe.Pointer, ldc int, plus unsafe.Pointer, ldplus int) {
				e.rows(false, a, blocks*height, 4*k, lda)
				e.rows(false, b, k, 4*width, ldb)
				e.rows(true, c, blocks*height, 4*width, ldc)
				e.rows(false, plus, blocks*height, 4*width, ldplus)
				e.call(name, blocks, k, a, lda, b, ldb, c, ldc, plus, ldplus)
			})
		}
	}
	return &t
}

// emulated sets use the tiles of a set of instructions through the emulator.
func emulated(t *testing.T, path Path) *set {
	e := newEmulator(t)
	s := above(&portable)
	switch path {
	case AVX2:
		s.useTiles(e.tiles(tilesAVX2, "AVX2"))
		s.useInt8(e.int8(int8AVX2, "AVX2", "widenAVX2"))
	case AMX:
		s.useAMX(e.amx())
	default:
		s.useTiles(e.tiles(tilesAVX512, "AVX512"))
		s.useInt8(e.int8(int8VNNI, "VNNI", "offsetVNNI"))
	}
	return s
}

// TestEmulator holds the emulator against the processor: the same bits for every
// height and width of tile.
func TestEmulator(t *testing.T) {
	if sets[AVX2] == nil {
		t.Skip("no AVX2 here")
	}
	r := rand.New(rand.NewPCG(3, 4))
	s := emulated(t, AVX2)
	for _, m := range []int{1, 2, 3, 4, 5, 6, 13} {
		for _, n := range []int{8, 16, 21} {
			for _, k := range []int{1, 6, 37, 300} {
				a, b, c := randomSlice(r, m*k), randomSlice(r, n*k), randomSlice(r, m*n)
				d := slices.Clone(c)
				s.gemm.run(false, true, m, n, k, a, k, b, k, c, n, true, nil)
				AVX2.Gemm(false, true, m, n, k, a, k, b, k, d, n, true, nil)
				if !slices.Equal(c, d) {
					t.Fatalf("%d x %d x %d: the emulator differs from the processor", m, n, k)
				}
			}
		}
	}
}

// TestGemmEmulated runs the AVX-512 tiles where there is no AVX-512 too.
func TestGemmEmulated(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	s := emulated(t, AVX512)
	for _, size := range sizes {
		if size[0]*size[1]*size[2] < 200_000 {
			testLayouts(t, r, s.gemm, portable.gemm, size)
		}
	}
}
