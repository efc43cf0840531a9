package text

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// New reads an article. Title may be empty; where one of the first lines of
// the body prints it, that line is the headline and Head stays nil.
func New(title, body string) *Document {
	d := &Document{Title: title, Body: body, Lower: lowerASCII(body), Field: FieldBody}
	d.Lines = cutLines(body)
	blocks := cutBlocks(body, d.Lower, d.Lines)
	turns := setTurns(blocks)
	if turns == "" {
		setInserts(d.Lower, blocks)
	}
	classify(d, blocks, title)
	d.fill(blocks)
	d.Genre = genreOf(d, turns)
	if strings.TrimSpace(title) != "" && !d.prints(Headline) {
		d.Head = newHead(title)
	}
	return d
}

// newHead is a title as a document of its own.
func newHead(title string) *Document {
	d := &Document{Title: title, Body: title, Lower: lowerASCII(title), Field: FieldTitle, Genre: News}
	d.Lines = cutLines(title)
	for i := range d.Lines {
		if d.Lines[i].Class != Blank {
			d.Lines[i].Class = Headline
		}
	}
	d.fill([]block{{first: 0, end: len(d.Lines), Span: trim(title, Span{0, len(title)}), class: Headline}})
	return d
}

// fill makes paragraphs, tokens, quotations and sentences of classed blocks.
func (d *Document) fill(blocks []block) {
	d.Paragraphs = make([]Paragraph, 0, len(blocks))
	for i := range blocks {
		if b := &blocks[i]; b.class != Blank && !b.Empty() {
			d.Paragraphs = append(d.Paragraphs, Paragraph{Span: b.Span, Class: b.class, Layout: b.layout, Label: b.label})
		}
	}
	d.Tokens = cutTokens(d.Body, d.Lower)
	cutSentences(d)
	d.Quotations = pairQuotations(d)
}

// prints reports whether the document has a paragraph of class c.
func (d *Document) prints(c Class) bool {
	for _, p := range d.Paragraphs {
		if p.Class == c {
			return true
		}
	}
	return false
}

// Headline is the headline that the body prints, or "".
func (d *Document) Headline() string {
	for _, p := range d.Paragraphs {
		if p.Class == Headline {
			return p.In(d.Body)
		}
	}
	return ""
}

// SentenceAt is the index of the sentence that holds byte i, or of the next
// one; len(Sentences) past the last.
func (d *Document) SentenceAt(i int) int {
	return sort.Search(len(d.Sentences), func(k int) bool { return d.Sentences[k].End > i })
}

// TokenAt is the index of the token that holds byte i, or of the next one;
// len(Tokens) past the last.
func (d *Document) TokenAt(i int) int {
	return sort.Search(len(d.Tokens), func(k int) bool { return d.Tokens[k].End > i })
}

// TokensIn gives the range [first, end) of tokens that start in s.
func (d *Document) TokensIn(s Span) (first, end int) {
	first = sort.Search(len(d.Tokens), func(k int) bool { return d.Tokens[k].Start >= s.Start })
	end = first + sort.Search(len(d.Tokens)-first, func(k int) bool { return d.Tokens[first+k].Start >= s.End })
	return first, end
}

// Word is the text of token i.
func (d *Document) Word(i int) string { return d.Tokens[i].In(d.Body) }

// Low is the text of token i with its ASCII letters small.
func (d *Document) Low(i int) string { return d.Tokens[i].In(d.Lower) }

// lowerASCII makes ASCII letters small, so that no byte moves.
func lowerASCII(t string) string {
	var b strings.Builder
	b.Grow(len(t))
	done := 0
	for i := 0; i < len(t); i++ {
		if c := t[i]; 'A' <= c && c <= 'Z' {
			b.WriteString(t[done:i])
			b.WriteByte(c + 'a' - 'A')
			done = i + 1
		}
	}
	b.WriteString(t[done:])
	return b.String()
}

// Trim cuts white space off both ends of s.
func (d *Document) Trim(s Span) Span { return trim(d.Body, s) }

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func trim(t string, s Span) Span {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(t[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(t[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= n
	}
	return s
}
