package actor

import (
	"strings"

	"standpoint/internal/text"
)

// A word is a token as the rules read it.
type word struct {
	*entry
	key        string // lower case, without dots and possessive ending
	start, end int32  // bytes, without a possessive ending
	full       int32  // end with it
	sentence   int32
	quote      int16 // 1 + the outer quotation that holds it; 0 outside
	capital    bool
	upper      bool // no lower-case letter, two letters or more
	possessive bool
	punct      bool
	first      bool // of its sentence
	aside      bool // in boilerplate: names nobody to go back to
	title      bool // in a headline, where capitals say nothing
	double     bool // a capital stands after the hyphen: Abdul-Mahdi, not Jong-un
}

// key is a word as phrases are looked up: ASCII letters lower, dots and a
// possessive ending gone.
func key(w string) string {
	w, _ = cutPossessive(w)
	if strings.IndexByte(w, '.') >= 0 {
		w = strings.ReplaceAll(w, ".", "")
	}
	return lowerASCII(w)
}

// lowerASCII lowers ASCII letters only, so that no byte moves.
func lowerASCII(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; 'A' <= c && c <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if c := b[i]; 'A' <= c && c <= 'Z' {
					b[i] = c + 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// cutPossessive cuts 's, or the apostrophe after a final s.
func cutPossessive(w string) (string, bool) {
	if n := len(w); n == 0 || w[n-1] != 's' && w[n-1] != '\'' && w[n-1] < 0x80 {
		return w, false
	}
	for _, mark := range []string{"'", "’"} {
		if s, ok := strings.CutSuffix(w, mark+"s"); ok && s != "" {
			return s, true
		}
		if s, ok := strings.CutSuffix(w, mark); ok && strings.HasSuffix(s, "s") {
			return s, true
		}
	}
	return w, false
}

// isCapital reports whether w starts with a capital letter.
func isCapital(w string) bool {
	if w == "" {
		return false
	}
	if c := w[0]; c < 0x80 {
		return 'A' <= c && c <= 'Z'
	}
	for _, r := range w {
		return string(r) != strings.ToLower(string(r))
	}
	return false
}

// contracts reports whether w is a contraction: I've, don’t.
func contracts(w string) bool {
	if strings.IndexByte(w, '\'') < 0 && strings.IndexByte(w, 0x99) < 0 { // the last byte of ’
		return false
	}
	i := strings.LastIndexAny(w, "'’")
	if i < 0 {
		return false
	}
	switch strings.TrimLeft(w[i:], "'’") {
	case "ve", "ll", "m", "re", "d", "t":
		return true
	}
	return false
}

// afterArticle cuts the Arabic article off a name: al-Sadr.
func afterArticle(w string) string {
	if i := strings.IndexByte(w, '-'); i == 2 || i == 3 {
		switch w[:i] {
		case "al", "el", "as", "ar", "at", "an", "ad", "az", "ash", "ul":
			return w[i+1:]
		}
	}
	return w
}

// isUpper reports whether w holds two capitals or more and no small letter.
func isUpper(w string) bool {
	n := 0
	for i := 0; i < len(w); i++ {
		switch c := w[i]; {
		case 'A' <= c && c <= 'Z':
			n++
		case 'a' <= c && c <= 'z':
			return false
		}
	}
	return n > 1
}

// readDocument makes the words of doc's sentences. Abbreviating full stops ("Gen.", "J.") are dropped.
func readDocument(doc *text.Document, reg *Registry) []word {
	words := make([]word, 0, len(doc.Tokens))
	quotation := 0
	for si, s := range doc.Sentences {
		aside := s.Paragraph < len(doc.Paragraphs) && doc.Paragraphs[s.Paragraph].Class == text.Boilerplate
		begin := len(words)
		for _, t := range doc.Tokens[s.FirstToken:s.EndToken] {
			for quotation < len(doc.Quotations) && (doc.Quotations[quotation].End <= t.Start || doc.Quotations[quotation].DepthInner > 0) {
				quotation++
			}
			raw := t.In(doc.Body)
			if raw == "." && len(words) > begin && int(words[len(words)-1].full) == t.Start && words[len(words)-1].abbreviates() {
				continue
			}
			if (raw == "'" || raw == "’") && len(words) > begin && words[len(words)-1].owns(t, doc) && (quotation == len(doc.Quotations) || doc.Quotations[quotation].End != t.End) {
				words[len(words)-1].possessive, words[len(words)-1].full = true, int32(t.End)
				continue
			}
			words = append(words, word{})
			w := &words[len(words)-1]
			w.entry, w.key, w.punct, w.aside = unknown, t.In(doc.Lower), t.Kind == text.Punct, aside
			w.start, w.end, w.full, w.sentence = int32(t.Start), int32(t.End), int32(t.End), int32(si)
			if t.Kind == text.Word {
				readWord(w, raw)
				h := t.Hash
				if len(w.key) < len(raw) {
					h = text.HashOf(w.key)
				}
				w.entry = reg.entry(w.key, h)
			}
			if quotation < len(doc.Quotations) {
				if q := &doc.Quotations[quotation]; !q.Scare && q.Start <= t.Start {
					w.quote = int16(min(quotation, 1<<14) + 1)
				}
			}
		}
		markSentence(words[begin:], doc, s)
	}
	return words
}

// owns reports whether the apostrophe at t makes a plural possessive: "the
// teachers' union".
func (w *word) owns(t text.Token, doc *text.Document) bool {
	if w.punct || int(w.full) != t.Start || !strings.HasSuffix(w.key, "s") {
		return false
	}
	rest := doc.Body[t.End:]
	return len(rest) > 1 && rest[0] == ' ' && ('a' <= rest[1]|0x20 && rest[1]|0x20 <= 'z')
}

// endsSentence reports whether the last word is a mark that ends prose, which
// headlines lack.
func endsSentence(words []word) bool {
	for i := len(words) - 1; i >= 0 && words[i].punct; i-- {
		if k := words[i].key; k == "." || k == ":" || k == "?" || k == "!" {
			return true
		}
	}
	return false
}

func readWord(w *word, raw string) {
	stem, possessive := cutPossessive(raw)
	w.end -= int32(len(raw) - len(stem))
	w.possessive = possessive
	w.key = w.key[:len(stem)]
	if strings.IndexByte(w.key, '.') >= 0 {
		w.key = strings.ReplaceAll(w.key, ".", "")
	}
	i := strings.IndexByte(stem, '-')
	name := stem
	if i > 0 {
		w.double = isCapital(stem[i+1:])
		name = afterArticle(stem)
	}
	w.capital = isCapital(name) && !contracts(stem)
	w.upper = w.capital && isUpper(stem)
}

func (w *word) abbreviates() bool {
	return w.capital && (len(w.key) == 1 || w.is&abbreviation != 0)
}

// markSentence marks the first word, and all words of a sentence whose
// capitals say nothing.
func markSentence(words []word, doc *text.Document, s text.Sentence) {
	capital, long := 0, 0
	for i := range words {
		if words[i].end-words[i].start > 3 && !words[i].punct {
			long++
			if words[i].capital {
				capital++
			}
		}
	}
	title := long >= 3 && capital*10 >= long*7 && !endsSentence(words)
	if s.Paragraph < len(doc.Paragraphs) {
		switch doc.Paragraphs[s.Paragraph].Class {
		case text.Headline, text.Subhead, text.Crosshead:
			title = title || capital*2 > long
		}
	}
	first := true
	for i := range words {
		words[i].title = title
		if first && !words[i].punct {
			words[i].first, first = true, false
		}
	}
}

// match is the longest phrase that starts at word i and ends before lim, on a
// day (yyyymmdd, 0 if unknown).
func match(ws []word, i, lim, day int) (*sense, int) {
	for _, s := range ws[i].senses {
		if n := s.words(); n <= lim-i && s.fits(ws[i:i+n], day) {
			return s, n
		}
	}
	return nil, 0
}

func (s *sense) fits(ws []word, day int) bool {
	if s.caps&1 != 0 && !ws[0].capital || s.upper && !ws[0].upper {
		return false
	}
	for i, k := range s.rest {
		w := &ws[i+1]
		if w.key != k || s.caps&(1<<(i+1)) != 0 && !w.capital {
			return false
		}
		if ws[i].possessive != (s.owns&(1<<i) != 0) {
			return false
		}
	}
	return day == 0 || (s.from == 0 || s.from <= day) && (s.to == 0 || day <= s.to)
}
