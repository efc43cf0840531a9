package actor

import "slices"

// inApposition is the person beside whose name the description p stands,
// between commas: "Jan Nowak, a baker, said", "the head of the bureau, Jan
// Nowak, said". -1 if there is none.
func (r *Resolver) inApposition(p *phrase) int {
	if !r.describes(p) {
		return -1
	}
	if i := r.nameBefore(p); i >= 0 {
		return i
	}
	return r.nameBehind(p)
}

// describes reports whether p is what one person may be called: "the base
// commander", "head of US Central Command".
func (r *Resolver) describes(p *phrase) bool {
	if p.named() {
		return false
	}
	if p.known >= 0 {
		return r.reg.records[p.known].Type == Office
	}
	switch {
	case p.office != nil:
		return true
	case p.head == nil || p.head.plural && r.words[p.first].key != "one":
		return false
	}
	switch p.head.kind {
	case kindSpokesman:
		return p.head.section == "person"
	case kindUnnamed, kindGroup:
		return p.definite || p.indefinite || p.owner != nil || p.head.plural
	}
	return false
}

// nameBefore is the person named before p and a comma.
func (r *Resolver) nameBefore(p *phrase) int {
	i := p.first - 1
	if i < 1 || r.words[i].key != "," || !r.closes(p.last) {
		return -1
	}
	end := i
	if r.words[i-1].key == ")" {
		for end = i - 1; end > 0 && end > i-8 && r.words[end].key != "("; end-- {
		}
	}
	return r.nameEnding(end, r.words[p.first].sentence)
}

// nameEnding is the person whose name ends before word end.
func (r *Resolver) nameEnding(end int, sentence int32) int {
	k := r.phraseEnding(end)
	if k < 0 {
		return -1
	}
	q := r.scan[k]
	if !q.named() || q.name[1] != end || r.words[q.first].sentence != sentence || r.words[end-1].possessive || r.isOrganisation(q.name) && q.known < 0 {
		return -1
	}
	if k > 0 && q.first > 0 && r.words[q.first-1].key == "," && r.scan[k-1].named() && r.scan[k-1].last == q.first-1 {
		return -1 // a list of names
	}
	return r.personAt(q)
}

// phraseEnding is the phrase of the scan that ends before word end, -1 if none.
func (r *Resolver) phraseEnding(end int) int {
	k, found := slices.BinarySearchFunc(r.scan, end, func(p *phrase, end int) int { return p.last - end })
	if !found {
		return -1
	}
	return k
}

// closes reports whether, a few words without a verb of saying after word i, a
// comma or the end of the sentence closes an apposition.
func (r *Resolver) closes(i int) bool {
	for k := i; k < len(r.words) && k < i+14; k++ {
		switch w := &r.words[k]; {
		case w.key == "," || w.key == "." || w.key == ";":
			return true
		case w.key == "and" && k == i || w.key == "said" || w.punct && w.key != "-" && w.key != "(" && w.key != ")":
			return false
		}
	}
	return false
}

// nameBehind is the person named behind p, with no more than a complement and
// a comma between: "the deputy head of the bureau, Jan Nowak,".
func (r *Resolver) nameBehind(p *phrase) int {
	return r.nameAfter(p.last, p.complement != nil && p.link == "of")
}

// nameAfter is nameBehind for a description that ends before word end; it is
// open if more nouns may go on with its complement.
func (r *Resolver) nameAfter(end int, open bool) int {
	k := end
	for k < len(r.words) && k < end+maxApposition && !r.words[k].punct && !r.isCalled(k) {
		k++
	}
	if k+1 >= len(r.words) || r.words[k].key != "," && !(k == end && r.isCalled(k)) || !r.leadsTo(end, k, open) {
		return -1
	}
	q := r.phraseAt(k + 1)
	if q == nil && k+2 < len(r.words) && !r.words[k+1].capital && !r.words[k+1].punct && !r.isSmall(k+1) {
		q = r.phraseAt(k + 2) // "reserve general Jan Nowak"
	}
	if q == nil || !q.named() || r.words[q.first].sentence != r.words[end-1].sentence {
		return -1
	}
	i := r.afterBrackets(q.last)
	switch {
	case i+1 < len(r.words) && r.words[i].is&sayingVerb != 0 && r.words[i+1].key == ",":
		return -1 // "the lease, Jan Nowak noted, ends": he stands beside, and is another
	case q.first == q.name[0] || q.title != "" || r.words[q.first].is&honour != 0:
	case q.office == nil && q.post < 0 && q.head == nil || i < len(r.words) && r.words[i].key != "," && !r.opensSentence(end):
		return -1 // "at the request of an officer, Defense Minister Nowak said"
	}
	if i < len(r.words) && (r.words[i].punct || r.words[i].is&sayingVerb != 0 || r.words[i].key == "of" || r.beforeVerb(i)) {
		return r.personAt(q)
	}
	return -1
}

// opensSentence reports whether a phrase that ends before word end is the first
// of its sentence.
func (r *Resolver) opensSentence(end int) bool {
	k := r.phraseEnding(end)
	return k >= 0 && r.words[r.scan[k].first].first
}

// maxApposition bounds, in words, what may stand between a description and the
// name beside it.
const maxApposition = 12

// isCalled reports whether word i says that a name follows: "named".
func (r *Resolver) isCalled(i int) bool {
	return r.words[i].key == "named" || r.words[i].key == "called"
}

// leadsTo reports whether nothing but what goes on with a description, "of the
// court in Lindwald", stands between words from and to.
func (r *Resolver) leadsTo(from, to int, open bool) bool {
	if from >= to {
		return from == to
	}
	switch w := &r.words[from]; w.key {
	case "of", "at", "in", "for", "on", "from", "with", "here", "there", "now":
	case "who":
		for from < to && !r.words[from].punct {
			from++
		}
		return from == to
	default:
		if !open {
			return false
		}
	}
	for k := from; k < to; k++ {
		if w := &r.words[k]; w.punct || w.is&sayingVerb != 0 || w.key == "who" || r.beforeVerb(k) {
			return false
		}
	}
	return true
}

// phraseAt is the phrase of the scan that starts at word i, nil if none does.
func (r *Resolver) phraseAt(i int) *phrase {
	k, found := slices.BinarySearchFunc(r.scan, i, func(p *phrase, i int) int { return p.first - i })
	if !found {
		return nil
	}
	return r.scan[k]
}
