package topic

import "standpoint/internal/text"

// What an article says somewhere tells how to read a bare "troops" elsewhere.
type heard struct {
	american  bool // the United States or their forces are named at all
	aware     bool // forces of the United States are named
	pact      bool // so is an agreement on them
	coalition bool // "the coalition" is one of armies
}

// listen finds out whether the article names forces of the United States and
// an agreement on them, so that a bare "troops", "the base" or "the deal" can
// be read. Head may be nil.
func (r *reader) listen(head *reader) {
	var v voices
	v.listen(r)
	if head != nil {
		v.listen(head)
	}
	american, our := v.american || v.marines, v.capitol && v.our
	r.american = american || our || v.led
	r.aware = american && (v.owned || v.marines && (v.site || v.goes) || v.based && (v.marines || v.site || v.unit)) || our
	r.pact = v.pact
	r.coalition = v.coalition
}

// voices is what the sentences say, each by itself.
type voices struct {
	american  bool // the United States, or a coalition that it leads, are named
	marines   bool
	owned     bool // forces of theirs, or foreign ones
	based     bool // a base by its name
	site      bool // "the base"
	unit      bool // American units or machines
	goes      bool // a word of leaving or staying
	coalition bool // one of armies, led by the United States
	led       bool // a country of a coalition led by the United States
	capitol   bool // American politics
	our       bool // "our troops"
	pact      bool
}

func (v *voices) listen(r *reader) {
	for _, s := range r.doc.Sentences {
		us := false
		for i := s.FirstToken; i < s.EndToken; i++ {
			if c := r.classes[i]; c != 0 {
				v.hear(r, s, i, us)
				v.goes = v.goes || c&(goes|departure|post) != 0
				us = us || c&(ours|vague|state) != 0
			}
		}
	}
	for _, p := range r.places {
		v.based = v.based || p.how == byBase
		v.led = v.led || led[countries[p.country].name]
	}
}

// hear takes in token i of s; us tells whether forces named behind it are
// American or foreign.
func (v *voices) hear(r *reader, s text.Sentence, i int, us bool) {
	c, w, prev := r.classes[i], r.doc.Word(i), ""
	if i > s.FirstToken {
		prev = r.doc.Word(i - 1)
	}
	american := c&(ours|state) != 0
	us = us || american || c&vague != 0
	v.american = v.american || american || w == "coalition"
	v.marines = v.marines || (w == "Marines" || w == "Marine") && prev != "Royal" && !r.demonym(prev)
	v.unit = v.unit || american && i+1 < s.EndToken && r.classes[i+1]&gear != 0
	v.coalition = v.coalition || w == "coalition" && (prev == "international" || hyphened(prev) || i+1 < s.EndToken && (r.classes[i+1]&forces != 0 || r.doc.Word(i+1) == "led"))
	v.site = v.site || c&site != 0
	v.owned = v.owned || us && c&(people|standing) != 0 || american && i+1 < s.EndToken && r.classes[i+1]&site != 0
	v.capitol = v.capitol || c&chamber != 0
	v.our = v.our || c&people != 0 && (prev == "our" || prev == "Our") || c&forces != 0 && r.oursHere(s, i)
	v.pact = v.pact || c&guest != 0 || c&pact != 0 && (prev == "security" || prev == "forces" || prev == "basing")
}

// oursHere: "the redeployment of our forces", "our brave men and women".
func (r *reader) oursHere(s text.Sentence, i int) bool {
	our := false
	for k := i - 1; k >= s.FirstToken && k >= i-2; k-- {
		our = our || r.doc.Low(k) == "our"
	}
	if !our {
		return false
	}
	if i+2 < s.EndToken && r.doc.Word(i+1) == "and" && r.doc.Word(i+2) == "women" {
		return true
	}
	for k := s.FirstToken; k < i; k++ {
		if r.classes[k]&departure != 0 {
			return true
		}
	}
	return false
}

// demonym reports whether w names a people or a country.
func (r *reader) demonym(w string) bool {
	list, _ := byFirst.Find(w, text.HashOf(w))
	return len(list) > 0 && len(list[len(list)-1].words) == 1
}

// led are the hosts whose "foreign troops" are American in the main.
var led = map[string]bool{"Afghanistan": true, "Iraq": true}
