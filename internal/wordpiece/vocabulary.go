package wordpiece

import (
	"bytes"
	"math/bits"
)

// A vocabulary finds the longest known piece at a place of a word. It is a
// table with open addressing, keyed by a hash of which every substring's value
// follows from those of two prefixes, so that a word is hashed once whatever
// the number of pieces tried.
type vocabulary struct {
	mostChars int   // characters of the longest word that is looked up
	highest   int32 // id
	count     int32 // of different tokens

	text    []byte // of all entries
	entries []entry
	slots   []slot
	shift   uint
	longest [2]int // bytes of the longest entry that begins a word, that goes on
	powers  []uint64
}

// An entry is a token; one that goes on a word stands twice, with its prefix
// and, as going on, without.
type entry struct {
	lo, hi int32
	id     int32
	goesOn bool
}

// A slot holds an entry's number plus one, and bits of its hash.
type slot struct{ entry, tag uint32 }

const (
	factor = 0x9E3779B97F4A7C15 // odd, so that powers keep all bits
	mixer  = 0xD6E8FEB86659FD93
	going  = 0x2545F4914F6CDD1D // sets entries that go on apart
)

// put adds a token.
func (v *vocabulary) put(token []byte, id int32) {
	v.highest = max(v.highest, id)
	lo := int32(len(v.text))
	v.text = append(v.text, token...)
	hi := int32(len(v.text))
	v.entries = append(v.entries, entry{lo, hi, id, false})
	v.longest[0] = max(v.longest[0], len(token))
}

// index fills the table; tokens with the prefix go on a word. The later of two
// equal tokens stays.
func (v *vocabulary) index(prefix string) {
	for _, e := range v.entries {
		if rest, ok := bytes.CutPrefix(v.text[e.lo:e.hi], []byte(prefix)); ok && len(rest) > 0 {
			v.entries = append(v.entries, entry{e.hi - int32(len(rest)), e.hi, e.id, true})
			v.longest[1] = max(v.longest[1], len(rest))
		}
	}
	size := 1 << max(4, bits.Len(uint(len(v.entries)+len(v.entries)/2)))
	v.slots = make([]slot, size)
	v.shift = uint(64 - bits.Len(uint(size-1)))
	v.powers = []uint64{1}
	for range max(v.longest[0], v.longest[1]) {
		v.powers = append(v.powers, v.powers[len(v.powers)-1]*factor)
	}
	for i, e := range v.entries {
		token := v.text[e.lo:e.hi]
		mixed := mix(hashOf(token), e.goesOn)
		s := v.slot(mixed, token, e.goesOn)
		if s.entry == 0 && !e.goesOn {
			v.count++
		}
		*s = slot{uint32(i) + 1, uint32(mixed)}
	}
}

// slot is where a token stands or would stand.
func (v *vocabulary) slot(mixed uint64, token []byte, goesOn bool) *slot {
	for at := mixed >> v.shift; ; at = (at + 1) & uint64(len(v.slots)-1) {
		s := &v.slots[at]
		if s.entry == 0 {
			return s
		}
		if s.tag != uint32(mixed) {
			continue
		}
		if e := &v.entries[s.entry-1]; e.goesOn == goesOn && bytes.Equal(v.text[e.lo:e.hi], token) {
			return s
		}
	}
}

// id is the id of a token as the file writes it.
func (v *vocabulary) id(token string) (int32, bool) {
	b := []byte(token)
	s := v.slot(mix(hashOf(b), false), b, false)
	if s.entry == 0 {
		return 0, false
	}
	return v.entries[s.entry-1].id, true
}

// pieces appends the pieces of a word, their offsets into the word, or nothing
// and false where one is not known.
func (v *vocabulary) pieces(dst []Token, word []byte, s *scratch) ([]Token, bool) {
	s.hash(word)
	n := len(dst)
	for at := 0; at < len(word); {
		k, ok := v.piece(word, at, s)
		if !ok {
			return dst[:n], false
		}
		dst = append(dst, k)
		at = k.End
	}
	return dst, true
}

// piece is the longest known piece that starts at a byte of the word.
func (v *vocabulary) piece(word []byte, at int, s *scratch) (Token, bool) {
	goesOn := at > 0
	longest := v.longest[0]
	if goesOn {
		longest = v.longest[1]
	}
	for end := min(len(word), at+longest); end > at; end-- {
		h := s.hashes[end] - s.hashes[at]*v.powers[end-at]
		if f := v.slot(mix(h, goesOn), word[at:end], goesOn); f.entry != 0 {
			return Token{v.entries[f.entry-1].id, at, end}, true
		}
	}
	return Token{}, false
}

// hash fills s.hashes with the hashes of the word's prefixes.
func (s *scratch) hash(word []byte) {
	h := uint64(0)
	s.hashes = append(s.hashes[:0], 0)
	for _, c := range word {
		h = step(h, c)
		s.hashes = append(s.hashes, h)
	}
}

func hashOf(token []byte) uint64 {
	h := uint64(0)
	for _, c := range token {
		h = step(h, c)
	}
	return h
}

// step takes the hash one byte on. Zero bytes count, by the one.
func step(h uint64, c byte) uint64 { return h*factor + uint64(c) + 1 }

func mix(h uint64, goesOn bool) uint64 {
	if goesOn {
		h ^= going
	}
	return (h ^ h>>32) * mixer
}
