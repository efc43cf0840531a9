package text

import (
	"unicode"
	"unicode/utf8"
)

// What an ASCII byte is to the rules; 0 for marks and control characters.
const (
	letter = 1 + iota
	digit
	space
)

var ascii = func() (kinds [utf8.RuneSelf]uint8) {
	for r := range kinds {
		switch c := rune(r); {
		case unicode.IsLetter(c):
			kinds[r] = letter
		case unicode.IsDigit(c):
			kinds[r] = digit
		case unicode.IsSpace(c):
			kinds[r] = space
		}
	}
	return kinds
}()

// kindAt is what the rune at the start of t is, and its length.
func kindAt(t string) (rune, uint8, int) {
	if c := t[0]; c < utf8.RuneSelf {
		return rune(c), ascii[c], 1
	}
	r, n := utf8.DecodeRuneInString(t)
	switch {
	case unicode.IsSpace(r):
		return r, space, n
	case unicode.IsLetter(r):
		return r, letter, n
	case unicode.IsDigit(r):
		return r, digit, n
	}
	return r, 0, n
}

// cutTokens cuts t into words, numbers and marks; lower is t in small letters.
func cutTokens(t, lower string) []Token {
	tokens := make([]Token, 0, len(t)/4+1)
	for i := 0; i < len(t); {
		r, kind, n := kindAt(t[i:])
		switch kind {
		case space:
			i += n
		case letter:
			j := wordEnd(t, i)
			tokens = append(tokens, newWord(lower, i, j))
			i = j
		case digit:
			j, kind := numberEnd(t, i)
			x := newWord(lower, i, j)
			x.Kind = kind
			tokens = append(tokens, x)
			i = j
		default:
			j := i + n
			for j < len(t) && t[j:min(j+n, len(t))] == t[i:i+n] && r != '"' && r != '\'' {
				j += n
			}
			x := newWord(lower, i, j)
			x.Kind = Punct
			tokens = append(tokens, x)
			i = j
		}
	}
	return tokens
}

func newWord(lower string, i, j int) Token {
	h := Hash(offset)
	for k := i; k < j; k++ {
		h = h.add(lower[k])
	}
	return Token{Span{i, j}, Word, h}
}

// wordEnd is the end of the word that starts at i. Apostrophes, hyphens, dots
// and ampersands stay inside a word where a letter or digit follows; the last
// dot of U.S. and of an initial belongs to it.
func wordEnd(t string, i int) int {
	start, part := i, i // part: where the letters since the last inner mark start
	for i < len(t) {
		if c := t[i]; c < utf8.RuneSelf {
			switch {
			case ascii[c] == letter || ascii[c] == digit:
				i++
				continue
			case c != '\'' && c != '-' && c != '&' && c != '.':
				return i
			}
		}
		r, n := utf8.DecodeRuneInString(t[i:])
		if n > 1 && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) {
			i += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(t[i+n:])
		inner := r == '\'' || r == '’' || r == '-' || r == '‑' || r == '&'
		if r == '.' {
			inner = oneLetter(t[part:i])
		}
		if !inner || !(unicode.IsLetter(next) || unicode.IsDigit(next)) {
			if r == '.' && oneLetter(t[part:i]) && unicode.IsUpper(firstRune(t[part:])) && (part > start || t[start:i] != "I") {
				i++
			}
			return i
		}
		i += n
		part = i
	}
	return i
}

func oneLetter(s string) bool {
	_, n := utf8.DecodeRuneInString(s)
	return n == len(s) && n > 0
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// numberEnd is the end of the number that starts at i, and what it is: a
// number with letters (9/11 apart) such as 1980s or 5-year is a word.
func numberEnd(t string, i int) (int, TokenKind) {
	kind := Number
	for i < len(t) {
		r, n := utf8.DecodeRuneInString(t[i:])
		if unicode.IsDigit(r) {
			i += n
			continue
		}
		next := firstRune(t[i+n:])
		switch {
		case unicode.IsLetter(r):
			kind = Word
		case (r == ',' || r == '.' || r == '/' || r == ':') && unicode.IsDigit(next):
		case (r == '-' || r == '\'' || r == '’') && (unicode.IsLetter(next) || unicode.IsDigit(next)):
			kind = Word
		default:
			return i, kind
		}
		i += n
	}
	return i, kind
}
