package linear

import (
	"math"
	"slices"

	"standpoint/internal/features"
)

// An Example is a vector with its class and weight.
type Example struct {
	X      features.Vector
	Class  int
	Weight float64
}

// Options of Train; the zero value of a field is its default.
type Options struct {
	Classes    int
	L2         float64 // strength of the pull towards the prior, of the sum of losses; 1
	MinCount   int     // buckets seen in fewer examples are dropped; 2
	Iterations int     // at most; 200
	Prior      *Model  // weights to start from and be pulled towards; zero weights
}

func (o Options) withDefaults() Options {
	if o.L2 == 0 {
		o.L2 = 1
	}
	if o.MinCount == 0 {
		o.MinCount = 2
	}
	if o.Iterations == 0 {
		o.Iterations = 200
	}
	return o
}

// Train fits a Model. A class without examples gets the lowest scores; it
// does not disturb the others.
func Train(examples []Example, opt Options) *Model {
	opt = opt.withDefaults()
	p := newProblem(examples, opt)
	w := slices.Clone(p.prior)
	minimise(w, p.loss, opt.Iterations)
	return p.model(w)
}

// A problem is a training set over columns: the buckets kept, renumbered.
type problem struct {
	classes  int
	l2       float64
	buckets  []uint32
	examples []Example // X.Index is a column
	prior    []float64 // (columns, classes) then (classes) of bias
	pullBias bool
	logits   []float64
}

func newProblem(examples []Example, opt Options) *problem {
	p := &problem{classes: opt.Classes, l2: opt.L2, logits: make([]float64, opt.Classes)}
	p.buckets = bucketsOf(examples, opt)
	column := make([]int32, features.Buckets)
	for i, b := range p.buckets {
		column[b] = int32(i) + 1
	}
	for _, e := range examples {
		x := make(features.Vector, 0, len(e.X))
		for _, f := range e.X {
			if c := column[f.Index]; c > 0 {
				x = append(x, features.Feature{Index: uint32(c - 1), Value: f.Value})
			}
		}
		p.examples = append(p.examples, Example{x, e.Class, e.Weight})
	}
	p.prior = make([]float64, (len(p.buckets)+1)*p.classes)
	if opt.Prior != nil {
		p.takePrior(opt.Prior)
		p.pullBias = true
	}
	return p
}

func (p *problem) takePrior(m *Model) {
	for i, b := range p.buckets {
		for c, w := range m.Weights(b) {
			p.prior[i*p.classes+c] = float64(w)
		}
	}
	for c, b := range m.bias {
		p.prior[len(p.buckets)*p.classes+c] = float64(b)
	}
}

// bucketsOf lists the buckets seen often enough, and those of the prior.
func bucketsOf(examples []Example, opt Options) []uint32 {
	count := make([]int, features.Buckets)
	for _, e := range examples {
		for _, f := range e.X {
			count[f.Index]++
		}
	}
	if opt.Prior != nil {
		for _, r := range opt.Prior.rows {
			count[r] = max(count[r], opt.MinCount)
		}
	}
	var out []uint32
	for b, n := range count {
		if n >= opt.MinCount {
			out = append(out, uint32(b))
		}
	}
	return out
}

// loss is the weighted log loss of w plus the pull of L2; grad is set to its
// gradient. The bias is pulled to a prior's only: towards zero it is free.
func (p *problem) loss(w, grad []float64) float64 {
	k := p.classes
	nw := len(p.buckets) * k
	var loss float64
	for i := range grad {
		grad[i] = 0
	}
	pulled := w
	if !p.pullBias {
		pulled = w[:nw]
	}
	for i := range pulled {
		d := w[i] - p.prior[i]
		loss += d * d
		grad[i] = p.l2 * d
	}
	loss *= p.l2 / 2
	bias, gbias := w[nw:], grad[nw:]
	for i := range p.examples {
		e := &p.examples[i]
		copy(p.logits, bias)
		for _, f := range e.X {
			row := w[int(f.Index)*k:][:k]
			for c := range row {
				p.logits[c] += row[c] * float64(f.Value)
			}
		}
		loss += e.Weight * logLoss(p.logits, e.Class)
		for c := range p.logits {
			p.logits[c] *= e.Weight
			gbias[c] += p.logits[c]
		}
		for _, f := range e.X {
			row := grad[int(f.Index)*k:][:k]
			for c := range row {
				row[c] += p.logits[c] * float64(f.Value)
			}
		}
	}
	return loss
}

// logLoss is the log loss of class under logits, which become the gradient:
// probabilities, less one at the class.
func logLoss(logits []float64, class int) float64 {
	top := slices.Max(logits)
	var sum float64
	for c := range logits {
		logits[c] = math.Exp(logits[c] - top)
		sum += logits[c]
	}
	for c := range logits {
		logits[c] /= sum
	}
	loss := -math.Log(max(logits[class], 1e-300))
	logits[class]--
	return loss
}

// model makes a Model of flat weights.
func (p *problem) model(w []float64) *Model {
	weights := make([]float32, len(p.buckets)*p.classes)
	for i := range weights {
		weights[i] = float32(w[i])
	}
	bias := make([]float32, p.classes)
	for c := range bias {
		bias[c] = float32(w[len(weights)+c])
	}
	return newModel(p.classes, p.buckets, weights, bias)
}
