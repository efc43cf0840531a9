package topic

import (
	"sort"
	"strings"
)

type ownership uint8

const (
	unowned ownership = iota
	owned
	others
)

// owner tells whose the forces at token i are, by the words before them
// ("the 5,000 US troops", "Iraqi security forces") and after them ("forces of
// the United States").
func (s *scanner) owner(i int) ownership {
	for k := i - 1; k >= s.sent.FirstToken && k >= i-5; k-- {
		w := s.doc.Word(k)
		c := s.classes[k]
		switch {
		case c&(ours|vague|state) != 0 || hyphened(w):
			return owned
		case w == "," || w == ";" || w == "(" || c&into != 0 || w == "the":
			return s.after(i)
		case k == i-1 && s.classes[i]&site != 0 && (w == "air" || w == "naval" || w == "Air" || w == "Naval"):
		case c&otherArmy != 0:
			return others
		default:
			if p := s.placeAt(k); p != nil && p.how == byBase {
				return unowned // the Ramstein base
			} else if p != nil {
				return others
			}
		}
	}
	return s.after(i)
}

func (s *scanner) after(i int) ownership {
	if i+2 < s.sent.EndToken && (s.doc.Word(i+1) == "of" || s.doc.Word(i+1) == "from") {
		for k := i + 2; k < s.sent.EndToken && k < i+5; k++ {
			if s.classes[k]&ours != 0 || s.doc.Word(k) == "United" {
				return owned
			}
		}
	}
	return unowned
}

// hyphened: U.S.-led, American-trained and the like name the leader.
func hyphened(w string) bool {
	h := strings.IndexByte(w, '-')
	if h < 0 || h+1 == len(w) {
		return false
	}
	switch w[:h] {
	case "US", "American", "NATO", "America", "Pentagon":
		return true
	}
	return false
}

// placeAt is the place that token tok stands in, or nil.
func (s *scanner) placeAt(tok int) *place {
	i := sort.Search(len(s.places), func(k int) bool { return s.places[k].end > tok })
	if i < len(s.places) && s.places[i].first <= tok {
		return &s.places[i]
	}
	return nil
}

// foreignOwner: "Syria's withdrawal", "the withdrawal of the Russian troops".
func (s *scanner) foreignOwner(i int) bool {
	for k := i - 1; k >= s.sent.FirstToken && k >= i-3; k-- {
		if s.classes[k]&ours != 0 {
			return false
		}
		if s.placeAt(k) != nil {
			return true
		}
	}
	for k := i + 2; s.before(i, "of") && k < s.sent.EndToken && k < i+5; k++ {
		if s.classes[k]&(ours|into) != 0 {
			return false
		}
		if p := s.placeAt(k); p != nil && p.how == byDemonym {
			return true
		}
	}
	return false
}
