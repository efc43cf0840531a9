package actor

import (
	"slices"
	"strings"
)

// A phrase is a noun phrase that may name an actor, cut into its parts but
// not yet resolved.
type phrase struct {
	first, last int // words [first, last)

	definite, indefinite bool
	former, acting       bool
	country              int // index of the country named, -1 if none
	countryAt            int // word after it
	mods                 []string
	variants             []variant // "Sunni and Kurdish lawmakers": all but the last
	owner                *phrase   // "Karzai's", "State Department" of "State Department officials"
	title                string    // role of a title: "general"
	gender               byte      // by title or pronoun
	office               *sense
	state                string // a state or region before a title or a noun: "arizona"
	post                 int    // office of the registry before a name, -1 if none
	head                 *sense // of group, body, unnamed, document, spokesman, pronoun, or a bare country
	headEnd              int    // word after the head's, before a complement
	qualified            bool   // a word that no list has stands before the head
	known                int    // actor of the registry, -1 if none
	name                 [2]int // words of a name, empty if none
	complement           *phrase
	link                 string // the preposition before it
}

// A variant is a joint modifier with its own country.
type variant struct {
	country int
	mods    []string
}

func (p *phrase) named() bool { return p.name[1] > p.name[0] }

// bare reports whether p has nothing but a country, determiner or modifiers.
func (p *phrase) bare() bool {
	return p.head == nil && p.office == nil && p.known < 0 && !p.named()
}

// A chunker cuts words into phrases.
type chunker struct {
	reg   *Registry
	words []word
	day   int
	names map[string]use // how capitalised words are used
	home  string         // the country of the text, "" if unknown
	loose bool           // a phrase may start with a word that no list has
	pool  *pool          // nil: phrases are made one by one
}

// A pool makes phrases some at a time.
type pool struct {
	phrases []phrase
	used    int
}

// blank is a phrase that starts at word i and has nothing yet.
func (c *chunker) blank(i int) *phrase {
	p := c.newPhrase()
	*p = phrase{first: i, country: -1, known: -1, post: -1}
	return p
}

func (c *chunker) newPhrase() *phrase {
	if c.pool == nil {
		return new(phrase)
	}
	if c.pool.used == len(c.pool.phrases) {
		c.pool.phrases, c.pool.used = make([]phrase, 32), 0
	}
	c.pool.used++
	return &c.pool.phrases[c.pool.used-1]
}

// drop takes back a phrase that is wanted by nobody, if it was made last.
func (c *chunker) drop(p *phrase) {
	if c.pool != nil && c.pool.used > 0 && p == &c.pool.phrases[c.pool.used-1] {
		c.pool.used--
	}
}

// chunk is the phrase that starts at word i and ends before lim, or nil.
func (c *chunker) chunk(i, lim int) *phrase { return c.chunkDeep(i, lim, 2) }

// chunkDeep is chunk with at most depth complements inside one another.
func (c *chunker) chunkDeep(i, lim, depth int) *phrase {
	if i >= lim {
		return nil
	}
	if w := &c.words[i]; w.punct || len(w.senses) == 0 && !w.capital && !c.isNumber(i) && !(c.loose && c.qualifies(i, i, lim)) {
		return nil
	}
	p := c.blank(i)
	j, open := i, true
	var retreat *phrase // p before the first joint modifier
	for open && j < lim {
		before := j
		if j, open = c.step(p, j, lim); j == before {
			if next := c.conjoined(p, j, lim); next > j {
				if len(p.variants) == 0 {
					retreat = c.newPhrase()
					*retreat = *p
					retreat.last = j
				}
				p.variants = append(p.variants, variant{p.country, p.mods})
				p.mods = nil
				j, open = next, true
				continue
			}
			break
		}
		p.last = j
	}
	if len(p.variants) > 0 && (p.head == nil || p.head.kind != kindGroup && p.head.kind != kindUnnamed && p.head.kind != kindBody) {
		*p = *retreat
	}
	if p.bare() && p.owner != nil && p.owner.last > p.owner.first {
		p = p.owner
	}
	c.close(p)
	if p.bare() && j == lim && lim == i+1 {
		p.head, p.last = c.pronoun(i), lim
	}
	if p.bare() || p.last <= p.first {
		c.drop(p)
		return nil
	}
	if depth > 0 {
		c.complete(p, lim, depth-1)
	}
	return p
}

// step takes the item at word j into p and returns the word after it; open
// tells whether the phrase can go on.
func (c *chunker) step(p *phrase, j, lim int) (next int, open bool) {
	w := &c.words[j]
	if w.punct {
		return j, false
	}
	if j == p.first && c.isNumber(j) && j+1 < lim {
		return j + 1, true
	}
	s, n := c.match(j, lim)
	if w.first && s == nil && c.names[w.key]&proper == 0 && c.qualifies(p.first, j, lim) {
		c.qualify(p, j)
		return j + 1, true
	}
	if c.startsName(j, s, n) || c.isOthers(s, j+n, lim) || p.title != "" && c.namedAsPlace(s, j+n, lim) {
		return c.takeName(p, j, lim)
	}
	if s == nil && w.capital && isLed(w.key) && j+1 < lim && !c.words[j+1].punct {
		return j + 1, true
	}
	if s == nil {
		if p.head != nil || p.office != nil || p.known >= 0 || p.named() || !c.qualifies(p.first, j, lim) {
			return j, false
		}
		c.qualify(p, j)
		return j + 1, true
	}
	next = j + n
	last := &c.words[next-1]
	switch s.kind {
	case kindDeterminer:
		if j != p.first || w.key == "that" && c.isConjunction(j, lim) {
			return j, false
		}
		p.definite, p.indefinite = s.name == "definite", s.name == "indefinite"
		return next, true
	case kindModifier:
		return c.takeModifier(p, s, j, next), true
	case kindPlace:
		if !c.headFollows(next, lim) && !c.titleFollows(next, lim) {
			return j, false
		}
		p.state = w.key
		if len(s.rest) > 0 {
			p.state += " " + strings.Join(s.rest, " ")
		}
		return next, true
	case kindTitle:
		p.title, p.gender = s.name, titleGender(s.name)
		return next, true
	case kindCountry, kindAdjective, kindCapital:
		if p.known >= 0 || p.office != nil && p.title == "" && p.country >= 0 {
			return j, false
		}
		p.country, p.countryAt = s.country, next
		if s.kind != kindAdjective || p.head == nil {
			p.head = nil
		}
		return next, true
	case kindOffice:
		p.office = s
		if p.country < 0 {
			p.country = s.country
		}
		if last.possessive {
			c.own(p, next)
		}
		return next, true
	case kindKnown:
		return c.takeKnown(p, s, j, next, lim)
	case kindPronoun:
		return c.takePronoun(p, s, j, next)
	case kindPeople:
		p.head, p.country = s, s.country
		return next, last.possessive && c.own(p, next)
	}
	return c.takeHead(p, s, next, lim)
}

// match is the longest phrase at j that can stand there.
func (c *chunker) match(j, lim int) (*sense, int) {
	for _, s := range c.words[j].senses {
		n := s.words()
		if n > lim-j || n > 1 && c.words[j+1].key != s.rest[0] || !s.fits(c.words[j:j+n], c.day) {
			continue
		}
		if s.kind == kindKnown && c.isElsewhere(s.actor) {
			continue
		}
		if n == 1 && (s.kind == kindGroup || s.kind == kindUnnamed || s.kind == kindBody) && !s.plural && c.words[j].capital && !c.words[j].upper && c.names[c.words[j].key]&family != 0 {
			continue
		}
		if s.kind == kindTitle && !c.beforeName(j+n, lim) || s.kind == kindBody && c.sharesHead(j+n, lim) {
			continue
		}
		return s, n
	}
	return nil, 0
}

// isElsewhere reports whether an actor's name holds its country in brackets, as
// that of others elsewhere is the same ("Democratic Party (US)"), and the text
// is about another country.
func (c *chunker) isElsewhere(actor int) bool {
	rec := &c.reg.records[actor]
	if rec.Type != Party || c.home == "" || rec.Country == c.home || !strings.HasSuffix(rec.Name, ")") {
		return false
	}
	return rec.Country != "United States" || c.names["republican"]|c.names["republicans"] == 0
}

// takeModifier takes "Sunni" or "senior" and returns the word after it.
func (c *chunker) takeModifier(p *phrase, s *sense, j, next int) int {
	if s.section == "keep" {
		p.mods = append(p.mods[:len(p.mods):len(p.mods)], s.name)
		return next
	}
	switch c.words[j].key {
	case "retired":
		p.mods = append(p.mods[:len(p.mods):len(p.mods)], "retired")
	case "former", "ex", "then", "late":
		p.former = true
	case "acting", "interim", "caretaker", "outgoing":
		p.acting = true
	}
	return next
}

// takeKnown takes an actor of the registry.
func (c *chunker) takeKnown(p *phrase, s *sense, j, next, lim int) (int, bool) {
	rec := &c.reg.records[s.actor]
	if p.known >= 0 || p.named() {
		return j, false
	}
	if rec.Type == Office && (c.titleFollows(next, lim) || c.nameFollows(next, lim)) {
		p.post = s.actor
		return next, true
	}
	p.known = s.actor
	if rec.Type == Person {
		p.name = [2]int{j, next}
	}
	p.last = next
	if c.words[next-1].possessive || rec.Type != Person && c.headFollows(next, lim) || rec.Type == Person && c.headFollows(next, lim) && c.words[next].key != "and" {
		return next, c.own(p, next)
	}
	if k := c.roleAfter(next, lim); k >= 0 && rec.Type != Person {
		p.known = -1
		return k, true
	}
	return next, false
}

// takePronoun takes he, or makes his an owner.
func (c *chunker) takePronoun(p *phrase, s *sense, j, next int) (int, bool) {
	if j != p.first {
		return j, false
	}
	key := c.words[j].key
	p.head = s
	switch s.name {
	case "he", "his":
		p.gender = 'm'
	case "she":
		p.gender = 'f'
	}
	if key == "his" || key == "her" || key == "their" || key == "its" {
		p.last = next
		return next, c.own(p, next)
	}
	return next, false
}

// takeHead takes the noun of a body, group, unnamed person, document or
// spokesman.
func (c *chunker) takeHead(p *phrase, s *sense, next, lim int) (int, bool) {
	if p.head != nil && p.head.kind == kindBody {
		p.mods = append(p.mods[:len(p.mods):len(p.mods)], strings.TrimSuffix(p.head.name, " of Representatives"))
	}
	p.head, p.headEnd = s, next
	p.last = next
	switch {
	case c.words[next-1].possessive:
		return next, c.own(p, next)
	case s.kind == kindBody && s.words() == 1 && c.properBody(p, next-1, lim):
		p.head, p.name = nil, [2]int{next - 1, c.nameRun(next-1, lim)}
		p.last = p.name[1]
		return p.last, false
	case s.kind == kindBody && c.headFollows(next, lim):
		return next, true
	case s.kind == kindBody && c.roleAfter(next, lim) >= 0:
		p.head = nil
		return c.roleAfter(next, lim), true
	case (s.kind == kindUnnamed || s.kind == kindSpokesman || s.kind == kindGroup) && !s.plural && c.nameFollows(next, lim):
		return next, true
	case (s.kind == kindGroup || s.kind == kindUnnamed) && (c.headFollows(next, lim) || c.titleFollows(next, lim)):
		if s.kind == kindGroup && !s.plural {
			p.mods = append(p.mods[:len(p.mods):len(p.mods)], s.one())
		}
		return next, true
	}
	return next, false
}

// own turns what p holds so far into the owner of what follows.
func (c *chunker) own(p *phrase, next int) bool {
	o := c.newPhrase()
	*o = *p
	o.last = next
	c.close(o)
	*p = phrase{first: p.first, last: next, country: -1, known: -1, post: -1, owner: o, definite: true}
	return true
}

// close makes a phrase of a country alone its government.
func (c *chunker) close(p *phrase) {
	if p.bare() && p.country >= 0 && len(p.mods) == 0 && p.owner == nil && !(p.indefinite && p.countryAt == p.last && c.isAdjective(p.last-1)) {
		p.head = &government
	}
}

// isConjunction reports whether "that" at j opens a clause: after a verb of
// saying, or before what no article can stand before.
func (c *chunker) isConjunction(j, lim int) bool {
	if j > 0 && c.words[j-1].is&sayingVerb != 0 || j+1 >= lim {
		return true
	}
	if c.words[j+1].capital && !c.words[j+1].title {
		return true
	}
	for k := j + 1; k < lim && k < j+5; k++ {
		s, n := c.match(k, lim)
		switch {
		case s == nil || s.kind == kindDeterminer || s.kind == kindPronoun:
			return true
		case s.plural:
			return true
		case s.kind != kindModifier && s.kind != kindAdjective:
			return false
		}
		k += n - 1
	}
	return false
}

// one is the canonical noun for one of a group.
func (s *sense) one() string {
	if s.singular != "" {
		return s.singular
	}
	return s.name
}

var government = sense{kind: kindCountry, name: "government"}

// conjoined is the word at which the next joint modifier starts, after "and"
// or a comma at j; j if there is none.
func (c *chunker) conjoined(p *phrase, j, lim int) int {
	if p.owner != nil || p.head != nil || p.named() || p.known >= 0 || p.office != nil || len(p.mods) == 0 && p.country < 0 {
		return j
	}
	k := j
	if k < lim && c.words[k].key == "," {
		k++
	}
	if k < lim && (c.words[k].key == "and" || c.words[k].key == "or") {
		k++
	}
	if k == j || k >= lim {
		return j
	}
	s, _ := c.match(k, lim)
	if s != nil && (s.kind == kindModifier && s.section == "keep" && len(p.mods) > 0 || s.kind == kindAdjective && p.country >= 0) {
		return k
	}
	return j
}

// links are the prepositions that may join a complement to a head.
var links = map[kind][]string{
	kindSpokesman: {"for", "of", "with", "at"},
	kindDocument:  {"by", "from", "of"},
	kindOffice:    {"of"},
	kindUnnamed:   {"of", "at", "from", "in", "with", "for"},
	kindGroup:     {"of", "in", "from"},
	kindBody:      {"of", "in"},
}

// complete takes the complement that follows p: "a spokesman for the army".
func (c *chunker) complete(p *phrase, lim, depth int) {
	if p.named() || p.last >= lim || c.words[p.last-1].possessive {
		return
	}
	k := kindOffice
	if p.office == nil {
		if p.head == nil {
			return
		}
		k = p.head.kind
	}
	at, link := p.last, c.words[p.last].key
	if link == "close" && at+1 < lim && c.words[at+1].key == "to" {
		at, link = at+1, "close to"
	} else if !slices.Contains(links[k], link) {
		return
	}
	if q := c.chunkDeep(at+1, lim, depth); q != nil && !(q.head == &government && c.isAdjective(q.last-1)) {
		p.complement, p.link, p.last = q, link, q.last
	}
}
