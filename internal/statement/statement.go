// Package statement finds the statements of an article and attributes each
// to its speaker and holder: quotes, reported clauses, half-quoted clauses and
// acts (labelling guide, sections 2 to 4).
//
//	for _, s := range statement.Find(doc, topic, resolver) {
//		doc.Body[s.Start:s.End] // the span
//		s.Holder.Name           // whose position
//		s.Rule                  // the rule that attributed it
//	}
//
// Finding is total: any document has some number of statements. Package
// statement judges nothing: stance and sentiment belong to package model.
package statement

import (
	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// A Kind is how a statement is reported.
type Kind string

// The kinds, in the contract's order.
const (
	Direct   Kind = "direct"
	Indirect Kind = "indirect"
	Mixed    Kind = "mixed"
	Act      Kind = "act"
)

// Kinds lists the kinds in the contract's order.
var Kinds = []string{string(Direct), string(Indirect), string(Mixed), string(Act)}

// A Voice tells whose judgement a statement without attribution is.
type Voice string

// The voices, in the contract's order.
const (
	NoVoice  Voice = "none"
	Author   Voice = "author"
	Narrator Voice = "narrator"
)

// Voices lists the voices in the contract's order.
var Voices = []string{string(NoVoice), string(Author), string(Narrator)}

// A Statement is one contiguous span that carries one position of one holder.
// Joint holders are Statements of the same span.
type Statement struct {
	text.Span             // into the field's text
	Field     string      // text.FieldBody or text.FieldTitle
	Segments  []text.Span // the pieces of an interrupted quote; at least one, the first starts at Start, the last ends at End
	Kind      Kind
	Cue       text.Span // the reporting or act verb; empty if none
	Speaker   text.Span // the words that name the source; empty if none

	Actor      actor.Actor // the source, canonical
	Holder     actor.Actor // whose position it is
	ReportedBy actor.Actor // zero if Actor speaks for itself
	Voice      Voice
	Headline   bool
	Secondary  bool

	Paragraph int     // index into the field's Document.Paragraphs
	Rule      string  // the attribution rule that answered
	Score     float64 // 0..1, how often that rule is right
}

// OwnWords reports whether the holder speaks for himself (guide, section 9).
func (s Statement) OwnWords() bool { return s.Actor.Is(s.Holder) }
