package transformer

import (
	"fmt"
	"math"
)

// A Span is a range of an example's tokens, of which the mean is taken.
type Span struct{ Start, End int }

// A Form is how a head's logits become probabilities of its classes.
type Form uint8

const (
	// Flat has a logit a class, under softmax.
	Flat Form = iota
	// Ordinal is for classes that are steps of a scale: a logit for "above
	// step k" for each but the last.
	Ordinal
	// Sides asks three questions, each a logit: is it related (r), is the first
	// side in it (a), is the second (b). Its five classes are the first side
	// only, r·a(1-b); the second only, r(1-a)b; both, r·a·b; neither,
	// r(1-a)(1-b); unrelated, 1-r.
	Sides
)

// sidesClasses is the number of classes of a head of the form Sides.
const sidesClasses = 5

// A Head answers one question about an example.
type Head struct {
	Name         string    `json:"name"`    // its tensors are heads.Name.weight and heads.Name.bias
	Classes      int       `json:"classes"` // 2 or more; 5 with Sides
	Form         Form      `json:"form,omitempty"`
	Weight       float64   `json:"weight,omitempty"`        // of its loss beside the others'; 0 stands for 1
	ClassWeights []float32 `json:"class_weights,omitempty"` // nil: all 1
	Smoothing    float64   `json:"smoothing,omitempty"`     // of labels, 0 to less than 1
}

// Columns is the number of the head's logits.
func (h *Head) Columns() int {
	switch h.Form {
	case Ordinal:
		return h.Classes - 1
	case Sides:
		return 3
	}
	return h.Classes
}

// Probabilities turns a row's logits, Columns of them, into probabilities of
// classes.
func (h *Head) Probabilities(logits []float32) []float32 {
	out := make([]float32, h.Classes)
	for c, l := range h.LogProbabilities(logits) {
		out[c] = float32(math.Exp(l))
	}
	return out
}

// LogProbabilities are the natural logarithms of Probabilities.
func (h *Head) LogProbabilities(logits []float32) []float64 {
	out := make([]float64, h.Classes)
	switch h.Form {
	case Ordinal:
		before := 1.0
		for k, v := range logits {
			above := math.Min(before, sigmoid(v)) // no step is likelier than the one before it
			out[k] = math.Log(before - above)
			before = above
		}
		out[len(logits)] = math.Log(before)
	case Sides:
		r, notR := logSigmoid(logits[0])
		a, notA := logSigmoid(logits[1])
		b, notB := logSigmoid(logits[2])
		copy(out, []float64{r + a + notB, r + notA + b, r + a + b, r + notA + notB, notR})
	default:
		sum := logSumExp(logits)
		for c, v := range logits {
			out[c] = float64(v) - sum
		}
	}
	return out
}

func sigmoid(v float32) float64 { return 1 / (1 + math.Exp(-float64(v))) }

// logSigmoid is the logarithms of sigmoid(v) and of 1 - sigmoid(v).
func logSigmoid(v float32) (yes, no float64) {
	z := float64(v)
	no = -math.Max(z, 0) - math.Log1p(math.Exp(-math.Abs(z)))
	return z + no, no
}

func logSumExp(x []float32) float64 {
	most, sum := math.Inf(-1), 0.0
	for _, v := range x {
		most = math.Max(most, float64(v))
	}
	for _, v := range x {
		sum += math.Exp(float64(v) - most)
	}
	return most + math.Log(sum)
}

// A Task is what is asked of an example: its spans are pooled, laid side by
// side, passed through a hidden layer if there is one, and judged by
// the heads.
type Task struct {
	Spans   int     `json:"spans"`             // spans of each example
	Hidden  int     `json:"hidden,omitempty"`  // width of a layer with tanh before the heads; 0: none
	Dropout float64 `json:"dropout,omitempty"` // before the hidden layer and before the heads; in training only
	Heads   []Head  `json:"heads"`
}

// Columns is the number of all heads' logits.
func (t *Task) Columns() int {
	n := 0
	for i := range t.Heads {
		n += t.Heads[i].Columns()
	}
	return n
}

// Check reports the first setting that makes no sense.
func (t *Task) Check() error {
	if t.Spans < 1 || len(t.Heads) == 0 {
		return fmt.Errorf("a task needs spans and heads; it has %d and %d", t.Spans, len(t.Heads))
	}
	if !(t.Dropout >= 0 && t.Dropout <= MaxDropout) {
		return fmt.Errorf("dropout %v is not between 0 and %v", t.Dropout, MaxDropout)
	}
	seen := map[string]bool{DenseName: true}
	for i := range t.Heads {
		h := &t.Heads[i]
		switch {
		case h.Name == "" || seen[h.Name]:
			return fmt.Errorf("head %d: the name %q is empty, taken or reserved", i, h.Name)
		case h.Classes < 2 || h.Form == Sides && h.Classes != sidesClasses || h.Form > Sides:
			return fmt.Errorf("head %s: %d classes in form %d", h.Name, h.Classes, h.Form)
		case h.ClassWeights != nil && len(h.ClassWeights) != h.Classes:
			return fmt.Errorf("head %s: %d class weights for %d classes", h.Name, len(h.ClassWeights), h.Classes)
		case !(h.Smoothing >= 0 && h.Smoothing < 1) || !(h.Weight >= 0):
			return fmt.Errorf("head %s: smoothing %v, weight %v", h.Name, h.Smoothing, h.Weight)
		}
		seen[h.Name] = true
	}
	return nil
}

// DenseName is the layer before the heads, in the tensors' names; no head may
// have it.
const DenseName = "dense"

// HeadPrefix opens the names of the heads' tensors.
const HeadPrefix = "heads."

// MaxDropout keeps the scale of what is kept within reason.
const MaxDropout = 0.9
