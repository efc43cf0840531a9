package features

import (
	"fmt"

	"standpoint/internal/actor"
	"standpoint/internal/labels"
	"standpoint/internal/statement"
	"standpoint/internal/text"
)

// Locate makes the statement that a unit of labels describes, so that gold
// and corrections take the same way to an Instance as what the rules find. It
// fails if the unit's spans lie outside the field's text or its text is not
// their slice.
func Locate(doc *text.Document, u labels.Unit, reg *actor.Registry) (statement.Statement, error) {
	field := u.Field
	if field == "" {
		field = text.FieldBody
	}
	body := doc.Body
	if field == text.FieldTitle && doc.Field != text.FieldTitle {
		if doc.Head == nil {
			return statement.Statement{}, fmt.Errorf("the article has no title of its own")
		}
		doc, body = doc.Head, doc.Head.Body
	}
	span := text.Span{Start: u.StartByte, End: u.EndByte}
	if !within(span, body) || span.Empty() {
		return statement.Statement{}, fmt.Errorf("bytes %d-%d lie outside the %s of %d bytes", span.Start, span.End, field, len(body))
	}
	if u.Text != "" && u.Text != span.In(body) {
		return statement.Statement{}, fmt.Errorf("bytes %d-%d of the %s are %q, not %q", span.Start, span.End, field, clip(span.In(body)), clip(u.Text))
	}
	s := statement.Statement{
		Span: span, Field: field, Segments: segmentsOf(u, span),
		Kind:      statement.Kind(u.Kind),
		Cue:       spanOrNone(u.CueStartByte, u.CueEndByte, body),
		Speaker:   spanOrNone(u.SpeakerStartByte, u.SpeakerEndByte, body),
		Actor:     reg.Canonical(u.Actor),
		Holder:    reg.Canonical(u.Holder),
		Voice:     statement.Voice(u.Voice),
		Headline:  u.IsHeadline,
		Secondary: u.IsSecondary,
		Paragraph: max(0, doc.ParagraphAt(span.Start)),
		Rule:      "given", Score: 1,
	}
	if u.Actor == "" {
		s.Actor = s.Holder
	}
	if u.ReportedBy != "" {
		s.ReportedBy = reg.Canonical(u.ReportedBy)
	}
	if s.Voice == "" {
		s.Voice = statement.NoVoice
	}
	return s, nil
}

// segmentsOf is the unit's segments where they fit its span, else the span.
func segmentsOf(u labels.Unit, span text.Span) []text.Span {
	var segs []text.Span
	at := span.Start
	for _, s := range u.Segments {
		if s[0] < at || s[1] < s[0] || s[1] > span.End {
			return []text.Span{span}
		}
		segs = append(segs, text.Span{Start: s[0], End: s[1]})
		at = s[1]
	}
	if len(segs) == 0 || segs[0].Start != span.Start || at != span.End {
		return []text.Span{span}
	}
	return segs
}

func spanOrNone(start, end int, body string) text.Span {
	if s := (text.Span{Start: start, End: end}); within(s, body) {
		return s
	}
	return text.Span{}
}

func within(s text.Span, body string) bool {
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(body)
}

// clip shortens s for a message.
func clip(s string) string {
	if len(s) > 60 {
		return s[:60] + "..."
	}
	return s
}
