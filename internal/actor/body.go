package actor

import "strings"

// readBody resolves "Iraq's parliament", "the ministry", "parliament".
func (r *Resolver) readBody(p *phrase, speaker bool) reading {
	country := r.countryOf(p)
	if country < 0 && p.owner != nil && r.isPossessor(p.owner) && (p.head.section == Government || p.head.section == Organisation) {
		country = r.index(r.read(p.owner, false).actor.Country) // "his government"
	}
	if p.link == "in" && p.country < 0 && r.countryOf(p.owner) < 0 && p.head.section == Organisation {
		country = -1 // "our troops in Iraq"
	}
	if country < 0 && r.american && p.owner == nil && armedBody(p.head.name) && len(p.mods) == 0 {
		country = r.index("United States")
	}
	name := p.head.name
	if len(p.mods) > 0 {
		name = strings.Join(p.mods, " ") + " " + name
	}
	if country < 0 && p.definite && len(p.mods) == 0 && p.head.section != Government {
		if i := r.lastNoun(p, p.head.name); i >= 0 {
			return r.again(i, "body")
		}
	}
	if speaker && p.definite && country < 0 && p.head.name == "forces" && len(p.mods) == 0 {
		return reading{actor: r.make("US forces", Organisation, r.index("United States")), person: -1, rule: "adjective+body", noun: "forces", plural: true}
	}
	if p.head.name == "embassy" {
		return r.embassy(p.country)
	}
	if country < 0 && p.head.name == "forces" && len(p.mods) > 0 && r.host() >= 0 {
		country = r.host()
		name = capitalised(name) + " (" + r.reg.lex.countries[country].short + ")"
		return reading{actor: r.make(name, Bloc, country), person: -1, rule: "group+country", noun: p.head.name, plural: true}
	}
	switch {
	case country >= 0:
	case !speaker && !p.definite && p.head.section != Legislature && !(p.first == p.last-1 && (r.besideVerb(p) || r.beforeVerb(p.last))) || p.head.name == "forces":
		return nobody // "military aid", "troops"
	case p.head.name == "National Security Council" || p.head.name == "Congress" || p.head.name == "Senate" || p.head.name == "House of Representatives" || p.head.section == Government && r.words[p.last-1].key == "administration":
		country = r.index("United States")
	default:
		country = r.host()
	}
	if p.head.section == Government && r.words[p.last-1].key == "administration" && p.owner != nil {
		if o := r.read(p.owner, false); o.actor.Type == Person {
			return reading{actor: r.make(r.lastWord(o.actor.Name)+" administration", Government, r.index(o.actor.Country)), person: -1, rule: "administration", noun: "government"}
		}
	}
	if country >= 0 && p.head.name == "parliament" && r.reg.lex.countries[country].short == "US" {
		name = "Congress"
	}
	return reading{actor: r.make(r.adjective(country)+name, bodyType(p.head), country), person: -1, rule: "adjective+body", noun: p.head.name, plural: p.head.name == "forces"}
}

// armedBody reports whether, in a text that speaks of the US Congress, a body
// without a country is the US one.
func armedBody(noun string) bool {
	switch noun {
	case "military", "armed forces", "navy", "air force", "intelligence agencies":
		return true
	}
	return false
}

// embassy is a country's embassy in the host: the US one where none is named.
func (r *Resolver) embassy(country int) reading {
	if country < 0 {
		country = r.index("United States")
	}
	name := r.adjective(country) + "embassy"
	if h := r.host(); h >= 0 && h != country {
		name = r.adjective(country) + "Embassy in " + r.reg.lex.countries[h].name
	}
	return reading{actor: r.make(name, Organisation, country), person: -1, rule: "adjective+body", noun: "embassy"}
}

// readPart resolves a body that belongs to something named before or beside
// it: "the council", "the teachers' association", "the Kurdistan Alliance".
func (r *Resolver) readPart(p *phrase, speaker bool) reading {
	if q := p.complement; q != nil && p.link == "of" && q.head != nil && q.head.plural && (q.head.kind == kindGroup || q.head.kind == kindUnnamed) && partitive(p.head.name) {
		return r.read(q, speaker) // "a group of senators"
	}
	if o := p.owner; o != nil && o.known >= 0 && len(p.mods) == 0 && p.head.name == "party" && !r.words[o.last-1].possessive && r.reg.records[o.known].Type == Party {
		return r.readKnown(o) // "the Civic Platform party"
	}
	if p.owner != nil && r.isPossessor(p.owner) && len(p.mods) == 0 && p.country < 0 {
		if i := r.bodyOf(r.read(p.owner, false).person, p.head.name); i >= 0 {
			return r.again(i, "body")
		}
	}
	proper := r.isProper(p)
	if p.country < 0 && len(p.mods) == 0 && p.complement == nil && !proper && (p.owner == nil || r.isPossessor(p.owner)) {
		if p.head.name == "coalition" && p.last-p.first <= 2 && (p.definite || p.owner == nil) && r.lastNoun(p, "coalition") < 0 {
			return reading{actor: r.make("US-led coalition", Bloc, -1), person: -1, rule: "body", noun: "coalition"}
		}
		if p.head.name == "alliance" && p.definite && r.lastNoun(p, "alliance") < 0 && r.namesNATO {
			return reading{actor: r.make("NATO", Organisation, -1), person: -1, rule: "body", noun: "alliance"}
		}
		if p.definite || speaker || p.owner != nil {
			if i := r.lastBody(p); i >= 0 {
				return r.again(i, "body")
			}
		}
		if p.head.name == "ministry" && (speaker || p.definite) {
			if x := r.ministryNear(p); !x.actor.Zero() {
				return x
			}
		}
		if !speaker || !telling(p.head.name) {
			return nobody
		}
		if place := r.place(r.host()); p.head.name == "prefecture" && place != r.shortOf(r.host()) {
			return reading{actor: r.make(place+" prefectural government", Organisation, r.host()), person: -1, rule: "body", noun: "prefecture"}
		}
	}
	if !speaker && !p.definite && !p.indefinite && !proper && p.owner == nil && p.country < 0 {
		return nobody
	}
	words, country := r.ownWords(p)
	if national(p.head.name) && country < 0 && p.complement == nil {
		if country = r.countryOf(p); country < 0 {
			country = r.host()
		}
		words = r.adjective(country) + lowerFirst(words)
	}
	if p.head.name == "ministry" && len(p.mods) > 0 && p.complement == nil {
		if country = r.countryOf(p); country < 0 {
			country = r.host()
		}
		return reading{actor: r.make(r.adjective(country)+titled(p.mods)+" Ministry", Organisation, country), person: -1, rule: "adjective+body", noun: "ministry"}
	}
	if more := r.goesOn(p); more > p.headEnd {
		words += " " + r.doc.Body[r.words[p.headEnd].start:r.words[more-1].full]
	}
	name := capitalised(words)
	if country < 0 {
		if country = r.countryOf(p); country < 0 {
			country = r.host()
		}
		if place := r.place(country); place != "" && (!proper || partLike(p.head.name)) {
			name += " (" + place + ")"
		}
	}
	return reading{actor: r.make(name, partType(p.head.name), country), person: -1, rule: "body", noun: lowerASCII(words), plural: p.head.name == "crowd"}
}

// goesOn is the word after what "of" adds to the description of a body: "council
// of the camp", "confederation of public workers". The word after its head where
// that is a name, a country or nothing.
func (r *Resolver) goesOn(p *phrase) int {
	i := p.headEnd
	if i+1 >= len(r.words) || r.words[i].key != "of" || p.complement != nil && (p.complement.named() || p.complement.known >= 0 || r.countryOf(p.complement) >= 0) {
		return i
	}
	end := i + 1
	for end < len(r.words) && end < i+5 && (r.determines(end) && end == i+1 || r.qualifiesAt(end)) {
		end++
	}
	if end == i+1 || end == i+2 && r.determines(i+1) {
		return i
	}
	return end
}

// qualifiesAt reports whether word i may belong to a description in small
// letters.
func (r *Resolver) qualifiesAt(i int) bool {
	w := &r.words[i]
	return !w.punct && !w.capital && w.is&(common|sayingVerb) == 0 && !r.beforeVerb(i) && !r.isNumber(i) && !strings.HasSuffix(w.key, "ly")
}

// ministryNear is the ministry of the last minister before p, else of the first
// one whom the article names.
func (r *Resolver) ministryNear(p *phrase) reading {
	for i, from := r.before(p.first); i >= from; i-- {
		x := &r.refs[i]
		if x.person >= 0 {
			if y := r.ministryOf(x.person); !y.actor.Zero() {
				return y
			}
		} else if of, ok := strings.CutSuffix(x.actor.Name, " Minister"); ok && x.actor.Type == Office && !strings.HasSuffix(of, " Prime") {
			return reading{actor: r.make(of+" Ministry", Organisation, r.index(x.actor.Country)), person: -1, rule: "body", noun: "ministry"}
		}
	}
	for i := range min(len(r.persons), maxPersons) {
		if x := r.ministryOf(i); !x.actor.Zero() {
			return x
		}
	}
	return nobody
}

// ministryOf is the ministry that a person heads, by what the article calls
// him, in his country or the host.
func (r *Resolver) ministryOf(i int) reading {
	for _, x := range r.persons[i].roles {
		of, ok := strings.CutSuffix(x.name, " Minister")
		if !ok || x.former || strings.HasSuffix(of, "Prime") {
			continue
		}
		country := x.country
		if country < 0 {
			country = r.index(r.persons[i].actor.Country)
		}
		if country < 0 {
			country = r.host()
		}
		return reading{actor: r.make(r.adjective(country)+strings.TrimPrefix(of, "Deputy ")+" Ministry", Organisation, country), person: -1, rule: "body", noun: "ministry"}
	}
	return nobody
}

// shortOf is a country's short name, "" for -1.
func (r *Resolver) shortOf(country int) string {
	if country < 0 {
		return ""
	}
	return r.reg.lex.countries[country].short
}

// readState resolves "his country", "the kingdom" to their government.
func (r *Resolver) readState(p *phrase, speaker bool) reading {
	if !speaker && !r.besideVerb(p) && !r.beforeVerb(p.last) || p.indefinite {
		return nobody
	}
	country := p.country
	if country < 0 && p.owner != nil {
		country = r.index(r.read(p.owner, false).actor.Country)
	} else if country < 0 && p.definite {
		country = r.host()
	}
	return r.government(country, "body")
}

// lastBody is the last ref of a body whose noun is p's head, -1 if none. What
// all nouns of bodies may mean, "the group", is the last body or group.
func (r *Resolver) lastBody(p *phrase) int {
	if i := r.lastNoun(p, p.head.name); i >= 0 {
		return i
	}
	switch p.head.name {
	case "chamber", "assembly", "legislature":
		for i, from := r.before(p.first); i >= from; i-- {
			if r.refs[i].actor.Type == Legislature {
				return i
			}
		}
		return -1
	case "alliance", "group", "movement", "militia", "organization", "party", "panel", "committee", "agency", "bloc", "authority", "network":
	default:
		return -1
	}
	for i, from := r.before(p.first); i >= from && r.words[p.first].sentence-r.refs[i].sentence <= 3; i-- {
		switch x := &r.refs[i]; p.head.name {
		case "party":
			if x.actor.Type == Party || x.rule == "organisation" && politic(x.noun) {
				return i
			}
		case "alliance", "organization", "panel", "committee", "agency", "authority":
			if x.actor.Type == Organisation && x.rule != "adjective+body" && x.noun != "ministry" {
				return i
			}
		default:
			if x.actor.Type == Militia || x.actor.Type == Bloc && !x.plural || x.actor.Type == Party || x.actor.Type == Organisation && x.actor.Group == "" && x.actor.Country == "" {
				return i
			}
		}
	}
	return -1
}

// bodyOf is the ref of the body to which person i belongs, by what stands where
// the text names him first: "Jan Nowak of the Unity Bloc … his party". -1 if
// there is none that may be called by the noun.
func (r *Resolver) bodyOf(i int, noun string) int {
	if i < 0 {
		return -1
	}
	at := r.persons[i].first
	if at >= len(r.words) {
		return -1
	}
	best, near := -1, maxMembership
	for k := r.refsBefore(at - maxMembership); k < len(r.refs) && r.refs[k].first < at+maxMembership; k++ {
		x := &r.refs[k]
		away := x.first - at
		if away < 0 {
			away = at - x.last
		}
		if away >= near || r.words[x.first].sentence > r.words[at].sentence || !belongs(x, noun) {
			continue
		}
		best, near = k, away
	}
	return best
}

// maxMembership bounds how far from a person's name his body stands, in words.
const maxMembership = 25

// belongs reports whether a member of x may call it by a noun.
func belongs(x *ref, noun string) bool {
	if x.pronoun || x.plural && x.actor.Type == Bloc {
		return false
	}
	if strings.HasSuffix(x.noun, noun) && len(x.noun) > len(noun) {
		return true
	}
	switch noun {
	case "party":
		return x.actor.Type == Party || politic(x.noun)
	case "bloc", "movement", "front", "faction", "coalition", "alliance":
		return x.actor.Type == Party || x.actor.Type == Militia || x.actor.Type == Bloc || politic(x.noun)
	case "group", "organization":
		return x.actor.Type == Militia || x.actor.Type == Organisation && x.actor.Country == "" && x.rule != "registry"
	}
	return false
}

// politic reports whether an organisation's name, in small letters, may be a
// party's.
func politic(name string) bool {
	for _, w := range []string{"front", "movement", "alliance", "party", "list", "platform", "coalition"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// partLike reports whether bodies called so bear names that other countries'
// bear too, so that theirs are told apart by the country.
func partLike(noun string) bool {
	switch noun {
	case "party", "movement", "alliance", "bloc", "coalition", "front", "faction", "commission":
		return true
	}
	return false
}

func partType(noun string) string {
	switch noun {
	case "party":
		return Party
	case "militia":
		return Militia
	case "movement", "alliance", "bloc", "coalition", "front", "faction", "group", "crowd", "caucus":
		return Bloc
	case "lower house", "upper house", "assembly":
		return Legislature
	}
	return Organisation
}

// isPossessor reports whether an owner is a possessive pronoun.
func (r *Resolver) isPossessor(o *phrase) bool {
	return o.head != nil && o.head.kind == kindPronoun
}

// isProper reports whether the head and a word before it are capitalised, as
// in a name.
func (r *Resolver) isProper(p *phrase) bool {
	at := p.headEnd - 1
	return at > p.first && r.words[at].capital && !r.words[at].title && r.words[at-1].capital && !r.words[at-1].first
}

// ownWords are the words of a description up to its head, articles and the
// like aside; the country of the adjective or owner with which they start, -1
// if they don't.
func (r *Resolver) ownWords(p *phrase) (words string, country int) {
	i, end := p.first, p.headEnd
	country = -1
	if o := p.owner; o != nil && (o.head == &government || r.isPossessor(o)) {
		i = o.last
		if o.head == &government {
			country = o.country
		}
	}
	for i < end-1 {
		s, n := r.match(i, end)
		if r.isNumber(i) {
			s, n = &skipped, 1
		}
		if s == nil || s.kind != kindDeterminer && (s.kind != kindModifier || s.section == "keep") {
			break
		}
		i += n
	}
	if s, n := r.match(i, end); s != nil && (s.kind == kindAdjective || s.kind == kindCountry) && i+n < end && country < 0 {
		country = s.country
		i += n
	}
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(r.adjective(country), " "))
	for ; i < end; i++ {
		w := &r.words[i]
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		if to := w.full; !w.possessive || !w.capital {
			b.WriteString(r.doc.Body[w.start:to])
		} else {
			b.WriteString(r.doc.Body[w.start:w.end])
		}
	}
	return b.String(), country
}

var skipped = sense{kind: kindDeterminer}

// place is how names tell the country: its short name, or the region of the
// host in which the article is set.
func (r *Resolver) place(country int) string {
	if country < 0 {
		return ""
	}
	if len(r.hosts) > 0 && country == r.host() {
		if r.okinawa && r.hosts[0] == "Japan" {
			return "Okinawa"
		}
		if _, region, ok := strings.Cut(r.hosts[0], "/"); ok {
			return region
		}
	}
	return r.reg.lex.countries[country].short
}

// titled are words with capitals: "Health, Interior".
func titled(words []string) string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = capitalised(w)
	}
	return strings.Join(list, " ")
}

// partitive reports whether a noun and "of" tell how many there are of others.
func partitive(noun string) bool {
	switch noun {
	case "group", "crowd", "panel", "committee", "coalition", "delegation", "alliance", "team", "caucus", "assembly":
		return true
	}
	return false
}

// national reports whether a country has one body called so.
func national(noun string) bool {
	switch noun {
	case "junta", "palace", "lower house", "upper house", "royal court", "high command", "electoral commission", "monarchy":
		return true
	}
	return false
}

// telling reports whether a noun names a body of the host without more words.
func telling(noun string) bool {
	switch noun {
	case "assembly", "council", "municipality", "prefecture", "union", "court", "palace", "church", "royal court", "lower house", "upper house", "town hall", "city hall", "electoral commission", "high command", "crowd", "monarchy", "junta", "chamber":
		return true
	}
	return false
}
