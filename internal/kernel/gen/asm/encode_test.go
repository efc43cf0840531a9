package asm

import (
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// split cuts an instruction's text as Program.add does.
func split(text string) (name string, operands []string) {
	name, rest, _ := strings.Cut(text, " ")
	if rest != "" {
		operands = strings.Split(rest, ", ")
	}
	return name, operands
}

// TestEncodings holds the bytes against those that GNU's assembler writes.
func TestEncodings(t *testing.T) {
	for text, want := range map[string]string{
		"LDTILECFG (AX)":              "c4e2784900",
		"TILERELEASE":                 "c4e27849c0",
		"TILEZERO T0":                 "c4e27b49c0",
		"TILEZERO T5":                 "c4e27b49e8",
		"TILELOADD (DX)(R13*1), T6":   "c4a27b4b342a",
		"TILELOADD (R11)(R13*1), T7":  "c4827b4b3c2b",
		"TILELOADD (AX)(BX*1), T4":    "c4e27b4b2418",
		"TILELOADD (R8)(BX*1), T5":    "c4c27b4b2c18",
		"TILELOADD (R13)(AX*1), T1":   "c4c27b4b4c0500",
		"TILELOADD (BP)(R15*1), T2":   "c4a27b4b543d00",
		"TILELOADD (SP)(CX*1), T3":    "c4e27b4b1c0c",
		"TILESTORED T0, (R11)(R13*1)": "c4827a4b042b",
		"TILESTORED T3, (DI)(SI*1)":   "c4e27a4b1c37",
		"TDPBF16PS T6, T4, T0":        "c4e24a5cc4",
		"TDPBF16PS T7, T5, T3":        "c4e2425cdd",
		"TDPBSSD T7, T4, T1":          "c4e2435ecc",
		"TDPBSSD T6, T5, T2":          "c4e24b5ed5",
		"TDPBUSD T6, T4, T0":          "c4e2495ec4",
	} {
		name, operands := split(text)
		if code, err := encode(name, operands); err != nil || hex.EncodeToString(code) != want {
			t.Errorf("%s: %x, %v; want %s", text, code, err, want)
		}
	}
}

func TestEncodingsRefused(t *testing.T) {
	for _, text := range []string{
		"LDTILECFG (BX)", "LDTILECFG", "TILEZERO T8", "TILEZERO Z1", "TILEZERO", "TILELOADD (AX), T0", "TILELOADD 8(AX)(BX*1), T0",
		"TILELOADD (AX)(BX*2), T0", "TILELOADD (AX)(SP*1), T0", "TILESTORED (AX)(BX*1), T0", "TDPBSSD T1, T2", "TDPBF16PS T1, T2, X3",
	} {
		name, operands := split(text)
		if code, err := encode(name, operands); err == nil {
			t.Errorf("%s: encoded as %x, want an error", text, code)
		}
	}
	if code, err := encode("VADDPS", []string{"Y0", "Y1", "Y2"}); code != nil || err != nil {
		t.Errorf("VADDPS: %x, %v; want it left to Go's assembler", code, err)
	}
}

// TestEncodingsReadBack has objdump read every tile instruction with many registers.
func TestEncodingsReadBack(t *testing.T) {
	tool, err := exec.LookPath("objdump")
	if err != nil {
		t.Skip("no objdump here")
	}
	texts := everyEncoding()
	var code []byte
	for _, text := range texts {
		name, operands := split(text)
		b, err := encode(name, operands)
		if err != nil {
			t.Fatal(text, err)
		}
		code = append(code, b...)
	}
	file := filepath.Join(t.TempDir(), "code")
	if err := os.WriteFile(file, code, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-D", "-b", "binary", "-m", "i386:x86-64", file).Output()
	if err != nil || !strings.Contains(string(out), "ldtilecfg") {
		t.Skipf("this objdump doesn't know the tiles: %v", err)
	}
	var read []string
	for _, m := range regexp.MustCompile(`\t((?:tile|ldtile|tdp)[^\t\n]*)`).FindAllStringSubmatch(string(out), -1) {
		read = append(read, strings.Join(strings.Fields(m[1]), " "))
	}
	if len(read) != len(texts) {
		t.Fatalf("objdump reads %d instructions, want %d", len(read), len(texts))
	}
	for i, text := range texts {
		if want := gnu(text); read[i] != want {
			t.Errorf("%s: objdump reads %q, want %q", text, read[i], want)
		}
	}
}

// everyEncoding is all tile instructions, with every tile at every place and every base
// and index.
func everyEncoding() []string {
	texts := []string{"LDTILECFG (AX)", "TILERELEASE"}
	for i := range 8 {
		texts = append(texts, fmt.Sprintf("TILEZERO T%d", i))
		for _, dot := range []string{"TDPBF16PS", "TDPBSSD", "TDPBUSD"} {
			texts = append(texts, fmt.Sprintf("%s T%d, T%d, T%d", dot, i, (i+1)%8, (i+2)%8))
		}
	}
	general := slices.Sorted(maps.Keys(gprNumber))
	for _, base := range general {
		for _, index := range general {
			if index != "SP" {
				t := len(texts) % 8
				texts = append(texts, fmt.Sprintf("TILELOADD (%s)(%s*1), T%d", base, index, t), fmt.Sprintf("TILESTORED T%d, (%s)(%s*1)", t, base, index))
			}
		}
	}
	return texts
}

// gnu is the instruction as objdump prints it.
func gnu(text string) string {
	register := func(name string) string {
		if name[0] == 'R' {
			return "%r" + name[1:]
		}
		return "%r" + strings.ToLower(name)
	}
	text = regexp.MustCompile(`\((\w+)\)\((\w+)\*1\)`).ReplaceAllStringFunc(text, func(s string) string {
		m := regexp.MustCompile(`\((\w+)\)\((\w+)\*1\)`).FindStringSubmatch(s)
		if n := gprNumber[m[1]]; n&7 == 5 { // needs a displacement
			return "0x0(" + register(m[1]) + "," + register(m[2]) + ",1)"
		}
		return "(" + register(m[1]) + "," + register(m[2]) + ",1)"
	})
	text = strings.Replace(text, "(AX)", "(%rax)", 1)
	name, rest, found := strings.Cut(text, " ")
	if !found {
		return strings.ToLower(name)
	}
	rest = regexp.MustCompile(`T(\d)`).ReplaceAllString(rest, "%tmm$1")
	return strings.ToLower(name) + " " + strings.ReplaceAll(rest, ", ", ",")
}
