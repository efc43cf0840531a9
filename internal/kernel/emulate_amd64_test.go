package kernel

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"unsafe"

	"standpoint/internal/kernel/gen/asm"
)

// program is the package's assembly, all of it, read for the emulator: it runs
// kernels for which this machine may lack the instructions.
var program = sync.OnceValues(func() (*asm.Program, error) {
	files, err := filepath.Glob("*_amd64.s")
	if err != nil {
		return nil, err
	}
	var texts []string
	for _, name := range files {
		part, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		texts = append(texts, string(part))
	}
	return asm.Parse(texts...)
})

// emulator runs one function at a time and fails the test where it reads or writes
// what it shouldn't.
type emulator struct {
	t       *testing.T
	machine *asm.Machine
}

func newEmulator(t *testing.T) *emulator {
	t.Helper()
	p, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return &emulator{t, asm.NewMachine(p)}
}

func (e *emulator) call(name string, args ...any) {
	e.t.Helper()
	if err := e.machine.Call(name, args...); err != nil {
		e.t.Fatal(err)
	}
}

// rows allows rows of n bytes, ld apart.
func (e *emulator) rows(write bool, p unsafe.Pointer, rows, n, ld int) {
	if p == nil {
		return
	}
	for i := range rows {
		at := unsafe.Add(p, i*ld)
		if write {
			e.machine.Write(at, n)
		} else {
			e.machine.Read(at, n)
		}
	}
}
