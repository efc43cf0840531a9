package actor

import "strings"

// counterpart resolves "his Iraqi counterpart": the office that answers to the
// owner's in another country, or who holds it.
func (r *Resolver) counterpart(p *phrase) reading {
	country := p.country
	if country < 0 || p.owner == nil {
		return nobody
	}
	o := r.read(p.owner, false)
	office := ""
	switch {
	case o.person >= 0:
		for _, x := range r.persons[o.person].roles {
			if office = sameOffice(x.name, r.reg.lex.countries[country].short); office != "" {
				break
			}
		}
	case o.actor.Type == Office:
		_, bare := r.reg.cutAdjective(o.actor.Name)
		office = sameOffice(bare, r.reg.lex.countries[country].short)
	}
	if office == "" {
		return reading{actor: r.make(r.adjective(country)+p.head.singular+" (unnamed)", Unnamed, country), person: -1, rule: "unnamed", noun: p.head.singular}
	}
	if i := r.holder(question{asks: askRole, name: office, country: country}, p); i >= 0 {
		return r.asPerson(i, "counterpart")
	}
	return reading{actor: r.make(r.officeName(office, country), Office, country), person: -1, rule: "counterpart", noun: office}
}

// sameOffice is what an office is called in a country (by its short name); ""
// for offices without a like.
func sameOffice(office, country string) string {
	us := country == "US"
	switch {
	case strings.HasPrefix(office, "Secretary of State") || office == "Foreign Minister" || office == "Foreign Secretary":
		if us {
			return "Secretary of State"
		}
		return "Foreign Minister"
	case strings.HasPrefix(office, "Secretary of Defense") || office == "Defense Minister":
		if us {
			return "Secretary of Defense"
		}
		return "Defense Minister"
	case office == "President" || office == "Vice President":
		return office
	case office == "Prime Minister" || office == "Chancellor":
		if us {
			return "President"
		}
		return "Prime Minister"
	case office == "National Security Adviser" || office == "Chief of Staff" || office == "Finance Minister" || office == "Interior Minister":
		return office
	}
	return ""
}
