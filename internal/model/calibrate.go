package model

import (
	"context"
	"math"
	"slices"

	"standpoint/internal/eval"
	"standpoint/internal/labels"
)

// A Calibration turns logits into probabilities: (logit + bias) / temperature,
// then softmax.
type Calibration struct {
	Temperature float64   `json:"temperature"`
	Bias        []float64 `json:"bias"`
}

// uncalibrated leaves probabilities as they are.
func uncalibrated(classes int) Calibration {
	return Calibration{Temperature: 1, Bias: make([]float64, classes)}
}

// apply turns logits into probabilities, in place.
func (c *Calibration) apply(logits []float64) {
	top := math.Inf(-1)
	for i := range logits {
		logits[i] = (logits[i] + c.Bias[i]) / c.Temperature
		top = max(top, logits[i])
	}
	var sum float64
	for i := range logits {
		logits[i] = math.Exp(logits[i] - top)
		sum += logits[i]
	}
	for i := range logits {
		logits[i] /= sum
	}
}

// A heldOut is the logits of an example by a model that has not seen it.
type heldOut struct {
	logits []float64
	class  int
	weight float64
}

// biasPull holds the biases near zero: with a few hundred examples they would
// otherwise follow the rare classes' noise.
const biasPull = 5

// calibrate fits temperature and biases to held-out logits by log loss.
func calibrate(rows []heldOut, classes int) Calibration {
	c := uncalibrated(classes)
	if len(rows) == 0 {
		return c
	}
	for range 300 {
		c.step(rows)
	}
	return c
}

// step is one step of gradient descent on log loss, over the log of the
// temperature and the biases.
func (c *Calibration) step(rows []heldOut) {
	gradT, total := 0.0, 0.0
	grad := make([]float64, len(c.Bias))
	p := make([]float64, len(c.Bias))
	for _, r := range rows {
		copy(p, r.logits)
		c.apply(p)
		p[r.class]--
		for i, d := range p {
			gradT -= r.weight * d * (r.logits[i] + c.Bias[i]) / c.Temperature
			grad[i] += r.weight * d / c.Temperature
		}
		total += r.weight
	}
	const rate = 0.5
	c.Temperature = min(max(c.Temperature*math.Exp(-rate*gradT/total), 0.2), 10)
	for i := range grad {
		c.Bias[i] -= rate * (grad[i] + biasPull*c.Bias[i]) / total
	}
}

// A HeldOut is a set of examples that a model has not learned from.
type HeldOut struct {
	Name     string
	Examples []Example
}

// calibrationFolds is how many parts the documents of held-out sets are shared
// out to, so that each is judged by a calibration fitted to the others.
const calibrationFolds = 5

// Calibrate fits probabilities and the threshold to held-out sets, which count
// alike whatever their size; a threshold above 0 is taken as given. It returns
// the answers to the sets, each document's by a calibration fitted without it,
// with the threshold of all. Without examples everything stays as it is.
func (m *Transformer) Calibrate(ctx context.Context, sets []HeldOut, threshold float64) ([]eval.Judged, error) {
	r, err := m.readings(ctx, sets)
	if err != nil || len(r.examples) == 0 {
		return nil, err
	}
	fold := foldsBy(r.examples, calibrationFolds, func(e *Example) string { return e.Document })
	crossed, held := make([]Prediction, len(fold)), slices.Clone(r.stance)
	for k := range calibrationFolds {
		m.fitTo(r, func(i int) bool { return fold[i] != k })
		for i := range fold {
			if fold[i] == k {
				crossed[i] = m.decide(r.logits[i])
				held[i].logits = logs(crossed[i].Stance[:])
			}
		}
	}
	m.meta.Threshold, m.meta.ThresholdWhy = chooseThreshold(held, uncalibrated(labels.NumStances), threshold)
	m.fitTo(r, func(int) bool { return true })
	return m.besideLabels(sets, crossed), nil
}

// readings are what a model's heads say to held-out examples.
type readings struct {
	examples          []Example
	logits            [][][]float64 // of each example's heads
	stance, sentiment []heldOut
}

// readings asks the heads; each set weighs the same.
func (m *Transformer) readings(ctx context.Context, sets []HeldOut) (*readings, error) {
	r := &readings{}
	for _, set := range sets {
		ls, err := m.read(ctx, instances(set.Examples))
		if err != nil {
			return nil, err
		}
		weight := 1 / float64(max(len(set.Examples), 1))
		for i, l := range ls {
			e := &set.Examples[i]
			r.stance = append(r.stance, heldOut{l[0], e.Stance, weight * e.Weight})
			r.sentiment = append(r.sentiment, heldOut{l[1], e.Sentiment, weight * e.Weight})
		}
		r.examples, r.logits = append(r.examples, set.Examples...), append(r.logits, ls...)
	}
	normalise(r.stance)
	normalise(r.sentiment)
	return r, nil
}

// fitTo fits the calibration to some of the readings.
func (m *Transformer) fitTo(r *readings, use func(i int) bool) {
	m.meta.Stance = calibrate(chosen(r.stance, use), labels.NumStances)
	m.meta.Sentiment = calibrate(chosen(r.sentiment, use), labels.NumSentiments)
}

// besideLabels lays predictions, set after set, beside the sets' labels.
func (m *Transformer) besideLabels(sets []HeldOut, ps []Prediction) []eval.Judged {
	var out []eval.Judged
	for _, set := range sets {
		j := eval.Judged{Name: set.Name}
		for i := range set.Examples {
			p := ps[i]
			p.Abstained = p.Stance[argmax(p.Stance[:])] < m.meta.Threshold
			j.Add(answer(&set.Examples[i], p))
		}
		ps = ps[len(set.Examples):]
		out = append(out, j)
	}
	return out
}

// normalise makes the weights 1 in the mean, as the pull of the biases expects.
func normalise(rows []heldOut) {
	var sum float64
	for _, r := range rows {
		sum += r.weight
	}
	for i := range rows {
		rows[i].weight *= float64(len(rows)) / sum
	}
}

func chosen(rows []heldOut, use func(i int) bool) []heldOut {
	var out []heldOut
	for i, r := range rows {
		if use(i) {
			out = append(out, r)
		}
	}
	return out
}

// logs are the logarithms of probabilities, none below e^-30.
func logs(p []float64) []float64 {
	out := make([]float64, len(p))
	for i, v := range p {
		out[i] = math.Log(max(v, 1e-13))
	}
	return out
}
