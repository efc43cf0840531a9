package features

import "unicode/utf8"

// maxStem is the longest word that is told from others of the same beginning.
const maxStem = 24

// stem writes the lower-case stem of an English word into buf: the same for
// withdraw, withdraws, withdrawing; leave, leaving. It is no linguist's stem;
// it only has to be stable.
func stem(w string, buf *[maxStem]byte) []byte {
	b := lowered(w, buf)
	if n := len(b); n > 2 && b[n-2] == '\'' && b[n-1] == 's' {
		b = b[:n-2]
	}
	if n := len(b); n > 1 && b[n-1] == '.' {
		b = b[:n-1]
	}
	if len(b) < 4 {
		return b
	}
	return dropEnding(b)
}

// lowered is w in small letters, curly apostrophes made straight, cut to fit.
func lowered(w string, buf *[maxStem]byte) []byte {
	b := buf[:0]
	for i := 0; i < len(w) && len(b) < maxStem; {
		c := w[i]
		switch {
		case c >= 'A' && c <= 'Z':
			b = append(b, c+'a'-'A')
		case c < utf8.RuneSelf:
			b = append(b, c)
		case len(w)-i >= 3 && w[i:i+3] == "’":
			b = append(b, '\'')
			i += 2
		default:
			b = append(b, c)
		}
		i++
	}
	return b
}

// dropEnding cuts -s, -ed, -ing, a final -e and a doubled consonant.
func dropEnding(b []byte) []byte {
	n := len(b)
	switch {
	case n > 4 && b[n-3] == 'i' && b[n-2] == 'e' && b[n-1] == 's':
		b = append(b[:n-3], 'y')
	case b[n-1] == 's' && b[n-2] != 's' && b[n-2] != 'u' && b[n-2] != 'i':
		b = b[:n-1]
	case n > 5 && string(b[n-3:]) == "ing":
		b = undouble(b[:n-3])
	case n > 4 && b[n-2] == 'e' && b[n-1] == 'd':
		b = undouble(b[:n-2])
		if k := len(b); k > 2 && b[k-1] == 'i' {
			b[k-1] = 'y'
		}
	}
	if n := len(b); n > 3 && b[n-1] == 'e' {
		b = b[:n-1]
	}
	return b
}

func undouble(b []byte) []byte {
	if n := len(b); n > 3 && b[n-1] == b[n-2] && b[n-1] != 'l' && b[n-1] != 's' {
		return b[:n-1]
	}
	return b
}

// FNV-1a, 64 bits: stable for ever, and quick on short words.
const (
	hashStart uint64 = 14695981039346656037
	hashPrime uint64 = 1099511628211
)

func hashBytes(b []byte) uint64 {
	h := hashStart
	for _, c := range b {
		h = (h ^ uint64(c)) * hashPrime
	}
	return h
}

func stemHash(w string) uint64 {
	var buf [maxStem]byte
	return hashBytes(stem(w, &buf))
}
