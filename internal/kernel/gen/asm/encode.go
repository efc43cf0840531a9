package asm

import (
	"fmt"
	"strconv"
	"strings"
)

// Tile instructions: VEX.128, map 0F38. pp is the mandatory prefix (0 none, 1 66, 2 F3,
// 3 F2). Operands as printed, Plan 9 order; T0 to T7 are the tile registers.
var tileOps = map[string]struct {
	opcode, pp byte
	form       string
}{
	"LDTILECFG":   {0x49, 0, "config"}, // LDTILECFG (AX)
	"TILERELEASE": {0x49, 0, "none"},
	"TILEZERO":    {0x49, 3, "zero"},  // TILEZERO T0
	"TILELOADD":   {0x4b, 3, "load"},  // TILELOADD (base)(stride*1), T0
	"TILESTORED":  {0x4b, 2, "store"}, // TILESTORED T0, (base)(stride*1)
	"TDPBF16PS":   {0x5c, 2, "dot"},   // TDPBF16PS b, a, c: c += a b
	"TDPBSSD":     {0x5e, 3, "dot"},   // both signed
	"TDPBUSD":     {0x5e, 1, "dot"},   // a unsigned, b signed
}

var gprNumber = map[string]int{
	"AX": 0, "CX": 1, "DX": 2, "BX": 3, "SP": 4, "BP": 5, "SI": 6, "DI": 7,
	"R8": 8, "R9": 9, "R10": 10, "R11": 11, "R12": 12, "R13": 13, "R14": 14, "R15": 15,
}

// encode returns the bytes of a tile instruction, nil for any other.
func encode(name string, operands []string) ([]byte, error) {
	op, ok := tileOps[name]
	if !ok {
		return nil, nil
	}
	switch op.form {
	case "none":
		return vex(op.opcode, op.pp, 0, 0, 0, 0, 0xc0), nil
	case "zero":
		t, err := tiles(operands, 1)
		if err != nil {
			return nil, err
		}
		return vex(op.opcode, op.pp, 0, 0, 0, 0, 0xc0|t[0]<<3), nil
	case "dot":
		t, err := tiles(operands, 3)
		if err != nil {
			return nil, err
		}
		return vex(op.opcode, op.pp, 0, 0, 0, t[0], 0xc0|t[2]<<3|t[1]), nil
	case "config":
		if len(operands) != 1 || operands[0] != "(AX)" {
			return nil, fmt.Errorf("takes (AX) alone")
		}
		return vex(op.opcode, op.pp, 0, 0, 0, 0, 0x00), nil
	}
	return encodeMemory(op.opcode, op.pp, op.form, operands)
}

// encodeMemory encodes a tile load or store: ModRM and SIB with base, index and no
// displacement (a base of BP or R13 needs one of a byte).
func encodeMemory(opcode, pp byte, form string, operands []string) ([]byte, error) {
	if len(operands) != 2 {
		return nil, fmt.Errorf("takes two operands")
	}
	memory, tile := operands[0], operands[1]
	if form == "store" {
		memory, tile = tile, memory
	}
	t, err := tiles([]string{tile}, 1)
	if err != nil {
		return nil, err
	}
	m, err := parseMemory(memory)
	if err != nil {
		return nil, err
	}
	if m.displacement != 0 || m.scale != 1 || m.base < 0 || m.index < 0 || m.index == 4 {
		return nil, fmt.Errorf("takes (base)(stride*1)")
	}
	base, index := byte(m.base), byte(m.index)
	modrm, sib := 0x04|t[0]<<3, (index&7)<<3|base&7
	if base&7 == 5 {
		return append(vex(opcode, pp, 0, index>>3, base>>3, 0, 0x40|modrm), sib, 0), nil
	}
	return append(vex(opcode, pp, 0, index>>3, base>>3, 0, modrm), sib), nil
}

// vex is a three-byte VEX prefix (W0, L0), the opcode and ModRM; r, x, b extend the
// registers of ModRM and SIB, v is the third register.
func vex(opcode, pp, r, x, b, v, modrm byte) []byte {
	return []byte{0xc4, (r^1)<<7 | (x^1)<<6 | (b^1)<<5 | 2, (^v&15)<<3 | pp, opcode, modrm}
}

func tiles(operands []string, want int) ([]byte, error) {
	if len(operands) != want {
		return nil, fmt.Errorf("takes %d operands", want)
	}
	numbers := make([]byte, want)
	for i, o := range operands {
		n, err := strconv.Atoi(strings.TrimPrefix(o, "T"))
		if err != nil || n < 0 || n > 7 || !strings.HasPrefix(o, "T") {
			return nil, fmt.Errorf("%s is no tile", o)
		}
		numbers[i] = byte(n)
	}
	return numbers, nil
}
