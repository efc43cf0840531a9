package topic

import (
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"

	"standpoint/internal/text"
)

//go:embed countries.csv
var countriesCSV string

// A country is one line of countries.csv.
type country struct {
	name string
	kind string // country, region (of a country), area (of several), rival (no host of US forces)
}

// A naming says how a text names a country.
type naming uint8

const (
	byName    naming = iota // Iraq, Okinawa
	byCapital               // Baghdad
	byDemonym               // Iraqi
	byBase                  // Al-Asad
)

// A term is a name of several words.
type term struct {
	words   []string
	country int
	how     naming
}

// A place is a mention of a country at tokens [first, end).
type place struct {
	country    int
	how        naming
	first, end int
}

var (
	countries, terms = readCountries()
	byFirst          = text.NewWords(terms)
)

// lists is what a text may name: terms by their first word, longer ones first.
type lists map[string][]term

func readCountries() ([]country, lists) {
	rows, err := csv.NewReader(strings.NewReader(countriesCSV)).ReadAll()
	if err != nil {
		panic("countries.csv: " + err.Error()) // embedded, tested
	}
	var all []country
	l := lists{}
	for c, r := range rows[1:] {
		all = append(all, country{name: r[0], kind: r[1]})
		if r[1] != "region" && r[0] != "Georgia" { // the state of Georgia is named far more often
			l.add(r[0], c, byName)
		}
		l.add(r[2], c, byDemonym)
		l.add(r[3], c, byCapital)
		l.add(r[4], c, byName)
		l.add(r[5], c, byBase)
	}
	for _, list := range l {
		slices.SortStableFunc(list, func(a, b term) int { return len(b.words) - len(a.words) })
	}
	return all, l
}

// add reads names parted by "|".
func (l lists) add(names string, c int, how naming) {
	if names == "" {
		return
	}
	for _, t := range strings.Split(names, "|") {
		l.addTerm(strings.Fields(t), c, how)
		if up := strings.ToUpper(t); up != t && len(t) > 3 { // datelines and headlines in capitals
			l.addTerm(strings.Fields(up), c, how)
		}
	}
}

func (l lists) addTerm(w []string, c int, how naming) {
	l[w[0]] = append(l[w[0]], term{words: w, country: c, how: how})
}

// stemOf cuts a possessive off a word.
func stemOf(w string) string {
	n := len(w)
	if n == 0 || w[n-1] != 's' && w[n-1] != '\'' && w[n-1] < 0x80 {
		return w
	}
	for _, s := range []string{"'s", "’s", "'", "’"} {
		if strings.HasSuffix(w, s) {
			return w[:n-len(s)]
		}
	}
	return w
}

// placesIn appends to out the places named by tokens [first, end).
func placesIn(d *text.Document, first, end int, out []place) []place {
	for i := first; i < end; i++ {
		w := d.Word(i)
		if w[0] < 'A' || w[0] > 'Z' && w[0] < 0x80 {
			if w != "al" && w != "the" {
				continue
			}
		}
		if t, ok := termAt(d, i, end); ok {
			out = append(out, place{country: t.country, how: t.how, first: i, end: i + len(t.words)})
			i += len(t.words) - 1
			continue
		}
		w = stemOf(w)
		if h := strings.LastIndexByte(w, '-'); h > 0 {
			for _, part := range []string{w[:h], w[h+1:]} { // US-Afghan, Iraq-based
				if l := terms[part]; len(l) > 0 && len(l[len(l)-1].words) == 1 {
					out = append(out, place{country: l[len(l)-1].country, how: l[len(l)-1].how, first: i, end: i + 1})
				}
			}
		}
	}
	return out
}

func termAt(d *text.Document, i, end int) (term, bool) {
	h := d.Tokens[i].Hash
	w := stemOf(d.Word(i))
	if len(w) < d.Tokens[i].Len() {
		h = text.HashOf(w)
	}
	list, _ := byFirst.Find(w, h)
next:
	for _, t := range list {
		if i+len(t.words) > end {
			continue
		}
		for k := 1; k < len(t.words); k++ {
			if stemOf(d.Word(i+k)) != t.words[k] {
				continue next
			}
		}
		return t, true
	}
	return term{}, false
}
