package actor

import "strings"

// readGroup resolves a collective: group + (country).
func (r *Resolver) readGroup(p *phrase) reading {
	if x, ok := r.readAgain(p); ok {
		return x
	}
	country := r.countryOf(p)
	if country < 0 {
		country = r.nearCountry(p)
	}
	if p.head.name == "MPs" && p.head.plural && len(p.mods) == 0 && p.owner == nil && country >= 0 {
		return reading{actor: r.make(r.adjective(country)+"parliament", Legislature, country), person: -1, rule: "adjective+body", noun: "parliament", plural: true}
	}
	if !p.head.plural && p.head.name != "public" && p.head.name != "opposition" && p.head.name != "leadership" {
		return r.unnamed(p, country, p.head.singular, false)
	}
	if p.head.name == "respondents" {
		return r.respondents(country)
	}
	name := r.described(p, p.head.name)
	if country >= 0 {
		name += " (" + r.reg.lex.countries[country].short + ")"
	}
	return reading{actor: r.make(name, p.head.section, country), person: -1, rule: "group+country", plural: true, noun: p.head.name}
}

// described is a noun with its modifiers and owner, capitalised.
func (r *Resolver) described(p *phrase, noun string) string {
	parts := p.mods
	if p.owner != nil {
		switch o := r.read(p.owner, false); o.actor.Type {
		case Person:
			parts = append([]string{r.lastWord(o.actor.Name)}, parts...)
		case Organisation, Party, Militia, Bloc:
			parts = append([]string{o.actor.Name}, parts...)
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

// respondents are the people asked by a poll.
func (r *Resolver) respondents(country int) reading {
	name := "respondents"
	if country >= 0 {
		name += " (" + r.reg.lex.countries[country].short + ")"
	}
	return reading{actor: r.make(name, People, country), person: -1, rule: "poll", plural: true, noun: "respondents"}
}

// readUnnamed resolves "a senior US official", "the general", "analysts".
func (r *Resolver) readUnnamed(p *phrase) reading {
	if x, ok := r.readAgain(p); ok {
		return x
	}
	noun := p.head.singular
	if p.head.plural {
		noun = p.head.name
	}
	country := p.country
	if country < 0 && (p.owner != nil || p.complement != nil) {
		country = r.countryOf(p)
	}
	return r.unnamed(p, country, noun, p.head.plural)
}

// unnamed is somebody without a name: "US State Department official (unnamed)".
func (r *Resolver) unnamed(p *phrase, country int, noun string, plural bool) reading {
	parts := p.mods
	prefix := ""
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
			prefix = o.actor.Name + " "
		}
	}
	if prefix == "" {
		if country < 0 && len(parts) > 0 && ofUS[parts[0]] {
			country = r.index("United States")
		}
		prefix = r.adjective(country)
	}
	name := prefix + strings.Join(append(parts[:len(parts):len(parts)], noun), " ")
	if p.former {
		name = "former " + name
	}
	return reading{actor: r.make(capitalised(name)+" (unnamed)", Unnamed, country), person: -1, rule: "unnamed", plural: plural, noun: noun}
}

// ofUS are the modifiers of officials that, without a country, mean the US in
// reports on US forces.
var ofUS = map[string]bool{"defense": true, "military": true, "administration": true, "intelligence": true, "congressional": true, "government": true}

// readAgain finds again what "the general", "the official", "the lawmakers" go
// back to.
func (r *Resolver) readAgain(p *phrase) (reading, bool) {
	if !p.definite || p.owner != nil || p.complement != nil {
		return nobody, false
	}
	if !p.head.plural {
		country := p.country
		role := p.head.singular
		match := func(q *person) bool { return q.called(role, country) }
		if role == "leader" {
			match = func(q *person) bool { return r.leads(q, country) }
		}
		if i := r.holder(match, p); i >= 0 {
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

// nearCountry is the country of a group that names none: that of the nearest
// body or person before it in its paragraph, else the host.
func (r *Resolver) nearCountry(p *phrase) int {
	switch p.head.name {
	case "senators", "members of Congress", "House members", "Republicans", "Democrats":
		return r.index("United States")
	case "Sunnis", "Shiites", "Kurds", "MPs", "tribes", "elders", "clerics":
		return r.host()
	case "Europeans", "Arabs", "Okinawans", "Christians", "Muslims":
		return -1
	}
	for _, m := range p.mods {
		switch m {
		case "Republican", "Democratic", "congressional", "Senate", "House":
			return r.index("United States")
		case "Sunni", "Shiite", "Kurdish", "tribal", "sectarian":
			return r.host()
		case "European", "Western", "Asian", "African", "Gulf", "Latin American":
			return -1
		}
	}
	for i := r.refsBefore(p.first) - 1; i >= 0; i-- {
		x := &r.refs[i]
		if r.words[p.first].sentence-x.sentence > 2 {
			break
		}
		if x.actor.Country != "" && !x.pronoun {
			return r.index(x.actor.Country)
		}
	}
	return r.host()
}
