package statement

import (
	"maps"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"standpoint/internal/text"
)

// TestScores holds the scores of the rules to the labelled train texts: the
// project's own articles, labelled whole, and the paragraphs of real prose in
// which something is labelled. With -v it prints the table that scores is set
// from; a rule with few rows is drawn towards the prior.
func TestScores(t *testing.T) {
	dir, reg := shared(t), load(t)
	own := ofSplit("train", with(lines[sample](t, "../../data/gold/articles/news.jsonl"), lines[unit](t, "../../data/gold/units/news.jsonl")))
	prose := with(lines[sample](t, filepath.Join(dir, "unlabelled", "realprose.jsonl")), unitsOf("", lines[unit](t, "../../data/gold/units/realprose.jsonl")))
	counts := map[string]*count{}
	for i, s := range append(own, prose...) {
		doc, rows := s.statements(reg)
		s.inBody(doc)
		if i >= len(own) {
			rows = slices.DeleteFunc(rows, func(r Statement) bool { return !s.labelledAt(doc, &r) })
		}
		_, byRow := matched(s.units, rows)
		for k, r := range rows {
			c := in(counts, r.Rule)
			c.rows++
			if u, ok := byRow[k]; ok {
				c.hit++
				c.holder += btoi(sameName(s.units[u].Holder, r.Holder.Name))
			}
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(scores)) {
		c := in(counts, rule)
		found := (float64(c.hit) + prior*priorRows) / (float64(c.rows) + priorRows)
		t.Logf("%-17s rows %4d precision %.2f holder %.2f score %.2f, is %.2f", rule, c.rows, share(c.hit, c.rows), share(c.holder, c.hit), found, scores[rule])
		if math.Abs(found-scores[rule]) > 0.08 {
			t.Errorf("score of %s is %.2f, the labelled texts say %.2f", rule, scores[rule], found)
		}
	}
}

// A rule without a row counts as one of that many with the prior's share.
const prior, priorRows = 0.75, 5

// labelledAt reports whether something is labelled in the paragraph of r.
func (s *sample) labelledAt(doc *text.Document, r *Statement) bool {
	if r.Field != text.FieldBody {
		return false
	}
	p := doc.Paragraphs[r.Paragraph]
	return slices.ContainsFunc(s.units, func(u unit) bool { return p.Overlaps(text.Span{Start: u.StartByte, End: u.EndByte}) })
}
