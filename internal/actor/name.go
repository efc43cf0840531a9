package actor

import "strings"

// startsName reports whether a person's or an unlisted body's name starts at
// word j, of which the lexicon knows sense s over n words.
func (c *chunker) startsName(j int, s *sense, n int) bool {
	w := &c.words[j]
	if !w.capital || w.is&sayingVerb != 0 && (w.first || w.title) || s == nil && isLed(w.key) || j > 0 && c.words[j-1].key == "(" && len(w.key) > 2 && w.key[1] == '-' {
		return false // the last: "(R-Va.)"
	}
	if s == nil && w.is&common == 0 || c.ownsName(j, s) {
		return true
	}
	if s != nil && s.kind == kindModifier && n == 1 && !w.first && !w.title && c.organisationAhead(j+1) {
		return true // "Armed Services Committee", "Five Star Movement"
	}
	if s != nil && (s.kind == kindKnown || n > 1) || w.is&given == 0 || w.possessive || s != nil && s.kind == kindPlace && c.headFollows(j+n, len(c.words)) {
		return false
	}
	next := j + 1
	return next < len(c.words) && c.words[next].capital && !c.words[next].title && c.words[next].sentence == w.sentence && !c.words[next].punct
}

// ownsName reports whether a plural at word j, of sense s, begins an
// organisation's name: "People's List", "Farmers' Union".
func (c *chunker) ownsName(j int, s *sense) bool {
	w := &c.words[j]
	return w.possessive && !w.title && s != nil && s.kind == kindGroup && s.plural && j+1 < len(c.words) && c.words[j+1].sentence == w.sentence && c.organisationAhead(j+1)
}

// organisationAhead reports whether the capitalised words from word j on, three
// at most, end in one of an organisation's names that is nothing else.
func (c *chunker) organisationAhead(j int) bool {
	for k := j; k < len(c.words) && k < j+3 && c.words[k].sentence == c.words[j].sentence; k++ {
		w := &c.words[k]
		if !w.capital || w.title || w.punct {
			return false
		}
		if w.is&organisation != 0 {
			return len(w.senses) == 0
		}
		if len(w.senses) > 0 || w.is&common != 0 || w.possessive {
			return false
		}
	}
	return false
}

// isLed reports whether a word tells by whom or where somebody is led, backed,
// based: "Kurdish-led".
func isLed(key string) bool {
	i := strings.LastIndexByte(key, '-')
	if i < 0 {
		return false
	}
	switch key[i+1:] {
	case "led", "backed", "based", "allied", "wide", "controlled", "dominated", "linked", "brokered", "aligned":
		return true
	}
	return false
}

// isOthers reports whether a surname of the registry goes on as somebody
// else's name: the President Salih Rashad is no Salih known.
func (c *chunker) isOthers(s *sense, j, lim int) bool {
	if s == nil || s.kind != kindKnown || len(s.rest) > 0 || j >= lim || c.reg.records[s.actor].Type != Person {
		return false
	}
	w := &c.words[j]
	return w.capital && !w.upper && !w.title && !w.punct && !c.words[j-1].possessive && len(w.senses) == 0 && len(w.key) > 2 && w.is&^(man|woman|particle) == 0
}

// namedAsPlace reports whether a place's name is a person's given name, before
// a family name at j: Captain Washington Hale.
func (c *chunker) namedAsPlace(s *sense, j, lim int) bool {
	if s == nil || s.kind != kindCapital && s.kind != kindPlace && s.kind != kindCountry || j >= lim || c.words[j-1].possessive {
		return false
	}
	w := &c.words[j]
	return w.capital && !w.title && !w.punct && len(w.senses) == 0 && w.is&^(man|woman) == 0
}

// takeName takes the run of name words at j.
func (c *chunker) takeName(p *phrase, j, lim int) (int, bool) {
	if p.named() || p.known >= 0 {
		return j, false
	}
	for j+1 < lim && c.words[j].is&honour != 0 && c.words[j+1].capital && !c.words[j].possessive {
		j++
	}
	end := c.nameRun(j, lim)
	p.name = [2]int{j, end}
	p.last = end
	if c.words[end-1].possessive || c.headFollows(end, lim) {
		return end, c.own(p, end)
	}
	return end, false
}

// nameRun is the end of the name that starts at word j: capitalised words,
// initials and particles, six at most.
func (c *chunker) nameRun(j, lim int) int {
	k := j + 1
	for k < lim && k-j < 6 && (!c.words[k-1].possessive || k == j+1 && c.organisationAhead(k) && len(c.words[j].senses) > 0 && c.words[j].is&given == 0) && c.words[k].sentence == c.words[j].sentence {
		w := &c.words[k]
		if k+1 < lim && !w.capital && c.words[k+1].capital && (w.is&particle != 0 || w.key == "of" && c.words[k-1].is&organisation != 0) {
			k += 2
			continue
		}
		if w.punct || !w.capital || !c.inName(j, k, lim) {
			break
		}
		k++
	}
	return k
}

// inName reports whether the capitalised word k goes on with the name that
// starts at word j.
func (c *chunker) inName(j, k, lim int) bool {
	w := &c.words[k]
	isGiven := c.words[j].is&given != 0
	if c.words[k-1].capital && k-j > 2 && c.words[j].is&organisation != 0 && c.words[j+1].key == "of" && !w.title {
		return !c.isWhere(k, lim) // "Council of Senior Scholars"
	}
	if w.title && (w.is&sayingVerb != 0 || k-j >= 2 || !isGiven) {
		return false
	}
	if len(w.key) == 1 || w.is&organisation != 0 && !isGiven {
		return true
	}
	if w.is&common != 0 && !(isGiven && k == j+1) {
		return false
	}
	s, _ := c.match(k, lim)
	switch {
	case s == nil:
		return true
	case (s.kind == kindCountry || s.kind == kindModifier) && !w.title && !w.possessive && !isGiven && k+1 < lim && c.words[k+1].capital && c.words[k+1].is&organisation != 0:
		return true // "Greater Lindland Party"
	case s.kind == kindKnown:
		return isGiven && k == j+1 || c.reg.records[s.actor].Type == Person
	case !isGiven || k != j+1:
		return false
	}
	switch s.kind {
	case kindCountry, kindCapital, kindPronoun, kindModifier, kindPlace:
		return true
	case kindGroup, kindUnnamed, kindBody:
		return !s.plural && s.words() == 1 && c.names[w.key]&family != 0
	}
	return s.kind == kindOffice && s.words() == 1
}

// isOrganisation reports whether a name holds a word that no person's has, or
// is an abbreviation.
func (c *chunker) isOrganisation(name [2]int) bool {
	for _, w := range c.words[name[0]:name[1]] {
		if w.is&organisation != 0 || w.is&thing != 0 && !c.isGiven(name) {
			return true
		}
	}
	return name[1]-name[0] == 1 && c.words[name[0]].upper
}

// isGiven reports whether a name of two words, an initial aside, starts with a
// given name: "Anna Hill".
func (c *chunker) isGiven(name [2]int) bool {
	n := name[1] - name[0]
	return c.words[name[0]].is&given != 0 && (n == 2 || n == 3 && len(c.words[name[0]+1].key) == 1)
}

// isThing reports whether a name is a treaty's, a place's or a war's.
func (c *chunker) isThing(name [2]int) bool {
	last := &c.words[name[1]-1]
	if last.is&organisation != 0 {
		return false
	}
	for _, w := range c.words[name[0]:name[1]] {
		if w.is&thing != 0 {
			return true
		}
	}
	return false
}

// spelled is a name as written, middle initials and line breaks aside; a
// person's in capitals (MARA LINDT) as usual.
func (c *chunker) spelled(name [2]int, body string) string {
	var b strings.Builder
	upper := !c.isOrganisation(name) || name[1]-name[0] == 1 && name[0] > 0 && c.words[name[0]-1].is&abbreviation != 0
	for i := name[0]; i < name[1]; i++ {
		w := &c.words[i]
		if i > name[0] {
			if len(w.key) == 1 && i+1 < name[1] && len(c.words[name[0]].key) > 1 || w.key == "jr" || w.key == "sr" {
				continue
			}
			b.WriteByte(' ')
		}
		word := body[w.start:w.end]
		if w.possessive && i+1 < name[1] {
			word = body[w.start:w.full]
		}
		if w.upper && upper && len(word) > 2 {
			b.WriteString(word[:1] + lowerASCII(word[1:]))
		} else {
			b.WriteString(word)
		}
		if len(w.key) == 1 && i+1 < name[1] && !strings.HasSuffix(b.String(), ".") {
			b.WriteByte('.')
		}
	}
	return b.String()
}

// surname is the word by which a person is called again: the last, but the
// first where the given name follows the family's (Kim Jong-un).
func (c *chunker) surname(name [2]int) int {
	last := name[1] - 1
	for last > name[0] && (c.words[last].key == "jr" || c.words[last].key == "sr") {
		last--
	}
	if w := &c.words[last]; last == name[0]+1 && !w.double && strings.IndexByte(w.key, '-') > 0 && afterArticle(w.key) == w.key {
		return name[0]
	}
	return last
}

func titleGender(title string) byte {
	switch title {
	case "mr", "king", "prince", "cleric", "sultan":
		return 'm'
	case "ms", "princess", "congresswoman":
		return 'f'
	}
	return 0
}
