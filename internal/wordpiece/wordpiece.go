// Package wordpiece cuts text into the tokens of a BERT or MPNet encoder: ids
// and byte offsets equal to those of Hugging Face's Rust library tokenizers.
//
//	t, err := wordpiece.New(file)                 // tokenizer.json
//	tokens := t.Encode(nil, "Über 40 km/h.")      // über 40 km / h .
//	text[tokens[0].Start:tokens[0].End]           // "Über"
//
// The way of a text: cut at the special tokens written in it ("[SEP]"), clean
// (control characters go), set Chinese characters apart, decompose, strip
// accents, lower; cut at spaces and punctuation; look up the longest known
// piece, then the next. Words of more than 100 characters and words with an
// unknown piece become one [UNK]. All of it is linear in the text's length.
//
// Bytes that are no UTF-8 count as U+FFFD, one a byte, and vanish in cleaning
// like U+FFFD itself; offsets go on counting the bytes of the text.
//
// # What comes from sugarme/tokenizer
//
// The normaliser and the pre-tokeniser are made by the constructors that its
// pretrained.FromReader is composed of, the added tokens read as its type.
// FromReader itself isn't called, because it
//   - takes 40 ms for 30,522 words, of which New takes 5;
//   - drops continuing_subword_prefix and reads strip_accents null as false
//     (it means: as lowercase);
//   - panics on a field of another type and ends the process on an added
//     token that it can't make a regular expression of;
//   - keeps the model's parameters and the added tokens' flags to itself.
//
// Its encoder isn't used either: see TestSugarme for where it agrees. The
// characters' properties are those of Hugging Face's tables (tables.go), which
// are older than Go's: a character they don't know is a letter.
//
// Package wordpiece adds no special tokens, cuts nothing off and pads nothing:
// truncation, padding and post_processor of the file are not applied.
package wordpiece

import (
	"sync"
	"unicode/utf8"
)

// A Token is a piece of a word. Start and End are bytes into the original
// text; they ascend from token to token, but one character may hold several
// tokens (a Hangul syllable).
type Token struct {
	ID         int32
	Start, End int
}

// A Tokenizer encodes text. It is safe for concurrent use.
type Tokenizer struct {
	words  *vocabulary
	norm   normaliser
	added  map[string]int32
	raw    *matcher // added tokens looked for in the original text
	normed *matcher // and those looked for in the normalised text
	ascii  [256]class
	lower  [128]byte  // of ASCII letters, if the normaliser lowers
	single [128]int32 // ids of the punctuation of ASCII
	roles  roles
	pool   sync.Pool // of *scratch
}

// roles are the ids of the tokens with a task.
type roles struct{ cls, sep, pad, mask, unk int32 }

// A class is what the quick way through ASCII text does at a byte.
type class uint8

const (
	letter class = iota
	space
	punct
	careful // needs the normaliser
)

// scratch is the work space of one call.
type scratch struct {
	word   []byte   // letters of a word, normalised
	hashes []uint64 // of the word's prefixes
	text   []byte   // normalised text
	source []int    // for each of its bytes, where its character starts in the original
	run    []mark   // combining characters that wait for their order
	stay   bool     // one of them is no accent
	sorted []mark
}

// CLS is the id of the token that opens a sequence: [CLS] or <s>.
func (t *Tokenizer) CLS() int32 { return t.roles.cls }

// SEP is the id of the token that closes a sequence: [SEP] or </s>.
func (t *Tokenizer) SEP() int32 { return t.roles.sep }

// PAD is the id of the token of padding: [PAD] or <pad>.
func (t *Tokenizer) PAD() int32 { return t.roles.pad }

// MASK is the id of the masked token: [MASK] or <mask>.
func (t *Tokenizer) MASK() int32 { return t.roles.mask }

// UNK is the id of words that are not known.
func (t *Tokenizer) UNK() int32 { return t.roles.unk }

// Size is one more than the highest id: the rows of an embedding.
func (t *Tokenizer) Size() int {
	highest := t.words.highest
	for _, id := range t.added {
		highest = max(highest, id)
	}
	return int(highest) + 1
}

// ID is the id of a token as the vocabulary writes it ("##ing").
func (t *Tokenizer) ID(token string) (int32, bool) {
	if id, ok := t.added[token]; ok {
		return id, true
	}
	return t.words.id(token)
}

// Encode appends the tokens of text to dst, without special tokens around
// them.
func (t *Tokenizer) Encode(dst []Token, text string) []Token {
	s, _ := t.pool.Get().(*scratch)
	if s == nil {
		s = &scratch{}
	}
	dst = t.encode(dst, s, text)
	t.pool.Put(s)
	return dst
}

// encode is Encode with a work space.
func (t *Tokenizer) encode(dst []Token, s *scratch, text string) []Token {
	done := 0
	for at := 0; ; {
		m, ok := t.raw.next(text, at)
		if !ok {
			break
		}
		start, end := t.raw.widen(text, m, done)
		if done < start {
			dst = t.segment(dst, s, text, done, start)
		}
		dst = append(dst, t.raw.token(m, start, end))
		at, done = m.end, end
	}
	return t.segment(dst, s, text, done, len(text))
}

// segment encodes text[lo:hi], which holds no special tokens: words of ASCII
// letters at once, what else stands between two spaces through the normaliser.
func (t *Tokenizer) segment(dst []Token, s *scratch, text string, lo, hi int) []Token {
	if t.normed.wide {
		return t.stretch(dst, s, text, lo, hi)
	}
	for lo < hi {
		start := lo
		switch t.ascii[text[lo]] {
		case space:
			lo++
			continue
		case punct:
			lo++
			dst = append(dst, Token{t.single[text[start]], start, lo})
			continue
		}
		for lo < hi && t.ascii[text[lo]] == letter {
			lo++
		}
		if lo == hi || t.ascii[text[lo]] != careful {
			dst = t.plain(dst, s, text, start, lo)
			continue
		}
		for lo < hi && t.ascii[text[lo]] != space {
			lo++
		}
		dst = t.stretch(dst, s, text, start, lo)
	}
	return dst
}

// plain encodes a word of ASCII letters.
func (t *Tokenizer) plain(dst []Token, s *scratch, text string, lo, hi int) []Token {
	if hi-lo > t.words.mostChars {
		return append(dst, Token{t.roles.unk, lo, hi})
	}
	s.word = s.word[:0]
	for i := lo; i < hi; i++ {
		s.word = append(s.word, t.lower[text[i]&0x7f])
	}
	n := len(dst)
	dst, ok := t.words.pieces(dst, s.word, s)
	if !ok {
		return append(dst, Token{t.roles.unk, lo, hi})
	}
	for i := n; i < len(dst); i++ {
		dst[i].Start += lo
		dst[i].End += lo
	}
	return dst
}

// stretch encodes text[lo:hi] by way of its normalised form.
func (t *Tokenizer) stretch(dst []Token, s *scratch, text string, lo, hi int) []Token {
	s.text, s.source = s.text[:0], s.source[:0]
	t.norm.apply(s, text, lo, hi)
	done := 0
	if !t.normed.possible(s.text) {
		return t.normal(dst, s, text, 0, len(s.text))
	}
	normal := string(s.text)
	for at := 0; ; {
		m, ok := t.normed.next(normal, at)
		if !ok {
			break
		}
		start, end := t.normed.widen(normal, m, done)
		dst = t.normal(dst, s, text, done, start)
		dst = append(dst, s.original(text, t.normed.token(m, start, end)))
		at, done = m.end, end
	}
	return t.normal(dst, s, text, done, len(normal))
}

// normal encodes s.text[lo:hi], cut at spaces and punctuation.
func (t *Tokenizer) normal(dst []Token, s *scratch, text string, lo, hi int) []Token {
	start, chars := lo, 0
	for lo < hi {
		r, width := utf8.DecodeRune(s.text[lo:hi])
		f := flagsOf(r)
		if f&(flagSpace|flagPunct) == 0 {
			lo += width
			chars++
			continue
		}
		dst = t.word(dst, s, text, start, lo, chars)
		if f&flagSpace == 0 {
			dst = t.word(dst, s, text, lo, lo+width, 1)
		}
		lo += width
		start, chars = lo, 0
	}
	return t.word(dst, s, text, start, lo, chars)
}

// word encodes the word s.text[lo:hi] of so many characters.
func (t *Tokenizer) word(dst []Token, s *scratch, text string, lo, hi, chars int) []Token {
	if lo >= hi {
		return dst
	}
	unknown := s.original(text, Token{t.roles.unk, lo, hi})
	if chars > t.words.mostChars {
		return append(dst, unknown)
	}
	n := len(dst)
	dst, ok := t.words.pieces(dst, s.text[lo:hi], s)
	if !ok {
		return append(dst, unknown)
	}
	for i := n; i < len(dst); i++ {
		dst[i].Start += lo
		dst[i].End += lo
		dst[i] = s.original(text, dst[i])
	}
	return dst
}

// original moves a token's offsets from the normalised text to the original.
func (s *scratch) original(text string, k Token) Token {
	last := s.source[k.End-1]
	_, width := utf8.DecodeRuneInString(text[last:])
	return Token{k.ID, s.source[k.Start], last + width}
}
