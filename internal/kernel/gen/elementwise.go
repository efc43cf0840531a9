package main

import (
	"fmt"
	"math"

	"standpoint/internal/kernel/gen/asm"
)

// The element-wise kernels are written once for AVX2, AVX-512 and NEON. A body
// is the work on one vector: a list of operations in x86's names, which neon.go
// turns into those of arm64, with its registers numbered from a base. The loop
// around it runs two bodies side by side, their operations interleaved so that
// one fills the waits of the other, then one, then one under a mask for what is
// left: every element goes through the same arithmetic wherever it lies.

// elementwiseFile holds the element-wise and row-wise kernels of some sets.
func elementwiseFile(sets ...simd) *asm.File {
	f := asm.NewFile("elementwise", "Element-wise and row-wise kernels.")
	t := &tables{file: f, known: map[string]string{}}
	for _, s := range sets {
		w := &writer{simd: s, file: f, tables: t}
		w.exponential()
		w.gelu()
		w.geluBackward()
		w.softmax()
		w.softmaxBackward()
		w.layerNorm()
		w.layerNormBackward()
		w.arithmetic()
		w.dot()
		w.adamW()
		w.quantize()
	}
	if len(t.words) > 0 {
		f.Data("constants", t.words...)
	}
	return f
}

// tables are the operands of read-only constants. x86's are each repeated to
// the widest vector's length; arm64's are of 4 words, all in one table whose
// address a kernel keeps, since a symbol's takes two instructions.
type tables struct {
	file  *asm.File
	known map[string]string
	words []uint32 // of arm64's table
}

// float is the operand of a vector of v.
func (w *writer) float(v float32) string { return w.word(math.Float32bits(v)) }

// word is the operand of a vector of these bits.
func (w *writer) word(bits uint32) string {
	words := make([]uint32, 16)
	for i := range words {
		words[i] = bits
	}
	return w.constant(fmt.Sprintf("const%08x", bits), words)
}

// numbers is the operand of 0, 1, 2 ...
func (w *writer) numbers() string {
	return w.constant("numbers", []uint32{0, 1, 2, 3, 4, 5, 6, 7})
}

func (w *writer) constant(name string, words []uint32) string {
	if operand := w.known[name]; operand != "" {
		return operand
	}
	if w.arm() {
		w.known[name] = mem(4*len(w.words), tableNEON)
		w.words = append(w.words, words[:4]...)
	} else {
		w.known[name] = w.file.Data(name, words...)
	}
	return w.known[name]
}

// writer writes one instruction set's kernels.
type writer struct {
	simd
	file *asm.File
	*tables
	fn     *asm.Func
	labels int // made for partial loads and stores
}

func (w *writer) wide() bool { return w.reg == "Z" }

// code is a list of operations: a name and its operands.
type code [][]string

func (c *code) op(name string, operands ...string) {
	*c = append(*c, append([]string{name}, operands...))
}

func (w *writer) emit(c code) {
	for _, o := range c {
		if w.arm() {
			w.translate(o[0], o[1:])
		} else {
			w.fn.Op(o[0], o[1:]...)
		}
	}
}

func (w *writer) op(name string, operands ...string) {
	w.emit(code{append([]string{name}, operands...)})
}

// interleave emits two lists of the same length alternately.
func (w *writer) interleave(a, b code) {
	for i := range a {
		w.emit(code{a[i], b[i]})
	}
}

// part is where a body works: off bytes behind the pointers, in registers from
// base on, under the mask or not.
type part struct {
	*writer
	base, off int
	masked    bool
}

// r is the part's i-th register.
func (p part) r(i int) string { return p.v(p.base + i) }

// lanes is how many numbers a vector holds.
func (s simd) lanes() int { return s.bytes / 4 }

// The mask of the last elements lies in the vector register 15, on AVX-512 in
// K1. Kernels keep what they need throughout in the registers below it.
const (
	maskRegister = 15
	maskAVX512   = "K1"
)

// load reads the vector at a pointer; lanes beyond the mask become 0.
func (p part) load(c *code, pointer, to string) {
	from := mem(p.off, pointer)
	switch {
	case !p.masked:
		c.op("VMOVUPS", from, to)
	case p.wide():
		c.op("VMOVUPS.Z", from, maskAVX512, to)
	default:
		c.op("VMASKMOVPS", from, p.v(maskRegister), to)
	}
}

// store writes the vector to a pointer, the mask's lanes alone.
func (p part) store(c *code, from, pointer string) {
	to := mem(p.off, pointer)
	switch {
	case !p.masked:
		c.op("VMOVUPS", from, to)
	case p.wide():
		c.op("VMOVUPS", from, maskAVX512, to)
	default:
		c.op("VMASKMOVPS", from, p.v(maskRegister), to)
	}
}

// only sets x's lanes beyond the mask to 0, where a body made something else of
// the zeros that load put there.
func (p part) only(c *code, x string) {
	switch {
	case !p.masked:
	case p.wide():
		c.op("VMOVUPS.Z", x, maskAVX512, x)
	default:
		c.op("VANDPS", p.v(maskRegister), x, x)
	}
}

// loop runs a body over the elements behind the pointers. Their number is in
// CX, which it uses up, with AX. stride is how many registers a body takes; the
// label tells one function's loops apart.
func (w *writer) loop(label string, stride int, pointers []string, body func(p part) code) {
	advance := func(vectors int) {
		for _, p := range pointers {
			w.op("ADDQ", fmt.Sprintf("$%d", vectors*w.bytes), p)
		}
	}
	count := func(name string, vectors int) { w.op(name, fmt.Sprintf("$%d", vectors*w.lanes()), "CX") }
	count("SUBQ", 2)
	w.op("JLT", label+"One")
	w.fn.Label(label + "Two")
	w.interleave(body(part{w, 0, 0, false}), body(part{w, stride, w.bytes, false}))
	advance(2)
	count("SUBQ", 2)
	w.op("JGE", label+"Two")
	w.fn.Label(label + "One")
	count("ADDQ", 1)
	w.op("JLT", label+"Rest")
	w.emit(body(part{w, 0, 0, false}))
	advance(1)
	count("SUBQ", 1)
	w.fn.Label(label + "Rest")
	count("ADDQ", 1)
	w.op("JZ", label+"Done")
	w.mask()
	w.emit(body(part{w, 0, 0, true}))
	w.fn.Label(label + "Done")
}

// mask covers the first CX elements of a vector.
func (w *writer) mask() {
	if w.wide() {
		w.op("MOVQ", "$1", "AX")
		w.op("SHLQ", "CX", "AX")
		w.op("DECQ", "AX")
		w.op("KMOVW", "AX", maskAVX512)
		return
	}
	m := w.v(maskRegister)
	w.op("VMOVD", "CX", fmt.Sprintf("X%d", maskRegister))
	w.op("VPBROADCASTD", fmt.Sprintf("X%d", maskRegister), m)
	w.op("VPCMPGTD", w.numbers(), m, m)
}

// function begins a kernel named after the instruction set.
func (w *writer) function(name, about, params string) {
	w.fn = w.file.Func(name+w.name, about, params)
	w.labels = 0
	if w.arm() {
		w.fn.Op("MOVD", "$constants<>(SB)", tableNEON)
	}
}

// arguments loads integer and pointer parameters into registers.
func (w *writer) arguments(params ...string) {
	for i := 0; i < len(params); i += 2 {
		w.op("MOVQ", w.fn.Arg(params[i]), params[i+1])
	}
}

// broadcast loads a float32 parameter into all lanes.
func (w *writer) broadcast(param string, to int) {
	w.op("VBROADCASTSS", w.fn.Arg(param), w.v(to))
}

// clear zeroes registers.
func (w *writer) clear(registers ...int) {
	for _, n := range registers {
		w.op("VXORPS", w.v(n), w.v(n), w.v(n))
	}
}

// fold reduces register n's lanes to their sum ("VADDPS") or largest ("VMAXPS",
// "VPMAXSD") in all of its lanes; register n+1 is used.
func (w *writer) fold(name string, n int) {
	if w.arm() {
		w.pairwise(name, n)
		return
	}
	x, t := fmt.Sprintf("X%d", n), fmt.Sprintf("X%d", n+1)
	y, u := fmt.Sprintf("Y%d", n), fmt.Sprintf("Y%d", n+1)
	if w.wide() {
		w.op("VEXTRACTF64X4", "$1", w.v(n), u)
		w.op(name, u, y, y)
	}
	w.op("VEXTRACTF128", "$1", y, t)
	w.op(name, t, x, x)
	w.op("VPERMILPS", "$0x4e", x, t)
	w.op(name, t, x, x)
	w.op("VPERMILPS", "$0xb1", x, t)
	w.op(name, t, x, x)
	w.op("VBROADCASTSS", x, w.v(n))
}

// end returns; registers' upper halves are cleared for the caller's SSE code.
func (w *writer) end() {
	if w.arm() {
		w.op("RET")
		return
	}
	w.fn.Return()
}

// x is the register n's lowest 128 bits.
func (w *writer) x(n int) string {
	if w.arm() {
		return w.v(n)
	}
	return fmt.Sprintf("X%d", n)
}
