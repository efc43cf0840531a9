package annotate

import (
	"encoding/json"

	"standpoint/internal/text"
)

// A region is a span that a person left in a tool, with what is said of it.
type region struct {
	text.Span
	Labels
}

// answers turns the regions of one passage into answers: the one that the
// task's statement has most in common with is that statement, moved or not;
// others are added. If there is none, the statement is denied.
func answers(row json.RawMessage, passage, annotator string, regions []region) []Answer {
	suggested := suggestedSpan(row, passage)
	own := ownRegion(suggested, regions)
	var out []Answer
	if own < 0 && !suggested.Empty() {
		out = append(out, Answer{Annotator: annotator, Row: row, Passage: passage, Labels: Labels{Stance: NoStatement}})
	}
	for i, r := range regions {
		out = append(out, Answer{Annotator: annotator, Row: row, Passage: passage, Span: r.Span, Added: i != own, Labels: r.Labels})
	}
	return out
}

// ownRegion is the region that shares most with the suggested span, -1 for
// none. Without a suggestion the first is the statement.
func ownRegion(suggested text.Span, regions []region) int {
	if suggested.Empty() && len(regions) > 0 {
		return 0
	}
	best, most := -1, 0.0
	for i, r := range regions {
		if o := suggested.IoU(r.Span); o > most {
			best, most = i, o
		}
	}
	return best
}
