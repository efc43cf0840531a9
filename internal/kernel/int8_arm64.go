package kernel

import "unsafe"

var int8NEON = int8Tiles{
	rows: 8, width: 8, group: 2, prepare: widenNEON,
	funcs: []int8Func{int8NEON1x8, int8NEON2x8, int8NEON3x8, int8NEON4x8, int8NEON5x8, int8NEON6x8, int8NEON7x8, int8NEON8x8},
}

// int8DOT is for processors with SDOT.
var int8DOT = int8Tiles{
	rows: 8, width: 8, group: 4, prepare: copyInt8,
	funcs: []int8Func{int8DOT1x8, int8DOT2x8, int8DOT3x8, int8DOT4x8, int8DOT5x8, int8DOT6x8, int8DOT7x8, int8DOT8x8},
}

// copyInt8 copies n int8, which SDOT takes as they are.
func copyInt8(dst, src unsafe.Pointer, n int) {
	copy(unsafe.Slice((*int8)(dst), n), unsafe.Slice((*int8)(src), n))
}
