package topic

import (
	"slices"

	"standpoint/internal/text"
)

// Read finds the passages about US forces and their host countries. With
// hosts, only those are looked for, and a passage that names none of them gets
// the one before or the first.
func Read(doc *text.Document, hosts []string) Topic {
	r := reader{doc: doc, score: map[int]int{}, first: map[int]int{}, seen: map[int]int{}}
	r.listen()
	if doc.Head != nil {
		head := r
		head.doc, head.notes = doc.Head, nil
		head.paragraphs()
	}
	r.paragraphs()
	if len(hosts) > 0 {
		return r.given(hosts)
	}
	return r.found()
}

// A reader gathers what the paragraphs say.
type reader struct {
	doc   *text.Document
	aware bool // forces of the United States are named somewhere
	pact  bool // so is an agreement on them
	notes []note
	score map[int]int // by country: how strongly it is a host
	first map[int]int // by country: order of first mention
	seen  map[int]int // by country: number of mentions
}

// listen finds out whether the article names forces of the United States and
// an agreement on them, so that a bare "troops" or "the deal" can be read.
func (r *reader) listen() {
	capitol, said := false, false // an American text that says "our troops"
	for _, d := range []*text.Document{r.doc, r.doc.Head} {
		if d == nil {
			continue
		}
		for _, s := range d.Sentences {
			us := false
			for i := s.FirstToken; i < s.EndToken && !(r.aware && r.pact); i++ {
				c := classOf(d.Word(i))
				us = us || c&(ours|vague) != 0 || d.Word(i) == "States"
				r.aware = r.aware || us && c&(people|standing) != 0
				capitol = capitol || chambers[d.Word(i)]
				said = said || c&people != 0 && i > s.FirstToken && (d.Word(i-1) == "our" || d.Word(i-1) == "Our")
				if c&guest != 0 || c&pact != 0 && i > s.FirstToken && (d.Word(i-1) == "security" || d.Word(i-1) == "forces" || d.Word(i-1) == "basing") {
					r.pact = true
				}
			}
		}
	}
	r.aware = r.aware || capitol && said
}

// chambers are words of American politics.
var chambers = map[string]bool{"Senate": true, "Senator": true, "Sen": true, "Congress": true, "Congressman": true, "Congresswoman": true,
	"Republicans": true, "Democrats": true, "Bush": true, "Obama": true, "Trump": true, "Biden": true}

func (r *reader) paragraphs() {
	for p := range r.doc.Paragraphs {
		if r.doc.Paragraphs[p].Class != text.Boilerplate {
			r.paragraph(p)
		}
	}
}

// A note is a passage before its hosts are settled.
type note struct {
	paragraph int
	sited     []int // countries the forces are said to be in, leave or enter
	named     []int // other countries named
	unsited   bool  // a sentence speaks of the forces without such a country
}

// weights of a country's mentions: forces said to be there; the same in a
// headline; its name or a base in a passage; its demonym in a passage.
const (
	wSited, wHead, wNamed, wDemonym = 6, 12, 2, 1
)

// paragraph reads paragraph p, and notes it if it speaks of the forces.
func (r *reader) paragraph(p int) {
	para := r.doc.Paragraphs[p]
	about := false
	n := note{paragraph: p}
	for s := para.FirstSentence; s < para.EndSentence; s++ {
		sent := r.doc.Sentences[s]
		places := placesIn(r.doc, sent.FirstToken, sent.EndToken)
		ref := r.reference(sent, places)
		about = about || ref.about
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
	if !about {
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

func (r *reader) weigh(n note, head bool) {
	w := wSited
	if head {
		w = wHead
	}
	for _, c := range n.sited {
		r.score[c] += w
	}
	for _, c := range n.named {
		r.score[c] += wDemonym
	}
}

func appendNew(list []int, c int) []int {
	if slices.Contains(list, c) {
		return list
	}
	return append(list, c)
}
