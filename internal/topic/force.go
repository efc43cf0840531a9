package topic

import "standpoint/internal/text"

// A reference is where a sentence speaks of the forces.
type reference struct {
	about bool
	at    int // token of the noun or the movement, -1 if none
	end   int // last such token
}

// near is how many tokens may lie between the noun for the forces and the
// word for their coming, staying or leaving.
const near = 25

// reference finds the forces in a sentence: "US troops", "foreign forces"; a
// bare "troops", "the withdrawal" or "the pact" where they are named elsewhere
// in the article; never another army's.
func (r *reader) reference(sent text.Sentence, places []place) reference {
	ref := reference{at: -1}
	move, noun, us := -1000, -1000, -1000
	violent := r.violent(sent)
	for i := sent.FirstToken; i < sent.EndToken; i++ {
		w := r.doc.Word(i)
		c := classOf(w)
		if c&moves != 0 {
			move = i
		}
		if c&ours != 0 || w == "States" {
			us = i
		}
		switch {
		case c&guest != 0 && r.aware, c&pact != 0 && r.aware && r.pact, c&goes != 0 && r.aware && i-us <= 6:
			noun, move = i, i
		case c&forces != 0:
			switch o := r.owner(sent, i, places); {
			case o == owned, o == unowned && c&(people|standing) != 0 && (r.aware || us >= 0):
				noun = i
				if c&standing != 0 && c&moves != 0 || o == owned && c&(people|standing) != 0 && !violent {
					move = i
				}
			}
		case c&departure != 0 && r.aware && !r.foreignOwner(sent, i, places):
			noun, move = i, i
		}
		if noun >= 0 && move >= 0 && abs(noun-move) <= near {
			ref.about = true
			if ref.at < 0 {
				ref.at = min(noun, move)
			}
			ref.end = max(noun, move)
		}
	}
	return ref
}

func (r *reader) violent(sent text.Sentence) bool {
	for i := sent.FirstToken; i < sent.EndToken; i++ {
		if classOf(r.doc.Word(i))&violence != 0 {
			return true
		}
	}
	return false
}

func abs(n int) int { return max(n, -n) }

type ownership uint8

const (
	unowned ownership = iota
	owned
	others
)

// owner tells whose the forces at token i are, by the words before them
// ("the 5,000 US troops", "Iraqi security forces") and after them ("forces of
// the United States").
func (r *reader) owner(sent text.Sentence, i int, places []place) ownership {
	for k := i - 1; k >= sent.FirstToken && k >= i-5; k-- {
		w := r.doc.Word(k)
		c := classOf(w)
		switch {
		case c&(ours|vague) != 0 || w == "States" || w == "Western":
			return owned
		case hyphened(w):
			return owned
		case w == "," || w == ";" || w == "(" || c&into != 0 || w == "the" && k < i-1:
			return r.after(sent, i)
		case c&otherArmy != 0 || demonymAt(places, k):
			return others
		}
	}
	return r.after(sent, i)
}

func (r *reader) after(sent text.Sentence, i int) ownership {
	if i+2 < sent.EndToken && (r.doc.Word(i+1) == "of" || r.doc.Word(i+1) == "from") {
		for k := i + 2; k < sent.EndToken && k < i+5; k++ {
			if classOf(r.doc.Word(k))&ours != 0 || r.doc.Word(k) == "United" {
				return owned
			}
		}
	}
	return unowned
}

// hyphened: U.S.-led, American-trained and the like name the leader.
func hyphened(w string) bool {
	for _, p := range []string{"US-", "American-", "NATO-", "America-", "Pentagon-"} {
		if len(w) > len(p) && w[:len(p)] == p {
			return true
		}
	}
	return false
}

func demonymAt(places []place, tok int) bool {
	for _, p := range places {
		if p.first <= tok && tok < p.end {
			return true
		}
	}
	return false
}

// foreignOwner: "Syria's withdrawal", "the Russian pullout".
func (r *reader) foreignOwner(sent text.Sentence, i int, places []place) bool {
	for k := i - 1; k >= sent.FirstToken && k >= i-3; k-- {
		if classOf(r.doc.Word(k))&ours != 0 {
			return false
		}
		if demonymAt(places, k) {
			return true
		}
	}
	return false
}
