package actor

import (
	"slices"
	"strings"
)

// A hint is what the text at large says of a capitalised word.
type hint uint8

const (
	spoken hint = 1 << iota // alone, it speaks or has a title
	placed                  // something happens in it
	last                    // it ends a name of several words
)

// gatherHints reads how the unknown names of the text are used.
func (r *Resolver) gatherHints() {
	r.hints = map[string]hint{}
	for _, p := range r.scan {
		for ; p != nil; p = p.owner {
			if !p.named() || p.known >= 0 {
				continue
			}
			key := r.words[r.surname(p.name)].key
			if r.inPlace(p.name[0]) {
				r.hints[r.words[p.name[0]].key] |= placed
			}
			switch {
			case p.name[1]-p.name[0] > 1:
				r.hints[key] |= last
			case p.title != "" || r.besideVerb(p):
				r.hints[key] |= spoken
			}
		}
	}
}

// inPlace reports whether the word before i says that i is a place.
func (r *Resolver) inPlace(i int) bool {
	if i == 0 || r.words[i].first {
		return false
	}
	switch r.words[i-1].key {
	case "in", "at", "near", "outside", "inside", "around", "across", "throughout", "toward", "towards":
		return true
	}
	return false
}

// isPlaceName reports whether a name of one word is a place's.
func (r *Resolver) isPlaceName(p *phrase) bool {
	return p.name[1]-p.name[0] == 1 && p.title == "" && (r.inPlace(p.name[0]) || r.hints[r.words[p.name[0]].key]&placed != 0)
}

// isIntroduced reports whether an age or a description in apposition follows
// the name: "Jan Nowak, 41, a baker".
func (r *Resolver) isIntroduced(p *phrase) bool {
	if r.party(p) != "" {
		return true
	}
	i := r.afterBrackets(p.name[1])
	if i+1 >= len(r.words) || r.words[i].key != "," || r.words[i].sentence != r.words[p.first].sentence {
		return false
	}
	alone := p.name[1]-p.name[0] == 1 && r.words[p.name[0]].is&given == 0 && r.hints[r.words[p.name[0]].key]&spoken == 0
	switch w := &r.words[i+1]; w.key {
	case "a", "an", "the", "whose", "his", "her", "one":
		return !alone
	case "who":
		return true
	default:
		return r.isNumber(i+1) && len(w.key) == 2
	}
}

// apart are the words between which a description stands.
var apart = []string{",", ".", ";", ":", "and", "who", "said", "of", "in", "from", "at"}

// genderBeside is the gender that a noun beside a name tells: "Jan Nowak, a
// fisherman". 0 if none does.
func (r *Resolver) genderBeside(p *phrase) byte {
	for i := p.first; i < p.name[0]; i++ {
		if g := nounGender(r.words[i].key); g != 0 {
			return g
		}
	}
	i := r.afterBrackets(p.name[1])
	if i >= len(r.words) || r.words[i].key != "," {
		return 0
	}
	for k := i + 1; k < len(r.words) && k < i+8; k++ {
		if slices.Contains(apart, r.words[k].key) {
			break
		}
		if g := nounGender(r.words[k].key); g != 0 && !r.words[k].possessive {
			return g
		}
	}
	return 0
}

// nounGender is the gender of whom a noun calls.
func nounGender(noun string) byte {
	switch noun {
	case "father", "grandfather", "son", "brother", "uncle", "nephew", "husband", "widower", "man", "businessman", "fisherman", "chairman", "congressman", "spokesman", "councilman", "airman", "serviceman", "actor", "monk", "imam", "priest", "sheikh", "king", "prince", "boy", "grandson", "shepherd", "statesman", "assemblyman", "strongman":
		return 'm'
	case "mother", "grandmother", "daughter", "sister", "aunt", "niece", "wife", "widow", "woman", "businesswoman", "fisherwoman", "chairwoman", "congresswoman", "spokeswoman", "councilwoman", "servicewoman", "actress", "nun", "queen", "princess", "girl", "granddaughter", "housewife", "midwife", "waitress", "assemblywoman", "seamstress":
		return 'f'
	}
	return 0
}

// shortForms are given names that stand for others.
var shortForms = map[string]string{
	"bob": "robert", "bobby": "robert", "rob": "robert", "robbie": "robert", "bill": "william", "billy": "william", "will": "william",
	"jim": "james", "jimmy": "james", "jamie": "james", "joe": "joseph", "joey": "joseph", "mike": "michael", "mick": "michael", "mickey": "michael",
	"dick": "richard", "rick": "richard", "rich": "richard", "ricky": "richard", "tom": "thomas", "tommy": "thomas", "tony": "anthony", "ted": "edward", "ed": "edward", "eddie": "edward", "ned": "edward",
	"dave": "david", "dan": "daniel", "danny": "daniel", "don": "donald", "donnie": "donald", "doug": "douglas", "chuck": "charles", "charlie": "charles", "chris": "christopher",
	"steve": "steven", "stephen": "steven", "matt": "matthew", "pat": "patrick", "pete": "peter", "phil": "philip", "phillip": "philip", "ron": "ronald", "ronnie": "ronald", "russ": "russell", "sam": "samuel",
	"tim": "timothy", "vic": "victor", "walt": "walter", "wes": "wesley", "zach": "zachary", "al": "albert", "alex": "alexander", "andy": "andrew", "art": "arthur", "ben": "benjamin", "bernie": "bernard", "brad": "bradley",
	"fred": "frederick", "frank": "francis", "gene": "eugene", "geoff": "geoffrey", "jeff": "jeffrey", "greg": "gregory", "hal": "harold", "hank": "henry", "harry": "henry", "jack": "john", "jerry": "gerald", "ken": "kenneth", "larry": "lawrence", "len": "leonard", "lou": "louis", "marty": "martin", "mitch": "mitchell", "nat": "nathaniel", "nate": "nathan", "nick": "nicholas", "norm": "norman", "ray": "raymond", "terry": "terence",
	"abby": "abigail", "barb": "barbara", "beth": "elizabeth", "betty": "elizabeth", "liz": "elizabeth", "betsy": "elizabeth", "cathy": "catherine", "kathy": "katherine", "kate": "katherine", "katie": "katherine", "cindy": "cynthia", "debbie": "deborah", "deb": "deborah", "jackie": "jacqueline", "jan": "janet", "jen": "jennifer", "jenny": "jennifer", "jo": "joanne", "judy": "judith", "kim": "kimberly", "maggie": "margaret", "peggy": "margaret", "meg": "margaret", "mandy": "amanda", "nan": "nancy", "pam": "pamela", "patty": "patricia", "sandy": "sandra", "sue": "susan", "susie": "susan", "vicky": "victoria", "val": "valerie",
}

// sameGiven reports whether two folded given names may be one person's: the
// same, an initial, a short form.
func sameGiven(a, b string) bool {
	if a == b || len(a) == 1 && len(b) > 0 && a[0] == b[0] || len(b) == 1 && len(a) > 0 && a[0] == b[0] {
		return true
	}
	long := func(s string) string {
		if l, ok := shortForms[s]; ok {
			return l
		}
		return s
	}
	return long(a) == long(b)
}

// A use is how the text at large uses a capitalised word.
type use uint8

const (
	family use = 1 << iota // after a given name: "Baker" is no baker then
	proper                 // a capital where it needn't have one
)

// findNames notes how capitalised words are used.
func (c *chunker) findNames() {
	c.names = map[string]use{}
	for i := range c.words {
		w := &c.words[i]
		if !w.capital || w.title || w.punct || w.first || w.is&common != 0 {
			continue
		}
		c.names[w.key] |= proper
		if g := &c.words[i-1]; g.is&given != 0 && w.is&congress == 0 && g.capital && !g.possessive && w.sentence == g.sentence {
			c.names[w.key] |= family
		}
	}
}

// party is that of a member of the US Congress, in brackets behind the name:
// "Nowak (D-Vt.)" is a Democrat. "" if there is none.
func (r *Resolver) party(p *phrase) string {
	i := p.name[1]
	if i+2 >= len(r.words) || r.words[i].key != "(" || !r.words[i+1].capital {
		return ""
	}
	switch k := r.words[i+1].key; {
	case strings.HasPrefix(k, "d-") || k == "d" && (r.words[i+2].punct):
		return "Democrat"
	case strings.HasPrefix(k, "r-") || k == "r" && r.words[i+2].punct:
		return "Republican"
	case strings.HasPrefix(k, "i-"):
		return "independent"
	}
	return ""
}

// state is the US state in the brackets behind a name: "(R-Va.)". "" if there
// is none.
func (r *Resolver) state(p *phrase) string {
	i := p.name[1]
	if r.party(p) == "" {
		return ""
	}
	_, code, _ := strings.Cut(r.words[i+1].key, "-")
	if code == "" && i+3 < len(r.words) {
		code = r.words[i+3].key
	}
	return states[code]
}

// states are the US states by the short forms in print.
var states = map[string]string{
	"ala": "alabama", "al": "alabama", "ariz": "arizona", "az": "arizona", "ark": "arkansas", "ar": "arkansas", "calif": "california", "ca": "california", "colo": "colorado", "co": "colorado",
	"conn": "connecticut", "ct": "connecticut", "del": "delaware", "de": "delaware", "fla": "florida", "fl": "florida", "ga": "georgia", "ill": "illinois", "il": "illinois", "ind": "indiana", "in": "indiana",
	"kan": "kansas", "ks": "kansas", "ky": "kentucky", "la": "louisiana", "md": "maryland", "mass": "massachusetts", "ma": "massachusetts", "mich": "michigan", "mi": "michigan", "minn": "minnesota", "mn": "minnesota",
	"miss": "mississippi", "ms": "mississippi", "mo": "missouri", "mont": "montana", "mt": "montana", "neb": "nebraska", "ne": "nebraska", "nev": "nevada", "nv": "nevada", "nh": "new hampshire", "nj": "new jersey",
	"nm": "new mexico", "ny": "new york", "nc": "north carolina", "nd": "north dakota", "okla": "oklahoma", "ok": "oklahoma", "ore": "oregon", "or": "oregon", "pa": "pennsylvania", "ri": "rhode island",
	"sc": "south carolina", "sd": "south dakota", "tenn": "tennessee", "tn": "tennessee", "tex": "texas", "tx": "texas", "vt": "vermont", "va": "virginia", "wash": "washington state", "wa": "washington state",
	"wva": "west virginia", "wv": "west virginia", "wis": "wisconsin", "wi": "wisconsin", "wyo": "wyoming", "wy": "wyoming", "alaska": "alaska", "hawaii": "hawaii", "idaho": "idaho", "iowa": "iowa", "maine": "maine", "ohio": "ohio", "utah": "utah",
}
