// Command gen writes the assembly of the kernels and its declarations into the
// current folder, which go generate makes internal/kernel. Each file of kernels
// is written by a function of its own: gemmFile, int8File and so on; the
// language they are written in is package asm.
package main

import (
	"fmt"
	"go/format"
	"log"
	"os"

	"standpoint/internal/kernel/gen/asm"
)

// files are all generated files.
func files() []*asm.File {
	return []*asm.File{
		cpuFile(),
		gemmFile(),
		int8File(),
	}
}

func main() {
	log.SetFlags(0)
	for _, f := range files() {
		if err := write(f); err != nil {
			log.Fatal(err)
		}
	}
}

func write(f *asm.File) error {
	if err := os.WriteFile(f.Name+"_amd64.s", []byte(f.Assembly()), 0o644); err != nil {
		return err
	}
	declarations, err := format.Source([]byte(f.Declarations()))
	if err != nil {
		return fmt.Errorf("declarations of %s: %w", f.Name, err)
	}
	return os.WriteFile(f.Name+"_stub_amd64.go", declarations, 0o644)
}
