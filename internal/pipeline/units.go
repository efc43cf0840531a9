package pipeline

import (
	"cmp"
	"slices"

	"standpoint/internal/actor"
	"standpoint/internal/corpus"
	"standpoint/internal/features"
	"standpoint/internal/labels"
	"standpoint/internal/text"
)

// matchOverlap is the least share of bytes that a person's label and a row
// have in common to be about the same statement.
const matchOverlap = 0.5

// applyUnits puts a person's labels over the cases of an article: a label
// takes over the row it matches (moving its span and holder to where the
// person saw them), a label without a row adds one, and NoStatement removes
// the row it matches.
func (l *labeller) applyUnits(a *corpus.Article, doc *text.Document, cases []judgement) []judgement {
	units := l.units[a.ID]
	if len(units) == 0 {
		return cases
	}
	matched := matchUnits(units, cases, l.settings.Registry.Canonical)
	var removed []int
	for i := range units {
		u := &units[i]
		k, found := matched[i]
		if u.Stance == labels.NoStatement {
			if found {
				removed = append(removed, k)
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
		} else if old := cases[k].instance.Statement; u.Kind == "" {
			s.Kind = old.Kind
		}
		cases[k] = judgement{instance: features.New(doc, s, u.HostCountry), human: u}
	}
	slices.Sort(removed)
	for _, k := range slices.Backward(removed) {
		cases = slices.Delete(cases, k, k+1)
	}
	return cases
}

// matchUnits pairs units with cases of the same field and host country whose
// spans overlap enough: same holder first, then the largest overlap. Each unit
// and each case is used once. The result maps units to cases.
func matchUnits(units []labels.Unit, cases []judgement, canonical func(string) actor.Actor) map[int]int {
	type pair struct {
		unit, row int
		same      bool
		overlap   float64
	}
	var pairs []pair
	for i, u := range units {
		span := text.Span{Start: u.StartByte, End: u.EndByte}
		holder := canonical(u.Holder).ID
		for k, c := range cases {
			s := c.instance.Statement
			if s.Field != cmp.Or(u.Field, text.FieldBody) || c.instance.Host != u.HostCountry {
				continue
			}
			if o := span.IoU(s.Span); o >= matchOverlap {
				pairs = append(pairs, pair{i, k, holder == s.Holder.ID, o})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		if a.same != b.same {
			return map[bool]int{true: -1, false: 1}[a.same]
		}
		return cmp.Compare(b.overlap, a.overlap)
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
