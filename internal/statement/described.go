package statement

import (
	"strings"

	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// described makes an actor of a subject whom the resolver can't tell: people
// or a body by a noun of the lexicon, in the text's own words: "the base
// workers' union", "a municipal councillor".
// Whoever says something may be called by any noun but that of a thing.
func (r *reading) described(first, end int, says bool) []actor.Mention {
	if r.isShare(first, end) {
		return []actor.Mention{{Span: r.span(first, end), Actor: r.who.Respondents(r.span(first, end)), Rule: "poll"}}
	}
	head := r.headOf(first, end, says)
	if head < 0 {
		if says {
			if ms := r.properName(first, end); ms != nil {
				return ms
			}
		}
		return r.counted(first, end)
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
func (r *reading) headOf(first, end int, says bool) int {
	head, doers := -1, false
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
			if says && k > first && !r.upper(k) && len(r.low[k]) > 3 && !r.is(k, thingNoun|timeWord|pronoun) && !abstract(r.low[k]) && r.is(first, determiner) && !r.is(first, pronoun) {
				head = k
			}
			if says && agentive(r.low[k]) && !r.is(k, thingNoun|timeWord) && !r.upper(k) {
				head, doers = k, true
			}
		}
	}
	if doers && head >= 0 && first+4 > head {
		return head
	}
	if head < 0 || !r.is(first, determiner|peopleNoun) && !r.upper(first) && !r.is(head, peopleNoun) && r.doc.Tokens[first].Kind != text.Number && !possessive(r.low[first]) {
		return -1
	}
	return head
}

// agentive reports whether a noun in the plural looks like one of people by
// what they do: "planners", "motorists".
func agentive(w string) bool {
	if len(w) < 7 || notAgents[w] {
		return false
	}
	for _, s := range []string{"ers", "ors", "ists", "ians"} {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

var notAgents = readList("numbers, matters, quarters, headquarters, centers, borders, shelters, barriers, carriers, helicopters, choppers, bombers, fighters, chambers, corridors, posters, banners, stickers, ministers, factors, sectors, mirrors, harbors, computers, containers, frontiers, customers, trailers, disasters, figures, measures, monitors, dollars, semesters, chapters, registers, transfers, waters, rivers, winters, summers, advisers, clusters, errors, reactors, tractors, tankers, destroyers, cruisers, launchers, interceptors, sensors, observers")

// abstract reports whether a noun's ending is that of a thing's.
func abstract(w string) bool {
	for _, s := range []string{"tion", "sion", "ment", "ments", "ness", "ity", "ism", "ing", "ance", "ence", "ure", "age", "ions", "ly", "graph", "gram"} {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

// isShare reports whether a subject is a share of those asked: "only 5
// percent", "a third of voters".
func (r *reading) isShare(first, end int) bool {
	for k := first; k < end && k < first+6; k++ {
		switch r.low[k] {
		case "percent", "%", "respondents":
			return true
		case "majority", "third", "quarter", "half", "two-thirds":
			return (k+1 >= end || r.low[k+1] == "of" && k+2 < end && (r.low[k+2] == "those" || r.low[k+2] == "them")) && r.inPoll(r.doc.SentenceAt(r.doc.Tokens[k].Start))
		case "in", "of":
			if k > first && k+1 < end && numerals[r.low[k-1]] && numerals[r.low[k+1]] {
				return true // "four in five"
			}
		case "per":
			return k+1 < end && r.low[k+1] == "cent"
		}
		if r.is(k, preposition) && k > first+1 {
			return false
		}
	}
	return false
}

var numerals = readList("one, two, three, four, five, six, seven, eight, nine, ten, 10, 2, 3, 4, 5, 6, 7, 8, 9")

// counted takes the group named last for "two", "eight of them", "all nine".
func (r *reading) counted(first, end int) []actor.Mention {
	k := first
	if k < end-1 && (r.low[k] == "all" || r.low[k] == "only") {
		k++
	}
	if !countWords[r.low[k]] && r.doc.Tokens[k].Kind != text.Number || k+1 < end && r.low[k+1] != "of" {
		return nil
	}
	s := r.doc.SentenceAt(r.doc.Tokens[first].Start)
	for i := s; i >= 0 && i > s-3; i-- {
		ms := r.who.MentionsIn(text.Span{Start: r.doc.Sentences[i].Start, End: min(r.doc.Sentences[i].End, r.doc.Tokens[first].Start)})
		for n := len(ms) - 1; n >= 0; n-- {
			switch ms[n].Actor.Type {
			case actor.Bloc, actor.People, actor.Legislature, actor.Organisation, actor.Party:
				return []actor.Mention{{Span: r.span(first, end), Actor: ms[n].Actor, Rule: "counted"}}
			}
		}
	}
	return nil
}

// countWords are numbers that may stand for people.
var countWords = readList("two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, twenty, others, several, dozens, hundreds, thousands, another, both, most, few, neither, none")

// properName takes a name in capitals that the resolver doesn't know for an
// organisation's: "the WHO", "the World Food Program".
func (r *reading) properName(first, end int) []actor.Mention {
	k := first
	if r.low[k] == "the" {
		k++
	}
	capitals := 0
	for j := k; j < end && j < k+8; j++ {
		w := r.doc.Word(j)
		switch {
		case r.doc.Tokens[j].Kind != text.Word:
			return nil
		case !r.upper(j):
			if w != "of" && w != "for" && w != "and" && w != "the" {
				return nil
			}
		case len(w) > 2 && strings.ToUpper(w) == w:
			capitals += 2
		default:
			capitals++
		}
	}
	if capitals < 2 || k == first && capitals < 3 {
		return nil
	}
	return []actor.Mention{{Span: r.span(first, end), Actor: r.who.Named(r.span(k, end).In(r.doc.Body)), Rule: "name"}}
}
