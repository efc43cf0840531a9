package statement

import "standpoint/internal/text"

// contentStart is the token at which what e reports starts, past hearers,
// times and places, and whether "that" opens it.
func (r *reading) contentStart(sent text.Sentence, e *event) (int, bool) {
	from := e.last + 1
	if e.inverted {
		from = max(from, e.subject[1])
	}
	for k := from; k < sent.EndToken && k < from+16; k++ {
		if r.low[k] == "that" && r.quote[k] == 0 && (k == from || !r.nounBefore(k)) {
			if k > from+1 && (r.low[k-1] == "and" || r.low[k-1] == "but") {
				break // a second clause: the first has no "that"
			}
			return k + 1, true
		}
		if r.quote[k] != 0 || r.isEvent(k) || r.is(k, finite) && k > from || r.low[k] == ";" || r.low[k] == ":" || k > from+2 && r.verbal(k) && r.is(k+1, determiner) {
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
	if k == e.last+1 && k > 1 && questionWords[r.low[k-1]] {
		return k - 1, false // "asked who was consulted"
	}
	if k < sent.EndToken && (r.low[k] == "," || r.low[k] == ":" || r.low[k] == "—" || r.low[k] == "–" || r.low[k] == "-") {
		k++
	}
	return k, false
}

var questionWords = readList("who, what, why, how")

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
	case w == "her" && !r.told(k): // "said her list would …"
		return k
	case r.is(k, hearer) && (r.told(k) || r.is(k, pronoun) || w == "him" || w == "her" || w == "them" || w == "me" || w == "us" || !r.said(k)) && !(r.predicate(sent, k+1) && w != "reporters" && w != "journalists"):
		return k + 1
	case r.is(k, timeWord) || r.doc.Tokens[k].Kind == text.Number && k > 0 && r.is(k-1, timeWord):
		return k + 1
	case (w == "in" || w == "at") && k > 0 && r.is(k-1, hearer) && k+1 < sent.EndToken && r.upper(k+1):
		return r.skipSite(sent, k)
	case r.is(k, preposition) && w != "of" && w != "about" && w != "with" || w == "late" || w == "early":
		return r.skipPlace(sent, k)
	case r.told(k) && r.upper(k) && r.doc.Tokens[k].Kind == text.Word:
		return r.skipName(sent, k)
	}
	return k
}

// predicate reports whether a finite verb follows: "said lawmakers would ..."
// has no hearer.
func (r *reading) predicate(sent text.Sentence, k int) bool {
	return k < sent.EndToken && (r.is(k, finite|pastForm) || r.isEvent(k))
}

// said: the verb before token k takes no hearer.
func (r *reading) said(k int) bool {
	switch r.low[k-1] {
	case "said", "say", "says", "saying", "believe", "believes", "believed", "think", "thinks", "thought", "argue", "argues", "argued", "insist", "insists", "insisted", "claim", "claims", "claimed", "deny", "denies", "denied":
		return true
	}
	return false
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
		if r.quote[n] != 0 || r.doc.Tokens[n].Kind == text.Punct || r.is(n, finite|pronoun|boundary) {
			return k
		}
		if r.is(n, talkNoun|timeWord) || r.doc.Tokens[n].Kind == text.Number {
			n++
			for n < sent.EndToken && (r.is(n, timeWord) || r.doc.Tokens[n].Kind == text.Number || r.is(n, talkNoun)) {
				n++
			}
			return r.skipSite(sent, n)
		}
	}
	return k
}

// skipSite goes past a name behind a preposition: "in Washington", "with CNN".
func (r *reading) skipSite(sent text.Sentence, k int) int {
	if k+1 >= sent.EndToken || !r.is(k, preposition) {
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

// askedWords open the question that somebody answers: "Asked whether …, Park
// said".
var askedWords = readList("asked, pressed, questioned, quizzed, prompted")

// before is what stands before a comma and the subject of e, or zero.
func (r *reading) before(sent text.Sentence, e *event) [2]int {
	at := e.first
	if !e.inverted {
		at = e.subject[0]
	}
	if e.gerund || e.shared >= 0 || at-1 <= sent.FirstToken || askedWords[r.low[sent.FirstToken]] {
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
	for first < end && (r.is(first, conjunctive) || r.low[first] == ",") {
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
		verb = verb || r.is(k, finite) || r.quote[k] != 0 || r.isEvent(k) || len(w) > 4 && w[len(w)-2:] == "ed" && k > first
		if w == "," {
			commas++
		}
	}
	if verb && (r.is(first, preposition) || r.is(first, boundary) && r.low[first] != "what") && r.quote[first] == 0 {
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
// subject beside it, an attribution behind it, a remark, or the end of the
// sentence.
func (r *reading) stop(sent text.Sentence, e *event) int {
	end := min(r.sentenceEnd(sent), e.last+maxClause)
	for k := r.eventFrom(e.last + 1); k < len(r.events) && r.events[k].first < min(sent.EndToken, end+8); k++ {
		if at := r.stopsAt(sent, e, &r.events[k], end); at >= 0 {
			end = at
			break
		}
	}
	for k := e.last + 1; k+1 < end; k++ {
		if r.quote[k] == 0 && r.stopsBefore(sent, e, k, end) {
			return k - btoi(r.low[k] == "according" && r.low[k-1] == ",")
		}
	}
	return end
}

// stopsAt is where a later verb f puts an end to what e reports, or -1.
func (r *reading) stopsAt(sent text.Sentence, e, f *event, end int) int {
	at := f.subject[0]
	if f.inverted {
		at = f.first
	}
	before := r.low[max(at-1, 0)]
	switch {
	case f.shared >= 0 && f.used && f.first-2 > e.last && &r.events[f.shared] == e:
		return f.first - btoi(r.is(f.first-1, conjunctive) || r.low[f.first-1] == ",")
	case f.subject[1] > 0 && f.subject[1] <= e.first && !f.gerund && !f.passive && f.shared < 0 && f.first-1 > e.last && r.low[f.first-1] == ",":
		return f.first - 1 // "a lawmaker who argued that …, said"
	case e.class != classSay && f.class == classSay && len(f.mentions) > 0 && f.first-2 > e.last && (r.low[f.first-1] == "which" || r.low[f.first-1] == "who") && r.low[f.first-2] == ",":
		return f.first - 2 // "sided with the cabinet, which argues that …"
	case before == "as" && at-1 > e.last && r.headline(sent.Paragraph) && len(f.mentions) > 0:
		return at - 1 // "MPs demand a date as Baghdad debates oil"
	case f.shared >= 0 || f.passive || f.gerund || at <= e.last+1 || at > end || len(f.mentions) == 0:
		return -1
	case f.class == classSay && before == "," && r.closes(f):
		return at - 1
	case at-2 > e.last && (r.low[at-2] == "," || r.quote[at-2] != 0) && r.is(at-1, beside) && (r.says(e.last+1, at-2) || before != "and" || e.class != classSay):
		return at - 1 - btoi(r.low[at-2] == ",")
	case before == ";" || before == "but" && at-1 > e.last+2 && (e.class != classSay || r.low[at-2] == ","):
		return at - 1
	}
	return -1
}

// stopsBefore reports whether what e reports ends before token k.
func (r *reading) stopsBefore(sent text.Sentence, e *event, k, end int) bool {
	if e.class != classSay && (r.joinsReason(k, end) && !(wishes[e.lemma] && r.wished(k+1, end)) || r.low[k] == ":" && r.says(k+1, end)) {
		return true
	}
	switch {
	case k == e.last+1:
		return false
	case r.low[k] == ";", r.low[k] == "according" && r.low[k+1] == "to" && !r.byPlan(k+2, end):
		return true
	case r.low[k] == "," && (r.turnsAway(k+1, end, e.class) && !(r.low[k+1] == "and" && r.doc.Tokens[k+2].Kind == text.Number && r.poll(e)) || r.remark(k+1, end) || e.relative):
		return true
	}
	return k > e.last+5 && r.tail(k, end, e.class) && !r.verbOf(e, k, end)
}

// wishes are verbs behind which a participle tells what is wished: "wants the
// base closed and the troops withdrawn".
var wishes = readList("want, wish, like, prefer, see")

// wished reports whether the clause from token k on has no verb but a
// participle.
func (r *reading) wished(k, end int) bool {
	for j := k; j < min(end, k+9); j++ {
		if r.is(j, finite|pastForm) {
			return false
		}
		if r.verbal(j) {
			return j+1 >= end || !r.is(j+1, determiner|pronoun) && !r.upper(j+1)
		}
	}
	return false
}

// byPlan reports whether what stands behind "according to" at token k is no
// source: "according to annual plans".
func (r *reading) byPlan(k, end int) bool {
	for j := k; j < min(end, k+4); j++ {
		switch r.low[j] {
		case "plan", "plans", "schedule", "law", "rules", "need", "needs", "agreement", "terms", "timetable", "conditions":
			return !possessive(r.low[j])
		}
		if r.upper(j) {
			return false
		}
	}
	return false
}

// turnsAway reports whether a clause of another subject starts at token k,
// behind a comma: "while the Kurds haggled"; beside an act or an attitude also
// "and the Kurds haggled".
func (r *reading) turnsAway(k, end int, c verbClass) bool {
	switch r.low[k] {
	case "while", "whereas":
		return k+2 < end
	case "although", "though":
		return k+2 < end && c != classSay
	case "and", "but", "so":
		return c != classSay && r.ownClause(k+1, end)
	}
	return false
}

// remark: "…, a formula that pleased nobody": the reporter's own word about
// what was said or done.
func (r *reading) remark(k, end int) bool {
	if k+3 >= end || r.low[k] != "a" && r.low[k] != "an" && r.low[k] != "the" {
		return false
	}
	for j := k + 1; j < min(end-1, k+6); j++ {
		if remarks[r.low[j]] {
			return r.low[k] != "the" || r.low[j+1] == "that" || r.low[j+1] == "which"
		}
		if r.quote[j] != 0 || r.doc.Tokens[j].Kind == text.Punct || r.is(j, finite|preposition) {
			return false
		}
	}
	return false
}

// remarks are nouns by which a reporter takes up what was said or done.
var remarks = readList("formula, move, step, claim, charge, figure, decision, position, demand, promise, stance, condition, phrase, reference, shift, reversal, departure, comment, remark, assertion, accusation, change, sign, signal, suggestion, proposal, concession, prospect, warning, term, allegation, acknowledgment, acknowledgement, admission, development, idea, goal, view, turnaround, message, response, policy, line")

// joinsReason: "and because …" goes on with what the narrator tells.
func (r *reading) joinsReason(k, end int) bool {
	switch r.low[k] {
	case "because":
		return r.low[k-1] != "soon" && r.low[k-1] != "well" && r.low[k-1] != "long" && r.ownClause(k+1, end)
	case "and", "but":
	default:
		return false
	}
	if k+2 >= end {
		return false
	}
	if r.low[k+1] == "the" && r.ownClause(k+1, end) && !r.is(k-1, finite) {
		return true
	}
	switch r.low[k+1] {
	case "because", "when", "after", "since", "although", "while":
		return true
	}
	return false
}

// ownClause reports whether tokens [k, end) start with a subject and its
// finite verb.
func (r *reading) ownClause(k, end int) bool {
	if k >= end || !(r.is(k, determiner|pronoun|peopleNoun) || r.upper(k) || r.doc.Tokens[k].Kind == text.Number) {
		return false
	}
	for j := k + 1; j < min(end, k+9); j++ {
		if r.quote[j] != 0 || r.low[j] == "," || r.is(j, boundary) {
			return false
		}
		if r.is(j, finite|pastForm) || r.isEvent(j) || r.verbal(j) {
			return true
		}
	}
	return false
}

// verbOf reports whether a further verb of e's subject stands in tokens
// [k, end): all of one subject is one statement.
func (r *reading) verbOf(e *event, k, end int) bool {
	for i := r.eventFrom(k); i < len(r.events) && r.events[i].first < end; i++ {
		if o := &r.events[i]; o.shared >= 0 && !o.used && !o.gerund && (&r.events[o.shared] == e || e.shared == o.shared) {
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
		if k > 1 && r.low[k-2] == "(" {
			return false // "(D - Mont.)"
		}
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
	if c != classSay && k+2 < end && (r.is(k+1, preposition) && (r.low[k+2] == "which" || r.low[k+2] == "whom") || k+3 < end && r.low[k+2] == "of" && (r.low[k+3] == "which" || r.low[k+3] == "whom")) {
		return true // "…, under which", "…, some of whom"
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

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
