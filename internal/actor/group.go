package actor

import (
	"slices"
	"strings"
)

// readGroup resolves a collective: group + (country).
func (r *Resolver) readGroup(p *phrase, speaker bool) reading {
	if x, ok := r.readAgain(p); ok {
		return x
	}
	country := r.countryOf(p)
	if (p.head.name == "people" || p.head.name == "public") && country < 0 && !p.definite && len(p.mods) == 0 && !speaker {
		return nobody // "people", "Public Law"
	}
	if !speaker && r.isAttribute(p) {
		return nobody
	}
	if p.head.name == "respondents" {
		return r.polled(p.first, country)
	}
	named := country >= 0
	if !named {
		country = r.nearCountry(p)
	}
	if p.head.name == "MPs" && p.head.plural && len(p.mods) == 0 && p.owner == nil && country >= 0 && !r.isSome(p) {
		return reading{actor: r.make(r.adjective(country)+"parliament", Legislature, country), person: -1, rule: "adjective+body", noun: "parliament", plural: true}
	}
	if !p.head.plural && p.head.name != "public" && p.head.name != "opposition" && p.head.name != "leadership" {
		return r.oneOf(p, country, named)
	}
	if (p.head.name == "Republicans" || p.head.name == "Democrats") && len(p.mods) == 0 && r.inPoll(p) {
		party := strings.TrimSuffix(p.head.singular, "at")
		if party != p.head.singular {
			party = "Democratic"
		}
		return reading{actor: r.make(party+" voters (US)", People, country), person: -1, rule: "poll", plural: true, noun: p.head.name}
	}
	if (p.head.name == "people" || p.head.name == "public") && named && p.country >= 0 && len(p.mods) == 0 && p.owner == nil && p.complement == nil {
		adjective := r.adjective(country)
		if adjective == "US " {
			adjective = "American "
		}
		return reading{actor: r.make(adjective+p.head.name, People, country), person: -1, rule: "people", plural: true, noun: p.head.name}
	}
	name := r.described(p, p.head.name)
	if p.head.name == "people" && len(p.mods) == 0 && p.owner == nil && r.marches(p.last) {
		name = "Protesters"
	}
	if p.head.name == "MPs" {
		name = r.described(p, "lawmakers")
	}
	if at := r.placeBehind(p); at != "" {
		name += " (" + at + ")"
	} else if country >= 0 {
		place := r.place(country)
		if named || p.head.section == Party {
			place = r.reg.lex.countries[country].short
		}
		name += " (" + place + ")"
	}
	return reading{actor: r.make(name, p.head.section, country), person: -1, rule: "group+country", plural: true, noun: p.head.name}
}

// marches reports whether the verb at word i is one of protesters.
func (r *Resolver) marches(i int) bool {
	for n := 0; n < 2 && i < len(r.words) && (r.words[i].key == "have" || r.words[i].key == "had" || r.words[i].key == "also"); n++ {
		i++
	}
	if i >= len(r.words) {
		return false
	}
	switch r.words[i].key {
	case "marched", "march", "demonstrated", "demonstrate", "protested", "protest", "rallied", "rally", "chanted":
		return true
	}
	return false
}

// isSome reports whether p starts with a word that tells how many of a group it
// means: "some deputies".
func (r *Resolver) isSome(p *phrase) bool {
	if r.isNumber(p.first) {
		return true
	}
	s, _ := r.match(p.first, p.last)
	return s != nil && s.kind == kindModifier && s.section == "drop"
}

// placeBehind is the town or region, which no list has, of "residents of
// Lindwald". "" if there is none.
func (r *Resolver) placeBehind(p *phrase) string {
	q := p.complement
	if q == nil || !q.named() || q.known >= 0 || q.title != "" || r.isOrganisation(q.name) || r.personAt(q) >= 0 || r.words[q.name[0]].is&given != 0 || p.link == "of" && p.head.section != People || p.link != "of" && p.link != "in" && p.link != "from" && p.link != "at" {
		return ""
	}
	return r.spelled(q.name, r.doc.Body)
}

// oneOf is one of a group without a name: "a Kurdish lawmaker". A country
// that only the context gives stands in brackets, for members of bodies.
func (r *Resolver) oneOf(p *phrase, country int, named bool) reading {
	if named || p.head.section == People {
		if !named {
			country = -1
		}
		return r.unnamed(p, country, p.head.singular, false)
	}
	name := capitalised(strings.Join(append(p.mods[:len(p.mods):len(p.mods)], p.head.singular), " "))
	if p.former {
		name = "Former " + lowerFirst(name)
	}
	if country >= 0 {
		name += " (" + r.place(country) + ", unnamed)"
	} else {
		name += " (unnamed)"
	}
	return reading{actor: r.make(name, Unnamed, country), person: -1, rule: "unnamed", noun: p.head.singular}
}

// oneOfThem resolves "one of them", of which the words from lo to hi are all or
// the last: one of those without names whom the text names before. Nobody where
// that is not what the words say.
func (r *Resolver) oneOfThem(lo, hi int) reading {
	i := hi - 1
	if i < 2 || lo >= hi || hi-lo > 3 || r.words[i-1].key != "of" || r.words[i-2].key != "one" || r.words[i].key != "them" && r.words[i].key != "those" {
		return nobody
	}
	k := r.antecedent(i-2, 3, func(x *ref) float64 {
		if x.plural && (x.actor.Type == Unnamed || x.actor.Type == Bloc || x.actor.Type == People) {
			return 11
		}
		return 0
	})
	if k < 0 {
		return nobody
	}
	return r.singled(&r.refs[k])
}

// isOne reports whether p starts with "one of".
func (r *Resolver) isOne(p *phrase) bool {
	return r.words[p.first].key == "one" && p.first+1 < p.last && r.words[p.first+1].key == "of"
}

// singled is one of several persons without a name, or of a group: "Lawmaker
// (Iraq, unnamed)". Nobody for other actors.
func (r *Resolver) singled(x *ref) reading {
	name, place, inBrackets := strings.Cut(x.actor.Name, " (")
	suffix := " (unnamed)"
	switch x.actor.Type {
	case Unnamed:
	case Bloc, People:
		if !inBrackets {
			return nobody
		}
		suffix = " (" + strings.TrimSuffix(place, ")") + ", unnamed)"
	default:
		return nobody
	}
	for _, s := range r.reg.index[key(r.lastWord(name))] {
		if s.plural && s.singular != "" && (s.kind == kindUnnamed || s.kind == kindGroup) {
			one := strings.TrimSuffix(name, r.lastWord(name)) + s.singular
			return reading{actor: r.make(capitalised(one)+suffix, Unnamed, r.index(x.actor.Country)), person: -1, rule: "unnamed", noun: s.singular}
		}
	}
	return nobody
}

func lowerFirst(s string) string {
	if s == "" || len(s) > 1 && isCapital(s[1:]) {
		return s
	}
	return lowerASCII(s[:1]) + s[1:]
}

// described is a noun with its modifiers and owner, capitalised.
func (r *Resolver) described(p *phrase, noun string) string {
	parts := p.mods
	owner := p.owner
	if q := p.complement; owner == nil && q != nil && p.link == "of" && p.head.section == Bloc && (q.named() || p.head.singular == "member" && q.head != nil && q.head.kind == kindBody) {
		owner = q
	}
	if owner != nil {
		switch o := r.read(owner, true); o.actor.Type {
		case Person:
			parts = append([]string{r.lastWord(o.actor.Name)}, parts...)
		case Organisation, Party, Militia, Bloc, Legislature:
			name, _, _ := strings.Cut(o.actor.Name, " (")
			parts = append([]string{name}, parts...)
		case People, Unnamed:
			if owner == p.owner && owner.head != nil && owner.headEnd > 0 && owner.head.kind != kindPronoun {
				w := &r.words[owner.headEnd-1]
				parts = append([]string{r.doc.Body[w.start:w.full]}, parts...)
			}
		case "":
			if owner.named() {
				parts = append([]string{r.spelled(owner.name, r.doc.Body)}, parts...)
			}
		}
	}
	if p.known >= 0 {
		parts = append([]string{r.reg.records[p.known].Name}, parts...)
	}
	return capitalised(strings.Join(append(parts[:len(parts):len(parts)], noun), " "))
}

func capitalised(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

// isAttribute reports whether a noun in the singular stands without article,
// owner or country, as only attributes do in a running text: "civilian deaths".
func (r *Resolver) isAttribute(p *phrase) bool {
	mass := p.head.name == "public" || p.head.name == "opposition" || p.head.name == "leadership"
	return !p.head.plural && !mass && !p.definite && !p.indefinite && p.owner == nil && p.country < 0
}

// inPoll reports whether p stands in a report of a poll: by its sentence, the
// one before, or the whole article.
func (r *Resolver) inPoll(p *phrase) bool {
	return r.nearPoll(r.words[p.first].sentence)
}

func (r *Resolver) nearPoll(sentence int32) bool {
	return len(r.polls) >= pollArticle || r.besidePoll(sentence)
}

// besidePoll reports whether a sentence or the one before it names a poll.
func (r *Resolver) besidePoll(sentence int32) bool {
	return slices.Contains(r.polls, sentence) || slices.Contains(r.polls, sentence-1)
}

// pollArticle is the number of sentences that name a poll in an article about one.
const pollArticle = 4

// polled are the people whom the poll at a word asked: of the country it
// names, or of the people or the respondents named before, or of the article.
func (r *Resolver) polled(at, country int) reading {
	if country >= 0 {
		return r.respondents(country, r.reg.lex.countries[country].short)
	}
	for i, from := r.before(at); i >= from && r.words[at].sentence-r.refs[i].sentence <= 12; i-- {
		switch x := &r.refs[i]; {
		case x.noun == "respondents":
			return r.again(i, "poll")
		case x.rule == "people":
			return r.respondents(r.index(x.actor.Country), x.actor.Country)
		}
	}
	if country = r.host(); country < 0 || r.american && r.pollsUS {
		country = r.index("United States")
	}
	return r.respondents(country, r.place(country))
}

// respondents are the people asked by a poll at a place.
func (r *Resolver) respondents(country int, place string) reading {
	if country >= 0 && place == r.reg.lex.countries[country].name {
		place = r.reg.lex.countries[country].short
	}
	name := "respondents (" + place + ")"
	return reading{actor: r.make(name, People, country), person: -1, rule: "poll", plural: true, noun: "respondents"}
}

// readUnnamed resolves "a senior US official", "the general", "analysts".
func (r *Resolver) readUnnamed(p *phrase, speaker bool) reading {
	if (p.head.singular == "counterpart" || p.head.singular == "colleague") && !p.head.plural && p.country >= 0 {
		return r.counterpart(p)
	}
	if x, ok := r.readAgain(p); ok {
		return x
	}
	if !speaker && r.isAttribute(p) {
		return nobody
	}
	noun := p.head.singular
	plural := p.head.plural && !r.isOne(p)
	if plural {
		noun = p.head.name
	}
	country := p.country
	if country < 0 && (p.owner != nil || p.complement != nil) {
		country = r.countryOf(p)
	}
	return r.unnamed(p, country, noun, plural)
}

// unnamed is somebody without a name: "US State Department official (unnamed)".
func (r *Resolver) unnamed(p *phrase, country int, noun string, plural bool) reading {
	switch p.head.singular {
	case "mayor", "governor", "prefect":
		if !plural {
			return r.localOffice(p, country)
		}
	case "minister":
		if !plural && len(p.mods) > 0 && p.qualified {
			if country < 0 {
				country = r.host()
			}
			return reading{actor: r.make(r.adjective(country)+titled(p.mods)+" Minister", Office, country), person: -1, rule: "office", noun: "minister"}
		}
	}
	parts, base, prefix := p.mods, noun, ""
	if q := p.complement; q != nil && p.link == "in" && (q.head == &government && r.isCapital(q.last-1) || q.named() && q.known < 0 && r.personAt(q) < 0 && !r.isOrganisation(q.name)) {
		noun += " in " + r.doc.Body[r.words[q.first].start:r.words[q.last-1].end]
		if p.country < 0 && p.owner == nil && len(parts) > 0 && ofUS[parts[0]] && q.head == &government {
			noun, country = base, q.country // "a government source in Berlin"
		} else if len(parts) == 0 && p.country < 0 && p.owner == nil && q.head == &government && (base == "official" || base == "officials") && r.words[q.last-1].key != "brussels" {
			noun, country = base, q.country // "an official in Berlin"
		} else if p.country < 0 && p.owner == nil {
			country = -1
		}
	}
	owner := p.owner
	if owner == nil && p.complement != nil && p.complement.head != &government && p.link != "in" {
		owner = p.complement
	}
	if owner != nil {
		if o := r.read(owner, false); !o.actor.Zero() && p.link == "close to" {
			noun += " close to " + r.lastWord(o.actor.Name)
		} else if o.actor.Type == Person {
			prefix = r.lastWord(o.actor.Name) + " "
		} else if o.actor.Type == Organisation || o.actor.Type == Government && owner.head != &government || o.actor.Type == Militia || o.actor.Type == Party || o.actor.Type == Legislature {
			prefix = r.shortName(owner, o.actor) + " "
		}
	}
	if prefix == "" {
		if country < 0 && len(parts) > 0 && ofUS[parts[0]] && (base == "official" || base == "officials" || base == "source" || base == "sources" || base == "aide" || base == "aides") {
			country = r.index("United States")
		}
		prefix = r.adjective(country)
	}
	name := prefix + strings.Join(append(parts[:len(parts):len(parts)], noun), " ")
	if p.former {
		name = "former " + name
	}
	x := reading{actor: r.make(capitalised(name)+" (unnamed)", Unnamed, country), person: -1, rule: "unnamed", plural: plural, noun: base}
	if p.headEnd > 0 {
		x.gender = nounGender(r.words[p.headEnd-1].key)
	}
	return x
}

// localOffice is that of a mayor or governor without a name: "Lindwald mayor".
func (r *Resolver) localOffice(p *phrase, country int) reading {
	place, noun := "", p.head.singular
	for _, q := range []*phrase{p.owner, p.complement} {
		if q != nil && q.named() && q.known < 0 && r.personAt(q) < 0 && place == "" {
			place = r.spelled(q.name, r.doc.Body)
		}
	}
	if country < 0 {
		country = r.host()
	}
	name := capitalised(strings.Join(append(p.mods[:len(p.mods):len(p.mods)], noun), " "))
	typ := Office
	switch {
	case place != "":
		name = place + " " + lowerFirst(name)
	case r.place(country) != "" && country == r.host() && r.place(country) != r.reg.lex.countries[country].short:
		name += " (" + r.place(country) + ")"
	default:
		name, typ = name+" (unnamed)", Unnamed
	}
	return reading{actor: r.make(name, typ, country), person: -1, rule: "office", noun: noun}
}

// isCapital reports whether word i is a capital city.
func (r *Resolver) isCapital(i int) bool {
	for _, s := range r.words[i].senses {
		if s.kind == kindCapital {
			return true
		}
	}
	return false
}

// shortName is an organisation's name, or its short form where the text has
// one of two or three letters: EU, UN.
func (r *Resolver) shortName(p *phrase, a Actor) string {
	if w := &r.words[p.last-1]; p.known >= 0 && w.upper && len(w.key) <= 3 {
		return strings.ToUpper(w.key)
	}
	if before, _, ok := strings.Cut(a.Name, " Embassy in "); ok {
		return before + " embassy"
	}
	return a.Name
}

// ofUS are the modifiers of officials that, without a country, mean the US in
// reports on US forces.
var ofUS = map[string]bool{"defense": true, "military": true, "administration": true, "intelligence": true, "congressional": true, "government": true}

// readAgain finds again what "the general", "the official", "the lawmakers" go
// back to.
func (r *Resolver) readAgain(p *phrase) (reading, bool) {
	if !p.definite || p.owner != nil && !r.isWeak(p.owner) || p.complement != nil {
		return nobody, false
	}
	if r.isOne(p) && p.country < 0 && len(p.mods) == 0 {
		if i := r.lastNoun(p, p.head.name); i >= 0 {
			if x := r.singled(&r.refs[i]); !x.actor.Zero() {
				return x, true
			}
		}
		return nobody, false
	}
	if !p.head.plural {
		country := p.country
		role := p.head.singular
		word := r.words[p.headEnd-1].key
		q := question{asks: askCalled, name: role, country: country, gender: nounGender(word), state: p.state}
		switch role {
		case "Republican", "Democrat":
			q.asks = askLawmaker
		case "lawmaker":
			q.asks, q.name = askLawmaker, ""
		case "member of Congress":
			q.asks, q.name = askLawmaker, "House"
		case "leader":
			q = question{asks: askLeader, country: country}
		}
		i := r.holder(q, p)
		if i < 0 && q.state != "" && p.head.kind == kindGroup {
			q.state = ""
			i = r.holder(q, p)
		}
		if i >= 0 {
			return r.asPerson(i, "description"), true
		}
	}
	if p.country >= 0 || len(p.mods) > 0 {
		return nobody, false
	}
	noun := p.head.name
	if !p.head.plural {
		noun = p.head.singular
	}
	if noun == "lawmakers" || noun == "MPs" {
		noun = "parliament"
	}
	if i := r.lastNoun(p, noun); i >= 0 {
		return r.again(i, "description"), true
	}
	return nobody, false
}

// isWeak reports whether p is a name of nobody known: "Arizona".
func (r *Resolver) isWeak(p *phrase) bool { return p.named() && p.known < 0 && r.personAt(p) < 0 }

// called reports whether the article calls q by a role, of a country if that
// is known.
func (q *person) called(name string, country int) bool {
	for _, x := range q.roles {
		if (x.name == name || x.name == "minister" && strings.HasSuffix(name, "Minister")) && (country < 0 || x.country < 0 || x.country == country) {
			return true
		}
		if name == "minister" && strings.HasSuffix(x.name, "Minister") || name == "secretary" && strings.HasPrefix(x.name, "Secretary of") {
			return country < 0 || x.country < 0 || x.country == country
		}
	}
	return false
}

// legislature is the country of the last parliament or member of one before
// p, -1 if none.
func (r *Resolver) legislature(p *phrase) int {
	for i, from := r.before(p.first); i >= from; i-- {
		x := &r.refs[i]
		switch {
		case x.actor.Type == Legislature && x.actor.Country != "":
			return r.index(x.actor.Country)
		case x.person >= 0 && (r.persons[x.person].called("senator", -1) || r.persons[x.person].called("representative", -1)):
			return r.index("United States")
		}
	}
	for i := range min(len(r.persons), maxPersons) {
		if q := &r.persons[i]; q.called("senator", -1) || q.called("representative", -1) {
			return r.index("United States")
		}
	}
	return -1
}

// nearCountry is the country of a group that names none: people and parties are
// the host's, others of the nearest body or person shortly before, else the
// host's.
func (r *Resolver) nearCountry(p *phrase) int {
	switch p.head.name {
	case "senators", "members of Congress", "House members", "Republicans", "Democrats":
		return r.index("United States")
	case "conservatives", "liberals", "libertarians":
		if r.american {
			return r.index("United States")
		}
		return r.host()
	case "Sunnis", "Shiites", "Kurds", "MPs", "tribes", "elders", "clerics":
		return r.host()
	case "countries", "Europeans", "Arabs", "Okinawans", "Christians", "Muslims":
		return -1
	}
	for _, m := range p.mods {
		switch m {
		case "Republican", "Democratic", "congressional", "Senate", "House":
			return r.index("United States")
		case "Sunni", "Shiite", "Kurdish", "tribal", "sectarian", "anti-government", "pro-government", "anti-base", "opposition", "provincial":
			return r.host()
		case "European", "Western", "Asian", "African", "Gulf", "Latin American":
			return -1
		}
	}
	if p.owner != nil && !r.isPossessor(p.owner) && !(p.owner.named() && r.hints[r.words[p.owner.name[0]].key]&placed != 0) && r.countryOf(p.owner) < 0 {
		return -1
	}
	if p.head.name == "lawmakers" {
		if c := r.legislature(p); c >= 0 {
			return c
		}
	}
	if p.head.section == Party {
		return r.host()
	}
	switch p.head.name {
	case "militias", "armed groups", "insurgents", "militants", "fighters", "rebels", "factions":
		return r.host()
	}
	if p.head.section == People || p.head.name == "unions" || p.head.name == "opposition" || p.head.name == "parties" || p.head.name == "groups" {
		return r.host()
	}
	for i, from := r.before(p.first); i >= from; i-- {
		x := &r.refs[i]
		if r.words[p.first].sentence-x.sentence > 2 {
			break
		}
		if x.actor.Country != "" && !x.pronoun && (r.american || x.actor.Country != "United States") {
			return r.index(x.actor.Country)
		}
	}
	return r.host()
}
