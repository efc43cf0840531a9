package kernel

var tilesAVX2 = tiles{
	rows: 6, lanes: 8, vectors: 2, depth: 256, squares: transposeAVX2,
	funcs: [][]tileFunc{
		{gemmAVX21x8, gemmAVX21x16},
		{gemmAVX22x8, gemmAVX22x16},
		{gemmAVX23x8, gemmAVX23x16},
		{gemmAVX24x8, gemmAVX24x16},
		{gemmAVX25x8, gemmAVX25x16},
		{gemmAVX26x8, gemmAVX26x16},
	},
}

var tilesAVX512 = tiles{
	rows: 8, lanes: 16, vectors: 3, depth: 192, squares: transposeAVX2,
	funcs: [][]tileFunc{
		{gemmAVX5121x16, gemmAVX5121x32, gemmAVX5121x48},
		{gemmAVX5122x16, gemmAVX5122x32, gemmAVX5122x48},
		{gemmAVX5123x16, gemmAVX5123x32, gemmAVX5123x48},
		{gemmAVX5124x16, gemmAVX5124x32, gemmAVX5124x48},
		{gemmAVX5125x16, gemmAVX5125x32, gemmAVX5125x48},
		{gemmAVX5126x16, gemmAVX5126x32, gemmAVX5126x48},
		{gemmAVX5127x16, gemmAVX5127x32, gemmAVX5127x48},
		{gemmAVX5128x16, gemmAVX5128x32, gemmAVX5128x48},
	},
}
