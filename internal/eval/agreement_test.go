package eval

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"standpoint/internal/labels"
)

// The example of Krippendorff, "Computing Krippendorff's Alpha-Reliability"
// (2011), section C: four observers, twelve units, values missing.
func TestAlpha(t *testing.T) {
	var ratings []map[string]string
	for unit := range 12 {
		said := map[string]string{}
		for who, row := range []string{"123321412...", "1233224125.3", ".3332342251.", "12332441251."} {
			if v := row[unit : unit+1]; v != "." {
				said[fmt.Sprint(who)] = v
			}
		}
		if len(said) > 1 {
			ratings = append(ratings, said)
		}
	}
	for _, c := range []struct {
		ordinal bool
		want    float64
	}{{false, 0.743}, {true, 0.815}} {
		if got := alpha(ratings, c.ordinal); math.Abs(got-c.want) > 0.0005 {
			t.Errorf("ordinal %t: alpha %.4f, not %.3f", c.ordinal, got, c.want)
		}
	}
}

// Twenty times both yes, fifteen times both no, five and ten times apart.
func TestKappa(t *testing.T) {
	var ratings []map[string]string
	for pair, n := range map[string]int{"yy": 20, "nn": 15, "yn": 5, "ny": 10} {
		for range n {
			ratings = append(ratings, map[string]string{"a": pair[:1], "b": pair[1:]})
		}
	}
	if got := kappa(ratings); math.Abs(got-0.4) > 1e-9 {
		t.Errorf("kappa %.4f, not 0.4", got)
	}
}

func TestAgreementReport(t *testing.T) {
	if got := AgreementReport(nil, 9); got != "" {
		t.Errorf("of nobody: %q", got)
	}
	vote := func(who, stance string, strength int) labels.Located {
		return labels.Located{Source: who + ".csv:2", Unit: labels.Unit{ID: "r_1", Annotator: who, Stance: stance, StanceStrength: strength, Sentiment: "neutral", Holder: "Hana Park"}}
	}
	_, groups := labels.Settle([]labels.Located{vote("ana", "favor", 2), vote("ben", "against", -1)}, "")
	got := AgreementReport(groups, 9)
	for _, want := range []string{"1 statement labelled by several people", "stance_strength", "divided, left out: ana (ana.csv:2) favor, 2; ben (ben.csv:2) against, -1"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
