package features

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed lexicon/direction.txt
var directionText string

//go:embed lexicon/attitude.txt
var attitudeText string

//go:embed lexicon/forces.txt
var forcesText string

// A set of word classes, one bit each.
type classes uint64

// class numbers the classes, in the order of classNames.
type class uint8

// The classes of words, by the sections of the lexicon.
const (
	clsExit class = iota
	clsReduce
	clsStay
	clsEntry
	clsDelay
	clsTimetable
	clsAgreement
	clsAgainst
	clsFor
	clsNeed
	clsBenefit
	clsHarm
	clsConsequence
	clsCondition
	clsConcession
	clsPart
	clsAll
	clsHedge
	clsTalk
	clsOpen
	clsThanks
	clsGood
	clsBad
	clsWill
	clsForces
	clsWeakForces
	clsAdvisers
	clsOurs
	clsOtherArmy
	clsUnrelated
	numClasses
)

var classNames = strings.Fields(`exit reduce stay entry delay timetable agreement against for need benefit harm consequence condition
	concession part all hedge talk open thanks good bad will forces weakforces advisers ours otherarmy unrelated`)

func (c class) bit() classes { return 1 << c }

func (s classes) has(c class) bool { return s&c.bit() != 0 }

// A phrase is a word that counts only with another after it.
type phrase struct {
	second uint64 // hash of its stem
	class  classes
}

// reach is how many words after the first the second word of a phrase may stand.
const reach = 5

// A lexicon maps stems, by hash, to classes.
type lexicon struct {
	words   map[uint64]classes
	phrases map[uint64][]phrase
}

var words = readLexicons(directionText, attitudeText, forcesText)

// readLexicons reads the lexicon files; they are embedded, so a wrong one is a
// mistake of the programmer.
func readLexicons(files ...string) *lexicon {
	lex := &lexicon{words: map[uint64]classes{}, phrases: map[uint64][]phrase{}}
	for _, file := range files {
		var c class
		for _, line := range strings.Split(file, "\n") {
			switch {
			case line == "" || line[0] == '#':
			case line[0] == '[':
				i := slices.Index(classNames, line[1:len(line)-1])
				if i < 0 {
					panic(fmt.Sprintf("features: no class %s", line))
				}
				c = class(i)
			default:
				for _, entry := range strings.Fields(line) {
					lex.add(entry, c)
				}
			}
		}
	}
	return lex
}

func (l *lexicon) add(entry string, c class) {
	first, second, two := strings.Cut(entry, "~")
	h := stemHash(first)
	if !two {
		l.words[h] |= c.bit()
		return
	}
	l.phrases[h] = append(l.phrases[h], phrase{stemHash(second), c.bit()})
}
