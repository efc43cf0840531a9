package features

import (
	"math/bits"

	"standpoint/internal/statement"
)

var none atom

// classAtoms are the classes' atoms; notAtoms those under a negation.
var classAtoms, notAtoms = func() (a, n [numClasses]atom) {
	for i, name := range classNames {
		a[i], n[i] = word(name), word("not-"+name)
	}
	return a, n
}()

// run makes the vector.
func (x *extractor) run(in *Instance) {
	x.in = in
	x.epoch++
	x.scan()
	x.spanWords()
	x.spanClasses()
	x.cue()
	x.context(x.zones.left, tLeft, tLeftClass)
	x.context(x.zones.right, tRight, tRightClass)
	x.context(x.zones.before, tBefore, tBeforeClass)
	x.places()
	x.polarity()
	x.meta()
	x.shape()
}

// spanWords adds the n-grams of the span.
func (x *extractor) spanWords() {
	var p1, p2 atom
	for i := x.zones.span[0]; i < x.zones.span[1]; i++ {
		t := &x.tokens[i]
		if t.punct {
			if t.end {
				p1, p2 = none, none
			}
			continue
		}
		x.put(tWord, t.atom, none, none)
		if t.neg {
			x.put(tNegWord, t.atom, none, none)
		}
		if p1.hash != 0 {
			x.put(tPair, p1, t.atom, none)
		}
		if p2.hash != 0 {
			x.put(tTriple, p2, p1, t.atom)
		}
		p2, p1 = p1, t.atom
	}
}

// pairReach is how many words apart two classes of a pair may stand.
const pairReach = 10

// spanClasses adds the lexicon's classes in the span, and ordered pairs of
// them: "reject ... withdrawal" is a pair that words alone don't show.
func (x *extractor) spanClasses() {
	z := x.zones.span
	for i := z[0]; i < z[1]; i++ {
		t := &x.tokens[i]
		for s := t.classes; s != 0; s &= s - 1 {
			c := bits.TrailingZeros64(uint64(s))
			a := classAtoms[c]
			x.put(tClass, a, none, none)
			if t.neg {
				a = notAtoms[c]
				x.put(tNegClass, a, none, none)
			}
			x.pairs(i, z[0], a)
		}
	}
}

// pairs adds the pairs of class a at token i with the classes before it.
func (x *extractor) pairs(i, from int, a atom) {
	for j := i - 1; j >= max(from, i-pairReach); j-- {
		t := &x.tokens[j]
		if t.end {
			return
		}
		for s := t.classes; s != 0; s &= s - 1 {
			c := bits.TrailingZeros64(uint64(s))
			if t.neg {
				x.put(tClassPair, notAtoms[c], a, none)
			} else {
				x.put(tClassPair, classAtoms[c], a, none)
			}
		}
	}
}

// cue adds the verb of saying or acting, and how it meets the span's classes.
func (x *extractor) cue() {
	s := x.in.Statement
	kind := word(string(s.Kind))
	lo, hi := x.in.Doc.TokensIn(s.Cue)
	if lo >= hi {
		x.put(tCue, word("none"), kind, none)
		return
	}
	var all classes
	for i := lo; i < min(hi, lo+4); i++ {
		w := x.in.Doc.Word(i)
		h := stemHash(w)
		x.put(tCue, atom{h, w}, none, none)
		x.put(tCue, atom{h, w}, kind, none)
		all |= words.words[h]
	}
	span := x.classesIn(x.zones.span)
	for a := all; a != 0; a &= a - 1 {
		c := classAtoms[bits.TrailingZeros64(uint64(a))]
		x.put(tCueClass, c, none, none)
		for b := span; b != 0; b &= b - 1 {
			x.put(tCuePair, c, classAtoms[bits.TrailingZeros64(uint64(b))], none)
		}
	}
}

func (x *extractor) classesIn(z [2]int) classes {
	var c classes
	for i := z[0]; i < z[1]; i++ {
		c |= x.tokens[i].classes
	}
	return c
}

// context adds words and classes beside the span.
func (x *extractor) context(z [2]int, words, class template) {
	for i := z[0]; i < z[1]; i++ {
		t := &x.tokens[i]
		if t.punct || t.masked {
			continue
		}
		x.put(words, t.atom, none, none)
		for s := t.classes; s != 0; s &= s - 1 {
			x.put(class, classAtoms[bits.TrailingZeros64(uint64(s))], none, none)
		}
	}
}

// meta adds what is known of the statement beside its words.
func (x *extractor) meta() {
	s := x.in.Statement
	kind, side, typ := word(string(s.Kind)), word(x.in.Side), word(s.Holder.Type)
	x.put(tMeta, kind, none, none)
	x.put(tMeta, side, none, none)
	x.put(tMeta, typ, none, none)
	x.put(tMeta, kind, side, none)
	x.put(tMeta, typ, side, none)
	x.put(tMeta, word("voice"), word(string(s.Voice)), none)
	for _, f := range []struct {
		on   bool
		name string
	}{
		{s.Headline, "headline"}, {s.Secondary, "secondary"}, {!s.ReportedBy.Zero(), "reported"},
		{!s.OwnWords(), "others"}, {s.Speaker.Empty(), "no-speaker"}, {s.Kind == statement.Act && s.Cue.Empty(), "no-cue"},
		{x.in.Host == "", "no-host"},
	} {
		if f.on {
			x.put(tMeta, word(f.name), none, none)
		}
	}
}
