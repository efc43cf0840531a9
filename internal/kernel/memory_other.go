//go:build !linux

package kernel

// adviseHuge does nothing where the system has no such wish.
func adviseHuge([]byte) {}
