package transformer

import "math"

// position counts the rows of the position embeddings within a sentence.
type position struct {
	config *Config
	seen   int
}

// next is the row of the sentence's next token. MPNet's rows start at 2 and
// leave out pads, whose row is 1.
func (p *position) next(id int32) int {
	if p.config.ModelType == MPNet {
		if id == mpnetPad {
			return mpnetPad
		}
		p.seen++
		return p.seen + mpnetPad
	}
	p.seen++
	return p.seen - 1
}

// PositionIDs appends the rows of the position embeddings of one sentence's
// tokens to dst.
func (c Config) PositionIDs(dst []int32, ids []int32) []int32 {
	p := position{config: &c}
	for _, id := range ids {
		dst = append(dst, int32(p.next(id)))
	}
	return dst
}

// MPNet's relative positions fall into buckets, half of them for keys after
// the query; of each half, half are single distances and the rest grow
// logarithmically up to maxDistance (T5's scheme: Raffel et al. 2020, 2.1).
const (
	relativeBuckets = 32
	maxDistance     = 128
)

// RelativeBucket is the row of MPNet's relative attention bias for a key that
// lies distance tokens after the query, or before it when negative.
func RelativeBucket(distance int) int {
	const half, exact = relativeBuckets / 2, relativeBuckets / 4
	base := 0
	if distance > 0 {
		base = half
	} else {
		distance = -distance
	}
	if distance < exact {
		return base + distance
	}
	// Powers of two that are whole steps stay whole: Log2 is exact for them.
	step := math.Log2(float64(distance)/exact) / math.Log2(maxDistance/exact) * (half - exact)
	return base + min(exact+int(step), half-1)
}

// relativeBias turns the table (Buckets, Heads) into a row a head, by distance
// from 1-MaxTokens on, in units of q·k before it is scaled.
func relativeBias(table []float32, c Config) []float32 {
	n := c.MaxTokens()
	bias := make([]float32, c.Heads*(2*n-1))
	unit := float32(math.Sqrt(float64(c.HeadSize())))
	for head := range c.Heads {
		row := bias[head*(2*n-1) : (head+1)*(2*n-1)]
		for i := range row {
			row[i] = table[RelativeBucket(i-(n-1))*c.Heads+head] * unit
		}
	}
	return bias
}

// setBias sets scores (n, n) to a head's bias of key j for query i.
func (e *Encoder) setBias(scores []float32, head, n int) {
	longest := e.Config.MaxTokens()
	row := e.bias[head*(2*longest-1) : (head+1)*(2*longest-1)]
	for i := range n {
		first := longest - 1 - i
		copy(scores[i*n:i*n+n], row[first:first+n])
	}
}
