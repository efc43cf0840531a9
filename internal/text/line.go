package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A block is a run of lines that read on as one text: a paragraph to be.
type block struct {
	Span
	first, end int // Lines[first:end]
	class      Class
}

// cutLines cuts t at line feeds; a carriage return before one is not part of
// the line.
func cutLines(t string) []Line {
	var lines []Line
	for i := 0; i < len(t); {
		j := strings.IndexByte(t[i:], '\n')
		next := len(t)
		if j >= 0 {
			next = i + j + 1
		}
		s := Span{i, next}
		if j >= 0 {
			s.End--
		}
		if s.End > s.Start && t[s.End-1] == '\r' {
			s.End--
		}
		l := Line{Span: s}
		if trim(t, s).Empty() {
			l.Class = Blank
		}
		lines = append(lines, l)
		i = next
	}
	return lines
}

// cutBlocks joins the lines of a text that was wrapped at a column, and lines
// broken inside a sentence.
func cutBlocks(t string, lines []Line) []block {
	wrapped := isWrapped(t, lines)
	var blocks []block
	for i := 0; i < len(lines); {
		j := i + 1
		for lines[i].Class != Blank && j < len(lines) && readsOn(t, lines[j-1], lines[j], wrapped) {
			j++
		}
		s := trim(t, Span{lines[i].Start, lines[j-1].End})
		blocks = append(blocks, block{Span: s, first: i, end: j, class: lines[i].Class})
		i = j
	}
	return blocks
}

// isWrapped reports whether most lines that are followed by a line are as long
// as a column, and none is much longer.
func isWrapped(t string, lines []Line) bool {
	full, inner := 0, 0
	for i := 0; i+1 < len(lines); i++ {
		n := trim(t, lines[i].Span).Len()
		if n > 120 {
			return false
		}
		if n == 0 || lines[i+1].Class == Blank {
			continue
		}
		inner++
		if n >= 50 {
			full++
		}
	}
	return inner >= 4 && full*10 >= inner*7
}

func readsOn(t string, a, b Line, wrapped bool) bool {
	if b.Class == Blank {
		return false
	}
	if wrapped {
		return trim(t, a.Span).Len() >= 40
	}
	last, _ := utf8.DecodeLastRuneInString(trim(t, a.Span).In(t))
	first, _ := utf8.DecodeRuneInString(trim(t, b.Span).In(t))
	return unicode.IsLower(first) && (unicode.IsLetter(last) || last == ',') && trim(t, a.Span).Len() > 40
}
