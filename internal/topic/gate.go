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
	{text: "navy", force: true}, {text: "lease", force: true},
}

// byPair lists the stems that start with two letters.
var byPair = func() map[uint16][]stem {
	m := map[uint16][]stem{}
	for _, s := range append(baseStems(), stems...) {
		k := pairAt(s.text, 0)
		m[k] = append(m[k], s)
	}
	return m
}()

// A sieve tells of most words at once that no stem starts like them: a bit for
// every pair of letters that begins one, and for the hash of four.
type sieve struct {
	pairs, fours [1 << 16 / 64]uint64
	short        [256]bool // first letters of shorter ones
}

var sifted = func() *sieve {
	s := &sieve{}
	for k, list := range byPair {
		s.pairs[k/64] |= 1 << (k % 64)
		for _, st := range list {
			if len(st.text) < 4 {
				s.short[st.text[0]] = true
				continue
			}
			h := fourAt(st.text, 0)
			s.fours[h/64] |= 1 << (h % 64)
		}
	}
	return s
}()

// passes reports whether a stem may start at byte i.
func (s *sieve) passes(t string, i int) bool {
	k := pairAt(t, i)
	if s.pairs[k/64]&(1<<(k%64)) == 0 {
		return false
	}
	if i+4 > len(t) || s.short[t[i]|0x20] {
		return true
	}
	h := fourAt(t, i)
	return s.fours[h/64]&(1<<(h%64)) != 0
}

func pairAt(t string, i int) uint16 { return uint16(lower(t[i]))<<8 | uint16(lower(t[i+1])) }

func fourAt(t string, i int) uint16 {
	x := uint32(pairAt(t, i))<<16 | uint32(pairAt(t, i+2))
	return uint16(x * 2654435761 >> 16)
}

// baseStems are the names of bases and of regions known for them: each stands
// for the United States.
func baseStems() []stem {
	var names []string
	for _, list := range terms {
		for _, t := range list {
			if t.how == byBase || countries[t.country].kind == "region" && t.how == byName {
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
	for i, end := 0, 0; ; {
		for i = end; i < len(t) && !letters[t[i]]; i++ {
		}
		if i+1 >= len(t) {
			return false
		}
		for end = i + 1; end < len(t) && letters[t[end]]; end++ {
		}
		if !sifted.passes(t, i) {
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
}

func match(t string, i int) *stem {
	list := byPair[pairAt(t, i)]
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

var letters = func() (is [256]bool) {
	for c := range is {
		is[c] = isLetter(byte(c))
	}
	return is
}()

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
