package pipeline

import (
	"cmp"
	"slices"
	"strings"

	"standpoint/internal/actor"
	"standpoint/internal/corpus"
	"standpoint/internal/features"
	"standpoint/internal/labels"
	"standpoint/internal/statement"
	"standpoint/internal/text"
)

// matchOverlap is the least share of bytes that a person's label and a row
// have in common to be about the same statement.
const matchOverlap = 0.5

// applyUnits puts a person's labels over the cases of an article: a label
// takes over the row it matches (moving its span and holder to where the
// person saw them), a label without a row adds one, and NoStatement removes
// what it matches: the holder's row, or without a holder all rows of the span.
func (l *labeller) applyUnits(a *corpus.Article, doc *text.Document, cases []judgement) []judgement {
	units := l.units[a.ID]
	if len(units) == 0 {
		return cases
	}
	rows := placesOf(a.ID, cases)
	matched := matchUnits(units, rows, l.settings.Registry.Canonical)
	removed := map[int]bool{}
	for i := range units {
		u := &units[i]
		k, found := matched[i]
		if u.Stance == labels.NoStatement {
			for _, k := range removedBy(u, k, found, rows) {
				removed[k] = true
			}
			continue
		}
		s, err := features.Locate(doc, *u, l.settings.Registry)
		if err != nil {
			continue // not of this text: listed as not found at the end of the run
		}
		if !found {
			k = len(cases)
			cases = append(cases, judgement{})
			s.Kind = cmp.Or(s.Kind, kindOf(u.Text))
		} else {
			s.Kind = cmp.Or(s.Kind, cases[k].instance.Statement.Kind)
		}
		if found && cases[k].sameAs(s, u.HostCountry) {
			cases[k].human = u
			continue
		}
		cases[k] = judgement{instance: features.New(doc, s, u.HostCountry), human: u}
	}
	var kept []judgement
	for k, c := range cases {
		if !removed[k] {
			kept = append(kept, c)
		}
	}
	return kept
}

// sameAs reports whether a person left a case's words, kind and people as they
// were found: then the model judges what it judged before.
func (c *judgement) sameAs(s statement.Statement, host string) bool {
	own := c.instance.Statement
	return c.instance.Host == host && own.Field == s.Field && own.Span == s.Span && own.Kind == s.Kind &&
		own.Holder.ID == s.Holder.ID && own.Actor.ID == s.Actor.ID && own.ReportedBy.ID == s.ReportedBy.ID
}

// kindOf is the kind of a row that a person added without naming it.
func kindOf(span string) statement.Kind {
	if strings.HasPrefix(span, `"`) || strings.HasPrefix(span, "“") || strings.HasPrefix(span, "«") {
		return statement.Direct
	}
	return statement.Indirect
}

// overrule puts a person's labels over cases that are quotes given as rows:
// each stays one row, of the actor it was given.
func (l *labeller) overrule(articleID string, cases []judgement) {
	units := l.units[articleID]
	for i, k := range matchUnits(units, placesOf(articleID, cases), l.settings.Registry.Canonical) {
		u := &units[i]
		if u.Stance == labels.NoStatement {
			continue
		}
		c := &cases[k]
		c.human = u
		if u.Holder != "" {
			c.instance.Statement.Holder = l.settings.Registry.Canonical(u.Holder)
			c.instance.Side = c.instance.Statement.Holder.Side(c.instance.Host)
		}
	}
}

// A place is where a row stands and whose it is, as far as labels are matched
// by it.
type place struct {
	text.Span
	field, host, holderID string
	rowID                 string
}

func placesOf(articleID string, cases []judgement) []place {
	places := make([]place, len(cases))
	for i, c := range cases {
		s := c.instance.Statement
		id := rowID(statementID(articleID, s.Field, s.Span), s.Holder.ID, c.instance.Host)
		places[i] = place{s.Span, s.Field, c.instance.Host, s.Holder.ID, id}
	}
	return places
}

// overlaps is how much u and the row at p overlap, 0 unless they can be about
// the same statement.
func overlaps(u *labels.Unit, p place) float64 {
	if p.field != cmp.Or(u.Field, text.FieldBody) || p.host != u.HostCountry {
		return 0
	}
	if o := (text.Span{Start: u.StartByte, End: u.EndByte}).IoU(p.Span); o >= matchOverlap {
		return o
	}
	return 0
}

// removedBy is the rows that a NoStatement removes: the one it matched, or
// without a holder all of its span.
func removedBy(u *labels.Unit, k int, found bool, rows []place) []int {
	if u.Holder != "" {
		if found {
			return []int{k}
		}
		return nil
	}
	var all []int
	for k, p := range rows {
		if overlaps(u, p) > 0 {
			all = append(all, k)
		}
	}
	return all
}

// matchUnits pairs units with rows: first with those whose row_id they name,
// wherever the person saw them; then with those of the same field and host
// country whose spans overlap enough, same holder first, then the largest
// overlap. Each unit and each row is used once. The result maps units to rows.
func matchUnits(units []labels.Unit, rows []place, canonical func(string) actor.Actor) map[int]int {
	type pair struct {
		unit, row int
		other     int // -1 for the row of its id, 0 for one of the same holder, 1 for others
		overlap   float64
	}
	var pairs []pair
	for i := range units {
		holder := canonical(units[i].Holder).ID
		for k, p := range rows {
			if p.rowID != "" && units[i].ID == p.rowID {
				pairs = append(pairs, pair{i, k, -1, 1})
			} else if o := overlaps(&units[i], p); o > 0 {
				other := 1
				if holder == p.holderID {
					other = 0
				}
				pairs = append(pairs, pair{i, k, other, o})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.other, b.other), cmp.Compare(b.overlap, a.overlap))
	})
	matched := map[int]int{}
	taken := map[int]bool{}
	for _, p := range pairs {
		if _, done := matched[p.unit]; !done && !taken[p.row] {
			matched[p.unit] = p.row
			taken[p.row] = true
		}
	}
	return matched
}
