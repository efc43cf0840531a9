package kernel

// detect adds NEON, which every 64-bit ARM processor has.
func detect(sets *[AMX + 1]*set) {
	s := above(sets[Portable])
	vectorsNEON.install(s)
	s.useTiles(&tilesNEON)
	sets[NEON] = s
}
