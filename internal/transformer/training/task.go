package training

import (
	"fmt"
	"math"

	"standpoint/internal/transformer"
)

// lossWeight is the weight of a head's loss.
func lossWeight(h *transformer.Head) float64 {
	if h.Weight == 0 {
		return 1
	}
	return h.Weight
}

func classWeight(h *transformer.Head, c int) float64 {
	if h.ClassWeights == nil {
		return 1
	}
	return float64(h.ClassWeights[c])
}

// targetWeight is the class weight of a distribution. The sum of losses is
// divided by the sum of these: for hard labels PyTorch's weighted mean.
func targetWeight(h *transformer.Head, target []float32) float64 {
	w := 0.0
	for c, t := range target {
		w += float64(t) * classWeight(h, c)
	}
	return w
}

// An Example is one input with its labels.
type Example struct {
	IDs    []int32            // tokens, special ones included
	Types  []int32            // BERT's token types; nil: zeros
	Spans  []transformer.Span // Task.Spans of them, none empty
	Labels [][]float32        // for each head a distribution over its classes, or nil: not labelled
	Weight float64            // 0 stands for 1
}

// Hard is the distribution of a class that is certain.
func Hard(class, classes int) []float32 {
	t := make([]float32, classes)
	t[class] = 1
	return t
}

// checkExample reports why e cannot be an example of t.
func checkExample(t *transformer.Task, c transformer.Config, e *Example) error {
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
func checkLabels(t *transformer.Task, e *Example) error {
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
