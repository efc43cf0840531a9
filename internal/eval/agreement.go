package eval

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"standpoint/internal/labels"
)

// Agreement of several people on one field.
type Agreement struct {
	Field      string
	Statements int     // on which two or more spoke
	Same       float64 // share on which all said the same
	Kappa      float64 // Cohen's, the mean over pairs of people by what they share
	Alpha      float64 // Krippendorff's: ordinal for strength, nominal for others
}

// Agree measures how far people agree, field by field.
func Agree(groups []labels.Group) []Agreement {
	var out []Agreement
	for _, field := range labels.VotedFields {
		a := Agreement{Field: field}
		var ratings []map[string]string // by annotator
		same := 0
		for _, g := range groups {
			said := map[string]string{}
			for i := range g.Votes {
				if v, ok := g.Votes[i].Voted(field); ok {
					said[g.Votes[i].Annotator] = v
				}
			}
			if len(said) < 2 {
				continue
			}
			if !slices.Contains(g.Differ, field) {
				same++
			}
			ratings = append(ratings, said)
		}
		if a.Statements = len(ratings); a.Statements > 0 {
			a.Same = ratio(same, a.Statements)
			a.Kappa, a.Alpha = kappa(ratings), alpha(ratings, field == "stance_strength")
			out = append(out, a)
		}
	}
	return out
}

// kappa is Cohen's kappa of each pair of people, weighted by how many
// statements both labelled. 1 where they never differ.
func kappa(ratings []map[string]string) float64 {
	type pair struct{ a, b string }
	both := map[pair][][2]string{}
	for _, said := range ratings {
		names := slices.Sorted(maps.Keys(said))
		for i, a := range names {
			for _, b := range names[i+1:] {
				both[pair{a, b}] = append(both[pair{a, b}], [2]string{said[a], said[b]})
			}
		}
	}
	sum, n := 0.0, 0.0
	for _, rows := range both { // sums of any order: printed with two digits
		w := float64(len(rows))
		sum += w * cohen(rows)
		n += w
	}
	return sum / n
}

func cohen(rows [][2]string) float64 {
	n := float64(len(rows))
	left, right := map[string]float64{}, map[string]float64{}
	agreed := 0.0
	for _, r := range rows {
		left[r[0]]++
		right[r[1]]++
		if r[0] == r[1] {
			agreed++
		}
	}
	chance := 0.0
	for v, k := range left {
		chance += k * right[v] / (n * n)
	}
	return corrected(1-agreed/n, 1-chance)
}

// corrected is agreement beyond chance, given the disagreement observed and
// that expected of chance.
func corrected(observed, expected float64) float64 {
	if expected <= 0 {
		return 1
	}
	return 1 - observed/expected
}

// alpha is Krippendorff's alpha by coincidences of values.
func alpha(ratings []map[string]string, ordinal bool) float64 {
	total := map[string]float64{}
	coincide := map[[2]string]float64{}
	n := 0.0
	for _, said := range ratings {
		m := float64(len(said))
		for a, v := range said {
			total[v]++
			n++
			for b, w := range said {
				if a != b {
					coincide[[2]string{v, w}] += 1 / (m - 1)
				}
			}
		}
	}
	values := slices.Sorted(maps.Keys(total))
	distance := func(i, k int) float64 { return 1 }
	if ordinal {
		slices.SortFunc(values, func(a, b string) int { x, _ := strconv.Atoi(a); y, _ := strconv.Atoi(b); return x - y })
		distance = func(i, k int) float64 { return ordinalDistance(values, total, i, k) }
	}
	observed, expected := 0.0, 0.0
	for i, v := range values {
		for k, w := range values {
			if i != k {
				observed += coincide[[2]string{v, w}] * distance(i, k) / n
				expected += total[v] * total[w] * distance(i, k) / (n * (n - 1))
			}
		}
	}
	return corrected(observed, expected)
}

// ordinalDistance is the square of how many values lie from one to the other.
func ordinalDistance(values []string, total map[string]float64, i, k int) float64 {
	lo, hi := min(i, k), max(i, k)
	d := -(total[values[lo]] + total[values[hi]]) / 2
	for _, v := range values[lo : hi+1] {
		d += total[v]
	}
	return d * d
}

// ShownConflicts is how many statements that people differ on a report lists
// for a person at a terminal.
const ShownConflicts = 50

// AgreementReport tells people how far they agree and what they differ on.
func AgreementReport(groups []labels.Group, conflicts int) string {
	if len(groups) == 0 {
		return ""
	}
	var b strings.Builder
	noun := "statements"
	if len(groups) == 1 {
		noun = "statement"
	}
	fmt.Fprintf(&b, "%d %s labelled by several people\n  %-16s %10s %9s %7s %7s\n", len(groups), noun, "", "statements", "all agree", "kappa", "alpha")
	for _, a := range Agree(groups) {
		fmt.Fprintf(&b, "  %-16s %10d %8.0f%% %7.2f %7.2f\n", a.Field, a.Statements, 100*a.Same, a.Kappa, a.Alpha)
	}
	var divided, settled []string
	for _, g := range groups {
		if g.Settled == nil {
			divided = append(divided, "  divided, left out: "+conflictLine(g))
		} else if len(g.Differ) > 0 {
			settled = append(settled, "  settled: "+conflictLine(g))
		}
	}
	all := append(divided, settled...)
	for _, line := range all[:min(len(all), conflicts)] {
		b.WriteString(line + "\n")
	}
	if more := len(all) - conflicts; more > 0 {
		fmt.Fprintf(&b, "  and %d more\n", more)
	}
	return b.String()
}

// conflictLine is what each says of the fields on which they differ.
func conflictLine(g labels.Group) string {
	var said []string
	for i := range g.Votes {
		var values []string
		for _, f := range g.Differ {
			if v, ok := g.Votes[i].Voted(f); ok {
				values = append(values, v)
			}
		}
		said = append(said, fmt.Sprintf("%s (%s) %s", g.Votes[i].Annotator, g.Votes[i].Source, strings.Join(values, ", ")))
	}
	line := strings.Join(said, "; ")
	switch {
	case g.Expert:
		line += " -> " + g.Settled.Annotator
	case g.Settled != nil:
		line += " -> " + g.Settled.Stance + " by " + g.Settled.Annotator
	}
	return line
}
