//go:build unix

package kernel

import (
	"os"
	"syscall"
	"testing"
	"unsafe"
)

// fenced returns n elements of memory next to a page that may not be touched:
// after them, or before them when front is set. Reading or writing one element
// past that end stops the test with a fault.
func fenced[T any](t testing.TB, n int, front bool) []T {
	t.Helper()
	var zero T
	page := os.Getpagesize()
	bytes := n * int(unsafe.Sizeof(zero))
	room := (bytes + page - 1) / page * page
	all, err := syscall.Mmap(-1, 0, room+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Munmap(all) })
	for _, fence := range [][]byte{all[:page], all[page+room:]} {
		if err := syscall.Mprotect(fence, syscall.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	at := page + room - bytes
	if front {
		at = page
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&all[at])), n)
}
