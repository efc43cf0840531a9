package annotate

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"standpoint/internal/text"
)

// A unit is what a tool counts its offsets in.
type unit int

const (
	points  unit = iota // Unicode code points: Python
	utf16s              // UTF-16 code units: JavaScript
	octets              // bytes of UTF-8
	noUnits             // how many there are
)

// of is how many units the code point r takes.
func (u unit) of(r rune) int {
	switch u {
	case utf16s:
		return max(utf16.RuneLen(r), 1)
	case octets:
		return max(utf8.RuneLen(r), 1)
	}
	return 1
}

// count is byte offset i of s in units.
func (u unit) count(s string, i int) int {
	n := 0
	for _, r := range s[:i] {
		n += u.of(r)
	}
	return n
}

// byteAt is the byte of s at offset n; false if n lies outside s or inside a
// character.
func (u unit) byteAt(s string, n int) (int, bool) {
	at := 0
	for i, r := range s {
		if at == n {
			return i, true
		}
		at += u.of(r)
	}
	return len(s), at == n
}

// span is a span of s in units; false if it is none.
func (u unit) span(s string, start, end int) (text.Span, bool) {
	a, ok := u.byteAt(s, start)
	b, ok2 := u.byteAt(s, end)
	return text.Span{Start: a, End: b}, ok && ok2 && a < b
}

// locate finds the span [start, end) of s. Where the tool prints the words as
// well they decide: the unit in which the offsets give them, the tool's own
// first, or else the place nearest to the offsets where they stand.
func locate(s string, start, end int, own unit, words string) (text.Span, error) {
	span, ok := own.span(s, start, end)
	if words == "" {
		if !ok {
			return span, fmt.Errorf("offsets %d-%d lie outside the passage", start, end)
		}
		return span, nil
	}
	if ok && sameWords(span.In(s), words) {
		return span, nil
	}
	for u := range noUnits {
		if other, ok := u.span(s, start, end); ok && sameWords(other.In(s), words) {
			return other, nil
		}
	}
	near, found := nearest(s, words, span.Start)
	if !found {
		return span, fmt.Errorf("the words %.60q stand neither at %d-%d nor elsewhere in the passage", words, start, end)
	}
	return near, nil
}

// sameWords compares without regard to white space, which tools rewrite.
func sameWords(a, b string) bool { return a == b || squeeze(a) == squeeze(b) }

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// nearest is where words stand in s, white space aside, the place nearest to
// byte at.
func nearest(s, words string, at int) (text.Span, bool) {
	fields := strings.Fields(words)
	best, found := text.Span{}, false
	if len(fields) == 0 {
		return best, false
	}
	for from := 0; ; {
		i := strings.Index(s[from:], fields[0])
		if i < 0 {
			return best, found
		}
		start := from + i
		from = start + len(fields[0])
		if end, ok := follow(s, start, fields); ok && (!found || distance(start, at) < distance(best.Start, at)) {
			best, found = text.Span{Start: start, End: end}, true
		}
	}
}

// follow is where fields, parted by white space, end that begin at byte i.
func follow(s string, i int, fields []string) (int, bool) {
	for k, f := range fields {
		if k > 0 {
			rest := strings.TrimLeft(s[i:], " \t\n\u00a0")
			if len(rest) == len(s)-i {
				return 0, false
			}
			i = len(s) - len(rest)
		}
		if !strings.HasPrefix(s[i:], f) {
			return 0, false
		}
		i += len(f)
	}
	return i, true
}

func distance(a, b int) int { return max(a-b, b-a) }
