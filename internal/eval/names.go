package eval

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// names tells whether two names mean one holder: the same words but for
// titles, articles and demonyms, or three words in five of the longer.
type names struct {
	canonical map[string][]string // joined words -> words of the canonical name
}

func newNames(aliases map[string][]string) *names {
	n := &names{canonical: map[string][]string{}}
	for name, others := range aliases {
		w := wordsOf(name)
		for _, o := range append([]string{name}, others...) {
			n.canonical[strings.Join(wordsOf(o), " ")] = w
		}
	}
	return n
}

var (
	smallWords = regexp.MustCompile(`\b(the|of|al|a|an|u\.?s\.?a?|united states|american|and|for|mr|mrs|ms|dr|gen|sen|rep)\b\.?`)
	afghan     = regexp.MustCompile(`afghan(istan)?\b`)
	nameWord   = regexp.MustCompile(`[a-z0-9]+`)
)

var forUS = map[string]string{"u.s": "us", "u.s.": "us", "us": "us", "usa": "us", "united states": "us", "american": "us"}

// wordsOf is the set of telling words of a name, sorted.
func wordsOf(name string) []string {
	ascii := strings.Map(func(r rune) rune {
		if r > 127 {
			return -1
		}
		return r
	}, norm.NFKD.String(name))
	s := smallWords.ReplaceAllStringFunc(strings.ToLower(ascii), func(m string) string {
		if us, ok := forUS[m]; ok {
			return us
		}
		return " "
	})
	s = strings.ReplaceAll(s, "iraqi", "iraq")
	s = strings.ReplaceAll(s, "syrian", "syria")
	s = afghan.ReplaceAllString(s, "afghanistan")
	w := nameWord.FindAllString(s, -1)
	slices.Sort(w)
	return slices.Compact(w)
}

func (n *names) words(name string) []string {
	w := wordsOf(name)
	if c, ok := n.canonical[strings.Join(w, " ")]; ok {
		return c
	}
	return w
}

// same reports whether a and b mean one holder.
func (n *names) same(a, b string) bool {
	x, y := n.words(a), n.words(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if slices.Equal(x, y) {
		return true
	}
	common := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			common++
		}
	}
	short, long := min(len(x), len(y)), max(len(x), len(y))
	if short == 1 {
		return common == 1 && long <= 2
	}
	return float64(common)/float64(long) >= 0.6
}
