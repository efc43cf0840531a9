package similar

import (
	"cmp"
	"slices"
	"strings"
)

// negation is the canonical form of "not" and its like.
const negation = "not"

// topicWeight is the weight of a topic word beside the 1 of others.
const topicWeight = 0.35

// A term is a content word of an utterance in its one form.
type term struct {
	hash  uint32
	topic bool
}

func (t term) weight() float64 {
	if t.topic {
		return topicWeight
	}
	return 1
}

// A wording is an utterance as it is compared.
type wording struct {
	terms   []term // content words in order
	set     []term // the different ones, by hash
	weight  float64
	negated bool // an odd number of negations
}

// newWording reduces a text to its content.
func newWording(text string) wording {
	l := loadLexicon()
	var w wording
	for _, word := range words(text) {
		if word == "cannot" || strings.HasSuffix(word, "n't") {
			w.negated = !w.negated
			continue
		}
		if l.function[word] {
			continue
		}
		c := l.canonical(word)
		if c == negation {
			w.negated = !w.negated
			continue
		}
		w.terms = append(w.terms, term{uint32(hash(offset64, c)), l.topic[c]})
	}
	w.set = slices.Clone(w.terms)
	slices.SortFunc(w.set, func(a, b term) int { return cmp.Compare(a.hash, b.hash) })
	w.set = slices.Compact(w.set)
	for _, t := range w.set {
		w.weight += t.weight()
	}
	return w
}

// The weights of what two wordings have in common. Fitted by grid on the pairs
// of testdata/utterances.txt; the optimum is flat (F1 0.91 over all mixtures
// near this one, each half of the pairs fitted alone gives the same within
// 0.03).
const (
	wordsWeight = 0.3
	partWeight  = 0.3
	pairsWeight = 0.4
	opposition  = 0.05 // taken off where one of two is negated: rewordings negate otherwise too
)

// likeness of two wordings: 1 if they have the same content words in the same
// order, 0 if none in common. It stops at 0 as soon as it can't reach least.
func likeness(a, b *wording, least float64) float64 {
	if a.weight == 0 || b.weight == 0 {
		return 0
	}
	l := wordsWeight*a.jaccard(b) + partWeight*sharedWeight(a.set, b.set)/min(a.weight, b.weight)
	if a.negated != b.negated {
		l -= opposition
	}
	if l+pairsWeight < least {
		return 0
	}
	return max(0, l+pairsWeight*sharedPairs(a.terms, b.terms))
}

// jaccard is which share of the weight of all terms of two wordings they have
// in common.
func (w *wording) jaccard(o *wording) float64 {
	common := sharedWeight(w.set, o.set)
	return common / (w.weight + o.weight - common)
}

// sharedWeight is the weight of the terms that two sets have in common.
func sharedWeight(a, b []term) float64 {
	sum := 0.0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].hash < b[0].hash:
			a = a[1:]
		case a[0].hash > b[0].hash:
			b = b[1:]
		default:
			sum += a[0].weight()
			a, b = a[1:], b[1:]
		}
	}
	return sum
}

// sharedPairs is which share of the neighbouring pairs of terms, of the
// wording that has fewer, the other has too, in either order and with at most
// one term between.
func sharedPairs(a, b []term) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 2 {
		return 0
	}
	shared := 0
	for i := 1; i < len(a); i++ {
		if adjacent(b, a[i-1].hash, a[i].hash) {
			shared++
		}
	}
	return float64(shared) / float64(len(a)-1)
}

// adjacent reports whether x and y stand within two places of each other.
func adjacent(terms []term, x, y uint32) bool {
	for i, t := range terms {
		if t.hash != x && t.hash != y {
			continue
		}
		other := x
		if t.hash == x {
			other = y
		}
		for _, o := range terms[i+1 : min(i+3, len(terms))] {
			if o.hash == other {
				return true
			}
		}
	}
	return false
}
