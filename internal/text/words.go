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
// map that reads no word which it lacks. The zero value is empty.
type Words[V any] struct {
	hashes []Hash // a power of two, at most half of them full; 0 is an empty slot
	items  []item[V]
}

type item[V any] struct {
	word  string
	value V
}

// NewWords makes Words of a map.
func NewWords[V any](m map[string]V) Words[V] {
	n := 2
	for n < 2*len(m) {
		n *= 2
	}
	w := Words[V]{hashes: make([]Hash, n), items: make([]item[V], n)}
	for word, v := range m {
		h := max(HashOf(word), 1)
		i := w.slot(h)
		for ; w.hashes[i] != 0; i = (i + 1) & (n - 1) {
		}
		w.hashes[i], w.items[i] = h, item[V]{word, v}
	}
	return w
}

func (w *Words[V]) slot(h Hash) int { return int(h^h>>15) & (len(w.hashes) - 1) }

// Find is the value of a word as it is spelled, and whether it has one; h is
// its hash.
func (w *Words[V]) Find(word string, h Hash) (V, bool) {
	h = max(h, 1)
	if len(w.hashes) > 0 {
		for i := w.slot(h); w.hashes[i] != 0; i = (i + 1) & (len(w.hashes) - 1) {
			if w.hashes[i] == h && w.items[i].word == word {
				return w.items[i].value, true
			}
		}
	}
	var none V
	return none, false
}
