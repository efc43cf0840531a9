package training

import (
	"math"

	"github.com/nlpodyssey/spago/mat"

	"standpoint/internal/kernel"
	"standpoint/internal/transformer"
)

// A taskLoss operator is the weighted loss of all heads over their logits.
type taskLoss struct {
	g       *graph
	logits  mat.Tensor // (E, columns of all heads)
	heads   []transformer.Head
	targets []target
	divisor []float64   // of each head: what its sum of losses is divided by
	grad    []float32   // of the logits
	out     *activation // (1, 1)
}

// A target is an example's labels: a distribution for each head, nil where it
// has none.
type target struct {
	heads  [][]float32
	weight float64
}

func (g *graph) taskLoss(logits mat.Tensor, heads []transformer.Head, targets []target, divisor []float64) mat.Tensor {
	return run(&taskLoss{g: g, logits: logits, heads: heads, targets: targets, divisor: divisor})
}

// Operands are the logits.
func (o *taskLoss) Operands() []mat.Tensor { return []mat.Tensor{o.logits} }

// Forward works out the gradient as well, since it needs the same numbers.
func (o *taskLoss) Forward() (mat.Tensor, error) {
	_, cols := size(o.logits)
	o.out = o.g.newActivation(1, 1)
	x := values(o.logits)
	o.grad = o.out.keep(len(x))
	clear(o.grad)
	total := 0.0
	for e, t := range o.targets {
		at := e * cols
		for h := range o.heads {
			n := o.heads[h].Columns()
			if t.heads[h] != nil && o.divisor[h] > 0 {
				scale := t.weight * lossWeight(&o.heads[h]) / o.divisor[h]
				total += scale * headLoss(&o.heads[h], o.grad[at:at+n], x[at:at+n], t.heads[h], scale)
			}
			at += n
		}
	}
	o.out.data[0] = float32(total)
	return o.out, nil
}

// Backward hands the gradient on.
func (o *taskLoss) Backward(mat.Tensor) error {
	defer o.out.release()
	scale := o.out.grad[0]
	addGrad(o.logits, func(dx []float32, accumulate bool) {
		if !accumulate {
			clear(dx)
		}
		o.g.path.Axpy(dx, scale, o.grad)
	})
	return nil
}

// headLoss is the loss of a row's logits against a distribution over classes,
// and adds scale times its gradient.
func headLoss(h *transformer.Head, grad, logits, target []float32, scale float64) float64 {
	t := make([]float64, h.Classes)
	for c := range t {
		t[c] = float64(target[c])*(1-h.Smoothing) + h.Smoothing/float64(h.Classes)
		if h.Form != transformer.Ordinal {
			t[c] *= classWeight(h, c)
		}
	}
	switch h.Form {
	case transformer.Ordinal:
		weight := targetWeight(h, target)
		return ordinalLoss(grad, logits, t, scale*weight, weight)
	case transformer.Sides:
		return sidesLoss(h, grad, logits, t, scale)
	}
	return crossEntropy(h, grad, logits, t, scale)
}

// sidesLoss is -sum t log p for a head of the form Sides. The logarithm of a
// product is a sum, so each question has a binary cross-entropy of its own, the
// last two only as far as the example is related.
func sidesLoss(h *transformer.Head, grad, logits []float32, t []float64, scale float64) float64 {
	loss := 0.0
	for c, l := range h.LogProbabilities(logits) {
		if t[c] > 0 {
			loss -= t[c] * l
		}
	}
	related := t[0] + t[1] + t[2] + t[3]
	for k, q := range [3]struct{ of, yes float64 }{{related + t[4], related}, {related, t[0] + t[2]}, {related, t[1] + t[2]}} {
		grad[k] += float32(scale * (q.of/(1+math.Exp(-float64(logits[k]))) - q.yes))
	}
	return loss
}

// crossEntropy is -sum t log softmax(logits), t being weighted.
func crossEntropy(h *transformer.Head, grad, logits []float32, t []float64, scale float64) float64 {
	p := h.LogProbabilities(logits)
	loss, sum := 0.0, 0.0
	for c, l := range p {
		loss -= t[c] * l
		sum += t[c]
	}
	for c, l := range p {
		grad[c] += float32(scale * (sum*math.Exp(l) - t[c]))
	}
	return loss
}

// ordinalLoss asks for each class but the last whether the answer lies above
// it: the sum of their binary cross-entropies, times weight.
func ordinalLoss(grad, logits []float32, t []float64, scale, weight float64) float64 {
	loss, above := 0.0, 1.0
	for k, v := range logits {
		above -= t[k]
		z := float64(v)
		loss += math.Max(z, 0) - above*z + math.Log1p(math.Exp(-math.Abs(z)))
		grad[k] += float32(scale * (1/(1+math.Exp(-z)) - above))
	}
	return weight * loss
}

// A tokenLoss operator is the cross-entropy of rows over a vocabulary.
type tokenLoss struct {
	g       *graph
	logits  mat.Tensor // (N, V)
	ids     []int32    // the right ones
	divisor float64
	out     *activation // (1, 1)
	probs   []float32
}

func (g *graph) tokenLoss(logits mat.Tensor, ids []int32, divisor float64) mat.Tensor {
	return run(&tokenLoss{g: g, logits: logits, ids: ids, divisor: divisor})
}

// Operands are the logits.
func (o *tokenLoss) Operands() []mat.Tensor { return []mat.Tensor{o.logits} }

// Forward keeps the probabilities.
func (o *tokenLoss) Forward() (mat.Tensor, error) {
	rows, cols := size(o.logits)
	o.out = o.g.newActivation(1, 1)
	o.probs = o.out.keep(rows * cols)
	x := values(o.logits)
	losses := make([]float64, rows)
	o.g.each(rows, func(r int, _ *kernel.Scratch) {
		p := o.probs[r*cols : (r+1)*cols]
		copy(p, x[r*cols:(r+1)*cols])
		o.g.path.Softmax(p, 1, cols, 1)
		losses[r] = -math.Log(math.Max(float64(p[o.ids[r]]), math.SmallestNonzeroFloat32))
		if p[o.ids[r]] != p[o.ids[r]] {
			losses[r] = math.NaN()
		}
	})
	total := 0.0
	for _, l := range losses {
		total += l
	}
	o.out.data[0] = float32(total / o.divisor)
	return o.out, nil
}

// Backward is the probabilities less one at the right id.
func (o *tokenLoss) Backward(mat.Tensor) error {
	defer o.out.release()
	_, cols := size(o.logits)
	scale := o.out.grad[0] / float32(o.divisor)
	for r, id := range o.ids {
		o.probs[r*cols+int(id)]--
	}
	addGrad(o.logits, func(dx []float32, accumulate bool) {
		o.g.rows(len(o.ids), func(p piece) {
			d := dx[p.from*cols : p.to*cols]
			if !accumulate {
				clear(d)
			}
			o.g.path.Axpy(d, scale, o.probs[p.from*cols:p.to*cols])
		})
	})
	return nil
}
