package statement

import (
	"strings"

	"standpoint/internal/actor"
	"standpoint/internal/text"
	"standpoint/internal/topic"
)

// accordingTo is "according to" in sent as an event whose subject is the
// source, or nil.
func (r *reading) accordingTo(sent text.Sentence) *event {
	for k := sent.FirstToken; k+2 < sent.EndToken; k++ {
		if r.low[k] == "according" && r.low[k+1] == "to" && r.quote[k] == 0 {
			e := &event{verb: verb{lemma: "according to", class: classSay}, first: k, last: k + 1, shared: -1}
			end := r.phraseEnd(sent, k+2)
			e.setSubject(r, k+2, end)
			for j := k + 3; j+1 < end && len(e.mentions) == 0; j++ {
				if r.low[j] == "from" || r.low[j] == "by" {
					e.setSubject(r, j+1, end) // "according to a readout from his office"
				}
			}
			if len(e.mentions) == 0 {
				return nil
			}
			return e
		}
	}
	return nil
}

// reportAccording makes the statement of the source, unless the clause is
// somebody's act or saying; it reports whether it made one.
func (r *reading) reportAccording(sent text.Sentence, acc *event, a, b int) bool {
	first, end := sent.FirstToken, acc.first
	if acc.first <= sent.FirstToken+1 {
		first, end = acc.subject[1], r.sentenceEnd(sent)
		if first < end && r.low[first] == "," {
			first++
		}
		for k := first; k < end; k++ {
			if r.low[k] == ";" && r.quote[k] == 0 {
				end = k
			}
		}
	} else if r.low[end-1] == "," {
		end--
	}
	for k := a; k < b; k++ {
		if e := &r.events[k]; len(e.mentions) > 0 && !e.media() && e.first >= first && e.first < end {
			return false
		}
	}
	if !r.clause(first, end) {
		return false
	}
	st := Statement{Kind: Indirect, Rule: RuleAccording, Span: r.span(first, end), Cue: r.span(acc.first, acc.last+1), Paragraph: sent.Paragraph}
	r.kindOf(&st, first, end)
	r.emit(st, acc, nil)
	return true
}

// colonHeadline: "Park: Troops must stay".
func (r *reading) colonHeadline(s int) {
	sent := r.doc.Sentences[s]
	if c := r.doc.Paragraphs[sent.Paragraph].Class; c != text.Headline && c != text.Subhead {
		return
	}
	for k := sent.FirstToken + 1; k < sent.EndToken && k < sent.FirstToken+6; k++ {
		if r.low[k] != ":" {
			continue
		}
		e := &event{sentence: s, first: k, last: k, shared: -1}
		e.setSubject(r, sent.FirstToken, k)
		end := r.sentenceEnd(sent)
		if len(e.mentions) == 0 || k+1 >= end || r.made(r.span(k+1, end)) {
			return
		}
		st := Statement{Kind: Indirect, Rule: RuleHeadline, Span: r.span(k+1, end), Paragraph: sent.Paragraph}
		r.kindOf(&st, k+1, end)
		r.emit(st, e, nil)
		return
	}
}

// made reports whether a statement overlaps s.
func (r *reading) made(s text.Span) bool {
	for k := len(r.out) - 1; k >= 0 && k >= len(r.out)-8; k-- {
		if r.out[k].Overlaps(s) {
			return true
		}
	}
	return false
}

// halfQuoted: a half-quoted sentence without a verb of saying goes on with the
// source of the sentence before it.
func (r *reading) halfQuoted() {
	by := r.lastBySentence()
	for q := range r.doc.Quotations {
		x := r.doc.Quotations[q]
		if !r.opaque(q) || !r.prose(x.Paragraph) || r.headline(x.Paragraph) {
			continue
		}
		s := r.doc.SentenceAt(x.Start)
		if s == 0 || s >= len(r.doc.Sentences) || by[s] != 0 || by[s-1] == 0 || r.doc.Sentences[s-1].Paragraph != x.Paragraph {
			continue
		}
		sent := r.doc.Sentences[s]
		prev := &r.out[by[s-1]-1]
		st := Statement{Kind: Mixed, Rule: RuleMixedNext, Span: r.span(sent.FirstToken, r.sentenceEnd(sent)), Paragraph: x.Paragraph}
		m := actor.Mention{Span: prev.Speaker, Actor: prev.Actor}
		r.emit(st, &event{mentions: []actor.Mention{m}}, nil)
		by[s] = by[s-1]
	}
}

// goesOnFree: a sentence in backshift without a source of its own goes on with
// what the source of the sentence before it said: "It would cost jobs."
func (r *reading) goesOnFree() {
	by := r.lastBySentence()
	for s := 1; s < len(r.doc.Sentences); s++ {
		sent := r.doc.Sentences[s]
		if by[s] != 0 || by[s-1] == 0 || r.doc.Sentences[s-1].Paragraph != sent.Paragraph || r.owner[sent.Paragraph] != 0 || r.doc.Paragraphs[sent.Paragraph].Class != text.Prose {
			continue
		}
		prev := &r.out[by[s-1]-1]
		if prev.Voice != NoVoice || prev.Headline || !r.backshifted(sent) {
			continue
		}
		st := Statement{Kind: Indirect, Rule: RuleFree, Span: r.span(sent.FirstToken, r.sentenceEnd(sent)), Paragraph: sent.Paragraph}
		r.kindOf(&st, sent.FirstToken, sent.EndToken)
		m := actor.Mention{Span: prev.Speaker, Actor: prev.Actor}
		r.emit(st, &event{mentions: []actor.Mention{m}}, nil)
		by[s] = len(r.out)
	}
}

// backshifted reports whether sent opens with a pronoun and its first finite
// verb is one of reported speech.
func (r *reading) backshifted(sent text.Sentence) bool {
	first := sent.FirstToken
	if !r.is(first, pronoun) && !freeOpeners[r.low[first]] && !contraction(r.low[first]) {
		return false
	}
	return r.shiftedBack(first, sent.EndToken)
}

// shiftedBack reports whether the first finite verb of tokens [first, end) is
// one of reported speech.
func (r *reading) shiftedBack(first, end int) bool {
	for k := first; k < end && k < first+14; k++ {
		w := r.low[k]
		switch {
		case r.quote[k] != 0, r.isEvent(k) && !r.is(k, finite), r.is(k, pastForm), k > first && r.verbal(k):
			return false
		case r.is(k, finite), contraction(w):
			return backshifts[strings.ReplaceAll(w, "’", "'")] || strings.HasSuffix(w, "'d") || strings.HasSuffix(w, "’d")
		}
	}
	return false
}

var (
	freeOpeners = readList("nothing, nobody, that, this, there, his, her, its, their, no")
	backshifts  = readList("would, wouldn't, could, couldn't, might, should, must, had, hadn't")
)

// lastBySentence gives for each sentence a statement that touches it, the last
// made: 1 + its index, 0 for none.
func (r *reading) lastBySentence() []int {
	by := make([]int, len(r.doc.Sentences))
	for k := range r.out {
		for s := r.doc.SentenceAt(r.out[k].Start); s < len(by) && r.doc.Sentences[s].Start < r.out[k].End; s++ {
			by[s] = k + 1
		}
	}
	return by
}

// author makes statements of the sentences in which the writer of an opinion
// piece judges the forces himself: in a passage, naming them, attributed to
// nobody.
func (r *reading) author(t topic.Topic) {
	by := r.lastBySentence()
	about := map[int]bool{}
	for _, p := range t.Passages {
		about[p.Paragraph] = true
	}
	writer := actor.Mention{Actor: r.who.AuthorActor()}
	for s, sent := range r.doc.Sentences {
		if by[s] != 0 || r.owner[sent.Paragraph] != 0 || !about[sent.Paragraph] || r.doc.Paragraphs[sent.Paragraph].Class != text.Prose || !r.judges(sent.FirstToken, sent.EndToken) && !r.onForces(sent) {
			continue
		}
		st := Statement{Kind: Indirect, Rule: RuleAuthor, Voice: Author, Span: r.span(sent.FirstToken, r.sentenceEnd(sent)), Paragraph: sent.Paragraph}
		r.emit(st, &event{mentions: []actor.Mention{writer}}, nil)
	}
}

// judges reports whether tokens [first, end) hold a writer's own verdict: what
// should be, an order, a word of judgement, what he or his side wants.
func (r *reading) judges(first, end int) bool {
	if f := firstWord(r, first, end); r.is(f, imperative) && r.low[f] != "let" {
		return true
	}
	for k := first; k < end; k++ {
		if r.quote[k] != 0 {
			continue
		}
		switch w := strings.ReplaceAll(r.low[k], "’", "'"); w {
		case "i", "we":
			if w == "we" && r.onTroops(first, end) {
				return true
			}
			if k+1 < end && wills[strings.ReplaceAll(r.low[k+1], "’", "'")] {
				return true
			}
		default:
			if verdicts[w] {
				return true
			}
		}
	}
	return false
}

// onForces reports whether forces or their presence are what sent speaks of,
// as of now: its subject, before a verb in the present.
func (r *reading) onForces(sent text.Sentence) bool {
	forces := false
	for k := sent.FirstToken; k < sent.EndToken && k < sent.FirstToken+12; k++ {
		switch {
		case r.quote[k] != 0 || r.is(k, pastForm) || k > sent.FirstToken && r.verbal(k):
			return false
		case r.is(k, finite):
			return forces && !pastFinite[r.low[k]]
		}
		forces = forces || r.is(k, forceNoun)
	}
	return false
}

var pastFinite = readList("was, were, had, did, wasn't, weren't, hadn't, didn't, wasn’t, weren’t, hadn’t, didn’t, went, came, took, left, said, made")

var (
	// wills are verbs with which a writer says what he wants or holds.
	wills = readList("want, need, prefer, hope, ask, believe, think, do, don't, can, cannot, can't, will, won't, would, wouldn't, should, must, owe, deserve, resent, share, support, oppose, reject, welcome, fear, doubt, expect")
	// verdicts are words by which a writer judges.
	verdicts = readList(`should, shouldn't, must, mustn't, ought, needn't, deserve, deserves, wrong, mistake, mistaken, folly, absurd, foolish, wise, unwise, reckless, necessary, unnecessary, illusion, myth,
remedy, shame, shameful, disgrace, disgraceful, disaster, disastrous, failure, dangerous, nonsense, rightly, wrongly, i'd, i'll, we'd, we'll, cheap, useless, pointless, futile, overdue, cost, costs, interest, interests, point, argument, principle, lesson, consent`)
)

// quotedHolder is whose position a quotation passes on: "The premier said …"
// in the words of his office.
func (r *reading) quotedHolder(t *turn) []actor.Mention {
	first, end := r.doc.TokensIn(t.segments[0])
	f := firstWord(r, first, end)
	ms := r.who.MentionsIn(r.span(f, min(f+12, end)))
	if len(ms) == 0 || len(t.mentions) == 0 || r.doc.TokenAt(ms[0].Start) > f+1 {
		return nil
	}
	m := ms[0]
	last := r.doc.TokenAt(m.End - 1)
	if r.is(last, pronoun) || r.low[last] == "nobody" || r.low[last] == "everybody" || r.low[last] == "everyone" || m.Actor.Zero() || m.Actor.ID == t.mentions[0].Actor.ID || m.Actor.Type == actor.Media {
		return nil
	}
	for k := last + 1; k < end && k < last+4; k++ {
		if r.is(k, beForm) {
			return nil
		}
		for _, v := range r.words[k].verbs {
			if v.class == classSay && v.form&(formPast|formThird) != 0 || v.lemma == "want" {
				return []actor.Mention{m}
			}
		}
		if !r.is(k, auxiliary) {
			break
		}
	}
	return nil
}
