package eval

// said is one statement, as far as the article's position needs it.
type said struct {
	holder, actor, stance string
	strength              int
	certain               float64
	headline              bool
}

// A position is a holder's stance over an article.
type position struct{ holder, stance string }

// positions is the guide's article-level rule (section 9), holders in order of
// first statement.
func positions(all []said) []position {
	by := map[string][]said{}
	var order []string
	for _, s := range all {
		if s.stance == unrelated {
			continue
		}
		if by[s.holder] == nil {
			order = append(order, s.holder)
		}
		by[s.holder] = append(by[s.holder], s)
	}
	var out []position
	for _, h := range order {
		out = append(out, position{h, stanceOver(by[h])})
	}
	return out
}

// stanceOver is the stance of one holder's statements together.
func stanceOver(rows []said) string {
	rows = preferred(rows, func(s said) bool { return !s.headline })
	rows = preferred(rows, func(s said) bool { return s.actor == s.holder })
	var sum, weight float64
	sided, mixed := 0, 0
	for _, s := range rows {
		if s.stance == "neutral" {
			continue
		}
		sided++
		if s.stance == "mixed" {
			mixed++
		}
		sum += s.certain * float64(s.strength)
		weight += s.certain
	}
	switch {
	case sided == 0:
		return "neutral"
	case mixed == sided:
		return "mixed"
	case sum >= 0.5*weight:
		return "favor"
	case sum <= -0.5*weight:
		return "against"
	}
	return "mixed"
}

// preferred is the rows that keep is true of, or all where it is of none.
func preferred(rows []said, keep func(said) bool) []said {
	var out []said
	for _, s := range rows {
		if keep(s) {
			out = append(out, s)
		}
	}
	if out == nil {
		return rows
	}
	return out
}
