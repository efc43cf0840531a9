package statement

import (
	"slices"
	"strings"

	"standpoint/internal/actor"
	"standpoint/internal/text"
	"standpoint/internal/topic"
)

// Find lists the attributed statements of an article, of the body and of a
// title that the body doesn't print, whatever they speak of; in an opinion
// piece also the author's own judgements in the topic's passages. They are in
// order of field, start, end and holder.
func Find(doc *text.Document, t topic.Topic, who *actor.Resolver) []Statement {
	return findWithout(doc, t, who, nil)
}

// findWithout lists the statements of an article where the holder of barred, if
// there is one, may not hold its words.
func findWithout(doc *text.Document, t topic.Topic, who *actor.Resolver, barred *Statement) []Statement {
	r := find(doc, &t, who, barred)
	out := r.distinct()
	if doc.Head != nil {
		h := find(doc.Head, nil, who.Head(), barred)
		h.body = doc
		h.headlines(doc, out, r.speakers)
		return inOrder(append(out, h.distinct()...))
	}
	if r.headlines(doc, out, r.speakers) {
		out = r.distinct()
	}
	return inOrder(out)
}

// headlines makes the statements of headlines that the body tells the source
// of; it reports whether it made any.
func (r *reading) headlines(doc *text.Document, body []Statement, under []actor.Mention) bool {
	n := len(r.out)
	r.repeated(body, under)
	if doc.Genre == text.Opinion {
		r.byAuthor(r.who)
	}
	return len(r.out) > n
}

// inOrder puts statements in order.
func inOrder(list []Statement) []Statement {
	for i := 1; i < len(list); i++ {
		if less(&list[i], &list[i-1]) {
			out := make([]Statement, 0, len(list))
			for _, k := range order(list) {
				out = append(out, list[k])
			}
			return out
		}
	}
	return list
}

// order lists the indices of statements in order; of equal ones, the first
// made comes first.
func order(list []Statement) []int {
	by := make([]int, len(list))
	for i := range by {
		by[i] = i
	}
	slices.SortFunc(by, func(i, j int) int {
		switch a, b := &list[i], &list[j]; {
		case less(a, b):
			return -1
		case less(b, a):
			return 1
		}
		return i - j
	})
	return by
}

func less(a, b *Statement) bool {
	switch {
	case a.Field != b.Field:
		return a.Field < b.Field
	case a.Start != b.Start:
		return a.Start < b.Start
	case a.End != b.End:
		return a.End < b.End
	}
	return a.Holder.Name < b.Holder.Name
}

func find(doc *text.Document, t *topic.Topic, who *actor.Resolver, barred *Statement) *reading {
	r := newReading(doc, who)
	r.barred = barred
	r.printed(t)
	r.quotes()
	r.pulls()
	r.reports()
	r.halfQuoted()
	r.goesOnFree()
	r.nestedActs()
	if t != nil && doc.Genre == text.Opinion && who.Publisher().Zero() {
		r.author(*t)
	}
	return r
}

// emit adds a statement for every joint holder. Source and holder are whom the
// event's subject names, unless somebody else's position is reported.
func (r *reading) emit(s Statement, e *event, other []actor.Mention) {
	if s.Empty() || len(e.mentions) == 0 && len(other) == 0 {
		return
	}
	s.Field = r.doc.Field
	s.Headline = r.headline(s.Paragraph)
	s.Score = scores[s.Rule]
	if s.Segments == nil {
		s.Segments = []text.Span{s.Span}
	}
	if s.Voice == "" {
		s.Voice = NoVoice
	}
	for _, m := range e.mentions {
		if m.Actor.Type == actor.Media {
			continue
		}
		s.Actor, s.Holder, s.Speaker = m.Actor, m.Actor, m.Span
		if m.Rule == ruleSecond {
			s.Score = secondScore
		}
		if len(other) == 0 {
			if len(e.by) > 0 && e.by[0].Actor.Type != actor.Media {
				s.ReportedBy = e.by[0].Actor
			}
			r.add(s)
			continue
		}
		for _, o := range other {
			s.Holder, s.ReportedBy = o.Actor, m.Actor
			r.add(s)
		}
		if r.judgesToo(s.Span) {
			s.Holder, s.ReportedBy, s.Secondary = m.Actor, actor.Actor{}, true
			r.add(s)
			s.Secondary = false
		}
	}
}

// add files a statement, unless its holder is barred.
func (r *reading) add(s Statement) {
	if !r.bars(s.Holder, s.Span) {
		r.out = append(r.out, s)
	}
}

// judgesToo reports whether who reports another's position judges it in his own
// words (guide, section 4): "Park said that Nowak rightly wants them out", "the
// voters know that it is time, and we agree".
func (r *reading) judgesToo(s text.Span) bool {
	first, end := r.doc.TokensIn(s)
	for k := first; k < end; k++ {
		switch w := strings.ReplaceAll(r.low[k], "’", "'"); w {
		case "i", "we":
			if k+1 < end && sharers[r.low[k+1]] || k+2 < end && r.is(k+1, auxiliary) && sharers[r.low[k+2]] {
				return true
			}
		case "like", "unlike":
			if k+1 < end && (r.low[k+1] == "us" || r.low[k+1] == "me") {
				return true
			}
		default:
			if endorsers[w] {
				return true
			}
		}
	}
	return false
}

var (
	// sharers are verbs by which a speaker takes a side on what he reports.
	sharers = readList("agree, disagree, share, support, oppose, welcome, reject, concur, dispute")
	// endorsers are words by which a speaker calls another's position right or
	// wrong, or takes it for a fact.
	endorsers = readList("rightly, wrongly, correctly, falsely, mistakenly, foolishly, wisely, sensibly, correct, mistaken, encouraging, disappointing, heartening, unfortunately, sadly, thankfully, regrettably, knows, recognizes, recognises, realizes, realises, understands")
)

// distinct drops statements that say twice what one holder says: the better
// rule stays.
func (r *reading) distinct() []Statement {
	out := make([]Statement, 0, len(r.out))
next:
	for _, i := range order(r.out) {
		s := &r.out[i]
		for k := len(out) - 1; k >= 0 && k >= len(out)-6; k-- {
			if o := &out[k]; o.Holder.Is(s.Holder) && (o.IoU(s.Span) >= 0.8 || o.Span.Contains(s.Span) || s.Span.Contains(o.Span)) {
				if s.Score > o.Score && o.IoU(s.Span) >= 0.8 || s.Span.Contains(o.Span) && s.Span != o.Span {
					out[k] = *s
				}
				continue next
			}
		}
		out = append(out, *s)
	}
	return out
}
