package text

// A Hash stands for a word in small letters: equal words have equal hashes.
type Hash uint32

// HashOf is the hash of a word, whose ASCII letters count as small.
func HashOf(w string) Hash {
	h := Hash(offset)
	for i := range len(w) {
		c := w[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = h.add(c)
	}
	return h
}

// FNV-1a.
const offset, prime = 2166136261, 16777619

func (h Hash) add(c byte) Hash { return (h ^ Hash(c)) * prime }

// Words finds what is known of a word, by the hash that its token carries: a
// map that needn't read a word which it lacks. The zero value is empty.
type Words[V any] struct {
	slots []slot[V] // a power of two, at most half of them full
}

type slot[V any] struct {
	hash  Hash
	full  bool
	word  string
	value V
}

// NewWords makes Words of a map.
func NewWords[V any](m map[string]V) Words[V] {
	n := 2
	for n < 2*len(m) {
		n *= 2
	}
	w := Words[V]{slots: make([]slot[V], n)}
	for word, v := range m {
		h := HashOf(word)
		i := w.slot(h)
		for ; w.slots[i].full; i = (i + 1) & (n - 1) {
		}
		w.slots[i] = slot[V]{h, true, word, v}
	}
	return w
}

func (w Words[V]) slot(h Hash) int { return int(h^h>>15) & (len(w.slots) - 1) }

// Find is the value of a word as it is spelled, and whether it has one; h is
// its hash.
func (w Words[V]) Find(word string, h Hash) (V, bool) {
	if len(w.slots) > 0 {
		for i := w.slot(h); w.slots[i].full; i = (i + 1) & (len(w.slots) - 1) {
			if s := &w.slots[i]; s.hash == h && s.word == word {
				return s.value, true
			}
		}
	}
	var none V
	return none, false
}
