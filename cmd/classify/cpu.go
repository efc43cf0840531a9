package main

import "runtime"

// numericPath names the arithmetic of this machine: floating point results may
// differ in the last bit from one architecture to another, where compilers
// fuse multiplication and addition.
func numericPath() string { return "go-" + runtime.GOARCH }
