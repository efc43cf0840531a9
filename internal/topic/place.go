package topic

import (
	_ "embed"
	"encoding/csv"
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
	countries []country
	terms     = map[string][]term{} // by first word; longer terms first
)

func init() {
	rows, err := csv.NewReader(strings.NewReader(countriesCSV)).ReadAll()
	if err != nil {
		panic("countries.csv: " + err.Error()) // embedded, tested
	}
	for _, r := range rows[1:] {
		c := len(countries)
		countries = append(countries, country{name: r[0], kind: r[1]})
		if r[1] != "region" && r[0] != "Georgia" { // the state of Georgia is named far more often
			addTerms(r[0], c, byName)
		}
		addTerms(r[2], c, byDemonym)
		addTerms(r[3], c, byCapital)
		addTerms(r[4], c, byName)
		addTerms(r[5], c, byBase)
	}
	for w, list := range terms {
		for i := 1; i < len(list); i++ {
			for k := i; k > 0 && len(list[k].words) > len(list[k-1].words); k-- {
				list[k], list[k-1] = list[k-1], list[k]
			}
		}
		terms[w] = list
	}
}

func addTerms(list string, c int, how naming) {
	if list == "" {
		return
	}
	for _, t := range strings.Split(list, "|") {
		w := strings.Fields(t)
		terms[w[0]] = append(terms[w[0]], term{words: w, country: c, how: how})
	}
}

// stemOf cuts a possessive off a word.
func stemOf(w string) string {
	for _, s := range []string{"'s", "’s", "'", "’"} {
		if strings.HasSuffix(w, s) {
			return w[:len(w)-len(s)]
		}
	}
	return w
}

// placesIn lists the places named by tokens [first, end).
func placesIn(d *text.Document, first, end int) []place {
	var out []place
	for i := first; i < end; i++ {
		w := d.Word(i)
		if w[0] < 'A' || w[0] > 'Z' && w[0] < 0x80 {
			if w != "al" && w != "the" {
				continue
			}
		}
		w = stemOf(w)
		if t, ok := termAt(d, i, end, w); ok {
			out = append(out, place{country: t.country, how: t.how, first: i, end: i + len(t.words)})
			i += len(t.words) - 1
			continue
		}
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

func termAt(d *text.Document, i, end int, w string) (term, bool) {
next:
	for _, t := range terms[w] {
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
