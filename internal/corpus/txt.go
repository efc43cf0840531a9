package corpus

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// text yields a plain text: the body is the whole of it.
func (r *reader) text(input string, src io.Reader) error {
	// UTF-16 takes two bytes for one of UTF-8, and a mark.
	data, over, err := readUpTo(src, 2*r.opt.MaxText+4)
	switch {
	case err != nil:
		return r.broken(input, data, readErrorKind(err), reasonOf(err).Error())
	case over:
		return r.broken(input, data, r.opt.overText(), "")
	case r.opt.Quotes && len(data) > 0:
		return r.broken(input, data, noQuoteColumns, "a text, not a table with the columns actor and text")
	}
	return r.yield(Article{Input: input, raw: data, pending: func(a *Article) {
		body, err := decodeText(data)
		if err != nil {
			a.fail(notText, err.Error())
			return
		}
		a.Body = body
		a.readTop()
	}})
}

const (
	topLines     = 14  // non-blank lines in which headline and date are looked for
	maxHeadline  = 200 // bytes
	minHeadWords = 4   // fewer are a site's navigation, or a headline only where nothing better follows
)

// A topLine is a non-blank line near the top of a text.
type topLine struct {
	text  string
	blank bool // a blank line, or the end, follows
}

// readTop takes title and dates from the first lines of a plain text.
func (a *Article) readTop() {
	top := firstLines(a.Body)
	head := headline(top)
	if head >= 0 {
		a.Title = top[head].text
	}
	a.datesOf(top, head)
}

// firstLines is the first non-blank lines of body, trimmed.
func firstLines(body string) []topLine {
	var top []topLine
	for line := range strings.SplitAfterSeq(strings.TrimPrefix(body, "\ufeff"), "\n") {
		text := strings.TrimSpace(line)
		switch {
		case text != "" && len(top) == topLines:
			return top
		case text != "":
			top = append(top, topLine{text: text})
		case len(top) > 0:
			top[len(top)-1].blank = true
		}
	}
	if len(top) > 0 {
		top[len(top)-1].blank = true
	}
	return top
}

// headline is the index of the headline among the lines at the top, or -1.
// It is the first line that looks like one; words of navigation may stand
// before it. A short first line is one only where nothing better follows.
func headline(top []topLine) int {
	for i, line := range top {
		if isProse(line.text) || i == len(top)-1 {
			break
		}
		if countWords(line.text) >= minHeadWords && !isDateLine(line.text) {
			return i
		}
	}
	if len(top) > 1 && top[0].blank && !isProse(top[0].text) && !isDateLine(top[0].text) {
		return 0
	}
	return -1
}

// isProse tells running text from a headline: it is long, or ends a sentence.
func isProse(line string) bool {
	return len(line) > maxHeadline || endsSentence(line)
}

// endsSentence reports a full stop after a word of small letters, within
// quotation marks or not: headlines have none, "in the U.S." is no end.
func endsSentence(line string) bool {
	line = strings.TrimRight(line, "\"'”’»)")
	if !strings.HasSuffix(line, ".") || strings.HasSuffix(line, "...") {
		return false
	}
	word := strings.TrimSuffix(line, ".")
	last := word[strings.LastIndexByte(word, ' ')+1:]
	small := strings.IndexFunc(last, unicode.IsLower) >= 0 || strings.IndexFunc(last, unicode.IsDigit) >= 0
	return small && !strings.Contains(last, ".")
}

// countWords counts the words of text: runs without space that hold a letter
// or digit.
func countWords(text string) int {
	n, in := 0, false
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		switch {
		case r == ' ' || r == '\n' || r >= utf8.RuneSelf && unicode.IsSpace(r) || r == '\t' || r == '\r':
			in = false
		case !in && (r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9' || r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))):
			in = true
			n++
		}
	}
	return n
}
