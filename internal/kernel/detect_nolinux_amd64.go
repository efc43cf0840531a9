//go:build !linux

package kernel

// grantsTiles is false where it isn't known how to ask the system.
func grantsTiles() bool { return false }
