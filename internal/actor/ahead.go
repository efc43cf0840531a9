package actor

// headFollows reports whether a noun that can be owned stands at j.
func (c *chunker) headFollows(j, lim int) bool {
	for j < lim && !c.words[j].punct {
		s, n := c.match(j, lim)
		if s == nil {
			return false
		}
		switch s.kind {
		case kindBody, kindGroup, kindUnnamed, kindDocument, kindSpokesman:
			return true
		case kindOffice:
			return !c.words[j-1].capital || !c.words[j].capital || c.words[j].title
		case kindModifier:
			if s.section == "drop" && c.words[j].key != "top" && c.words[j].key != "senior" && c.words[j].key != "former" {
				return false
			}
			j += n
		default:
			return false
		}
	}
	return false
}

// properBody reports whether the capitalised body at word j goes on as "of"
// and a name: "Ministry of Water".
func (c *chunker) properBody(p *phrase, j, lim int) bool {
	return c.words[j].capital && !c.words[j].title && j+2 < lim && c.words[j+1].key == "of" && c.words[j+2].capital &&
		c.words[j].is&organisation != 0 && !c.isWhere(j+2, lim)
}

// isWhere reports whether a country, one of its cities or its people stands at
// word j, or an actor of the registry.
func (c *chunker) isWhere(j, lim int) bool {
	s, _ := c.match(j, lim)
	if s == nil {
		return false
	}
	switch s.kind {
	case kindCountry, kindAdjective, kindCapital, kindPeople, kindKnown:
		return true
	}
	return false
}

// roleAfter is the word of a role that ends a capitalised run at j and is
// followed by a name, as "Chairman" in "House Homeland Committee Chairman Jan
// Nowak"; -1 if there is none.
func (c *chunker) roleAfter(j, lim int) int {
	for k := j; k < lim && k < j+6 && c.words[k].capital && !c.words[k].punct && !c.words[k].title && !c.words[k-1].possessive; k++ {
		if s, n := c.match(k, lim); s != nil && (s.kind == kindUnnamed || s.kind == kindOffice) && !s.plural && c.nameFollows(k+n, lim) {
			return k
		}
	}
	return -1
}

// sharesHead reports whether "and" and another modifier stand at j, before a
// noun that both share: "military and diplomatic officials".
func (c *chunker) sharesHead(j, lim int) bool {
	if j+2 >= lim || c.words[j].key != "and" && c.words[j].key != "," || c.words[j+1].punct {
		return false
	}
	for _, s := range c.words[j+1].senses {
		if n := s.words(); s.kind == kindModifier && s.section == "keep" && j+1+n < lim && s.fits(c.words[j+1:j+1+n], c.day) {
			t, _ := c.match(j+1+n, lim)
			return t != nil && (t.kind == kindUnnamed || t.kind == kindGroup)
		}
	}
	return false
}

// isNumber reports whether word j is written in digits.
func (c *chunker) isNumber(j int) bool {
	k := c.words[j].key
	return k != "" && '0' <= k[0] && k[0] <= '9'
}

func (c *chunker) titleFollows(j, lim int) bool {
	if j >= lim || c.words[j].punct {
		return false
	}
	s, _ := c.match(j, lim)
	return s != nil && s.kind == kindTitle
}

// nameFollows reports whether a name stands at j, as in "spokesman Jan Nowak".
func (c *chunker) nameFollows(j, lim int) bool {
	if j >= lim || c.words[j].punct || !c.words[j].capital || c.words[j].title && c.words[j].is&given == 0 {
		return false
	}
	s, n := c.match(j, lim)
	return s == nil || s.kind == kindTitle || s.kind == kindKnown && c.reg.records[s.actor].Type == Person || c.startsName(j, s, n)
}

// beforeName reports whether a capitalised word stands at j.
func (c *chunker) beforeName(j, lim int) bool {
	return j < lim && !c.words[j].punct && c.words[j].capital && !c.words[j-1].possessive
}

// isAdjective reports whether word i is a country's adjective and no noun, as
// in "from Afghan soil".
func (c *chunker) isAdjective(i int) bool {
	only := false
	for _, s := range c.words[i].senses {
		switch s.kind {
		case kindAdjective:
			only = true
		case kindCountry, kindCapital:
			return false
		}
	}
	return only
}

// pronoun is the sense of word i as a pronoun: "some", "many".
func (c *chunker) pronoun(i int) *sense {
	for _, s := range c.words[i].senses {
		if s.kind == kindPronoun && len(s.rest) == 0 {
			return s
		}
	}
	return nil
}
