package asm

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

type kind uint8

const (
	immediate kind = iota
	general        // AX ...
	vector         // X, Y, Z
	mask           // K0 ... K7
	tile           // T0 ... T7
	memory
	label
)

// operand is a decoded operand; number is the register or the immediate, width a
// vector's bytes.
type operand struct {
	kind   kind
	number int64
	width  int
	address
	name string
}

// address is displacement + base + index*scale; base and index -1 when absent.
// frame: relative to the arguments; symbol: to a table.
type address struct {
	base, index, scale int
	displacement       int64
	frame              bool
	symbol             string
}

var (
	vectorName   = regexp.MustCompile(`^([XYZ])(\d+)$`)
	maskName     = regexp.MustCompile(`^K([0-7])$`)
	tileName     = regexp.MustCompile(`^T([0-7])$`)
	frameText    = regexp.MustCompile(`^\w+\+(\d+)\(FP\)$`)
	symbolText   = regexp.MustCompile(`^(\w+)<>(?:\+(\d+))?\(SB\)$`)
	memoryText   = regexp.MustCompile(`^(-?\w+)?\((\w+)\)(?:\((\w+)\*(\d)\))?$`)
	vectorWidths = map[string]int{"X": 16, "Y": 32, "Z": 64}
)

func parseOperand(text string) (operand, error) {
	if n, ok := gprNumber[text]; ok {
		return operand{kind: general, number: int64(n)}, nil
	}
	if m := vectorName.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[2])
		return operand{kind: vector, number: int64(n), width: vectorWidths[m[1]]}, nil
	}
	if m := maskName.FindStringSubmatch(text); m != nil {
		return operand{kind: mask, number: int64(m[1][0] - '0')}, nil
	}
	if m := tileName.FindStringSubmatch(text); m != nil {
		return operand{kind: tile, number: int64(m[1][0] - '0')}, nil
	}
	if strings.HasPrefix(text, "$") {
		n, err := strconv.ParseInt(text[1:], 0, 64)
		if err != nil {
			return operand{}, fmt.Errorf("immediate %s: %w", text, err)
		}
		return operand{kind: immediate, number: n}, nil
	}
	if strings.Contains(text, "(") {
		a, err := parseMemory(text)
		return operand{kind: memory, address: a}, err
	}
	return operand{kind: label, name: text}, nil
}

func parseMemory(text string) (address, error) {
	a := address{base: -1, index: -1, scale: 1}
	if m := frameText.FindStringSubmatch(text); m != nil {
		a.frame = true
		a.displacement, _ = strconv.ParseInt(m[1], 10, 64)
		return a, nil
	}
	if m := symbolText.FindStringSubmatch(text); m != nil {
		a.symbol = m[1]
		a.displacement, _ = strconv.ParseInt(m[2], 10, 64)
		return a, nil
	}
	m := memoryText.FindStringSubmatch(text)
	if m == nil {
		return a, fmt.Errorf("memory operand %s", text)
	}
	if m[1] != "" {
		d, err := strconv.ParseInt(m[1], 0, 64)
		if err != nil {
			return a, fmt.Errorf("memory operand %s: %w", text, err)
		}
		a.displacement = d
	}
	var ok bool
	if a.base, ok = gprNumber[m[2]]; !ok {
		return a, fmt.Errorf("memory operand %s: base", text)
	}
	if m[3] != "" {
		if a.index, ok = gprNumber[m[3]]; !ok {
			return a, fmt.Errorf("memory operand %s: index", text)
		}
		a.scale = int(m[4][0] - '0')
	}
	return a, nil
}
