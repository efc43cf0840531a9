package main

import (
	"runtime"

	"standpoint/internal/kernel"
	"standpoint/internal/model"
)

// numericPath names the arithmetic by which m judges on this machine. Floating
// point results may differ in the last bit from one architecture to another,
// where compilers fuse multiplication and addition; those of a transformer
// also from one path of kernels to another.
func numericPath(m model.Classifier) string {
	path := "go-" + runtime.GOARCH
	if _, ok := m.(*model.Transformer); ok {
		path += "-" + kernel.Best().String()
	}
	return path
}
