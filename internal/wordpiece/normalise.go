package wordpiece

import (
	"slices"
	"unicode/utf8"
)

// A normaliser is BertNormalizer.
type normaliser struct {
	clean   bool // remove what is no text, make every space U+0020
	chinese bool // set spaces around Chinese characters
	strip   bool // decompose and remove accents
	lower   bool
}

// A mark is a combining character on its way to its place.
type mark struct {
	r      rune
	class  uint8
	first  bool // of its decomposition: it takes a character of the text along
	accent bool // goes in the end
	source int
}

// apply appends the normal form of text[lo:hi] to s.text, and to s.source for
// each byte where its character starts.
func (n *normaliser) apply(s *scratch, text string, lo, hi int) {
	for lo < hi {
		r, width := utf8.DecodeRuneInString(text[lo:hi])
		at := lo
		lo += width
		if n.clean {
			f := flagsOf(r)
			if f&flagDrop != 0 {
				continue
			}
			if f&flagSpace != 0 {
				r = ' '
			}
		}
		if n.chinese && isChinese(r) {
			n.letter(s, ' ', at)
			n.decompose(s, r, at)
			n.letter(s, ' ', at)
			continue
		}
		n.decompose(s, r, at)
	}
	n.settle(s)
}

// decompose takes a character apart if accents go.
func (n *normaliser) decompose(s *scratch, r rune, at int) {
	switch {
	case !n.strip || r < 0x80:
		n.letter(s, r, at)
	case r >= hangulBase && r < hangulBase+hangulCount:
		n.hangul(s, r-hangulBase, at)
	default:
		to, ok := decompositionOf(r)
		if !ok {
			n.part(s, r, true, at)
			return
		}
		for j, p := range to {
			n.part(s, p, j == 0, at)
		}
	}
}

// Hangul syllables are composed of a leading consonant, a vowel and perhaps a
// trailing consonant (The Unicode Standard, 3.12).
const (
	hangulBase  = 0xAC00
	hangulCount = 19 * 21 * 28
)

func (n *normaliser) hangul(s *scratch, index rune, at int) {
	n.letter(s, 0x1100+index/(21*28), at)
	n.letter(s, 0x1161+index%(21*28)/28, at)
	if t := index % 28; t > 0 {
		n.letter(s, 0x11A7+t, at)
	}
}

// part takes one character of a decomposition: a combining one waits for its
// place among its like.
func (n *normaliser) part(s *scratch, r rune, first bool, at int) {
	accent := flagsOf(r)&flagMark != 0
	class := classOf(r)
	switch {
	case class != 0:
		s.run = append(s.run, mark{r, class, first, accent, at})
		s.stay = s.stay || !accent
	case accent:
		n.settle(s)
	default:
		n.letter(s, r, at)
	}
}

// letter appends a character that does not combine, lowered.
func (n *normaliser) letter(s *scratch, r rune, at int) {
	n.settle(s)
	n.emit(s, r, at)
}

func (n *normaliser) emit(s *scratch, r rune, at int) {
	switch {
	case n.lower && r == dottedI:
		s.put('i', at)
		s.put('\u0307', at)
	case n.lower:
		s.put(lowerOf(r), at)
	default:
		s.put(r, at)
	}
}

func (s *scratch) put(r rune, at int) {
	from := len(s.text)
	s.text = utf8.AppendRune(s.text, r)
	for range len(s.text) - from {
		s.source = append(s.source, at)
	}
}

// settle appends the combining characters that wait, in canonical order and
// without accents. As in Hugging Face's alignment, the first parts of
// decompositions hold in their new order the characters of the text in the
// old, and the other parts hold the character before them.
func (n *normaliser) settle(s *scratch) {
	if !s.stay {
		s.run = s.run[:0]
		return
	}
	s.sortRun()
	next, source := 0, s.run[0].source
	for _, m := range s.sorted {
		if m.first {
			for !s.run[next].first {
				next++
			}
			source = s.run[next].source
			next++
		}
		if !m.accent {
			n.emit(s, m.r, source)
		}
	}
	s.run, s.stay = s.run[:0], false
}

// sortRun puts s.run into s.sorted by class, stable and in linear time.
func (s *scratch) sortRun() {
	var starts [257]int
	for _, m := range s.run {
		starts[int(m.class)+1]++
	}
	for c := range 256 {
		starts[c+1] += starts[c]
	}
	s.sorted = slices.Grow(s.sorted[:0], len(s.run))[:len(s.run)]
	for _, m := range s.run {
		s.sorted[starts[m.class]] = m
		starts[m.class]++
	}
}
