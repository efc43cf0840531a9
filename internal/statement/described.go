package statement

import (
	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// described makes an actor of a subject whom the resolver can't tell: people
// or a body by a noun of the lexicon, in the text's own words: "the base
// workers' union", "a municipal councillor".
func (r *reading) described(first, end int) []actor.Mention {
	head := r.headOf(first, end)
	if head < 0 {
		return nil
	}
	from := first
	for from < head && (r.is(from, determiner) && !r.is(from, pronoun) || r.is(from, conjunctive) || r.doc.Tokens[from].Kind == text.Number) {
		from++
	}
	name := r.span(from, head+1).In(r.doc.Body)
	a := r.who.Described(name, r.is(head, personNoun))
	if a.Zero() {
		return nil
	}
	return []actor.Mention{{Span: r.span(first, head+1), Actor: a, Rule: "described"}}
}

// headOf is the token of the noun that heads [first, end), if it is one of
// those who can hold a position; -1 otherwise.
func (r *reading) headOf(first, end int) int {
	head := -1
	for k := first; k < end && k < first+12; k++ {
		if r.doc.Tokens[k].Kind == text.Punct && r.low[k] != "." && r.low[k] != "-" || r.quote[k] != 0 || r.is(k, finite|boundary) {
			break
		}
		if r.is(k, preposition) && k > first {
			break
		}
		if r.is(k, personNoun|peopleNoun|bodyNoun) {
			head = k
		} else if r.doc.Tokens[k].Kind == text.Word {
			head = -1
		}
	}
	if head < 0 || !r.is(first, determiner|peopleNoun) && !r.upper(first) && !r.is(head, peopleNoun) && r.doc.Tokens[first].Kind != text.Number && !possessive(r.low[first]) {
		return -1
	}
	return head
}
