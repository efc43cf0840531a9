package eval

import (
	"fmt"
	"strings"

	"standpoint/internal/labels"
)

// A Judged set is a set of statements with all that was said of them.
type Judged struct {
	Name      string
	Stance    []Row
	Sentiment []Row
	Strength  [][2]int // gold, predicted, where the stance was right and one-sided or mixed
	Baselines []Baseline
}

// An Answer is a model's answer to one statement.
type Answer struct {
	Stance, Sentiment Row
	Strength          *[2]int // gold, predicted; nil where it says nothing
}

// Add adds an answer.
func (j *Judged) Add(a Answer) {
	j.Stance = append(j.Stance, a.Stance)
	j.Sentiment = append(j.Sentiment, a.Sentiment)
	if a.Strength != nil {
		j.Strength = append(j.Strength, *a.Strength)
	}
}

// A Baseline is another way to the stance of the same statements.
type Baseline struct {
	Name string
	Rows []Row
}

// Majority calls everything the most frequent class of train.
func Majority(train []int, rows []Row) []Row {
	count := map[int]int{}
	best := 0
	for _, c := range train {
		if count[c]++; count[c] > count[best] {
			best = c
		}
	}
	out := make([]Row, len(rows))
	for i, r := range rows {
		out[i] = Row{Gold: r.Gold, Pred: best, Document: r.Document}
	}
	return out
}

// Report is the text of EVAL.txt for some sets.
func Report(sets []Judged) string {
	var b strings.Builder
	b.WriteString("Intervals hold 90 % of 1,000 resamples of documents. Spans and holders are gold's.\n")
	b.WriteString("flips: favor called against or the reverse, of the statements that are one of them.\n")
	b.WriteString("kept: rows not abstained; ECE: calibration error of the stance's probability.\n")
	for _, s := range sets {
		s.write(&b)
	}
	return b.String()
}

func (j *Judged) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n== %s: %d statements\n", j.Name, len(j.Stance))
	if len(j.Stance) == 0 {
		return
	}
	line := func(name string, rows []Row, names []string) {
		fmt.Fprintf(b, "%-22s accuracy %s   macro-F1 %s\n", name, Accuracy(rows), MacroF1(rows, names))
	}
	line("stance", j.Stance, labels.Stances)
	for _, base := range j.Baselines {
		line("  "+base.Name, base.Rows, labels.Stances)
	}
	line("sentiment", j.Sentiment, labels.Sentiments)
	s := Measure(j.Stance, labels.Stances)
	fmt.Fprintf(b, "flips %.3f   kept %.2f, right of them %.3f   ECE %.3f   Brier %.3f   log loss %.3f",
		s.Flips, s.Kept, s.KeptAcc, s.ECE, s.Brier, s.LogLoss)
	if len(j.Strength) > 0 {
		fmt.Fprintf(b, "   strength right %.3f of %d", j.strengthRight(), len(j.Strength))
	}
	b.WriteByte('\n')
	fmt.Fprintf(b, "%-12s %6s %6s %10s %8s %8s\n", "", "gold", "called", "precision", "recall", "F1")
	for _, c := range append(s.Classes, Measure(j.Sentiment, labels.Sentiments).Classes...) {
		fmt.Fprintf(b, "%-12s %6d %6d %10.3f %8.3f %8.3f\n", c.Name, c.Gold, c.Predicted, c.Precision, c.Recall, c.F1)
	}
}

func (j *Judged) strengthRight() float64 {
	right := 0
	for _, s := range j.Strength {
		if s[0] == s[1] {
			right++
		}
	}
	return ratio(right, len(j.Strength))
}

// String prints an interval as value [low, high].
func (i Interval) String() string { return fmt.Sprintf("%.3f [%.3f, %.3f]", i.Value, i.Low, i.High) }
