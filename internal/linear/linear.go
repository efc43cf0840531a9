// Package linear is multinomial logistic regression over sparse vectors:
// training (L2, L-BFGS, full batch), scoring, and a compact file.
//
//	m := linear.Train(examples, linear.Options{Classes: 5, L2: 1})
//	m.Scores(vector, scores) // one logit a class
//
// Training is deterministic: a fixed order of examples and of sums, a start
// at the prior (zero weights unless given), no randomness. Package linear
// knows nothing of labels and does not calibrate; package model does.
package linear

import (
	"slices"

	"standpoint/internal/features"
)

// A Model holds the weights that are not zero: for each bucket in Rows, one a
// class.
type Model struct {
	classes int
	rows    []uint32  // buckets, ascending
	weights []float32 // (rows, classes)
	bias    []float32 // (classes)
	row     []int32   // bucket -> row + 1, or 0
}

// newModel makes a Model of its parts and the index over them.
func newModel(classes int, rows []uint32, weights, bias []float32) *Model {
	m := &Model{classes: classes, rows: rows, weights: weights, bias: bias, row: make([]int32, features.Buckets)}
	for i, r := range rows {
		m.row[r] = int32(i) + 1
	}
	return m
}

// Classes is the number of classes.
func (m *Model) Classes() int { return m.classes }

// Rows is the number of buckets with weights.
func (m *Model) Rows() int { return len(m.rows) }

// Scores sets out, of one element a class, to the logits of v.
func (m *Model) Scores(v features.Vector, out []float64) {
	for c, b := range m.bias {
		out[c] = float64(b)
	}
	for _, f := range v {
		if r := m.row[f.Index]; r > 0 {
			w := m.weights[int(r-1)*m.classes:][:m.classes]
			for c := range w {
				out[c] += float64(w[c] * f.Value)
			}
		}
	}
}

// Weights are the weights of a bucket, one a class, or nil.
func (m *Model) Weights(bucket uint32) []float32 {
	r := m.row[bucket]
	if r == 0 {
		return nil
	}
	return m.weights[int(r-1)*m.classes:][:m.classes]
}

// Prune drops the buckets whose weights all lie within limit of zero.
func (m *Model) Prune(limit float32) *Model {
	var rows []uint32
	var weights []float32
	for i, r := range m.rows {
		w := m.weights[i*m.classes : (i+1)*m.classes]
		if slices.ContainsFunc(w, func(v float32) bool { return v > limit || v < -limit }) {
			rows, weights = append(rows, r), append(weights, w...)
		}
	}
	return newModel(m.classes, rows, weights, slices.Clone(m.bias))
}
