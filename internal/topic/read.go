package topic

import (
	"slices"

	"standpoint/internal/text"
)

// Read finds the passages about US forces and their host countries.
func Read(doc *text.Document) Topic {
	r := newReader(doc, newTally())
	var head *reader
	if doc.Head != nil {
		head = newReader(doc.Head, r.tally)
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
	r.replies()
	return r.found()
}

// A reader gathers what the paragraphs say.
type reader struct {
	doc     *text.Document
	classes []class // of doc's tokens
	places  []place // named in doc's sentences
	from    []int32 // index of each sentence's first place, and their number
	heard
	notes []note
	tally
}

// A tally counts by country; what the title says and what the body says go
// into one.
type tally struct {
	score []int // how strongly it is a host
	seen  []int // number of mentions
	first []int // order of first mention, from 1; 0 if there is none
	order *int
}

func newTally() tally {
	n := len(countries)
	all := make([]int, 3*n)
	return tally{score: all[:n], seen: all[n : 2*n], first: all[2*n:], order: new(int)}
}

func newReader(doc *text.Document, t tally) *reader {
	r := &reader{doc: doc, classes: classesOf(doc), from: make([]int32, 0, len(doc.Sentences)+1), tally: t}
	for _, s := range doc.Sentences {
		r.from = append(r.from, int32(len(r.places)))
		r.places = placesIn(doc, s.FirstToken, s.EndToken, r.places)
	}
	r.from = append(r.from, int32(len(r.places)))
	return r
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
	reply     bool  // it doesn't name them, but answers the paragraph before
}

// paragraph reads paragraph p, and notes it if it speaks of the forces.
func (r *reader) paragraph(p int) {
	para := r.doc.Paragraphs[p]
	named := false
	n := note{paragraph: p}
	for s := para.FirstSentence; s < para.EndSentence; s++ {
		sent := r.doc.Sentences[s]
		places := r.places[r.from[s]:r.from[s+1]]
		ref := r.reference(sent, places)
		n.sure, named = n.sure || ref.about, named || ref.named
		hit, there := false, false
		for i, pl := range places {
			r.see(pl.country)
			if there = ref.about && sited(r, sent, places, i, ref, there); there {
				n.sited, hit = appendNew(n.sited, pl.country), true
			} else if !r.onOccasion(sent, pl) {
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

func (t *tally) see(c int) {
	if t.first[c] == 0 {
		*t.order++
		t.first[c] = *t.order
	}
	t.seen[c]++
}

func appendNew(list []int, c int) []int {
	if slices.Contains(list, c) {
		return list
	}
	return append(list, c)
}
