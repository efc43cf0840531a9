package text

import (
	"slices"
	"strings"
	"unicode"
)

// A Layout says whose words a paragraph prints by the way it is set, where no
// verb of saying tells.
type Layout uint8

const (
	Plain     Layout = iota // the article's own text
	Turn                    // a turn of a transcript or an interview, or what goes on with it
	Question                // the same, of one who only asks
	Post                    // an embedded post
	PullQuote               // a quotation set apart, which repeats one of the text or is signed
)

// maxLabel bounds the name before a turn, in bytes; maxVoices how many names
// are told apart.
const maxLabel, maxVoices = 60, 64

// A voice is who has turns under one label.
type voice struct {
	label  string
	n      int // turns
	asking int // turns that end in a question mark
	marked int // turns whose label is set off by signs of emphasis
}

// Emphases are the signs by which plain text sets words off: "**Park:** No."
const Emphases = "*_"

// labelText is the label under which b stands.
func (b *block) labelText() string { return b.w[b.label.Start-b.Start : b.label.End-b.Start] }

// chairLabel: one who presides over members of a house.
func chairLabel(label string) bool {
	switch strings.ToUpper(label) {
	case "CHAIRMAN", "CHAIRWOMAN", "CHAIR", "CHAIRPERSON", "THE CHAIRMAN", "THE CHAIR", "SPEAKER", "THE SPEAKER", "MR. SPEAKER", "MADAM SPEAKER", "PRESIDING OFFICER", "THE PRESIDING OFFICER":
		return true
	}
	for _, t := range []string{"Lord ", "Baroness ", "Viscount ", "The Lord ", "CHAIRMAN ", "CHAIRWOMAN "} {
		if strings.HasPrefix(label, t) {
			return true
		}
	}
	return false
}

// asks reports whether v only asks: by its label, or by most of its turns.
func (v *voice) asks() bool {
	switch strings.ToUpper(v.label) {
	case "Q", "QUESTION", "REPORTER", "REPORTERS", "HOST", "MODERATOR", "INTERVIEWER", "OPERATOR", "PRESS", "JOURNALIST", "ANCHOR":
		return true
	}
	return v.n >= 2 && v.asking*5 >= v.n*3
}

// capitals reports whether the label is a name in capitals, as transcripts
// print it.
func (v *voice) capitals() bool {
	return len(v.label) > 1 && (strings.ToUpper(v.label) == v.label || titled(v.label))
}

// setTurns finds out whether the blocks are laid out in turns, gives each the
// label under which it stands, and tells which genre that makes: "" for none.
func setTurns(blocks []block) Genre {
	var voices []voice
	for i := range blocks {
		b := &blocks[i]
		if b.class == Blank {
			continue
		}
		at, n := turnLabel(b.w)
		if n == 0 || b.isFurniture() {
			continue
		}
		b.label = Span{b.Start + at, b.Start + at + n}
		k := slices.IndexFunc(voices, func(v voice) bool { return v.label == b.labelText() })
		if k < 0 {
			if len(voices) == maxVoices {
				b.label = Span{}
				continue
			}
			k = len(voices)
			voices = append(voices, voice{label: b.labelText()})
		}
		voices[k].n++
		voices[k].marked += min(at, 1)
		if strings.HasSuffix(strings.TrimRight(b.w, Emphases), "?") {
			voices[k].asking++
		}
	}
	genre := spoken(voices)
	if genre != "" {
		if slices.ContainsFunc(voices, func(v voice) bool { return chairLabel(v.label) }) {
			for k := range voices {
				voices[k].asking = 0 // members ask to say something
			}
		}
		giveTurns(blocks, voices)
		return genre
	}
	for i := range blocks {
		blocks[i].label = Span{}
	}
	return ""
}

// spoken tells whether voices make a transcript or an interview: two names in
// capitals, one and questions, or two voices who take turns.
func spoken(voices []voice) Genre {
	capitals, names, questions, back, answers, marked, voiced := 0, 0, 0, 0, 0, 0, 0
	office := false
	for i := range voices {
		v := &voices[i]
		if v.n >= 2 {
			back++
		}
		if v.marked > 0 {
			marked, voiced = marked+v.marked, voiced+1
		}
		switch {
		case v.label == "A" || v.label == "ANSWER":
			answers += v.n
		case v.asks():
			questions += v.n
		case v.capitals():
			capitals += v.n
		default:
			names += v.n
		}
		office = office || officeLabel(v.label)
	}
	switch {
	case office, capitals >= 2 && back > 0, capitals > 0 && questions > 0, marked >= 4 && voiced >= 2 && back > 0 && (names > 0 || answers == 0):
		return Transcript
	case answers >= 2 && questions >= 2, back >= 2 && questions >= 2, names+questions >= 6 && names >= 2 && questions > 0:
		return Interview
	}
	return ""
}

// officeLabel: a label that nothing but a transcript or a record prints: a
// title or an office in capitals, "Ms. DORN".
func officeLabel(label string) bool {
	for _, o := range []string{"MR. ", "MS. ", "MRS. ", "DR. ", "THE PRESIDENT", "PRESIDENT ", "VICE PRESIDENT ", "PRIME MINISTER ", "SECRETARY ", "SENATOR ", "GENERAL ", "SENIOR "} {
		if strings.HasPrefix(label, o) && strings.ToUpper(label) == label {
			return true
		}
	}
	return titled(label)
}

// giveTurns gives the blocks from the first label on their layout; one without
// a label goes on with the turn before.
func giveTurns(blocks []block, voices []voice) {
	now, label := Plain, Span{}
	for i := range blocks {
		b := &blocks[i]
		if !b.label.Empty() {
			k := slices.IndexFunc(voices, func(v voice) bool { return v.label == b.labelText() })
			if now, label = Turn, b.label; voices[k].asks() {
				now = Question
			}
		}
		b.layout, b.label = now, label
	}
}

// turnLabel is where the name with which w begins a turn starts, and its
// length, or 0: "MR. NOWAK:", "Q ", "Q.", "Mr. KOVAR of Ohio.", "**Nowak:**".
func turnLabel(w string) (at, n int) {
	rest := strings.TrimLeft(clip(w, maxLabel), Emphases)
	at = min(len(w), maxLabel) - len(rest)
	if at == 0 || at > 3 {
		return 0, nameLabel(w, false)
	}
	return at, nameLabel(w[at:], true)
}

// nameLabel is the length of the name at the start of w, set off by signs of
// emphasis or not.
func nameLabel(w string, marked bool) int {
	if len(w) > 2 && (w[0] == 'Q' || w[0] == 'A') {
		if (w[1] == ':' || w[1] == '.') && ascii[w[2]&0x7f] == space || w[0] == 'Q' && ascii[w[1]&0x7f] == space {
			return 1
		}
		if marked && strings.HasPrefix(w, "Q (") && strings.Contains(clip(w, maxLabel), "):") {
			return 1 // with the outlet that asks
		}
	}
	head := clip(w, maxLabel)
	if n := recordLabel(head); n > 0 {
		return n
	}
	i := strings.IndexByte(head, ':')
	if i < 2 || i+1 < len(w) && w[i+1] != ' ' && w[i+1] != '\n' && !(marked && strings.IndexByte(Emphases, w[i+1]) >= 0) {
		return 0
	}
	label := head[:i]
	if marked {
		label = strings.TrimRight(label, Emphases)
	}
	if !isName(label) && !(marked && isTitled(label)) {
		return 0
	}
	return len(label)
}

// isTitled reports whether a label is a name with its title, "The Lord Bishop
// of Lodz": small words link its parts.
func isTitled(label string) bool {
	words := strings.Fields(label)
	for _, w := range words {
		if !unicode.IsUpper(firstRune(strings.TrimLeft(w, "(“\"'"))) && w != "of" && w != "the" && w != "and" && w != "for" && w != "de" && w != "van" && w != "von" {
			return false
		}
	}
	return len(words) > 1 && len(words) <= 9
}

// isName reports whether a label is one of a speaker: in capitals, at most
// seven words, or up to four words that begin with capitals.
func isName(label string) bool {
	words, upper, letters := 0, 0, 0
	for _, w := range strings.Fields(label) {
		words++
		r := firstRune(strings.TrimLeft(w, "(“\"'"))
		if unicode.IsUpper(r) {
			upper++
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters == 0 || words > 7 || dashLen(label) > 0 || notice(label) {
		return false
	}
	return strings.ToUpper(label) == label || words <= 4 && upper == words
}

// notice reports whether a label is of a page rather than of a speaker:
// "BREAKING", "> RELATED", "(PHOTO".
func notice(label string) bool {
	if r := firstRune(label); !unicode.IsLetter(r) && r != '“' && r != '"' {
		return true
	}
	head, _, _ := strings.Cut(strings.ToUpper(label), " ")
	return notices[strings.TrimSuffix(head, "S")]
}

var notices = map[string]bool{"BREAKING": true, "PHOTO": true, "PICTURE": true, "VIDEO": true, "WATCH": true, "RELATED": true, "READ": true, "ALSO": true, "MORE": true, "SEE": true,
	"UPDATE": true, "UPDATED": true, "LIVE": true, "NOTE": true, "CORRECTION": true, "CLARIFICATION": true, "SOURCE": true, "CREDIT": true, "TAG": true, "TOPIC": true, "FILE": true, "LISTEN": true,
	"CONTACT": true, "DATE": true, "SUBJECT": true, "PUBLISHED": true, "WARNING": true, "EDITOR'": true, "EDITORS'": true, "EXCLUSIVE": true, "ANALYSI": true, "OPINION": true, "EXPLAINER": true, "FACTBOX": true}

// recordLabel is the length of a name as records of debates print it, a title
// and a surname in capitals before a full stop, or 0.
func recordLabel(w string) int {
	if !titled(w) {
		return 0
	}
	name := w[strings.IndexByte(w, ' ')+1:]
	i := strings.IndexByte(name, '.')
	if i < 2 || i+1 < len(name) && name[i+1] != ' ' {
		return 0
	}
	surname, _, _ := strings.Cut(name[:i], " of ")
	if strings.ToUpper(surname) != surname || len(strings.Fields(surname)) > 3 {
		return 0
	}
	return len(w) - len(name) + i
}

// titled: "Mr. NOWAK".
func titled(w string) bool {
	for _, t := range []string{"Mr. ", "Mrs. ", "Ms. ", "Miss ", "Dr. "} {
		if rest, ok := strings.CutPrefix(w, t); ok {
			return len(rest) > 1 && unicode.IsUpper(firstRune(rest)) && unicode.IsUpper(firstRune(rest[1:]))
		}
	}
	return false
}

// stageNote: "[APPLAUSE]", "(Inaudible.)".
func stageNote(w string) bool {
	n := len(w)
	return n > 2 && n < 60 && (w[0] == '[' && w[n-1] == ']' || w[0] == '(' && w[n-1] == ')')
}
