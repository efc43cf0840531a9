package features

import (
	"strings"

	"standpoint/internal/text"
)

// A lean is a sign that words give to staying (+1) or leaving (-1).
type lean int8

// polarity composes the span's words into leans: each word of leaving,
// staying or coming has one, and what governs it in its clause (a refusal, a
// negation, a delay) turns it.
func (x *extractor) polarity() {
	plus, minus, first, last := 0, 0, lean(0), lean(0)
	turn := x.cueTurn()
	inherited := turn
	for i := x.zones.span[0]; i < x.zones.span[1]; i++ {
		t := &x.tokens[i]
		switch {
		case t.end || scopeEnds[t.hash]:
			turn = inherited
			continue
		case t.classes&turning != 0 && t.classes&moving == 0:
			turn = -turn
		}
		l := leanOf(t)
		if l == 0 {
			continue
		}
		l *= turn
		if t.neg {
			l = -l
		}
		if first == 0 {
			first = l
		}
		last = l
		if l > 0 {
			plus++
		} else {
			minus++
		}
	}
	x.putPolarity(plus, minus, first, last)
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

func (x *extractor) putPolarity(plus, minus int, first, last lean) {
	side, kind := word(x.in.Side), word(string(x.in.Statement.Kind))
	sum := signAtoms[sign(plus-minus)+1]
	x.put(tPolarity, word("sum"), sum, none)
	x.put(tPolarity, word("sum"), sum, side)
	x.put(tPolarity, word("sum"), sum, kind)
	x.put(tPolarity, word("first"), signAtoms[first+1], none)
	x.put(tPolarity, word("last"), signAtoms[last+1], none)
	if plus > 0 && minus > 0 {
		x.put(tPolarity, word("both"), none, none)
	}
	span := x.classesIn(x.zones.span)
	for _, c := range []class{clsNeed, clsBenefit, clsHarm, clsConsequence, clsGood, clsBad, clsThanks, clsCondition, clsHedge, clsPart, clsFor, clsAgainst, clsTalk, clsForces} {
		if span.has(c) {
			x.put(tPolarity, classAtoms[c], sum, none)
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
