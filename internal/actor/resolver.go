package actor

import (
	"sort"
	"strings"
	"time"

	"standpoint/internal/text"
)

// A Resolver resolves the mentions of one document, the same at any time. It
// is for one goroutine.
type Resolver struct {
	chunker
	doc     *text.Document
	hosts   []string
	outlet  string // folded, without "the"
	byline  string
	persons []person
	byName  map[string]int // folded full names -> persons
	byLast  map[string]int // surname keys -> persons, the latest introduced
	scan    []*phrase      // the whole text's, in order
	refs    []ref          // in order of the text
	polls   []int32        // sentences that name a poll
	hints   map[string]hint

	asked     map[question]*answers
	namesNATO bool
	ofUS      bool // published by the White House or by the Congress
	pollsUS   bool // the text names American voters or pollsters
	okinawa   bool // the text is set in Okinawa
	american  bool // the text speaks of the US Congress or the White House
}

// A person is somebody whom the article names.
type person struct {
	actor   Actor
	gender  byte
	roles   []role
	first   int // word at which he is first named
	byAlias bool
}

// A role is what the article calls a person: "senator", "Prime Minister" of Iraq.
type role struct {
	name    string
	country int
	former  bool
}

// A ref is a resolved phrase of the article.
type ref struct {
	first, last int // words
	actor       Actor
	person      int // index into persons, -1 if none
	gender      byte
	plural      bool
	noun        string // canonical noun of the head, if any
	rule        string
	quote       int16
	sentence    int32
	weight      float64 // how well it serves as an antecedent
	pronoun     bool
	voice       bool // somebody without a name speaks for a body
	speaks      bool // a verb of saying stands beside it
}

// NewResolver reads doc once: it finds whom the article names and what it
// calls them, so that Resolve can tell who "he" or "the minister" is. The
// hosts are the article's host countries, the likeliest first; published (zero
// if unknown) dates the offices; the outlet is never an actor; the byline is
// the source's author, if it gives one.
func NewResolver(reg *Registry, doc *text.Document, hosts []string, published time.Time, outlet, byline string) *Resolver {
	day := 0
	if !published.IsZero() {
		y, m, d := published.Date()
		day = y*10000 + int(m)*100 + d
	}
	r := &Resolver{
		chunker: chunker{reg: reg, words: readDocument(doc, reg), day: day, pool: &pool{}},
		doc:     doc, hosts: hosts, outlet: strings.TrimPrefix(fold(outlet), "the "), byline: byline,
		byName: map[string]int{}, byLast: map[string]int{}, asked: map[question]*answers{},
	}
	if len(hosts) > 0 {
		r.home = CountryOf(hosts[0])
	}
	for _, s := range []string{"white house", "us senate", "us congress", "congressional record", "us department"} {
		r.ofUS = r.ofUS || strings.Contains(r.outlet, s)
	}
	r.findNames()
	r.findPolls()
	r.readWords()
	r.american = r.ofUS || r.speaksOfCongress()
	r.scan = r.phrases(0, len(r.words))
	r.gatherHints()
	for i, p := range r.scan {
		r.introduce(p, r.scan[:i])
	}
	for i := range r.persons {
		switch r.persons[i].actor.Parent {
		case "white-house", "us-senate", "us-house-of-representatives":
			r.american = true
		}
		for _, x := range r.persons[i].roles {
			r.american = r.american || x.name == "Secretary of State" || x.name == "Secretary of Defense"
		}
	}
	r.referAll()
	return r
}

// findPolls notes the sentences that name a poll.
func (r *Resolver) findPolls() {
	for i := range r.words {
		if w := &r.words[i]; w.is&polling != 0 {
			if n := len(r.polls); n == 0 || r.polls[n-1] != w.sentence {
				r.polls = append(r.polls, w.sentence)
			}
		}
	}
}

// readWords notes what the words of the text tell at large: whether it names
// Okinawa or its people more than once, NATO, American polls.
func (r *Resolver) readWords() {
	n := 0
	for i := range r.words {
		if !r.words[i].capital {
			continue
		}
		if k := r.words[i].key; strings.HasPrefix(k, "okinawa") {
			n++
		} else if k == "nato" {
			r.namesNATO = true
		} else if (pollsters[k] && (i == 0 || !r.words[i-1].capital || r.words[i-1].title) || k == "americans" && i > 0 && r.words[i-1].key == "of") && r.besidePoll(r.words[i].sentence) {
			r.pollsUS = true
		}
	}
	r.okinawa = n > 1
}

// pollsters are words that tell an American poll.
var pollsters = map[string]bool{"republicans": true, "democrats": true, "gallup": true, "pew": true, "quinnipiac": true, "rasmussen": true, "cnn": true, "nbc": true, "cbs": true, "abc": true, "ipsos": true, "zogby": true}

// speaksOfCongress reports whether the text names the US Congress, a member of
// it or the White House: there, "the president" without a name is the US one.
func (r *Resolver) speaksOfCongress() bool {
	for i := range r.words {
		w := &r.words[i]
		if w.capital && (w.is&congress != 0 || w.key == "house" && i > 0 && r.words[i-1].key == "white" || w.key == "office" && i > 0 && r.words[i-1].key == "oval") {
			return true
		}
	}
	return false
}

// Head resolves the mentions of doc.Head, the headline, with what the body
// tells; r itself where there is none.
func (r *Resolver) Head() *Resolver {
	if r.doc.Head == nil {
		return r
	}
	h := *r
	h.doc = r.doc.Head
	h.words = readDocument(h.doc, r.reg)
	h.scan = h.phrases(0, len(h.words))
	h.refs, h.polls = nil, nil
	h.findPolls()
	h.referAll()
	return &h
}

func (r *Resolver) referAll() {
	r.refs = make([]ref, 0, len(r.scan)+len(r.scan)/4)
	for _, p := range r.scan {
		r.refer(p)
	}
}

// scanned is phrases by what the scan found: only a phrase that an end of the
// range cuts is cut out anew.
func (r *Resolver) scanned(lo, hi int) []*phrase {
	k := sort.Search(len(r.scan), func(k int) bool { return r.scan[k].last > lo })
	if k < len(r.scan) && r.scan[k].first < lo {
		return r.phrases(lo, hi)
	}
	end := k
	for end < len(r.scan) && r.scan[end].last <= hi {
		end++
	}
	list := r.scan[k:end:end]
	if end < len(r.scan) && r.scan[end].first < hi {
		list = append(list, r.phrases(r.scan[end].first, hi)...)
	}
	return list
}

// maxPhrase bounds a phrase, in words.
const maxPhrase = 25

// phrases cuts the words from lo to hi into phrases, left to right.
func (r *Resolver) phrases(lo, hi int) []*phrase {
	list := make([]*phrase, 0, (hi-lo)/5+1)
	end := lo // of the words that stand in one sentence and one quotation
	for i := lo; i < hi; {
		if r.words[i].aside {
			i++
			continue
		}
		for end = max(end, i+1); end < hi && r.words[end].sentence == r.words[i].sentence && r.words[end].quote == r.words[i].quote; {
			end++
		}
		p := r.chunk(i, min(i+maxPhrase, end))
		if p == nil {
			i++
			continue
		}
		list = append(list, p)
		i = max(p.last, i+1)
	}
	return list
}

// span is the bytes of the words [first, last).
func (r *Resolver) span(first, last int) text.Span {
	return text.Span{Start: int(r.words[first].start), End: int(r.words[last-1].full)}
}

// within is the range of words inside s.
func (r *Resolver) within(s text.Span) (lo, hi int) {
	lo = sort.Search(len(r.words), func(i int) bool { return int(r.words[i].full) > s.Start })
	hi = sort.Search(len(r.words), func(i int) bool { return int(r.words[i].start) >= s.End })
	return lo, max(lo, hi)
}

// Resolve is the actor whom the words at s name: a name, a description, a
// pronoun. Its Rule is "none", and its actor zero, where nobody can be told.
func (r *Resolver) Resolve(s text.Span) Mention {
	if all := r.ResolveAll(s); len(all) > 0 {
		return all[0]
	}
	return Mention{Span: s, Rule: "none"}
}

// ResolveAll is Resolve for joint speakers: "Sunni and Kurdish lawmakers" are
// two actors.
func (r *Resolver) ResolveAll(s text.Span) []Mention {
	lo, hi := r.within(s)
	for lo < hi && r.words[lo].punct {
		lo++
	}
	if lo < hi && (int(r.words[hi-1].end) > s.End || int(r.words[lo].start) < s.Start) && s.Start < s.End {
		defer r.clip(lo, hi-1, s)()
	}
	if both := r.couple(lo, hi); both != nil {
		return spanned(both, s)
	}
	if one := r.oneOfThem(lo, hi); !one.actor.Zero() {
		return spanned([]Mention{{Actor: one.actor, Rule: one.rule}}, s)
	}
	if named := r.politicalName(lo, hi); !named.Zero() {
		return []Mention{{Span: s, Actor: named, Rule: "organisation"}}
	}
	var all []Mention
	for i := lo; i < hi; {
		p := r.chunk(i, hi)
		if p == nil {
			i++
			continue
		}
		p = r.apposed(p, lo, hi)
		if r.isPossessive(p) && p.last < hi {
			i = p.last
			continue // "his plan" is not him
		}
		before := len(all)
		all = r.settle(p, true, all)
		if len(all) > before && !r.joined(p.last, hi) {
			break
		}
		i = max(p.last, i+1)
	}
	if len(all) == 0 && lo < hi {
		all = r.sharing(lo, hi)
	}
	if len(all) == 0 && lo < hi && !r.words[hi-1].capital && !r.words[hi-1].punct {
		if i := r.nameAfter(hi, false); i >= 0 {
			all = append(all, Mention{Actor: r.persons[i].actor, Rule: "apposition"})
		}
	}
	return unique(spanned(all, s))
}

// politicalName is the party of which the words from lo to hi tell the colour and
// the name: "the opposition European Meadow party". Zero for others.
func (r *Resolver) politicalName(lo, hi int) Actor {
	for lo < hi && r.determines(lo) {
		lo++
	}
	from := lo
	for from < hi && colours[r.words[from].key] && (!r.words[from].capital || r.words[from].first) {
		from++
	}
	end := from
	for end < hi && (r.words[end].capital && !r.words[end].punct || end > from && end+1 < hi && r.words[end+1].capital && (r.words[end].key == "of" || r.words[end].key == "and" || r.words[end].key == "for")) {
		end++
	}
	if from == lo || end-from < 2 {
		return Actor{}
	}
	switch {
	case end == hi && politic(r.words[end-1].key):
	case end+1 == hi && politic(r.words[end].key):
	default:
		return Actor{}
	}
	return r.reg.actorNamed(r.doc.Body[r.words[from].start:r.words[end-1].end], Party, "", "")
}

// colours are words that tell where a party stands.
var colours = map[string]bool{"opposition": true, "ruling": true, "governing": true, "conservative": true, "liberal": true, "nationalist": true, "leftist": true, "left-wing": true, "right-wing": true,
	"far-right": true, "far-left": true, "centrist": true, "centre-right": true, "center-right": true, "centre-left": true, "center-left": true, "islamist": true, "populist": true, "main": true, "largest": true,
	"biggest": true, "smaller": true, "small": true, "hard-line": true, "hardline": true, "religious": true, "secular": true, "ultranationalist": true, "socialist": true, "communist": true, "radical": true, "pro-government": true, "pro-western": true, "pro-russian": true}

// clip cuts the words first and last to s, "Lindt-backed" to "Lindt", until
// undone.
func (r *Resolver) clip(first, last int, s text.Span) (undo func()) {
	was := [2]word{r.words[first], r.words[last]}
	for _, i := range []int{first, last} {
		w := &r.words[i]
		start, end := max(w.start, int32(s.Start)), min(w.full, int32(s.End))
		cut := word{start: start, end: end, full: end, sentence: w.sentence, quote: w.quote, first: w.first, title: w.title, punct: w.punct}
		raw := r.doc.Body[start:end]
		cut.key = lowerASCII(raw)
		readWord(&cut, raw)
		cut.entry = r.reg.entry(cut.key, text.HashOf(cut.key))
		*w = cut
	}
	return func() { r.words[first], r.words[last] = was[0], was[1] }
}

// sharing resolves modifiers whose noun stands behind the span: "Sunni" of
// "Sunni and Kurdish lawmakers".
func (r *Resolver) sharing(lo, hi int) []Mention {
	p := r.chunk(lo, min(len(r.words), hi+8))
	if p == nil || len(p.variants) == 0 {
		return nil
	}
	return r.settle(p, true, nil)[:1]
}

// spanned gives mentions without words of their own the span s.
func spanned(ms []Mention, s text.Span) []Mention {
	for i := range ms {
		if ms[i].Empty() {
			ms[i].Span = s
		}
	}
	return ms
}

// unique drops later mentions of the same actor; it works in place.
func unique(ms []Mention) []Mention {
	out := ms[:0]
	for i := range ms {
		seen := false
		for k := range out {
			seen = seen || out[k].Actor.ID == ms[i].Actor.ID
		}
		if !seen {
			out = append(out, ms[i])
		}
	}
	return out
}

// maxList bounds, in words, how far a list's "and" may be.
const maxList = 24

// joined reports whether "and" or a comma with "and" follows, or a comma in a
// list that ends with "and".
func (r *Resolver) joined(i, hi int) bool {
	if i < hi && r.words[i].key == "," {
		if i++; i < hi && r.words[i].key != "and" {
			end := min(hi, i+maxList)
			p := r.chunk(i, end)
			return p != nil && p.last < end && r.joined(p.last, end)
		}
	}
	return i < hi && (r.words[i].key == "and" || r.words[i].key == "&" || r.words[i].key == "nor" || r.words[i].key == "or")
}

// apposed takes the name in apposition to a description: "her spokesman, Jan
// Nowak", "the deputy head of the bureau, J. Nowak", "baker Jan Nowak".
func (r *Resolver) apposed(p *phrase, lo, hi int) *phrase {
	if p.named() && (p.name[1]-p.name[0] > 1 || p.known >= 0 || p.title != "" || r.personAt(p) >= 0) || p.last >= hi {
		return p
	}
	for i := p.last; i < hi && i < p.last+12; i++ {
		w := &r.words[i]
		switch {
		case w.key == "," && i+1 < hi:
			if q := r.chunk(i+1, hi); q != nil && r.isNameOfPerson(q) {
				return q
			}
			return p
		case w.punct || w.is&sayingVerb != 0 || w.key == "and" || w.key == "who" || w.key == "that":
			return p
		case i == p.last && !w.capital && i+1 < hi && r.words[i+1].capital && !r.isSmall(i):
			if q := r.chunk(i+1, hi); q != nil && r.isNameOfPerson(q) {
				return q
			}
		}
	}
	return p
}

// isSmall reports whether word i is a preposition or another small word.
func (r *Resolver) isSmall(i int) bool { return r.words[i].is&common != 0 }

// isNameOfPerson reports whether q is a name that may be a person's.
func (r *Resolver) isNameOfPerson(q *phrase) bool {
	return q.named() && (q.owner == nil || q.owner.last <= q.name[0]) && !r.isOrganisation(q.name) && (q.known < 0 || r.reg.records[q.known].Type == Person) && !r.isThing(q.name)
}

// MentionsIn lists the mentions of actors inside s in order; they do not
// overlap, and joint ones ("Sunni and Kurdish lawmakers") share a span.
func (r *Resolver) MentionsIn(s text.Span) []Mention {
	lo, hi := r.within(s)
	var all []Mention
	for _, p := range r.scanned(lo, hi) {
		if r.isPlace(p) || r.isPossessive(p) || r.isExpletive(p) {
			continue
		}
		all = r.settle(p, false, all)
	}
	return all
}

// isPossessive reports whether p is a possessive pronoun.
func (r *Resolver) isPossessive(p *phrase) bool {
	if p.head == nil || p.head.kind != kindPronoun || p.last != p.first+1 {
		return false
	}
	switch r.words[p.first].key {
	case "his", "her", "their", "its":
		return true
	}
	return false
}

// isPlace reports whether a country stands where something happens: "in Iraq".
func (r *Resolver) isPlace(p *phrase) bool {
	if p.head != &government || p.first == 0 {
		return false
	}
	switch r.words[p.first-1].key {
	case "from", "of", "to", "on", "about", "leave", "leaving", "left", "enter", "entering", "invade", "invaded", "occupy":
		return !p.definite && r.isCountryName(p) && !r.beforeVerb(p.last) && !r.words[p.last-1].possessive
	case "in", "at", "near", "into", "across", "throughout", "inside", "outside", "around", "within", "over":
		return true
	}
	return false
}

// isCountryName reports whether p is a country by its name, of one word.
func (r *Resolver) isCountryName(p *phrase) bool {
	for _, s := range r.words[p.first].senses {
		if s.kind == kindCountry && p.last == p.first+1 {
			return true
		}
	}
	return false
}

// isExpletive reports whether "it" stands for what follows: "it is time to go".
func (r *Resolver) isExpletive(p *phrase) bool {
	if r.words[p.first].key != "it" || p.last != p.first+1 {
		return false
	}
	i := p.last
	for i < len(r.words) && (r.words[i].key == "will" || r.words[i].key == "would" || r.words[i].key == "not" || r.words[i].key == "has" || r.words[i].key == "had" || r.words[i].key == "may") {
		i++
	}
	if i >= len(r.words) {
		return false
	}
	switch r.words[i].key {
	case "is", "was", "be", "been", "seems", "seemed", "became", "becomes":
	default:
		return false
	}
	for k := i + 1; k < len(r.words) && k < i+6 && !r.words[k].punct; k++ {
		w := r.words[k].key
		if k == i+1 && (strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ed") || w == "a" || w == "in") {
			return false
		}
		if w == "that" || w == "to" || w == "for" || w == "time" || w == "whether" {
			return true
		}
	}
	return false
}

// AuthorActor is the author of the article: the byline's name, or "Article author".
func (r *Resolver) AuthorActor() Actor {
	name := r.byline
	if name == "" {
		name = r.doc.Author
	}
	if name = strings.Join(strings.Fields(name), " "); name == "" {
		return byForm(ArticleAuthor, Author, "", "")
	}
	return r.reg.actorNamed(name, Author, "", "")
}
