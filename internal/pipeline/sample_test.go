package pipeline

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"standpoint/data"
	"standpoint/internal/actor"
	"standpoint/internal/labels"
	"standpoint/internal/table"
	"standpoint/internal/text"
)

// rowsOfStories is n rows for each story, doubtful in turn.
func rowsOfStories(sizes ...int) []*candidate {
	var rows []*candidate
	for s, n := range sizes {
		for range n {
			i := len(rows)
			rows = append(rows, &candidate{
				row: i, id: fmt.Sprintf("r_%04d", i), story: fmt.Sprint("a_", s), holder: fmt.Sprint("h", i%7), host: fmt.Sprint("c", s%3),
				utterance: fmt.Sprint("u_", i), doubt: float64(i*37%100) / 100,
			})
		}
	}
	return rows
}

// Every row is as likely as any other, the weights add up to all rows, and no
// story gives more than its share.
func TestDrawRandom(t *testing.T) {
	sizes := []int{40, 3, 1, 9, 27, 20}
	drawnOf := make([]int, 100)
	const seeds, n = 4000, 10
	for seed := range uint64(seeds) {
		rows := rowsOfStories(sizes...)
		drawn, weight := drawRandom(rows, n, seed)
		if len(drawn) != n || math.Abs(weight*n-100) > 1e-9 {
			t.Fatalf("%d rows of weight %g", len(drawn), weight)
		}
		perStory := map[string]int{}
		for _, c := range drawn {
			drawnOf[c.row]++
			perStory[c.story]++
		}
		for s, size := range sizes {
			if got := perStory[fmt.Sprint("a_", s)]; got > size*n/100+1 {
				t.Fatalf("seed %d: %d rows of a story of %d", seed, got, size)
			}
		}
	}
	for i, k := range drawnOf {
		if share := float64(k) / seeds; math.Abs(share-0.1) > 0.025 {
			t.Errorf("row %d was drawn %.3f of the time, not 0.1", i, share)
		}
	}
	again, _ := drawRandom(rowsOfStories(sizes...), n, 7)
	once, _ := drawRandom(rowsOfStories(sizes...), n, 7)
	if !slices.EqualFunc(again, once, func(a, b *candidate) bool { return a.id == b.id }) {
		t.Error("one seed, two samples")
	}
}

func TestDrawRandomLeavesOutTheDrawn(t *testing.T) {
	rows := rowsOfStories(5, 5)
	for _, c := range rows[:6] {
		c.sampled = true
	}
	drawn, weight := drawRandom(rows, 50, 1)
	if len(drawn) != 4 || weight != 1 {
		t.Errorf("%d rows of weight %g, not the 4 that are left", len(drawn), weight)
	}
}

func TestMostWorth(t *testing.T) {
	rows := rowsOfStories(50, 50)
	rows[0].human, rows[1].sample = true, randomSample
	rows[2].doubt, rows[3].doubt, rows[3].utterance = 1, 1, rows[2].utterance
	rows[60].disputed, rows[60].doubt = true, 1
	got := mostWorth(rows, 20)
	if len(got) != 20 || !slices.IsSortedFunc(got, func(a, b *candidate) int { return a.row - b.row }) {
		t.Fatalf("%d rows, or out of order", len(got))
	}
	perStory := map[string]int{}
	taken := map[int]bool{}
	for _, c := range got {
		perStory[c.story]++
		taken[c.row] = true
	}
	if taken[0] || taken[1] || !taken[60] || taken[2] == taken[3] {
		t.Errorf("taken: labelled %t, drawn %t, disputed %t, the same words %t %t", taken[0], taken[1], taken[60], taken[2], taken[3])
	}
	if perStory["a_0"] < 8 || perStory["a_1"] < 8 {
		t.Errorf("not spread over stories: %v", perStory)
	}
}

// A label that knows its row finds it wherever the person saw it.
func TestMatchByRow(t *testing.T) {
	registry := func(name string) actor.Actor { return actor.Actor{ID: name, Name: name} }
	rows := []place{{text.Span{Start: 0, End: 10}, "body", "Iraq", "Park", "r_a"}, {text.Span{Start: 20, End: 30}, "body", "Iraq", "Lis", "r_b"}}
	units := []labels.Unit{
		{ID: "r_b", StartByte: 40, EndByte: 50, Holder: "Wrona", HostCountry: "Poland"},
		{ID: "r_x", StartByte: 0, EndByte: 9, Holder: "Lis", HostCountry: "Iraq"},
		{StartByte: 20, EndByte: 30, Holder: "Lis", HostCountry: "Iraq"},
	}
	got := matchUnits(units, rows, registry)
	if len(got) != 2 || got[0] != 1 || got[1] != 0 {
		t.Errorf("matched %v", got)
	}
}

// A model that sees statements where there are none: people deny a third of
// its favor rows, and the corrected share of favor falls to what it is.
func TestDeniedRowsCount(t *testing.T) {
	registry, err := actor.Open(data.Actors(), "")
	if err != nil {
		t.Fatal(err)
	}
	var e estimate
	for i := range 600 {
		r := said([]string{"favor", "against"}[i%2], 1, 0.9)
		r.ArticleID = fmt.Sprintf("a_%04d", i)
		checked := i%5 < 2
		if checked && i%6 == 0 { // every third favor row
			u := labels.Unit{ArticleID: r.ArticleID, Stance: labels.NoStatement, Holder: "Hana Park", HostCountry: "Iraq", Sample: "random", SampleWeight: 2.5, Suggested: "favor"}
			d := deniedRow(u, registry)
			if d == nil {
				t.Fatal("no row of a denial in the sample")
			}
			r = *d
		} else if checked {
			r.LabelSource, r.Sample, r.SampleWeight = "human", "random", 2.5
		}
		e.count(r.ArticleID, stanceIndex(ModelStance(r)), stanceIndex(r.Stance), r.SampleWeight, isChecked(r))
	}
	shares := e.correct("test")
	if len(e.checks) != 240 || shares == nil || math.Abs(shares[0].Value-0.4) > 0.02 || shares[0].Low > 0.4 || shares[0].High < 0.4 {
		t.Errorf("%d checks; share of favor %+v, the truth 0.4", len(e.checks), shares)
	}
	if r := deniedRow(labels.Unit{Stance: labels.NoStatement, Suggested: "favor", Sample: "uncertain"}, registry); r != nil {
		t.Error("a row that was not drawn at random counts")
	}
}

// A model no better than chance moves nothing, and under the least number of
// checks nothing is given.
func TestUselessModelMovesNothing(t *testing.T) {
	var e estimate
	for i := range 400 {
		e.count(fmt.Sprint(i), i%2, (i/2)%2, 1, i < 200)
	}
	for range 10000 {
		e.count("", 0, 0, 0, false)
	}
	if s := e.correct("x"); math.Abs(s[0].Value-0.5) > 0.01 {
		t.Errorf("favor %.3f, not the sample's 0.5", s[0].Value)
	}
	e.checks = e.checks[:LeastChecked-1]
	if e.correct("x") != nil {
		t.Error("corrected shares of too few checks")
	}
}

func TestOverallListsWhatIsEnough(t *testing.T) {
	o := overall{}
	for i := range 150 {
		r := said("favor", 1, 0.9)
		r.ArticleID, r.HostCountry = fmt.Sprint(i), []string{"Iraq", "Iraq", "Poland"}[i%3]
		if i < 120 {
			r.LabelSource, r.Sample, r.SampleWeight = "human", "random", 1
		}
		o.add(r)
	}
	got := o.corrected()
	if len(got) != 1 || got[0].HostCountry != "" || got[0].NChecked != 120 || got[0].Rows != 150 || got[0].Shares["favor"].Value != 1 {
		t.Errorf("%+v", got)
	}
	if overallOf := (overall{}).corrected(); overallOf != nil {
		t.Errorf("of nothing: %v", overallOf)
	}
}

// The passage of a row is a slice of the body that holds the statement, its
// paragraph and what stands before and after.
func TestPassageOf(t *testing.T) {
	body := "Gate town.\n\nMs. Park spoke. \u201cThey stay,\u201d she said.\n\nNobody else did.\n\nThe end."
	start, end := 28, 28+len("\u201cThey stay,\u201d")
	got, at := passageOf(table.Article{Body: &body}, table.Statement{Field: "body", StartByte: int32(start), EndByte: int32(end)})
	if want := "Gate town.\n\nMs. Park spoke. \u201cThey stay,\u201d she said.\n\nNobody else did."; got != want || at != 0 || body[at:at+len(got)] != got {
		t.Errorf("%q at %d", got, at)
	}
}
