package training

import (
	"math"
	"testing"

	"github.com/nlpodyssey/spago/mat"

	"standpoint/internal/transformer"
)

func TestTaskLoss(t *testing.T) {
	heads := []transformer.Head{
		{Name: "a", Classes: 3},
		{Name: "b", Classes: 2, Weight: 0.5, ClassWeights: []float32{0.3, 2}, Smoothing: 0.1},
		{Name: "c", Classes: 4, Form: transformer.Ordinal, ClassWeights: []float32{1, 2, 1, 0.5}},
		{Name: "d", Classes: 5, Form: transformer.Sides, ClassWeights: []float32{1, 2, 3, 0.5, 0.7}, Smoothing: 0.1},
	}
	targets := []target{
		{[][]float32{Hard(1, 3), Hard(0, 2), Hard(2, 4), Hard(2, 5)}, 1},
		{[][]float32{{0.2, 0.5, 0.3}, nil, {0.5, 0.25, 0.25, 0}, {0.1, 0.2, 0.1, 0.2, 0.4}}, 2},
		{[][]float32{nil, {0.5, 0.5}, nil, Hard(4, 5)}, 0.7},
	}
	divisor := []float64{3, 1.5, 2, 2.5}
	check(t, lengths, nil, []shape{{3, 11, true}},
		func(g *graph, x []mat.Tensor) mat.Tensor { return g.taskLoss(x[0], heads, targets, divisor) },
		func(x [][]float64) []float64 {
			loss := 0.0
			for e, target := range targets {
				at := e * 11
				for h, head := range heads {
					n := head.Columns()
					if target.heads[h] != nil {
						loss += target.weight * lossWeight(&head) / divisor[h] * refHead(&head, x[0][at:at+n], target.heads[h])
					}
					at += n
				}
			}
			return []float64{loss}
		})
}

func refHead(h *transformer.Head, z []float64, target []float32) float64 {
	loss := 0.0
	if h.Form == transformer.Ordinal {
		for k, v := range z {
			above := 0.0
			for c := k + 1; c < h.Classes; c++ {
				above += float64(target[c])
			}
			p := 1 / (1 + math.Exp(-v))
			loss -= above*math.Log(p) + (1-above)*math.Log(1-p)
		}
		return targetWeight(h, target) * loss
	}
	for c, p := range refProbabilities(h, z) {
		q := float64(target[c])*(1-h.Smoothing) + h.Smoothing/float64(h.Classes)
		loss -= classWeight(h, c) * q * math.Log(p)
	}
	return loss
}

// refProbabilities are the classes' by the products that Form tells of.
func refProbabilities(h *transformer.Head, z []float64) []float64 {
	if h.Form == transformer.Sides {
		s := func(v float64) float64 { return 1 / (1 + math.Exp(-v)) }
		r, a, b := s(z[0]), s(z[1]), s(z[2])
		return []float64{r * a * (1 - b), r * (1 - a) * b, r * a * b, r * (1 - a) * (1 - b), 1 - r}
	}
	out, sum := make([]float64, len(z)), 0.0
	for _, v := range z {
		sum += math.Exp(v)
	}
	for c, v := range z {
		out[c] = math.Exp(v) / sum
	}
	return out
}

func TestTokenLoss(t *testing.T) {
	right := []int32{4, 0, 6}
	check(t, lengths, nil, []shape{{3, 7, true}},
		func(g *graph, x []mat.Tensor) mat.Tensor { return g.tokenLoss(x[0], right, 5) },
		func(x [][]float64) []float64 {
			loss := 0.0
			for r, id := range right {
				sum := 0.0
				for _, v := range x[0][r*7 : r*7+7] {
					sum += math.Exp(v)
				}
				loss += (math.Log(sum) - x[0][r*7+int(id)]) / 5
			}
			return []float64{loss}
		})
}

// TestLossesStayNumbers: logits far apart neither overflow nor lose the loss.
func TestLossesStayNumbers(t *testing.T) {
	h := transformer.Head{Name: "a", Classes: 2}
	grad := make([]float32, 2)
	if l := headLoss(&h, grad, []float32{1000, -1000}, Hard(1, 2), 1); l != 2000 || grad[0] != 1 || grad[1] != -1 {
		t.Errorf("loss %v, gradient %v", l, grad)
	}
	o := transformer.Head{Name: "b", Classes: 3, Form: transformer.Ordinal}
	clear(grad)
	if l := headLoss(&o, grad, []float32{-500, 500}, Hard(1, 3), 1); l != 1000 || grad[0] != -1 || grad[1] != 1 {
		t.Errorf("loss %v, gradient %v", l, grad)
	}
}

func TestProbabilities(t *testing.T) {
	o := transformer.Head{Classes: 3, Form: transformer.Ordinal}
	for _, logits := range [][]float32{{2, -1}, {-1, 2}, {50, -50}} {
		sum := float32(0)
		for _, p := range o.Probabilities(logits) {
			if p < 0 {
				t.Errorf("%v: probability %v", logits, p)
			}
			sum += p
		}
		if math.Abs(float64(sum)-1) > 1e-6 {
			t.Errorf("%v: sum %v", logits, sum)
		}
	}
}
