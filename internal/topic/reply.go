package topic

import (
	"slices"
	"strings"

	"standpoint/internal/text"
)

// Paragraphs that don't name the forces belong to a passage before them where
// they answer it: the turn after a question, what is said of a request, a vote
// or an agreement told there, a quotation amid a run of passages. Of the
// labelled statements in such paragraphs four in five are on the topic.

// maxReplies is how many of them in a row belong to a passage.
const maxReplies = 2

// replies notes them.
func (r *reader) replies() {
	told := class(0) // deeds of the passages so far
	noted := make([]bool, len(r.doc.Paragraphs)+1)
	for _, n := range r.notes {
		noted[n.paragraph] = true
	}
	var all []note
	next, run := 0, 0
	for p := range r.doc.Paragraphs {
		if next < len(r.notes) && r.notes[next].paragraph == p {
			told |= r.deeds(p)
			all = append(all, r.notes[next])
			next, run = next+1, 0
			continue
		}
		if p > 0 && noted[p-1] && run < maxReplies && r.doc.Paragraphs[p].Class == text.Prose && r.answers(p, told, noted[p+1]) {
			noted[p] = true
			run++
			all = append(all, note{paragraph: p, reply: true})
		}
	}
	r.notes = all
}

// deeds are the kinds of deed that paragraph p tells of.
func (r *reader) deeds(p int) class {
	first, end := r.doc.TokensIn(r.doc.Paragraphs[p].Span)
	var all class
	for _, c := range r.classes[first:end] {
		all |= c
	}
	return all & deed
}

// answers reports whether paragraph p answers the one before it; before tells
// whether it stands before a passage too.
func (r *reader) answers(p int, told class, before bool) bool {
	para := r.doc.Paragraphs[p]
	if para.Layout == text.Turn && r.doc.Paragraphs[p-1].Layout == text.Question {
		return true
	}
	return before && r.quotes(p) || r.asked(p) || r.refers(p, told)
}

// quotes reports whether paragraph p opens with a quotation.
func (r *reader) quotes(p int) bool {
	w := r.doc.Paragraphs[p].In(r.doc.Body)
	return w[0] == '"' || strings.HasPrefix(w, "“")
}

// asked: "Asked about it, ...".
func (r *reader) asked(p int) bool {
	first, end := r.doc.TokensIn(r.doc.Paragraphs[p].Span)
	if first+2 >= end || r.doc.Word(first) != "Asked" || r.doc.Word(first+1) != "about" {
		return false
	}
	switch r.doc.Word(first + 2) {
	case "it", "that", "this":
		return true
	}
	return r.doc.Word(first+2) == "the" && first+3 < end && r.classes[first+3]&(deed|answer) != 0
}

// refers reports whether paragraph p speaks of "the vote", "this agreement",
// where one has been told of.
func (r *reader) refers(p int, told class) bool {
	first, end := r.doc.TokensIn(r.doc.Paragraphs[p].Span)
	for i := first + 1; i < end; i++ {
		if r.classes[i]&told != 0 && (definite(r.doc.Low(i-1)) || i-2 >= first && definite(r.doc.Low(i-2)) && r.doc.Tokens[i-1].Kind == text.Word) {
			return true
		}
	}
	return false
}

func definite(w string) bool { return w == "the" || w == "this" || w == "that" || w == "its" }

// answered is the question or request in the paragraph before p that p
// answers, if p opens with a quotation, is a turn, or speaks of it.
func (r *reader) answered(p int, reply bool) text.Span {
	d := r.doc
	if p == 0 || d.Paragraphs[p-1].Class == text.Boilerplate || !slices.ContainsFunc(r.notes, func(n note) bool { return n.paragraph == p-1 }) {
		return text.Span{}
	}
	if !reply && !r.quotes(p) && d.Paragraphs[p].Layout != text.Turn && !r.namesDeed(p) {
		return text.Span{}
	}
	before := d.Paragraphs[p-1]
	for s := before.EndSentence - 1; s >= before.FirstSentence; s-- {
		sent := d.Sentences[s]
		for i := sent.FirstToken; i < sent.EndToken; i++ {
			if r.classes[i]&answer != 0 || d.Word(i) == "?" {
				return sent.Span
			}
		}
	}
	return text.Span{}
}

// namesDeed: "the vote" in the first sentence of paragraph p.
func (r *reader) namesDeed(p int) bool {
	para := r.doc.Paragraphs[p]
	if para.FirstSentence == para.EndSentence {
		return false
	}
	sent := r.doc.Sentences[para.FirstSentence]
	for i := sent.FirstToken + 1; i < sent.EndToken; i++ {
		if r.classes[i]&(deed|answer) != 0 && definite(r.doc.Low(i-1)) {
			return true
		}
	}
	return false
}
