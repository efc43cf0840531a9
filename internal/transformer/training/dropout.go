package training

import (
	"math"

	"github.com/nlpodyssey/spago/mat"

	"standpoint/internal/kernel"
)

// Dropout draws from counters, not from a generator with state: what becomes
// of an element depends on the seed, the epoch, the example, the place in the
// network and the element's position in its example, and on nothing else.

// golden spreads counters over 64 bits (Steele, Lea and Flood's SplitMix).
const golden = 0x9E3779B97F4A7C15

// mix is SplitMix64's finaliser.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xBF58476D1CE4E5B9
	x ^= x >> 27
	x *= 0x94D049BB133111EB
	return x ^ x>>31
}

// stream derives a number from a seed and counters.
func stream(seed uint64, counters ...uint64) uint64 {
	for _, c := range counters {
		seed = mix(seed + golden*(c+1))
	}
	return seed
}

// A mask is dropout at one place of the network: of each 16 random bits, those
// under limit drop the element, and those kept are scaled up.
type mask struct {
	limit uint32
	site  uint64
	scale [2]float32 // kept, dropped
}

// mask is the next place where elements are dropped with probability p.
func (g *graph) mask(p float64) mask {
	g.site++
	limit := math.Round(p * 65536)
	return mask{limit: uint32(limit), site: g.site, scale: [2]float32{float32(65536 / (65536 - limit)), 0}}
}

// drops tells whether the mask does anything in g.
func (m *mask) drops(g *graph) bool { return m.limit > 0 && g.streams != nil }

// key is the mask's stream in an example.
func (m *mask) key(g *graph, example int) uint64 { return stream(g.streams[example], m.site) }

// apply sets dst to x, a row of its example, under the mask. dst may be x.
func (m *mask) apply(dst, x []float32, key uint64, row int) {
	n := len(x)
	dst = dst[:n]
	counter := key + golden*uint64(row*((n+3)/4))
	i := 0
	for ; i+4 <= n; i += 4 {
		counter += golden
		h := mix(counter)
		d, v := dst[i:i+4:i+4], x[i:i+4:i+4]
		d[0] = v[0] * m.scale[(uint32(h&0xFFFF)-m.limit)>>31]
		d[1] = v[1] * m.scale[(uint32(h>>16&0xFFFF)-m.limit)>>31]
		d[2] = v[2] * m.scale[(uint32(h>>32&0xFFFF)-m.limit)>>31]
		d[3] = v[3] * m.scale[(uint32(h>>48)-m.limit)>>31]
	}
	for h := mix(counter + golden); i < n; i++ {
		dst[i] = x[i] * m.scale[(uint32(h&0xFFFF)-m.limit)>>31]
		h >>= 16
	}
}

// drop sets dst to x under a mask; example e has the rows starts[e] to
// starts[e+1]. Without dropout it copies.
func (g *graph) drop(dst, x []float32, m mask, starts []int) {
	if !m.drops(g) {
		copy(dst, x)
		return
	}
	cols := len(x) / max(starts[len(starts)-1], 1)
	g.each(len(starts)-1, func(e int, _ *kernel.Scratch) {
		key := m.key(g, e)
		for r := starts[e]; r < starts[e+1]; r++ {
			m.apply(dst[r*cols:(r+1)*cols], x[r*cols:(r+1)*cols], key, r-starts[e])
		}
	})
}

// A dropout operator is dropout over the rows of examples.
type dropout struct {
	g      *graph
	x      mat.Tensor // (N, n)
	starts []int      // first row of each example, and one past the last
	mask   mask
	out    *activation
}

// dropout is x itself where nothing is dropped.
func (g *graph) dropout(x mat.Tensor, starts []int, p float64) mat.Tensor {
	m := g.mask(p)
	if !m.drops(g) {
		return x
	}
	return run(&dropout{g: g, x: x, starts: starts, mask: m})
}

// Operands is the input.
func (o *dropout) Operands() []mat.Tensor { return []mat.Tensor{o.x} }

// Forward draws the mask.
func (o *dropout) Forward() (mat.Tensor, error) {
	rows, cols := size(o.x)
	o.out = o.g.newActivation(rows, cols)
	o.g.drop(o.out.data, values(o.x), o.mask, o.starts)
	return o.out, nil
}

// Backward draws it again.
func (o *dropout) Backward(mat.Tensor) error {
	defer o.out.release()
	dy := o.out.grad
	addGrad(o.x, func(dx []float32, accumulate bool) {
		if accumulate {
			o.g.drop(dy, dy, o.mask, o.starts)
			o.g.path.Add(dx, dx, dy)
			return
		}
		o.g.drop(dx, dy, o.mask, o.starts)
	})
	return nil
}
