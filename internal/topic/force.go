package topic

import (
	"slices"
	"strings"

	"standpoint/internal/text"
)

// A reference is where a sentence speaks of the forces.
type reference struct {
	about bool // of their coming, staying or leaving, or of what becomes of a base
	named bool // of them at least
	at    int  // token of the noun or the movement, -1 if none
	end   int  // last such token
}

// near is how many tokens may lie between the noun for the forces and the
// word for their coming, staying or leaving.
const near = 25

// few is how many tokens may lie between Americans and what they do, for them
// to be soldiers.
const few = 6

// A scanner goes through a sentence and keeps where each kind of word stood last.
type scanner struct {
	*reader
	sent    text.Sentence
	places  []place
	next    int  // places before it end before the token
	violent bool // the sentence tells of an attack

	force, move int // the forces; a word for their coming, staying or leaving
	base, fate  int // a base; what becomes of it
	unit, post  int // American units or machines; a word for their stationing
	us, men     int // the United States; Americans
	invited     int // a request for help, an invitation
}

// reference finds the forces in a sentence: "US troops", "foreign forces", the
// base at a place that has one; a bare "troops", "the base", "the withdrawal"
// or "the pact" where they are named elsewhere in the article; never another
// army's.
func (r *reader) reference(sent text.Sentence, places []place) reference {
	ref := reference{at: -1}
	if !r.speaks(sent, places) {
		return ref
	}
	const never = -1000
	s := scanner{reader: r, sent: sent, places: places, violent: r.violent(sent),
		force: never, move: never, base: never, fate: never, unit: never, post: never, us: never, men: never, invited: never}
	for i := sent.FirstToken; i < sent.EndToken; i++ {
		s.turn(i)
		ref.named = s.noun(i) || ref.named
		ref.join(s.force, s.move)
		ref.join(s.base, s.fate)
		ref.join(s.unit, s.post)
	}
	return ref
}

// speaks reports whether a word of the sentence can name the forces.
func (r *reader) speaks(sent text.Sentence, places []place) bool {
	var all class
	for _, c := range r.classes[sent.FirstToken:sent.EndToken] {
		all |= c
	}
	return all&(guest|goes|departure|pact|forces|gear|site|nation|vague) != 0 || slices.ContainsFunc(places, func(p place) bool { return p.how == byBase })
}

// join notes that forces at token a and what becomes of them at b stand
// together.
func (ref *reference) join(a, b int) {
	if a < 0 || b < 0 || abs(a-b) > near {
		return
	}
	ref.about = true
	if ref.at < 0 {
		ref.at = min(a, b)
	}
	ref.end = max(a, b)
}

// turn takes token i for a word that says what becomes of the forces.
func (s *scanner) turn(i int) {
	c := s.classes[i]
	if c&moves != 0 && !s.before(i, "than") { // more than
		s.move = i
	}
	if c&fate != 0 && !(s.before(i, "to") && strings.HasPrefix(s.doc.Word(i), "return")) { // planes returned to the base
		s.fate = i
	}
	if c&post != 0 {
		s.post = i
	}
	if w := s.doc.Word(i); w == "request" || w == "invitation" || w == "permission" {
		s.invited = i
	}
	if c&(goes|post|leaving) != 0 && i-s.men <= few {
		s.force, s.move = i, i
	}
	if c&(ours|state) != 0 {
		s.us = i
	}
}

// noun takes token i for one that names the forces, and reports whether it
// does.
func (s *scanner) noun(i int) bool {
	c := s.classes[i]
	for s.next < len(s.places) && s.places[s.next].end <= i {
		s.next++
	}
	switch {
	case c&(departure|goes) != 0 && s.fromPact(i):
		return false
	case s.aware && (c&guest != 0 || c&goes != 0 && i-s.us <= few || c&departure != 0 && c&forces == 0 && !s.foreignOwner(i)):
		s.force, s.move = i, i
	case s.aware && s.pact && c&pact != 0:
		s.base = i
	case s.aware && c&forces != 0 && s.oursHere(s.sent, i):
		s.force = i
	case c&(forces|gear|site) != 0:
		return s.army(i)
	case s.aware && s.next < len(s.places) && s.places[s.next].first <= i && s.places[s.next].how == byBase:
		s.base = i
	case s.coalition && s.aware && s.doc.Word(i) == "coalition":
		s.force = i
		if i-s.invited <= near/2 {
			s.move = i
		}
	case s.aware && c&nation != 0:
		s.men = i
	default:
		return false
	}
	return true
}

// fromPact: the withdrawal from a treaty, which is none of forces.
func (s *scanner) fromPact(i int) bool {
	if !s.before(i, "from") && !s.before(i, "of") && !s.before(i, "out") {
		return false
	}
	for k := i + 2; k < s.sent.EndToken && k < i+8; k++ {
		if c := s.classes[k]; c&pact != 0 {
			return true
		} else if c&forces != 0 {
			return false
		}
	}
	return false
}

// army takes token i for forces, their machines or a base, whose owner decides.
func (s *scanner) army(i int) bool {
	c, o := s.classes[i], s.owner(i)
	soldiers := o == owned || o == unowned && c&(people|standing) != 0 && (s.aware || s.us >= 0)
	place := c&site != 0 && (o == owned || o == unowned && s.aware)
	machines := c&gear != 0 && o == owned && !s.violent
	if c&forces != 0 && soldiers && !s.status(i) {
		s.force = i
		present := c&standing != 0 && c&moves != 0
		if present || o == owned && c&(people|standing) != 0 && !s.violent && !(c&site != 0 && s.locative(i)) {
			s.move = i
		}
	}
	if place && (o == owned || c&gear == 0) {
		s.base = i
	}
	if machines {
		s.unit = i
	}
	return soldiers || place || machines
}

// before reports whether token i stands before w.
func (s *scanner) before(i int, w string) bool {
	return i+1 < s.sent.EndToken && s.doc.Word(i+1) == w
}

// status: the forces in "status of forces agreement".
func (s *scanner) status(i int) bool {
	return i-2 >= s.sent.FirstToken && s.doc.Word(i-1) == "of" && (s.doc.Word(i-2) == "status" || s.doc.Word(i-2) == "Status")
}

// locative: "at the U.S. base" is where something happens.
func (s *scanner) locative(i int) bool {
	for k := i - 1; k >= s.sent.FirstToken && k >= i-6; k-- {
		if w := s.doc.Word(k); s.classes[k]&into != 0 && w != "of" || w == "on" || w == "On" {
			return true
		}
	}
	return false
}

func (r *reader) violent(sent text.Sentence) bool {
	for i := sent.FirstToken; i < sent.EndToken; i++ {
		if r.classes[i]&violence != 0 {
			return true
		}
	}
	return false
}

func abs(n int) int { return max(n, -n) }
