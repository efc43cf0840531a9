package features

import (
	"strings"

	"standpoint/internal/text"
)

// A token as features see it.
type token struct {
	atom
	classes classes
	neg     bool // in the scope of a negation
	end     bool // a mark that ends a clause
	punct   bool
	host    bool // names the host country
	masked  bool // belongs to the speaker: never learned
}

// zones are ranges of extractor.tokens.
type zones struct {
	before, left, span, right [2]int
}

// contextWords is how many tokens of the passage beside the span count as its
// context.
const contextWords = 20

var (
	nameAtom   = word("<name>")
	numberAtom = word("<number>")
	yearAtom   = word("<year>")
	hostAtom   = word("<host>")
	holderAtom = word("<holder>")
	pronounUs  = word("us-pronoun")
)

// negations open a scope that runs to the next mark or "but".
var negations = stems(`not no never without nor neither cannot can't won't don't doesn't didn't isn't aren't wasn't weren't wouldn't shouldn't couldn't
	hasn't haven't nobody none nothing hardly unwilling`)

var scopeEnds = stems("but however although though while because instead rather")

func stems(list string) map[uint64]bool {
	m := map[uint64]bool{}
	for _, w := range strings.Fields(list) {
		m[stemHash(w)] = true
	}
	return m
}

// A cut document keeps its tokens as features see them, so that its Instances
// share the work. It is a function of the document and host alone.
type cut struct {
	doc    *text.Document
	host   string
	tokens []token
}

// cutDocument fills x.cut for the Instance's document, unless it is there.
func (x *extractor) cutDocument() {
	d, c := x.in.Doc, &x.cut
	if c.doc == d && c.host == x.in.Host {
		return
	}
	c.doc, c.host = d, x.in.Host
	x.host = hostOf(x.in.Host)
	c.tokens = c.tokens[:0]
	x.openers()
	for i := range d.Tokens {
		c.tokens = append(c.tokens, x.token(i))
	}
	addPhrases(c.tokens)
}

// openers marks the tokens that start a sentence or follow a mark other than
// a dot or comma, where a capital says nothing.
func (x *extractor) openers() {
	d := x.in.Doc
	x.opens = append(x.opens[:0], make([]bool, len(d.Tokens))...)
	for _, s := range d.Sentences {
		if s.FirstToken < len(x.opens) {
			x.opens[s.FirstToken] = true
		}
	}
	for i := range d.Tokens {
		if i == 0 || d.Tokens[i-1].Kind == text.Punct && !strings.ContainsAny(d.Word(i-1), ".,") {
			x.opens[i] = true
		}
	}
}

// scan cuts the Instance's surroundings into zones.
func (x *extractor) scan() {
	x.cutDocument()
	in := x.in
	lo, hi := in.Doc.TokensIn(in.Passage)
	s0, s1 := in.Doc.TokensIn(in.Statement.Span)
	b0, b1 := in.Doc.TokensIn(in.Before)
	x.first = lo
	if b1 > b0 && b0 < lo {
		x.first = b0
	}
	hi = max(hi, s1)
	x.tokens = append(x.tokens[:0], x.cut.tokens[min(x.first, hi):hi]...)
	at := func(i int) int { return min(max(i-x.first, 0), len(x.tokens)) }
	x.zones = zones{
		before: [2]int{at(b0), at(b1)},
		left:   [2]int{at(max(lo, s0-contextWords)), at(s0)},
		span:   [2]int{at(s0), at(s1)},
		right:  [2]int{at(s1), at(min(hi, s1+contextWords))},
	}
	x.mask()
	x.negate(x.zones.span)
}

// token reads token i of the document.
func (x *extractor) token(i int) token {
	d := x.in.Doc
	t := d.Tokens[i]
	w := t.In(d.Body)
	switch t.Kind {
	case text.Punct:
		h := hashString(w)
		return token{atom: atom{h, w}, punct: true, end: strings.ContainsAny(w, ".;:?!—")}
	case text.Number:
		if len(w) == 4 && (w[:2] == "19" || w[:2] == "20") {
			return token{atom: yearAtom}
		}
		return token{atom: numberAtom}
	}
	if x.host.match(w) {
		return token{atom: hostAtom, host: true, classes: words.words[stemHash(w)] & clsOtherArmy.bit()}
	}
	if len(w) == 2 && (w == "us" || w == "Us") {
		return token{atom: pronounUs}
	}
	h := stemHash(w)
	c := words.words[h]
	if c == 0 && w[0] >= 'A' && w[0] <= 'Z' && len(w) > 1 && !x.opens[i] {
		return token{atom: nameAtom}
	}
	return token{atom: atom{h, w}, classes: c}
}

// addPhrases gives the classes of phrases to their first words.
func addPhrases(tokens []token) {
	for i := range tokens {
		for _, p := range words.phrases[tokens[i].hash] {
			for j := i + 1; j < min(i+1+reach, len(tokens)) && !tokens[j].end; j++ {
				if tokens[j].hash == p.second {
					tokens[i].classes |= p.class
					break
				}
			}
		}
	}
}

// mask hides the words that name the source: who speaks is told by side and
// type, not by name.
func (x *extractor) mask() {
	s := x.in.Statement
	if s.Speaker.Empty() {
		return
	}
	lo, hi := x.in.Doc.TokensIn(s.Speaker)
	for i := max(lo, x.first); i < hi && i-x.first < len(x.tokens); i++ {
		t := &x.tokens[i-x.first]
		t.atom, t.masked, t.classes, t.host = holderAtom, true, 0, false
	}
}

// negate marks the words of a zone that a negation reaches.
func (x *extractor) negate(z [2]int) {
	on := false
	for i := z[0]; i < z[1]; i++ {
		t := &x.tokens[i]
		switch {
		case t.end || t.punct && t.text == "," || scopeEnds[t.hash]:
			on = false
		case negations[t.hash] || strings.HasSuffix(t.text, "n't") || strings.HasSuffix(t.text, "n’t"):
			on = true
		default:
			t.neg = on
		}
	}
}

// hostNames are beginnings of words that name the host.
type hostNames struct {
	list [4]string
	n    int
}

// hostOf takes a beginning of each telling word of a host's name, so that
// Iraq also names Iraqi.
func hostOf(host string) hostNames {
	var h hostNames
	for host != "" && h.n < len(h.list) {
		i := strings.IndexAny(host, " /-")
		w := host
		if i >= 0 {
			w, host = host[:i], host[i+1:]
		} else {
			host = ""
		}
		switch w {
		case "South", "North", "East", "Middle", "United", "Saudi", "New", "and", "the", "of":
			continue
		}
		if len(w) >= 4 {
			h.list[h.n] = w[:min(len(w), 5)]
			h.n++
		}
	}
	return h
}

func (h *hostNames) match(w string) bool {
	for _, p := range h.list[:h.n] {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}
