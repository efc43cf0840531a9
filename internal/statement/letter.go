package statement

import (
	"strings"

	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// Letters to the editor, "Sir, – … Jan Nowak, Lodz": each is its writer's own
// words, whose name stands at its end.

// letters gives the paragraphs of letters to whom they are signed by.
func (r *reading) letters() {
	for p := range r.doc.Paragraphs {
		if r.owner[p] != 0 || !r.prose(p) || r.salutation(p) == 0 {
			continue
		}
		for last := p; last < len(r.doc.Paragraphs) && last < p+maxLetter && (last == p || r.salutation(last) == 0); last++ {
			if m, from := r.signature(last); from > 0 {
				r.signed(p, last, m, from)
				break
			}
		}
	}
}

// maxLetter bounds a letter, in paragraphs.
const maxLetter = 8

// salutation is the token behind "Sir, –" with which paragraph p opens, 0 if it
// does not.
func (r *reading) salutation(p int) int {
	first, end := r.doc.TokensIn(r.doc.Paragraphs[p].Span)
	k := first
	if k+1 < end && r.low[k] == "dear" {
		k++
	}
	if k+1 >= end || !addressed[r.low[k]] || r.low[k+1] != "," && r.low[k+1] != ":" {
		return 0
	}
	for k += 2; k < end && (r.low[k] == "–" || r.low[k] == "—" || r.low[k] == "-"); k++ {
	}
	return k
}

var addressed = readList("sir, madam, editor, editors, sirs")

// signature is whom the last line of paragraph p names, "Jan Nowak, Lodz", and
// the token at which that line starts; 0 where it names nobody.
func (r *reading) signature(p int) (m actor.Mention, from int) {
	para := r.doc.Paragraphs[p]
	body := strings.TrimRight(para.In(r.doc.Body), " \n")
	line := body[strings.LastIndexByte(body, '\n')+1:]
	start := para.Start + len(body) - len(line)
	first, end := r.doc.TokensIn(text.Span{Start: start, End: para.Start + len(body)})
	if first >= end || end-first > maxSignature || !r.upper(first) || strings.ContainsRune(".!?:;”\"", rune(line[len(line)-1])) {
		return m, 0
	}
	stop := end
	for k := first; k < end; k++ {
		switch {
		case r.low[k] == ",":
			stop = min(stop, k)
		case r.is(k, finite):
			return m, 0
		}
	}
	if m, ok := r.nameBehind(first, stop); ok {
		return m, first
	}
	m, ok := r.labelled(r.span(first, stop))
	return m, first * btoi(ok)
}

// maxSignature bounds the line of a signature, in tokens.
const maxSignature = 14

// signed gives paragraphs p to last, up to token end, to m.
func (r *reading) signed(p, last int, m actor.Mention, end int) {
	if r.letter == nil {
		r.letter = map[int][2]int{}
	}
	speaker := r.speaker(m)
	for n := p; n <= last; n++ {
		first, to := r.doc.TokensIn(r.doc.Paragraphs[n].Span)
		if n == p {
			first = r.salutation(p)
		}
		if n == last {
			to = end
		}
		if first < to && r.prose(n) {
			r.owner[n], r.letter[n] = speaker, [2]int{first, to}
		} else if r.owner[n] == 0 {
			r.owner[n] = pulled
		}
	}
}
