package statement

import (
	_ "embed"
	"strings"

	"standpoint/internal/text"
)

//go:embed lexicon/verbs.txt
var verbsText string

//go:embed lexicon/nouns.txt
var nounsText string

//go:embed lexicon/words.txt
var wordsText string

//go:embed lexicon/people.txt
var peopleText string

// A verbClass says how the span of a statement is cut at a verb.
type verbClass uint8

const (
	classSay verbClass = iota + 1
	classAttitude
	classAct
)

// A verbForm is the form in which a verb stands.
type verbForm uint8

const (
	formBase   verbForm = 1 << iota // say
	formThird                       // says
	formPast                        // said
	formPart                        // seen
	formGerund                      // saying
)

// A verb is one entry of the lexicon under one form.
type verb struct {
	lemma    string
	class    verbClass
	form     verbForm
	particle string // word that must follow, or ""
	second   string // one that must follow it, or ""
	movable  bool   // the particle may stand behind an object
	noun     bool   // the form is also a noun
	quotes   bool   // reports a quotation only

	deed      bool // an act only where forces are its object
	light     bool // an act only with a noun of an act
	adjective bool // no verb: an adjective behind "be"
}

// verbs lists the entries of a form; those with a particle come first.
var verbs = readVerbs(verbsText)

// A wordClass is a closed class of words, or several.
type wordClass uint32

const (
	auxiliary wordClass = 1 << iota
	finite
	beForm
	pronoun
	boundary
	preposition
	determiner
	talkNoun
	timeWord
	hearer
	imperative
	troopWord
	motion
	conjunctive
	leading
	plural
	beside
	quantity
	actNoun
	deedNoun
	personNoun
	peopleNoun
	bodyNoun
	pastForm
	thingNoun
	troopNoun
	forceNoun
	attitudeAdjective
)

// sections name the classes in words.txt.
var sections = map[string]wordClass{"auxiliary": auxiliary, "finite": finite, "be": beForm, "pronoun": pronoun, "boundary": boundary,
	"preposition": preposition, "determiner": determiner, "talk": talkNoun, "time": timeWord, "hearers": hearer, "imperative": imperative,
	"troops": troopWord, "motions": motion, "conjunctive": conjunctive, "leading": leading, "plural": plural, "deed": deedNoun, "beside": beside, "quantity": quantity,
	"person": personNoun, "people": peopleNoun, "body": bodyNoun, "past": pastForm,
	"thing": thingNoun, "soldiers": troopNoun, "forces": forceNoun, "adjective": attitudeAdjective}

// A word is all that the lexicon knows of one.
type word struct {
	is    wordClass
	verbs []verb
}

var unknown = &word{}

// words is the lexicon.
var words = func() text.Words[*word] {
	m := map[string]*word{}
	at := func(w string) *word {
		if m[w] == nil {
			m[w] = &word{}
		}
		return m[w]
	}
	for _, t := range []string{wordsText, peopleText} {
		for name, list := range readSections(t) {
			for w := range list {
				at(w).is |= sections[name]
			}
		}
	}
	for w := range readList(nounsText) {
		at(w).is |= actNoun
	}
	for w, list := range verbs {
		at(w).verbs = list
	}
	return text.NewWords(m)
}()

func lookUp(w string, h text.Hash) *word {
	if x, ok := words.Find(w, h); ok {
		return x
	}
	return unknown
}

func readVerbs(t string) map[string][]verb {
	m := map[string][]verb{}
	classes := map[string]verbClass{"say": classSay, "cue": classSay, "attitude": classAttitude, "act": classAct, "deed": classAct, "light": classAct}
	var class verbClass
	var kind verb
	for _, line := range strings.Split(t, "\n") {
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section := line[1:strings.IndexByte(line, ']')]
			class, kind = classes[section], verb{quotes: section == "cue", deed: section == "deed", light: section == "light"}
		default:
			for _, entry := range strings.Split(line, ",") {
				addVerb(m, strings.TrimSpace(entry), class, kind)
			}
		}
	}
	for w, list := range m {
		m[w] = particlesFirst(list)
	}
	return m
}

// movable particles may stand behind an object: "pull the troops out".
var movable = map[string]bool{"tell to": true, "direct to": true, "ask whether": true, "ask if": true, "warn not": true, "pull out": true, "throw out": true,
	"bring home": true, "hand over": true, "order out": true, "find that": true, "rule out": true, "pull back": true, "warn against": true, "call for": true,
	"march against": true, "put at": true, "move for": true, "vote down": true, "rally against": true, "demonstrate against": true, "march for": true, "rally for": true, "demonstrate for": true}

func particlesFirst(list []verb) []verb {
	var out []verb
	for _, with := range []bool{true, false} {
		for _, v := range list {
			if (v.particle != "") == with {
				out = append(out, v)
			}
		}
	}
	return out
}

// addVerb adds all forms of an entry such as "say/said", "vote*", "call for".
func addVerb(m map[string][]verb, entry string, class verbClass, kind verb) {
	parts := strings.Split(entry, "/")
	base, particle, _ := strings.Cut(parts[0], " ")
	noun := strings.HasSuffix(base, "*")
	base = strings.TrimSuffix(base, "*")
	v := verb{lemma: strings.TrimSpace(base + " " + particle), class: class, noun: noun, quotes: kind.quotes, deed: kind.deed, light: kind.light}
	v.movable = movable[v.lemma]
	v.particle, v.second, _ = strings.Cut(particle, " ")
	past := regularPast(base)
	part := past
	if len(parts) > 1 {
		past, _, _ = strings.Cut(parts[1], " ")
		part = past
	}
	if len(parts) > 2 {
		part, _, _ = strings.Cut(parts[2], " ")
	}
	for _, f := range []struct {
		word string
		form verbForm
	}{{base, formBase}, {third(base), formThird}, {gerund(base), formGerund}, {past, formPast}, {part, formPart}} {
		addForm(m, f.word, v, f.form)
	}
}

// addForm joins the forms of an entry that are spelled alike: rejected is past
// and participle.
func addForm(m map[string][]verb, word string, v verb, form verbForm) {
	for i, o := range m[word] {
		if o.lemma == v.lemma && o.class == v.class {
			m[word][i].form |= form
			return
		}
	}
	v.form = form
	v.noun = v.noun && form&(formBase|formThird) != 0
	m[word] = append(m[word], v)
}

// doubling verbs double their last letter: beg, begged.
var doubling = map[string]bool{"beg": true, "prefer": true, "annul": true, "transfer": true, "trim": true, "concur": true, "dispel": true, "ban": true, "bar": true, "admit": true, "permit": true, "commit": true, "expel": true, "cancel": false,
	"scrap": true, "refer": true, "plan": true, "pledge": false, "opt": false, "cut": true, "dub": true, "quip": true, "regret": true, "snap": true, "slam": true, "get": true,
	"shrug": true, "grin": true, "nod": true, "sob": true, "rap": true, "abhor": true, "sum": true, "pan": true, "shun": true, "blog": true, "rebut": true, "fret": true, "prod": true, "rescind": false, "abet": true, "defer": true}

func stem(base string) string {
	if doubling[base] {
		return base + base[len(base)-1:]
	}
	return base
}

func regularPast(base string) string {
	switch {
	case strings.HasSuffix(base, "e"):
		return base + "d"
	case consonantY(base):
		return base[:len(base)-1] + "ied"
	}
	return stem(base) + "ed"
}

func third(base string) string {
	switch {
	case base == "have":
		return "has"
	case consonantY(base):
		return base[:len(base)-1] + "ies"
	case strings.HasSuffix(base, "s"), strings.HasSuffix(base, "sh"), strings.HasSuffix(base, "ch"), strings.HasSuffix(base, "x"), base == "veto", base == "go":
		return base + "es"
	}
	return base + "s"
}

func gerund(base string) string {
	if strings.HasSuffix(base, "e") && !strings.HasSuffix(base, "ee") {
		return base[:len(base)-1] + "ing"
	}
	return stem(base) + "ing"
}

func consonantY(base string) bool {
	return strings.HasSuffix(base, "y") && len(base) > 1 && !strings.ContainsRune("aeiou", rune(base[len(base)-2]))
}

func readList(t string) map[string]bool {
	m := map[string]bool{}
	for _, line := range strings.Split(t, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		for _, w := range strings.Split(line, ",") {
			m[strings.TrimSpace(w)] = true
		}
	}
	return m
}

func readSections(t string) map[string]map[string]bool {
	all := map[string]map[string]bool{}
	var section map[string]bool
	for _, line := range strings.Split(t, "\n") {
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = map[string]bool{}
			all[line[1:strings.IndexByte(line, ']')]] = section
		default:
			for _, w := range strings.Fields(line) {
				section[w] = true
			}
		}
	}
	return all
}
