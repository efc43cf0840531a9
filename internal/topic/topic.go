// Package topic finds what an article says about US forces abroad: whether it
// says anything at all (Gate, a byte scan that comes before everything else),
// the passages that speak of the forces, and for each the host countries.
//
//	if topic.Gate(title, body) {
//		t := topic.Read(doc)
//		t.Hosts    // ["Iraq"], the host of most passages first
//		t.Passages // paragraphs about US forces, with their hosts
//	}
//
// Names of countries, demonyms, capitals, cities and bases are a data file,
// countries.csv. Package topic knows no actors and no statements.
package topic

import (
	"slices"
	"strings"

	"standpoint/internal/text"
)

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

// Only is what t says of the given host countries; a country means its regions
// too, under the name given.
func (t Topic) Only(hosts []string) Topic {
	var kept Topic
	for _, p := range t.Passages {
		var of []string
		for _, h := range hosts {
			if slices.ContainsFunc(p.Hosts, func(found string) bool { return found == h || strings.HasPrefix(found, h+"/") }) {
				of = append(of, h)
			}
		}
		if len(of) > 0 {
			p.Hosts = of
			kept.Passages = append(kept.Passages, p)
		}
	}
	kept.Hosts = byPassages(kept.Passages)
	return kept
}
