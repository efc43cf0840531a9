package similar

import (
	"math"
	"slices"
)

// hashes is the number of minima in a Signature. With 62 the estimate of a
// Jaccard of 0.5 has a standard error of 0.06.
const hashes = 62

// shingle is the number of words hashed together. Three are few enough that a
// reworded sentence keeps some, many enough that other articles on the same
// topic share few.
const shingle = 3

// A Signature stands for the word shingles of a text, in 128 bytes: the low
// bits of the smallest value of each hash function over them, and how many
// different ones there are.
type Signature struct {
	minima [hashes]uint16
	size   uint32 // different shingles; 0 for a text without words
}

// Sign makes the signature of a text.
func Sign(text string) Signature {
	set := shingles(words(text))
	s := Signature{size: uint32(min(len(set), math.MaxUint32))}
	var least [hashes]uint64
	for i := range least {
		least[i] = math.MaxUint64
	}
	for _, h := range set {
		for i := range least {
			least[i] = min(least[i], h*factors[i])
		}
	}
	for i := range least {
		s.minima[i] = uint16(mix(least[i]))
	}
	return s
}

// shingles is the different hashes of each run of words; a text of fewer words
// is one run.
func shingles(words []string) []uint64 {
	if len(words) == 0 {
		return nil
	}
	n := min(shingle, len(words))
	set := make([]uint64, 0, len(words))
	for i := 0; i+n <= len(words); i++ {
		h := uint64(offset64)
		for _, w := range words[i : i+n] {
			h = mix(hash(h, w))
		}
		set = append(set, h)
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// Jaccard estimates which share of all shingles of two texts they have in
// common.
func (s Signature) Jaccard(o Signature) float64 {
	if s.size == 0 || o.size == 0 {
		return 0
	}
	same := 0
	for i := range s.minima {
		if s.minima[i] == o.minima[i] {
			same++
		}
	}
	return float64(same) / hashes
}

// Containment estimates which share of the smaller text's shingles the larger
// one has.
func (s Signature) Containment(o Signature) float64 {
	if s.size == 0 || o.size == 0 {
		return 0
	}
	j := s.Jaccard(o)
	common := j / (1 + j) * float64(s.size+o.size)
	return min(1, common/float64(min(s.size, o.size)))
}

// FNV-1a: fixed over machines and versions, unlike hash/maphash.
const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

func hash(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * prime64
	}
	return h
}

// mix spreads the bits of h: the finaliser of SplitMix64.
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// factors make the hash functions: h times an odd number orders the shingles
// anew, since h is mixed already.
var factors = func() (f [hashes]uint64) {
	for i := range f {
		f[i] = mix(uint64(i+1)*0x9e3779b97f4a7c15) | 1
	}
	return f
}()
