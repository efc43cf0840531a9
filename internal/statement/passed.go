package statement

import "standpoint/internal/text"

// quotedAs is the token of "quoted" in "quoted him as saying", with the verb at
// token i, or -1.
func (r *reading) quotedAs(sent text.Sentence, i int) int {
	if i-2 < sent.FirstToken || r.low[i-1] != "as" {
		return -1
	}
	for k := i - 2; k >= sent.FirstToken && k > i-16 && r.quote[k] == 0; k-- {
		switch r.low[k] {
		case "quoted", "quotes", "cited", "quoting", "citing":
			return k
		}
		if r.is(k, finite) || r.isVerb(k) {
			return -1
		}
	}
	return -1
}

// quotedSubject takes whom the verb at token q quotes for the subject of e, and
// its own subject for the reporter: "the palace quoted him as saying".
func (r *reading) quotedSubject(sent text.Sentence, e *event, q int) {
	if q+2 < e.first {
		e.setSubject(r, q+1, e.first-1)
		if q > sent.FirstToken {
			by := event{verb: verb{class: classSay}}
			by.setSubject(r, r.phraseStart(sent, q-1), q)
			e.by = by.mentions
		}
		return
	}
	k := q - 1 // "he was quoted as saying"
	for k > sent.FirstToken && r.is(k, auxiliary) {
		k--
	}
	if k >= sent.FirstToken {
		e.setSubject(r, r.phraseStart(sent, k), k+1)
	}
}
