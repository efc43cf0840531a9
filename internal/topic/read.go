package topic

import (
	"slices"

	"standpoint/internal/text"
)

// Read finds the passages about US forces and their host countries. With
// hosts, only those are looked for, and a passage that names none of them gets
// the one before or the first.
func Read(doc *text.Document, hosts []string) Topic {
	r := reader{doc: doc, classes: classesOf(doc), score: map[int]int{}, first: map[int]int{}, seen: map[int]int{}}
	var head *reader
	if doc.Head != nil {
		head = &reader{doc: doc.Head, classes: classesOf(doc.Head), score: r.score, first: r.first, seen: r.seen}
	}
	r.listen(head)
	sure := false
	if head != nil {
		head.heard = r.heard
		sure = head.paragraphs()
	}
	sure = r.paragraphs() || sure
	if !r.american || !sure {
		return Topic{}
	}
	if len(hosts) > 0 {
		return r.given(hosts)
	}
	return r.found()
}

// A reader gathers what the paragraphs say.
type reader struct {
	doc     *text.Document
	classes []class // of doc's tokens
	heard
	notes []note
	score map[int]int // by country: how strongly it is a host
	first map[int]int // by country: order of first mention
	seen  map[int]int // by country: number of mentions
}

// paragraphs reads them all, and reports whether one says more of the forces
// than their name: only then is the article on the topic.
func (r *reader) paragraphs() bool {
	for p := range r.doc.Paragraphs {
		if r.doc.Paragraphs[p].Class != text.Boilerplate {
			r.paragraph(p)
		}
	}
	return slices.ContainsFunc(r.notes, func(n note) bool { return n.sure })
}

// A note is a passage before its hosts are settled.
type note struct {
	paragraph int
	sited     []int // countries the forces are said to be in, leave or enter
	named     []int // other countries named
	unsited   bool  // a sentence speaks of the forces without such a country
	sure      bool  // it says what they do or what is asked of them
}

// paragraph reads paragraph p, and notes it if it speaks of the forces.
func (r *reader) paragraph(p int) {
	para := r.doc.Paragraphs[p]
	named := false
	n := note{paragraph: p}
	for s := para.FirstSentence; s < para.EndSentence; s++ {
		sent := r.doc.Sentences[s]
		places := placesIn(r.doc, sent.FirstToken, sent.EndToken)
		ref := r.reference(sent, places)
		n.sure, named = n.sure || ref.about, named || ref.named
		hit := false
		for i, pl := range places {
			r.see(pl.country)
			if ref.at >= 0 && ref.about && sited(r.doc, sent, places, i, ref) {
				n.sited, hit = appendNew(n.sited, pl.country), true
			} else if !onOccasion(r.doc, sent, pl) {
				n.named = appendNew(n.named, pl.country)
			}
		}
		n.unsited = n.unsited || ref.about && !hit
	}
	if !named {
		return
	}
	r.notes = append(r.notes, n)
	r.weigh(n, para.Class == text.Headline || r.doc.Field == text.FieldTitle)
}

func (r *reader) see(c int) {
	if _, ok := r.first[c]; !ok {
		r.first[c] = len(r.first)
	}
	r.seen[c]++
}

func appendNew(list []int, c int) []int {
	if slices.Contains(list, c) {
		return list
	}
	return append(list, c)
}
