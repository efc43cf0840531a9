package eval

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"standpoint/internal/labels"
	"standpoint/internal/text"
)

// A FolderRow is a row of a finished folder, as far as it is scored.
type FolderRow struct {
	Input, ArticleID, Field    string
	HostCountry, Holder, Actor string
	Stance, Sentiment, Kind    string
	Strength                   int
	StartByte, EndByte         int
	Headline                   bool
}

// FolderOptions of ScoreFolder.
type FolderOptions struct {
	Aliases     map[string][]string // canonical name -> other names, taken as the same
	GoldForces  bool                // whether a statement is about the forces is taken from gold
	ListMissing func(labels.Unit)   // called for each statement about the forces that no row matches
}

// A FolderScore tells how a finished folder fares against gold.
type FolderScore struct {
	Articles, Gold, Predicted, Matched int
	SpanPrecision, SpanRecall, SpanF1  float64
	HolderAccuracy                     float64 // of matched spans
	StanceAccuracy, StanceMacroF1      float64
	SentimentMacroF1, KindAccuracy     float64
	Flips                              float64 // favor for against, of matched spans
	TupleF1                            float64 // span, holder and stance right
	ArticleF1                          float64 // a holder's stance over the whole article
}

// sameSpan is the least share of bytes that gold and row have in common.
const sameSpan = 0.5

// ScoreFolder scores rows against units. Units stand in for whole articles:
// a row of their articles that matches none counts as wrong, except rows for
// another host country than the article's gold has, and rows of the title
// where the gold has none. Units with certain under 0.5 are not scored, nor
// are rows that match only them.
func ScoreFolder(rows []FolderRow, units []labels.Unit, opt FolderOptions) FolderScore {
	s := folderScorer{opt: opt, names: newNames(opt.Aliases)}
	gold, order := groupUnits(units)
	pred := groupRows(rows, gold)
	for _, key := range order {
		s.article(gold[key], pred[key])
	}
	return s.result(len(order))
}

// stemOf is the name of a file without folder and ending, so that inputs in
// another place match.
func stemOf(input string) string {
	base := path.Base(input)
	return strings.TrimSuffix(base, path.Ext(base))
}

func keyOf(u *labels.Unit) string { return stemOf(cmp.Or(u.Input, u.ArticleID)) }

func groupUnits(units []labels.Unit) (gold map[string][]labels.Unit, order []string) {
	gold = map[string][]labels.Unit{}
	for _, u := range units {
		if u.Stance == labels.NoStatement {
			continue
		}
		k := keyOf(&u)
		if _, ok := gold[k]; !ok {
			order = append(order, k)
		}
		gold[k] = append(gold[k], u)
	}
	return gold, order
}

// country is the country of a host, which may name a region.
func country(host string) string {
	c, _, _ := strings.Cut(host, "/")
	return strings.ToLower(strings.TrimSpace(c))
}

// groupRows keeps the rows of gold's articles, hosts and fields.
func groupRows(rows []FolderRow, gold map[string][]labels.Unit) map[string][]FolderRow {
	out := map[string][]FolderRow{}
	for _, r := range rows {
		key := stemOf(r.Input)
		if _, ok := gold[key]; !ok {
			key = r.ArticleID
		}
		units, ok := gold[key]
		if !ok {
			continue
		}
		titled := slices.ContainsFunc(units, func(u labels.Unit) bool { return u.Field == text.FieldTitle })
		hosted := slices.ContainsFunc(units, func(u labels.Unit) bool { return country(u.HostCountry) == country(r.HostCountry) })
		if r.Field == text.FieldTitle && !titled || r.HostCountry != "" && !hosted {
			continue
		}
		out[key] = append(out[key], r)
	}
	return out
}

// A folderScorer counts over articles.
type folderScorer struct {
	opt                       FolderOptions
	names                     *names
	stance, sentiment         [][2]string // gold, predicted
	kindRight                 int
	gold, pred, matched       int
	holder, tuple, flips      int
	holders, predicted, right int // article level
}

// A pairing of a unit with a row.
type pairing struct {
	unit, row int
	same      bool // holder
	overlap   float64
}

// match pairs units with rows one to one: same holder first, then overlap.
func (s *folderScorer) match(units []labels.Unit, rows []FolderRow) []pairing {
	var all []pairing
	for i, u := range units {
		for j, r := range rows {
			if r.HostCountry != "" && country(r.HostCountry) != country(u.HostCountry) {
				continue
			}
			o := text.Span{Start: u.StartByte, End: u.EndByte}.IoU(text.Span{Start: r.StartByte, End: r.EndByte})
			if o >= sameSpan {
				all = append(all, pairing{i, j, s.names.same(u.Holder, r.Holder), o})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b pairing) int {
		if a.same != b.same {
			if a.same {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.overlap, a.overlap)
	})
	usedUnit, usedRow := map[int]bool{}, map[int]bool{}
	var out []pairing
	for _, p := range all {
		if !usedUnit[p.unit] && !usedRow[p.row] {
			usedUnit[p.unit], usedRow[p.row] = true, true
			out = append(out, p)
		}
	}
	return out
}

const unrelated = "unrelated"

// counts reports whether a unit is sure enough to be scored.
func counts(u *labels.Unit) bool { return u.Certain >= 0.5 }

func (s *folderScorer) article(units []labels.Unit, rows []FolderRow) {
	byUnit, byRow := map[int]pairing{}, map[int]int{}
	for _, p := range s.match(units, rows) {
		byUnit[p.unit], byRow[p.row] = p, p.unit
	}
	for i := range units {
		if u := &units[i]; counts(u) {
			p, found := byUnit[i]
			s.unit(u, p, found, rows)
		}
	}
	for j := range rows {
		i, found := byRow[j]
		if s.rowCounts(&rows[j], units, i, found) {
			s.pred++
		}
	}
	s.articleLevel(units, rows)
}

func (s *folderScorer) unit(u *labels.Unit, p pairing, found bool, rows []FolderRow) {
	about := u.Stance != unrelated
	if about {
		s.gold++
	}
	if !found {
		if about && s.opt.ListMissing != nil {
			s.opt.ListMissing(*u)
		}
		return
	}
	r := &rows[p.row]
	s.stance = append(s.stance, [2]string{u.Stance, r.Stance})
	s.sentiment = append(s.sentiment, [2]string{u.Sentiment, r.Sentiment})
	if u.Kind == r.Kind {
		s.kindRight++
	}
	if !about {
		return
	}
	s.matched++
	if p.same {
		s.holder++
		if u.Stance == r.Stance {
			s.tuple++
		}
	}
	if u.Stance == "favor" && r.Stance == "against" || u.Stance == "against" && r.Stance == "favor" {
		s.flips++
	}
}

// rowCounts reports whether a row counts as a prediction.
func (s *folderScorer) rowCounts(r *FolderRow, units []labels.Unit, unit int, found bool) bool {
	about := found && units[unit].Stance != unrelated
	switch {
	case s.opt.GoldForces && found && !about:
		return false
	case r.Stance == unrelated && !about:
		return false
	case found && !counts(&units[unit]):
		return false
	}
	return true
}

// articleLevel compares holders' stances over the whole article.
func (s *folderScorer) articleLevel(units []labels.Unit, rows []FolderRow) {
	var g, p []said
	for _, u := range units {
		if counts(&u) {
			g = append(g, said{u.Holder, u.Actor, u.Stance, u.StanceStrength, u.Certain, u.IsHeadline})
		}
	}
	for _, r := range rows {
		p = append(p, said{r.Holder, r.Actor, r.Stance, r.Strength, 1, r.Headline})
	}
	gold, pred := positions(g), positions(p)
	s.holders += len(gold)
	s.predicted += len(pred)
	used := map[string]bool{}
	for _, h := range gold {
		for _, o := range pred {
			if !used[o.holder] && s.names.same(h.holder, o.holder) {
				used[o.holder] = true
				if h.stance == o.stance {
					s.right++
				}
				break
			}
		}
	}
}

func (s *folderScorer) result(articles int) FolderScore {
	right := 0
	for _, p := range s.stance {
		if p[0] == p[1] {
			right++
		}
	}
	return FolderScore{
		Articles: articles, Gold: s.gold, Predicted: s.pred, Matched: s.matched,
		SpanPrecision: ratio(s.matched, s.pred), SpanRecall: ratio(s.matched, s.gold), SpanF1: ratio(2*s.matched, s.gold+s.pred),
		HolderAccuracy: ratio(s.holder, s.matched), StanceAccuracy: ratio(right, len(s.stance)),
		StanceMacroF1: macroF1(s.stance, labels.Stances), SentimentMacroF1: macroF1(s.sentiment, labels.Sentiments),
		KindAccuracy: ratio(s.kindRight, len(s.stance)), Flips: ratio(s.flips, s.matched),
		TupleF1: ratio(2*s.tuple, s.gold+s.pred), ArticleF1: ratio(2*s.right, s.holders+s.predicted),
	}
}

func macroF1(pairs [][2]string, names []string) float64 {
	rows := make([]Row, 0, len(pairs))
	for _, p := range pairs {
		if g, c := slices.Index(names, p[0]), slices.Index(names, p[1]); g >= 0 && c >= 0 {
			rows = append(rows, Row{Gold: g, Pred: c})
		}
	}
	return Measure(rows, names).MacroF1
}

// String prints a score, a line each.
func (s FolderScore) String() string {
	var b strings.Builder
	for _, n := range []struct {
		name  string
		value int
	}{{"articles", s.Articles}, {"gold", s.Gold}, {"predicted", s.Predicted}, {"matched", s.Matched}} {
		fmt.Fprintf(&b, "%-20s %d\n", n.name, n.value)
	}
	for _, n := range []struct {
		name  string
		value float64
	}{
		{"span_precision", s.SpanPrecision}, {"span_recall", s.SpanRecall}, {"span_f1", s.SpanF1}, {"holder_acc", s.HolderAccuracy},
		{"stance_acc", s.StanceAccuracy}, {"stance_macro_f1", s.StanceMacroF1}, {"sentiment_macro_f1", s.SentimentMacroF1},
		{"kind_acc", s.KindAccuracy}, {"flips", s.Flips}, {"tuple_f1", s.TupleF1}, {"article_f1", s.ArticleF1},
	} {
		fmt.Fprintf(&b, "%-20s %.3f\n", n.name, n.value)
	}
	return b.String()
}
