package pipeline

import (
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"standpoint/internal/table"
)

// seriesStances are the stances that have shares.
var seriesStances = table.Stances[:4]

// The fields of a sorted series record.
const (
	recLevel = iota
	recHolderID
	recSide
	recHost
	recMonth // "2020-01", or undated
	recUtterance
	recArticle
	recHolder
	recState // counted, abstained or out
	recStance
	recModel // the model's stance
	recCheck // the weight of a row of a random sample that a person checked, or ""
)

const (
	seriesKey = recUtterance // records that agree before it belong to one row of series

	undated = "undated" // sorts after every month

	counted   = "counted"
	abstained = "abstained"
	out       = "out"
)

// sortSeries adds the records of a standing to s, each row under its holder
// and under its side.
func sortSeries(standing []table.Statement, s *sorter) error {
	states := map[string]string{} // by utterance
	for _, r := range counting(standing) {
		states[r.UtteranceID] = counted
	}
	for _, r := range standing {
		if err := addSeries(s, r, stateOf(r, states)); err != nil {
			return err
		}
	}
	return nil
}

// stateOf tells whether a row counts, given the utterances that do.
func stateOf(r table.Statement, states map[string]string) string {
	switch {
	case r.Stance == "unrelated":
		return out
	case r.Abstained:
		return abstained
	case states[r.UtteranceID] != "":
		return counted
	}
	return out
}

func addSeries(s *sorter, r table.Statement, state string) error {
	check := ""
	if isChecked(r) {
		check = strconv.FormatFloat(r.SampleWeight, 'g', -1, 64)
	}
	rest := []string{r.HostCountry, monthOf(r.PublishedDay), r.UtteranceID, r.ArticleID, r.Holder, state, r.Stance, ModelStance(r), check}
	if err := s.add(append([]string{"holder", r.HolderID, r.HolderSide}, rest...)...); err != nil {
		return err
	}
	return s.add(append([]string{"side", "", r.HolderSide}, rest...)...)
}

// monthOf is a day's month, or undated.
func monthOf(day *time.Time) string {
	if day == nil {
		return undated
	}
	return day.Format("2006-01")
}

// ModelStance is the most probable stance, whatever a person said.
func ModelStance(r table.Statement) string {
	p := r.StanceP()
	return table.Stances[argmax(p[:])]
}

// seriesRows makes the rows of series of sorted records. read tells how many
// articles on a host country were read in a month.
func seriesRows(records iter.Seq2[[]string, error], read func(host, month string) int32) iter.Seq2[table.Series, error] {
	return func(yield func(table.Series, error) bool) {
		var t *tally
		emit := func() bool {
			row, ok := t.row(read)
			return !ok || yield(row, nil)
		}
		for r, err := range records {
			if err != nil {
				yield(table.Series{}, err)
				return
			}
			if t != nil && !slices.Equal(t.key, r[:seriesKey]) {
				if !emit() {
					return
				}
				t = nil
			}
			if t == nil {
				t = &tally{key: r[:seriesKey], holder: r[recHolder]}
			}
			t.add(r)
		}
		if t != nil {
			emit()
		}
	}
}

// A tally counts the records of one row of series. An utterance counts once,
// however often it was printed: its stances share its weight.
type tally struct {
	key    []string
	holder string

	utterance string
	stances   [4]float64 // rows of the utterance that count, by stance
	held      bool       // the utterance has an abstained row

	shares    [4]float64 // sums over utterances
	utters    float64
	abstained float64
	estimate
}

func (t *tally) add(r []string) {
	if r[recUtterance] != t.utterance {
		t.closeUtterance()
		t.utterance = r[recUtterance]
	}
	switch r[recState] {
	case counted:
		t.stances[slices.Index(seriesStances, r[recStance])]++
	case abstained:
		t.held = true
	}
	weight, err := strconv.ParseFloat(r[recCheck], 64)
	t.count(r[recArticle], stanceIndex(r[recModel]), stanceIndex(r[recStance]), weight, err == nil)
}

// stanceIndex is the index of a stance in table.Stances.
func stanceIndex(stance string) int { return slices.Index(table.Stances, stance) }

func (t *tally) closeUtterance() {
	n := sum(t.stances[:])
	switch {
	case n > 0:
		t.utters++
		for i, v := range t.stances {
			t.shares[i] += v / n
		}
	case t.held:
		t.abstained++
	}
	t.stances, t.held = [4]float64{}, false
}

// row is the row of series; false if nothing counts and nothing was abstained.
func (t *tally) row(read func(host, month string) int32) (table.Series, bool) {
	t.closeUtterance()
	s := table.Series{
		Level: t.key[recLevel], HolderID: t.key[recHolderID], HolderSide: t.key[recSide], HostCountry: t.key[recHost],
		NUtterances: int32(t.utters), NChecked: int32(len(t.checks)), NArticlesRead: read(t.key[recHost], t.key[recMonth]),
	}
	if s.Level == "holder" {
		s.Holder = t.holder
	}
	if m, err := time.Parse("2006-01", t.key[recMonth]); err == nil {
		s.Month = &m
	}
	if t.utters+t.abstained == 0 {
		return s, false
	}
	s.ShareAbstained = t.abstained / (t.utters + t.abstained)
	raw := [4]*[3]*float64{
		{&s.ShareFavor, &s.ShareFavorLow, &s.ShareFavorHigh},
		{&s.ShareAgainst, &s.ShareAgainstLow, &s.ShareAgainstHigh},
		{&s.ShareMixed, &s.ShareMixedLow, &s.ShareMixedHigh},
		{&s.ShareNeutral, &s.ShareNeutralLow, &s.ShareNeutralHigh},
	}
	for i, p := range raw {
		if t.utters > 0 {
			*p[0] = t.shares[i] / t.utters
			*p[1], *p[2] = wilson(*p[0], t.utters)
		}
	}
	if c := t.correct(strings.Join(t.key, "\x00")); c != nil {
		fields := [4]*[3]**float64{
			{&s.CorrectedFavor, &s.CorrectedFavorLow, &s.CorrectedFavorHigh},
			{&s.CorrectedAgainst, &s.CorrectedAgainstLow, &s.CorrectedAgainstHigh},
			{&s.CorrectedMixed, &s.CorrectedMixedLow, &s.CorrectedMixedHigh},
			{&s.CorrectedNeutral, &s.CorrectedNeutralLow, &s.CorrectedNeutralHigh},
		}
		for i, f := range fields {
			*f[0], *f[1], *f[2] = &c[i].Value, &c[i].Low, &c[i].High
		}
	}
	return s, true
}

// wilson is the 95 % score interval of a share p of n.
func wilson(p, n float64) (low, high float64) {
	const z = 1.959964
	center := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, center-half), min(1, center+half)
}

func sum(v []float64) float64 {
	var s float64
	for _, x := range v {
		s += x
	}
	return s
}
