package kernel

var int8AVX2 = int8Tiles{
	rows: 6, width: 16, group: 2, prepare: widenAVX2,
	funcs: []int8Func{int8AVX21x16, int8AVX22x16, int8AVX23x16, int8AVX24x16, int8AVX25x16, int8AVX26x16},
}

var int8VNNI = int8Tiles{
	rows: 8, width: 48, group: 4, offset: 128, prepare: offsetVNNI,
	funcs: []int8Func{int8VNNI1x48, int8VNNI2x48, int8VNNI3x48, int8VNNI4x48, int8VNNI5x48, int8VNNI6x48, int8VNNI7x48, int8VNNI8x48},
}
