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

// files are all generated files, by architecture.
func files() map[string][]*asm.File {
	return map[string][]*asm.File{
		"amd64": {
			cpuFile(),
			gemmFile(),
			int8File(),
			packFile(),
			amxFile(),
			elementwiseFile(avx2, avx512),
		},
		"arm64": {
			gemmFileNEON(),
			int8FileNEON(),
			elementwiseFile(neon),
		},
	}
}

func main() {
	log.SetFlags(0)
	for arch, all := range files() {
		for _, f := range all {
			if err := write(f, arch); err != nil {
				log.Fatal(err)
			}
		}
	}
}

func write(f *asm.File, arch string) error {
	if err := os.WriteFile(f.Name+"_"+arch+".s", []byte(f.Assembly()), 0o644); err != nil {
		return err
	}
	declarations, err := format.Source([]byte(f.Declarations()))
	if err != nil {
		return fmt.Errorf("declarations of %s: %w", f.Name, err)
	}
	return os.WriteFile(f.Name+"_stub_"+arch+".go", declarations, 0o644)
}
