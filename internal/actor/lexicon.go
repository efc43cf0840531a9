package actor

import (
	"embed"
	"encoding/csv"
	"slices"
	"strings"
	"sync"
)

//go:embed lexicon
var lexiconFiles embed.FS

// A kind says what a phrase of the lexicon is.
type kind uint8

const (
	kindNone       kind = iota
	kindDeterminer      // the, a, some
	kindCountry         // Iraq
	kindAdjective       // Iraqi
	kindPeople          // Iraqis
	kindCapital         // Baghdad
	kindKnown           // an actor of the registry
	kindTitle           // Gen., Mr.
	kindOffice          // prime minister
	kindBody            // parliament, foreign ministry
	kindGroup           // lawmakers
	kindUnnamed         // officials
	kindDocument        // statement, poll
	kindSpokesman       // spokeswoman
	kindModifier        // Sunni, senior
	kindPronoun         // he, their, some
	kindPlace           // Arizona
)

// A sense is one meaning of a phrase.
type sense struct {
	kind   kind
	rest   []string // the phrase's words after the first, as keys
	caps   uint32   // bit i: word i must be capitalised
	owns   uint32   // bit i: word i ends in a possessive, the last one aside
	upper  bool     // the first word must be in capitals: US, not us
	plural bool

	name     string // canonical: plural of groups, role of titles, office without country
	singular string // of groups and unnamed persons
	section  string // of the lexicon file
	country  int    // index into countries, -1 if none
	actor    int    // of kindKnown: index into Registry.records
	from, to int    // days (yyyymmdd) on which the phrase has this sense; 0: open
}

func (s *sense) words() int { return len(s.rest) + 1 }

// An index finds the senses of the phrase that starts with a word.
type index map[string][]*sense

// add files a phrase under its first word.
func (x index) add(phrase string, s sense) {
	var first string
	for i, w := range strings.Fields(phrase) {
		if isCapital(w) {
			s.caps |= 1 << i
		}
		if _, ok := cutPossessive(w); ok {
			s.owns |= 1 << i
		}
		if i == 0 {
			first = key(w)
			s.upper = len(w) <= 4 && len(w) > 1 && strings.ToUpper(w) == w && s.caps != 0
		} else {
			s.rest = append(s.rest, key(w))
		}
	}
	if first != "" {
		x[first] = append(x[first], &s)
	}
}

// sort puts longer phrases first; of equal ones, the kinds in order, actors
// of the registry before all.
func (x index) sort() {
	rank := func(s *sense) int {
		if s.kind == kindKnown {
			return 0
		}
		return int(s.kind)
	}
	for _, senses := range x {
		slices.SortStableFunc(senses, func(a, b *sense) int {
			if c := b.words() - a.words(); c != 0 {
				return c
			}
			return rank(a) - rank(b)
		})
	}
}

// A country is a line of countries.csv.
type country struct {
	name      string // usual English short name
	short     string // as in "Lawmakers (US)"
	adjective string // as in "US government"
}

// A trait is what the rules ask of a word beside its senses.
type trait uint16

const (
	man          trait = 1 << iota // a man's given name
	woman                          // a woman's
	common                         // no name, though capitalised
	organisation                   // of bodies' names
	thing                          // of names of treaties, places, wars
	sayingVerb
	abbreviation
	particle // joins the parts of a name in small letters
	polling
	congress // of the US Congress, where capitalised
	honour   // stands before a name and is no part of it: Haji

	given = man | woman
)

// gender is that of a given name, 0 for other words.
func (t trait) gender() byte {
	switch t & given {
	case man:
		return 'm'
	case woman:
		return 'f'
	}
	return 0
}

// A lexicon is what the package knows beside the registry.
type lexicon struct {
	index       index
	countries   []country
	byCountry   map[string]int // name or short name -> index
	byAdjective map[string]int
	traits      map[string]trait
}

var lexiconOnce = sync.OnceValue(readLexicon)

// readLexicon reads the embedded files, which a test checks.
func readLexicon() *lexicon {
	l := &lexicon{
		index: index{}, byCountry: map[string]int{}, byAdjective: map[string]int{}, traits: map[string]trait{},
	}
	l.readCountries()
	l.readPhrases("titles", kindTitle)
	l.readPhrases("offices", kindOffice)
	l.readPhrases("bodies", kindBody)
	l.readPhrases("groups", kindGroup)
	l.readPhrases("people", kindGroup)
	l.readPhrases("unnamed", kindUnnamed)
	l.readPhrases("documents", kindDocument)
	l.readPhrases("spokespersons", kindSpokesman)
	l.readPhrases("modifiers", kindModifier)
	l.readPhrases("quantifiers", kindDeterminer)
	l.readPhrases("pronouns", kindPronoun)
	l.readPhrases("places", kindPlace)
	l.readTraits("given", map[string]trait{"m": man, "f": woman})
	l.readTraits("common", map[string]trait{"": common})
	l.readTraits("organisations", map[string]trait{"body": organisation, "": thing})
	l.readTraits("verbs", map[string]trait{"": sayingVerb})
	for t, words := range map[trait]string{
		abbreviation: "mr mrs ms dr prof sen sens rep reps gen lt maj brig adm col capt cmdr sgt cpl pvt spc pfc amb gov rev st jr sr",
		particle:     "al el bin ibn de van von der da del bint ul ag ould di du dos della",
		polling:      "poll survey surveyed polled pollsters respondents",
		congress:     "congress senator senators congressman congresswoman sen rep republican democrat republicans democrats",
		honour:       "haji hajji hadji doña dona cllr councillor councilor deputy brothers sisters comrade gospodin ustad",
	} {
		for _, w := range strings.Fields(words) {
			l.traits[w] |= t
		}
	}
	return l
}

func (l *lexicon) readCountries() {
	rows, err := csv.NewReader(strings.NewReader(lexiconFile("countries.csv"))).ReadAll()
	if err != nil {
		panic(err) // embedded; a test reads it
	}
	for i, row := range rows[1:] {
		c := country{name: row[0], short: row[1], adjective: row[2]}
		l.countries = append(l.countries, c)
		l.byCountry[c.name], l.byCountry[c.short], l.byAdjective[c.adjective] = i, i, i
		add := func(list string, k kind) {
			for _, phrase := range splitList(list) {
				l.index.add(phrase, sense{kind: k, name: phrase, country: i, plural: k == kindPeople})
			}
		}
		add(c.name+";"+row[5], kindCountry)
		add(c.adjective+";"+row[3], kindAdjective)
		add(row[4], kindPeople)
		add(row[6], kindCapital)
	}
}

// readPhrases reads a file of lines "canonical [country] | singular: form; form".
func (l *lexicon) readPhrases(file string, k kind) {
	l.readLines(file, func(section, head, form string) {
		s := sense{kind: k, section: section, country: -1}
		name, singular, _ := strings.Cut(head, " | ")
		if name, c, ok := strings.Cut(name, " ["); ok {
			s.country = l.byCountry[strings.TrimSuffix(c, "]")]
			s.name = name
		} else {
			s.name = name
		}
		s.singular = singular
		s.plural = isPluralForm(k, form, s)
		l.index.add(form, s)
		if k == kindOffice || k == kindBody || k == kindUnnamed || k == kindModifier || k == kindGroup {
			if lower := strings.ToLower(form); lower != form && strings.Contains(form, " ") {
				l.index.add(lower, s)
			}
		}
	})
}

// isPluralForm reports whether a form of a group or of unnamed persons speaks
// of several.
func isPluralForm(k kind, form string, s sense) bool {
	if k != kindGroup && k != kindUnnamed {
		return k == kindDocument && strings.HasSuffix(form, "s")
	}
	if strings.EqualFold(form, s.singular) {
		return false
	}
	if form == "Shia" {
		return true
	}
	last := form[strings.LastIndexByte(form, ' ')+1:]
	if first, _, ok := strings.Cut(form, " of "); ok {
		last = first
	}
	return strings.HasSuffix(last, "s") || strings.HasSuffix(last, "men") ||
		strings.EqualFold(form, s.name) || strings.HasPrefix(form, "those ")
}

// readTraits reads a file of lines "class: word; word" whose classes mean
// traits; "" stands for all others.
func (l *lexicon) readTraits(file string, of map[string]trait) {
	l.readLines(file, func(_, class, form string) {
		t, ok := of[class]
		if !ok {
			t = of[""]
		}
		w := key(form)
		if t&given != 0 {
			l.traits[w] &^= given // the last gender counts
		}
		l.traits[w] |= t
	})
}

func (l *lexicon) readLines(file string, add func(section, head, form string)) {
	section := ""
	for line := range strings.Lines(lexiconFile(file + ".txt")) {
		line = strings.TrimSpace(line)
		switch head, forms, ok := strings.Cut(line, ": "); {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = strings.Trim(line, "[]")
		case ok:
			for _, f := range splitList(forms) {
				add(section, head, f)
			}
		}
	}
}

func lexiconFile(name string) string {
	b, err := lexiconFiles.ReadFile("lexicon/" + name)
	if err != nil {
		panic(err) // embedded; a test reads it
	}
	return string(b)
}

// splitList cuts a list at semicolons.
func splitList(list string) []string {
	var parts []string
	for p := range strings.SplitSeq(list, ";") {
		if p = strings.TrimSpace(p); p != "" {
			parts = append(parts, p)
		}
	}
	return parts
}
