package kernel

import "golang.org/x/sys/cpu"

// detect adds NEON, which every 64-bit ARM processor has.
func detect(sets *[AMX + 1]*set) {
	s := above(sets[Portable])
	vectorsNEON.install(s)
	s.useTiles(&tilesNEON)
	if cpu.ARM64.HasASIMDDP {
		s.useInt8(&int8DOT)
	} else {
		s.useInt8(&int8NEON)
	}
	sets[NEON] = s
}
