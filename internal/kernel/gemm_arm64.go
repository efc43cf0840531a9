package kernel

var tilesNEON = tiles{
	rows: 8, lanes: 4, vectors: 2, depth: 256,
	funcs: [][]tileFunc{
		{gemmNEON1x4, gemmNEON1x8},
		{gemmNEON2x4, gemmNEON2x8},
		{gemmNEON3x4, gemmNEON3x8},
		{gemmNEON4x4, gemmNEON4x8},
		{gemmNEON5x4, gemmNEON5x8},
		{gemmNEON6x4, gemmNEON6x8},
		{gemmNEON7x4, gemmNEON7x8},
		{gemmNEON8x4, gemmNEON8x8},
	},
}
