package kernel

import (
	"cmp"
	"sync"
	"unsafe"
)

// Memory is where weights lie that are filled once: side by side in blocks for which
// the system is asked for huge pages. Most of the time of a cold start goes into page
// faults: there is one every 2 MiB, not every 4 KiB. A block lives as long as anything
// in it. The zero value is ready, for any number of goroutines.
type Memory struct {
	Total int // about as much as will be asked for; 0: unknown

	mu   sync.Mutex
	free []byte
}

const (
	memoryBlock = 8 << 20
	memoryAlign = 64 // a cache line
	hugePage    = 2 << 20
)

// Bytes are n bytes of zeros. What is large has a block of its own.
func (m *Memory) Bytes(n int) []byte {
	size := (n + memoryAlign - 1) / memoryAlign * memoryAlign
	if size > memoryBlock/2 {
		return newBlock(size)[:n:n]
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if size > len(m.free) {
		m.free = newBlock(max(size, min(memoryBlock, cmp.Or(m.Total, memoryBlock))))
	}
	b := m.free[:n:n]
	m.free = m.free[size:]
	return b
}

// newBlock asks for huge pages where whole ones lie in the block.
func newBlock(n int) []byte {
	b := make([]byte, n)
	if n < hugePage {
		return b
	}
	skip := int(-uintptr(unsafe.Pointer(&b[0])) % hugePage)
	if whole := (n - skip) / hugePage * hugePage; whole > 0 {
		adviseHuge(b[skip : skip+whole])
	}
	return b
}

// panelMemory holds the packed int8 weights of all layers.
var panelMemory Memory

// newPanels are n weights of 0.
func newPanels(n int) []int8 {
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*int8)(unsafe.Pointer(&panelMemory.Bytes(n)[0])), n)
}
