package features

import (
	"strings"
	"sync"
)

// Buckets is the number of buckets that feature names are hashed into.
// Collisions are accepted: of some 60,000 names that gold has, few meet.
const Buckets = 1 << bucketBits

const bucketBits = 18

// A Feature is a bucket and how strongly it is there.
type Feature struct {
	Index uint32
	Value float32
}

// A Vector is the features of an Instance, each bucket once, in the order in
// which they were found.
type Vector []Feature

// A Named feature tells in words what its bucket stands for.
type Named struct {
	Feature
	Name string // "span:withdraw", "pair:against exit" ...
}

// Sparse is the vector of in, appended to buf.
func Sparse(in Instance, buf Vector) Vector {
	x := extractors.Get().(*extractor)
	defer extractors.Put(x)
	x.out, x.named = buf, nil
	x.explain = false
	x.run(&in)
	out := x.out
	x.out = nil
	return out
}

// Names is the vector of in with names, for explanations.
func Names(in Instance) []Named {
	x := new(extractor)
	x.explain = true
	x.run(&in)
	return x.named
}

var extractors = sync.Pool{New: func() any { return new(extractor) }}

// An extractor makes the vector of one Instance at a time.
type extractor struct {
	in      *Instance
	cut     cut
	opens   []bool  // scratch: tokens where a capital says nothing
	tokens  []token // of the paragraph before's last sentence, the passage and its span
	first   int     // doc token of tokens[0]
	zones   zones
	host    hostNames
	out     Vector
	explain bool
	named   []Named

	seen  [seenSize]seen // open addressing, by bucket
	epoch uint32
}

const seenSize = 1 << 12

type seen struct{ epoch, index uint32 }

// A template is a kind of feature.
type template uint8

const (
	tWord template = iota
	tNegWord
	tPair
	tTriple
	tClass
	tNegClass
	tClassPair
	tCue
	tCueClass
	tCuePair
	tLeft
	tRight
	tBefore
	tLeftClass
	tRightClass
	tBeforeClass
	tPlace
	tPolarity
	tContext
	tMeta
	tShape
	numTemplates
)

var templateNames = [numTemplates]string{"span", "not", "words", "words", "class", "not-class", "pair", "cue", "cue-class", "cue-pair",
	"left", "right", "before", "left-class", "right-class", "before-class", "where", "polarity", "context", "about", "shape"}

// weights are the values of the templates' features: the smaller, the harder
// L2 holds a weight of it down. Chosen on dev and real news by macro-F1.
var weights = [numTemplates]float32{
	tWord: 0.5, tNegWord: 0.5, tPair: 0.4, tTriple: 0.3, tClass: 1, tNegClass: 1, tClassPair: 0.4,
	tCue: 0.5, tCueClass: 1, tCuePair: 0.8, tLeft: 0.2, tRight: 0.2, tBefore: 0.15,
	tLeftClass: 0.4, tRightClass: 0.4, tBeforeClass: 0.4, tPlace: 1, tPolarity: 1.5, tContext: 1, tMeta: 1, tShape: 0.7,
}

// An atom is a piece of a feature's name, hashed.
type atom struct {
	hash uint64
	text string // for explanations; points at the text or a constant
}

// put adds a feature unless its bucket is there already.
func (x *extractor) put(t template, a, b, c atom) {
	h := (hashStart ^ uint64(t)) * hashPrime
	h = (h ^ a.hash) * hashPrime
	h ^= h >> 29
	h = (h ^ b.hash) * hashPrime
	h ^= h >> 29
	h = (h ^ c.hash) * hashPrime
	h ^= h >> 32
	index := uint32((h * 0x9E3779B97F4A7C15) >> (64 - bucketBits))
	if !x.fresh(index) {
		return
	}
	f := Feature{index, weights[t]}
	x.out = append(x.out, f)
	if x.explain {
		x.named = append(x.named, Named{f, name(t, a, b, c)})
	}
}

// fresh reports whether index was not seen before in this Instance. Past the
// table's size everything counts as seen: no text of sane length gets there.
func (x *extractor) fresh(index uint32) bool {
	for i := index & (seenSize - 1); ; i = (i + 1) & (seenSize - 1) {
		s := &x.seen[i]
		if s.epoch != x.epoch {
			if len(x.out) >= seenSize*3/4 {
				return false
			}
			*s = seen{x.epoch, index}
			return true
		}
		if s.index == index {
			return false
		}
	}
}

func name(t template, atoms ...atom) string {
	var b strings.Builder
	b.WriteString(templateNames[t])
	b.WriteByte(':')
	for _, a := range atoms {
		if a.text == "" {
			break
		}
		if !strings.HasSuffix(b.String(), ":") {
			b.WriteByte(' ')
		}
		b.WriteString(strings.ToLower(a.text))
	}
	return b.String()
}

// word makes an atom of a constant.
func word(s string) atom { return atom{hashString(s), s} }

func hashString(s string) uint64 {
	h := hashStart
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * hashPrime
	}
	return h
}
