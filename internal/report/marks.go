package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"standpoint/internal/table"
)

// What a mark in a row's context shows.
const (
	markQuote = iota
	markCue
	markSpeaker
)

// marks is the places to highlight in before + text + after, in UTF-16 units,
// in which the page's script counts. Cue and speaker outside it are left out.
func marks(s table.Statement) [][3]int {
	start := int(s.StartChar) - utf8.RuneCountInString(s.Before) // of the context in the field
	units := unitsOf(s.Before + s.Text + s.After)
	var out [][3]int
	add := func(from, to, what int) {
		from, to = from-start, to-start
		if from >= 0 && from < to && to < len(units) {
			out = append(out, [3]int{units[from], units[to], what})
		}
	}
	for piece := range strings.SplitSeq(s.Segments, ";") {
		from, to, _ := strings.Cut(piece, "-")
		a, errA := strconv.Atoi(from)
		b, errB := strconv.Atoi(to)
		if errA == nil && errB == nil {
			add(a, b, markQuote)
		}
	}
	add(int(s.CueStartChar), int(s.CueEndChar), markCue)
	add(int(s.SpeakerStartChar), int(s.SpeakerEndChar), markSpeaker)
	slices.SortFunc(out, func(a, b [3]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[2], b[2])) })
	return out
}

// unitsOf is the UTF-16 offset of each code point of s, and of its end.
func unitsOf(s string) []int {
	units := make([]int, 0, len(s)+1)
	n := 0
	for _, c := range s {
		units = append(units, n)
		n += max(1, utf16.RuneLen(c))
	}
	return append(units, n)
}
