package features

import (
	"strings"

	"standpoint/internal/text"
)

// A lean is a sign that words give to staying (+1) or leaving (-1).
type lean int8

// A Reading is what the lexicon alone says of an Instance.
type Reading struct {
	Forces      bool // the passage names forces, or the span their moves
	Stay, Leave int  // words of the span that lean to staying, to leaving
}

// Read reads an Instance by the lexicon alone: a baseline for models.
func Read(in Instance) Reading {
	x := extractors.Get().(*extractor)
	defer extractors.Put(x)
	x.in = &in
	x.scan()
	l := x.leans()
	return Reading{Forces: x.aboutForces(), Stay: l.stay, Leave: l.leave}
}

// aboutForces is the forces test by lexicon: forces are named in the span or
// before it, and the span names them, their moves or a pact on them.
func (x *extractor) aboutForces() bool {
	span, left, before := x.classesIn(x.zones.span), x.classesIn(x.zones.left), x.classesIn(x.zones.before)
	return (span | left | before).has(clsForces) && span&(moving|clsForces.bit()|clsAgreement.bit()) != 0
}

// leans counts the words of a span by where they lean.
type leans struct {
	stay, leave int
	first, last lean
}

// leans composes the span's words: each word of leaving, staying or coming has
// a lean, and what governs it in its clause (a refusal, a negation, a delay)
// turns it.
func (x *extractor) leans() leans { return x.leansIn(x.zones.span, x.cueTurn()) }

// leansIn composes the words of a zone that something outside turns or not.
func (x *extractor) leansIn(z [2]int, turn lean) leans {
	var s leans
	inherited := turn
	for i := z[0]; i < z[1]; i++ {
		t := &x.tokens[i]
		switch {
		case t.end || scopeEnds[t.hash]:
			turn = inherited
			continue
		case t.classes&turning != 0 && t.classes&moving == 0:
			turn = -turn
		}
		if l := leanOf(t) * turn; l != 0 {
			if t.neg {
				l = -l
			}
			s.add(l)
		}
	}
	return s
}

func (s *leans) add(l lean) {
	if s.first == 0 {
		s.first = l
	}
	s.last = l
	if l > 0 {
		s.stay++
	} else {
		s.leave++
	}
}

// turning are the classes that turn what they govern.
const turning = classes(1<<clsAgainst | 1<<clsDelay)

// cueTurn is -1 under a cue that turns what it reports: he denied that ...
func (x *extractor) cueTurn() lean {
	lo, hi := x.in.Doc.TokensIn(x.in.Statement.Cue)
	if lo < hi && !x.in.Statement.Span.Contains(x.in.Statement.Cue) && words.words[stemHash(x.in.Doc.Word(lo))].has(clsAgainst) {
		return -1
	}
	return 1
}

func leanOf(t *token) lean {
	switch {
	case t.classes&(1<<clsExit|1<<clsReduce) != 0:
		return -1
	case t.classes&(1<<clsStay|1<<clsEntry) != 0:
		return 1
	case t.classes.has(clsDelay):
		return 1
	}
	return 0
}

var signAtoms = [3]atom{word("leave"), word("none"), word("stay")}

// polarity adds the span's leans, and what they meet in it.
func (x *extractor) polarity() {
	l := x.leans()
	side, kind := word(x.in.Side), word(string(x.in.Statement.Kind))
	sum := signAtoms[sign(l.stay-l.leave)+1]
	about := word("elsewhere")
	if x.aboutForces() {
		about = word("forces")
	}
	x.put(tPolarity, about, none, none)
	x.put(tPolarity, about, sum, none)
	x.put(tPolarity, about, sum, side)
	x.put(tPolarity, word("sum"), sum, none)
	x.put(tPolarity, word("sum"), sum, side)
	x.put(tPolarity, word("sum"), sum, kind)
	x.contextPolarity(l)
	x.put(tPolarity, word("first"), signAtoms[l.first+1], none)
	x.put(tPolarity, word("last"), signAtoms[l.last+1], none)
	if l.stay > 0 && l.leave > 0 {
		x.put(tPolarity, word("both"), none, none)
	}
	span := x.classesIn(x.zones.span)
	for _, c := range []class{clsNeed, clsBenefit, clsHarm, clsConsequence, clsGood, clsBad, clsThanks, clsCondition, clsHedge, clsPart, clsFor, clsAgainst, clsTalk, clsForces} {
		if span.has(c) {
			x.put(tPolarity, classAtoms[c], sum, none)
		}
	}
}

// attitudes are the classes by which a holder takes what "it" or "that" means.
var attitudes = []class{clsAgainst, clsFor, clsNeed, clsBenefit, clsHarm, clsConsequence, clsGood, clsBad, clsThanks, clsCondition, clsHedge, clsTalk, clsOpen, clsDelay}

// contextPolarity adds how the span's attitude meets the lean of what stands
// before it: a span without words of its own for staying or leaving means
// those ("He opposed it").
func (x *extractor) contextPolarity(own leans) {
	l := x.leansIn(x.zones.left, 1)
	if l == (leans{}) {
		l = x.leansIn(x.zones.before, 1)
	}
	sum := signAtoms[sign(l.stay-l.leave)+1]
	alone := word("alone")
	if own != (leans{}) {
		alone = signAtoms[sign(own.stay-own.leave)+1]
	}
	x.put(tContext, sum, alone, none)
	if own != (leans{}) {
		return
	}
	var cue classes
	lo, hi := x.in.Doc.TokensIn(x.in.Statement.Cue)
	if lo < hi {
		cue = words.words[stemHash(x.in.Doc.Word(lo))]
	}
	span := x.classesIn(x.zones.span)
	for _, c := range attitudes {
		if (span | cue).has(c) {
			x.put(tContext, classAtoms[c], sum, none)
		}
	}
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

var firstPerson = stems("we i our my we're we'll we've i'm i've i'd ours")

// shape adds the span's length and form.
func (x *extractor) shape() {
	z := x.zones.span
	x.put(tShape, word("words"), bin(z[1]-z[0]), none)
	text0 := x.in.Text()
	if strings.HasSuffix(strings.TrimRight(text0, "\"”'’ "), "?") {
		x.put(tShape, word("question"), none, none)
	}
	if strings.Contains(text0, "percent") || strings.Contains(text0, "per cent") || strings.Contains(text0, "%") {
		x.put(tShape, word("poll"), none, none)
	}
	person, quoted := false, false
	for i := z[0]; i < z[1]; i++ {
		person = person || firstPerson[x.tokens[i].hash]
		quoted = quoted || x.tokens[i].punct && strings.ContainsAny(x.tokens[i].text, "\"“”«»")
	}
	if person {
		x.put(tShape, word("first-person"), none, none)
	}
	if quoted {
		x.put(tShape, word("quoted"), none, none)
	}
	if p := x.in.Statement.Paragraph; p >= 0 && x.in.Doc.Field == text.FieldBody {
		x.put(tShape, word("paragraph"), bin(p), none)
	}
}
