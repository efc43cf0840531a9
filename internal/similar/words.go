package similar

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Normalise is the words of s in lower case with one space between them:
// without punctuation, with one form of apostrophe, letters composed. Texts
// that differ only in such things are the same words.
//
//	Normalise("“We’ll  stay,” he said") // "we'll stay he said"
func Normalise(s string) string {
	var b strings.Builder
	runes := []rune(norm.NFKC.String(s))
	gap := false
	for i, r := range runes {
		switch {
		case isWordRune(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case joins(runes, i):
			b.WriteString(joint(r, runes[i+1]))
		default:
			gap = true
		}
	}
	return norm.NFKC.String(b.String()) // a small letter may compose where the capital didn't
}

// joint is what a joining mark becomes before the given letter or digit.
func joint(mark, next rune) string {
	switch {
	case mark == ',' || mark == '.' && !unicode.IsDigit(next):
		return ""
	case mark == '.':
		return "."
	}
	return "'"
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// joins reports whether the mark at i stands inside a word: an apostrophe
// between letters (Shi'ite), a mark between digits (5,200), the dots of an
// abbreviation (U.S).
func joins(runes []rune, i int) bool {
	if i == 0 || i+1 == len(runes) {
		return false
	}
	before, after := runes[i-1], runes[i+1]
	switch runes[i] {
	case '\'', '’', '‘', 'ʼ', '`', '´':
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	case ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	case '.':
		return unicode.IsDigit(before) && unicode.IsDigit(after) ||
			unicode.IsUpper(before) && unicode.IsUpper(after)
	}
	return false
}

// words is the words of Normalise(s).
func words(s string) []string { return strings.Fields(Normalise(s)) }
