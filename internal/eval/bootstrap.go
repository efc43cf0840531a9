package eval

import (
	"math/rand/v2"
	"slices"
)

// An Interval is a statistic with the bounds that hold 90 % of its resamples.
type Interval struct{ Value, Low, High float64 }

// Bootstrap resamples documents with replacement and gives f, a statistic over
// the rows whose numbers it is handed, with its interval. Rows of a document
// stay together, since they are not independent. The same seed gives the same
// interval.
func Bootstrap(documents []string, resamples int, seed uint64, f func(rows []int) float64) Interval {
	all := make([]int, len(documents))
	for i := range all {
		all[i] = i
	}
	iv := Interval{Value: f(all)}
	groups := group(documents)
	if len(groups) == 0 {
		return iv
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	values := make([]float64, resamples)
	var rows []int
	for k := range values {
		rows = rows[:0]
		for range groups {
			rows = append(rows, groups[rng.IntN(len(groups))]...)
		}
		values[k] = f(rows)
	}
	slices.Sort(values)
	iv.Low, iv.High = values[resamples/20], values[resamples-1-resamples/20]
	return iv
}

// group lists the rows of each document, documents in order of first row.
func group(documents []string) [][]int {
	at := map[string]int{}
	var out [][]int
	for i, d := range documents {
		k, ok := at[d]
		if !ok {
			k = len(out)
			at[d] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], i)
	}
	return out
}

// resamples and seed of the intervals in reports.
const (
	reportResamples = 1000
	reportSeed      = 1
)

// MacroF1 is the macro-F1 of rows with its interval.
func MacroF1(rows []Row, names []string) Interval {
	return over(rows, func(r []Row) float64 { return Measure(r, names).MacroF1 })
}

// Accuracy is the accuracy of rows with its interval.
func Accuracy(rows []Row) Interval {
	return over(rows, func(rows []Row) float64 {
		right := 0
		for _, r := range rows {
			if r.Gold == r.Pred {
				right++
			}
		}
		return ratio(right, len(rows))
	})
}

func over(rows []Row, f func([]Row) float64) Interval {
	buf := make([]Row, 0, 2*len(rows))
	return Bootstrap(documentsOf(rows), reportResamples, reportSeed, func(idx []int) float64 {
		buf = buf[:0]
		for _, i := range idx {
			buf = append(buf, rows[i])
		}
		return f(buf)
	})
}

func documentsOf(rows []Row) []string {
	out := make([]string, len(rows))
	for i := range rows {
		out[i] = rows[i].Document
	}
	return out
}

// Difference is the macro-F1 of b less that of a, over the same statements in
// the same order, with its interval by paired bootstrap.
func Difference(a, b []Row, names []string) Interval {
	bufA, bufB := make([]Row, 0, len(a)), make([]Row, 0, len(b))
	return Bootstrap(documentsOf(a), reportResamples, reportSeed, func(idx []int) float64 {
		bufA, bufB = bufA[:0], bufB[:0]
		for _, i := range idx {
			bufA, bufB = append(bufA, a[i]), append(bufB, b[i])
		}
		return Measure(bufB, names).MacroF1 - Measure(bufA, names).MacroF1
	})
}
