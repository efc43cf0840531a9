package main

import (
	"fmt"
	"strconv"
	"strings"
)

// NEON's kernels: the element-wise ones are translated from the operations that
// AVX2 is written in, each into the one, two or three of arm64 that give the
// same bits. Go's assembler lacks most of arm64's vector arithmetic, so that it
// is encoded here, with its usual name beside it as a comment.

var neon = simd{name: "NEON", reg: "V", count: 32, bytes: 16, rows: 8, cols: 2}

func (s simd) arm() bool { return s.reg == "V" }

// generalNEON are arm64's registers for x86's in the kernels' text.
var generalNEON = map[string]string{
	"CX": "R1", "DI": "R2", "SI": "R3", "DX": "R4", "BX": "R5",
	"R8": "R6", "R9": "R7", "R10": "R8", "AX": "R9",
}

// Registers that a translation may use: operands from memory, and results
// before they go where they belong. x86's registers end at 15.
const (
	operandNEON = 16
	resultNEON  = 17
	addressNEON = "R11"
	tableNEON   = "R12" // address of the constants
)

// threeNEON are the encodings of operations on 4 numbers, registers 0.
var threeNEON = map[string]uint32{
	"FADD": 0x4E20D400, "FSUB": 0x4EA0D400, "FMUL": 0x6E20DC00, "FDIV": 0x6E20FC00,
	"FMAX": 0x4E20F400, "FMIN": 0x4EA0F400, "FMLA": 0x4E20CC00, "FMLS": 0x4EA0CC00,
	"FCMGT": 0x6EA0E400, "ADD": 0x4EA08400, "SMAX": 0x4EA06400, "CMGT": 0x4EA03400,
	"AND": 0x4E201C00, "EOR": 0x6E201C00, "BSL": 0x6E601C00, "ORR": 0x4EA01C00,
	"FADDP": 0x6E20D400, "FMAXP": 0x6E20F400, "SMAXP": 0x4EA0A400, "SDOT": 0x4E809400,
}

// twoNEON are those of one operand.
var twoNEON = map[string]uint32{
	"FSQRT": 0x6EA1F800, "FNEG": 0x6EA0F800, "NOT": 0x6E205800,
	"FCVTNS": 0x4E21A800, "SCVTF": 0x4E21D800, "SQXTN.4H": 0x0E614800, "SQXTN.8B": 0x0E214800,
}

// plainNEON are x86's operations d = a op m that have a counterpart.
var plainNEON = map[string]string{
	"VADDPS": "FADD", "VSUBPS": "FSUB", "VMULPS": "FMUL", "VDIVPS": "FDIV", "VMAXPS": "FMAX", "VMINPS": "FMIN",
	"VPADDD": "ADD", "VPMAXSD": "SMAX", "VANDPS": "AND", "VXORPS": "EOR", "VPCMPGTD": "CMGT",
}

// three emits d = n op m, or d op= n, m.
func (w *writer) three(name string, m, n, d int) {
	w.word32(encoding(threeNEON, name)|uint32(m<<16|n<<5|d), "%s V%d, V%d, V%d", name, m, n, d)
}

func encoding(table map[string]uint32, name string) uint32 {
	word, ok := table[name]
	if !ok {
		panic("gen: no encoding of " + name)
	}
	return word
}

// two emits d = op n.
func (w *writer) two(name string, n, d int) {
	w.word32(encoding(twoNEON, name)|uint32(n<<5|d), "%s V%d, V%d", name, n, d)
}

func (w *writer) word32(word uint32, comment string, operands ...any) {
	w.fn.Op("WORD", fmt.Sprintf("$0x%08x // %s", word, fmt.Sprintf(comment, operands...)))
}

// number is a vector register's.
func number(register string) int {
	n, err := strconv.Atoi(strings.TrimLeft(register, "VX"))
	if err != nil {
		panic("gen: " + register + " is no vector register")
	}
	return n
}

// source is the register that holds an operand: its own, or one it is loaded to.
func (w *writer) source(operand string, to int) int {
	if !strings.Contains(operand, "(") {
		return number(operand)
	}
	w.loadNEON(operand, to)
	return to
}

// loadNEON loads a vector from the constants or from behind a pointer.
func (w *writer) loadNEON(operand string, to int) {
	w.fn.Op("FMOVQ", addressOf(operand), fmt.Sprintf("F%d", to))
}

// addressOf is a memory operand with arm64's registers.
func addressOf(operand string) string {
	off, base, _ := strings.Cut(strings.TrimSuffix(operand, ")"), "(")
	if r, ok := generalNEON[base]; ok {
		base = r
	}
	return off + "(" + base + ")"
}

// translate emits an operation of x86.
func (w *writer) translate(name string, o []string) {
	if plain := plainNEON[name]; plain != "" {
		w.three(plain, w.source(o[0], operandNEON), number(o[1]), number(o[2]))
		return
	}
	switch name {
	case "VMOVUPS":
		if strings.Contains(o[0], "(") {
			w.loadNEON(o[0], number(o[1]))
		} else {
			w.fn.Op("FMOVQ", fmt.Sprintf("F%d", number(o[0])), addressOf(o[1]))
		}
	case "VMASKMOVPS":
		w.partialNEON(o)
	case "VMOVAPS":
		w.move(number(o[0]), number(o[1]))
	case "VMOVSS":
		w.fn.Op("FMOVS", fmt.Sprintf("F%d", number(o[0])), addressOf(o[1]))
	case "VSQRTPS":
		w.two("FSQRT", number(o[0]), number(o[1]))
	case "VCVTPS2DQ":
		w.two("FCVTNS", number(o[0]), number(o[1]))
	case "VPSLLD":
		shift, _ := strconv.Atoi(o[0][1:])
		n, d := number(o[1]), number(o[2])
		w.word32(0x4F005400|uint32((32+shift)<<16|n<<5|d), "SHL $%d, V%d, V%d", shift, n, d)
	case "VBROADCASTSS":
		w.fn.Op("FMOVS", broadcastSource(o[0]), fmt.Sprintf("F%d", operandNEON))
		w.fn.Op("VDUP", fmt.Sprintf("V%d.S[0]", operandNEON), o[1]+".S4")
	case "VMOVD": // of the mask's count
		w.fn.Op("VDUP", generalNEON[o[0]], fmt.Sprintf("V%d.S4", number(o[1])))
	case "VPBROADCASTD": // VMOVD has done it
	case "VCMPPS", "VBLENDVPS":
		w.choose(name, o)
	default:
		if !w.fused(name, o) {
			w.general(name, o)
		}
	}
}

func broadcastSource(operand string) string {
	if strings.HasSuffix(operand, "(FP)") {
		return operand
	}
	return addressOf(operand)
}

func (w *writer) move(from, to int) {
	if from != to {
		w.three("ORR", from, from, to)
	}
}

// fused emits products that are added: arm64 adds to a register alone.
func (w *writer) fused(name string, o []string) bool {
	if len(o) != 3 || !strings.HasPrefix(name, "VF") {
		return false
	}
	a, d := number(o[1]), number(o[2])
	switch name {
	case "VFMADD231PS":
		w.three("FMLA", w.source(o[0], operandNEON), a, d)
	case "VFNMADD231PS":
		w.three("FMLS", w.source(o[0], operandNEON), a, d)
	case "VFMADD213PS": // d = a d + m
		w.move(w.source(o[0], resultNEON), resultNEON)
		w.three("FMLA", a, d, resultNEON)
		w.move(resultNEON, d)
	case "VFMADD132PS": // d = d m + a
		w.move(a, resultNEON)
		w.three("FMLA", w.source(o[0], operandNEON), d, resultNEON)
		w.move(resultNEON, d)
	case "VFMSUB132PS": // d = d m - a
		w.two("FNEG", a, resultNEON)
		w.three("FMLA", w.source(o[0], operandNEON), d, resultNEON)
		w.move(resultNEON, d)
	default:
		return false
	}
	return true
}

// choose emits comparisons and choices.
func (w *writer) choose(name string, o []string) {
	m, a, d := w.source(o[1], operandNEON), number(o[2]), number(o[3])
	switch {
	case name == "VBLENDVPS": // m where the mask is set, else a
		w.move(number(o[0]), resultNEON)
		w.three("BSL", a, m, resultNEON)
		w.move(resultNEON, d)
	case o[0] == "$5": // not a < m
		w.three("FCMGT", a, m, d)
		w.two("NOT", d, d)
	case o[0] == "$0x1e": // a > m
		w.three("FCMGT", m, a, d)
	default:
		panic("gen: no translation of comparison " + o[0])
	}
}

// general emits an operation on general registers.
func (w *writer) general(name string, o []string) {
	switch name {
	case "MOVQ":
		w.fn.Op("MOVD", o[0], generalNEON[o[1]])
	case "ADDQ":
		w.fn.Op("ADDS", o[0], generalNEON[o[1]])
	case "SUBQ":
		w.fn.Op("SUBS", o[0], generalNEON[o[1]])
	case "TESTQ":
		w.fn.Op("CMP", "$0", generalNEON[o[0]])
	case "JLT", "JGE", "JZ", "JNZ", "JMP":
		jumps := map[string]string{"JLT": "BLT", "JGE": "BGE", "JZ": "BEQ", "JNZ": "BNE", "JMP": "B"}
		w.fn.Op(jumps[name], o[0])
	case "RET":
		w.fn.Op("RET")
	default:
		panic("gen: no translation of " + name)
	}
}

// partialNEON loads or stores the first 1 to 3 numbers, as many as CX says; of
// a load the others become 0.
func (w *writer) partialNEON(o []string) {
	w.labels++
	end := fmt.Sprintf("part%d", w.labels)
	memory, register := o[0], o[2]
	loads := strings.Contains(memory, "(")
	if loads {
		w.three("EOR", number(register), number(register), number(register))
	} else {
		memory, register = o[2], o[0]
	}
	w.fn.Op("MOVD", strings.Trim(addressOf(memory), "()"), addressNEON)
	for lane := range w.lanes() - 1 {
		if lane > 0 {
			w.fn.Op("CMP", fmt.Sprintf("$%d", lane), generalNEON["CX"])
			w.fn.Op("BEQ", end)
		}
		element := fmt.Sprintf("%s.S[%d]", register, lane)
		if loads {
			w.fn.Op("VLD1.P", "4("+addressNEON+")", element)
		} else {
			w.fn.Op("VST1.P", element, "4("+addressNEON+")")
		}
	}
	w.fn.Label(end)
}

// pairwise reduces a register's lanes to one number in all of them.
func (w *writer) pairwise(name string, n int) {
	pairs := map[string]string{"VADDPS": "FADDP", "VMAXPS": "FMAXP", "VPMAXSD": "SMAXP"}[name]
	w.three(pairs, n, n, n)
	w.three(pairs, n, n, n)
}

// narrowNEON stores register 0's integers as bytes behind DI.
func (w *writer) narrowNEON() {
	w.two("SQXTN.4H", 0, 0)
	w.two("SQXTN.8B", 0, 0)
	w.fn.Op("FMOVS", "F0", addressOf("(DI)"))
}
