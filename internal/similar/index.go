package similar

import (
	"cmp"
	"slices"
)

const (
	// bandRows minima make a band; texts that agree in a band are compared.
	// With 31 bands of two, texts whose Jaccard is 0.25 (a quarter cut out and
	// printed alone) meet with a probability of 0.86, those of 0.5 always.
	bandRows = 2

	// maxRivals bounds the comparisons inside a run of texts that agree in a
	// band, where hundreds share nothing but a cliché.
	maxRivals = 256
)

// Texts are near copies if they agree this far. Measured on the articles of
// testdata: edits have a Jaccard from 0.35 (half of the text under another
// headline, Containment 0.8) to 1; other articles on the topic have 0.02, with
// an agency's paragraph in common 0.13 (Containment 0.2).
const (
	nearJaccard     = 0.35
	nearContainment = 0.7
	partJaccard     = 0.15 // the least at which containment counts: below, its error is too large
)

// Near reports whether two signatures are of near copies: mostly the same
// text, or one mostly a part of the other.
func Near(a, b Signature) bool {
	j := a.Jaccard(b)
	return j >= nearJaccard || j >= partJaccard && a.Containment(b) >= nearContainment
}

// An Index groups the near copies among the texts added to it: 150 bytes for
// each beside its id. The zero Index is empty.
type Index struct {
	ids        []string
	signatures []Signature
}

// Add adds a text. An id added again is a member twice.
func (x *Index) Add(id string, s Signature) {
	x.ids = append(x.ids, id)
	x.signatures = append(x.signatures, s)
}

// Groups is the group of each text, in the order of adding: the smallest id
// among those that a chain of near copies joins to it.
func (x *Index) Groups() []string {
	order := byID(x.ids)
	sets := newSets(len(order))
	keys := make([]keyed, 0, len(order))
	for band := range hashes / bandRows {
		keys = keys[:0]
		for rank, i := range order {
			if s := &x.signatures[i]; s.size > 0 {
				keys = append(keys, keyed{s.band(band), uint32(rank)})
			}
		}
		sets.join(keys, func(a, b uint32) bool {
			return Near(x.signatures[order[a]], x.signatures[order[b]])
		})
	}
	return sets.names(x.ids, order)
}

func (s *Signature) band(i int) uint64 {
	return uint64(s.minima[i*bandRows])<<16 | uint64(s.minima[i*bandRows+1])
}

// byID is the indices of ids in order of the ids: all that follows works on
// ranks, so that the order of adding can't matter.
func byID(ids []string) []int {
	order := make([]int, len(ids))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ids[a], ids[b]) })
	return order
}

// A keyed is a text's rank under a blocking key.
type keyed struct {
	key  uint64
	rank uint32
}

// sets is a forest of disjoint sets of ranks; the root is the smallest member.
type sets []uint32

func newSets(n int) sets {
	s := make(sets, n)
	for i := range s {
		s[i] = uint32(i)
	}
	return s
}

func (s sets) find(i uint32) uint32 {
	for s[i] != i {
		s[i] = s[s[i]]
		i = s[i]
	}
	return i
}

func (s sets) union(a, b uint32) {
	a, b = s.find(a), s.find(b)
	s[max(a, b)] = min(a, b)
}

// join unites the ranks that share a key and are alike. It sorts keys.
func (s sets) join(keys []keyed, alike func(a, b uint32) bool) {
	slices.SortFunc(keys, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.rank, b.rank))
	})
	for len(keys) > 1 {
		n := 1
		for n < len(keys) && keys[n].key == keys[0].key {
			n++
		}
		s.joinRun(keys[:n], alike)
		keys = keys[n:]
	}
}

// joinRun compares each member of a run with those before it that are of other
// sets, at most maxRivals.
func (s sets) joinRun(run []keyed, alike func(a, b uint32) bool) {
	for i := 1; i < len(run); i++ {
		a := run[i].rank
		for _, k := range run[max(0, i-maxRivals):i] {
			if s.find(a) != s.find(k.rank) && alike(a, k.rank) {
				s.union(a, k.rank)
			}
		}
	}
}

// names is the smallest id of each text's set, in the order of ids.
func (s sets) names(ids []string, order []int) []string {
	names := make([]string, len(ids))
	for rank, i := range order {
		names[i] = ids[order[s.find(uint32(rank))]]
	}
	return names
}
