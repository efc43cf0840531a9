package kernel

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// detect adds the paths this processor and its operating system have.
func detect(sets *[AMX + 1]*set) {
	if !cpu.X86.HasAVX2 || !cpu.X86.HasFMA {
		return
	}
	sets[AVX2] = avx2Set(sets[Portable])
	if !hasAVX512() {
		return
	}
	sets[AVX512] = avx512Set(sets[AVX2])
	if !cpu.X86.HasAVX512VNNI {
		return
	}
	sets[VNNI] = vnniSet(sets[AVX512])
	if hasAMX() {
		sets[AMX] = amxSet(sets[VNNI])
	}
}

// savesAVX512 are the bits of XCR0 that tell what the operating system saves:
// SSE, AVX, masks, upper halves, upper registers.
const savesAVX512 = 0xe6

// savesAMX are those of the tiles' configuration and data.
const savesAMX = 0x60000

// saves tells whether the operating system saves all of these registers.
func saves(bits uint32) bool {
	if !cpu.X86.HasOSXSAVE {
		return false
	}
	var low uint32
	xgetbv(unsafe.Pointer(&low))
	return low&bits == bits
}

func hasAVX512() bool {
	x := &cpu.X86
	return x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL && saves(savesAVX512)
}

// hasAMX tells whether this process may use tiles, which it has to ask for: package
// initialisation does, before any goroutine comes to a product.
func hasAMX() bool {
	x := &cpu.X86
	return x.HasAMXTile && x.HasAMXBF16 && x.HasAMXInt8 && saves(savesAMX) && grantsTiles()
}

func avx2Set(lower *set) *set {
	s := above(lower)
	s.useTiles(&tilesAVX2)
	vectorsAVX2.install(s)
	s.useInt8(&int8AVX2)
	return s
}

func avx512Set(lower *set) *set {
	s := above(lower)
	s.useTiles(&tilesAVX512)
	vectorsAVX512.install(s)
	s.useInt8(&int8AVX2) // its activation is AVX-512's
	return s
}

func vnniSet(lower *set) *set {
	s := above(lower)
	s.useInt8(&int8VNNI)
	return s
}

func amxSet(lower *set) *set {
	s := above(lower)
	s.useAMX(&amxTiles)
	return s
}
