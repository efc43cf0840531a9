package wordpiece

// Properties of a character in Hugging Face's tables.
const (
	flagDrop  = 1 << iota // cleaning removes it: control, format, private use, U+FFFD
	flagSpace             // Unicode's White_Space
	flagPunct             // ASCII's or Unicode's punctuation: a word of its own
	flagMark              // a nonspacing mark: an accent
)

// A run starts at a character and lasts to the next.
type run struct {
	from  rune
	value uint8
}

// A decomposition is what a character is made of.
type decomposition struct {
	from rune
	to   string
}

// A lowerRange is every step-th character of first..last; its lower case is
// so far from it.
type lowerRange struct {
	first, last rune
	step, far   rune
}

// An index finds a character's entry in a table sorted by first characters.
type index struct {
	starts []rune
	blocks [0x1101]uint16 // for every 256 characters the first entry that starts there or later
}

func newIndex(entries int, start func(int) rune) *index {
	x := &index{starts: make([]rune, entries)}
	for i := range entries {
		x.starts[i] = start(i)
	}
	i := 0
	for b := range x.blocks {
		for i < entries && x.starts[i] < rune(b)<<8 {
			i++
		}
		x.blocks[b] = uint16(i)
	}
	return x
}

// last is the last entry that starts at or before r, or -1.
func (x *index) last(r rune) int {
	b := uint32(r) >> 8
	lo, hi := int(x.blocks[b]), int(x.blocks[b+1])
	for lo < hi {
		mid := (lo + hi) / 2
		if x.starts[mid] <= r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo - 1
}

var (
	flagIndex          = newIndex(len(flagRuns), func(i int) rune { return flagRuns[i].from })
	classIndex         = newIndex(len(classRuns), func(i int) rune { return classRuns[i].from })
	decompositionIndex = newIndex(len(decompositions), func(i int) rune { return decompositions[i].from })
	lowerIndex         = newIndex(len(lowerRanges), func(i int) rune { return lowerRanges[i].first })
)

// flagsOf is what the tokenizer asks about a character; the table starts at
// U+0000.
func flagsOf(r rune) uint8 { return flagRuns[flagIndex.last(r)].value }

// classOf is the canonical combining class.
func classOf(r rune) uint8 {
	i := classIndex.last(r)
	if i < 0 {
		return 0
	}
	return classRuns[i].value
}

// decompositionOf is the full canonical decomposition of a character that has
// one and is no Hangul syllable.
func decompositionOf(r rune) (string, bool) {
	i := decompositionIndex.last(r)
	if i < 0 || decompositions[i].from != r {
		return "", false
	}
	return decompositions[i].to, true
}

// dottedI is the one character whose lower case is two.
const dottedI = 'İ'

// lowerOf is the lower case of any other.
func lowerOf(r rune) rune {
	i := lowerIndex.last(r)
	if i < 0 {
		return r
	}
	l := &lowerRanges[i]
	if r > l.last || (r-l.first)%l.step != 0 {
		return r
	}
	return r + l.far
}

// isChinese tells Hugging Face's Chinese characters, which leave out later
// blocks and U+2B820..U+2B91F.
func isChinese(r rune) bool {
	return r >= 0x3400 && (r <= 0x4DBF || r >= 0x4E00 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF ||
		r >= 0x20000 && r <= 0x2A6DF || r >= 0x2A700 && r <= 0x2B81F || r >= 0x2B920 && r <= 0x2CEAF ||
		r >= 0x2F800 && r <= 0x2FA1F)
}
