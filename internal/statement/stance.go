package statement

import (
	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// adjectiveAt reads an adjective of attitude behind a form of "be": "the Sunnis
// were deeply skeptical".
func (r *reading) adjectiveAt(sent text.Sentence, i int) (event, bool) {
	e := event{verb: verb{lemma: r.low[i], class: classAttitude, form: formThird, adjective: true}, first: i, last: i, shared: -1}
	be := -1
	for k := i - 1; k >= sent.FirstToken && k > i-6 && r.quote[k] == 0; k-- {
		w := r.low[k]
		if r.is(k, beForm) || links[w] {
			be = k
			break
		}
		if !r.is(k, auxiliary) && !adverb(w) && !degrees[w] {
			break
		}
	}
	if phrased := r.low[i-1] == "in" || r.low[i-1] == "at" || r.low[i-1] == "no"; phrased != inPhrases[r.low[i]] {
		return e, false
	}
	if be >= 0 && r.low[be] == "been" && (r.low[i] == "prepared" || r.low[i] == "determined" || r.low[i] == "settled") && !r.is(i+1, preposition) {
		return e, false // "the way has been prepared"
	}
	if be < 0 || r.low[be] == "being" || r.low[be] == "be" && !r.is(be-1, finite) || r.verbal(i) && i+1 < sent.EndToken && r.low[i+1] == "by" {
		return e, false
	}
	e.first = r.verbGroup(sent, be).first
	r.findSubject(sent, &e)
	return e, len(e.mentions) > 0
}

// inPhrases are nouns that report an attitude behind "in", "at" or "in no".
var inPhrases = readList("favor, favour, odds, hurry, mood, rush, doubt, agreement")

// links are verbs that join a subject to an adjective.
var links = readList("remain, remains, remained, feel, feels, felt, sound, sounds, sounded, grew, become, becomes, became, stay, stayed, look, looks, looked, seem, seems, seemed, appear, appears, appeared")

// degrees are words between the verb and the adjective.
var degrees = readList("more, less, most, least, very, so, too, quite, rather, somewhat, the, equally, far, in, at, noticeably, almost, evenly, much, as, well, no, any, not, ever")

// viewpoint: "in Park's view, …", "in the eyes of the Kurds, …": the sentence
// is the position of the one named. It gives the source as an event.
func (r *reading) viewpoint(sent text.Sentence) *event {
	k := sent.FirstToken
	if k+3 >= sent.EndToken || r.quote[k] != 0 || r.low[k] != "in" && r.low[k] != "for" && r.low[k] != "to" {
		return nil
	}
	if r.low[k] != "in" {
		if e := r.eyesOf(sent); e != nil {
			return e
		}
	}
	for j := k + 1; j < sent.EndToken && j < k+9; j++ {
		if r.quote[j] != 0 || r.doc.Tokens[j].Kind == text.Punct || r.is(j, finite) {
			return nil
		}
		if !viewNouns[r.low[j]] {
			continue
		}
		e := &event{verb: verb{lemma: "in view", class: classSay}, first: k, last: j, shared: -1}
		switch {
		case j+2 < sent.EndToken && r.low[j+1] == "of":
			e.setSubject(r, j+2, r.phraseEnd(sent, j+2))
			e.last = e.subject[1] - 1
		case possessive(r.low[j-1]) || owners[r.low[k+1]] && j <= k+3:
			e.setSubject(r, k+1, j)
		}
		if len(e.mentions) == 0 {
			return nil
		}
		return e
	}
	return nil
}

// eyesOf: "For the Kurds, the base is a promise": the one for whom something
// is what it is, as an event.
func (r *reading) eyesOf(sent text.Sentence) *event {
	k := sent.FirstToken
	ms := r.who.MentionsIn(r.span(k+1, min(sent.EndToken, k+12)))
	if len(ms) == 0 || ms[0].Rule == "pronoun" {
		return nil
	}
	switch m := ms[0]; m.Actor.Type {
	case actor.Person, actor.People, actor.Bloc, actor.Party, actor.Unnamed, actor.Government:
	default:
		return nil
	}
	last := r.doc.TokenAt(ms[0].End - 1)
	for j := k + 1; j <= last; j++ {
		if r.doc.Tokens[j].Kind == text.Punct && r.low[j] != "-" || r.is(j, preposition) && j > k+1 && r.low[j] != "of" {
			return nil
		}
	}
	from := last + 1
	for from < sent.EndToken && from < last+8 && r.low[from] != "," && !r.is(from, determiner|pronoun) && !r.upper(from) {
		from++
	}
	from += btoi(from < sent.EndToken && r.low[from] == ",")
	for j := from; j < sent.EndToken; j++ {
		if r.low[j] == ":" {
			return nil // what stands behind it says what it is
		}
	}
	for j := from + 1; j < sent.EndToken && j < from+8; j++ {
		if r.quote[j] != 0 || r.low[j] == "," {
			return nil
		}
		if r.is(j, finite) || r.isEvent(j) {
			if !r.is(j, beForm) && r.low[j] != "means" && r.low[j] != "remains" && r.low[j] != "meant" {
				return nil
			}
			return &event{verb: verb{lemma: "in view", class: classSay}, first: k, last: from - 1, mentions: ms[:1], subject: [2]int{k + 1, last + 1}, shared: -1}
		}
	}
	return nil
}

var (
	viewNouns = readList("view, opinion, words, eyes, judgment, judgement, telling, account, estimation, assessment, reading")
	owners    = readList("his, her, their, its")
)

// reportView makes the statement behind a viewpoint; it gives the token at
// which that ends, or -1.
func (r *reading) reportView(sent text.Sentence, e *event) int {
	first, end := e.last+1, r.stop(sent, e)
	if first < end && r.low[first] == "," {
		first++
	}
	if !r.says(first, end) || r.wholeQuotes(first, end) {
		return -1
	}
	st := Statement{Kind: Indirect, Rule: RuleAccording, Span: r.span(first, end), Cue: r.span(e.first, e.last+1), Paragraph: sent.Paragraph}
	r.kindOf(&st, first, end)
	r.emit(st, e, nil)
	return end
}

// positionNouns stand for what somebody holds: "the union's position is that".
var positionNouns = readList("position, view, opinion, question, demand, hope, message, argument, answer, reply, response, fear, aim, goal, request, point, condition, claim, belief, stance, line, verdict, warning, concern, complaint, reasoning, conclusion, contention, priority, plan, intention, wish, preference, instinct, inclination, conviction, promise, decision, proposal, hunch, suspicion, assumption")

// positions: "the union's position is that …".
func (r *reading) positions(sent text.Sentence) {
	for i := sent.FirstToken + 1; i+3 < sent.EndToken; i++ {
		if !r.is(i+1, beForm) || !positionNouns[r.low[i]] || r.quote[i] != 0 || r.low[i+2] != "that" && r.low[i+2] != "to" && r.low[i+2] != "whether" {
			continue
		}
		var ms []actor.Mention
		if owners[r.low[i-1]] {
			ms = r.who.ResolveAll(r.span(i-1, i))
		} else if possessive(r.low[i-1]) {
			ms = r.who.ResolveAll(r.span(r.phraseStart(sent, i-1), i))
		} else if r.upper(i - 1) {
			ms = r.who.MentionsIn(r.span(i-1, i)) // "the Omani reply"
		}
		if len(ms) == 0 || ms[0].Actor.Zero() || ms[0].Actor.Type == actor.Media {
			continue
		}
		first, end := i+2+btoi(r.low[i+2] == "that"), r.sentenceEnd(sent)
		if end-first < 3 || r.made(r.span(first, end)) {
			continue
		}
		st := Statement{Kind: Indirect, Rule: RulePosition, Span: r.span(first, end), Cue: r.span(i, i+1), Paragraph: sent.Paragraph}
		r.kindOf(&st, first, end)
		r.emit(st, &event{mentions: ms[:1]}, nil)
	}
}

// shares: a sentence about the shares of those asked, without a verb of the
// lexicon: "58 percent against, 25 percent in favor".
func (r *reading) shares(s int) {
	sent := r.doc.Sentences[s]
	if r.doc.Paragraphs[sent.Paragraph].Class != text.Prose {
		return
	}
	first, sided := -1, false
	for k := sent.FirstToken; k < sent.EndToken; k++ {
		if r.quote[k] != 0 {
			return
		}
		w := r.low[k]
		if first < 0 && (w == "percent" || w == "%" || w == "per" && k+1 < sent.EndToken && r.low[k+1] == "cent" || w == "majority" || w == "two-thirds") {
			first = k
		}
		sided = sided || sides[w]
	}
	if first < 0 || !sided || !r.inPoll(s) {
		return
	}
	from := sent.FirstToken
	for k := first; k > sent.FirstToken; k-- {
		if found := r.low[k]; found == "that" || found == "found" || found == "showed" || found == "said" || found == ":" {
			from = k + 1
			break
		}
	}
	span := r.span(from, r.sentenceEnd(sent))
	if span.Empty() || r.made(span) {
		return
	}
	m := actor.Mention{Actor: r.who.Respondents(r.span(first, first+1))}
	r.emit(Statement{Kind: Indirect, Rule: RulePoll, Span: span, Paragraph: sent.Paragraph}, &event{mentions: []actor.Mention{m}}, nil)
}

// sides are words that put those asked on a side.
var sides = readList("favor, favour, favored, favoured, favorable, favourable, support, supported, oppose, opposed, opposing, against, back, backed, approve, approved, disapprove, disapproved, opposition, rejection, want, wanted, prefer, preferred, think, thought, believe, believed, agree, agreed, disagree, say, said, no, yes, withdrawal, keep, stay, leave, undecided, rejecting, supporting, backing")

// inPoll reports whether sentence s or one of the three before it names a poll.
func (r *reading) inPoll(s int) bool {
	for i := s; i >= 0 && i > s-4; i-- {
		x := r.doc.Sentences[i]
		for k := x.FirstToken; k < x.EndToken; k++ {
			switch r.low[k] {
			case "poll", "polls", "survey", "surveys", "surveyed", "polled", "pollsters", "respondents", "pollster", "polling":
				return true
			}
		}
	}
	return false
}
