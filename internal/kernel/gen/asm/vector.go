package asm

import (
	"fmt"
	"math"
	"strings"
)

func float(x uint32) float32 { return math.Float32frombits(x) }
func bits(x float32) uint32  { return math.Float32bits(x) }

// values are what a vector instruction works on: its sources in the order of
// Intel's manual (the reverse of Plan 9's), the destination's old value, the
// immediate and the width in bytes of the wider of source and destination.
type values struct {
	in    [3]vec
	old   vec
	imm   int64
	width int
}

// vectorOp is an instruction whose destination is a vector register.
type vectorOp struct {
	lane    int // bytes a mask bit stands for
	sources int
	imm     bool
	memory  func(width int) int // bytes read from memory; nil: the width
	f       func(out *vec, v *values)
}

// decodeVector knows the instructions on vector registers.
func decodeVector(name string, operands []operand) (step, error) {
	base, suffix, _ := strings.Cut(name, ".")
	if s, err := decodeSpecial(base, suffix, operands); s != nil || err != nil {
		return s, err
	}
	op, ok := vectorOps[base]
	if !ok {
		return nil, fmt.Errorf("unknown instruction %s", name)
	}
	in := operands
	d := decoded{vectorOp: op, clear: suffix == "Z", broadcast: suffix == "BCST"}
	if suffix != "" && !d.clear && !d.broadcast {
		return nil, fmt.Errorf("unknown suffix of %s", name)
	}
	if op.imm {
		if len(in) == 0 || in[0].kind != immediate {
			return nil, fmt.Errorf("%s takes an immediate", name)
		}
		d.imm, in = in[0].number, in[1:]
	}
	if len(in) == 0 || in[len(in)-1].kind != vector {
		return nil, fmt.Errorf("%s: the destination is no vector", name)
	}
	d.to, in = in[len(in)-1], in[:len(in)-1]
	if n := len(in); n > op.sources && in[n-1].kind == mask {
		d.mask, d.masked, in = int(in[n-1].number), true, in[:n-1]
	}
	if len(in) != op.sources {
		return nil, fmt.Errorf("%s has %d sources, want %d", name, len(in), op.sources)
	}
	d.width = d.to.width
	for i := len(in) - 1; i >= 0; i-- {
		d.from = append(d.from, in[i])
		d.width = max(d.width, in[i].width)
	}
	return d.run, nil
}

// decoded is a vector instruction with its operands.
type decoded struct {
	vectorOp
	from      []operand
	to        operand
	imm       int64
	width     int
	mask      int
	masked    bool
	clear     bool // lanes masked out become 0
	broadcast bool // memory is one lane for all
}

func (d *decoded) run(m *Machine) {
	v, out := &m.values, &m.out
	v.imm, v.width, v.old = d.imm, d.width, m.vectors[d.to.number]
	for i, o := range d.from {
		v.in[i] = d.source(m, o)
	}
	*out = vec{}
	d.f(out, v)
	clear(out[d.to.width:])
	if d.masked {
		d.keep(m.masks[d.mask], out, &v.old)
	}
	m.vectors[d.to.number] = *out
}

// source reads a register or memory; memory of lanes masked out isn't touched.
func (d *decoded) source(m *Machine, o operand) (x vec) {
	if o.kind == vector {
		return m.vectors[o.number]
	}
	if o.kind == general {
		x.setU64(0, m.general[o.number])
		return x
	}
	if o.kind != memory {
		fail("a source is neither vector nor memory")
	}
	size := d.width
	switch {
	case d.broadcast:
		one := m.bytes(o.address, d.lane, false)
		for i := 0; i < d.width; i += d.lane {
			copy(x[i:], one)
		}
		return x
	case d.memory != nil:
		size = d.memory(d.width)
	case d.masked:
		for i := 0; i < size; i += d.lane {
			if m.masks[d.mask]>>(i/d.lane)&1 == 1 {
				a := o.address
				a.displacement += int64(i)
				copy(x[i:], m.bytes(a, d.lane, false))
			}
		}
		return x
	}
	copy(x[:], m.bytes(o.address, size, false))
	return x
}

// keep undoes lanes that the mask leaves out.
func (d *decoded) keep(k uint64, out, old *vec) {
	for i := 0; i < d.to.width; i += d.lane {
		switch {
		case k>>(i/d.lane)&1 == 1:
		case d.clear:
			clear(out[i : i+d.lane])
		default:
			copy(out[i:i+d.lane], old[i:i+d.lane])
		}
	}
}

// moves are the plain moves, with the bytes a mask bit stands for.
var moves = map[string]int{
	"VMOVUPS": 4, "VMOVAPS": 4, "VMOVUPD": 8, "VMOVDQU": 4, "VMOVDQA": 4,
	"VMOVDQU8": 1, "VMOVDQU16": 2, "VMOVDQU32": 4, "VMOVDQU64": 8,
}

// narrow are moves that cut lanes short: bytes of a lane before and after.
var narrow = map[string][2]int{"VPMOVDW": {4, 2}, "VPMOVDB": {4, 1}, "VPMOVWB": {2, 1}}

// stores are instructions that take a part of a register, to a register or memory.
var extracts = map[string]int{
	"VEXTRACTF128": 16, "VEXTRACTI128": 16, "VEXTRACTF32X4": 16, "VEXTRACTI32X4": 16, "VEXTRACTF64X4": 32, "VEXTRACTI64X4": 32,
}

// decodeSpecial knows what vectorOp can't say: stores and other destinations.
func decodeSpecial(name, suffix string, in []operand) (step, error) {
	if name == "VZEROUPPER" {
		return func(m *Machine) {
			for i := range 16 {
				clear(m.vectors[i][16:])
			}
		}, nil
	}
	if s := decodeMasks(name, in); s != nil {
		return s, nil
	}
	if len(in) < 2 {
		return nil, nil
	}
	to := in[len(in)-1]
	lane, move := moves[name]
	cut, cuts := narrow[name]
	part, extract := extracts[name]
	switch {
	case move && to.kind == memory:
		return storeVector(in, lane), nil
	case cuts:
		return storeNarrow(in, cut, suffix == "Z"), nil
	case extract:
		return func(m *Machine) {
			piece := m.vectors[in[1].number][int(in[0].number)*part:][:part]
			m.put(to, piece)
		}, nil
	case name == "VMOVSS" && to.kind == memory:
		return func(m *Machine) { m.put(to, m.vectors[in[0].number][:4]) }, nil
	case name == "VMASKMOVPS":
		return maskMove(in), nil
	}
	return nil, nil
}

// put writes a piece to memory or to a register filled with zeros.
func (m *Machine) put(to operand, piece []byte) {
	if to.kind == memory {
		copy(m.bytes(to.address, len(piece), true), piece)
		return
	}
	var out vec
	copy(out[:], piece)
	m.vectors[to.number] = out
}

// storeVector writes a register, whole or by a mask.
func storeVector(in []operand, lane int) step {
	from, to := in[0], in[len(in)-1]
	return func(m *Machine) {
		x := m.vectors[from.number]
		if len(in) == 2 {
			m.put(to, x[:from.width])
			return
		}
		m.putLanes(to.address, x[:from.width], lane, m.masks[in[1].number])
	}
}

func (m *Machine) putLanes(a address, x []byte, lane int, k uint64) {
	for i := 0; i < len(x); i += lane {
		if k>>(i/lane)&1 == 1 {
			b := a
			b.displacement += int64(i)
			copy(m.bytes(b, lane, true), x[i:i+lane])
		}
	}
}

func storeNarrow(in []operand, cut [2]int, zero bool) step {
	from, to := in[0], in[len(in)-1]
	return func(m *Machine) {
		var x vec
		n := from.width / cut[0]
		for i := range n {
			copy(x[i*cut[1]:(i+1)*cut[1]], m.vectors[from.number][i*cut[0]:])
		}
		k := ^uint64(0)
		if len(in) == 3 {
			k = m.masks[in[1].number]
		}
		if to.kind == memory {
			m.putLanes(to.address, x[:n*cut[1]], cut[1], k)
			return
		}
		d := decoded{vectorOp: vectorOp{lane: cut[1]}, to: to, clear: zero}
		d.keep(k, &x, &m.vectors[to.number])
		m.vectors[to.number] = x
	}
}

// maskMove loads or stores the lanes whose sign is set in the mask: VMASKMOVPS
// (AX), Y1, Y0 or VMASKMOVPS Y0, Y1, (AX).
func maskMove(in []operand) step {
	return func(m *Machine) {
		signs := m.vectors[in[1].number]
		var k uint64
		for i := range in[1].width / 4 {
			k |= uint64(signs.u32(i)>>31) << i
		}
		if in[2].kind == memory {
			x := m.vectors[in[0].number]
			m.putLanes(in[2].address, x[:in[0].width], 4, k)
			return
		}
		d := decoded{vectorOp: vectorOp{lane: 4}, masked: true, width: in[1].width}
		m.masks[0], k = k, m.masks[0] // the mask register serves as a place for the signs
		x := d.source(m, in[0])
		m.masks[0] = k
		m.vectors[in[2].number] = x
	}
}

// decodeMasks knows comparisons into mask registers and the masks' arithmetic.
func decodeMasks(name string, in []operand) step {
	if len(in) < 2 || in[len(in)-1].kind != mask {
		return nil
	}
	to := in[len(in)-1].number
	switch name {
	case "VCMPPS":
		return func(m *Machine) {
			d := decoded{vectorOp: vectorOp{lane: 4}, width: in[2].width}
			a, b := m.vectors[in[2].number], d.source(m, in[1])
			var k uint64
			for i := range in[2].width / 4 {
				if compare(in[0].number, a.f32(i), b.f32(i)) {
					k |= 1 << i
				}
			}
			if len(in) == 5 {
				k &= m.masks[in[3].number]
			}
			m.masks[to] = k
		}
	case "KNOTW":
		return func(m *Machine) { m.masks[to] = ^m.masks[in[0].number] & 0xffff }
	case "KANDW":
		return func(m *Machine) { m.masks[to] = m.masks[in[0].number] & m.masks[in[1].number] & 0xffff }
	case "KORW":
		return func(m *Machine) { m.masks[to] = (m.masks[in[0].number] | m.masks[in[1].number]) & 0xffff }
	}
	return nil
}

// compare is the comparison of a VCMPPS immediate.
func compare(predicate int64, a, b float32) bool {
	unordered := a != a || b != b
	switch predicate & 15 {
	case 0:
		return a == b
	case 1:
		return a < b
	case 2:
		return a <= b
	case 3:
		return unordered
	case 4:
		return a != b
	case 5:
		return !(a < b)
	case 6:
		return !(a <= b)
	case 7:
		return !unordered
	case 8:
		return a == b || unordered
	case 9:
		return !(a >= b)
	case 10:
		return !(a > b)
	case 12:
		return a != b && !unordered
	case 13:
		return a >= b
	case 14:
		return a > b
	case 15:
		return true
	}
	return false
}
