package actor

import "strings"

// maxQualifiers bounds the words without a list's sense before a head.
const maxQualifiers = 4

// qualifies reports whether the unlisted word j, in a phrase that starts at
// first, tells a head behind it from others: "the teachers' association",
// "young graduates".
func (c *chunker) qualifies(first, j, lim int) bool {
	for k := j; k < lim && k < j+maxQualifiers; k++ {
		w := &c.words[k]
		if len(w.senses) > 0 {
			if s, _ := c.match(k, lim); s != nil {
				return k > j && !(s.name == "forces" && len(c.words[j].senses) > 0) && (s.kind == kindBody || s.kind == kindGroup || s.kind == kindUnnamed) && !w.capital
			}
		}
		if w.punct || w.capital && !w.first || !c.isQualifier(first, k) {
			return false
		}
	}
	return false
}

// isQualifier reports whether the unlisted word k may be an attribute: no
// verb, no small word.
func (c *chunker) isQualifier(first, k int) bool {
	w := &c.words[k]
	if w.is&(common|sayingVerb) != 0 || len(w.key) < 3 || c.isNumber(k) || w.sentence != c.words[first].sentence {
		return false
	}
	switch {
	case w.possessive:
		return true
	case strings.HasSuffix(w.key, "ly"):
		return false
	case strings.HasSuffix(w.key, "ed"):
		return k > 0 && k > first && c.determines(k-1) || strings.IndexByte(w.key, '-') > 0
	case strings.HasSuffix(w.key, "s"):
		return strings.HasSuffix(w.key, "ss") || strings.HasSuffix(w.key, "ous") || w.key == "arms" || w.key == "rights" || w.key == "sports" || w.key == "services" || w.key == "affairs"
	}
	return true
}

// determines reports whether word k is an article or the like.
func (c *chunker) determines(k int) bool {
	for _, s := range c.words[k].senses {
		if s.kind == kindDeterminer && len(s.rest) == 0 {
			return true
		}
	}
	return false
}

// qualify adds word j to the modifiers of p.
func (c *chunker) qualify(p *phrase, j int) {
	w := &c.words[j]
	p.qualified = true
	switch w.key {
	case "country", "nation", "kingdom", "republic", "island", "state":
		if w.possessive {
			return // the host's
		}
	}
	word := w.key
	if w.possessive {
		if word += "'"; !strings.HasSuffix(w.key, "s") {
			word += "s"
		}
	}
	p.mods = append(p.mods[:len(p.mods):len(p.mods)], word)
}
