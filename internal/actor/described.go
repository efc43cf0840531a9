package actor

import (
	"strings"

	"standpoint/internal/text"
)

// Publisher is the person in whose name an outlet prints its texts: "Office of
// Sen. Nowak". Zero for others.
func (r *Resolver) Publisher() Actor {
	name, _, _ := strings.Cut(r.outlet, "(")
	name = strings.TrimSpace(name)
	switch _, after, ok := strings.Cut(name, "office of "); {
	case ok:
		name = after
	default:
		if a := r.reg.Canonical(name); a.Known && a.Type != Media {
			return a
		}
		_, after, ok := strings.Cut(name, ", m")
		if _, after, also := strings.Cut(after, " "); ok && also {
			name, _, _ = strings.Cut(after, " of ")
			break
		}
		return Actor{}
	}
	if i, ok := r.byName[name]; ok {
		return r.persons[i].actor
	}
	last := name[strings.LastIndexByte(name, ' ')+1:]
	if i := r.bySurname(last); i >= 0 {
		return r.persons[i].actor
	}
	for _, title := range []string{"sen ", "rep ", "senator ", "representative ", "president ", "congressman ", "congresswoman ", "governor ", "gov ", "the "} {
		name = strings.TrimPrefix(name, title)
	}
	words := strings.Fields(name)
	for i, w := range words {
		words[i] = capitalised(w)
	}
	return r.reg.Canonical(strings.Join(words, " "))
}

// Described is the actor of a description that no list has, in the text's own
// words: "base workers' union" is a collective of the host country, "a barber"
// a person without a name.
func (r *Resolver) Described(name string, person bool) Actor {
	name = capitalised(strings.Join(strings.Fields(name), " "))
	if name == "" {
		return Actor{}
	}
	if person {
		return byForm(name+" (unnamed)", Unnamed, "", "")
	}
	if a := r.reg.Canonical(name); a.Known || a.Country != "" {
		return a
	}
	host := r.host()
	if host < 0 {
		return byForm(name, Bloc, "", "")
	}
	k := r.reg.lex.countries[host]
	return byForm(name+" ("+k.short+")", Bloc, k.name, "")
}

// Respondents are those whom the poll at s asked.
func (r *Resolver) Respondents(s text.Span) Actor {
	lo, _ := r.within(s)
	return r.polled(min(lo, max(0, len(r.words)-1)), -1).actor
}

// Named is the organisation of a name that nothing else knows.
func (r *Resolver) Named(name string) Actor {
	name = strings.Join(strings.Fields(name), " ")
	if r.isOutlet(name) {
		return r.make(name, Media, -1)
	}
	return r.make(name, Organisation, -1)
}
