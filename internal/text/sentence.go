package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// abbreviations end in a dot that ends no sentence.
var abbreviations = set(`mr mrs ms dr prof gen lt col maj capt cmdr adm sgt cpl pvt brig rear vice sen rep reps sens gov
	pres rev hon st ste jr sr vs etc inc ltd co corp dept univ assn bros no nos vol pp fig est approx jan feb mar apr jun
	jul aug sept sep oct nov dec mon tue tues wed thu thurs fri ala ariz ark calif colo conn del fla ga ill ind kan ky la
	mass md mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo ret amb spc pfc sec e.g i.e a.k.a ft mt
	cf al viz messrs v`)

// openers are words that start a sentence after "U.S." rather than a name.
var openers = set(`the a an he she it they we i you but and or in on at this that these those there its his her their our
	for with after before while as if when since however meanwhile many most some both asked now so not no all under by
	from to who what nobody none neither everyone everybody anyone few`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// cutSentences cuts the paragraphs into sentences and gives both their ranges.
func cutSentences(d *Document) {
	tok := 0
	for p := range d.Paragraphs {
		para := &d.Paragraphs[p]
		para.FirstSentence = len(d.Sentences)
		for tok < len(d.Tokens) && d.Tokens[tok].Start < para.Start {
			tok++
		}
		start, first := para.Start, tok
		open := false // a straight mark is
		for tok < len(d.Tokens) && d.Tokens[tok].Start < para.End {
			end := sentenceEnd(d, first, tok, para.End, open)
			open = open != (d.Word(tok) == `"`)
			tok++
			if end < 0 {
				continue
			}
			for tok < len(d.Tokens) && d.Tokens[tok].Start < end {
				open = open != (d.Word(tok) == `"`)
				tok++
			}
			d.addSentence(Span{start, end}, p, first, tok)
			start, first = end, tok
		}
		if first < tok {
			d.addSentence(Span{start, para.End}, p, first, tok)
		}
		para.EndSentence = len(d.Sentences)
	}
}

func (d *Document) addSentence(s Span, p, first, end int) {
	s = trim(d.Body, s)
	if s.Empty() || first == end {
		return
	}
	d.Sentences = append(d.Sentences, Sentence{Span: s, Paragraph: p, FirstToken: first, EndToken: end})
}

// sentenceEnd is where the sentence that starts at token first ends, if token i
// closes it, or -1. Open tells whether a straight quotation mark is open before
// i.
func sentenceEnd(d *Document, first, i, limit int, open bool) int {
	w := d.Word(i)
	dotted := d.Tokens[i].Kind == Word && w[len(w)-1] == '.'
	mark := rune(0)
	if d.Tokens[i].Kind == Punct {
		mark = terminal(w)
	}
	if !dotted && mark == 0 {
		return -1
	}
	end := d.Tokens[i].End
	if open || end >= limit || d.Body[end] != '"' {
		end = skipClosers(d.Body, end, limit)
	}
	rest := d.Body[end:limit]
	r, _ := utf8.DecodeRuneInString(rest)
	if rest == "" || !unicode.IsSpace(r) && !(mark != 0 && glued(d, i, rest)) {
		return -1
	}
	rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
	quoted := end > d.Tokens[i].End
	next := nextWord(rest)
	switch {
	case !startsSentence(rest):
		return -1
	case dotted:
		if quoted {
			return end
		}
		if !openers[strings.ToLower(next)] || len(w) == 2 && len(next) < 2 {
			return -1
		}
	case (w == "…" || w == "...") && i == first+1 && d.Word(first) == "[":
		return -1
	case mark == '.' && i > 0 && numbered(d, first, i-1):
		return -1
	case mark == '.' && !quoted && i > 0 && d.Tokens[i-1].End == d.Tokens[i].Start && (abbreviation(d.Word(i-1), next) || noon[d.Low(i-1)] && hourNames[strings.ToLower(next)]):
		return -1
	case quoted && mark != '.' && attributes(d, d.TokenAt(limit-len(rest))):
		return -1
	}
	return end
}

// numbered reports whether token k is the number of a list's item: up to two
// digits at the start of a sentence or behind a colon.
func numbered(d *Document, first, k int) bool {
	return d.Tokens[k].Kind == Number && d.Tokens[k].Len() <= 2 && (k == first || k == first+1 && d.Word(first) == "(" || k > first && d.Word(k-1) == ":")
}

// noon are the halves of a day as they are abbreviated; hourNames go on behind
// them.
var noon, hourNames = set(`a.m p.m am pm`), set(`monday tuesday wednesday thursday friday saturday sunday january february march april
	may june july august september october november december jan feb mar apr jun jul aug sept oct nov dec et est edt gmt utc pst pdt eastern pacific
	local kst jst cet`)

// glued reports whether a sentence starts right behind the mark at token i, its
// space lost: "in two years.The minister".
func glued(d *Document, i int, rest string) bool {
	if i == 0 || d.Tokens[i-1].End != d.Tokens[i].Start && d.Word(i) == "." {
		return false
	}
	before := d.Word(i - 1)
	if len(before) < 3 || before == strings.ToUpper(before) && !unicode.IsDigit(firstRune(before)) || abbreviations[strings.ToLower(before)] || sites[strings.ToLower(nextWord(rest))] {
		return false
	}
	w := strings.TrimLeft(rest, "\"'“‘")
	if !unicode.IsUpper(firstRune(w)) {
		return false
	}
	_, n := utf8.DecodeRuneInString(w)
	return n < len(w) && (unicode.IsLower(firstRune(w[n:])) || w[n] == ' ')
}

// sites end the name of a page on the web.
var sites = set(`com org net gov edu mil uk co io info tv js`)

// terminal is the mark that ends a sentence in w: . ! ? or 0.
func terminal(w string) rune {
	switch {
	case w == "." || w == "…" || strings.HasPrefix(w, "..."):
		return '.'
	case w[0] == '!' || w[0] == '?':
		return '!'
	}
	return 0
}

// skipClosers goes past closing marks and further !, ? after byte i. A
// straight mark after a space closes nothing here.
func skipClosers(t string, i, limit int) int {
	for i < limit {
		r, n := utf8.DecodeRuneInString(t[i:limit])
		if !strings.ContainsRune("\"'”’»›)]!?", r) {
			break
		}
		i += n
	}
	return i
}

func startsSentence(rest string) bool {
	if len(rest) > 2 && rest[0] == '(' && rest[2] == ')' { // (a)
		return true
	}
	if low, name, ok := strings.Cut(clip(rest, 5), "-"); ok && (low == "al" || low == "el" || low == "as" || low == "ash") && unicode.IsUpper(firstRune(name)) {
		return true
	}
	r := firstRune(strings.TrimLeft(rest, "\"'“‘„«‹([”—–-• "))
	return unicode.IsUpper(r) || unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

func nextWord(rest string) string {
	rest = strings.TrimLeft(rest, "\"'“‘„«‹([ ")
	n := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	if n < 0 {
		return rest
	}
	return rest[:n]
}

func abbreviation(w, next string) bool {
	l := strings.ToLower(w)
	switch l {
	case "no", "nos", "vol", "fig", "art", "arts", "para", "ch":
		return next == "" // before a number only
	}
	return abbreviations[l] && !(calendar[l] && openers[strings.ToLower(next)])
}

// calendar abbreviations, also of states, may end a sentence.
var calendar = set(`jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri inc ltd co corp etc jr sr ret
	ala ariz ark calif colo conn del fla ga ill ind kan ky md mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo`)

// sayings are the commonest verbs of an attribution: enough to see one beside
// a quotation mark.
var sayings = set(`said says say told tells added adds asked asks wrote writes declared replied shouted insisted warned
	explained continued concluded noted argued stated tweeted testified remarked answered joked urged`)

// attributes reports whether the tokens from i on read "Park said", "said
// Park", "the minister told ...": a verb of saying within six words, with no
// mark before it but those of names.
func attributes(d *Document, i int) bool {
	for k := i; k < len(d.Tokens) && k < i+7; k++ {
		w := d.Word(k)
		if sayings[w] {
			return true
		}
		if d.Tokens[k].Kind == Punct && w != "." && w != "," {
			return false
		}
	}
	return false
}
