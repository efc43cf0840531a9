package pipeline

import (
	"standpoint/internal/table"
	"standpoint/internal/text"
)

// How many code points around a statement a person is shown at most. What a
// model reads of it, its paragraph and the sentence before, is nearly always
// inside: so a label learns from the same words as if the article were there.
const (
	shownBefore = 1500
	shownAfter  = 1000
)

// passageOf is the paragraphs around a row in its field, one before and one
// after them, and where they start.
func passageOf(a table.Article, r table.Statement) (passage string, at int) {
	span := text.Span{Start: int(r.StartByte), End: int(r.EndByte)}
	if r.Field == text.FieldTitle {
		return a.Title, 0
	}
	if a.Body == nil {
		return r.Text, span.Start
	}
	doc := text.New(a.Title, *a.Body)
	if len(doc.Paragraphs) == 0 || span.End > len(doc.Body) {
		return r.Text, span.Start
	}
	first := max(0, doc.ParagraphAt(span.Start)-1)
	last := min(len(doc.Paragraphs)-1, max(0, doc.ParagraphAt(max(span.Start, span.End-1)))+1)
	start, end := min(doc.Paragraphs[first].Start, span.Start), max(doc.Paragraphs[last].End, span.End)
	if limit := back(doc.Body, span.Start, shownBefore); limit > start {
		start = wordAfter(doc, limit, span.Start)
	}
	if limit := forth(doc.Body, span.End, shownAfter); limit < end {
		end = wordBefore(doc, span.End, limit)
	}
	return doc.Body[start:end], start
}
