package topic

import "standpoint/internal/text"

// sited reports whether place i of a sentence is where the forces are, come
// to or leave: behind a preposition after the reference, joined to such a
// place by "and", or a base. Before tells whether place i-1 is.
func sited(r *reader, sent text.Sentence, places []place, i int, ref reference, before bool) bool {
	d, p := r.doc, places[i]
	if p.how == byBase {
		return true
	}
	if p.how == byDemonym {
		return p.end < sent.EndToken && p.first > sent.FirstToken && (d.Word(p.end) == "soil" || d.Word(p.end) == "territory" || d.Word(p.end) == "bases")
	}
	if abs(p.first-ref.at) > 30 && abs(p.first-ref.end) > 12 {
		return false
	}
	for k := p.first - 1; k >= sent.FirstToken && k >= p.first-4; k-- {
		w := d.Word(k)
		switch {
		case r.classes[k]&into != 0:
			if k > sent.FirstToken && occasion[d.Word(k-1)] || p.how == byCapital && !r.governed(sent, k) {
				return false
			}
			return w != "of" || k > 0 && r.classes[k-1]&moves != 0 && d.Word(k-1) == "out"
		case w == "and" || w == "or" || w == ",":
			return i > 0 && places[i-1].end >= k-1 && before
		case w == "leave" || w == "leaving" || w == "left" || w == "enter" || w == "occupy" || w == "exit":
			return true
		case w != "the" && !direction[w]:
			return false
		}
	}
	return hosting(d, sent, p)
}

// occasion are words that a place of talk follows, not a place of forces.
var occasion = map[string]bool{"reporters": true, "conference": true, "speech": true, "meeting": true, "visit": true, "interview": true,
	"briefing": true, "summit": true, "talks": true, "said": true, "journalists": true, "speaking": true, "embassy": true, "ambassador": true,
	"envoy": true, "war": true, "violence": true, "trip": true, "traveled": true, "travelled": true, "traveling": true, "travels": true, "flew": true, "visiting": true, "arrived": true, "met": true, "Monday": true, "Tuesday": true, "Wednesday": true,
	"Thursday": true, "Friday": true, "Saturday": true, "Sunday": true}

// onOccasion: "told reporters in Jerusalem".
func (r *reader) onOccasion(sent text.Sentence, p place) bool {
	k := p.first - 1
	return k-1 >= sent.FirstToken && r.classes[k]&into != 0 && occasion[r.doc.Word(k-1)]
}

// governed reports whether a word for forces or their moves stands within
// three tokens before the preposition at k.
func (r *reader) governed(sent text.Sentence, k int) bool {
	for j := k - 1; j >= sent.FirstToken && j >= k-3; j-- {
		if r.classes[j]&(forces|moves) != 0 {
			return true
		}
	}
	return false
}

var direction = map[string]bool{"northern": true, "southern": true, "eastern": true, "western": true, "northeastern": true, "northeast": true,
	"central": true, "neighboring": true, "neighbouring": true, "wartorn": true, "war-torn": true, "mainland": true, "post-2014": true, "all": true, "most": true}

// hosting: "Iraq's parliament asks them to leave" is weaker; "Germany-based".
func hosting(d *text.Document, sent text.Sentence, p place) bool {
	w := d.Word(p.first)
	return len(w) > 6 && w[len(w)-6:] == "-based" || p.end < sent.EndToken && d.Word(p.end) == "pullout" || p.end < sent.EndToken && (d.Word(p.end) == "withdrawal" || d.Word(p.end) == "drawdown" || d.Word(p.end) == "troop" || d.Word(p.end) == "deployment")
}
