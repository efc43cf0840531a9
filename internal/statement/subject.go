package statement

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// maxSubject bounds how many tokens back a subject may start.
const maxSubject = 30

// findSubject finds the words for the subject of e, and whom they name.
func (r *reading) findSubject(sent text.Sentence, e *event) {
	j := e.first - 1
	if q := r.quotedAs(sent, e.first); q >= 0 {
		r.quotedSubject(sent, e, q)
		return
	}
	switch {
	case e.passive:
		from := r.byPhrase(sent, e.last+1)
		e.setSubject(r, from, r.phraseEnd(sent, from))
		return
	case e.gerund:
		e.share(r, sent)
		return
	case r.invertedAt(sent, e):
		e.inverted = true
		e.setSubject(r, e.last+1, r.phraseEnd(sent, e.last+1))
		return
	case j < sent.FirstToken:
		return
	}
	for k := j; k > sent.FirstToken && (r.is(k, leading|timeWord) || adverb(r.low[k])) && r.low[k] != "may"; k-- {
		if r.low[k-1] == "," || r.low[k-1] == ")" {
			j = k - 1 // "…, now lobbies"
			break
		}
	}
	j = r.beforeTime(sent, j)
	switch w := r.low[j]; {
	case w == "and" || w == "but" || w == "or" || w == "nor":
		e.share(r, sent)
	case w == ",", w == ")", w == "-", w == "—", w == "–":
		r.subjectApart(sent, e, j)
	case (w == `"` || w == "”" || w == "’" || w == "'") && j > sent.FirstToken && r.low[j-1] == ",":
		r.subjectApart(sent, e, j-1)
	case w == "who" && r.doc.Word(j) != "WHO":
		k := j - 1
		if k >= sent.FirstToken && r.low[k] == "," {
			k--
			e.relative, e.apart = true, true
		}
		e.setSubject(r, r.phraseStart(sent, k), k+1)
	case (w == "which" || w == "that") && j-1 > sent.FirstToken && (e.class != classAct || w == "which" && r.low[j-1] == ","):
		k := j - 1
		if r.low[k] == "," {
			k--
			e.apart, e.relative = true, w == "which"
		}
		first := r.phraseStart(sent, k)
		if r.has(first+1, k, preposition) && r.low[j] == "that" {
			first = max(first, r.nounStart(sent, k)) // "belongs to a group that wants …"
		}
		e.setSubject(r, first, k+1)
		if len(e.mentions) > 0 && (e.mentions[0].Actor.Type == actor.Person || e.mentions[0].Actor.Type == actor.Office || e.class == classAct && !r.acts(&e.mentions[0])) {
			e.mentions = nil
		}
	default:
		first := r.phraseStart(sent, j)
		if who := r.relativeBefore(sent, first); who > 0 {
			first, j = r.phraseStart(sent, who-1), who-1
		}
		if w == "to" {
			first, j = sent.FirstToken, j-1
		}
		e.setSubject(r, first, j+1)
	}
}

// acts reports whether a mention names, by name, a body that decides: "Poland,
// which has offered a garrison".
func (r *reading) acts(m *actor.Mention) bool {
	switch m.Actor.Type {
	case actor.Government, actor.Legislature, actor.Organisation, actor.Party, actor.Militia:
		return !r.is(r.doc.TokenAt(m.End-1), troopNoun|pronoun) && m.Rule != "document"
	}
	return false
}

// beforeTime is the "who" or "which" before a time that ends at token j, "who in
// April ordered"; j itself where there is none.
func (r *reading) beforeTime(sent text.Sentence, j int) int {
	for k := j; k > sent.FirstToken && k > j-4; k-- {
		switch w := r.low[k]; {
		case (w == "who" || w == "which") && k < j:
			return k
		case !r.is(k, timeWord) && r.doc.Tokens[k].Kind != text.Number && w != "in" && w != "on" && w != "since":
			return j
		}
	}
	return j
}

// relativeBefore is the token of the "who" whose clause reaches from it over
// the verb before token k, "an aide who has heard the request", or 0. What
// such a verb reports is no part of a subject: "aides who say the request".
func (r *reading) relativeBefore(sent text.Sentence, k int) int {
	verb := false
	for j := k - 1; j > sent.FirstToken && j > k-maxRelative; j-- {
		switch {
		case r.quote[j] != 0 || r.doc.Tokens[j].Kind == text.Punct:
			return 0
		case r.low[j] == "who":
			if !verb || r.doc.Word(j) == "WHO" {
				return 0
			}
			return j
		case r.isVerb(j) && r.events[len(r.events)-1].class == classSay && !r.events[len(r.events)-1].quotes, r.is(j, boundary) && r.low[j] != "when":
			return 0
		}
		verb = verb || r.is(j, finite|pastForm) || r.verbal(j) || r.isVerb(j)
	}
	return 0
}

// maxRelative bounds a relative clause inside a subject, in tokens.
const maxRelative = 14

// share takes over the subject of the event before. A participle without one
// takes whom the sentence names first.
func (e *event) share(r *reading, sent text.Sentence) {
	for k := len(r.events) - 1; k >= 0 && k >= len(r.events)-12; k-- {
		o := &r.events[k]
		if o.first < sent.FirstToken {
			break
		}
		if len(o.mentions) == 0 && o.shared < 0 {
			continue
		}
		e.shared, e.mentions, e.subject, e.apart = k, o.mentions, o.subject, true
		if o.shared >= 0 {
			e.shared = o.shared
		}
		break
	}
	switch {
	case len(e.mentions) > 0:
	case e.gerund:
		if r.fromStart(sent, e); len(e.mentions) == 0 {
			r.fromClause(sent, e)
		}
	default:
		r.fromClause(sent, e)
	}
}

// maxBack bounds, in tokens, how far back a clause may start.
const maxBack = 80

// fromClause takes the subject of a verb behind "and" from where its clause
// starts: the verb before it is none of the lexicon.
func (r *reading) fromClause(sent text.Sentence, e *event) {
	from := max(sent.FirstToken, e.first-maxBack)
	for k := e.first - 2; k > from; k-- {
		if r.low[k] == ";" || r.quote[k] != 0 || r.is(k, boundary) {
			from = k + 1
		}
	}
	if from > sent.FirstToken && from == e.first-maxBack {
		return
	}
	for from < e.first && r.is(from, conjunctive) {
		from++
	}
	if r.is(from, preposition) {
		for k := from; k < e.first; k++ {
			if r.low[k] == "," {
				from = k + 1
				break
			}
		}
	}
	end := from
	for end < e.first-1 && end < from+14 && !r.is(end, finite|pastForm|boundary) && r.low[end] != "," && r.low[end] != "to" && (end == from || !r.verbal(end)) {
		end++
	}
	if end == from || end == e.first-1 || !(r.verbal(end) || r.is(end, finite|pastForm) || r.low[end] == "," && !r.is(from, preposition) && r.mainVerb(end, e.first-1)) {
		return
	}
	e.setSubject(r, from, end)
	e.apart = true
}

// verbal reports whether the word at token k looks like a past form.
func (r *reading) verbal(k int) bool {
	w := r.low[k]
	return len(w) > 4 && w[len(w)-2:] == "ed" && !r.upper(k) && !r.is(k-1, determiner)
}

// fromStart takes whom the sentence names first, for a participle whose main
// verb is none of the lexicon.
func (r *reading) fromStart(sent text.Sentence, e *event) {
	ms := r.who.MentionsIn(r.span(sent.FirstToken, min(e.first, sent.FirstToken+maxSubject)))
	if len(ms) > 0 && r.doc.TokenAt(ms[0].Start) <= sent.FirstToken+1 {
		e.mentions, e.apart = ms[:1], true
	}
}

// invertedAt: "said Ms. Park" behind a comma or a quotation.
func (r *reading) invertedAt(sent text.Sentence, e *event) bool {
	if e.class == classAttitude || e.lemma == "tell" || e.first != e.last || e.last+1 >= sent.EndToken || e.form&(formPast|formThird) == 0 {
		return false
	}
	j := e.first - 1
	if j < sent.FirstToken {
		return e.first == sent.FirstToken && e.first > 0 && r.quote[e.first-1] != 0 && r.nominal(e.last+1)
	}
	return (r.quote[j] != 0 || r.low[j] == "," && r.mainVerb(sent.FirstToken, j)) && r.nominal(e.last+1) && (e.class == classSay || r.quote[j] != 0) && r.noVerbAfter(sent, e.last+1)
}

// mainVerb reports whether tokens [first, end) have a verb of their own,
// outside relative clauses and participles: a clause rather than a subject
// with its asides.
func (r *reading) mainVerb(first, end int) bool {
	aside := false
	for k := first; k < end; k++ {
		switch {
		case r.quote[k] != 0:
			return true
		case r.low[k] == ",":
			aside = false
			if k+1 < end && (r.is(k+1, boundary) || r.low[k+1] == "who" || r.verbal(k+1)) {
				aside = true
			}
		case r.low[k] == "who", r.low[k] == "which", r.low[k] == "that" && k > first, r.low[k] == "whose":
			aside = true
		case aside:
		case (r.is(k, finite) || r.is(k, pastForm) && !r.upper(k)) && k > first, r.isVerb(k):
			return true
		case k > first && r.verbal(k) && !r.is(k-1, preposition|beForm):
			return true
		}
	}
	return false
}

// nominal reports whether a name or a noun phrase starts at token i.
func (r *reading) nominal(i int) bool {
	return i < len(r.low) && r.quote[i] == 0 && r.doc.Tokens[i].Kind == text.Word && (r.upper(i) || r.is(i, determiner) || r.is(i, pronoun) && r.low[i] != "it" || r.titleAt(i)) && !r.is(i, timeWord)
}

// titleAt: "spokeswoman Ana Kovar", "former president Jan Nowak".
func (r *reading) titleAt(i int) bool {
	if r.is(i, preposition) || r.is(i, boundary) || r.is(i, finite) || r.is(i, auxiliary) {
		return false
	}
	for k := i + 1; k < len(r.low) && k <= i+3 && r.doc.Tokens[k].Kind == text.Word && !r.is(k, preposition); k++ {
		if r.upper(k) {
			return true
		}
	}
	return false
}

// noVerbAfter: what follows "said" up to the next comma or the sentence's end
// has no finite verb of its own, so it is no reported clause.
func (r *reading) noVerbAfter(sent text.Sentence, i int) bool {
	for k := i; k < sent.EndToken && k < i+12; k++ {
		if r.low[k] == "," {
			return true
		}
		if r.is(k, finite) || r.low[k] == "that" || len(r.words[k].verbs) > 0 && k > i+1 && !r.is(k-1, preposition) && r.words[k].verbs[0].form&(formPast) != 0 {
			return false
		}
	}
	return true
}

// phraseStart walks back from token j to where the noun phrase starts.
func (r *reading) phraseStart(sent text.Sentence, j int) int {
	k := j
	for k-1 >= sent.FirstToken && j-k < maxSubject {
		w := r.low[k-1]
		if w == "and" && k-2 >= sent.FirstToken && r.low[k-2] == "," {
			if n := r.listStart(sent, k-2); n >= 0 {
				k = n
				continue
			}
		}
		if w == "," {
			if n := r.enumeration(sent, k, j); n >= 0 {
				k = n
			}
			break
		}
		if r.stopsPhrase(k-1) || w == "and" && (r.clauseBefore(sent, k-1)) {
			break
		}
		k--
	}
	for k < j && (r.is(k, conjunctive) || adverb(r.low[k])) {
		k++
	}
	return k
}

// listStart walks back over "Sunni, Kurdish" before the comma at token c; -1 if
// there is no such list of capitalised words.
func (r *reading) listStart(sent text.Sentence, c int) int {
	k := c
	for k-1 >= sent.FirstToken && r.low[k] == "," && r.upper(k-1) && r.quote[k-1] == 0 && !r.isVerb(k-1) {
		k--
		if k-1 < sent.FirstToken || r.low[k-1] != "," {
			break
		}
		k--
	}
	if c-k < 3 {
		return -1
	}
	return k
}

// enumeration is the token at which a list of names starts that fills the
// sentence up to token j, "Riga, Vilnius and Tallinn", where its last "and"
// stands behind token k; -1 if there is none.
func (r *reading) enumeration(sent text.Sentence, k, j int) int {
	start, and := sent.FirstToken, false
	for i := k; i < j; i++ {
		and = and || r.low[i] == "and"
	}
	if !and || j-start > maxListed {
		return -1
	}
	for i, word := start, 0; i < k; i++ {
		switch {
		case r.low[i] == ",":
			word = 0
		case r.quote[i] != 0 || r.doc.Tokens[i].Kind != text.Word || r.is(i, finite|preposition|boundary|pronoun|timeWord) || r.isVerb(i) || adverb(r.low[i]):
			return -1
		default:
			if word++; word > 4 || !r.upper(i) && !r.is(i, determiner|peopleNoun) {
				return -1
			}
		}
	}
	return start
}

// maxListed bounds a list of names, in tokens.
const maxListed = 18

func (r *reading) stopsPhrase(k int) bool {
	w := r.low[k]
	return r.quote[k] != r.quote[k+1] || r.is(k, boundary) || r.doc.Tokens[k].Kind == text.Punct && w != "'" && w != "’" && w != "." && w != "&" ||
		r.is(k, finite) && w != "us" || r.isVerb(k) || w == "to" && len(r.words[k+1].verbs) > 0
}

// clauseBefore reports whether a finite verb stands between the last mark and
// "and" at token k: then "and" starts a clause rather than joining two names.
func (r *reading) clauseBefore(sent text.Sentence, k int) bool {
	for j := k - 1; j >= sent.FirstToken && k-j < maxSubject; j-- {
		w := r.low[j]
		if r.is(j, finite) || r.isVerb(j) {
			return true
		}
		if w == "," || w == ";" || r.quote[j] != 0 {
			return w == ";"
		}
	}
	return false
}

// phraseEnd is where the noun phrase from token i ends: before a mark, a verb
// or a word that starts a clause.
func (r *reading) phraseEnd(sent text.Sentence, i int) int {
	k := i
	for k < sent.EndToken && k < i+18 {
		w := r.low[k]
		if w == "(" && k+3 < sent.EndToken && k > i && r.low[k+2] == ")" && retired[r.low[k+1]] {
			k += 3 // "Air Commodore (r) Jan Nowak"
			continue
		}
		if r.quote[k] != r.quote[i] || r.is(k, boundary|finite) || r.doc.Tokens[k].Kind == text.Punct && w != "'" && w != "’" && w != "." && w != "&" || k > i && r.is(k, timeWord) && w != "late" || w == "and" && k+2 < sent.EndToken && r.low[k+2] == "by" && len(r.words[k+1].verbs) > 0 {
			break
		}
		k++
	}
	for k > i && r.is(k-1, preposition) {
		k--
	}
	return k
}

// retired are what stands in brackets between a rank no longer held and a name.
var retired = readList("r, ret, retd, rtd")

// subjectApart finds the subject before a comma: past an apposition or an
// aside, or, where a verb stands in between, that verb's.
func (r *reading) subjectApart(sent text.Sentence, e *event, comma int) {
	end := comma
	var name [2]int // words in capitals next to the verb
	for step := 0; step < 5; step++ {
		k := end - 1
		for k >= sent.FirstToken && r.low[k] != "," && r.low[k] != "—" && r.low[k] != "–" && r.low[k] != "(" && r.low[k] != "-" && r.low[k] != ";" {
			if r.quote[k] != 0 {
				break
			}
			if r.isVerb(k) && step > 0 {
				e.share(r, sent)
				return
			}
			k--
		}
		first := k + 1
		if step == 0 {
			name = r.nameIn(first, end)
		}
		if step > 0 && first < end && r.subjectLike(first) && !seat(r.low[first]) {
			first = r.phraseStart(sent, end-1)
			e.setSubject(r, first, end)
			if len(e.mentions) > 0 {
				e.apart = true
				r.apposition(e, name)
				return
			}
			if step == 1 && name[1] > 0 && !r.is(first, preposition) && r.apposition(e, name) {
				e.apart = true
				return
			}
		}
		if k < sent.FirstToken || r.quote[k] != 0 {
			break
		}
		end = k
	}
	if len(r.events) == 0 || r.events[len(r.events)-1].first < sent.FirstToken {
		if r.apposition(e, name) {
			e.apart = true
			return
		}
	}
	e.share(r, sent)
}

// apposition takes the person who is named behind a description and a comma
// for the source: "the head of the bureau, Marek Wolny, said".
func (r *reading) apposition(e *event, name [2]int) bool {
	if name[1] == 0 || len(e.mentions) > 1 {
		return false
	}
	if len(e.mentions) == 1 && e.mentions[0].Actor.Type == actor.Person && r.upper(e.subject[0]) && !r.is(e.subject[0], determiner) {
		return false
	}
	ms := r.who.ResolveAll(r.span(name[0], name[1]))
	if len(ms) != 1 || ms[0].Actor.Type != actor.Person {
		return false
	}
	e.subject, e.mentions = name, ms
	return true
}

// nameIn is the name in the aside of tokens [first, end): all of it, what stands
// behind "named", or before where he is from: "Jan Nowak of the union".
func (r *reading) nameIn(first, end int) [2]int {
	for k := first + 1; k+1 < end; k++ {
		if r.low[k] == "named" || r.low[k] == "called" {
			first = k + 1
		} else if r.is(k, preposition) && k >= first+2 && r.upper(first) && r.upper(k-1) {
			end = k
		}
	}
	if end-first <= 8 && r.namedAt(first, end) {
		return [2]int{first, end}
	}
	return [2]int{}
}

// namedAt reports whether tokens [first, end) end in a name, with nothing but
// a description before it: "schoolteacher Jan Nowak".
func (r *reading) namedAt(first, end int) bool {
	if first >= end || !r.nameLike(end-1) || r.doc.Tokens[end-1].Kind != text.Word {
		return false
	}
	for k := first; k < end; k++ {
		if r.is(k, preposition|boundary) || r.is(k, finite) && !r.upper(k) || r.is(k, determiner) && k > first || r.verbal(k) {
			return false
		}
	}
	return true
}

// nameLike reports whether token k may be part of a name: it starts with a
// capital, behind an Arabic article too.
func (r *reading) nameLike(k int) bool {
	if r.upper(k) {
		return true
	}
	_, name, ok := strings.Cut(r.doc.Word(k), "-")
	c, _ := utf8.DecodeRuneInString(name)
	return ok && unicode.IsUpper(c) && articles[r.low[k][:strings.IndexByte(r.low[k], '-')]]
}

var articles = readList("al, el, as, ar, at, an, ad, az, ash, ul")

// seat: the "R-Ohio" behind a lawmaker's name.
func seat(w string) bool {
	return w == "r" || w == "d" || w == "i" || strings.HasPrefix(w, "r-") || strings.HasPrefix(w, "d-") || strings.HasPrefix(w, "i-")
}

func (r *reading) subjectLike(i int) bool {
	return r.upper(i) && !r.is(i, preposition) && !r.is(i, boundary) || r.is(i, determiner|pronoun|conjunctive|peopleNoun) || r.is(i, personNoun) && r.titleAt(i)
}

// setSubject resolves the tokens [first, end). A mention deep inside the
// phrase, behind another noun and a preposition, is not its head.
func (e *event) setSubject(r *reading, first, end int) {
	if first >= end || first < 0 {
		return
	}
	if r.low[first] == "q" && first+1 < end {
		first++ // the label of who asks
		first += btoi(r.low[first] == "." && first+1 < end)
	}
	first = r.pastPlace(first, end)
	e.subject = [2]int{first, end}
	span := r.span(first, end)
	if end == first+1 && contraction(r.low[first]) {
		span.End = span.Start + strings.IndexAny(r.doc.Body[span.Start:span.End], "'’") // they'd
	}
	ms := r.who.ResolveAll(span)
	if len(ms) > 0 && ms[0].Actor.Type == actor.Media && r.is(first, personNoun) && end > first+1 {
		ms = r.who.ResolveAll(r.span(first+1, end)) // "Economist Ana Kovar"
	}
	heads := ms[:0]
	for i := range ms {
		if !ms[i].Actor.Zero() && r.heads(first, &ms[i]) {
			heads = append(heads, ms[i])
		}
	}
	if len(heads) < 2 && end-first > 3 && (len(heads) == 0 || heads[0].Actor.Type != actor.Person || !strings.Contains(heads[0].Actor.Name, " ")) {
		if m, ok := r.nameBehind(first, end); ok {
			heads = append(heads[:0], m)
		}
	}
	if e.inverted && len(heads) == 1 && (heads[0].Actor.Type == actor.Unnamed || heads[0].Actor.Type == actor.Bloc || heads[0].Rule == "description") || e.inverted && len(heads) == 0 {
		if m, ok := r.nameAside(end); ok {
			heads = append(heads[:0], m)
		}
	}
	if len(heads) == 0 {
		heads = r.described(first, end, e.class == classSay && !e.quotes && !things[e.lemma])
	}
	e.mentions = heads
}

// pastPlace is the token at which a subject of tokens [first, end) starts behind
// the place or time that opens its clause: "in Lodz the council".
func (r *reading) pastPlace(first, end int) int {
	if w := r.low[first]; w != "in" && w != "at" && w != "on" && w != "from" && w != "among" && w != "of" || end-first < 3 || !r.upper(first) && (first == 0 || r.low[first-1] != "," && !r.is(first-1, conjunctive)) {
		return first
	}
	for k := first + 2; k < end; k++ {
		switch {
		case r.is(k-1, preposition|determiner) || r.low[k-1] == "and" || r.low[k] == "and":
		case r.is(k, determiner) && !r.is(k, timeWord), r.is(k, peopleNoun) && !r.upper(k) && (r.upper(k-1) || r.doc.Tokens[k-1].Kind == text.Number) && !possessive(r.low[k-1]):
			if ms := r.who.ResolveAll(r.span(k, end)); len(ms) > 0 && !ms[0].Actor.Zero() {
				return k
			}
		}
	}
	return first
}

// nameBehind is the person whose name of several words ends a description of
// tokens [first, end): "the state minister for roads Jan Nowak".
func (r *reading) nameBehind(first, end int) (actor.Mention, bool) {
	for end > first && r.doc.Tokens[end-1].Kind == text.Punct {
		end--
	}
	at := end
	for at > first && (r.nameLike(at-1) || at < end && (r.low[at-1] == "bin" || r.low[at-1] == "bint")) && r.doc.Tokens[at-1].Kind == text.Word && !posts[r.low[at-1]] {
		at--
	}
	if end-at < 2 || end-at > 4 || at == first || r.is(at-1, preposition|determiner) || possessive(r.low[at-1]) || r.low[at-1] == "and" || r.low[at-1] == "&" {
		return actor.Mention{}, false
	}
	ms := r.who.ResolveAll(r.span(at, end))
	if len(ms) != 1 || ms[0].Actor.Type != actor.Person || !strings.Contains(ms[0].Actor.Name, " ") {
		return actor.Mention{}, false
	}
	return ms[0], true
}

// nameAside is the person named between a comma at token k and a mark: "said one
// of the deputies, Jan Nowak."
func (r *reading) nameAside(k int) (actor.Mention, bool) {
	if k+2 >= len(r.low) || r.low[k] != "," {
		return actor.Mention{}, false
	}
	end := k + 1
	for end < len(r.low) && end < k+6 && r.nameLike(end) && r.doc.Tokens[end].Kind == text.Word {
		end++
	}
	if end-k < 3 || end < len(r.low) && r.doc.Tokens[end].Kind != text.Punct && r.quote[end] == 0 {
		return actor.Mention{}, false
	}
	ms := r.who.ResolveAll(r.span(k+1, end))
	if len(ms) != 1 || ms[0].Actor.Type != actor.Person {
		return actor.Mention{}, false
	}
	return ms[0], true
}

// posts are words in capitals that end what an office is called.
var posts = readList("minister, secretary, chairman, defense, defence, affairs, interior, state, justice, finance, health, education, commodore, marshal, deputy, member, committee, president, mk, mp, mps, senator, coordinator, commissioner, director, adviser, advisor, general, colonel, major, captain, lieutenant, admiral, commander, sergeant, ambassador, party, council, spokesman, spokeswoman, spokesperson, representative, professor, dr, mr, mrs, ms, rep, sen, gov, governor, mayor, congressman, congresswoman, leader, whip, chief, sheikh, ayatollah, imam, bishop, father, speaker, judge, lord, baroness, sir, lady")

// heads reports whether nothing but modifiers stands between token first and
// the mention.
func (r *reading) heads(first int, m *actor.Mention) bool {
	at := r.doc.TokenAt(m.Start)
	for k := first; k < at; k++ {
		if (r.low[k] == "of" || r.low[k] == "by" || r.low[k] == "from" || r.low[k] == "for" || r.low[k] == "against" || r.low[k] == "with" || r.low[k] == "to" || r.low[k] == "in" || r.low[k] == "at" || r.low[k] == "on") && k > first && !r.is(k-1, quantity) {
			return false
		}
	}
	return true
}

// span is the bytes of tokens [first, end).
func (r *reading) span(first, end int) text.Span {
	if first >= end {
		return text.Span{}
	}
	return text.Span{Start: r.doc.Tokens[first].Start, End: r.doc.Tokens[end-1].End}
}
