package wordpiece

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// An added token is found in the text as it is written there.
type added struct {
	pattern        string
	id             int32
	lstrip, rstrip bool // takes the spaces before, after it along
}

// A matcher finds added tokens, the leftmost and among those the longest.
type matcher struct {
	tokens []added // longest first
	first  [256]bool
	trim   bool // spaces taken along stay out of the offsets
	wide   bool // a token may reach over a space
}

// A match is the n-th token at text[start:end].
type match struct{ start, end, n int }

// newMatcher makes a matcher of tokens, leaving out empty ones.
func newMatcher(tokens []added, trim bool) *matcher {
	m := &matcher{trim: trim}
	for _, a := range tokens {
		if a.pattern == "" {
			continue
		}
		m.tokens = append(m.tokens, a)
		m.first[a.pattern[0]] = true
		m.wide = m.wide || a.lstrip || a.rstrip || strings.ContainsFunc(a.pattern, isSpace)
	}
	slices.SortStableFunc(m.tokens, func(a, b added) int { return cmp.Compare(len(b.pattern), len(a.pattern)) })
	return m
}

// possible tells whether a match may be in text.
func (m *matcher) possible(text []byte) bool {
	return len(m.tokens) > 0 && slices.ContainsFunc(text, func(c byte) bool { return m.first[c] })
}

// next is the first match at or after a byte.
func (m *matcher) next(text string, at int) (match, bool) {
	if len(m.tokens) == 0 {
		return match{}, false
	}
	for ; at < len(text); at++ {
		if !m.first[text[at]] {
			continue
		}
		for n, a := range m.tokens {
			if strings.HasPrefix(text[at:], a.pattern) {
				return match{at, at + len(a.pattern), n}, true
			}
		}
	}
	return match{}, false
}

// widen is the match with the spaces it takes along, back to done at most.
func (m *matcher) widen(text string, f match, done int) (start, end int) {
	start, end = f.start, f.end
	if m.tokens[f.n].lstrip {
		start = max(done, len(strings.TrimRightFunc(text[:start], isSpace)))
	}
	if m.tokens[f.n].rstrip {
		end = len(text) - len(strings.TrimLeftFunc(text[end:], isSpace))
	}
	return start, end
}

// token is the token of a match, widened.
func (m *matcher) token(f match, start, end int) Token {
	if m.trim {
		start, end = f.start, f.end
	}
	return Token{m.tokens[f.n].id, start, end}
}

func isSpace(r rune) bool { return r != utf8.RuneError && flagsOf(r)&flagSpace != 0 }
