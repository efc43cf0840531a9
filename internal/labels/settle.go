package labels

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"standpoint/internal/text"
)

// A Group is what several people said of one statement.
type Group struct {
	Votes   []Located
	Settled *Located // nil where they are divided
	Expert  bool     // an expert decided
	Differ  []string // fields on which they are not all of one mind, in the order of VotedFields
}

// VotedFields are the fields on which people are compared.
var VotedFields = []string{"stance", "stance_strength", "sentiment", "kind", "holder", "host_country", "span"}

// Voted is a unit's value of a field of VotedFields. A unit that says that
// there is no statement has a stance alone.
func (u *Unit) Voted(field string) (value string, ok bool) {
	switch field {
	case "stance":
		return u.Stance, true
	case "stance_strength":
		value = strconv.Itoa(u.StanceStrength)
	case "sentiment":
		value = u.Sentiment
	case "kind":
		value = u.Kind
	case "holder":
		value = u.Holder
	case "host_country":
		value = u.HostCountry
	case "span":
		value = fmt.Sprintf("%s %d-%d", fieldOf(u), u.StartByte, u.EndByte)
	}
	return value, u.Stance != NoStatement
}

// Settle makes one unit of what several people said of one statement: what
// expert said or, without him, what most say. Where as many say one thing as
// another of stance, holder or host country, the statement is left out. A
// person's later word on a row replaces his earlier one. Units that only one
// person gave stay as they are, and the order is that of the first word on
// each statement.
func Settle(units []Located, expert string) (settled []Located, groups []Group) {
	for _, votes := range grouped(units) {
		if len(votes) == 1 {
			settled = append(settled, votes[0])
			continue
		}
		g := Group{Votes: votes, Differ: differing(votes)}
		if i := slices.IndexFunc(votes, func(u Located) bool { return expert != "" && u.Annotator == expert }); i >= 0 {
			g.Settled, g.Expert = &votes[i], true
		} else {
			g.Settled = majority(votes)
		}
		if g.Settled != nil {
			settled = append(settled, *g.Settled)
		}
		groups = append(groups, g)
	}
	return settled, groups
}

// grouped puts the words of different people on one statement together: of
// rows that went out to tools by the row's id, of others by text, field, host
// country, holder and half of the span.
func grouped(units []Located) [][]Located {
	var groups [][]Located
	byRow, byText := map[string]int{}, map[string][]int{}
	for _, u := range units {
		if u.isRow() {
			if g, ok := byRow[u.ID]; ok {
				groups[g] = revote(groups[g], u)
				continue
			}
			byRow[u.ID] = len(groups)
		} else if g := sameElsewhere(groups, byText[u.where()], u); g >= 0 {
			groups[g] = append(groups[g], u)
			continue
		} else {
			byText[u.where()] = append(byText[u.where()], len(groups))
		}
		groups = append(groups, []Located{u})
	}
	return groups
}

// isRow reports whether a unit is about a row of statements by its id.
func (u *Unit) isRow() bool { return strings.HasPrefix(u.ID, "r_") }

// where tells which units share a text.
func (l *Located) where() string {
	return cmp.Or(l.ArticleID, l.Document, l.Input, l.Before+l.Text+l.After)
}

// revote adds a person's word on a row, in place of his earlier one.
func revote(votes []Located, u Located) []Located {
	for i := range votes {
		if votes[i].Annotator == u.Annotator {
			votes[i] = u
			return votes
		}
	}
	return append(votes, u)
}

// sameElsewhere is the group in which other people, but not this one, speak of
// the same statement; -1 if there is none.
func sameElsewhere(groups [][]Located, candidates []int, u Located) int {
	if u.Annotator == "" {
		return -1
	}
	for _, g := range candidates {
		if slices.ContainsFunc(groups[g], func(o Located) bool { return o.Annotator == u.Annotator || o.Annotator == "" }) {
			continue
		}
		if groups[g][0].overlap(&u.Unit) >= sameStatement {
			return g
		}
	}
	return -1
}

func differing(votes []Located) []string {
	var fields []string
	for _, f := range VotedFields {
		said := map[string]bool{}
		for i := range votes {
			if v, ok := votes[i].Voted(f); ok {
				said[v] = true
			}
		}
		if len(said) > 1 {
			fields = append(fields, f)
		}
	}
	return fields
}

// majority is what most say, nil if they are divided on what decides.
func majority(votes []Located) *Located {
	stance, n := most(votes, "stance")
	if n == 0 {
		return nil
	}
	with := slices.DeleteFunc(slices.Clone(votes), func(u Located) bool { return u.Stance != stance })
	u := middle(with)
	u.Certain *= float64(n) / float64(len(votes))
	u.Annotator = annotators(with)
	if stance == NoStatement {
		return &u
	}
	for _, f := range []struct {
		name string
		into *string
	}{{"holder", &u.Holder}, {"host_country", &u.HostCountry}} {
		value, n := most(with, f.name)
		if n == 0 {
			return nil
		}
		*f.into = value
	}
	if i := slices.IndexFunc(with, func(o Located) bool { return o.Holder == u.Holder }); i >= 0 {
		u.Actor, u.ReportedBy = with[i].Actor, with[i].ReportedBy
	}
	if kind, n := most(with, "kind"); n > 0 {
		u.Kind = kind
	}
	if u.Sentiment, n = most(with, "sentiment"); n == 0 {
		u.Sentiment = Sentiments[NeutralTone]
	}
	u.StanceStrength = weakest(with)
	return &u
}

// most is the value that most give, and how many do; 0 if as many give
// another.
func most(votes []Located, field string) (value string, n int) {
	count := map[string]int{}
	for i := range votes {
		if v, ok := votes[i].Voted(field); ok {
			count[v]++
		}
	}
	tied := false
	for _, v := range slices.Sorted(maps.Keys(count)) {
		switch c := count[v]; {
		case c > n:
			value, n, tied = v, c, false
		case c == n:
			tied = true
		}
	}
	if tied {
		return "", 0
	}
	return value, n
}

// middle is the vote whose span has most in common with all the others'.
func middle(votes []Located) Located {
	best, share := 0, -1.0
	for i := range votes {
		s := 0.0
		for k := range votes {
			s += text.Span{Start: votes[i].StartByte, End: votes[i].EndByte}.IoU(text.Span{Start: votes[k].StartByte, End: votes[k].EndByte})
		}
		if s > share {
			best, share = i, s
		}
	}
	return votes[best]
}

// weakest is the strength that most give, of equals the one nearest to 0.
func weakest(votes []Located) int {
	if v, n := most(votes, "stance_strength"); n > 0 {
		s, _ := strconv.Atoi(v) // printed by Voted
		return s
	}
	s := votes[0].StanceStrength
	for _, u := range votes {
		if max(u.StanceStrength, -u.StanceStrength) < max(s, -s) {
			s = u.StanceStrength
		}
	}
	return s
}

func annotators(votes []Located) string {
	var names []string
	for _, u := range votes {
		names = append(names, u.Annotator)
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}
