package features

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"standpoint/internal/text"
	"standpoint/internal/wordpiece"
)

// SequenceVersion numbers the layout: an encoder trained under another one is
// refused.
//
//	1  [CLS] holder (country) on US troops in host [SEP] before [unused0] statement [unused1] after [SEP]
const SequenceVersion = 1

// Limits of a Sequence, in tokens. Labelled statements have 22 in the median
// and 89 at the 90th percentile; most of the time goes into what is around
// them.
const (
	mostQuestion  = 32
	mostStatement = 96
	mostContext   = 56
	contextBytes  = 500 // of the field on either side: more than fits
)

// A Sequence is an Instance as an encoder reads it: the question, then the
// statement between two marks in the words around it.
type Sequence struct {
	IDs, Types []int32
	Pooled     [3][2]int   // token ranges: the opening token, the opening mark, the statement
	Source     []text.Span // for each token its bytes in the field's document; empty for the question and special tokens
}

// A Sequencer lays Instances out for one vocabulary. It is safe for concurrent
// use.
type Sequencer struct {
	tokenizer  *wordpiece.Tokenizer
	open, shut int32
	types      bool
}

// NewSequencer lays out for an encoder with token types or without. It fails on
// a vocabulary without free tokens for the marks.
func NewSequencer(t *wordpiece.Tokenizer, types bool) (*Sequencer, error) {
	s := &Sequencer{tokenizer: t, types: types}
	for name, id := range map[string]*int32{"[unused0]": &s.open, "[unused1]": &s.shut} {
		var ok bool
		if *id, ok = t.ID(name); !ok {
			return nil, fmt.Errorf("the vocabulary has no %s to mark the statement with", name)
		}
	}
	return s, nil
}

// Sequence lays an Instance out. The same Instance gives the same Sequence.
func (s *Sequencer) Sequence(in Instance) Sequence {
	var q Sequence
	q.add(s.tokenizer.CLS())
	for _, t := range head(s.tokenizer.Encode(nil, question(in)), mostQuestion) {
		q.add(t.ID)
	}
	q.add(s.tokenizer.SEP())
	first := len(q.IDs)
	span := in.Statement.Span
	statement := middle(s.encode(in.Doc.Body, span), mostStatement)
	before, after := s.around(in.Doc.Body, span, mostContext)
	q.append(before)
	mark := len(q.IDs)
	q.add(s.open)
	q.append(statement)
	q.add(s.shut)
	q.append(after)
	q.add(s.tokenizer.SEP())
	if s.types {
		q.Types = make([]int32, len(q.IDs))
		for i := first; i < len(q.Types); i++ {
			q.Types[i] = 1
		}
	}
	q.Pooled = [3][2]int{{0, 1}, {mark, mark + 1}, {mark + 1, max(mark+1+len(statement), mark+2)}}
	return q
}

// question says whose position on what is asked.
func question(in Instance) string {
	holder := &in.Statement.Holder
	who := holder.Name
	if holder.Country != "" && !strings.Contains(who, holder.Country) {
		who += " (" + holder.Country + ")"
	}
	return who + " on US troops in " + cmp.Or(strings.ReplaceAll(in.Host, "/", ", "), "the region")
}

// around is the tokens before and after the statement: two thirds of the room
// for what comes before, and what one side leaves for the other.
func (s *Sequencer) around(body string, span text.Span, room int) (before, after []wordpiece.Token) {
	from := wordBorder(body, max(0, span.Start-contextBytes))
	to := min(len(body), span.End+contextBytes)
	before, after = s.encode(body, text.Span{Start: from, End: span.Start}), s.encode(body, text.Span{Start: span.End, End: to})
	right := min(len(after), max(room/3, room-len(before)))
	after = head(after, right)
	before = before[max(0, len(before)-(room-right)):]
	return before, after
}

// wordBorder is the first byte at or after at that no word runs over.
func wordBorder(body string, at int) int {
	if at == 0 {
		return 0
	}
	if i := strings.IndexByte(body[at:], ' '); i >= 0 {
		return at + i
	}
	return at
}

// encode is the tokens of a part of the body, in bytes of the body.
func (s *Sequencer) encode(body string, span text.Span) []wordpiece.Token {
	tokens := s.tokenizer.Encode(nil, span.In(body))
	for i := range tokens {
		tokens[i].Start += span.Start
		tokens[i].End += span.Start
	}
	return tokens
}

func head(tokens []wordpiece.Token, most int) []wordpiece.Token {
	return tokens[:min(len(tokens), max(most, 0))]
}

// middle leaves the middle out of what is too long: who wants what mostly
// stands first, and what is wanted last.
func middle(tokens []wordpiece.Token, most int) []wordpiece.Token {
	if len(tokens) <= most {
		return tokens
	}
	first := most * 2 / 3
	return append(tokens[:first:first], tokens[len(tokens)-(most-first):]...)
}

func (q *Sequence) add(id int32) {
	q.IDs = append(q.IDs, id)
	q.Source = append(q.Source, text.Span{})
}

func (q *Sequence) append(tokens []wordpiece.Token) {
	for _, t := range tokens {
		q.IDs = append(q.IDs, t.ID)
		q.Source = append(q.Source, text.Span{Start: t.Start, End: t.End})
	}
}

// Words are the token ranges of the words of the statement and around it.
func (q *Sequence) Words() [][2]int {
	var out [][2]int
	for i, s := range q.Source {
		switch last := len(out) - 1; {
		case s.Empty():
		case last >= 0 && out[last][1] == i && q.Source[i-1].End == s.Start:
			out[last][1] = i + 1
		default:
			out = append(out, [2]int{i, i + 1})
		}
	}
	return out
}

// Bytes are those of a token range in the field's document.
func (q *Sequence) Bytes(tokens [2]int) text.Span {
	return text.Span{Start: q.Source[tokens[0]].Start, End: q.Source[tokens[1]-1].End}
}

// Mask is a copy of q with the tokens of a range hidden.
func (s *Sequencer) Mask(q Sequence, tokens [2]int) Sequence {
	q.IDs = slices.Clone(q.IDs)
	for i := tokens[0]; i < tokens[1]; i++ {
		q.IDs[i] = s.tokenizer.MASK()
	}
	return q
}
