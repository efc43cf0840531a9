// Package eval scores predictions against gold: accuracy, precision, recall
// and F1 by class, favor taken for against, calibration, intervals by
// bootstrap over documents; and a finished folder's rows against labelled
// units (ScoreFolder).
//
//	s := eval.Measure(rows, labels.Stances)
//	iv := eval.Bootstrap(documents, 1000, seed, func(i []int) float64 { ... })
//
// Package eval knows no models: a row is a gold class and probabilities.
package eval

import "math"

// A Row is one judged statement.
type Row struct {
	Gold, Pred int
	P          []float64 // probabilities by class; nil for a rule that gives none
	Abstained  bool
	Document   string
}

// Scores of some rows.
type Scores struct {
	N        int
	Accuracy float64
	MacroF1  float64 // over the classes that gold or prediction has
	Classes  []ClassScores
	Flips    float64 // share of rows of class 0 or 1 that were called the other
	ECE      float64 // expected calibration error, ten bins
	Brier    float64
	LogLoss  float64 // in nats
	Kept     float64 // share of rows not abstained
	KeptAcc  float64 // accuracy of those
}

// ClassScores of one class.
type ClassScores struct {
	Name                  string
	Gold, Predicted       int
	Precision, Recall, F1 float64
}

// Measure scores rows. Names are those of the classes; classes 0 and 1 are
// opposites for Flips.
func Measure(rows []Row, names []string) Scores {
	s := Scores{N: len(rows), Classes: make([]ClassScores, len(names))}
	hits := make([]int, len(names))
	var right, opposed, flips, kept, keptRight int
	for _, r := range rows {
		s.Classes[r.Gold].Gold++
		s.Classes[r.Pred].Predicted++
		if r.Gold < 2 {
			opposed++
			if r.Pred == 1-r.Gold {
				flips++
			}
		}
		ok := r.Gold == r.Pred
		if ok {
			right++
			hits[r.Gold]++
		}
		if !r.Abstained {
			kept++
			if ok {
				keptRight++
			}
		}
	}
	present := 0
	for c := range s.Classes {
		k := &s.Classes[c]
		k.Name = names[c]
		k.Precision, k.Recall = ratio(hits[c], k.Predicted), ratio(hits[c], k.Gold)
		k.F1 = ratio(2*hits[c], k.Gold+k.Predicted)
		if k.Gold+k.Predicted > 0 {
			s.MacroF1 += k.F1
			present++
		}
	}
	s.MacroF1 /= float64(max(present, 1))
	s.Accuracy, s.Flips = ratio(right, s.N), ratio(flips, opposed)
	s.Kept, s.KeptAcc = ratio(kept, s.N), ratio(keptRight, kept)
	s.calibration(rows)
	return s
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// bins is the number of bins of the calibration error.
const bins = 10

// calibration measures the probabilities; rows without any are left out.
func (s *Scores) calibration(rows []Row) {
	var n, right, sum [bins]float64
	total := 0.0
	for _, r := range rows {
		if r.P == nil {
			continue
		}
		total++
		for c, p := range r.P {
			d := p
			if c == r.Gold {
				d--
			}
			s.Brier += d * d
		}
		s.LogLoss -= math.Log(max(r.P[r.Gold], 1e-12))
		top := r.P[r.Pred]
		b := min(int(top*bins), bins-1)
		n[b]++
		sum[b] += top
		if r.Gold == r.Pred {
			right[b]++
		}
	}
	if total == 0 {
		return
	}
	for b := range n {
		s.ECE += math.Abs(right[b]-sum[b]) / total
	}
	s.Brier /= total
	s.LogLoss /= total
}
