package actor

// couple resolves a span that names two actors of the text before, or those
// whom a share of a poll counts.
func (r *Resolver) couple(lo, hi int) []Mention {
	if lo >= hi {
		return nil
	}
	two := false
	switch r.words[lo].key {
	case "both", "neither":
		two = true
	case "the", "these", "those":
		two = lo+1 < hi && r.words[lo+1].key == "two"
	case "two":
		two = lo+2 == hi
	}
	last := r.words[hi-1].key
	if last == "poll" || last == "survey" || r.isShare(lo, hi) {
		country := -1
		for i := lo; i < hi && country < 0; i++ {
			p := r.chunk(i, hi)
			if p == nil {
				continue
			}
			if p.head != nil && p.head.kind == kindGroup && (p.head.singular == "Republican" || p.head.singular == "Democrat") {
				return r.settle(p, true, nil)
			}
			country = r.countryOf(p)
		}
		return []Mention{{Actor: r.polled(lo, country).actor, Rule: "poll"}}
	}
	if !two {
		return nil
	}
	var fits func(*ref) bool
	switch last {
	case "countries", "nations", "governments", "sides", "allies", "capitals", "states", "partners":
		return r.twoGovernments(lo, hi)
	}
	if r.words[lo].key == "two" {
		return nil // "two officials": who are not named
	}
	switch last {
	case "both", "neither":
		fits = func(x *ref) bool {
			return x.person >= 0 || x.actor.Type == Office || x.actor.Type == Unnamed && !x.plural
		}
	case "leaders", "presidents", "ministers", "men", "officials", "statesmen", "generals", "politicians", "premiers", "diplomats":
		fits = func(x *ref) bool { return x.person >= 0 && r.persons[x.person].gender != 'f' || x.actor.Type == Office }
		if last != "men" {
			fits = func(x *ref) bool { return x.person >= 0 || x.actor.Type == Office }
		}
	case "women":
		fits = func(x *ref) bool { return x.person >= 0 && r.persons[x.person].gender != 'm' }
	case "senators", "lawmakers", "congressmen", "brothers", "sisters", "friends", "candidates", "rivals":
		fits = func(x *ref) bool { return x.person >= 0 }
	default:
		return nil
	}
	return r.lastTwo(lo, hi, fits)
}

// lastTwo are the last two actors before lo that fit; nil if there are fewer.
func (r *Resolver) lastTwo(lo, hi int, fits func(*ref) bool) []Mention {
	var ms []Mention
	for i, from := r.before(lo); i >= from && len(ms) < 2; i-- {
		x := &r.refs[i]
		if fits(x) && (len(ms) == 0 || ms[0].Actor.ID != x.actor.ID) {
			ms = append(ms, Mention{Span: r.span(lo, hi), Actor: x.actor, Rule: "pair"})
		}
	}
	if len(ms) < 2 {
		return nil
	}
	ms[0], ms[1] = ms[1], ms[0]
	return ms
}

// twoGovernments are those named last; where the text names none, the US and
// the host's.
func (r *Resolver) twoGovernments(lo, hi int) []Mention {
	if ms := r.lastTwo(lo, hi, func(x *ref) bool { return x.actor.Type == Government && x.rule != "administration" }); ms != nil {
		return ms
	}
	us, host := r.index("United States"), r.host()
	if host < 0 || host == us {
		return nil
	}
	s := r.span(lo, hi)
	return []Mention{{Span: s, Actor: r.government(us, "pair").actor, Rule: "pair"}, {Span: s, Actor: r.government(host, "pair").actor, Rule: "pair"}}
}

// isShare reports whether the words count a share of those asked: "only 5
// percent", "a third of voters" in a poll.
func (r *Resolver) isShare(lo, hi int) bool {
	for i := lo; i < hi && i < lo+6; i++ {
		switch r.words[i].key {
		case "percent", "%":
			return true
		case "per":
			return i+1 < hi && r.words[i+1].key == "cent"
		case "majority", "half", "quarter", "third", "thirds", "two-thirds", "share", "minority":
			return r.nearPoll(r.words[i].sentence) && (i+1 == hi || i+2 < hi && r.words[i+1].key == "of" && (r.words[i+2].key == "those" || r.words[i+2].key == "them"))
		}
	}
	return false
}
