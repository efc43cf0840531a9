package statement

import (
	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// reports makes statements of the verbs that no quotation took: reported
// clauses, attitudes and acts, half quoted or not.
func (r *reading) reports() {
	k := 0
	for s := range r.doc.Sentences {
		if !r.prose(r.doc.Sentences[s].Paragraph) {
			continue
		}
		end := k
		for end < len(r.events) && r.events[end].sentence == s {
			end++
		}
		r.sentence(s, k, end)
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
	leader := -1  // event that made it
	for k := a; k < b; k++ {
		e := &r.events[k]
		if e.used || len(e.mentions) == 0 {
			continue
		}
		if e.first < covered && (e.shared == leader || r.inside(e, k, leader)) {
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

// inside reports whether event e stands in the content of the leader's
// statement rather than in a clause of its own beside it.
func (r *reading) inside(e *event, k, leader int) bool { return leader >= 0 && k != leader }

// report makes the statement of e and gives the token at which it ends, or -1.
func (r *reading) report(sent text.Sentence, e *event, acc *event) int {
	if e.media() {
		return -1
	}
	if e.class == classSay && !(e.lemma == "announce" && r.announcesThing(sent, e)) {
		return r.reportSaid(sent, e)
	}
	return r.reportDone(sent, e, acc)
}

// announcesThing: "announced their withdrawal", "announced plans to leave".
func (r *reading) announcesThing(sent text.Sentence, e *event) bool {
	k := e.last + 1
	if k >= sent.EndToken || r.low[k] == "that" || r.quote[k] != 0 || prepositions[r.low[k]] || timeWords[r.low[k]] || r.doc.Tokens[k].Kind != text.Word {
		return false
	}
	for ; k < sent.EndToken && k < e.last+7; k++ {
		if finite[r.low[k]] {
			return false
		}
		if prepositions[r.low[k]] || r.low[k] == "," {
			break
		}
	}
	return true
}

// reportSaid: the content after the verb, before it, or on both sides.
func (r *reading) reportSaid(sent text.Sentence, e *event) int {
	limit := r.stop(sent, e)
	start, that := r.contentStart(sent, e)
	before := r.contentBefore(sent, e)
	st := Statement{Kind: Indirect, Cue: r.span(e.first, e.last+1), Paragraph: sent.Paragraph}
	first, end := start, limit
	if before[1] == 0 && start < limit && finite[r.low[start]] && r.low[start-1] == "," {
		before = r.before(sent, e) // "The troops, Park said, would stay"
	}
	switch {
	case before[1] > 0 && start < limit && r.low[start-1] == "," && !that && r.resumes(start):
		st.Rule = RuleTail
		st.Segments = []text.Span{r.span(before[0], before[1]), r.span(start, limit)}
		first = before[0]
	case start < limit && limit-start >= 2 && !(before[1] > 0 && (r.low[start-1] == "," || !that && !r.says(start, limit))) && (that || r.says(start, limit) || things[e.lemma] && !prepositions[r.low[start]]):
		st.Rule = RuleBare
		if that {
			st.Rule = RuleThat
		}
		if e.lemma == "say" && !that && (r.low[start] == "of" || r.low[start] == "about") {
			return -1
		}
	case before[1] > 0:
		st.Rule = RuleTail
		first, end = before[0], before[1]
	default:
		return -1
	}
	if r.wholeQuotes(first, end) {
		return -1
	}
	if r.poll(e) && st.Segments == nil {
		first = min(first, e.subject[0])
	}
	st.Span = r.span(first, end)
	r.kindOf(&st, first, end)
	r.emit(st, e, r.hearsay(sent, e, first, end))
	return max(end, e.last+1)
}

// things are verbs of saying that take a thing as well as a clause.
var things = readList("reiterate, repeat, suggest, reveal, confirm, acknowledge, admit, note, stress, emphasize, predict, estimate, recommend, announce, concede, disclose, underline, underscore, reaffirm, affirm, claim, report, forecast, mention, argue")

// says reports whether tokens [first, end) hold a finite verb or quoted words.
func (r *reading) says(first, end int) bool {
	for k := first; k < end; k++ {
		w := r.low[k]
		if finite[w] || r.quote[k] != 0 || r.isEvent(k) && k > first || k > first && len(w) > 4 && w[len(w)-2:] == "ed" || contraction(w) {
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
func (r *reading) resumes(start int) bool {
	switch r.low[start] {
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

// contentStart is the token at which what e reports starts, past hearers,
// times and places, and whether "that" opens it.
func (r *reading) contentStart(sent text.Sentence, e *event) (int, bool) {
	from := e.last + 1
	if e.inverted {
		from = max(from, e.subject[1])
	}
	for k := from; k < sent.EndToken && k < from+16; k++ {
		if r.low[k] == "that" && r.quote[k] == 0 && (k == from || !r.nounBefore(k)) {
			return k + 1, true
		}
		if r.quote[k] != 0 || r.isEvent(k) || finite[r.low[k]] && k > from || r.low[k] == ";" || r.low[k] == ":" {
			break
		}
	}
	k := from
	for {
		n := r.skipAside(sent, k)
		if n == k {
			break
		}
		k = n
	}
	if k < sent.EndToken && (r.low[k] == "," || r.low[k] == ":" || r.low[k] == "—" || r.low[k] == "–" || r.low[k] == "-") {
		k++
	}
	return k, false
}

// nounBefore: "the day that", "those that": no content clause.
func (r *reading) nounBefore(k int) bool {
	return k > 0 && (r.low[k-1] == "those" || r.low[k-1] == "all" || r.low[k-1] == "everything" || r.low[k-1] == "anything")
}

func (r *reading) isEvent(k int) bool {
	i := r.eventFrom(k)
	return i < len(r.events) && r.events[i].first <= k && k <= r.events[i].last
}

// skipAside goes past one hearer, time or place of talk from token k.
func (r *reading) skipAside(sent text.Sentence, k int) int {
	if k >= sent.EndToken || r.quote[k] != 0 {
		return k
	}
	w := r.low[k]
	switch {
	case hearers[w] && !(r.predicate(sent, k+1) && w != "reporters" && w != "journalists"):
		return k + 1
	case timeWords[w] || r.doc.Tokens[k].Kind == text.Number && k > 0 && timeWords[r.low[k-1]]:
		return k + 1
	case (w == "in" || w == "at") && k > 0 && hearers[r.low[k-1]] && k+1 < sent.EndToken && r.upper(k+1):
		return r.skipSite(sent, k)
	case prepositions[w] && w != "of" && w != "about" && w != "with" || w == "late" || w == "early":
		return r.skipPlace(sent, k)
	case r.told(k) && r.upper(k) && r.doc.Tokens[k].Kind == text.Word:
		return r.skipName(sent, k)
	}
	return k
}

// predicate reports whether a finite verb follows: "said lawmakers would ..."
// has no hearer.
func (r *reading) predicate(sent text.Sentence, k int) bool {
	return k < sent.EndToken && (finite[r.low[k]] || r.isEvent(k))
}

// told: the verb before token k takes a hearer.
func (r *reading) told(k int) bool {
	if k == 0 {
		return false
	}
	switch r.low[k-1] {
	case "told", "tells", "telling", "tell", "informed", "assured", "reminded", "assures", "informs":
		return true
	}
	return false
}

// skipName goes past a name in capitals, unless a verb follows it, of which it
// is the subject.
func (r *reading) skipName(sent text.Sentence, k int) int {
	n := k
	for n < sent.EndToken && (r.upper(n) || r.low[n] == "of" || r.low[n] == "the") && r.doc.Tokens[n].Kind == text.Word {
		n++
	}
	return n
}

// skipPlace goes past "on Friday", "in a statement", "at a rally in Lodz".
func (r *reading) skipPlace(sent text.Sentence, k int) int {
	for n := k + 1; n < sent.EndToken && n < k+9; n++ {
		w := r.low[n]
		if r.quote[n] != 0 || r.doc.Tokens[n].Kind == text.Punct || finite[w] || pronouns[w] || boundaries[w] {
			return k
		}
		if talkNouns[w] || timeWords[w] || r.doc.Tokens[n].Kind == text.Number {
			n++
			for n < sent.EndToken && (timeWords[r.low[n]] || r.doc.Tokens[n].Kind == text.Number || talkNouns[r.low[n]]) {
				n++
			}
			return r.skipSite(sent, n)
		}
	}
	return k
}

// skipSite goes past a name behind a preposition: "in Washington", "with CNN".
func (r *reading) skipSite(sent text.Sentence, k int) int {
	if k+1 >= sent.EndToken || !prepositions[r.low[k]] {
		return k
	}
	n := k + 1
	if r.low[n] == "the" || r.low[n] == "a" {
		n++
	}
	from := n
	for n < sent.EndToken && r.upper(n) && r.doc.Tokens[n].Kind == text.Word {
		n++
	}
	if n == from || r.predicate(sent, n) {
		return k
	}
	return n
}

// contentBefore is the clause before a comma and the subject of e ("…, Park
// said"), or zero.
func (r *reading) contentBefore(sent text.Sentence, e *event) [2]int {
	if b := r.before(sent, e); r.clause(b[0], b[1]) {
		return b
	}
	return [2]int{}
}

// before is what stands before a comma and the subject of e, or zero.
func (r *reading) before(sent text.Sentence, e *event) [2]int {
	at := e.first
	if !e.inverted {
		at = e.subject[0]
	}
	if e.gerund || e.shared >= 0 || at-1 <= sent.FirstToken {
		return [2]int{}
	}
	if r.quote[at-1] == 0 && r.low[at-1] != "," && r.low[at-1] != "—" && r.low[at-1] != "–" {
		return [2]int{}
	}
	end := at - 1
	if r.quote[at-1] != 0 {
		end = at
	}
	first := max(sent.FirstToken, e.first-maxClause)
	for k := r.eventFrom(first); k < len(r.events) && r.events[k].first < e.first; k++ {
		if o := &r.events[k]; o.class == classSay && len(o.mentions) > 0 && !o.gerund && o.used {
			first = max(first, o.last+1)
		}
	}
	for first < end && (conjunctive[r.low[first]] || r.low[first] == ",") {
		first++
	}
	return [2]int{first, end}
}

// clause reports whether tokens [first, end) can be what somebody says: they
// hold a finite verb or quoted words, and are no mere setting ("In a speech").
func (r *reading) clause(first, end int) bool {
	if end-first < 3 {
		return false
	}
	verb, commas := false, 0
	for k := first; k < end; k++ {
		w := r.low[k]
		verb = verb || finite[w] || r.quote[k] != 0 || r.isEvent(k) || len(w) > 4 && w[len(w)-2:] == "ed" && k > first
		if w == "," {
			commas++
		}
	}
	if verb && (prepositions[r.low[first]] || boundaries[r.low[first]] && r.low[first] != "what") && r.quote[first] == 0 {
		return commas > 0
	}
	return verb
}

// sentenceEnd is the token after the last word of sent, without the mark that
// ends it.
func (r *reading) sentenceEnd(sent text.Sentence) int {
	k := sent.EndToken
	for k > sent.FirstToken && r.quote[k-1] == 0 {
		switch r.low[k-1] {
		case ".", "!", "?", ";", ":", ",", "…", "...":
			k--
			continue
		}
		break
	}
	return k
}

// maxClause bounds what one verb may report, in tokens.
const maxClause = 300

// stop is the token before which the content of e ends: a clause of another
// subject beside it, an attribution behind it, or the end of the sentence.
func (r *reading) stop(sent text.Sentence, e *event) int {
	end := min(r.sentenceEnd(sent), e.last+maxClause)
	for k := r.eventFrom(e.last + 1); k < len(r.events) && r.events[k].first < min(sent.EndToken, end+8); k++ {
		f := &r.events[k]
		at := f.subject[0]
		if f.inverted {
			at = f.first
		}
		if f.shared >= 0 && f.used && f.first-2 > e.last && &r.events[f.shared] == e {
			return f.first - btoi(conjunctive[r.low[f.first-1]] || r.low[f.first-1] == ",")
		}
		if f.shared >= 0 || f.passive || f.gerund || at <= e.last+1 || at > end || len(f.mentions) == 0 {
			continue
		}
		if f.class == classSay && r.low[at-1] == "," && r.closes(f) {
			return at - 1
		}
		if at-2 > e.last && (r.low[at-2] == "," || r.quote[at-2] != 0) && besides[r.low[at-1]] && (r.says(e.last+1, at-2) || r.low[at-1] != "and") {
			return at - 1 - btoi(r.low[at-2] == ",")
		}
		if r.low[at-1] == ";" || r.low[at-1] == "but" && at-1 > e.last+2 {
			return at - 1
		}
	}
	for k := e.last + 2; k+1 < end; k++ {
		if r.low[k] == "according" && r.low[k+1] == "to" && r.quote[k] == 0 {
			return k - btoi(r.low[k-1] == ",")
		}
		if r.quote[k] == 0 && k > e.last+5 && r.tail(k, end, e.class) && !r.verbOf(e, k, end) {
			return k
		}
	}
	return end
}

// verbOf reports whether a further verb of e's subject stands in tokens
// [k, end): all of one subject is one statement.
func (r *reading) verbOf(e *event, k, end int) bool {
	for i := r.eventFrom(k); i < len(r.events) && r.events[i].first < end; i++ {
		if o := &r.events[i]; o.shared >= 0 && !o.used && (&r.events[o.shared] == e || e.shared == o.shared) {
			return true
		}
	}
	return false
}

// tail reports whether a remark of the reporter's starts at token k: behind a
// dash that no other closes, "in the wake of"; after a comma "amid", and for
// acts also a relative or a participle.
func (r *reading) tail(k, end int, c verbClass) bool {
	switch r.low[k] {
	case "--", "—", "–", "-":
		for j := k + 1; j < end; j++ {
			if r.low[j] == r.low[k] {
				return false
			}
		}
		return true
	case "in":
		return r.low[k+1] == "the" && k+2 < end && r.low[k+2] == "wake"
	case "despite", "amid":
		return true
	case ",":
	default:
		return false
	}
	switch w := r.low[k+1]; w {
	case "amid", "despite", "even", "although", "though":
		return true
	case "in", "after", "following", "as", "which", "who", "whose", "where", "when", "while", "with", "because", "since", "until", "days", "hours", "weeks", "months":
		return c != classSay
	default:
		return c != classSay && len(w) > 5 && w[len(w)-3:] == "ing" && !r.isEvent(k+1)
	}
}

// besides are words that put a clause of another subject beside one.
var besides = map[string]bool{"while": true, "but": true, "and": true, "though": true, "although": true, "whereas": true}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
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

// hearsay is whose position the content of e is, if its main clause has
// another actor as subject who wants, does or says something. One's own
// government is spoken for, not reported on.
func (r *reading) hearsay(sent text.Sentence, e *event, first, end int) []actor.Mention {
	for k := r.eventFrom(first); k < len(r.events) && r.events[k].first < end; k++ {
		f := &r.events[k]
		if f == e || f.shared >= 0 || f.passive || f.gerund || len(f.mentions) == 0 {
			continue
		}
		if f.subject[0] > first+8 || f.inverted || f.subject[0] > first+2 && r.says(first, f.subject[0]) && r.quote[first+1] == 0 {
			return nil
		}
		if pronouns[r.low[f.subject[1]-1]] && r.low[f.subject[1]-1] != "who" || f.media() {
			return nil
		}
		y, x := f.mentions[0].Actor, e.mentions[0].Actor
		if y.ID == x.ID || y.Type == actor.Government && y.Country != "" && y.Country == x.Country && !r.done(f) {
			return nil
		}
		if f.class == classSay && !opinions[f.lemma] || f.lemma == "need" || f.lemma == "seem" || f.lemma == "appear" {
			return nil
		}
		return f.mentions
	}
	return nil
}
