package kernel

import (
	"sync"
	"testing"
	"unsafe"
)

// TestMemory takes pieces side by side and finds none in another.
func TestMemory(t *testing.T) {
	for _, total := range []int{0, 1, 1000, memoryBlock} {
		testMemory(t, &Memory{Total: total})
	}
}

func testMemory(t *testing.T, m *Memory) {
	t.Helper()
	sizes := []int{0, 1, 63, 64, 65, 1000, memoryBlock/2 - 1, memoryBlock / 2, memoryBlock/2 + 1, memoryBlock + 7}
	all := make([][]byte, 4*len(sizes))
	var done sync.WaitGroup
	for w := range 4 {
		done.Go(func() {
			for i, n := range sizes {
				b := m.Bytes(n)
				all[w*len(sizes)+i] = b
				for k := range b {
					b[k] += byte(w*len(sizes) + i + 1)
				}
			}
		})
	}
	done.Wait()
	for i, b := range all {
		n := sizes[i%len(sizes)]
		if len(b) != n || cap(b) != n {
			t.Fatalf("%d bytes asked for, length %d and capacity %d given", n, len(b), cap(b))
		}
		if n > 0 && uintptr(unsafe.Pointer(&b[0]))%8 != 0 {
			t.Errorf("%d bytes are not aligned", n)
		}
		for k, v := range b {
			if v != byte(i+1) {
				t.Fatalf("byte %d of %d is %d, want %d", k, n, v, i+1)
			}
		}
	}
}
