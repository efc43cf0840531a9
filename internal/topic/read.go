package topic

import (
	"slices"
	"sort"

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

// A reference is where a sentence speaks of the forces.
type reference struct {
	about bool
	at    int // token of the noun or the movement, -1 if none
	end   int // last such token
}

// near is how many tokens may lie between the noun for the forces and the
// word for their coming, staying or leaving.
const near = 25

// reference finds the forces in a sentence: "US troops", "foreign forces"; a
// bare "troops", "the withdrawal" or "the pact" where they are named elsewhere
// in the article; never another army's.
func (r *reader) reference(sent text.Sentence, places []place) reference {
	ref := reference{at: -1}
	move, noun, us := -1000, -1000, -1000
	violent := r.violent(sent)
	for i := sent.FirstToken; i < sent.EndToken; i++ {
		w := r.doc.Word(i)
		c := classOf(w)
		if c&moves != 0 {
			move = i
		}
		if c&ours != 0 || w == "States" {
			us = i
		}
		switch {
		case c&guest != 0 && r.aware, c&pact != 0 && r.aware && r.pact, c&goes != 0 && r.aware && i-us <= 6:
			noun, move = i, i
		case c&forces != 0:
			switch o := r.owner(sent, i, places); {
			case o == owned, o == unowned && c&(people|standing) != 0 && (r.aware || us >= 0):
				noun = i
				if c&standing != 0 && c&moves != 0 || o == owned && c&(people|standing) != 0 && !violent {
					move = i
				}
			}
		case c&departure != 0 && r.aware && !r.foreignOwner(sent, i, places):
			noun, move = i, i
		}
		if noun >= 0 && move >= 0 && abs(noun-move) <= near {
			ref.about = true
			if ref.at < 0 {
				ref.at = min(noun, move)
			}
			ref.end = max(noun, move)
		}
	}
	return ref
}

func (r *reader) violent(sent text.Sentence) bool {
	for i := sent.FirstToken; i < sent.EndToken; i++ {
		if classOf(r.doc.Word(i))&violence != 0 {
			return true
		}
	}
	return false
}

func abs(n int) int { return max(n, -n) }

type ownership uint8

const (
	unowned ownership = iota
	owned
	others
)

// owner tells whose the forces at token i are, by the words before them
// ("the 5,000 US troops", "Iraqi security forces") and after them ("forces of
// the United States").
func (r *reader) owner(sent text.Sentence, i int, places []place) ownership {
	for k := i - 1; k >= sent.FirstToken && k >= i-5; k-- {
		w := r.doc.Word(k)
		c := classOf(w)
		switch {
		case c&(ours|vague) != 0 || w == "States" || w == "Western":
			return owned
		case hyphened(w):
			return owned
		case w == "," || w == ";" || w == "(" || c&into != 0 || w == "the" && k < i-1:
			return r.after(sent, i)
		case c&otherArmy != 0 || demonymAt(places, k):
			return others
		}
	}
	return r.after(sent, i)
}

func (r *reader) after(sent text.Sentence, i int) ownership {
	if i+2 < sent.EndToken && (r.doc.Word(i+1) == "of" || r.doc.Word(i+1) == "from") {
		for k := i + 2; k < sent.EndToken && k < i+5; k++ {
			if classOf(r.doc.Word(k))&ours != 0 || r.doc.Word(k) == "United" {
				return owned
			}
		}
	}
	return unowned
}

// hyphened: U.S.-led, American-trained and the like name the leader.
func hyphened(w string) bool {
	for _, p := range []string{"US-", "American-", "NATO-", "America-", "Pentagon-"} {
		if len(w) > len(p) && w[:len(p)] == p {
			return true
		}
	}
	return false
}

func demonymAt(places []place, tok int) bool {
	for _, p := range places {
		if p.first <= tok && tok < p.end {
			return true
		}
	}
	return false
}

// foreignOwner: "Syria's withdrawal", "the Russian pullout".
func (r *reader) foreignOwner(sent text.Sentence, i int, places []place) bool {
	for k := i - 1; k >= sent.FirstToken && k >= i-3; k-- {
		if classOf(r.doc.Word(k))&ours != 0 {
			return false
		}
		if demonymAt(places, k) {
			return true
		}
	}
	return false
}

// sited reports whether place i of a sentence is where the forces are, come
// to or leave: behind a preposition after the reference, joined to such a
// place by "and", or a base.
func sited(d *text.Document, sent text.Sentence, places []place, i int, ref reference) bool {
	p := places[i]
	if p.how == byBase {
		return true
	}
	if p.how == byDemonym {
		return p.end < sent.EndToken && p.first > sent.FirstToken && (d.Word(p.end) == "soil" || d.Word(p.end) == "territory" || d.Word(p.end) == "bases")
	}
	if abs(p.first-ref.at) > 30 && abs(p.first-ref.end) > 12 {
		return false
	}
	for k := p.first - 1; k >= sent.FirstToken && k >= p.first-4; k-- {
		w := d.Word(k)
		switch {
		case classOf(w)&into != 0:
			if k > sent.FirstToken && occasion[d.Word(k-1)] || p.how == byCapital && !governed(d, sent, k) {
				return false
			}
			return w != "of" || k > 0 && classOf(d.Word(k-1))&moves != 0 && d.Word(k-1) == "out"
		case w == "and" || w == "or" || w == ",":
			return i > 0 && places[i-1].end >= k-1 && sited(d, sent, places, i-1, ref)
		case w == "leave" || w == "leaving" || w == "left" || w == "enter" || w == "occupy" || w == "exit":
			return true
		case w != "the" && !direction[w]:
			return w == "neighboring" || w == "neighbouring"
		}
	}
	return hosting(d, sent, p)
}

// occasion are words that a place of talk follows, not a place of forces.
var occasion = map[string]bool{"reporters": true, "conference": true, "speech": true, "meeting": true, "visit": true, "interview": true,
	"briefing": true, "summit": true, "talks": true, "said": true, "journalists": true, "speaking": true, "embassy": true, "ambassador": true,
	"envoy": true, "war": true, "violence": true, "trip": true, "arrived": true, "met": true, "Monday": true, "Tuesday": true, "Wednesday": true,
	"Thursday": true, "Friday": true, "Saturday": true, "Sunday": true}

// onOccasion: "told reporters in Jerusalem".
func onOccasion(d *text.Document, sent text.Sentence, p place) bool {
	k := p.first - 1
	return k-1 >= sent.FirstToken && classOf(d.Word(k))&into != 0 && occasion[d.Word(k-1)]
}

// governed reports whether a word for forces or their moves stands within
// three tokens before the preposition at k.
func governed(d *text.Document, sent text.Sentence, k int) bool {
	for j := k - 1; j >= sent.FirstToken && j >= k-3; j-- {
		if classOf(d.Word(j))&(forces|moves) != 0 {
			return true
		}
	}
	return false
}

var direction = map[string]bool{"northern": true, "southern": true, "eastern": true, "western": true, "northeastern": true, "northeast": true,
	"central": true, "wartorn": true, "war-torn": true, "mainland": true, "post-2014": true, "all": true, "most": true}

// hosting: "Iraq's parliament asks them to leave" is weaker; "Germany-based".
func hosting(d *text.Document, sent text.Sentence, p place) bool {
	w := d.Word(p.first)
	return len(w) > 6 && w[len(w)-6:] == "-based" || p.end < sent.EndToken && d.Word(p.end) == "pullout" || p.end < sent.EndToken && (d.Word(p.end) == "withdrawal" || d.Word(p.end) == "drawdown" || d.Word(p.end) == "troop" || d.Word(p.end) == "deployment")
}

func appendNew(list []int, c int) []int {
	if slices.Contains(list, c) {
		return list
	}
	return append(list, c)
}

// ranked lists the countries that are hosts of some passage, the strongest
// first, ties by first mention. An area is a host only where no country is
// the subject.
func (r *reader) ranked() []int {
	sited := map[int]bool{}
	for _, n := range r.notes {
		for _, c := range n.sited {
			sited[c] = true
		}
	}
	var list []int
	for c := range r.score {
		if sited[c] || len(sited) == 0 && countries[c].kind != "area" || r.score[c] >= wHead {
			list = append(list, c)
		}
	}
	sort.Slice(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if r.score[a] != r.score[b] {
			return r.score[a] > r.score[b]
		}
		return r.first[a] < r.first[b]
	})
	if len(list) > 1 && countries[list[0]].kind != "area" {
		list = without(list, func(c country) bool { return c.kind == "area" })
	}
	if plain := without(list, func(c country) bool { return c.kind == "rival" }); len(plain) > 0 {
		list = plain // no host of US forces, whatever the sentence seems to say
	}
	return list
}

func without(list []int, drop func(country) bool) []int {
	var kept []int
	for _, c := range list {
		if !drop(countries[c]) {
			kept = append(kept, c)
		}
	}
	return kept
}

// found settles the hosts of every passage: the countries the forces are said
// to be in, else a host of the article that the paragraph names, else those of
// the passage before, else the article's main host. The main host joins those
// of a paragraph that names it, or in which a sentence names no country for
// the forces.
func (r *reader) found() Topic {
	list := r.ranked()
	if len(list) == 0 {
		list = r.mostSeen()
	}
	allowed := map[int]bool{}
	for _, c := range list {
		allowed[c] = true
	}
	var t Topic
	var carried []int
	for _, n := range r.notes {
		hosts := pick(n.sited, allowed)
		if len(hosts) > 0 && (n.unsited || slices.Contains(n.named, list[0])) {
			hosts = appendNew(hosts, list[0])
		}
		if len(hosts) == 0 {
			hosts = pick(n.named, allowed)
			if len(hosts) > 1 {
				hosts = r.strongest(hosts)
			}
		}
		if len(hosts) == 0 {
			hosts = carried
		}
		if len(hosts) == 0 && len(list) > 0 {
			hosts = list[:1]
		}
		carried = hosts
		t.Passages = append(t.Passages, r.passage(n, names(hosts)))
	}
	t.Hosts = byPassages(t.Passages)
	return t
}

// mostSeen is the country named most, where forces are nowhere said to be in
// one; an area or a rival only if there is no other.
func (r *reader) mostSeen() []int {
	best, rank := -1, 0
	for c, n := range r.seen {
		w := n + 1000
		if countries[c].kind == "area" || countries[c].kind == "rival" {
			w = n
		}
		if w > rank || w == rank && r.first[c] < r.first[best] {
			best, rank = c, w
		}
	}
	if best < 0 || len(r.notes) == 0 {
		return nil
	}
	return []int{best}
}

func (r *reader) strongest(list []int) []int {
	best := list[0]
	for _, c := range list[1:] {
		if r.score[c] > r.score[best] {
			best = c
		}
	}
	return []int{best}
}

func pick(list []int, allowed map[int]bool) []int {
	var out []int
	for _, c := range list {
		if allowed[c] {
			out = append(out, c)
		}
	}
	return out
}

func names(list []int) []string {
	var out []string
	for _, c := range list {
		out = append(out, countries[c].name)
	}
	return out
}

// given is the topic when the hosts are told.
func (r *reader) given(hosts []string) Topic {
	t := Topic{Hosts: hosts}
	carried := hosts[:1]
	for _, n := range r.notes {
		var here []string
		for _, h := range hosts {
			for _, c := range append(n.sited[:len(n.sited):len(n.sited)], n.named...) {
				if countries[c].name == h {
					here = append(here, h)
				}
			}
		}
		if len(here) > 0 {
			carried = here
		}
		t.Passages = append(t.Passages, r.passage(n, carried))
	}
	return t
}

// answers are words of a paragraph that the next one may answer.
var answers = map[string]bool{"asked": true, "request": true, "requested": true, "question": true, "demand": true, "demanded": true,
	"resolution": true, "vote": true, "voted": true, "proposal": true, "call": true, "calls": true, "order": true, "ordered": true, "decision": true}

func (r *reader) passage(n note, hosts []string) Passage {
	d := r.doc
	p := Passage{Span: d.Paragraphs[n.paragraph].Span, Paragraph: n.paragraph, Hosts: hosts}
	if k := n.paragraph - 1; k >= 0 && d.Paragraphs[k].Class == text.Prose {
		for s := d.Paragraphs[k].FirstSentence; s < d.Paragraphs[k].EndSentence; s++ {
			for i := d.Sentences[s].FirstToken; i < d.Sentences[s].EndToken; i++ {
				if answers[d.Word(i)] {
					p.Context = d.Sentences[s].Span
				}
			}
		}
	}
	return p
}

// byPassages lists the hosts, that of most passages first, ties by first
// mention.
func byPassages(ps []Passage) []string {
	count := map[string]int{}
	var list []string
	for _, p := range ps {
		for _, h := range p.Hosts {
			if count[h] == 0 {
				list = append(list, h)
			}
			count[h]++
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return count[list[i]] > count[list[j]] })
	return list
}
