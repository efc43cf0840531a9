package actor

import "strings"

// An asking is what may be asked about a person.
type asking uint8

const (
	askRole     asking = iota // the article gives him an office
	askHolds                  // the registry gives him an office
	askPost                   // one of the two, by the office's name in the registry
	askCalled                 // the article calls him so
	askLawmaker               // it calls him a lawmaker of some kind
	askLeader                 // he leads a country
)

// A question is what a description says of its holder.
type question struct {
	asks    asking
	name    string
	country int // -1: any
	former  bool
	gender  byte   // 0: any
	state   string // "": any
}

// answers are whom of the persons a question fits.
type answers struct {
	known []int8 // by person: 0 not asked yet, 1 fits, -1 doesn't
	first int    // the first whom it fits, -1 if none
}

// maxPersons bounds the persons whom a description may mean: no article names
// that many.
const maxPersons = 1000

// answersTo are the answers to q so far: persons don't change once all are
// introduced.
func (r *Resolver) answersTo(q question) *answers {
	a := r.asked[q]
	if a == nil {
		a = &answers{known: make([]int8, min(len(r.persons), maxPersons)), first: -1}
		for i := range a.known {
			if r.fits(q, a, i) {
				a.first = i
				break
			}
		}
		r.asked[q] = a
	}
	return a
}

// fits reports whether q fits person i.
func (r *Resolver) fits(q question, a *answers, i int) bool {
	if i < 0 || i >= len(a.known) {
		return false
	}
	if a.known[i] == 0 {
		a.known[i] = -1
		if r.suits(q, &r.persons[i]) {
			a.known[i] = 1
		}
	}
	return a.known[i] > 0
}

func (r *Resolver) suits(q question, x *person) bool {
	if q.gender != 0 && x.gender != 0 && q.gender != x.gender || q.state != "" && !x.called(q.state, -1) {
		return false
	}
	switch q.asks {
	case askRole:
		return r.hasRole(x, q.name, q.country, q.former)
	case askHolds:
		return r.holds(x, q.name, q.country, q.former)
	case askPost:
		_, office := r.reg.cutAdjective(q.name)
		return r.hasRole(x, office, q.country, q.former) || r.holds(x, q.name, q.country, q.former)
	case askCalled:
		return x.called(q.name, q.country)
	case askLawmaker:
		house := x.called("representative", q.country) || x.called("congresswoman", q.country)
		return house || q.name != "House" && (x.called("senator", q.country) || q.name == "" && x.called("lawmaker", q.country)) || q.state != "" && x.called(q.name, q.country)
	}
	return r.leads(x, q.country)
}

// holder is the person whom q fits: the likeliest of those just mentioned
// before p, else the last one before it, else the first one named; -1 if none.
func (r *Resolver) holder(q question, p *phrase) int {
	a := r.answersTo(q)
	if a.first < 0 {
		return -1
	}
	near := r.antecedent(p.first, 3, func(x *ref) float64 {
		if r.fits(q, a, x.person) {
			return 10
		}
		return 0
	})
	if near >= 0 {
		return r.refs[near].person
	}
	for i, from := r.before(p.first); i >= from; i-- {
		if r.fits(q, a, r.refs[i].person) {
			return r.refs[i].person
		}
	}
	return a.first
}

// hasRole reports whether the article gives q an office, of a country where
// both are known.
func (r *Resolver) hasRole(q *person, office string, country int, former bool) bool {
	for _, x := range q.roles {
		if x.name == office && x.former == former && (country < 0 || x.country == country || x.country < 0 && q.ofCountry(r, country)) {
			return true
		}
	}
	return country < 0 && r.holds(q, "* "+office, country, former)
}

func (q *person) ofCountry(r *Resolver, country int) bool {
	return q.actor.Country == "" || r.index(q.actor.Country) == country
}

// holds reports whether the registry gives q an office on the article's day;
// a former one, before it. An office "* President" is any country's.
func (r *Resolver) holds(q *person, office string, country int, former bool) bool {
	if !q.actor.Known {
		return false
	}
	for _, t := range r.reg.byHolder[r.reg.byID[q.actor.ID]] {
		name := r.reg.records[t.office].Name
		same := name == office
		if anywhere, ok := strings.CutPrefix(office, "* "); ok {
			_, bare := r.reg.cutAdjective(name)
			same = bare == anywhere
		}
		if same && (t.holds(r.day) && !former || former && r.day != 0 && t.to != 0 && t.to < r.day) {
			return true
		}
	}
	return false
}

// heads are the offices of those who lead a country.
var heads = []string{"President", "Prime Minister", "Chancellor", "King", "Emir", "Supreme Leader", "Crown Prince"}

// leads reports whether q leads a country (any, for -1), by the article or by
// the registry.
func (r *Resolver) leads(q *person, country int) bool {
	if q.called("leader", country) {
		return true
	}
	for _, h := range heads {
		if r.hasRole(q, h, country, false) || country >= 0 && r.holds(q, r.officeName(h, country), country, false) {
			return true
		}
	}
	return false
}
