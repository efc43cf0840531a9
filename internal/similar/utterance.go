package similar

import (
	"cmp"
	"slices"
)

// How alike two utterances must be to be one: of one holder, or under two
// names (a spokesman and his minister, a name that an outlet got wrong).
// Under two names a false group would merge people, so more is asked.
const (
	ownLikeness   = 0.60
	crossLikeness = 0.70

	// The least share of words in common under two names: a report that holds
	// another's words within its own isn't that other's utterance.
	crossWords = 0.5

	// The least weight of content on both sides. "The troops must leave" is
	// said by many: under two names it says nothing, and of one holder only if
	// the content is the same.
	ownContent   = 2.5
	crossContent = 4
)

// rare is how many of an utterance's rarest terms block it, of those that any
// other utterance has: utterances are compared if they share two of them.
const rare = 6

// Utterances groups utterances that are the same in other words: cut, reworded,
// translated there and back. Zero value: none. It keeps about 20 bytes a
// content word.
type Utterances struct {
	ids      []string
	holders  []string
	wordings []wording
}

// Add adds an utterance of a holder. An id added again is a member twice.
func (u *Utterances) Add(id, holder, text string) {
	u.ids = append(u.ids, id)
	u.holders = append(u.holders, holder)
	u.wordings = append(u.wordings, newWording(text))
}

// Groups is the group of each utterance, in the order of adding: the smallest
// id among those that a chain of alike utterances joins to it.
func (u *Utterances) Groups() []string {
	order := byID(u.ids)
	sets := newSets(len(order))
	for rank := 1; rank < len(order); rank++ {
		if u.ids[order[rank]] == u.ids[order[rank-1]] {
			sets.union(uint32(rank), uint32(rank-1))
		}
	}
	rarest := u.rarest()
	for pass := range uint64(passes) {
		sets.join(blocking(order, rarest, pass), func(a, b uint32) bool {
			return u.alike(order[a], order[b])
		})
	}
	return sets.names(u.ids, order)
}

func (u *Utterances) alike(i, j int) bool {
	a, b := &u.wordings[i], &u.wordings[j]
	content := min(a.weight, b.weight)
	if u.holders[i] != u.holders[j] {
		return content >= crossContent && a.jaccard(b) >= crossWords && likeness(a, b, crossLikeness) >= crossLikeness
	}
	if content < ownContent {
		return a.negated == b.negated && slices.Equal(a.set, b.set)
	}
	return likeness(a, b, ownLikeness) >= ownLikeness
}

// rarest is the terms of each utterance that fewest others have.
func (u *Utterances) rarest() [][]uint32 {
	count := map[uint32]int{}
	for i := range u.wordings {
		for _, t := range u.wordings[i].set {
			count[t.hash]++
		}
	}
	out := make([][]uint32, len(u.wordings))
	var all []uint32
	for i := range u.wordings {
		all = all[:0]
		for _, t := range u.wordings[i].set {
			if count[t.hash] > 1 {
				all = append(all, t.hash)
			}
		}
		slices.SortFunc(all, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(count[a], count[b]), cmp.Compare(a, b))
		})
		out[i] = slices.Clone(all[:min(rare, len(all))])
	}
	return out
}

// passes cuts the blocking keys into parts of which one is in memory at a time.
const passes = 8

// blocking is the keys of a pass: each pair of rare terms, or the only term.
func blocking(order []int, rarest [][]uint32, pass uint64) []keyed {
	var keys []keyed
	add := func(a, b uint32, rank int) {
		key := uint64(min(a, b))<<32 | uint64(max(a, b))
		if mix(key)%passes == pass {
			keys = append(keys, keyed{key, uint32(rank)})
		}
	}
	for rank, i := range order {
		terms := rarest[i]
		if len(terms) == 1 {
			add(terms[0], terms[0], rank)
		}
		for k := range terms {
			for _, o := range terms[k+1:] {
				add(terms[k], o, rank)
			}
		}
	}
	return keys
}
