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
	layout     Layout
	label      Span // of its turn, post or quotation
	signs      bool // it signs the block before it
	look
}

// A look is a text that many rules look at: what they ask of it is found out
// once.
type look struct {
	w         string
	low       string  // with ASCII letters small
	n         int     // words, 0 until counted
	running   verdict // running text
	furniture verdict // boilerplate by itself
}

// A verdict is the answer to a question, if it was asked.
type verdict uint8

const (
	unasked verdict = iota
	no
	yes
)

// of is v, found out by ask if it is still open.
func (v *verdict) of(ask func() bool) bool {
	if *v == unasked {
		*v = no
		if ask() {
			*v = yes
		}
	}
	return *v == yes
}

// words is the number of words, in the text's first 2,000 bytes.
func (l *look) words() int {
	if l.n == 0 {
		l.n = countFields(clip(l.w, 2000))
	}
	return l.n
}

// cutLines cuts t at line feeds; a carriage return before one is not part of
// the line.
func cutLines(t string) []Line {
	lines := make([]Line, 0, strings.Count(t, "\n")+1)
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
func cutBlocks(t, lower string, lines []Line) []block {
	wrapped := isWrapped(t, lines)
	blocks := make([]block, 0, len(lines))
	for i := 0; i < len(lines); {
		j := i + 1
		for lines[i].Class != Blank && j < len(lines) && readsOn(t, lines[j-1], lines[j], wrapped) {
			j++
		}
		for lines[i].Class != Blank {
			k := nextLine(lines, j)
			if k == j || k == len(lines) || !brokenOff(trim(t, lines[j-1].Span).In(t), trim(t, lines[k].Span).In(t)) {
				break
			}
			for j = k + 1; j < len(lines) && readsOn(t, lines[j-1], lines[j], wrapped); j++ {
			}
		}
		s := trim(t, Span{lines[i].Start, lines[j-1].End})
		blocks = append(blocks, block{Span: s, first: i, end: j, class: lines[i].Class, look: look{w: s.In(t), low: s.In(lower)}})
		i = j
	}
	return blocks
}

// nextLine is the first line from i on that is not blank.
func nextLine(lines []Line, i int) int {
	for i < len(lines) && lines[i].Class == Blank {
		i++
	}
	return i
}

// brokenOff reports whether b goes on with the sentence that a, a line before
// blank ones, breaks off.
func brokenOff(a, b string) bool {
	last, first := lastRune(a), firstRune(b)
	if len(a) <= 40 || len(b) < 12 || !unicode.IsLower(first) || !(unicode.IsLetter(last) || unicode.IsDigit(last) || last == ',') {
		return false
	}
	_, n := utf8.DecodeRuneInString(b)
	second := firstRune(b[n:])
	if byline(b) != "" {
		return false
	}
	_, chrome := starts.begin(lowerASCII(clip(b, 80)))
	return !chrome && (unicode.IsLower(second) || second == ' ') // not iPhone
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
