package model

import "math"

// A Calibration turns logits into probabilities: (logit + bias) / temperature,
// then softmax.
type Calibration struct {
	Temperature float64   `json:"temperature"`
	Bias        []float64 `json:"bias"`
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
	c := Calibration{Temperature: 1, Bias: make([]float64, classes)}
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
