package topic

import (
	"slices"
	"strings"
)

// reach is how many bytes may lie between a word for the United States and one
// for forces: about a paragraph.
const reach = 400

// A stem is a word's beginning, lower case, that Gate looks for.
type stem struct {
	text    string
	force   bool
	sure    bool // of forces: soldiers or their moves, nothing else
	weak    bool // of the United States: enough beside a sure word only
	capital bool // only as written here in capitals: US
	whole   bool // a whole word only
}

var stems = []stem{
	{text: "american"}, {text: "america"}, {text: "u.s"}, {text: "us", capital: true}, {text: "united states"}, {text: "pentagon"},
	{text: "washington"}, {text: "coalition"}, {text: "foreign"}, {text: "nato"}, {text: "occup"}, {text: "western"}, {text: "allied"},
	{text: "yankee"}, {text: "white house"}, {text: "international"}, {text: "usfk"}, {text: "centcom"},
	{text: "senat", weak: true}, {text: "congress", weak: true}, {text: "bush", weak: true}, {text: "obama", weak: true}, {text: "trump", weak: true},
	{text: "biden", weak: true}, {text: "our ", weak: true},
	{text: "troop", force: true, sure: true}, {text: "forces", force: true}, {text: "force", force: true}, {text: "soldier", force: true, sure: true},
	{text: "military", force: true}, {text: "marine", force: true}, {text: "base", force: true}, {text: "garrison", force: true, sure: true},
	{text: "servicem", force: true, sure: true}, {text: "service m", force: true, sure: true}, {text: "airbase", force: true}, {text: "airm", force: true},
	{text: "presence", force: true}, {text: "withdraw", force: true, sure: true}, {text: "pullout", force: true, sure: true}, {text: "deploy", force: true, sure: true},
	{text: "boots", force: true}, {text: "brigade", force: true}, {text: "personnel", force: true}, {text: "warfighter", force: true},
}

// byPair lists the stems that start with two letters; pairs tells at once that
// there is none.
var byPair, pairs = func() (map[uint16][]stem, *[1 << 16]bool) {
	m, p := map[uint16][]stem{}, new([1 << 16]bool)
	for _, s := range append(baseStems(), stems...) {
		k := uint16(s.text[0])<<8 | uint16(s.text[1])
		m[k] = append(m[k], s)
		p[k] = true
	}
	return m, p
}()

// baseStems are the names of bases: each stands for the United States.
func baseStems() []stem {
	var names []string
	for _, list := range terms {
		for _, t := range list {
			if t.how == byBase {
				names = append(names, strings.ToLower(strings.Join(t.words, " ")))
			}
		}
	}
	slices.Sort(names)
	var list []stem
	for _, n := range slices.Compact(names) {
		list = append(list, stem{text: n, whole: true})
	}
	return list
}

// Gate reports whether a text may speak of US forces at all: a word for the
// United States or for foreign forces, or the name of a base, stands near a
// word for forces. It reads bytes only, in microseconds, and lets through far
// more than Read finds.
func Gate(title, body string) bool {
	return scan(title) || scan(body)
}

func scan(t string) bool {
	const never = -reach - 1
	us, weak, force, sure := never, never, never, never
	inWord := false
	for i := 0; i+1 < len(t); i++ {
		c := t[i] | 0x20
		letter := c >= 'a' && c <= 'z'
		start := letter && !inWord
		inWord = letter
		if !start || !pairs[uint16(c)<<8|uint16(lower(t[i+1]))] {
			continue
		}
		s := match(t, i)
		if s == nil {
			continue
		}
		switch {
		case s.sure:
			sure, force = i, i
		case s.force:
			force = i
		case s.weak:
			weak = i
		default:
			us = i
		}
		if i-min(us, force) <= reach || i-min(weak, sure) <= reach {
			return true
		}
	}
	return false
}

func match(t string, i int) *stem {
	list := byPair[uint16(lower(t[i]))<<8|uint16(lower(t[i+1]))]
next:
	for k := range list {
		s := &list[k]
		if i+len(s.text) > len(t) {
			continue
		}
		for j := range len(s.text) {
			if lower(t[i+j]) != s.text[j] || s.capital && t[i+j] >= 'a' {
				continue next
			}
		}
		if s.whole && i+len(s.text) < len(t) && isLetter(t[i+len(s.text)]) {
			continue
		}
		if s.capital && i+2 < len(t) && isLetter(t[i+2]) {
			continue
		}
		return s
	}
	return nil
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
