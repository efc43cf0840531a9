package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// int8 is a copy of tiles whose functions the emulator runs.
func (e *emulator) int8(t int8Tiles, isa, prepare string) *int8Tiles {
	wide := 4 / t.group
	t.prepare = func(dst, q unsafe.Pointer, n int) {
		e.machine.Write(dst, n*wide)
		e.machine.Read(q, n)
		e.call(prepare, dst, q, n)
	}
	t.funcs = nil
	for height := 1; height <= t.rows; height++ {
		name := fmt.Sprintf("int8%s%dx%d", isa, height, t.width)
		t.funcs = append(t.funcs, func(blocks, groups int, a unsafe.Pointer, lda int, b, c unsafe.Pointer, ldc int, factors, table unsafe.Pointer) {
			e.rows(false, a, blocks*height, 4*groups, lda)
			e.rows(false, b, 1, groups*t.width*t.group, 0)
			e.rows(true, c, blocks*height, 4*t.width, ldc)
			e.rows(false, factors, 1, 4*blocks*height, 0)
			e.rows(false, table, 1, 12*t.width, 0)
			e.call(name, blocks, groups, a, lda, b, c, ldc, factors, table)
		})
	}
	return &t
}

// layerSizes are rows, out and in of int8 layers.
var layerSizes = [][3]int{
	{1, 1, 1}, {2, 16, 16}, {3, 48, 7}, {4, 50, 33}, {5, 15, 64}, {6, 47, 100}, {7, 97, 15}, {8, 16, 65},
	{9, 96, 31}, {13, 33, 130}, {14, 3, 384}, {24, 64, 200},
}

// TestInt8Bits holds the int8 products of every set, emulated ones too, against the
// portable path: the same bits, for extreme numbers too.
func TestInt8Bits(t *testing.T) {
	named := map[string]*set{"emulated AVX2": emulated(t, AVX2), "emulated VNNI": emulated(t, VNNI), "emulated AMX": emulated(t, AMX)}
	for _, p := range Available()[1:] {
		named[p.String()] = p.set()
	}
	for name, s := range named {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(7, 8))
			for _, size := range layerSizes {
				testInt8(t, s, r, size[0], size[1], size[2])
			}
		})
	}
}

func testInt8(t *testing.T, s *set, r *rand.Rand, rows, out, in int) {
	t.Helper()
	q, scale, bias := make([]int8, out*in), randomSlice(r, out), randomSlice(r, out)
	for i := range q {
		q[i] = int8(r.IntN(255) - 127)
	}
	x := randomSlice(r, rows*in)
	for i := range x[:in] { // a first row and channel of the greatest numbers
		x[i], q[i] = -1, -127
	}
	got, want := make([]float32, rows*out), make([]float32, rows*out)
	s.packInt8(q, scale, bias, out, in).apply(got, x, rows, None, new(Scratch))
	packPortableInt8(q, scale, bias, out, in).apply(want, x, rows, None, new(Scratch))
	for i := range got {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Fatalf("%d rows, %d x %d: y[%d][%d] is %g, want %g", rows, out, in, i/out, i%out, got[i], want[i])
		}
	}
}
