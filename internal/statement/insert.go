package statement

import (
	"strings"
	"unicode"

	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// What stands in an article without being its text: embedded posts, and
// quotations set apart.

// inserts gives them to whom their signature names.
func (r *reading) inserts() {
	for p, para := range r.doc.Paragraphs {
		if para.Layout != text.Post && para.Layout != text.PullQuote || !r.prose(p) {
			continue
		}
		m, ok := actor.Mention{}, false
		if !para.Label.Empty() {
			m, ok = r.labelled(para.Label)
		}
		switch {
		case ok:
			r.owner[p] = r.speaker(m)
		case para.Layout == text.PullQuote:
			r.owner[p] = pulled
		}
	}
}

// unlabelled is what of tokens [first, end) of paragraph p is said, without
// the name of who says it.
func (r *reading) unlabelled(p, first, end int) (int, int) {
	para := r.doc.Paragraphs[p]
	if para.Label.Empty() || !para.Contains(para.Label) {
		return first, end
	}
	from, to := r.doc.TokensIn(para.Label)
	if para.Layout == text.Post {
		if from > first && r.doc.Tokens[from-1].Kind == text.Punct {
			from--
		}
		return first, from
	}
	first = to
	for first < end && (r.low[first] == ":" || r.low[first] == "." || emphatic(r.low[first])) {
		first++
	}
	for end > first && emphatic(r.low[end-1]) {
		end--
	}
	return first, end
}

// emphatic: a token of signs that set words off, "**".
func emphatic(w string) bool { return strings.Trim(w, text.Emphases) == "" }

// pulls makes a statement of each quotation set apart that is not signed: its
// source is that of the statement which it repeats.
func (r *reading) pulls() {
	for p, o := range r.owner {
		if o != pulled {
			continue
		}
		para := r.doc.Paragraphs[p]
		words := lettersOf(para.In(r.doc.Body))
		for k := range r.out {
			if s := r.out[k]; s.Paragraph != p && strings.Contains(lettersOf(s.In(r.doc.Body)), words) {
				st := Statement{Kind: Direct, Rule: s.Rule, Span: para.Span, Paragraph: p}
				r.emit(st, &event{mentions: []actor.Mention{{Span: s.Speaker, Actor: s.Actor}}}, nil)
				break
			}
		}
	}
}

// lettersOf is s without marks and spaces, in small letters.
func lettersOf(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, s)
}
