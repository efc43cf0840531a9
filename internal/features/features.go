// Package features is the one door between reading and judging: it turns a
// located statement into an Instance, the same for gold, for quotes given as
// rows and for runs, so that training and serving cannot differ.
//
//	in := features.New(doc, s, "Iraq")
//	v := features.Sparse(in) // for the linear model
//
// An Instance points at its passage, so that a model which encodes passages
// can encode one once for all its statements.
package features

import (
	"standpoint/internal/statement"
	"standpoint/internal/text"
)

// An Instance is one statement to be judged for one holder and host country.
type Instance struct {
	Doc       *text.Document // the field's document: Doc.Body holds all spans below
	Passage   text.Span      // the paragraph the statement starts in, extended to its end
	Before    text.Span      // the sentence before the statement's sentence, within the passage or the paragraph before; may be empty
	Statement statement.Statement
	Host      string // "Iraq", "Japan/Okinawa", or ""
	Side      string // of the holder, relative to Host
}

// Text is the statement's span as published.
func (in Instance) Text() string { return in.Statement.Span.In(in.Doc.Body) }

// New makes the Instance of statement s of doc for a host country. For a
// statement of the title it points at the title's own document.
func New(doc *text.Document, s statement.Statement, host string) Instance {
	if s.Field == text.FieldTitle && doc.Field != text.FieldTitle && doc.Head != nil {
		doc = doc.Head
	}
	in := Instance{Doc: doc, Statement: s, Host: host, Side: s.Holder.Side(host)}
	in.Passage = s.Span
	first := doc.ParagraphAt(s.Start)
	if first < 0 {
		return in
	}
	p := doc.Paragraphs[first]
	in.Passage.Start = p.Start
	in.Passage.End = max(s.End, p.End)
	if last := doc.ParagraphAt(s.End - 1); last > first {
		in.Passage.End = max(in.Passage.End, doc.Paragraphs[last].End)
	}
	in.Before = sentenceBefore(doc, p, first, s.Start)
	return in
}

// sentenceBefore is the last sentence that ends at or before start, in
// paragraph p or else the one before it.
func sentenceBefore(doc *text.Document, p text.Paragraph, i, start int) text.Span {
	for k := p.EndSentence - 1; k >= p.FirstSentence; k-- {
		if doc.Sentences[k].End <= start {
			return doc.Sentences[k].Span
		}
	}
	if i > 0 {
		if q := doc.Paragraphs[i-1]; q.EndSentence > q.FirstSentence && q.Class != text.Boilerplate {
			return doc.Sentences[q.EndSentence-1].Span
		}
	}
	return text.Span{}
}
