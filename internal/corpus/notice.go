package corpus

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed lexicon/notices.txt
var noticeList string

// noticePhrases are what consent texts, captchas and error pages say, by
// their first word.
var noticePhrases = phrases(noticeList)

const (
	// A page that says little else than one of the phrases, or that says
	// several of them and is not long, is a notice and no article.
	shortNotice = 60  // words with one phrase
	longNotice  = 900 // words with noticeHits phrases
	noticeHits  = 3

	// An index page is many short lines of which few end a sentence.
	indexLines     = 15
	indexSentences = 0.1 // share of lines that end a sentence
	indexLineWords = 30  // words of the longest line
)

// isNotice reports the text that a site shows in place of an article.
func isNotice(title, body string, words int) bool {
	if words > longNotice {
		return false
	}
	said := map[string]bool{}
	for _, text := range []string{lowerASCII(title), lowerASCII(body)} {
		for i := 0; i < len(text); {
			n := wordLen(text[i:])
			if n == 0 {
				i++
				continue
			}
			for _, phrase := range noticePhrases[text[i:i+n]] {
				if strings.HasPrefix(text[i:], phrase) {
					said[phrase] = true
				}
			}
			i += n
		}
	}
	return len(said) >= noticeHits || len(said) >= 1 && words <= shortNotice
}

// lowerASCII is s with small letters, the others left as they are.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// wordLen is the length of the run of ASCII letters and digits that s begins
// with.
func wordLen(s string) int {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return i
		}
	}
	return len(s)
}

// isIndex reports a list of headlines.
func isIndex(body string) bool {
	lines, sentences, longest := 0, 0, ""
	for line := range strings.SplitSeq(body, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		lines++
		if strings.ContainsRune(".!?\"”’:;,", lastRune(line)) {
			sentences++
		}
		if len(line) > len(longest) {
			longest = line
		}
	}
	return lines >= indexLines && float64(sentences) < indexSentences*float64(lines) && countWords(longest) <= indexLineWords
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// phrases is the lines of a lexicon, without comments, by their first word.
func phrases(list string) map[string][]string {
	byWord := map[string][]string{}
	for line := range strings.Lines(list) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			first := line[:wordLen(line)]
			byWord[first] = append(byWord[first], line)
		}
	}
	return byWord
}
