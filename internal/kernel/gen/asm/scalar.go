package asm

import (
	"encoding/binary"
	"fmt"
	mathbits "math/bits"
)

// conditions of the jumps, by their names in Go's assembler.
var conditions = map[string]func(*Machine) bool{
	"JMP": func(*Machine) bool { return true },
	"JZ":  func(m *Machine) bool { return m.zero },
	"JEQ": func(m *Machine) bool { return m.zero },
	"JNZ": func(m *Machine) bool { return !m.zero },
	"JNE": func(m *Machine) bool { return !m.zero },
	"JLT": func(m *Machine) bool { return m.sign != m.overflow },
	"JGE": func(m *Machine) bool { return m.sign == m.overflow },
	"JLE": func(m *Machine) bool { return m.zero || m.sign != m.overflow },
	"JGT": func(m *Machine) bool { return !m.zero && m.sign == m.overflow },
	"JCS": func(m *Machine) bool { return m.carry },
	"JCC": func(m *Machine) bool { return !m.carry },
	"JHI": func(m *Machine) bool { return !m.carry && !m.zero },
	"JLS": func(m *Machine) bool { return m.carry || m.zero },
}

// arithmetic works on 64 bits: b op a for the operands a, b.
var arithmetic = map[string]func(m *Machine, b, a uint64) uint64{
	"ADDQ": func(m *Machine, b, a uint64) uint64 {
		sum, carry := mathbits.Add64(b, a, 0)
		m.flags(sum, carry != 0, (b^sum)&(a^sum)>>63 != 0)
		return sum
	},
	"SUBQ": (*Machine).subtract,
	"ANDQ": func(m *Machine, b, a uint64) uint64 { return m.logic(b & a) },
	"ORQ":  func(m *Machine, b, a uint64) uint64 { return m.logic(b | a) },
	"XORQ": func(m *Machine, b, a uint64) uint64 { return m.logic(b ^ a) },
	"XORL": func(m *Machine, b, a uint64) uint64 { return m.logic(uint64(uint32(b ^ a))) },
	"ANDL": func(m *Machine, b, a uint64) uint64 { return m.logic(uint64(uint32(b & a))) },
	"SHLQ": func(m *Machine, b, a uint64) uint64 { return m.logic(b << (a & 63)) },
	"SHRQ": func(m *Machine, b, a uint64) uint64 { return m.logic(b >> (a & 63)) },
	"SARQ": func(m *Machine, b, a uint64) uint64 { return m.logic(uint64(int64(b) >> (a & 63))) },
	"IMULQ": func(m *Machine, b, a uint64) uint64 {
		return b * a // its flags are of no use to a kernel
	},
}

// single works on one operand and keeps the carry, as the processor does.
var single = map[string]func(m *Machine, a uint64) uint64{
	"INCQ": func(m *Machine, a uint64) uint64 { return m.step(a, 1) },
	"DECQ": func(m *Machine, a uint64) uint64 { return m.step(a, ^uint64(0)) },
	"NEGQ": func(m *Machine, a uint64) uint64 { return m.subtract(0, a) },
	"NOTQ": func(m *Machine, a uint64) uint64 { return ^a },
}

func (m *Machine) flags(result uint64, carry, overflow bool) {
	m.zero, m.sign, m.carry, m.overflow = result == 0, int64(result) < 0, carry, overflow
}

func (m *Machine) logic(result uint64) uint64 {
	m.flags(result, false, false)
	return result
}

func (m *Machine) subtract(b, a uint64) uint64 {
	difference := b - a
	m.flags(difference, b < a, (b^a)&(b^difference)>>63 != 0)
	return difference
}

func (m *Machine) step(a, by uint64) uint64 {
	carry, sum := m.carry, a+by
	m.flags(sum, carry, (a^sum)&(by^sum)>>63 != 0)
	return sum
}

// decodeScalar knows the instructions on general and mask registers.
func decodeScalar(name string, in []operand) (step, error) {
	if f := conditions[name]; f != nil && len(in) == 1 {
		return jump(f, in[0].name), nil
	}
	if f := arithmetic[name]; f != nil && len(in) == 2 {
		return func(m *Machine) { m.set64(in[1], f(m, m.get64(in[1]), m.get64(in[0]))) }, nil
	}
	if f := single[name]; f != nil && len(in) == 1 {
		return func(m *Machine) { m.set64(in[0], f(m, m.get64(in[0]))) }, nil
	}
	switch name {
	case "RET":
		return func(m *Machine) { m.next = len(m.function.steps) }, nil
	case "NOP", "PREFETCHT0", "PREFETCHT1", "PREFETCHNTA":
		return func(*Machine) {}, nil
	case "XGETBV":
		return func(*Machine) { fail("XGETBV asks the computer itself") }, nil
	case "CMPQ":
		return func(m *Machine) { m.subtract(m.get64(in[0]), m.get64(in[1])) }, nil
	case "TESTQ":
		return func(m *Machine) { m.logic(m.get64(in[0]) & m.get64(in[1])) }, nil
	}
	return decodeMove(name, in)
}

func jump(f func(*Machine) bool, aim string) step {
	return func(m *Machine) {
		if f(m) {
			m.next = m.function.labels[aim]
		}
	}
}

// decodeMove knows moves between general and mask registers, and memory.
func decodeMove(name string, in []operand) (step, error) {
	if len(in) != 2 {
		return nil, nil
	}
	switch name {
	case "MOVQ", "KMOVQ", "VMOVQ":
		return func(m *Machine) { m.set64(in[1], m.get64(in[0])) }, nil
	case "MOVL", "KMOVD", "KMOVW", "KMOVB", "MOVWLZX", "MOVBLZX", "VMOVD":
		size := map[string]int{"KMOVW": 2, "KMOVB": 1, "MOVWLZX": 2, "MOVBLZX": 1}[name]
		if size == 0 {
			size = 4
		}
		return func(m *Machine) { m.setSmall(in[1], m.getSmall(in[0], size), size) }, nil
	case "LEAQ":
		if in[0].kind != memory || in[0].frame || in[0].symbol != "" {
			return nil, fmt.Errorf("LEAQ takes an address of registers")
		}
		return func(m *Machine) { m.general[in[1].number] = m.effective(in[0].address) }, nil
	}
	return nil, nil
}

// get64 reads a general register, mask, lowest lane, immediate or memory.
func (m *Machine) get64(o operand) uint64 { return m.getSmall(o, 8) }

func (m *Machine) getSmall(o operand, size int) uint64 {
	var x uint64
	switch o.kind {
	case immediate:
		x = uint64(o.number)
	case general:
		x = m.general[o.number]
	case mask:
		x = m.masks[o.number]
	case vector:
		x = m.vectors[o.number].u64(0)
	case memory:
		var buffer [8]byte
		copy(buffer[:], m.bytes(o.address, size, false))
		x = binary.LittleEndian.Uint64(buffer[:])
	}
	if size < 8 {
		x &= 1<<(8*size) - 1
	}
	return x
}

func (m *Machine) set64(o operand, x uint64) { m.setSmall(o, x, 8) }

// setSmall writes memory of that size, or a whole register filled with zeros.
func (m *Machine) setSmall(o operand, x uint64, size int) {
	switch o.kind {
	case general:
		m.general[o.number] = x
	case mask:
		m.masks[o.number] = x
	case vector:
		m.vectors[o.number] = vec{}
		m.vectors[o.number].setU64(0, x)
	case memory:
		var buffer [8]byte
		binary.LittleEndian.PutUint64(buffer[:], x)
		copy(m.bytes(o.address, size, true), buffer[:size])
	default:
		fail("no place to write to")
	}
}
