package statement

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// A reading is one field of an article while its statements are found.
type reading struct {
	doc    *text.Document
	who    *actor.Resolver
	low    []string // the tokens in small letters
	words  []*word  // what the lexicon knows of them
	quote  []int32  // by token: 1 + index of the outer quotation that holds it
	events []event  // in order of the verb
	out    []Statement
	body   *text.Document // whose title this is, or nil
	barred *Statement     // whose holder may not hold its words, or nil

	owner    []int32         // by paragraph: 1 + index into speakers of whose printed text it is
	speakers []actor.Mention // under whose names texts are printed
	letter   map[int][2]int  // by paragraph, the tokens of a letter to the editor
	spoken   bool            // the text is a transcript or an interview
}

// An event is a verb of the lexicon with its subject.
type event struct {
	verb
	sentence    int
	first, last int // tokens of the verb group, last included
	subject     [2]int
	mentions    []actor.Mention
	shared      int // event whose subject it shares, or -1
	inverted    bool
	passive     bool
	gerund      bool
	apart       bool            // a comma parts subject and verb
	used        bool            // its quotation is a statement already
	relative    bool            // "who" is its subject
	by          []actor.Mention // who quotes the subject
}

// media reports whether the source is a news medium, which holds nothing.
func (e *event) media() bool {
	return len(e.mentions) > 0 && e.mentions[0].Actor.Type == actor.Media
}

func newReading(doc *text.Document, who *actor.Resolver) *reading {
	n := len(doc.Tokens)
	r := &reading{doc: doc, who: who, low: make([]string, n), words: make([]*word, n), quote: make([]int32, n), events: make([]event, 0, n/12)}
	for i := range doc.Tokens {
		low, h := small(doc, i)
		r.low[i], r.words[i] = low, lookUp(low, h)
	}
	for q := range doc.Quotations {
		if r.opaque(q) {
			first, end := doc.TokensIn(doc.Quotations[q].Span)
			for i := first; i < end; i++ {
				r.quote[i] = int32(q) + 1
			}
		}
	}
	for s := range doc.Sentences {
		if r.prose(doc.Sentences[s].Paragraph) {
			r.findEvents(s)
		}
	}
	r.findOwners()
	return r
}

// small is token i in small letters, those beyond ASCII too, and its hash.
func small(doc *text.Document, i int) (string, text.Hash) {
	w := doc.Low(i)
	for k := range len(w) {
		if w[k] >= utf8.RuneSelf {
			w = strings.ToLower(w)
			return w, text.HashOf(w)
		}
	}
	return w, doc.Tokens[i].Hash
}

// is reports whether token k is of a class; k may lie before the first token or
// behind the last.
func (r *reading) is(k int, c wordClass) bool {
	return k >= 0 && k < len(r.words) && r.words[k].is&c != 0
}

// opaque reports whether quotation q is somebody's words, in which no verb of
// the reporter stands: an outer one that is no name or scare quote.
func (r *reading) opaque(q int) bool {
	x := r.doc.Quotations[q]
	if x.DepthInner > 0 {
		return false
	}
	if x.Scare && r.headline(x.Paragraph) {
		first, end := r.doc.TokensIn(x.Inner)
		return end-first >= 4
	}
	return !x.Scare && !r.named(x) || r.isSlogan(x)
}

// named reports whether a quotation is the name of a programme, a book or a
// law, of at most six words.
func (r *reading) named(x text.Quotation) bool {
	first, end := r.doc.TokensIn(x.Inner)
	if x.Unclosed || x.Unopened || end-first > 7 || end == first || !r.upper(first) {
		return false
	}
	if first >= 2 && possessive(r.low[first-2]) {
		return true
	}
	for k := first; k < end; k++ {
		if r.is(k, finite) || r.is(k, pronoun) {
			return false
		}
	}
	return end-first >= 2 && r.titled(first, end)
}

func (r *reading) prose(p int) bool { return r.doc.Paragraphs[p].Class != text.Boilerplate }

// headline reports whether paragraph p is a headline of some kind.
func (r *reading) headline(p int) bool {
	switch r.doc.Paragraphs[p].Class {
	case text.Headline, text.Subhead, text.Crosshead, text.Bullet:
		return true
	}
	return false
}

// findEvents finds the verbs of sentence s and their subjects.
func (r *reading) findEvents(s int) {
	sent := r.doc.Sentences[s]
	for i := sent.FirstToken; i < sent.EndToken; i++ {
		if r.quote[i] != 0 || r.doc.Tokens[i].Kind != text.Word {
			continue
		}
		if r.is(i, attitudeAdjective) && i > sent.FirstToken {
			if e, ok := r.adjectiveAt(sent, i); ok && (len(r.events) == 0 || r.events[len(r.events)-1].last < e.first) {
				e.sentence = s
				r.events = append(r.events, e)
				continue
			}
		}
		for k := range r.words[i].verbs {
			if e, ok := r.eventAt(sent, i, &r.words[i].verbs[k]); ok {
				e.sentence = s
				r.events = append(r.events, e)
				break
			}
		}
	}
}

// eventAt reads token i as verb v, if its neighbours allow it.
func (r *reading) eventAt(sent text.Sentence, i int, v *verb) (event, bool) {
	e := event{verb: *v, first: i, last: i, shared: -1}
	if i > sent.FirstToken && r.upper(i) && (!r.headline(sent.Paragraph) || r.low[i-1] == "united") {
		return e, false // part of a name
	}
	if v.particle != "" {
		k := r.particleAt(sent, i, v)
		if k < 0 {
			return e, false
		}
		if k <= i+1 {
			e.last = k
		}
	}
	group := r.verbGroup(sent, i)
	e.first = group.first
	if !r.formFits(sent, i, v, &e, group) {
		return e, false
	}
	if v.class != classSay && e.last+1 < sent.EndToken && r.is(e.last+1, finite) && r.is(e.last+1, beForm) {
		return e, false // "the letter she sent is below"
	}
	if r.reduced(sent, i, v) || r.discreet(sent, &e) {
		return e, false
	}
	r.findSubject(sent, &e)
	return e, !r.unreal(sent, &e)
}

// particleAt is the token of v's particle behind token i, or -1.
func (r *reading) particleAt(sent text.Sentence, i int, v *verb) int {
	limit := i + 1
	if v.movable {
		limit = i + 7
	}
	for k := i + 1; k <= limit && k < sent.EndToken; k++ {
		if v.particle == "on" && k+1 < sent.EndToken && r.is(k+1, timeWord) {
			return -1 // "insisted on Monday"
		}
		if r.low[k] == v.particle && (v.second == "" || k+1 < sent.EndToken && r.low[k+1] == v.second) {
			return k + btoi(v.second != "")
		}
		if r.doc.Tokens[k].Kind == text.Punct || r.low[k] == "that" {
			return -1
		}
		if !v.movable && k < i+5 && (k == i+1 && adverb(r.low[k]) || r.is(k, timeWord) || (r.low[k] == "on" || r.low[k] == "in" || r.low[k] == "since") && k+1 < sent.EndToken && (r.is(k+1, timeWord) || r.doc.Tokens[k+1].Kind == text.Number) || r.doc.Tokens[k].Kind == text.Number && k > i+1) {
			limit++
		}
	}
	return -1
}

// A group is what stands before a verb: its auxiliaries and adverbs.
type group struct {
	first           int
	be, have, modal bool
	to              bool // an infinitive
	owed            bool // behind "should", "must", "ought to"
	used            bool // behind "used to"
}

// duties are the modals that say what somebody else wants of the subject.
var duties = readList("should, shouldn't, must, mustn't, ought")

func (r *reading) verbGroup(sent text.Sentence, i int) group {
	g := group{first: i}
	near := true // of the auxiliaries, the nearest tells the voice
	for k := i - 1; k >= sent.FirstToken && k > i-7 && r.quote[k] == 0; k-- {
		w := r.low[k]
		if n := r.lasting(sent, k); n > 0 {
			k -= n - 1
			continue // "has for years wanted"
		}
		if !r.is(k, auxiliary) && !adverb(w) {
			if g.to = w == "to"; g.to && near && k-1 > sent.FirstToken && r.low[k-1] == "used" && !r.is(k-2, beForm) {
				g.to, g.used, g.first = false, true, k-1
			}
			if near && contraction(w) {
				g.be, g.have, g.modal = contracted(w)
			}
			break
		}
		switch {
		case r.is(k, beForm):
			g.be = g.be || near
			near = false
		case w == "has" || w == "have" || w == "had" || w == "having" || strings.HasPrefix(w, "hasn") || strings.HasPrefix(w, "haven") || strings.HasPrefix(w, "hadn"):
			g.have = true
			near = false
		case r.is(k, finite):
			g.modal, g.owed = true, duties[w]
			near = false
		}
		g.first = k
	}
	if w := r.low[g.first]; g.first < i && (w == "both" || w == "all" || w == "each") && (g.first == sent.FirstToken || r.doc.Tokens[g.first-1].Kind == text.Punct || r.is(g.first-1, conjunctive|boundary)) {
		g.first++ // "Both have said": the subject
	}
	for g.first < i && r.is(g.first, leading) && r.doc.Tokens[g.first].Kind == text.Word {
		if g.first > sent.FirstToken && r.low[g.first-1] != "," {
			break
		}
		g.first++
	}
	return g
}

// lasting is how many tokens the time takes that ends at token k between an
// auxiliary and its verb, "for years", "since 2012"; 0 if there is none.
func (r *reading) lasting(sent text.Sentence, k int) int {
	for n := 2; n <= 4 && k-n >= sent.FirstToken; n++ {
		if w := r.low[k-n+1]; w == "for" || w == "since" {
			if r.is(k-n, auxiliary) && (r.is(k, timeWord) || r.doc.Tokens[k].Kind == text.Number) {
				return n
			}
			return 0
		}
	}
	return 0
}

// contracted tells what the verb in "he's", "we've", "they'll" is. A bare 's is
// taken for "is".
func contracted(w string) (be, have, modal bool) {
	switch {
	case strings.HasSuffix(w, "d've"), strings.HasSuffix(w, "d’ve"):
		return false, true, true
	case strings.HasSuffix(w, "ve"):
		return false, true, false
	case strings.HasSuffix(w, "ll"), strings.HasSuffix(w, "d"):
		return false, false, true
	}
	return true, false, false
}

func adverb(w string) bool {
	return len(w) > 4 && strings.HasSuffix(w, "ly") && w != "family" && w != "early" && w != "july" && w != "italy" && w != "ally" && w != "assembly" && w != "daily" && w != "supply"
}

// formFits tells whether token i is a finite verb, or a participle that a
// statement hangs on.
func (r *reading) formFits(sent text.Sentence, i int, v *verb, e *event, g group) bool {
	before, prev := -1, ""
	if g.first > sent.FirstToken {
		before, prev = g.first-1, r.low[g.first-1]
		for before > sent.FirstToken+1 && (r.is(before, leading) || adverb(prev)) && r.low[before-1] == "," {
			before, prev = before-1, "," // "…, still call"
		}
	}
	if conditional[v.lemma] && !g.modal {
		return false
	}
	if g.to && v.class == classSay && v.form&formBase != 0 && (v.lemma == "say" || e.last+1 < sent.EndToken && r.low[e.last+1] == "that" && !r.unwilling(g.first-2)) {
		e.gerund = true
		return true
	}
	if g.used {
		return v.form&formBase != 0
	}
	if g.to {
		if v.form&formBase != 0 && v.class == classAct && r.onPurpose(sent, g.first-1) {
			e.gerund = true
			return true
		}
		return v.form&formBase != 0 && r.announced(sent, g.first-1)
	}
	if i > sent.FirstToken && g.first == i && (r.is(before, determiner) && !r.is(before, pronoun) && prev != "some" && prev != "many" && prev != "most" && prev != "both" && prev != "several" && prev != "that" && prev != "this" || possessive(prev)) {
		return false
	}
	if v.noun && g.first == i && r.nounHere(sent, i) {
		return false
	}
	next := ""
	if e.last+1 < sent.EndToken {
		next = r.low[e.last+1]
	}
	switch {
	case v.form&formGerund != 0 && v.class == classSay && r.quotedAs(sent, g.first) >= 0:
		return true
	case v.form&formGerund != 0:
		e.gerund = !g.be
		return g.be && !g.modal || g.be && g.modal || g.first == i && v.class == classAct && !v.deed && !v.light && i > sent.FirstToken+2 && r.missive(before) || g.first == i && (prev == "," || prev == "" || i > sent.FirstToken && r.quote[i-1] != 0) && (v.class != classAttitude || prev == "," && !v.noun)
	case v.form&(formPast|formPart) != 0 && g.be && v.form&formBase == 0:
		e.passive = r.byPhrase(sent, e.last+1) > 0 && (v.class != classSay || v.particle == "" && r.toldBy(sent, g.first, e.last+1))
		return e.passive
	case v.form&(formPast|formPart) != 0 && v.form&formBase == 0:
		if v.form&formPast == 0 && !g.have {
			return false
		}
		return (next != "by" || e.last+2 < sent.EndToken && r.doc.Tokens[e.last+2].Kind == text.Number || v.lemma == "say" && e.last+2 < sent.EndToken && r.is(e.last+2, talkNoun)) && !(r.is(before, preposition) && g.first == i)
	case v.form&formThird != 0:
		return !r.is(before, preposition) && prev != ""
	}
	if g.owed && v.class == classAttitude {
		return false // what somebody should feel is another's position
	}
	if g.have {
		return v.form&formPast != 0
	}
	if prev == "," && v.lemma == "say" && i > sent.FirstToken+4 && next != "," {
		return true // "experts, like the ones in Lodz, say"
	}
	return g.modal || !g.be && (r.plural(sent, r.beforeAside(sent, before)) || !v.noun && (r.pluralHead(sent, r.beforeAside(sent, before)) || r.pluralWho(sent, g.first)) || v.form&formPast != 0 && v.form&formBase != 0 && prev != "" && !r.is(before, preposition))
}

// toldBy reports whether the verb group from token first to end-1 stands behind
// "it" and before a clause: "it was stated by the palace that".
func (r *reading) toldBy(sent text.Sentence, first, end int) bool {
	if first == sent.FirstToken || r.low[first-1] != "it" {
		return false
	}
	for k := r.byPhrase(sent, end); k < min(sent.EndToken, end+16); k++ {
		if r.low[k] == "that" || r.low[k] == "whether" {
			return true
		}
	}
	return false
}

// unwilling reports whether the word at token k tells that what follows it was
// not done, or is wanted only: "refused to say that".
func (r *reading) unwilling(k int) bool {
	return k < 0 || unwillings[r.low[k]] || r.is(k, finite)
}

var unwillings = readList("refused, refuses, refuse, declined, declines, decline, failed, fails, want, wants, wanted, wish, wished, unwilling, reluctant, ready, able, unable, free, began, begun, have, has, had, need, needs, needed, afraid, hard, easy, difficult, fair, safe")

// conditional are verbs that report an attitude behind "would" only.
var conditional = readList("like, rather, miss")

// beforeAside is the word before the aside that ends with the comma at token
// k, "the Communists, with 12 seats,"; k itself where there is no comma.
func (r *reading) beforeAside(sent text.Sentence, k int) int {
	if k <= sent.FirstToken || r.low[k] != "," {
		return k
	}
	for j := k - 1; j > sent.FirstToken && j > k-16; j-- {
		switch {
		case r.low[j] == ",":
			return j - 1
		case r.quote[j] != 0, r.is(j, finite) && r.low[j+1] != ",", r.low[j] == ";":
			return k
		}
	}
	return k
}

// announced reports whether "to" at token k follows the subject of a headline:
// "US to send troops".
func (r *reading) announced(sent text.Sentence, k int) bool {
	if !r.headline(sent.Paragraph) || k <= sent.FirstToken || k > sent.FirstToken+5 {
		return false
	}
	for j := sent.FirstToken; j < k; j++ {
		if r.isVerb(j) || r.is(j, finite) {
			return false
		}
	}
	return true
}

func (r *reading) isVerb(j int) bool {
	for k := len(r.events) - 1; k >= 0 && r.events[k].last >= j; k-- {
		if r.events[k].first <= j {
			return true
		}
	}
	return false
}

func possessive(w string) bool {
	return strings.HasSuffix(w, "'s") || strings.HasSuffix(w, "’s") || strings.HasSuffix(w, "s'") || strings.HasSuffix(w, "s’")
}

// nounHere reports whether a word that is a verb and a noun is a noun: behind
// an adjective or number, or before "for" after an adjective of a country.
func (r *reading) nounHere(sent text.Sentence, i int) bool {
	if i == sent.FirstToken {
		return true
	}
	prev := r.low[i-1]
	if r.is(i-1, preposition) || possessive(prev) || r.doc.Tokens[i-1].Kind == text.Number || i-2 >= sent.FirstToken && r.is(i-2, preposition) && r.low[i-2] != "in" {
		return true
	}
	next := ""
	if i+1 < sent.EndToken {
		next = r.low[i+1]
	}
	capital := r.upper(i - 1)
	for _, s := range []string{"ed", "ing", "ive", "ous", "al", "new", "ful", "ary", "ian", "ean", "ese", "ish", "qi", "can", "ghan", "public"} {
		if strings.HasSuffix(prev, s) && (!capital || next == "for" || next == "to" || next == "of" || next == "from" || next == "over" || next == "on") {
			return true
		}
	}
	return (prev == "US" || prev == "u.s." || prev == "us") && (next == "for" || next == "of" || next == "from")
}

func (r *reading) upper(i int) bool {
	c, _ := utf8.DecodeRuneInString(r.doc.Body[r.doc.Tokens[i].Start:])
	return unicode.IsUpper(c)
}

// plural reports whether the word at token k can be a plural subject.
func (r *reading) plural(sent text.Sentence, k int) bool {
	if k < sent.FirstToken {
		return false
	}
	w := r.low[k]
	if w == "states" || w == "nations" && r.upper(k) {
		return false
	}
	return r.is(k, plural) || len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "'s") && !strings.HasSuffix(w, "’s") && !strings.HasSuffix(w, "ss") ||
		r.upper(k) && k-2 >= sent.FirstToken && (r.low[k-1] == "and" || (r.low[k-1] == "in" || r.low[k-1] == "from") && r.plural(sent, k-2))
}

// pluralHead reports whether the phrase that ends at token k has a plural
// head before its preposition: "some supporters of the junta".
func (r *reading) pluralHead(sent text.Sentence, k int) bool {
	for j := k; j > sent.FirstToken && j > k-16; j-- {
		if r.quote[j] != 0 || r.doc.Tokens[j].Kind == text.Punct || r.is(j, finite|boundary) {
			return false
		}
		if r.low[j] == "and" {
			return r.upper(k) && r.upper(j-1)
		}
		if r.is(j, preposition) && (r.is(j-1, peopleNoun) || r.is(j-1, plural) && r.low[j-1] != "%" && r.low[j-1] != "percent") {
			return true
		}
	}
	return false
}

// pluralWho reports whether a plural noun and its relative clause end before
// token k: "students who burned a flag".
func (r *reading) pluralWho(sent text.Sentence, k int) bool {
	who := r.relativeBefore(sent, k)
	return who > 0 && r.plural(sent, who-1)
}

// byPhrase is the token after "by" within six tokens from i, or 0.
func (r *reading) byPhrase(sent text.Sentence, i int) int {
	for k := i; k < sent.EndToken && k < i+7; k++ {
		if r.low[k] == "by" {
			return k + 1
		}
		if r.doc.Tokens[k].Kind == text.Punct {
			return 0
		}
	}
	return 0
}
