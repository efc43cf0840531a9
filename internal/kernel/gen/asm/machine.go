package asm

import (
	"encoding/binary"
	"fmt"
	"unsafe"
)

// Machine runs a Program's functions on memory that was given to it piece by
// piece; a read or write beside it ends the call with an error. It has x86-64's
// general, vector (512 bits), mask and tile registers.
type Machine struct {
	program *Program
	general [16]uint64
	vectors [32]vec
	masks   [8]uint64
	tiles   tileState

	zero, sign, carry, overflow bool // flags

	values values // of the running vector instruction
	out    vec    // its result

	regions  []region
	recent   int    // the region that was used last
	frame    []byte // the running function's arguments
	function *function
	next     int
}

// vec is a vector register.
type vec [64]byte

func (v *vec) u32(i int) uint32        { return binary.LittleEndian.Uint32(v[4*i:]) }
func (v *vec) setU32(i int, x uint32)  { binary.LittleEndian.PutUint32(v[4*i:], x) }
func (v *vec) u16(i int) uint16        { return binary.LittleEndian.Uint16(v[2*i:]) }
func (v *vec) setU16(i int, x uint16)  { binary.LittleEndian.PutUint16(v[2*i:], x) }
func (v *vec) u64(i int) uint64        { return binary.LittleEndian.Uint64(v[8*i:]) }
func (v *vec) setU64(i int, x uint64)  { binary.LittleEndian.PutUint64(v[8*i:], x) }
func (v *vec) f32(i int) float32       { return float(v.u32(i)) }
func (v *vec) setF32(i int, x float32) { v.setU32(i, bits(x)) }

// region is memory that may be read, and written if it is writable.
type region struct {
	base     uint64
	data     []byte
	writable bool
}

// part is n bytes of the region, nil where it doesn't hold them or they can't be written.
func (r *region) part(address uint64, n int, write bool) []byte {
	if off := address - r.base; off <= uint64(len(r.data)) && off+uint64(n) <= uint64(len(r.data)) && (r.writable || !write) {
		return r.data[off:][:n]
	}
	return nil
}

// NewMachine returns a machine with no memory.
func NewMachine(p *Program) *Machine { return &Machine{program: p} }

// Read lets the next call read n bytes from address p on.
func (m *Machine) Read(p unsafe.Pointer, n int) { m.allow(p, n, false) }

// Write lets the next call read and write n bytes from address p on.
func (m *Machine) Write(p unsafe.Pointer, n int) { m.allow(p, n, true) }

func (m *Machine) allow(p unsafe.Pointer, n int, writable bool) {
	if n > 0 {
		m.regions = append(m.regions, region{uint64(uintptr(p)), unsafe.Slice((*byte)(p), n), writable})
	}
}

// fault is what ends a call early.
type fault struct{ err error }

func fail(format string, args ...any) { panic(fault{fmt.Errorf(format, args...)}) }

// maxSteps ends a function that never would.
const maxSteps = 100_000_000

// Call runs a function with arguments of type int, float32 or unsafe.Pointer.
// Every register holds rubbish at first, and no tile is configured; one that
// still is at the end is an error. Afterwards the machine has no memory again.
func (m *Machine) Call(name string, args ...any) (err error) {
	fn := m.program.functions[name]
	if fn == nil {
		return fmt.Errorf("no function %s", name)
	}
	m.start(fn, args)
	defer func() {
		m.regions = nil
		if f, ok := recover().(fault); ok {
			err = fmt.Errorf("%s: step %d: %s: %w", name, m.next-1, fn.texts[m.next-1], f.err)
		} else if m.next < len(fn.steps) && err == nil {
			err = fmt.Errorf("%s: ended at step %d", name, m.next)
		}
	}()
	for n := 0; m.next < len(fn.steps); n++ {
		m.next++
		if n == maxSteps {
			fail("runs on and on")
		}
		fn.steps[m.next-1](m)
	}
	if m.tiles.configured {
		return fmt.Errorf("%s: ended without TILERELEASE", name)
	}
	return nil
}

// start puts the arguments where the function expects them, and rubbish in the
// registers.
func (m *Machine) start(fn *function, args []any) {
	m.function, m.next, m.tiles = fn, 0, tileState{}
	m.frame = make([]byte, 0, fn.params)
	for _, a := range args {
		if x, ok := a.(float32); ok {
			m.frame = binary.LittleEndian.AppendUint32(m.frame, bits(x))
			continue
		}
		for len(m.frame)%8 != 0 {
			m.frame = append(m.frame, 0)
		}
		switch x := a.(type) {
		case int:
			m.frame = binary.LittleEndian.AppendUint64(m.frame, uint64(x))
		case unsafe.Pointer:
			m.frame = binary.LittleEndian.AppendUint64(m.frame, uint64(uintptr(x)))
		}
	}
	for i := range m.general {
		m.general[i] = 0xdeadbeef00 + uint64(i)
	}
	for i := range m.vectors {
		for j := range m.vectors[i] {
			m.vectors[i][j] = 0xff // NaN as a float
		}
	}
	for i := range m.masks {
		m.masks[i] = 0x5555555555555555
	}
}

// bytes is memory at an operand's address.
func (m *Machine) bytes(a address, n int, write bool) []byte {
	switch {
	case a.frame:
		if int(a.displacement)+n > len(m.frame) {
			fail("argument at %d: only %d bytes were given", a.displacement, len(m.frame))
		}
		return m.frame[a.displacement : int(a.displacement)+n]
	case a.symbol != "":
		table := m.program.tables[a.symbol]
		if write || int(a.displacement)+n > len(table) {
			fail("table %s at %d: %d bytes", a.symbol, a.displacement, len(table))
		}
		return table[a.displacement : int(a.displacement)+n]
	}
	return m.at(m.effective(a), n, write)
}

func (m *Machine) effective(a address) uint64 {
	at := m.general[a.base] + uint64(a.displacement)
	if a.index >= 0 {
		at += m.general[a.index] * uint64(a.scale)
	}
	return at
}

// at is n bytes of the memory given.
func (m *Machine) at(address uint64, n int, write bool) []byte {
	if m.recent < len(m.regions) {
		if data := m.regions[m.recent].part(address, n, write); data != nil {
			return data
		}
	}
	for i := range m.regions {
		if data := m.regions[i].part(address, n, write); data != nil {
			m.recent = i
			return data
		}
	}
	kind := "read"
	if write {
		kind = "write"
	}
	fail("%s of %d bytes beside the memory given%s", kind, n, m.nearest(address))
	return nil
}

// nearest tells where an address lies, for the error.
func (m *Machine) nearest(address uint64) string {
	for i, r := range m.regions {
		if off := int64(address - r.base); off >= -4096 && off < int64(len(r.data))+4096 {
			return fmt.Sprintf(": byte %d of the %d of piece %d (writable: %v)", off, len(r.data), i, r.writable)
		}
	}
	return ""
}

// decode finds what an instruction does.
func decode(name string, operands []operand) (step, error) {
	if s, err := decodeScalar(name, operands); s != nil || err != nil {
		return s, err
	}
	if s, err := decodeTile(name, operands); s != nil || err != nil {
		return s, err
	}
	return decodeVector(name, operands)
}
