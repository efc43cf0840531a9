package asm

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Program is assembly read back: what File.Assembly printed, or the like.
type Program struct {
	functions map[string]*function
	tables    map[string][]byte
}

type function struct {
	name   string
	params int // bytes
	steps  []step
	texts  []string // of the steps, for errors
	labels map[string]int
}

// step executes one instruction.
type step func(*Machine)

var (
	textLine = regexp.MustCompile(`^TEXT ·(\w+)\(SB\), NOSPLIT, \$0-(\d+)$`)
	dataLine = regexp.MustCompile(`^DATA (\w+)<>\+(\d+)\(SB\)/4, \$(0x[0-9a-f]+)$`)
	byteLine = regexp.MustCompile(`^((?:BYTE \$0x[0-9a-f]{2}(?:; )?)+) // (.*)$`)
)

// Parse reads the assembly of files whose names all differ. An instruction that
// the Machine doesn't know is an error.
func Parse(texts ...string) (*Program, error) {
	p := &Program{functions: map[string]*function{}, tables: map[string][]byte{}}
	for _, text := range texts {
		if err := p.read(text); err != nil {
			return nil, err
		}
	}
	for _, fn := range p.functions {
		if err := fn.check(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// read adds a file.
func (p *Program) read(text string) error {
	var fn *function
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if m := textLine.FindStringSubmatch(line); m != nil {
			size, _ := strconv.Atoi(m[2])
			if p.functions[m[1]] != nil {
				return fmt.Errorf("line %d: a second function %s", i+1, m[1])
			}
			fn = &function{name: m[1], params: size, labels: map[string]int{}}
			p.functions[fn.name] = fn
			continue
		}
		var err error
		if fn == nil || strings.HasPrefix(line, "DATA ") || strings.HasPrefix(line, "GLOBL ") {
			err = p.data(line)
		} else {
			err = fn.add(line)
		}
		if err != nil {
			return fmt.Errorf("line %d: %s: %w", i+1, line, err)
		}
	}
	return nil
}

// data reads a line outside of functions.
func (p *Program) data(line string) error {
	m := dataLine.FindStringSubmatch(line)
	if m == nil {
		if line == "" || strings.HasPrefix(line, "//") || strings.HasPrefix(line, "#include") || strings.HasPrefix(line, "GLOBL ") {
			return nil
		}
		return fmt.Errorf("not understood")
	}
	offset, err := strconv.Atoi(m[2])
	if err != nil || offset != len(p.tables[m[1]]) {
		return fmt.Errorf("tables are written word after word")
	}
	word, err := strconv.ParseUint(m[3], 0, 32)
	p.tables[m[1]] = binary.LittleEndian.AppendUint32(p.tables[m[1]], uint32(word))
	return err
}

// add reads a line of the function: a label, a comment or an instruction.
func (fn *function) add(line string) error {
	if line == "" || strings.HasPrefix(line, "//") {
		return nil
	}
	if label, ok := strings.CutSuffix(line, ":"); ok {
		fn.labels[label] = len(fn.steps)
		return nil
	}
	var code string
	if m := byteLine.FindStringSubmatch(line); m != nil {
		code, line = m[1], m[2]
	}
	name, rest, _ := strings.Cut(line, " ")
	var texts []string
	var operands []operand
	if rest != "" {
		texts = strings.Split(rest, ", ")
	}
	if err := matches(code, name, texts); err != nil {
		return err
	}
	for _, t := range texts {
		o, err := parseOperand(t)
		if err != nil {
			return err
		}
		operands = append(operands, o)
	}
	s, err := decode(name, operands)
	fn.steps = append(fn.steps, s)
	fn.texts = append(fn.texts, line)
	return err
}

// matches checks that bytes are those of the instruction in the comment.
func matches(code, name string, operands []string) error {
	want, err := encode(name, operands)
	if err != nil {
		return err
	}
	digits := strings.NewReplacer("BYTE $0x", "", "; ", "").Replace(code)
	if digits != hex.EncodeToString(want) {
		return fmt.Errorf("bytes %s, want %x", digits, want)
	}
	return nil
}

// check finds jumps without an aim and a missing end.
func (fn *function) check() error {
	for _, text := range fn.texts {
		name, aim, _ := strings.Cut(text, " ")
		if _, ok := fn.labels[aim]; strings.HasPrefix(name, "J") && !ok {
			return fmt.Errorf("%s: %s: no such label", fn.name, text)
		}
	}
	if len(fn.texts) == 0 || fn.texts[len(fn.texts)-1] != "RET" {
		return fmt.Errorf("%s: ends without RET", fn.name)
	}
	return nil
}
