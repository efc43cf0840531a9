package statement

import (
	"strings"

	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// ownVoice gives the paragraphs in the first person to the one under whose
// name a statement or release is printed.
func (r *reading) ownVoice() {
	under, announced := r.titleSource()
	if p := r.who.Publisher(); !p.Zero() && (under.Zero() || !announced) {
		under, announced = p, true
	}
	if under.Zero() {
		return
	}
	before := announced && !r.reported()
	if r.doc.Genre != text.Opinion && !before {
		return
	}
	speaker := r.speaker(actor.Mention{Actor: under})
	r.unattributed(speaker)
	for p := range r.doc.Paragraphs {
		if r.owner[p] != 0 || r.doc.Paragraphs[p].Class != text.Prose {
			continue
		}
		if r.speaksOf(p, speaker) || r.quotedShare(p) > 0.5 || !before && !r.firstPerson(p) {
			before = false
			continue
		}
		before = true
		r.owner[p] = speaker
	}
}

// unattributed gives the quoted paragraphs with which a text under a name
// starts, and those that follow his, to him.
func (r *reading) unattributed(speaker int32) {
	before := speaker
	for p := range r.doc.Paragraphs {
		if r.doc.Paragraphs[p].Class != text.Prose {
			continue
		}
		if r.owner[p] == 0 && before == speaker && r.wholly(p) {
			r.owner[p] = speaker
		}
		before = r.owner[p]
	}
}

// reported reports whether the text is a narrator's, who says what somebody
// said.
func (r *reading) reported() bool {
	n := 0
	for k := range r.events {
		if e := &r.events[k]; e.class == classSay && len(e.mentions) > 0 && e.form&(formPast|formThird) != 0 && !r.is(e.subject[0], pronoun) {
			n++
		}
	}
	return n > 1
}

// titleSource is whose words a title announces: "Remarks by President Nowak",
// "Nowak statement on the bases"; or who stands before its colon, "SEN. NOWAK:
// COME HOME", which alone tells nothing of the text.
func (r *reading) titleSource() (source actor.Actor, announced bool) {
	doc, who := r.doc.Head, r.who.Head()
	span := text.Span{}
	if doc != nil {
		span = text.Span{Start: 0, End: len(doc.Body)}
	} else {
		doc = r.doc
		for _, p := range doc.Paragraphs {
			if p.Class == text.Headline {
				span = p.Span
				break
			}
		}
	}
	first, end := doc.TokensIn(span)
	for k := first; k < end; k++ {
		low := doc.Low(k)
		switch {
		case low == ":" && k > first && k <= first+4:
			return personIn(who, text.Span{Start: span.Start, End: doc.Tokens[k].Start}), false
		case !titleNouns[low]:
		case k+2 < end && (doc.Low(k+1) == "by" || doc.Low(k+1) == "from" || doc.Low(k+1) == "of"):
			return personIn(who, text.Span{Start: doc.Tokens[k+2].Start, End: doc.Tokens[min(k+9, end)-1].End}), true
		case k > first && k <= first+5 && k+1 < end && aboutWords[doc.Low(k+1)]:
			return personIn(who, text.Span{Start: span.Start, End: doc.Tokens[k].Start}), true
		}
	}
	return actor.Actor{}, false
}

// titleNouns name texts that a title announces.
var titleNouns = readList("statement, statements, remarks, speech, address, testimony, letter, briefing, gaggle, message, comments")

var aboutWords = readList("on, about, regarding, following, at, in, to, after, for, announcing, responding, before")

func personIn(who *actor.Resolver, s text.Span) actor.Actor {
	for _, m := range who.ResolveAll(s) {
		if m.Actor.Known && m.Actor.Type != actor.Media && m.Actor.Type != actor.Government || m.Actor.Type == actor.Person && (strings.Contains(m.Actor.Name, " ") || m.Rule == "surname") {
			return m.Actor
		}
	}
	return actor.Actor{}
}

// firstPerson reports whether paragraph p says I or we outside quotations.
func (r *reading) firstPerson(p int) bool {
	first, end := r.doc.TokensIn(r.doc.Paragraphs[p].Span)
	for k := first; k < end; k++ {
		if r.quote[k] != 0 {
			continue
		}
		switch r.low[k] {
		case "i", "my", "we", "our", "i'm", "i've", "we're", "we've", "i’m", "i’ve", "we’re", "we’ve":
			return true
		}
	}
	return false
}
