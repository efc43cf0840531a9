package eval

import (
	"math"
	"slices"
	"testing"

	"standpoint/internal/labels"
)

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func TestMeasure(t *testing.T) {
	rows := []Row{
		{Gold: 0, Pred: 0, P: []float64{0.8, 0.2, 0}},
		{Gold: 0, Pred: 1, P: []float64{0.4, 0.6, 0}},
		{Gold: 1, Pred: 1, P: []float64{0.1, 0.9, 0}, Abstained: true},
		{Gold: 1, Pred: 2, P: []float64{0.1, 0.2, 0.7}},
	}
	s := Measure(rows, []string{"favor", "against", "mixed"})
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"accuracy", s.Accuracy, 0.5},
		{"favor F1", s.Classes[0].F1, 2.0 / 3},
		{"against precision", s.Classes[1].Precision, 0.5},
		{"mixed recall", s.Classes[2].Recall, 0},
		{"macro-F1", s.MacroF1, (2.0/3 + 0.5 + 0) / 3},
		{"flips", s.Flips, 0.25},
		{"kept", s.Kept, 0.75},
		{"accuracy of kept", s.KeptAcc, 1.0 / 3},
		{"calibration error", s.ECE, (0.2 + 0.6 + 0.1 + 0.7) / 4},
		{"log loss", s.LogLoss, -(math.Log(0.8) + math.Log(0.4) + math.Log(0.9) + math.Log(0.2)) / 4},
		{"Brier", s.Brier, (0.04 + 0.04 + 0.36 + 0.36 + 0.01 + 0.01 + 0.01 + 0.64 + 0.49) / 4},
	} {
		if !near(c.got, c.want) {
			t.Errorf("%s is %g, not %g", c.name, c.got, c.want)
		}
	}
}

func TestMeasureNothing(t *testing.T) {
	if s := Measure(nil, labels.Stances); s.MacroF1 != 0 || s.N != 0 || s.ECE != 0 {
		t.Errorf("scores of no rows: %+v", s)
	}
}

func TestBootstrapIsSeededAndKeepsDocumentsTogether(t *testing.T) {
	docs := []string{"a", "b", "a", "c"}
	f := func(rows []int) float64 {
		if n := count(rows, 0); n != count(rows, 2) {
			t.Fatalf("document a was torn: %v", rows)
		}
		return float64(count(rows, 3))
	}
	first, second := Bootstrap(docs, 200, 7, f), Bootstrap(docs, 200, 7, f)
	if first != second {
		t.Errorf("the same seed gave %v and %v", first, second)
	}
	if first.Value != 1 || first.Low > first.High {
		t.Errorf("interval %v", first)
	}
}

func count(rows []int, k int) (n int) {
	for _, r := range rows {
		if r == k {
			n++
		}
	}
	return n
}

func TestDifference(t *testing.T) {
	var a, b []Row
	for i := range 40 {
		doc := string(rune('a' + i%10))
		a = append(a, Row{Gold: i % 2, Pred: 0, Document: doc})
		b = append(b, Row{Gold: i % 2, Pred: i % 2, Document: doc})
	}
	d := Difference(a, b, []string{"x", "y"})
	if d.Low <= 0 || d.Value < 0.6 {
		t.Errorf("a perfect model is better by %v", d)
	}
	if same := Difference(b, b, []string{"x", "y"}); same.Low != 0 || same.High != 0 {
		t.Errorf("a model differs from itself by %v", same)
	}
}

func TestSameHolder(t *testing.T) {
	n := newNames(map[string][]string{"US Department of Defense": {"Pentagon"}})
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Marek Wolny", "Wolny", true},
		{"Marek Wolny", "Gen. Marek Wolny", true},
		{"Wolny", "Marek Jan Wolny", false},
		{"Iraqi parliament", "parliament of Iraq", true},
		{"U.S. government", "United States government", true},
		{"Pentagon", "US Department of Defense", true},
		{"Sunni lawmakers (Iraq)", "Shiite lawmakers (Iraq)", true}, // two words of three
		{"Hana Park", "Hana Lee", false},
		{"Müller", "Muller", true},
		{"", "", false},
	} {
		if got := n.same(c.a, c.b); got != c.same {
			t.Errorf("same(%q, %q) is %v", c.a, c.b, got)
		}
	}
}

func TestPositions(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []said
		want []position
	}{
		{"headline yields", []said{{"P", "P", "against", -2, 1, true}, {"P", "P", "favor", 1, 1, false}}, []position{{"P", "favor"}}},
		{"own words outrank", []said{{"P", "Q", "against", -2, 1, false}, {"P", "P", "favor", 2, 1, false}}, []position{{"P", "favor"}}},
		{"neutral only", []said{{"P", "P", "neutral", 0, 1, false}, {"P", "P", "unrelated", 0, 1, false}}, []position{{"P", "neutral"}}},
		{"mean near zero", []said{{"P", "P", "favor", 1, 1, false}, {"P", "P", "against", -1, 1, false}}, []position{{"P", "mixed"}}},
		{"all unrelated", []said{{"P", "P", "unrelated", 0, 1, false}}, nil},
	} {
		if got := positions(c.rows); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, not %v", c.name, got, c.want)
		}
	}
}

func TestScoreFolder(t *testing.T) {
	units := []labels.Unit{
		{Input: "a.txt", StartByte: 0, EndByte: 10, Kind: "direct", Holder: "Hana Park", Actor: "Hana Park", HostCountry: "Iraq", Stance: "favor", StanceStrength: 2, Sentiment: "neutral", Certain: 1},
		{Input: "a.txt", StartByte: 20, EndByte: 30, Kind: "act", Holder: "Marek Wolny", Actor: "Marek Wolny", HostCountry: "Iraq", Stance: "against", StanceStrength: -2, Sentiment: "negative", Certain: 1},
		{Input: "a.txt", StartByte: 40, EndByte: 50, Kind: "act", Holder: "Marek Wolny", Actor: "Marek Wolny", HostCountry: "Iraq", Stance: "unrelated", Sentiment: "neutral", Certain: 1},
		{Input: "a.txt", StartByte: 60, EndByte: 70, Kind: "act", Holder: "Marek Wolny", Actor: "Marek Wolny", HostCountry: "Iraq", Stance: "favor", StanceStrength: 1, Sentiment: "neutral", Certain: 0.4},
	}
	row := func(start, end int, holder, stance string) FolderRow {
		return FolderRow{Input: "other/a.txt", Field: "body", HostCountry: "Iraq", Holder: holder, Actor: holder, Stance: stance, Sentiment: "neutral", Kind: "direct", StartByte: start, EndByte: end}
	}
	rows := []FolderRow{
		row(0, 9, "Hana Park", "favor"),       // right
		row(20, 30, "Marek Wolny", "favor"),   // flipped
		row(40, 50, "Marek Wolny", "against"), // about the forces, says the model alone
		row(60, 70, "Marek Wolny", "favor"),   // not scored
		row(80, 90, "Marek Wolny", "favor"),   // nothing there
		{Input: "b.txt", Stance: "favor"},     // another article
	}
	s := ScoreFolder(rows, units, FolderOptions{})
	if s.Gold != 2 || s.Matched != 2 || s.Predicted != 4 {
		t.Errorf("gold %d, matched %d, predicted %d", s.Gold, s.Matched, s.Predicted)
	}
	if !near(s.TupleF1, 2.0/6) || !near(s.Flips, 0.5) || !near(s.HolderAccuracy, 1) {
		t.Errorf("tuple %g, flips %g, holder %g", s.TupleF1, s.Flips, s.HolderAccuracy)
	}
	if f := ScoreFolder(rows, units, FolderOptions{GoldForces: true}); f.Predicted != 3 {
		t.Errorf("with gold's forces %d predicted", f.Predicted)
	}
}
