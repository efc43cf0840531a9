package training

import (
	"math"

	"standpoint/internal/kernel"
)

// An optimiser is AdamW over all that learns, with clipping.
type optimiser struct {
	*machine
	params []*Param
	rates  []float64 // of each Param, before the schedule
	opt    Options
	chunks []chunk
	sums   []float32 // of squares, of each chunk
}

// A chunk is a stretch of a Param: small enough for the cache, of a fixed size
// for the order of sums.
type chunk struct{ param, from, to int }

const chunkSize = 1 << 15

// newOptimiser takes the floors of the encoder that learn, from floor number
// first of so many in all, and the top.
func newOptimiser(m *machine, floors [][]*Param, first int, top []*Param, opt Options) *optimiser {
	o := &optimiser{machine: m, opt: opt}
	for i := first; i < len(floors); i++ {
		rate := opt.Rate * math.Pow(opt.LayerDecay, float64(len(floors)-1-i))
		for _, p := range floors[i] {
			o.add(p, rate)
		}
	}
	for _, p := range top {
		o.add(p, opt.TopRate)
	}
	o.sums = make([]float32, len(o.chunks))
	return o
}

func (o *optimiser) add(p *Param, rate float64) {
	p.learn(true)
	for from := 0; from < len(p.data); from += chunkSize {
		o.chunks = append(o.chunks, chunk{len(o.params), from, min(from+chunkSize, len(p.data))})
	}
	o.params, o.rates = append(o.params, p), append(o.rates, rate)
}

// norm is the gradients' global norm.
func (o *optimiser) norm() float64 {
	o.each(len(o.chunks), func(i int, _ *kernel.Scratch) {
		c := o.chunks[i]
		g := o.params[c.param].grad[c.from:c.to]
		o.sums[i] = o.path.Dot(g, g)
	})
	total := 0.0
	for _, s := range o.sums {
		total += float64(s)
	}
	return math.Sqrt(total)
}

// step moves the weights at a step counted from 0, given the gradients' norm
// and the schedule's factor, and clears the gradients.
func (o *optimiser) step(step int, norm, factor float64) {
	scale := 1.0
	if clip := *o.opt.Clip; clip > 0 {
		scale = math.Min(1, clip/(norm+1e-6))
	}
	t := float64(step + 1)
	corr1, corr2 := 1-math.Pow(o.opt.Beta1, t), 1-math.Pow(o.opt.Beta2, t)
	o.each(len(o.chunks), func(i int, _ *kernel.Scratch) {
		c := o.chunks[i]
		p := o.params[c.param]
		g := p.grad[c.from:c.to]
		if scale < 1 {
			o.path.Scale(g, float32(scale))
		}
		decay := 0.0
		if p.decay {
			decay = *o.opt.WeightDecay
		}
		o.path.AdamW(p.data[c.from:c.to], g, p.first[c.from:c.to], p.square[c.from:c.to],
			float32(o.rates[c.param]*factor), float32(o.opt.Beta1), float32(o.opt.Beta2), float32(o.opt.Epsilon), float32(decay), float32(corr1), float32(corr2))
		clear(g)
	})
}
