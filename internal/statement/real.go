package statement

import "standpoint/internal/text"

// reduced reports whether a participle belongs to the noun before it: "the
// conference planned for May was put off".
func (r *reading) reduced(sent text.Sentence, i int, v *verb) bool {
	if r.has(r.verbGroup(sent, i).first, i, finite) {
		return false // "would have preferred to have been told"
	}
	if v.class == classSay || v.form&formPast == 0 || v.form&formPart == 0 || i+2 >= sent.EndToken || !r.is(i+1, preposition) || v.particle == r.low[i+1] {
		return false
	}
	for k := i + 2; k < min(sent.EndToken, i+12); k++ {
		switch w := r.low[k]; {
		case r.quote[k] != 0 || r.doc.Tokens[k].Kind == text.Punct || r.is(k, boundary|pronoun|conjunctive) || w == "who" || w == "which" || w == "and":
			return false
		case r.is(k, auxiliary) && r.is(k, finite):
			return true
		}
	}
	return false
}

// discreet: "who asked not to be named" is no act.
func (r *reading) discreet(sent text.Sentence, e *event) bool {
	switch e.lemma {
	case "ask", "request", "insist on", "demand", "insist", "decline", "refuse", "ask for", "ask not":
	default:
		return false
	}
	for k := e.last + 1; k < min(sent.EndToken, e.last+7); k++ {
		switch r.low[k] {
		case "anonymity", "named", "identified", "name", "quoted", "nationality", "rank", "background", "indicated":
			return true
		}
	}
	return false
}

// unreal reports whether an act or attitude is only supposed ("if they want")
// or is nobody's.
func (r *reading) unreal(sent text.Sentence, e *event) bool {
	if e.subject[1] == 0 || e.shared >= 0 {
		return false
	}
	switch r.low[e.subject[0]] {
	case "nobody", "no", "none", "neither", "few":
		return true
	}
	if (e.lemma == "seem" || e.lemma == "appear") && r.low[e.subject[0]] == "it" {
		return true
	}
	if e.class == classSay || e.subject[0] == sent.FirstToken {
		return false
	}
	switch r.low[e.subject[0]-1] {
	case "if", "unless", "whether":
		return true
	case "where", "once", "until", "before", "when", "should":
		return e.class == classAct && e.form&(formBase|formThird) != 0 && e.form&formPast == 0
	}
	return false
}

// missives are things in which somebody asks or promises something: "a letter
// urging them to leave", "came into office pledging".
var missives = readList("letter, statement, office, speech, tweet, note, message, email, memo, petition, resolution, op-ed, floor, release, interview, remarks, comments")

func (r *reading) missive(k int) bool {
	if k < 0 || r.quote[k] != 0 || r.doc.Tokens[k].Kind != text.Word {
		return false
	}
	if missives[r.low[k]] {
		return true
	}
	for j := k; j > 1 && j > k-12 && !r.is(j, boundary); j-- {
		if r.low[j] == "wrote" || r.low[j] == "writes" || r.low[j] == "write" || r.low[j] == "written" {
			return true
		}
	}
	for j := k; j > 1 && j > k-7 && r.doc.Tokens[j].Kind == text.Word; j-- {
		if r.is(j, preposition) {
			return missives[r.low[j-1]]
		}
	}
	return false
}

// goers are verbs of those who go somewhere to demand something.
var goers = readList("marched, rallied, gathered, met, demonstrated, assembled, joined, traveled, travelled, went, wrote, turned, walked, staged, held, attended, march, rally, gather, attend, spoke, visited, signed, sent, launched")

// onPurpose: "thousands marched to demand".
func (r *reading) onPurpose(sent text.Sentence, to int) bool {
	for k := to - 1; k >= sent.FirstToken && k > to-9; k-- {
		if goers[r.low[k]] {
			return true
		}
		if r.quote[k] != 0 || r.is(k, boundary|finite) {
			return false
		}
	}
	return false
}
