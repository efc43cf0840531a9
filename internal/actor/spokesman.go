package actor

import "strings"

// readDocumentWord resolves "the statement": its makers, told by an owner, a
// complement or the text before. A poll speaks for those it asked.
func (r *Resolver) readDocumentWord(p *phrase) reading {
	if p.head.section == "poll" {
		if p.definite && p.head.plural {
			return nobody // "went to the polls"
		}
		return r.polled(p.first, r.countryOf(p))
	}
	if o := r.maker(p); !o.actor.Zero() {
		o.rule = "document"
		if o.actor.Type == Person && p.head.section != "personal" {
			if office := r.officeOf(o); r.mentions(office.actor, p) {
				return office
			}
		}
		return o
	}
	if p.country >= 0 {
		return r.government(p.country, "document")
	}
	if p.indefinite {
		i := r.antecedent(p.first, 0, func(x *ref) float64 {
			if x.person >= 0 {
				return 10
			}
			return fitsBody(x)
		})
		if i < 0 {
			return nobody
		}
		return r.again(i, "document")
	}
	if i := r.lastMaker(p); i >= 0 {
		return r.again(i, "document")
	}
	return nobody
}

// lastMaker is the ref before p that most likely made a document: of one that
// persons make, a person; of others the last to have made one or to have
// spoken as an office, else a body. -1 if none.
func (r *Resolver) lastMaker(p *phrase) int {
	byPerson := func(x *ref) float64 {
		if x.person < 0 {
			return 0
		}
		return 10
	}
	if p.head.section == "personal" {
		return r.antecedent(p.first, reach, byPerson)
	}
	for i, from := r.before(p.first); i >= from; i-- {
		if x := &r.refs[i]; x.rule == "document" || x.rule == "spokesman" && x.person < 0 {
			return i
		}
	}
	if i := r.antecedent(p.first, reach, fitsBody); i >= 0 {
		return i
	}
	return r.antecedent(p.first, reach, byPerson)
}

// mentions reports whether a is a ref before p.
func (r *Resolver) mentions(a Actor, p *phrase) bool {
	for i, from := r.before(p.first); i >= from; i-- {
		if r.refs[i].actor.ID == a.ID {
			return true
		}
	}
	return false
}

// maker is whom an owner, a body before the noun or a complement names.
func (r *Resolver) maker(p *phrase) reading {
	if p.owner != nil {
		return r.read(p.owner, false)
	}
	if p.complement != nil {
		return r.read(p.complement, false)
	}
	if len(p.mods) > 0 {
		if s := r.bodyNamed(p.mods[len(p.mods)-1]); s != nil {
			country := p.country
			if s.section == "body" || s.section == "loose" {
				if i := r.lastNoun(p, s.name); i >= 0 {
					return r.again(i, "body")
				}
				if s.name == "coalition" {
					return reading{actor: r.make("US-led coalition", Bloc, -1), person: -1, noun: s.name}
				}
			}
			if s.name == "embassy" {
				return r.embassy(country)
			}
			if country < 0 && s.name == "National Security Council" {
				country = r.index("United States")
			}
			if country < 0 {
				country = r.host()
			}
			return reading{actor: r.make(r.adjective(country)+s.name, bodyType(s), country), person: -1, noun: s.name}
		}
	}
	return nobody
}

// bodyNamed is the lexicon's body of that canonical name.
func (r *Resolver) bodyNamed(name string) *sense {
	first, _, _ := strings.Cut(name, " ")
	for _, s := range r.reg.index[key(first)] {
		if s.kind == kindBody && s.name == name {
			return s
		}
	}
	return nil
}

// readSpokesman resolves a spokesman, or an office ("Karzai's office"), to whom
// he speaks for, where he has no name.
func (r *Resolver) readSpokesman(p *phrase) reading {
	x := r.speaksFor(p)
	if p.head.section == "person" && x.person < 0 && !x.actor.Zero() && !strings.HasPrefix(x.actor.Name, "Office of ") {
		x.voice, x.gender = true, nounGender(p.head.name)
	}
	return x
}

// speaksFor is the institution of a spokesman without a name, or of an office;
// a spokesman whom the text names.
func (r *Resolver) speaksFor(p *phrase) reading {
	if p.owner == nil && p.complement == nil && (p.definite || r.words[p.last-1].upper) && p.country < 0 && p.head.section == "person" {
		if i := r.holder(question{asks: askCalled, name: "spokesman", country: -1}, p); i >= 0 {
			return r.asPerson(i, "spokesman")
		}
	}
	o := r.maker(p)
	switch {
	case !o.actor.Zero():
	case p.country >= 0:
		return r.government(p.country, "spokesman")
	default:
		if name := r.unreadName(p); name != "" {
			return reading{actor: r.make(name, Organisation, -1), person: -1, rule: "spokesman", noun: lowerASCII(name)}
		}
		i := r.antecedent(p.first, reach, fitsBody)
		if i < 0 {
			return nobody
		}
		return r.again(i, "spokesman")
	}
	if o.actor.Type == Person || o.actor.Type == Office && !strings.HasPrefix(o.actor.Name, "Office of ") {
		return r.officeOf(o)
	}
	if o.actor.Type == Unnamed && p.head.section == "office" {
		holder := strings.TrimSuffix(o.actor.Name, " (unnamed)")
		place := ""
		if at := r.place(r.host()); at != "" {
			place = " (" + at + ")"
		}
		return reading{actor: r.make(holder+"'s office"+place, Office, r.host()), person: -1, rule: "spokesman", noun: "office"}
	}
	o.rule = "spokesman"
	return o
}

// officeOf is the office that works for a person or an office-holder: "Office
// of the Iraqi Prime Minister", or "Office of Jan Nowak" where he heads no
// country.
func (r *Resolver) officeOf(o reading) reading {
	x := reading{person: -1, rule: "spokesman", noun: "office"}
	if o.actor.Type == Office {
		x.actor = r.make("Office of the "+o.actor.Name, Office, r.index(o.actor.Country))
		return x
	}
	if o.person >= 0 {
		q := &r.persons[o.person]
		country := r.index(q.actor.Country)
		if country < 0 {
			country = r.host()
		}
		for _, h := range heads {
			if country >= 0 && (r.hasRole(q, h, country, false) || r.holds(q, r.officeName(h, country), country, false)) {
				x.actor = r.make("Office of the "+r.officeName(h, country), Office, country)
				return x
			}
		}
	}
	x.actor = r.make("Office of "+o.actor.Name, Office, r.index(o.actor.Country))
	return x
}

// unreadName is the capitalised name behind "spokesman for" that no rule reads:
// "the 4th Lindwald Wing". "" if there is none.
func (r *Resolver) unreadName(p *phrase) string {
	i := p.last
	if i+2 >= len(r.words) || r.words[i].key != "for" && r.words[i].key != "of" {
		return ""
	}
	if i++; r.words[i].key == "the" {
		i++
	}
	end, capitals := i, 0
	for end < len(r.words) && end < i+5 && (r.words[end].capital || r.isNumber(end)) && !r.words[end].punct && !r.words[end].title {
		if r.words[end].capital {
			capitals++
		}
		end++
	}
	if capitals == 0 {
		return ""
	}
	return r.doc.Body[r.words[i].start:r.words[end-1].end]
}
