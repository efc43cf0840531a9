package topic

import (
	"slices"
	"sort"

	"standpoint/internal/text"
)

// Weights of what makes a country a host: forces said to be there, the same in
// a headline, the article sent from there, a passage that names it, the article
// about it. On 64 gold articles the last two and the dateline raise the right
// first host from 56 to 64.
const (
	wSited, wHead, wDateline, wNamed, wSubject = 6, 12, 4, 1, 6
	subjectSeen                                = 4 // mentions that make the country named most the subject
)

func (r *reader) weigh(n note, head bool) {
	w := wSited
	if head {
		w = wHead
	}
	for _, c := range n.sited {
		r.score[c] += w
	}
	for _, c := range n.named {
		r.score[c] += wNamed
	}
}

// dateline weighs the country from which the article is sent: "GAO, Mali -".
func (r *reader) dateline() {
	for _, para := range r.doc.Paragraphs {
		if para.Class != text.Prose || para.FirstSentence == para.EndSentence {
			continue
		}
		sent := r.doc.Sentences[para.FirstSentence]
		for i := sent.FirstToken; i < sent.EndToken && i < sent.FirstToken+12; i++ {
			w := r.doc.Word(i)
			if w == "-" || w == "--" || w == "–" || w == "—" {
				for _, p := range placesIn(r.doc, sent.FirstToken, i, nil) {
					r.score[p.country] += wDateline
				}
				return
			}
			if w[0] >= 'a' && w[0] <= 'z' {
				return
			}
		}
		return
	}
}

// ranked lists the countries that are hosts of some passage or the article's
// subject, the strongest first, ties by first mention. An area is a host only
// where no country is the subject.
func (r *reader) ranked() []int {
	sited, some := make([]bool, len(countries)), false
	for _, n := range r.notes {
		for _, c := range n.sited {
			sited[c], some = true, true
		}
	}
	r.dateline()
	if subject := r.mostSeen(); subject >= 0 && r.seen[subject] >= subjectSeen {
		r.score[subject] += wSubject
		sited[subject], some = true, true
	}
	var list []int
	for c, score := range r.score {
		if score > 0 && (sited[c] || !some && countries[c].kind != "area" || score >= wHead) {
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
// the passage right before, else the main host. The main host joins those
// of a paragraph that names it, or in which a sentence names no country for
// the forces.
func (r *reader) found() Topic {
	list := r.ranked()
	if len(list) == 0 {
		if c := r.mostSeen(); c >= 0 {
			list = []int{c}
		}
	}
	t := Topic{Passages: make([]Passage, 0, len(r.notes))}
	var carried []int
	next := 0 // the paragraph to which the hosts before carry over
	for _, n := range r.notes {
		hosts := pick(n.sited, list)
		if len(hosts) > 0 && (n.unsited || slices.Contains(n.named, list[0])) {
			hosts = appendNew(hosts, list[0])
		}
		if len(hosts) == 0 {
			hosts = pick(n.named, list)
			if len(hosts) > 1 {
				hosts = r.strongest(hosts)
			}
		}
		if len(hosts) == 0 && n.paragraph == next {
			hosts = carried
		}
		if len(hosts) == 0 && len(list) > 0 {
			hosts = list[:1]
		}
		carried, next = hosts, n.paragraph+1
		t.Passages = append(t.Passages, r.passage(n, names(hosts)))
	}
	t.Hosts = byPassages(t.Passages)
	return t
}

// mostSeen is the country named most, where forces are nowhere said to be in
// one; an area or a rival only if there is no other.
func (r *reader) mostSeen() int {
	best, rank := -1, 0
	for c, n := range r.seen {
		if n == 0 {
			continue
		}
		w := n + 1000
		if countries[c].kind == "area" || countries[c].kind == "rival" {
			w = n
		}
		if w > rank || w == rank && r.first[c] < r.first[best] {
			best, rank = c, w
		}
	}
	return best
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

// pick keeps those of list that are allowed.
func pick(list, allowed []int) []int {
	var out []int
	for _, c := range list {
		if slices.Contains(allowed, c) {
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

func (r *reader) passage(n note, hosts []string) Passage {
	d := r.doc
	p := Passage{Span: d.Paragraphs[n.paragraph].Span, Paragraph: n.paragraph, Hosts: hosts}
	p.Context = r.answered(n.paragraph, n.reply)
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
