package statement

import (
	"unicode"
	"unicode/utf8"

	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// sloganWords introduce what is chanted, or written on walls and placards.
var sloganWords = readList("chant, chants, chanted, chanting, shouted, shouting, shouts, placard, placards, banner, banners, sign, signs, slogan, slogans, graffiti, poster, posters, read, reads, reading, painted, scrawled")

// boards are what slogans are written on: without one of them "read" is no
// slogan.
var boards = readList("chant, chants, chanted, chanting, shouted, shouting, shouts, placard, placards, banner, banners, sign, signs, slogan, slogans, graffiti, poster, posters, wall, walls, painted, scrawled, shirt, t-shirt, sheet")

// isSlogan reports whether quotation x is a slogan: it opens with a capital,
// behind a word of chanting or a board.
func (r *reading) isSlogan(x text.Quotation) bool {
	c, _ := utf8.DecodeRuneInString(x.Inner.In(r.doc.Body))
	s := r.doc.SentenceAt(x.Start)
	if !unicode.IsUpper(c) || s >= len(r.doc.Sentences) {
		return false
	}
	first, end := r.doc.TokensIn(x.Inner)
	if end-first < 2 || end-first > 15 {
		return false
	}
	sent := r.doc.Sentences[s]
	board := false
	for k := first - 2; k >= sent.FirstToken && k > first-16; k-- {
		board = board || boards[r.low[k]] && r.quote[k] == 0
	}
	if !board {
		return false
	}
	for k := first - 2; k >= sent.FirstToken && k > first-7; k-- {
		if r.quote[k] != 0 {
			return true // beside another
		}
		if sloganWords[r.low[k]] {
			return true
		}
	}
	return false
}

// crowd is whose slogan stands in the sentence of byte i: the people named
// there, or last before.
func (r *reading) crowd(i int) []actor.Mention {
	s := r.doc.SentenceAt(i)
	for k := s; k >= 0 && k > s-4; k-- {
		sent := r.doc.Sentences[k]
		ms := r.who.MentionsIn(text.Span{Start: sent.Start, End: min(sent.End, i)})
		for n := len(ms) - 1; n >= 0; n-- {
			switch ms[n].Actor.Type {
			case actor.People, actor.Bloc, actor.Party, actor.Unnamed:
				return ms[n : n+1]
			}
		}
		for e := r.eventFrom(sent.FirstToken); e < len(r.events) && r.events[e].sentence == k; e++ {
			if x := &r.events[e]; x.quotes && len(x.mentions) > 0 && !x.media() {
				return x.mentions[:1]
			}
		}
	}
	return nil
}
