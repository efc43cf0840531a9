package actor

import "strings"

// A reading is what a phrase was resolved to.
type reading struct {
	actor  Actor
	person int // index into Resolver.persons, -1 if none
	rule   string
	plural bool
	noun   string
	gender byte
	voice  bool // a body for which somebody without a name speaks
}

var nobody = reading{person: -1, rule: "none"}

// settle appends to ms the mentions that a phrase resolves to: one, or one for
// each joint modifier. As a speaker (of whom only the words are given) an
// unknown name is a person's.
func (r *Resolver) settle(p *phrase, speaker bool, ms []Mention) []Mention {
	for _, v := range p.variants {
		q := *p
		q.mods = v.mods
		if v.country >= 0 {
			q.country = v.country
		}
		ms = r.settleOne(&q, speaker, ms)
	}
	return r.settleOne(p, speaker, ms)
}

func (r *Resolver) settleOne(p *phrase, speaker bool, ms []Mention) []Mention {
	x := r.read(p, speaker)
	if x.actor.Zero() || x.actor.Type == Media && !speaker {
		return ms
	}
	return append(ms, r.mention(p, x))
}

// mention is a phrase and what it was resolved to, with what its words tell.
func (r *Resolver) mention(p *phrase, x reading) Mention {
	m := Mention{Span: r.span(p.first, p.last), Actor: x.actor, Title: p.title, Plural: x.plural, Rule: x.rule}
	switch {
	case p.named():
	case p.office != nil:
		m.Head = lowerASCII(p.office.name)
	case p.head != nil && p.head != &government && p.headEnd > 0:
		m.Head = r.words[p.headEnd-1].key
	}
	if c := r.countryOf(p); c >= 0 {
		m.Country = r.reg.lex.countries[c].name
	}
	g := x.gender
	if x.person >= 0 && g == 0 {
		g = r.persons[x.person].gender
	}
	if g == 0 {
		g = p.gender
	}
	if g != 0 {
		m.Gender = string(rune(g))
	}
	return m
}

// read resolves one phrase without joint modifiers.
func (r *Resolver) read(p *phrase, speaker bool) reading {
	if i := r.inApposition(p); i >= 0 {
		return r.asPerson(i, "apposition")
	}
	switch {
	case p.named():
		return r.readName(p, speaker)
	case p.known >= 0:
		return r.readKnown(p)
	case p.office != nil:
		return r.readOffice(p)
	case p.head == nil:
		return nobody
	case p.head == &government:
		return r.government(p.country, "metonym")
	}
	switch p.head.kind {
	case kindPeople:
		if r.inPoll(p) {
			return r.polled(p.first, p.country)
		}
		if p.definite && len(p.mods) == 0 && p.country != r.host() && r.isBarely(p) {
			return r.government(p.country, "metonym") // "the Americans asked"
		}
		return reading{actor: r.make(p.head.name, People, p.country), person: -1, rule: "people", plural: true, noun: p.head.name}
	case kindBody:
		switch {
		case p.head.section == "state":
			return r.readState(p, speaker)
		case p.head.section == "loose" && !speaker && !r.besideVerb(p) && !r.beforeVerb(p.last):
			return nobody
		case p.head.section == "body" || p.head.section == "loose":
			return r.readPart(p, speaker)
		}
		return r.readBody(p, speaker)
	case kindGroup:
		return r.readGroup(p, speaker)
	case kindUnnamed:
		return r.readUnnamed(p, speaker)
	case kindDocument:
		return r.readDocumentWord(p)
	case kindSpokesman:
		return r.readSpokesman(p)
	case kindPronoun:
		if p.head.name == "I" || p.head.name == "we" {
			if !speaker {
				return nobody
			}
			return r.readFirst(p)
		}
		return r.readPronoun(p)
	}
	return nobody
}

// isBarely reports whether p is one word and its article.
func (r *Resolver) isBarely(p *phrase) bool { return p.last-p.first <= 2 }

// make is an actor by its canonical name; country is an index, -1 for none.
func (r *Resolver) make(name, typ string, country int) Actor {
	c := ""
	if country >= 0 {
		c = r.reg.lex.countries[country].name
	}
	return r.reg.actorNamed(name, typ, c, r.reg.governs(typ, name, c))
}

// adjective is "Iraqi " for Iraq's index, "" for -1.
func (r *Resolver) adjective(country int) string {
	if country < 0 {
		return ""
	}
	return r.reg.lex.countries[country].adjective + " "
}

func (r *Resolver) government(country int, rule string) reading {
	if country < 0 {
		return nobody
	}
	return reading{actor: r.make(r.adjective(country)+"government", Government, country), person: -1, rule: rule, noun: "government"}
}

// readName resolves a name: to a person introduced, a known one, or a new one.
func (r *Resolver) readName(p *phrase, speaker bool) reading {
	if i := r.personAt(p); i >= 0 {
		q := &r.persons[i]
		rule := "name"
		switch {
		case p.name[1]-p.name[0] == 1:
			rule = "surname"
		case q.actor.Known:
			rule = "registry"
		}
		return reading{actor: q.actor, person: i, rule: rule, gender: q.gender}
	}
	full := r.spelled(p.name, r.doc.Body)
	if r.isOutlet(full) {
		return reading{actor: r.make(full, Media, -1), person: -1, rule: "outlet"}
	}
	evidence := speaker || p.title != "" || r.besideVerb(p)
	switch {
	case p.title == "" && r.isOrganisation(p.name):
		if p.name[1]-p.name[0] == 1 && !evidence && !(r.words[p.name[0]].upper && r.beforeVerb(p.last)) || r.isThing(p.name) {
			return nobody
		}
		if p.country >= 0 && p.countryAt == p.name[0] {
			full = r.reg.adjectiveOr(r.doc.Body[r.words[p.countryAt-1].start:r.words[p.countryAt-1].end], p.country) + " " + full
		}
		a := r.make(full, Organisation, p.country)
		return reading{actor: a, person: -1, rule: "organisation", noun: lowerASCII(full)}
	case !speaker && p.title == "" && p.name[1]-p.name[0] == 1 && p.name[0] > 1 && r.words[p.name[0]-1].key == "of" && !r.words[p.name[0]-2].punct:
		return nobody // "the bishop of Lindwald, who said"
	case !evidence || r.words[p.name[0]].title && !speaker || !speaker && (r.isPlaceName(p) || p.definite && p.title == ""):
		return nobody
	case p.title == "" && p.name[1]-p.name[0] == 1 && r.words[p.name[0]].first && strings.HasSuffix(full, "s") && r.party(p) == "":
		return reading{actor: r.make(full+" (unnamed)", Unnamed, p.country), person: -1, rule: "unnamed", plural: true, noun: full}
	}
	return reading{actor: r.make(full, Person, -1), person: -1, rule: "name", gender: p.gender}
}

// isOutlet reports whether a name is the outlet's.
func (r *Resolver) isOutlet(name string) bool {
	if r.outlet == "" || isPlain(name) && len(name) != len(r.outlet) {
		return false
	}
	return fold(name) == r.outlet
}

// personAt is the person whom a name means, or -1.
func (r *Resolver) personAt(p *phrase) int {
	if p.known >= 0 {
		rec := &r.reg.records[p.known]
		if p.name[1]-p.name[0] == 1 {
			if i, ok := r.byLast[r.words[p.name[0]].key]; ok {
				return i
			}
		}
		if i, ok := r.byName[fold(rec.Name)]; ok {
			return i
		}
		return -1
	}
	if p.name[1]-p.name[0] == 1 {
		return r.bySurname(r.words[p.name[0]].key)
	}
	if i, ok := r.byName[fold(r.spelled(p.name, r.doc.Body))]; ok {
		return i
	}
	for _, at := range []int{r.surname(p.name), p.name[1] - 1} {
		if i := r.bySurname(r.words[at].key); i >= 0 && r.sameNames(p, fold(r.persons[i].actor.Name)) {
			return i
		}
	}
	return -1
}

// sameNames reports whether a name of several words, with an equal family
// name, may be that of a person: "Bob Nowak" of Robert Nowak, "Rashid
// al-Jabri" of Abdul Rashid al-Jabri.
func (r *Resolver) sameNames(p *phrase, full string) bool {
	given := r.words[p.name[0]].key
	first, rest, _ := strings.Cut(full, " ")
	if sameGiven(given, first) {
		return true
	}
	return len(given) > 2 && strings.Contains(" "+rest+" ", " "+given+" ")
}

func (r *Resolver) bySurname(k string) int {
	if i, ok := r.byLast[k]; ok {
		return i
	}
	if i, ok := r.byLast[afterArticle(k)]; ok {
		return i
	}
	return -1
}

// readKnown resolves a body of the registry, or an office by one of its names.
func (r *Resolver) readKnown(p *phrase) reading {
	rec := &r.reg.records[p.known]
	if rec.Type == Office {
		q := question{asks: askPost, name: rec.Name, country: r.index(rec.Country), former: p.former}
		if i := r.holder(q, p); i >= 0 {
			return r.asPerson(i, "office")
		}
	}
	return reading{actor: rec.Actor, person: -1, rule: "registry", noun: lowerASCII(rec.Name), plural: rec.Type == Militia || rec.Type == Party || rec.Type == Bloc}
}

func (r *Resolver) asPerson(i int, rule string) reading {
	return reading{actor: r.persons[i].actor, person: i, rule: rule, gender: r.persons[i].gender}
}

// readOffice resolves "the Iraqi prime minister" to its holder, if the
// article names him, and to the office otherwise.
func (r *Resolver) readOffice(p *phrase) reading {
	if p.title == "mr" || p.title == "ms" {
		return nobody // "Mr. President": somebody is addressed
	}
	country := r.countryOf(p)
	if country < 0 && p.owner == nil && r.ofUS && (p.office.name == "President" || p.office.name == "Vice President") {
		country = r.index("United States")
	}
	if i := r.holder(question{asks: askRole, name: p.office.name, country: country, former: p.former}, p); i >= 0 {
		return r.asPerson(i, "office")
	}
	if country < 0 && p.owner != nil && r.isPossessor(p.owner) {
		country = r.index(r.read(p.owner, false).actor.Country)
	}
	if country < 0 {
		switch p.office.name {
		case "President", "Vice President":
			if r.american || r.hostHasPremier() {
				country = r.index("United States")
			}
		case "National Security Adviser":
			country = r.index("United States")
		case "Secretary-General":
			if name := r.secretaryGeneral(p); name != "" {
				return reading{actor: r.make(name, Office, -1), person: -1, rule: "office", noun: p.office.name}
			}
		}
	}
	if country < 0 {
		country = r.host()
	}
	name := r.officeName(p.office.name, country)
	if i := r.holder(question{asks: askHolds, name: name, country: country, former: p.former}, p); i >= 0 {
		return r.asPerson(i, "office")
	}
	if p.owner != nil && p.owner.country < 0 {
		if o := r.read(p.owner, false); o.actor.Type == Organisation {
			return reading{actor: r.make(o.actor.Name+" "+lowerASCII(p.office.name), Office, country), person: -1, rule: "office", noun: p.office.name}
		}
	}
	if p.former {
		name = "Former " + name
	}
	return reading{actor: r.make(name, Office, country), person: -1, rule: "office", noun: p.office.name}
}

// secretaryGeneral is the office of NATO's or the UN's, by a complement or by
// which of them the text names; "" if neither.
func (r *Resolver) secretaryGeneral(p *phrase) string {
	for i := p.last - 1; i >= p.first; i-- {
		switch r.words[i].key {
		case "nations", "un":
			return "UN Secretary-General"
		case "nato", "alliance":
			return "NATO Secretary-General"
		}
	}
	for i, from := r.before(p.first); i >= from; i-- {
		switch r.refs[i].actor.ID {
		case "nato":
			return "NATO Secretary-General"
		case "united-nations", "un":
			return "UN Secretary-General"
		}
	}
	return ""
}

// hostHasPremier reports whether the host is led by another than a president,
// so that reports on US forces there mean the US one by "the president".
func (r *Resolver) hostHasPremier() bool {
	if h := r.host(); h >= 0 {
		return premiers[r.reg.lex.countries[h].name]
	}
	return false
}

// premiers are the hosts without a president who counts, or, as Syria, with one
// whom such reports name.
var premiers = map[string]bool{
	"Iraq": true, "Syria": true, "Germany": true, "Italy": true, "Israel": true, "Kosovo": true, "Greece": true, "Latvia": true, "Estonia": true, "Hungary": true, "Bulgaria": true, "Albania": true, "Portugal": true, "Iceland": true, "Libya": true,
	"Saudi Arabia": true, "Japan": true, "Jordan": true, "Kuwait": true, "Bahrain": true, "Qatar": true, "United Arab Emirates": true, "Oman": true, "United Kingdom": true,
	"Spain": true, "Denmark": true, "Greenland": true, "Norway": true, "Netherlands": true, "Belgium": true, "Sweden": true, "Australia": true, "Canada": true, "Morocco": true, "Thailand": true, "New Zealand": true, "Luxembourg": true,
}

// officeName is an office as an actor's name: "Iraqi Prime Minister".
func (r *Resolver) officeName(office string, country int) string {
	if office == "President" && country >= 0 && r.reg.lex.countries[country].short == "US" {
		return "US President"
	}
	return r.adjective(country) + office
}

// countryOf is the country that a phrase names anywhere, -1 if none.
func (r *Resolver) countryOf(p *phrase) int {
	if p == nil {
		return -1
	}
	if p.country >= 0 {
		return p.country
	}
	if p.known >= 0 {
		return r.index(r.reg.records[p.known].Country)
	}
	if c := r.countryOf(p.owner); c >= 0 {
		return c
	}
	if p.complement != nil {
		return r.countryOf(p.complement)
	}
	return -1
}

// index is a country's index by its name, or -1.
func (r *Resolver) index(country string) int {
	if i, ok := r.reg.lex.byCountry[country]; ok {
		return i
	}
	return -1
}

// host is the main host country's index, -1 if none.
func (r *Resolver) host() int {
	if len(r.hosts) == 0 {
		return -1
	}
	return r.index(CountryOf(r.hosts[0]))
}

func (r *Resolver) lastWord(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }
