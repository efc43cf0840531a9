// Package topic finds what an article says about US forces abroad: whether it
// says anything at all (Gate, a byte scan that comes before everything else),
// the passages that speak of the forces, and for each the host countries.
//
//	if topic.Gate(title, body) {
//		t := topic.Read(doc, countries)
//		t.Hosts    // ["Iraq"], the host of most passages first
//		t.Passages // paragraphs about US forces, with their hosts
//	}
//
// Names of countries, demonyms, capitals, cities and bases are a data file,
// countries.csv. Package topic knows no actors and no statements.
package topic

import "standpoint/internal/text"

// A Passage is a paragraph about US, coalition or "foreign" forces in a host
// country, plus what it answers.
type Passage struct {
	text.Span           // of the paragraph, in Document.Body
	Paragraph int       // index into Document.Paragraphs
	Context   text.Span // the question or request it answers; empty if none
	Hosts     []string  // usual English short names, "Country/Region" for a region; the likeliest first
}

// A Topic is what an article says about US forces abroad.
type Topic struct {
	Passages []Passage
	Hosts    []string // over all passages: the host of most passages first, ties by first mention
}

// Main is the article's main host, or "".
func (t Topic) Main() string {
	if len(t.Hosts) == 0 {
		return ""
	}
	return t.Hosts[0]
}
