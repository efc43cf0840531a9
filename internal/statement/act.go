package statement

import (
	"sort"

	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// reportDone: an attitude or an act, from its subject or verb to the end of
// its clause.
func (r *reading) reportDone(sent text.Sentence, e *event, acc *event) int {
	end := r.stop(sent, e)
	if end <= e.last+1 && !e.passive && !(e.adjective && (r.poll(e) || bareAdjectives[e.lemma])) && !alone[e.lemma] && !answers[e.lemma] && e.lemma != "say" {
		return -1
	}
	st := Statement{Kind: Act, Rule: RuleActVerb, Cue: r.span(e.first, e.last+1), Paragraph: sent.Paragraph}
	first := e.first
	switch {
	case answers[e.lemma] || e.lemma == "say":
		st.Kind, st.Rule = Indirect, RuleAttitude
	case e.class == classAttitude && e.passive:
		st.Kind, st.Rule = Indirect, RuleAttitude
		if e.first > sent.FirstToken {
			first = r.phraseStart(sent, e.first-1)
		}
		if sides := e.lemma == "support" || e.lemma == "back" || e.lemma == "endorse" || e.lemma == "oppose" || e.lemma == "rule out"; sides && r.has(first, e.first, motion) {
			st.Kind, st.Rule = Act, RuleActPassive
		}
		end = min(e.subject[1], end)
	case e.class == classAttitude:
		st.Kind, st.Rule = Indirect, RuleAttitude
		if r.poll(e) || end-e.last <= 2 && e.shared < 0 && !e.gerund && e.subject[1] > 0 {
			first = r.actStart(e)
			if r.poll(e) || e.adjective {
				first = e.subject[0]
			}
		}
		if r.motionObject(e, end) && !r.poll(e) {
			st.Kind, st.Rule, first = Act, RuleActVerb, r.actStart(e)
		}
	case e.passive:
		st.Rule = RuleActPassive
		if e.first > sent.FirstToken {
			first = r.phraseStart(sent, e.first-1)
		}
		end = min(e.subject[1], end)
	case r.undone(e):
		st.Kind, st.Rule = Indirect, RuleAttitude
	case e.gerund && e.first > sent.FirstToken && r.low[e.first-1] == "to" && len(e.mentions) > 0 && r.doc.TokenAt(e.mentions[0].Start) >= sent.FirstToken && r.doc.TokenAt(e.mentions[0].Start) <= sent.FirstToken+2 && !e.mentions[0].Empty():
		first = sent.FirstToken // "thousands marched to demand"
	default:
		first = r.actStart(e)
	}
	if e.first-2 > sent.FirstToken && r.low[e.first-1] == "nor" && e.shared >= 0 && r.events[e.shared].last == e.first-2 {
		first = r.events[e.shared].first // "neither confirmed nor denied"
		first -= btoi(r.low[first-1] == "neither")
	}
	if first >= end || !r.troopActor(e) || e.deed && !r.doneToForces(e, end) || e.light && !r.actObject(e, end) {
		return -1
	}
	r.kindOf(&st, first, end)
	if st.Kind == Mixed {
		first = e.first
	}
	st.Span = r.span(first, end)
	if st.Kind == Indirect && (mental[e.lemma] || e.adjective) {
		st.Voice = Narrator
	}
	if acc == nil || acc.media() {
		r.emit(st, e, nil)
		return end
	}
	n := len(r.out)
	r.emit(st, e, nil)
	for i := n; i < len(r.out); i++ {
		r.out[i].ReportedBy = acc.mentions[0].Actor
	}
	return end
}

// undone: an act that somebody would or did not do, "did not call for a
// withdrawal", is a report of his attitude.
func (r *reading) undone(e *event) bool {
	for k := e.first; k < e.last; k++ {
		switch r.low[k] {
		case "would", "might", "could", "not", "never", "didn't", "doesn't", "don't", "didn’t", "doesn’t", "don’t", "wouldn't", "wouldn’t":
			return true
		}
	}
	return false
}

// bareAdjectives tell a position without what it is about: "the Sunnis were
// ambivalent".
var bareAdjectives = readList("skeptical, sceptical, ambivalent, wary, divided, split, hostile, opposed, delighted, content, unconvinced, persuaded, unpersuaded, supportive, critical, furious, nervous, uneasy, dismayed, unhappy, jubilant, indifferent, unimpressed, reluctant, unenthusiastic, enthusiastic, noncommittal, non-committal, lukewarm, alarmed, outraged, relieved, pleased, disappointed, appalled, cautious, unmoved, receptive, dismissive, grateful")

// alone are acts that need no object: "Seoul refused".
var alone = readList("resign, decline, refuse, comment, agree to, protest, sign, abstain, walk out, stay away, boycott, object, disagree, vote, withdraw, pull out")

// mental verbs are reports by the narrator, not of words.
var mental = map[string]bool{"want": true, "see": true, "view": true, "hope": true, "fear": true, "look to": true, "prefer": true, "need": true,
	"plan": true, "intend": true, "seem": true, "appear": true, "expect": true, "regard": true, "favor": true, "favour": true, "doubt": true, "consider": true,
	"wish": true, "love": true, "hate": true, "trust": true, "distrust": true, "hesitate": true, "worry": true, "regret": true}

// actStart is the subject's start where it stands before the verb without a
// comma between, otherwise the verb's.
func (r *reading) actStart(e *event) int {
	if e.apart || e.shared >= 0 || e.gerund || e.inverted || e.subject[1] == 0 {
		return e.first
	}
	first := e.subject[0]
	if len(e.mentions) > 0 && (r.is(first, preposition) || r.is(first, timeWord)) {
		first = max(first, r.doc.TokenAt(e.mentions[0].Start))
	}
	return first
}

// actObject reports whether the object of a light verb is an act: "made new
// demands".
func (r *reading) actObject(e *event, end int) bool {
	for k := e.last + 1; k < end && k < e.last+6; k++ {
		if r.is(k, actNoun) && !r.is(k+1, actNoun) {
			return true
		}
		if r.is(k, preposition|boundary) || r.doc.Tokens[k].Kind == text.Punct {
			return false
		}
	}
	return false
}

// doneToForces reports whether the object of a deed is forces or bases.
func (r *reading) doneToForces(e *event, end int) bool {
	for k := e.last + 1; k < end && k < e.last+9; k++ {
		if r.is(k, forceNoun) {
			return true
		}
		if r.is(k, boundary) || r.doc.Tokens[k].Kind == text.Punct || r.is(k, preposition) && k > e.last+1 && r.low[k] != "of" && r.low[k] != "from" {
			return false
		}
	}
	return false
}

// poll reports whether the subject is a share of people.
func (r *reading) poll(e *event) bool {
	for k := e.subject[0]; k < e.subject[1]; k++ {
		switch r.low[k] {
		case "percent", "%", "majority", "respondents", "per", "half", "third", "two-thirds", "quarter":
			return true
		}
	}
	return false
}

// motionObject: to support or oppose a motion, vote, decision or pact is an
// act.
func (r *reading) motionObject(e *event, end int) bool {
	switch e.lemma {
	case "support", "back", "endorse", "oppose":
	default:
		return false
	}
	for k := e.last + 1; k < end && k < e.last+6; k++ {
		if r.is(k, motion) {
			return true
		}
		if r.is(k, preposition) {
			return false
		}
	}
	return false
}

// troopActor keeps out forces that are sent or withdrawn by somebody: "the
// troops deployed last week".
func (r *reading) troopActor(e *event) bool {
	if e.class != classAct || e.subject[1] == 0 || e.shared >= 0 {
		return true
	}
	last := e.subject[1] - 1
	if !r.is(last, troopNoun) || r.upper(last) && e.lemma != "deploy" {
		return true // an army by its name may act
	}
	return willed[e.lemma]
}

// willed are the acts by which soldiers speak for themselves.
var willed = readList("refuse, ask, request, protest, reject, demand, vote, urge, plead, beg, accuse, blame, criticize, criticise, thank, praise, welcome, resign, threaten, vow, pledge, warn against")

// nestedVerb: an act of a named actor inside what another says, on the forces.
func (r *reading) nestedVerb(sent text.Sentence, e, outer *event) {
	if len(outer.mentions) == 0 || e.subject[1] == 0 || r.is(e.subject[1]-1, pronoun) || e.mentions[0].Actor.ID == outer.mentions[0].Actor.ID {
		return
	}
	end := r.stop(sent, e)
	if !r.onTroops(e.first, end) || !r.troopActor(e) || r.covers(r.span(r.actStart(e), end)) {
		return
	}
	st := Statement{Kind: Act, Rule: RuleActVerb, Span: r.span(r.actStart(e), end), Cue: r.span(e.first, e.last+1), Paragraph: sent.Paragraph}
	n := len(r.out)
	r.emit(st, e, nil)
	for i := n; i < len(r.out); i++ {
		r.out[i].ReportedBy = outer.mentions[0].Actor
	}
}

// actsOfOthers makes statements of the acts that a printed text reports: "the
// Senate voted to bring them home", in the words of the speaker.
func (r *reading) actsOfOthers(sent text.Sentence, a, b int, speaker actor.Mention) {
	by := event{mentions: []actor.Mention{speaker}}
	for k := a; k < b; k++ {
		e := &r.events[k]
		if e.class == classAct && !e.deed && e.shared < 0 && !e.gerund && len(e.mentions) > 0 && !e.media() && r.done(e) {
			r.nestedVerb(sent, e, &by)
		}
	}
}

// covers reports whether a statement has nearly this span already: its whole
// content.
func (r *reading) covers(s text.Span) bool {
	for k := len(r.out) - 1; k >= 0 && k >= len(r.out)-6; k-- {
		if r.out[k].IoU(s) > 0.85 {
			return true
		}
	}
	return false
}

func (r *reading) onTroops(first, end int) bool { return r.has(first, end, troopWord) }

// has reports whether a word of a class stands in tokens [first, end).
func (r *reading) has(first, end int, c wordClass) bool {
	for k := first; k < end; k++ {
		if r.is(k, c) {
			return true
		}
	}
	return false
}

// nestedActs: "the premier's request that …", "a vote by parliament to …" on
// the forces, outside and inside other statements.
func (r *reading) nestedActs() {
	own := make([]origin, 0, len(r.out))
	for _, i := range order(r.out) {
		o := &r.out[i]
		own = append(own, origin{Span: o.Span, at: i, holder: o.Holder.ID, rule: o.Rule, passed: !o.ReportedBy.Zero()})
	}
	for s := range r.doc.Sentences {
		sent := r.doc.Sentences[s]
		if !r.prose(sent.Paragraph) {
			continue
		}
		for i := sent.FirstToken; i < sent.EndToken; i++ {
			if r.is(i, actNoun|deedNoun) && !r.isEvent(i) {
				r.actNoun(sent, i, own)
			}
			if r.low[i] == "by" && i > sent.FirstToken+1 {
				r.actBy(sent, i, own)
			}
		}
	}
}

// An origin is a statement as it was made, before acts were found in it.
type origin struct {
	text.Span
	at           int // index into reading.out
	holder, rule string
	passed       bool // somebody else reports it
}

// actNoun makes the statement of the act noun at token i, if it names its
// holder and what it asks or decides about the forces.
func (r *reading) actNoun(sent text.Sentence, i int, own []origin) {
	first, next, m, ok := r.nounHolder(sent, i)
	if !ok || m.Actor.Zero() || m.Actor.Type == actor.Media {
		return
	}
	end := r.nounEnd(sent, next)
	if r.is(i, deedNoun) {
		if !possessive(r.low[r.doc.TokenAt(m.End-1)]) && next == i+1 {
			return
		}
		end = r.deedEnd(sent, next)
	}
	if end < next || end == next && !r.is(i, deedNoun) || !r.onTroops(i, end) {
		return
	}
	r.nest(Statement{Kind: Act, Rule: RuleActNoun, Span: r.span(first, end), Cue: r.span(i, i+1), Paragraph: sent.Paragraph}, m, own)
}

// deedEnd is where the phrase of a deed's noun ends: "Park's withdrawal of the
// brigade from the north".
func (r *reading) deedEnd(sent text.Sentence, next int) int {
	k := next
	for k < sent.EndToken && k < next+14 && r.quote[k] == r.quote[next-1] && r.doc.Tokens[k].Kind != text.Punct && !r.is(k, finite|boundary|pronoun|conjunctive) && !r.isEvent(k) && !r.is(k, pastForm) {
		k++
	}
	for k > next && r.is(k-1, preposition|determiner) {
		k--
	}
	if k > next && !r.is(next, preposition) {
		return next
	}
	return k
}

// makers are participles behind which "by" names whose act a thing is: "a bill
// introduced by Park to bring them home".
var makers = readList("introduced, sponsored, cosponsored, co-sponsored, offered, proposed, ordered, authored, announced, approved, requested, signed, drafted, submitted, adopted, passed, endorsed, filed, demanded, promised, pledged, imposed, co-authored, tabled, championed")

// actBy makes the statement of the act behind "by" at token i: its thing with
// what that asks, where it is about the forces.
func (r *reading) actBy(sent text.Sentence, i int, own []origin) {
	if !makers[r.low[i-1]] || r.is(i-2, beForm) || r.isEvent(i-1) || r.quote[i] != r.quote[i-2] {
		return
	}
	stop := r.phraseEnd(sent, i+1)
	ms := r.who.ResolveAll(r.span(i+1, stop))
	if len(ms) == 0 || ms[0].Actor.Zero() || ms[0].Actor.Type == actor.Media {
		return
	}
	head := i - 2
	if r.low[head] == "," {
		head--
	}
	if head <= sent.FirstToken || !r.is(head, actNoun|deedNoun|motion|troopWord) && r.low[head] != "legislation" {
		return
	}
	first := r.nounStart(sent, head)
	end := max(r.doc.TokenAt(ms[0].End-1)+1, i+2)
	for k := end; k < sent.EndToken && k < end+12; k++ {
		if w := r.low[k]; w == "that" || w == "which" || w == "to" || w == "calling" || w == "requiring" || w == "directing" {
			end = min(r.sentenceEnd(sent), k+maxClause)
			break
		} else if r.is(k, finite) || r.quote[k] != r.quote[i] {
			break
		}
	}
	if r.onTroops(first, end) {
		r.nest(Statement{Kind: Act, Rule: RuleActNoun, Span: r.span(first, end), Cue: r.span(i-1, i), Paragraph: sent.Paragraph}, ms[0], own)
	}
}

// nounStart is where the noun phrase with the head at token i starts: at its
// determiner, at most five words before.
func (r *reading) nounStart(sent text.Sentence, i int) int {
	for k := i - 1; k >= sent.FirstToken && k > i-6 && !r.stopsPhrase(k) && !r.is(k, preposition); k-- {
		if r.is(k, determiner) {
			return k
		}
	}
	return i
}

// nest adds an act of m, and tells who reports it.
func (r *reading) nest(st Statement, m actor.Mention, own []origin) {
	outer := -1
	from := sort.Search(len(own), func(k int) bool { return own[k].Start > st.Start })
	for k := max(0, from-12); k < min(from+2, len(own)); k++ {
		o := &own[k]
		if o.Span.Contains(st.Span) || o.IoU(st.Span) > 0.5 {
			if o.holder == m.Actor.ID || o.IoU(st.Span) > 0.85 {
				return
			}
			if o.Start == st.Start && (o.rule == RuleBare || o.rule == RuleThat || o.rule == RuleMixedBare) && !o.passed {
				r.passOn(o, m.Actor)
				return
			}
			outer = o.at
		}
	}
	n := len(r.out)
	r.emit(st, &event{mentions: []actor.Mention{m}}, nil)
	if outer >= 0 {
		for k := n; k < len(r.out); k++ {
			r.out[k].ReportedBy = r.out[outer].Actor
		}
	}
}

// passOn gives the statement whose whole content is another's act to that
// holder.
func (r *reading) passOn(o *origin, holder actor.Actor) {
	for k := range r.out {
		if s := &r.out[k]; s.Span == o.Span && s.Holder.ID == o.holder && s.Rule == o.rule {
			s.Holder, s.ReportedBy = holder, s.Actor
		}
	}
}

// nounHolder finds whose act the noun at token i is: before it ("the Iraqi
// parliament's vote") or behind ("a request from the premier"); where the
// phrase starts and its complement.
func (r *reading) nounHolder(sent text.Sentence, i int) (first, next int, m actor.Mention, ok bool) {
	first = r.phraseStart(sent, i)
	if next = i + 1; next+1 < sent.EndToken && (r.low[next] == "from" && !r.is(i, deedNoun) || r.low[next] == "by") {
		end := r.phraseEnd(sent, next+1)
		for k := next + 1; k < end; k++ {
			if r.low[k] == "to" || r.low[k] == "for" && k > next+2 {
				end = k
			}
		}
		if ms := r.who.ResolveAll(r.span(next+1, end)); len(ms) > 0 && !ms[0].Actor.Zero() {
			return r.nounStart(sent, i), end, ms[0], true
		}
	}
	if first == i {
		return 0, 0, m, false
	}
	ms := r.who.MentionsIn(r.span(first, i))
	if len(ms) == 0 {
		return 0, 0, m, false
	}
	m = ms[len(ms)-1]
	last := r.doc.TokenAt(m.End - 1)
	if i-last > 2 && !(r.is(i, deedNoun) && i-last == 3) || r.has(last+1, i, preposition) || r.is(last, pronoun) || r.low[last] == "public" {
		return 0, 0, m, false
	}
	at := r.doc.TokenAt(m.Start)
	if at > first && r.is(at-1, determiner) {
		at--
	}
	return at, i + 1, m, true
}

// nounEnd is where the complement of an act noun ends, or 0 if none follows.
func (r *reading) nounEnd(sent text.Sentence, next int) int {
	k := next
	for k < sent.EndToken && k < next+4 && (r.is(k, timeWord) || r.doc.Tokens[k].Kind == text.Number || r.low[k] == "on" || r.low[k] == "from") {
		k++
	}
	if k >= sent.EndToken {
		return 0
	}
	switch r.low[k] {
	case "to", "for", "that", "of", "calling", "demanding", "on", "asking", "requiring", "urging", "not":
	default:
		return 0
	}
	limit := min(r.sentenceEnd(sent), k+maxClause)
	for j := k + 1; j < limit; j++ {
		if r.quote[next-1] != 0 && r.quote[j] != r.quote[next-1] {
			return j
		}
		if r.quote[j] == r.quote[next-1] && (r.low[j] == "," || r.low[j] == ";" || r.low[j] == "—" || r.low[j] == "–") || r.is(j, beside) && r.low[j] != "and" {
			return j
		}
	}
	return limit
}
