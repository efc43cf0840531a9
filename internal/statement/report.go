package statement

import (
	"strings"

	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// reports makes statements of the verbs that no quotation took: reported
// clauses, attitudes and acts, half quoted or not.
func (r *reading) reports() {
	k := 0
	for s := range r.doc.Sentences {
		end := k
		for end < len(r.events) && r.events[end].sentence <= s {
			end++
		}
		if o := r.owner[r.doc.Sentences[s].Paragraph]; o > 0 || !r.prose(r.doc.Sentences[s].Paragraph) {
			if o > 0 {
				r.actsOfOthers(r.doc.Sentences[s], k, end, r.speakers[o-1])
			}
			k = end
			continue
		}
		if x := r.doc.Sentences[s]; r.owner[x.Paragraph] == asking && x.EndToken > x.FirstToken && r.low[x.EndToken-1] == "?" {
			k = end
			continue
		}
		r.sentence(s, k, end)
		r.positions(r.doc.Sentences[s])
		r.shares(s)
		r.colonHeadline(s)
		k = end
	}
}

// sentence reads events [a, b), those of sentence s.
func (r *reading) sentence(s, a, b int) {
	sent := r.doc.Sentences[s]
	acc := r.accordingTo(sent)
	if acc != nil && !acc.media() && r.reportAccording(sent, acc, a, b) {
		return
	}
	covered := -1 // token up to which a statement reaches
	if v := r.viewpoint(sent); v != nil && !v.media() {
		covered = r.reportView(sent, v)
	}
	asks := r.asks(sent)
	asked := r.owner[sent.Paragraph] == asking // what a question says of its hearer is no report
	leader := -1                               // event that made it
	for k := a; k < b; k++ {
		e := &r.events[k]
		if len(e.mentions) == 0 && !e.used {
			e.mentions = r.lastSource(sent, e)
		} else if len(r.allowed(e.mentions, sent.Span)) == 0 && r.barred != nil && r.barred.Cue.Overlaps(r.span(e.first, e.last+1)) {
			e.mentions = r.second(sent, e, r.barred.Span)
		}
		if e.used || len(e.mentions) == 0 || r.narrates(e) || asks && e.class != classSay || asked && r.isHearer(e) {
			continue
		}
		if e.first < covered {
			if e.class == classAct && e.shared < 0 && !e.passive && leader >= 0 {
				r.nestedVerb(sent, e, &r.events[leader])
			}
			continue
		}
		if end := r.report(sent, e, acc); end > covered {
			covered, leader = end, k
		}
	}
}

// asks reports whether sent is the narrator's own question.
func (r *reading) asks(sent text.Sentence) bool {
	last := sent.EndToken - 1
	return last >= sent.FirstToken && r.low[last] == "?" && r.quote[last] == 0 && !r.headline(sent.Paragraph)
}

// isHearer reports whether the subject of e, in somebody's question, may be who
// is asked: a pronoun other than "he" and "she".
func (r *reading) isHearer(e *event) bool {
	k := e.subject[1] - 1
	return r.is(k, pronoun) && r.low[k] != "he" && r.low[k] != "she"
}

// narrates reports whether the subject of e is the narrator himself, "I", "we":
// what he holds is the author's.
func (r *reading) narrates(e *event) bool {
	if e.subject[1] != e.subject[0]+1 {
		return false
	}
	w, _, _ := strings.Cut(strings.ReplaceAll(r.low[e.subject[0]], "’", "'"), "'")
	return w == "i" || w == "we"
}

// lastSource is the source of the statement before, for a pronoun that the
// resolver can't tell.
func (r *reading) lastSource(sent text.Sentence, e *event) []actor.Mention {
	if e.subject[1] != e.subject[0]+1 || len(r.out) == 0 {
		return nil
	}
	o := &r.out[len(r.out)-1]
	if o.Start > sent.Start || o.Voice == Author || sent.Paragraph-o.Paragraph > 1 || r.doc.SentenceAt(sent.Start)-r.doc.SentenceAt(o.End) > 3 {
		return nil
	}
	switch w := r.low[e.subject[0]]; {
	case w == "he" || w == "she" || w == "he'd" || w == "she'd" || w == "he's" || w == "she's":
		if o.Actor.Type != actor.Person && o.Actor.Type != actor.Unnamed && o.Actor.Type != actor.Office {
			return nil
		}
	case w == "they" || w == "it":
		if o.Actor.Type == actor.Person || o.Actor.Type == actor.Office {
			return nil
		}
	default:
		return nil
	}
	return []actor.Mention{{Span: r.span(e.subject[0], e.subject[1]), Actor: o.Actor, Rule: "last"}}
}

// report makes the statement of e and gives the token at which it ends, or -1.
func (r *reading) report(sent text.Sentence, e *event, acc *event) int {
	if e.media() {
		return -1
	}
	if (answers[e.lemma] || e.lemma == "say" && e.last+1 >= r.sentenceEnd(sent)) && !e.inverted && r.refuses(e) {
		return r.reportDone(sent, e, acc)
	}
	if e.class == classSay && !(e.lemma == "announce" && r.announcesThing(sent, e)) {
		n := len(r.out)
		end := r.reportSaid(sent, e)
		for i := n; i < len(r.out) && acc != nil && !acc.media(); i++ {
			if by := acc.mentions[0].Actor; r.out[i].ReportedBy.Zero() && !by.Is(r.out[i].Actor) {
				r.out[i].ReportedBy = by
			}
		}
		return end
	}
	return r.reportDone(sent, e, acc)
}

// answers are verbs of giving one, so that not to do so is what is told.
var answers = readList("comment, confirm, elaborate, speculate")

// refuses: "would not comment on the bases".
func (r *reading) refuses(e *event) bool {
	will, not := false, false
	for k := e.first; k < e.last; k++ {
		switch w := strings.ReplaceAll(r.low[k], "’", "'"); w {
		case "would", "will", "could":
			will = true
		case "not", "neither":
			not = true
		case "wouldn't", "won't", "couldn't":
			return true
		}
	}
	return will && not
}

// announcesThing: "announced their withdrawal", "announced plans to leave".
func (r *reading) announcesThing(sent text.Sentence, e *event) bool {
	k := e.last + 1
	if k >= sent.EndToken || r.low[k] == "that" || r.quote[k] != 0 || r.is(k, preposition) || r.is(k, timeWord) || r.doc.Tokens[k].Kind != text.Word {
		return false
	}
	for ; k < sent.EndToken && k < e.last+7; k++ {
		if r.is(k, finite) {
			return false
		}
		if r.is(k, preposition) || r.low[k] == "," {
			break
		}
	}
	return true
}

// reportSaid: the content after the verb, before it, or on both sides.
func (r *reading) reportSaid(sent text.Sentence, e *event) int {
	if e.quotes && !(e.last+3 < sent.EndToken && r.low[e.last+1] == "that" && r.says(e.last+2, sent.EndToken)) {
		return -1 // "chanted that …" is no quotation
	}
	limit := r.stop(sent, e)
	start, that := r.contentStart(sent, e)
	that = that || r.low[e.last] == "that"
	before := r.contentBefore(sent, e)
	st := Statement{Kind: Indirect, Cue: r.span(e.first, e.last+1), Paragraph: sent.Paragraph}
	first, end := start, limit
	if before[1] == 0 && start+1 < limit && r.low[start-1] == "," && !that && (r.is(start, finite) || e.last+2 == start && r.resumes(start, limit)) {
		before = r.before(sent, e) // "The troops, Park said, would stay"
	}
	switch {
	case before[1] > 0 && r.goesOnBehind(sent, e) > 0:
		k := r.goesOnBehind(sent, e)
		first, end = before[0], r.sentenceEnd(sent)
		st.Rule = RuleTail
		st.Segments = []text.Span{r.span(before[0], before[1]), r.span(k, end)}
	case before[1] > 0 && start < limit && r.low[start-1] == "," && !that && r.resumes(start, limit):
		st.Rule = RuleTail
		st.Segments = []text.Span{r.span(before[0], before[1]), r.span(start, limit)}
		first = before[0]
	case start < limit && limit-start >= 2 && !(before[1] > 0 && (r.low[start-1] == "," || !that && !r.says(start, limit))) && (that || r.says(start, limit) || things[e.lemma] && !r.is(start, preposition) || e.lemma == "think" && r.low[start] == "it" && limit-start >= 3 || clauses[e.lemma] && limit-start >= 3 && r.nominal(start)):
		st.Rule = RuleBare
		if that {
			st.Rule = RuleThat
		}
		if e.lemma == "say" && !that && (r.low[start] == "of" || r.low[start] == "about" && r.doc.Tokens[min(start+1, limit-1)].Kind != text.Number) {
			return -1
		}
	case before[1] > 0:
		st.Rule = RuleTail
		first, end = before[0], before[1]
	case e.lemma == "agree" && limit <= e.last+1 && e.shared < 0 && !e.gerund && r.low[limit-1] == r.low[e.last]:
		st.Rule = RuleBare
		first, end = r.actStart(e), limit
	default:
		return -1
	}
	if r.wholeQuotes(first, end) {
		return -1
	}
	if r.poll(e) && st.Segments == nil {
		first = min(first, e.subject[0])
	}
	whole := end
	if k := r.otherThat(first+2, end); k > 0 && st.Segments == nil && st.Rule != RuleTail {
		if f := r.hearsay(e, k, end); f != nil {
			b := Statement{Kind: r.heardKind(f), Rule: RuleThat, Cue: st.Cue, Paragraph: sent.Paragraph, Span: r.span(k, end)}
			r.kindOf(&b, k, end)
			r.emit(b, e, f.mentions)
			end = k - 2 - btoi(r.low[k-3] == ",")
		}
	}
	st.Span = r.span(first, end)
	var other []actor.Mention
	if f := r.hearsay(e, first, end); f != nil {
		st.Kind, other = r.heardKind(f), f.mentions
	}
	r.kindOf(&st, first, end)
	r.emit(st, e, other)
	return max(whole, e.last+1)
}

// goesOnBehind is the token behind the semicolon right after e, where what its
// subject says goes on to the end of the sentence: "The base is old, Park said;
// it will close." 0 if that is not so.
func (r *reading) goesOnBehind(sent text.Sentence, e *event) int {
	k := e.last + 1
	if e.inverted {
		k = max(k, e.subject[1])
	}
	if k+3 >= sent.EndToken || r.low[k] != ";" {
		return 0
	}
	for j := r.eventFrom(k); j < len(r.events) && r.events[j].first < sent.EndToken; j++ {
		if f := &r.events[j]; f.class != classAttitude && len(f.mentions) > 0 && !sameSource(f.mentions[0], e.mentions[0]) {
			return 0
		}
	}
	return k + 1
}

// otherThat is the token behind "and that", with which a second clause of what
// e reports starts; 0 if there is none.
func (r *reading) otherThat(first, end int) int {
	for k := first; k+3 < end; k++ {
		if r.low[k+1] == "that" && (r.low[k] == "and" || r.low[k] == "but") && r.quote[k] == 0 && r.quote[k+1] == 0 {
			return k + 2
		}
	}
	return 0
}

// clauses are verbs behind which a noun phrase of some length opens a clause.
var clauses = readList("say, think, believe, claim, argue, insist, contend, maintain, allege, reckon, warn, complain, explain, know that, concede")

// things are verbs of saying that take a thing as well as a clause.
var things = readList("put at, reiterate, repeat, suggest, reveal, confirm, acknowledge, admit, note, stress, emphasize, predict, estimate, recommend, announce, concede, disclose, underline, underscore, reaffirm, affirm, claim, report, forecast, mention, argue, recall, put the number, put the figure, put the total, explain, clarify, convey, declare, signal, indicate, assess, foresee, anticipate, question, remember")

// says reports whether tokens [first, end) hold a finite verb or quoted words.
func (r *reading) says(first, end int) bool {
	for k := first; k < end; k++ {
		w := r.low[k]
		if k == first && r.verbal(k) && !r.is(k, determiner) && k+1 < end && r.is(k+1, determiner|preposition) {
			return true
		}
		if r.is(k, finite) || r.is(k, pastForm) && k > first || r.quote[k] != 0 || r.isEvent(k) && k > first || k > first && len(w) > 4 && w[len(w)-2:] == "ed" || contraction(w) {
			return true
		}
	}
	return false
}

// wholeQuotes reports whether everything in the tokens is a full quotation,
// which is a statement already.
func (r *reading) wholeQuotes(first, end int) bool {
	for k := first; k < end; k++ {
		if r.quote[k] == 0 && r.doc.Tokens[k].Kind != text.Punct {
			return false
		}
		if q := r.quote[k]; q != 0 && !r.isClause(r.doc.Quotations[q-1]) {
			return false
		}
	}
	return true
}

// resumers open a clause that goes on after an attribution; others start one
// of their own.
func (r *reading) resumes(start, end int) bool {
	switch r.low[start] {
	case "and", "but", "so", "yet":
		return !r.ownClause(start+1, end) || r.shiftedBack(start+1, end)
	case "citing", "adding", "saying", "who", "which", "while", "as", "referring", "noting", "where", "when", "according", "after", "in", "during", "speaking", "calling", "one":
		return false
	}
	return true
}

// kindOf makes the statement mixed where quoted words carry part of it.
func (r *reading) kindOf(st *Statement, first, end int) {
	for k := first; k < end; k++ {
		if r.quote[k] != 0 {
			st.Kind = Mixed
			if m, ok := mixedOf[st.Rule]; ok {
				st.Rule = m
			}
			return
		}
	}
}

// opinions are verbs of saying that report a position rather than an answer.
var opinions = readList("say, tell, believe, think, agree, insist, argue, claim, maintain, acknowledge, admit, announce, warn, declare")

// done: an act without "will", "would", "may".
func (r *reading) done(f *event) bool {
	if f.class != classAct {
		return false
	}
	for k := f.first; k <= f.last; k++ {
		switch r.low[k] {
		case "will", "would", "may", "might", "could", "can", "should", "must":
			return false
		}
	}
	return true
}

// owed: a verb behind "should", "must", "ought to".
func (r *reading) owed(f *event) bool {
	for k := f.subject[1]; k < f.last; k++ {
		switch r.low[k] {
		case "should", "must", "ought", "could", "can", "may", "might", "needs", "need", "has", "have", "had":
			return r.low[k] != "has" && r.low[k] != "have" && r.low[k] != "had" || r.low[k+1] == "to"
		}
	}
	return false
}

// heardKind is the kind of what somebody says that another did: his act, if it
// is done.
func (r *reading) heardKind(f *event) Kind {
	if r.done(f) && directives[f.lemma] {
		return Act
	}
	return Indirect
}

// directives are deeds that stay acts in another's words (guide, section 3).
var directives = readList("ask, request, call for, call on, tell to, urge, demand, order, propose, invite, vote, adopt, pass, approve, sign, ratify, veto, block, reject, refuse, withdraw, send, deploy, expel, suspend, cut, agree to, condemn, denounce")

// hearsay is the verb of him whose position the content of e is, if its main clause has
// another actor as subject who wants, does or says something.
func (r *reading) hearsay(e *event, first, end int) *event {
	if asking := e.lemma; strings.HasPrefix(asking, "ask") || strings.HasPrefix(asking, "wonder") {
		return nil
	}
	for k := r.eventFrom(first); k < len(r.events) && r.events[k].first < end; k++ {
		f := &r.events[k]
		if f == e || f.shared >= 0 || f.passive || f.gerund || len(f.mentions) == 0 {
			continue
		}
		if f.subject[0] > first+8 || f.inverted || f.subject[0] > first+2 && r.says(first, f.subject[0]) && r.quote[first+1] == 0 {
			return nil
		}
		if f.media() || r.bars(f.mentions[0].Actor, r.span(first, end)) || !r.passedOn(e, f, end) {
			return nil
		}
		return f
	}
	return nil
}

// passedOn reports whether f, in what e reports, tells the position of another
// than the one who says it.
func (r *reading) passedOn(e, f *event, end int) bool {
	y, x := f.mentions[0].Actor, e.mentions[0].Actor
	if y.ID == x.ID || r.owed(f) || r.is(f.subject[1]-1, troopNoun) {
		return false // what others should do is one's own position
	}
	switch w := r.low[f.subject[0]]; {
	case w == "any" || w == "every":
		return false
	case r.is(f.subject[1]-1, pronoun) && r.low[f.subject[1]-1] != "who":
		return f.class == classAttitude && f.lemma != "need" && others[r.low[f.subject[1]-1]]
	}
	if f.mentions[0].Rule == "pair" && len(f.mentions) > 1 {
		return true
	}
	switch f.class {
	case classSay:
		return opinions[f.lemma] && !(y.Type == actor.Government && y.Country != "" && y.Country == x.Country)
	case classAct:
		if f.light && !r.actObject(f, end) || f.deed && !r.doneToForces(f, end) || (f.lemma == "send" || f.lemma == "offer" || f.lemma == "end") && !r.onTroops(f.last+1, end) {
			return false
		}
		return r.done(f) || y.Type != actor.Government || y.Country == "" || y.Country != x.Country
	}
	return f.lemma != "need" && f.lemma != "seem" && f.lemma != "appear" && !(f.lemma == "see" && r.verbGroup(r.doc.Sentences[f.sentence], f.last).have)
}

// others are pronouns that may mean another than who speaks.
var others = readList("it, they, he, she")
