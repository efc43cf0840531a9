package actor

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"standpoint/internal/text"
)

// ArticleAuthor is the canonical name of an author without a byline.
const ArticleAuthor = "Article author"

// latin folds the letters of names that differ between outlets.
var latin = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "ā", "a", "ą", "a",
	"ç", "c", "ć", "c", "č", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "ę", "e", "ğ", "g", "í", "i", "ì", "i",
	"î", "i", "ï", "i", "ı", "i", "ł", "l", "ñ", "n", "ń", "n", "ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o",
	"ō", "o", "ø", "o", "ř", "r", "ś", "s", "š", "s", "ş", "s", "ș", "s", "ú", "u", "ù", "u", "û", "u", "ü", "u",
	"ū", "u", "ý", "y", "ź", "z", "ż", "z", "ž", "z", "’", "'", "‘", "'")

// fold is a name as names are compared: case, dots, accents and double
// spaces make no difference.
func fold(name string) string {
	if isPlain(name) {
		return lowerASCII(name)
	}
	name = latin.Replace(strings.ToLower(name))
	return strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '.' || unicode.IsSpace(r) }), " ")
}

// isPlain reports whether name is ASCII without dots and double spaces.
func isPlain(name string) bool {
	for i := 0; i < len(name); i++ {
		if c := name[i]; c >= 0x80 || c == '.' || c < ' ' || c == ' ' && (i == 0 || i == len(name)-1 || name[i-1] == ' ') {
			return false
		}
	}
	return true
}

// byForm is the actor of a canonical name that the registry lacks.
func byForm(name, typ, country, group string) Actor {
	sum := sha256.Sum256([]byte(fold(name)))
	var id [18]byte
	copy(id[:], "x_")
	hex.Encode(id[2:], sum[:8])
	return Actor{ID: string(id[:]), Name: name, Type: typ, Country: country, Group: group}
}

// actorNamed is the registry's actor of that name, else one made by form.
func (r *Registry) actorNamed(name, typ, country, group string) Actor {
	if i, ok := r.byName[fold(name)]; ok {
		return r.records[i].Actor
	}
	return byForm(name, typ, country, group)
}

// Canonical is the actor of a canonical name as it stands in labels: the
// registry's by name or by an alias that is its alone; else its type and
// country follow from the name's form.
//
//	reg.Canonical("Sunni lawmakers (Iraq)") // a bloc of Iraq
func (r *Registry) Canonical(name string) Actor {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return Actor{}
	}
	if i, ok := r.byName[fold(name)]; ok {
		return r.records[i].Actor
	}
	if a := r.plainly(name); !a.Zero() {
		return a
	}
	typ, country := r.formOf(name)
	return byForm(name, typ, country, r.governs(typ, name, country))
}

// plainly is the actor of a name as a text would print it, where that needs no
// text: "the Pentagon", "Gen. Joseph Votel", "Tehran". Zero for others.
func (r *Registry) plainly(name string) Actor {
	c := chunker{reg: r, words: r.phrase(name)}
	p := c.chunk(0, len(c.words))
	switch {
	case p == nil || p.last < len(c.words) || p.owner != nil || p.complement != nil || p.indefinite || p.former:
		return Actor{}
	case p.known >= 0:
		return r.records[p.known].Actor
	case p.head == &government:
		k := r.lex.countries[p.country]
		return r.actorNamed(k.adjective+" government", Government, k.name, r.governs(Government, "", k.name))
	}
	return Actor{}
}

// formOf tells type and country by a canonical name's form.
func (r *Registry) formOf(name string) (typ, country string) {
	if strings.EqualFold(name, ArticleAuthor) {
		return Author, ""
	}
	head, place, inBrackets := strings.Cut(strings.TrimSuffix(name, ")"), " (")
	unnamed := inBrackets && strings.HasSuffix(place, "unnamed") || strings.HasPrefix(name, "Unnamed ")
	country, rest := r.cutAdjective(head)
	if c, ok := r.lex.byCountry[strings.TrimSuffix(place, ", unnamed")]; ok && inBrackets {
		country = r.lex.countries[c].name
	}
	switch {
	case unnamed:
		return Unnamed, country
	case inBrackets:
		return r.groupType(head), country
	case strings.HasPrefix(name, "Office of "):
		owner := strings.TrimPrefix(strings.TrimPrefix(name, "Office of "), "the ")
		country, _ := r.cutAdjective(owner)
		return Office, country
	}
	return r.headType(rest, country), country
}

// cutAdjective cuts the country adjective a canonical name begins with.
func (r *Registry) cutAdjective(name string) (country, rest string) {
	for n, cut := 0, ""; n < 3; n++ {
		w, after, _ := strings.Cut(strings.TrimPrefix(name[len(cut):], " "), " ")
		if w == "" {
			break
		}
		cut = name[:len(name)-len(after)]
		cut = strings.TrimSuffix(cut, " ")
		if i, ok := r.lex.byAdjective[cut]; ok {
			return r.lex.countries[i].name, after
		}
	}
	return "", name
}

// groupType is the type of a collective by its last word that is a group's.
func (r *Registry) groupType(head string) string {
	words := strings.Fields(head)
	for i := len(words) - 1; i >= 0; i-- {
		for _, s := range r.index[key(words[i])] {
			if s.kind == kindGroup && len(s.rest) == 0 {
				return s.section
			}
		}
	}
	return Bloc
}

// headType is the type of a name without brackets, country cut off.
func (r *Registry) headType(rest, country string) string {
	words := r.phrase(rest)
	for i := range words {
		s, n := match(words, i, len(words), 0)
		if s == nil || i+n != len(words) {
			continue
		}
		switch s.kind {
		case kindBody:
			return bodyType(s)
		case kindOffice:
			return Office
		case kindGroup:
			if country != "" || i > 0 {
				return s.section
			}
		case kindUnnamed:
			if country != "" || i > 0 {
				return Office
			}
		case kindPeople:
			return People
		}
	}
	return r.nameType(words, country)
}

func (r *Registry) nameType(words []word, country string) string {
	for _, w := range words {
		if w.is&organisation != 0 {
			return Organisation
		}
	}
	if country == "" && len(words) > 1 && words[0].capital && words[len(words)-1].capital {
		return Person
	}
	if country == "" && len(words) == 1 && !words[0].upper {
		return Person
	}
	return Organisation
}

func bodyType(s *sense) string {
	switch s.section {
	case "body", "loose", "state":
		return Organisation
	case Government:
		return Government
	}
	return s.section
}

// phrase makes words of a short text outside any document.
func (r *Registry) phrase(s string) []word {
	var words []word
	for _, f := range strings.Fields(s) {
		w := word{key: lowerASCII(f), end: int32(len(f)), full: int32(len(f))}
		readWord(&w, f)
		w.entry = r.entry(w.key, text.HashOf(w.key))
		words = append(words, w)
	}
	return words
}

// adjectiveOr is the country's canonical adjective where word is one of its
// adjectives, else word: Chinese, but "Iraq" of "Iraq Study Group".
func (r *Registry) adjectiveOr(word string, country int) string {
	for _, s := range r.index[key(word)] {
		if s.kind == kindAdjective && s.country == country {
			return r.lex.countries[country].adjective
		}
	}
	return word
}

// governs is the group of a body or office that the registry lacks.
func (r *Registry) governs(typ, name, country string) string {
	switch {
	case country == "" || typ == Legislature || typ == Person || typ == Bloc || typ == People || typ == Unnamed || typ == Militia || typ == Party:
		return ""
	case country == "United States":
		return "US executive"
	case typ == Government:
		return ""
	}
	return r.adjective(country) + " government"
}

// adjective is a country's canonical adjective.
func (r *Registry) adjective(country string) string {
	if i, ok := r.lex.byCountry[country]; ok {
		return r.lex.countries[i].adjective
	}
	return country
}
