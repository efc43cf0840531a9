package asm

import (
	"math"
	"strings"
	"testing"
	"unsafe"
)

// tileProgram is a function f(config, a, b, c): c += a b in tiles of one row of four
// int8 or two bfloat16 each, through the instructions given.
func tileProgram(t *testing.T, ops ...string) *Program {
	t.Helper()
	f := NewFile("test", "A test.")
	fn := f.Func("f", "is a test.", "config, a, b, c unsafe.Pointer")
	fn.LoadArgs("AX", "SI", "DX", "DI")
	fn.Op("MOVQ", "$64", "BX")
	for _, text := range ops {
		name, operands := split(text)
		fn.Op(name, operands...)
	}
	fn.Op("RET")
	p, err := Parse(f.Assembly())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// oneRow configures T0 (c), T1 (a) and T2 (b) as one row of 4 bytes each.
func oneRow() (config [64]byte) {
	config[0] = 1
	for i := range 3 {
		config[16+2*i], config[48+i] = 4, 1
	}
	return config
}

func runTiles(p *Program, config [64]byte, a, b, c *[4]byte) error {
	m := NewMachine(p)
	m.Read(unsafe.Pointer(&config), 64)
	m.Read(unsafe.Pointer(a), 4)
	m.Read(unsafe.Pointer(b), 4)
	m.Write(unsafe.Pointer(c), 4)
	return m.Call("f", unsafe.Pointer(&config), unsafe.Pointer(a), unsafe.Pointer(b), unsafe.Pointer(c))
}

var (
	tileBegin = []string{"LDTILECFG (AX)", "TILELOADD (DI)(BX*1), T0", "TILELOADD (SI)(BX*1), T1", "TILELOADD (DX)(BX*1), T2"}
	tileEnd   = []string{"TILESTORED T0, (DI)(BX*1)", "TILERELEASE"}
)

func TestTileProducts(t *testing.T) {
	half := func(x, y uint32) [4]byte {
		return [4]byte{byte(x >> 16), byte(x >> 24), byte(y >> 16), byte(y >> 24)}
	}
	word := func(x uint32) [4]byte { return [4]byte{byte(x), byte(x >> 8), byte(x >> 16), byte(x >> 24)} }
	f := math.Float32bits
	for _, test := range []struct {
		dot        string
		a, b, c, y [4]byte
	}{
		{"TDPBSSD", [4]byte{1, 0xfe, 3, 127}, [4]byte{5, 6, 0xf9, 127}, word(10), word(10 + 5 - 12 - 21 + 127*127)},
		{"TDPBUSD", [4]byte{1, 0xfe, 3, 255}, [4]byte{5, 6, 0xf9, 0x80}, word(0), word(1<<32 - 31132)},
		{"TDPBF16PS", half(f(1.5), f(-2)), half(f(3), f(0.25)), word(f(10)), word(f(14))},
		{"TDPBF16PS", half(f(1e-39), f(1)), half(f(1e38), f(2)), word(f(0)), word(f(2))}, // below the normal numbers
	} {
		p := tileProgram(t, append(append(tileBegin[:4:4], test.dot+" T2, T1, T0"), tileEnd...)...)
		if err := runTiles(p, oneRow(), &test.a, &test.b, &test.c); err != nil || test.c != test.y {
			t.Errorf("%s: %v, %v; want %v", test.dot, test.c, err, test.y)
		}
	}
}

func TestTileFaults(t *testing.T) {
	whole := append(append(tileBegin[:4:4], "TDPBSSD T2, T1, T0"), tileEnd...)
	changed := func(at int, to byte) [64]byte {
		config := oneRow()
		config[at] = to
		return config
	}
	for _, test := range []struct {
		name, want string
		ops        []string
		config     [64]byte
	}{
		{"not released", "without TILERELEASE", whole[:len(whole)-1], oneRow()},
		{"not configured", "not configured", whole[1:], oneRow()},
		{"a tile left out", "not configured", append(tileBegin[:4:4], "TDPBSSD T2, T1, T3"), oneRow()},
		{"the same tile twice", "don't fit", append(tileBegin[:4:4], "TDPBSSD T1, T1, T0"), oneRow()},
		{"another height", "don't fit", append(tileBegin[:1:1], "TILEZERO T0", "TDPBSSD T2, T1, T0"), changed(48, 2)},
		{"no palette", "palette", whole, changed(0, 0)},
		{"a reserved byte", "byte 5", whole, changed(5, 1)},
		{"no rows", "tile 1", whole, changed(49, 0)},
		{"too many rows", "tile 1", whole, changed(49, 17)},
		{"beside memory", "beside the memory", whole, changed(16, 8)},
	} {
		var a, b, c [4]byte
		err := runTiles(tileProgram(t, test.ops...), test.config, &a, &b, &c)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want an error with %q", test.name, err, test.want)
		}
	}
}
