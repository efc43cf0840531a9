package kernel

import "unsafe"

// amxBF16Func and amxInt8Func are the assembly under the products in AMX tiles; see
// amx_amd64.s.
type (
	amxBF16Func func(config, sums unsafe.Pointer, cols, blocks, height, groups int, a unsafe.Pointer, lda int, b unsafe.Pointer, ldb int, c unsafe.Pointer, ldc, ldplus int, plus unsafe.Pointer)
	amxInt8Func func(config, sums unsafe.Pointer, cols, blocks, height, groups int, a unsafe.Pointer, lda int, b unsafe.Pointer, ldb int, c unsafe.Pointer, ldc int, factors, table unsafe.Pointer)
)

// amx is the products in AMX tiles and what brings their operands into form. Sums are
// added up over k as tiles do it, in blocks of a size that depends on k alone, so that
// an element's bits don't depend on the rows around it.
type amx struct {
	bf16    [2]amxBF16Func // for blocks of up to 16 and of up to 32 rows
	int8    [2]amxInt8Func
	halve   func(dst, src unsafe.Pointer, n int)
	pairs   func(k, cols int, dst, src unsafe.Pointer, ldsrc int)
	squares squaresFunc
}

var amxTiles = amx{
	bf16:    [2]amxBF16Func{amxBF16Rows16, amxBF16Rows32},
	int8:    [2]amxInt8Func{amxInt8Rows16, amxInt8Rows32},
	halve:   halveAVX512,
	pairs:   pairsAVX512,
	squares: transposeAVX2,
}

const (
	amxBlock = 32   // rows and columns of a block of sums
	amxPanel = 16   // columns of a panel of the right operand, two of which make a block
	amxGroup = 64   // bytes of a row that one tile takes
	amxStrip = 256  // rows multiplied by all panels before the next: they stay in cache
	amxDepth = 512  // the most of k in a block of bfloat16: two panels stay in cache
	amxWide  = 1536 // the most columns in a call: the collector waits for its end
)

// tileConfig is LDTILECFG's operand.
type tileConfig struct {
	palette, start uint8
	_              [14]uint8
	bytes          [16]uint16 // of a tile's row
	rows           [16]uint8
}

// tileConfigs are those of blocks of 1 to 32 rows: sums in tiles 0 to 3, left operands
// in 4 and 5, right ones in 6 and 7.
var tileConfigs = func() (all [amxBlock]tileConfig) {
	for i := range all {
		height := uint8(i + 1)
		top := min(height, 16)
		c := tileConfig{palette: 1, rows: [16]uint8{top, top, height - top, height - top, top, height - top, 16, 16}}
		for t, rows := range c.rows {
			if rows > 0 {
				c.bytes[t] = amxGroup
			}
		}
		all[i] = c
	}
	return all
}()

// amxCall is what all tile functions are told: part of a product.
type amxCall struct {
	row, column  int // of the result, where the part begins
	blocks, cols int
	height       int
}

// amxCalls cuts a product of m rows and n columns into parts.
func amxCalls(m, n int, call func(amxCall)) {
	height, high, low := stack(m, amxBlock)
	for column := 0; column < n; column += amxWide {
		cols := min(amxWide, n-column)
		call(amxCall{0, column, high, cols, height})
		if low > 0 {
			call(amxCall{high * height, column, low, cols, height - 1})
		}
	}
}

func (c amxCall) config() unsafe.Pointer { return unsafe.Pointer(&tileConfigs[c.height-1]) }

// tiles is the index of the function for the part's height.
func (c amxCall) tiles() int { return (c.height - 1) / 16 }

// amxGroups is how many groups n bytes fill, amxPitch the distance of rows of so many
// groups: an odd number of cache lines, since rows a power of two apart would share
// few places of the cache.
func amxGroups(n int) int { return (n + amxGroup - 1) / amxGroup }

func amxPitch(groups int) int { return (groups | 1) * amxGroup }

// amxWhole is n columns, filled to whole blocks.
func amxWhole(n int) int { return (n + amxBlock - 1) / amxBlock * amxBlock }

// useAMX makes t the set's bfloat16 and int8 products.
func (s *set) useAMX(t *amx) {
	s.gemmBF16 = t.gemm
	s.packBFloat16 = func(w, bias []float32, out, in int) product {
		return packAMXBF16(t, s, w, bias, out, in)
	}
	s.packInt8 = func(q []int8, scale, bias []float32, out, in int) product {
		return packAMXInt8(t, s, q, scale, bias, out, in)
	}
}
