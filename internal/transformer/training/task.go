package training

import (
	"fmt"
	"math"

	"standpoint/internal/transformer"
)

// A Span is a range of an example's tokens, of which the mean is taken.
type Span struct{ Start, End int }

// A Head answers one question about an example.
type Head struct {
	Name         string    // its tensors are heads.Name.weight and heads.Name.bias
	Classes      int       // 2 or more
	Ordinal      bool      // classes are steps of a scale: Classes-1 logits, each for "above step k"
	Weight       float64   // of its loss beside the others'; 0 stands for 1
	ClassWeights []float32 // nil: all 1
	Smoothing    float64   // of labels, 0 to less than 1
}

// columns is the number of the head's logits.
func (h *Head) columns() int {
	if h.Ordinal {
		return h.Classes - 1
	}
	return h.Classes
}

func (h *Head) weight() float64 {
	if h.Weight == 0 {
		return 1
	}
	return h.Weight
}

func (h *Head) classWeight(c int) float64 {
	if h.ClassWeights == nil {
		return 1
	}
	return float64(h.ClassWeights[c])
}

// targetWeight is the class weight of a distribution. The sum of losses is
// divided by the sum of these: for hard labels PyTorch's weighted mean.
func (h *Head) targetWeight(target []float32) float64 {
	w := 0.0
	for c, t := range target {
		w += float64(t) * h.classWeight(c)
	}
	return w
}

// probabilities turns a row's logits into probabilities of classes.
func (h *Head) probabilities(logits []float32) []float32 {
	out := make([]float32, h.Classes)
	if !h.Ordinal {
		logSum := logSumExp(logits)
		for c, v := range logits {
			out[c] = float32(math.Exp(float64(v) - logSum))
		}
		return out
	}
	before := 1.0
	for k, v := range logits {
		above := math.Min(before, 1/(1+math.Exp(-float64(v)))) // no step is likelier than the one before it
		out[k] = float32(before - above)
		before = above
	}
	out[len(logits)] = float32(before)
	return out
}

// A Task is what a Classifier learns: spans of an example are pooled, laid
// side by side, passed through a hidden layer if there is one, and judged by
// the heads.
type Task struct {
	Spans   int     // spans of each example
	Hidden  int     // width of a layer with tanh before the heads; 0: none
	Dropout float64 // before the hidden layer and before the heads
	Heads   []Head
}

func (t *Task) columns() int {
	n := 0
	for i := range t.Heads {
		n += t.Heads[i].columns()
	}
	return n
}

func (t *Task) check() error {
	if t.Spans < 1 || len(t.Heads) == 0 {
		return fmt.Errorf("a task needs spans and heads; it has %d and %d", t.Spans, len(t.Heads))
	}
	if !(t.Dropout >= 0 && t.Dropout <= maxDropout) {
		return fmt.Errorf("dropout %v is not between 0 and %v", t.Dropout, maxDropout)
	}
	seen := map[string]bool{denseName: true}
	for i := range t.Heads {
		h := &t.Heads[i]
		switch {
		case h.Name == "" || seen[h.Name]:
			return fmt.Errorf("head %d: the name %q is empty, taken or reserved", i, h.Name)
		case h.Classes < 2:
			return fmt.Errorf("head %s: %d classes", h.Name, h.Classes)
		case h.ClassWeights != nil && len(h.ClassWeights) != h.Classes:
			return fmt.Errorf("head %s: %d class weights for %d classes", h.Name, len(h.ClassWeights), h.Classes)
		case !(h.Smoothing >= 0 && h.Smoothing < 1) || !(h.Weight >= 0):
			return fmt.Errorf("head %s: smoothing %v, weight %v", h.Name, h.Smoothing, h.Weight)
		}
		seen[h.Name] = true
	}
	return nil
}

// maxDropout keeps the scale of what is kept within reason.
const maxDropout = 0.9

// An Example is one input with its labels.
type Example struct {
	IDs    []int32     // tokens, special ones included
	Types  []int32     // BERT's token types; nil: zeros
	Spans  []Span      // Task.Spans of them, none empty
	Labels [][]float32 // for each head a distribution over its classes, or nil: not labelled
	Weight float64     // 0 stands for 1
}

// Hard is the distribution of a class that is certain.
func Hard(class, classes int) []float32 {
	t := make([]float32, classes)
	t[class] = 1
	return t
}

// check reports why e cannot be an example of t.
func (t *Task) checkExample(c transformer.Config, e *Example) error {
	b := transformer.Batch{IDs: e.IDs, Types: e.Types, Lengths: []int{len(e.IDs)}}
	if err := c.CheckBatch(b); err != nil {
		return err
	}
	if len(e.Spans) != t.Spans {
		return fmt.Errorf("%d spans, not %d", len(e.Spans), t.Spans)
	}
	for _, s := range e.Spans {
		if s.Start < 0 || s.Start >= s.End || s.End > len(e.IDs) {
			return fmt.Errorf("span %d:%d is empty or outside of %d tokens", s.Start, s.End, len(e.IDs))
		}
	}
	if !(e.Weight >= 0) || math.IsInf(e.Weight, 1) {
		return fmt.Errorf("weight %v", e.Weight)
	}
	return nil
}

// checkLabels reports why e cannot be learned from.
func (t *Task) checkLabels(e *Example) error {
	if len(e.Labels) != len(t.Heads) {
		return fmt.Errorf("labels for %d heads, not %d", len(e.Labels), len(t.Heads))
	}
	for i, l := range e.Labels {
		if l == nil {
			continue
		}
		if len(l) != t.Heads[i].Classes {
			return fmt.Errorf("head %s: a distribution over %d classes, not %d", t.Heads[i].Name, len(l), t.Heads[i].Classes)
		}
		sum := 0.0
		for _, v := range l {
			if !(v >= 0) {
				return fmt.Errorf("head %s: a probability of %v", t.Heads[i].Name, v)
			}
			sum += float64(v)
		}
		if math.Abs(sum-1) > 1e-3 {
			return fmt.Errorf("head %s: probabilities that add up to %v", t.Heads[i].Name, sum)
		}
	}
	return nil
}
