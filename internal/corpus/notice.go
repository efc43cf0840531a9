package corpus

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed lexicon/notices.txt
var noticeList string

// noticePhrases are what consent texts, captchas and error pages say.
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
	text := strings.ToLower(title + "\n" + body)
	text = strings.ReplaceAll(text, "’", "'")
	hits := 0
	for _, phrase := range noticePhrases {
		if strings.Contains(text, phrase) {
			hits++
		}
	}
	return hits >= noticeHits || hits >= 1 && words <= shortNotice
}

// isIndex reports a list of headlines.
func isIndex(body string) bool {
	lines, sentences := 0, 0
	for line := range strings.SplitSeq(body, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		lines++
		if strings.ContainsRune(".!?\"”’:;,", lastRune(line)) {
			sentences++
		}
		if countWords(line) > indexLineWords {
			return false
		}
	}
	return lines >= indexLines && float64(sentences) < indexSentences*float64(lines)
}

func lastRune(s string) rune {
	runes := []rune(s[max(0, len(s)-4):])
	return runes[len(runes)-1]
}

// phrases is the lines of a lexicon, without comments.
func phrases(list string) []string {
	lines := strings.Split(strings.TrimSpace(list), "\n")
	return slices.DeleteFunc(lines, func(l string) bool { return l == "" || strings.HasPrefix(l, "#") })
}
