package actor

import "strings"

// introduce records the person whom p names in full, and what p and its
// neighbours call him.
func (r *Resolver) introduce(p *phrase, before []*phrase) {
	for _, q := range []*phrase{p.owner, p.complement} {
		if q != nil {
			r.introduce(q, nil)
		}
	}
	if !p.named() {
		if i := r.previousName(p, before); i >= 0 {
			r.addRoles(i, p)
		}
		return
	}
	q := r.descriptionBefore(p, before)
	i := r.enroll(p, q != nil && r.describes(q))
	if i < 0 {
		return
	}
	r.addRoles(i, p)
	if q != nil {
		r.addRoles(i, q)
	}
}

// descriptionBefore is the phrase without a name to which the name p stands in
// apposition: "a clerk of the court in Lindwald, Jan Nowak", "a clerk named Jan
// Nowak". nil if there is none.
func (r *Resolver) descriptionBefore(p *phrase, before []*phrase) *phrase {
	end := p.first - 1
	if end < 1 || r.words[end].key != "," && !r.isCalled(end) {
		return nil
	}
	var beside *phrase
	for k := len(before) - 1; k >= 0 && before[k].first >= end-maxApposition && r.words[before[k].first].sentence == r.words[p.first].sentence; k-- {
		q := before[k]
		switch {
		case r.describes(q) && (q.last == end || r.words[end].key == "," && r.leadsTo(q.last, end, q.complement != nil && q.link == "of")):
			return q
		case !q.named() && q.last == end:
			beside = q
		}
	}
	return beside
}

// previousName is the person named right before the description p and a comma.
func (r *Resolver) previousName(p *phrase, before []*phrase) int {
	k := len(before) - 1
	if k < 0 || !before[k].named() || before[k].last+1 != p.first || r.words[before[k].last].key != "," || r.words[before[k].last-1].possessive {
		return -1
	}
	return r.personAt(before[k])
}

// enroll finds or adds the person of a name; -1 where the name is no person's.
// After a description and a comma, any name may be.
func (r *Resolver) enroll(p *phrase, described bool) int {
	if p.known >= 0 {
		return r.enrollKnown(p)
	}
	if !r.isPerson(p) && !(described && p.name[1]-p.name[0] > 1 && !r.isOrganisation(p.name) && !r.isThing(p.name)) {
		return -1
	}
	full := r.spelled(p.name, r.doc.Body)
	if r.isOutlet(full) {
		return -1
	}
	if i, ok := r.byName[fold(full)]; ok {
		return i
	}
	if i := r.personAt(p); i >= 0 {
		return i
	}
	if p.name[1]-p.name[0] == 1 && (!r.isIntroduced(p) || p.definite || r.isPlaceName(p) || r.hints[r.words[p.name[0]].key]&last != 0) {
		return -1
	}
	q := person{actor: r.reg.actorNamed(full, Person, "", ""), first: p.name[0], gender: r.words[p.name[0]].is.gender()}
	return r.addPerson(q, full, r.words[r.surname(p.name)].key)
}

// enrollKnown adds a person of the registry who is named in full.
func (r *Resolver) enrollKnown(p *phrase) int {
	rec := &r.reg.records[p.known]
	if rec.Type != Person {
		return -1
	}
	if i, ok := r.byName[fold(rec.Name)]; ok {
		return i
	}
	if p.name[1]-p.name[0] == 1 {
		if _, ok := r.byLast[r.words[p.name[0]].key]; ok {
			return -1 // the article gave this surname to somebody
		}
	}
	q := person{actor: rec.Actor, first: p.name[0], gender: rec.gender, byAlias: p.name[1]-p.name[0] == 1}
	return r.addPerson(q, rec.Name, r.words[r.surname(p.name)].key)
}

func (r *Resolver) addPerson(q person, full, surname string) int {
	i := len(r.persons)
	r.persons = append(r.persons, q)
	r.byName[fold(full)] = i
	r.claim(surname, i)
	if bare := afterArticle(surname); bare != surname {
		r.claim(bare, i)
	}
	if parts := strings.Fields(fold(full)); len(parts) == 3 && !q.actor.Known && len(parts[1]) > 3 && r.hints[parts[1]]&(spoken|last) == spoken {
		r.claim(parts[1], i) // the first of two family names: "Bernal" of "Manuel Bernal Pino"
	}
	return i
}

// claim gives a surname to person i, unless somebody named before has it who
// is as well known.
func (r *Resolver) claim(surname string, i int) {
	if o, ok := r.byLast[surname]; !ok || r.persons[i].actor.Known && !r.persons[o].actor.Known {
		r.byLast[surname] = i
	}
}

// isPerson reports whether there is evidence that p's name is a person's.
func (r *Resolver) isPerson(p *phrase) bool {
	if p.known >= 0 {
		return r.reg.records[p.known].Type == Person
	}
	switch {
	case p.title != "":
		return true
	case r.isOrganisation(p.name) && !r.inCapitals(p.name):
		return false
	case p.office != nil || p.post >= 0 || p.head != nil && (p.head.kind == kindUnnamed || p.head.kind == kindSpokesman || p.head.kind == kindGroup):
		return true
	case p.name[1]-p.name[0] > 1 && r.words[p.name[0]].is&given != 0:
		return true
	}
	if p.definite || r.inPlace(p.name[0]) {
		return false
	}
	if p.name[1]-p.name[0] == 2 && r.surname(p.name) == p.name[0] && !r.words[p.name[0]].upper {
		return true // Kim Jong-un
	}
	return r.isIntroduced(p) || p.name[1]-p.name[0] > 1 && (r.besideVerb(p) || r.hints[r.words[r.surname(p.name)].key]&spoken != 0)
}

// inCapitals reports whether a name of several words is printed in capitals
// and starts with a given name, as speakers in transcripts are.
func (r *Resolver) inCapitals(name [2]int) bool {
	return name[1]-name[0] > 1 && r.words[name[0]].upper && r.words[name[0]].is&given != 0
}

// besideVerb reports whether a verb of saying stands beside p: "said Jan
// Nowak", "Jan Nowak, a farmer, said".
func (r *Resolver) besideVerb(p *phrase) bool {
	if r.afterVerb(p) && !r.beforeVerb(p.last) {
		return true
	}
	i := r.afterBrackets(p.last)
	if i+1 < len(r.words) && r.words[i].key == "," {
		if i++; r.words[i].is&sayingVerb == 0 && !r.saysNext(i) {
			for i++; i < len(r.words) && i < p.last+18 && !r.words[i].punct; i++ {
			}
			i++
		}
	}
	if i < len(r.words) && (r.words[i].key == "also" || r.words[i].key == "has" || r.words[i].key == "had") {
		i++
	}
	return i < len(r.words) && r.words[i].is&sayingVerb != 0 && r.words[i].sentence == r.words[p.first].sentence
}

// saysNext reports whether "had" or the like stands at word i, and a verb of
// saying behind it.
func (r *Resolver) saysNext(i int) bool {
	switch r.words[i].key {
	case "had", "has", "also":
		return i+1 < len(r.words) && r.words[i+1].is&sayingVerb != 0
	}
	return false
}

// afterBrackets is the word after brackets that open at word i: "(D-Conn.)".
func (r *Resolver) afterBrackets(i int) int {
	if i >= len(r.words) || r.words[i].key != "(" {
		return i
	}
	for k := i + 1; k < len(r.words) && k < i+10; k++ {
		if r.words[k].key == ")" {
			return k + 1
		}
	}
	return i
}

// afterVerb reports whether a verb of saying stands right before p: its
// speaker ("said Jan Nowak") or the subject of what is said ("said Nowak was
// right").
func (r *Resolver) afterVerb(p *phrase) bool {
	return p.first > 0 && r.words[p.first-1].is&sayingVerb != 0 && !r.words[p.first-1].first
}

// addRoles gives person i what p calls him.
func (r *Resolver) addRoles(i int, p *phrase) {
	q := &r.persons[i]
	q.setGender(p.gender)
	if p.named() {
		q.setGender(r.genderBeside(p))
		if party := r.party(p); party != "" {
			us := r.index("United States")
			q.addRole(role{party, us, false})
			if state := r.state(p); state != "" {
				q.addRole(role{state, us, false})
			}
			if q.actor.Country == "" && !q.actor.Known {
				q.actor.Country = "United States"
			}
		}
	}
	if p.state != "" {
		q.addRole(role{p.state, -1, false})
	}
	country := p.country
	if country < 0 && p.owner != nil {
		country = p.owner.country
	}
	if country < 0 && p.complement != nil {
		country = p.complement.country
	}
	if p.title != "" {
		q.addRole(role{p.title, country, false})
	}
	if p.office != nil {
		q.addRole(role{p.office.name, country, p.former})
	}
	if p.post >= 0 {
		rec := &r.reg.records[p.post]
		_, office := r.reg.cutAdjective(rec.Name)
		country = r.index(rec.Country)
		q.addRole(role{office, country, p.former})
		if strings.HasSuffix(office, " Secretary-General") {
			q.addRole(role{"Secretary-General", country, p.former})
		}
	}
	if p.head != nil && p.head.singular != "" {
		q.addRole(role{p.head.singular, country, p.former})
	}
	if p.head != nil && p.head.kind == kindSpokesman {
		q.addRole(role{"spokesman", country, false})
		switch p.head.name {
		case "spokesman":
			q.setGender('m')
		case "spokeswoman":
			q.setGender('f')
		}
	}
	for _, m := range p.mods {
		if m == "Republican" || m == "Democratic" {
			q.addRole(role{m[:7], country, false})
		}
	}
	if country >= 0 && q.actor.Country == "" && !q.actor.Known {
		q.actor.Country = r.reg.lex.countries[country].name
	}
}

func (q *person) setGender(g byte) {
	if q.gender == 0 {
		q.gender = g
	}
}

func (q *person) addRole(x role) {
	for i, o := range q.roles {
		if o.name == x.name && o.former == x.former {
			if o.country < 0 {
				q.roles[i].country = x.country
			}
			return
		}
	}
	q.roles = append(q.roles, x)
}
