package similar

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed lexicon/function.txt
var functionList string

//go:embed lexicon/topic.txt
var topicList string

//go:embed lexicon/synonym.txt
var synonymList string

// A lexicon knows which words carry content, and which mean the same.
type lexicon struct {
	function map[string]bool
	synonym  map[string]string // stem -> the stem that stands for it
	topic    map[string]bool   // stems
}

var loadLexicon = sync.OnceValue(func() *lexicon {
	l := &lexicon{function: map[string]bool{}, synonym: map[string]string{}, topic: map[string]bool{}}
	for line := range entries(functionList) {
		for _, w := range line {
			l.function[w] = true
		}
	}
	for line := range entries(synonymList) {
		for _, w := range line {
			l.synonym[stem(w)] = stem(line[0])
		}
	}
	for line := range entries(topicList) {
		for _, w := range line {
			l.topic[l.canonical(w)] = true
		}
	}
	return l
})

// entries ranges over the words of each line that is not a comment.
func entries(list string) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(list) {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
				continue
			}
			if !yield(strings.Fields(line)) {
				return
			}
		}
	}
}

// canonical is the one form of a word, its synonyms and their inflections.
func (l *lexicon) canonical(word string) string {
	s := stem(word)
	if c, ok := l.synonym[s]; ok {
		return c
	}
	return s
}

// stem cuts inflections off an English word in lower case. It is coarse: both
// sides of a comparison are cut alike, so that it need not leave words.
func stem(w string) string {
	w = strings.TrimSuffix(w, "'s")
	w = strings.TrimSuffix(w, "'")
	switch {
	case len(w) < 4:
		return w
	case strings.HasSuffix(w, "ies"):
		w = w[:len(w)-3] + "y"
	case hasAnySuffix(w, "sses", "xes", "ches", "shes", "zes"):
		w = w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !hasAnySuffix(w, "ss", "us", "is"):
		w = w[:len(w)-1]
	}
	for _, suffix := range []string{"ing", "ed", "ly", "er"} {
		if root, ok := strings.CutSuffix(w, suffix); ok && len(root) >= 3 && strings.ContainsAny(root, "aeiouy") {
			w = root
			break
		}
	}
	return ending(w)
}

func hasAnySuffix(w string, suffixes ...string) bool {
	return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(w, s) })
}

// ending brings stopp and stop, leave and leav, carri and carry together.
func ending(w string) string {
	w = strings.TrimSuffix(w, "e")
	if n := len(w); n > 3 && w[n-1] == w[n-2] {
		w = w[:n-1]
	}
	if strings.HasSuffix(w, "y") && len(w) > 3 {
		w = w[:len(w)-1] + "i"
	}
	return w
}
