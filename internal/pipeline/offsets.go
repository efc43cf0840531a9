package pipeline

import (
	"unicode/utf8"

	"standpoint/internal/text"
)

// runes turns byte offsets into a text into code point offsets.
type runes struct {
	text  string
	marks []mark // the first rune at or after each multiple of blockSize; nil: ASCII
}

type mark struct{ byte, rune int }

const blockSize = 256

func newRunes(s string) runes {
	r := runes{text: s}
	if isASCII(s) {
		return r
	}
	n := 0
	for i := 0; i < len(s); n++ {
		if i >= len(r.marks)*blockSize {
			r.marks = append(r.marks, mark{i, n})
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return r
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// at is the number of code points before byte i, which starts a rune or ends
// the text.
func (r runes) at(i int) int32 {
	if r.marks == nil {
		return int32(i)
	}
	k := min(i/blockSize, len(r.marks)-1)
	if r.marks[k].byte > i {
		k--
	}
	m := r.marks[k]
	return int32(m.rune + utf8.RuneCountInString(r.text[m.byte:i]))
}

// span is s in code points; the empty span is 0, 0.
func (r runes) span(s text.Span) (start, end int32) {
	if s.Empty() {
		return 0, 0
	}
	return r.at(s.Start), r.at(s.End)
}

// contextSize is how many code points of context a row shows on either side.
const contextSize = 200

// contextBefore is what stands before span in doc: whole sentences of at most
// contextSize code points, or else words.
func contextBefore(doc *text.Document, span text.Span) string {
	limit := back(doc.Body, span.Start, contextSize)
	for _, s := range doc.Sentences {
		if s.Start >= limit && s.Start < span.Start {
			return doc.Body[s.Start:span.Start]
		}
	}
	return doc.Body[wordAfter(doc, limit, span.Start):span.Start]
}

// contextAfter is what stands after span in doc, cut likewise.
func contextAfter(doc *text.Document, span text.Span) string {
	limit := forth(doc.Body, span.End, contextSize)
	end := span.End
	for _, s := range doc.Sentences {
		if s.End > limit {
			break
		}
		end = max(end, s.End)
	}
	if end == span.End {
		end = wordBefore(doc, span.End, limit)
	}
	return doc.Body[span.End:end]
}

// back is the byte n code points before byte i of s, or 0.
func back(s string, i, n int) int {
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return i
}

// forth is the byte n code points after byte i of s, or its end.
func forth(s string, i, n int) int {
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return i
}

// wordAfter is the start of the first token in [from, to), or to.
func wordAfter(doc *text.Document, from, to int) int {
	for _, t := range tokensFrom(doc, from) {
		if t.Start >= from {
			return min(t.Start, to)
		}
	}
	return to
}

// wordBefore is the end of the last token in [from, to), or from.
func wordBefore(doc *text.Document, from, to int) int {
	end := from
	for _, t := range tokensFrom(doc, from) {
		if t.End > to {
			break
		}
		end = max(end, t.End)
	}
	return end
}

// tokensFrom is doc.Tokens from the first one that ends after byte i.
func tokensFrom(doc *text.Document, i int) []text.Token {
	lo, hi := 0, len(doc.Tokens)
	for lo < hi {
		if m := (lo + hi) / 2; doc.Tokens[m].End <= i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return doc.Tokens[lo:]
}
