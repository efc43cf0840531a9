package similar

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normalise is the words of s in lower case with one space between them:
// without punctuation, with one form of apostrophe, letters composed. Texts
// that differ only in such things are the same words.
//
//	Normalise("“We’ll  stay,” he said") // "we'll stay he said"
func Normalise(s string) string {
	if !norm.NFKC.IsNormalString(s) {
		s = norm.NFKC.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	gap, composes := false, false
	before := rune(0)
	for i, r := range s {
		switch {
		case isWordRune(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			composes = composes || r >= utf8.RuneSelf
			b.WriteRune(unicode.ToLower(r))
		case i > 0 && joins(before, r, s[i:]):
			b.WriteString(joint(r, after(s[i:])))
		default:
			gap = true
		}
		before = r
	}
	if !composes {
		return b.String()
	}
	return norm.NFKC.String(b.String()) // a small letter may compose where the capital didn't
}

// after is the rune after the first one of s, 0 if there is none.
func after(s string) rune {
	_, size := utf8.DecodeRuneInString(s)
	r, size := utf8.DecodeRuneInString(s[size:])
	if size == 0 {
		return 0
	}
	return r
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
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// joins reports whether the mark that s begins with stands inside a word: an
// apostrophe between letters (Shi'ite), a mark between digits (5,200), the
// dots of an abbreviation (U.S).
func joins(before, mark rune, s string) bool {
	switch mark {
	case '\'', '’', '‘', 'ʼ', '`', '´':
		return unicode.IsLetter(before) && unicode.IsLetter(after(s))
	case ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after(s))
	case '.':
		next := after(s)
		return unicode.IsDigit(before) && unicode.IsDigit(next) ||
			unicode.IsUpper(before) && unicode.IsUpper(next)
	}
	return false
}

// words is the words of Normalise(s).
func words(s string) []string { return strings.Fields(Normalise(s)) }
