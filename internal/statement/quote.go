package statement

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// A turn is what one source says in quotation marks, interrupted by nothing
// but its attribution.
type turn struct {
	segments  []text.Span
	paragraph int
	mentions  []actor.Mention
	cue       text.Span
	rule      string
	event     int // that attributed it, or -1
	lastTok   int // token after its last segment
}

// quotes makes statements of the full clauses in quotation marks.
func (r *reading) quotes() {
	var cur *turn
	for q := range r.doc.Quotations {
		x := r.doc.Quotations[q]
		if !r.opaque(q) || !r.prose(x.Paragraph) || r.owner[x.Paragraph] != 0 && (r.owner[x.Paragraph] == asking || r.wholly(x.Paragraph)) {
			continue
		}
		slogan := r.isSlogan(x)
		if !slogan && !r.isClause(x) {
			r.goOn(cur, x)
			continue
		}
		t := r.attribute(x, cur)
		if ms := []actor.Mention(nil); slogan {
			if ms = r.crowd(x.Start); len(ms) > 0 {
				first, end := r.doc.TokensIn(x.Span)
				for k := r.eventFrom(first - 7); k < len(r.events) && r.events[k].first < first; k++ {
					r.events[k].used = r.events[k].used || sloganWords[r.low[r.events[k].last]]
				}
				r.emitTurn(cur)
				cur = nil
				r.emitTurn(&turn{segments: []text.Span{x.Span}, paragraph: x.Paragraph, mentions: ms, rule: RuleSlogan, event: -1, lastTok: end})
				continue
			}
		}
		if t == nil {
			continue
		}
		if cur != nil && r.goesOn(cur, t) {
			cur.segments = append(cur.segments, t.segments...)
			cur.lastTok, cur.paragraph = t.lastTok, t.paragraph
			continue
		}
		r.emitTurn(cur)
		cur = t
	}
	r.emitTurn(cur)
}

// goOn adds to a turn the rest of its sentence: "…," Park said, "which …".
func (r *reading) goOn(cur *turn, x text.Quotation) {
	if cur == nil || cur.event < 0 || cur.paragraph != x.Paragraph {
		return
	}
	first, end := r.doc.TokensIn(x.Span)
	e := &r.events[cur.event]
	if first-cur.lastTok > 30 || e.first < cur.lastTok || r.doc.SentenceAt(x.Start) != e.sentence || end-first < 4 {
		return
	}
	if r.low[first-1] == "," && first-e.last <= 12 && r.eventFrom(e.last+1) >= r.eventFrom(first) {
		cur.segments = append(cur.segments, x.Span)
		cur.lastTok = end
	}
}

func (r *reading) emitTurn(t *turn) {
	if t == nil {
		return
	}
	s := Statement{Span: text.Span{Start: t.segments[0].Start, End: t.segments[len(t.segments)-1].End}, Segments: t.segments, Kind: Direct, Cue: t.cue,
		Paragraph: r.doc.ParagraphAt(t.segments[0].Start), Rule: t.rule}
	e := event{mentions: t.mentions, sentence: r.doc.SentenceAt(t.segments[0].Start)}
	if t.event >= 0 {
		e.by = r.events[t.event].by
	}
	r.emit(s, &e, r.quotedHolder(t))
}

// attribute finds the source of a quotation that is a full clause.
func (r *reading) attribute(x text.Quotation, cur *turn) *turn {
	first, end := r.doc.TokensIn(x.Span)
	if first >= end {
		return nil
	}
	t := &turn{segments: []text.Span{x.Span}, paragraph: x.Paragraph, event: -1, lastTok: end}
	s := r.doc.Sentences[min(r.doc.SentenceAt(x.Start), len(r.doc.Sentences)-1)]
	opens := first <= s.FirstToken+1
	found := false
	if opens {
		found = r.cueAfter(t, end) || r.cueBefore(t, s, first)
	} else {
		found = r.cueBefore(t, s, first) || r.cueAfter(t, end)
	}
	switch {
	case found:
		e := &r.events[t.event]
		if len(t.mentions) == 0 && cur != nil && e.subject[1] > 0 && r.is(e.subject[0], pronoun) && t.paragraph-cur.paragraph <= 3 {
			t.mentions = cur.mentions // he, whom the resolver can't tell, is likeliest the last speaker
		}
		if e.media() || len(t.mentions) == 0 {
			return nil
		}
		return t
	case first > s.FirstToken && r.low[first-1] == ":" && r.introduced(t, s, first):
		return t
	case opens && r.nextTo(t, s, cur):
		return t
	}
	return nil
}

// take attributes t to event k.
func (t *turn) take(r *reading, k int, rule string) bool {
	e := &r.events[k]
	ms := r.allowed(e.mentions, t.segments[0])
	if len(ms) == 0 && len(e.mentions) > 0 {
		ms = r.second(r.doc.Sentences[e.sentence], e, t.segments[0])
	}
	if len(ms) == 0 && (e.class == classAttitude || len(e.mentions) > 0) {
		return false
	}
	t.event, t.mentions, t.rule = k, ms, rule
	t.cue = r.span(e.first, e.last+1)
	e.used = true
	return true
}

// cueAfter: "…," Park said; "…," said Park.
func (r *reading) cueAfter(t *turn, end int) bool {
	if end >= len(r.low) {
		return false
	}
	s := r.doc.SentenceAt(r.doc.Tokens[end-1].Start)
	if s >= len(r.doc.Sentences) {
		return false
	}
	limit := r.doc.Sentences[s].EndToken
	if end >= limit && s+1 < len(r.doc.Sentences) && r.doc.Sentences[s+1].Paragraph == t.paragraph && end > 1 && (r.low[end-2] == "!" || r.low[end-2] == "?" || r.low[end-2] == ",") {
		limit = min(r.doc.Sentences[s+1].EndToken, end+12)
	}
	from := end
	for from < limit && (r.low[from] == "," || r.low[from] == "-" || r.low[from] == "—" || r.low[from] == "–") {
		from++
	}
	seen := end // no quotation stands in tokens [end, seen)
	for k := r.eventFrom(end); k < len(r.events) && r.events[k].first < limit; k++ {
		e := &r.events[k]
		if r.quoteBetween(seen, e.first) {
			return false
		}
		seen = max(seen, e.first)
		if e.gerund || e.passive {
			continue
		}
		switch {
		case e.inverted && e.first <= from+1:
			return t.take(r, k, RuleInverted)
		case !e.inverted && e.subject[1] > 0 && e.subject[0] >= end && e.subject[0] <= from+2:
			return t.take(r, k, RuleQuoteBefore)
		case !e.inverted && e.class == classSay && r.closes(e) && e.subject[0] > end && r.low[e.subject[0]-1] == ",":
			return t.take(r, k, RuleQuoteBefore)
		case e.first > from+60, e.shared < 0 && e.first > from+25:
			return false
		}
	}
	return false
}

// quoteBetween reports whether a quotation stands in tokens [a, b).
func (r *reading) quoteBetween(a, b int) bool {
	for k := a; k < b && k < len(r.quote); k++ {
		if r.quote[k] != 0 {
			return true
		}
	}
	return false
}

// eventFrom is the first event whose verb is at token i or later.
func (r *reading) eventFrom(i int) int {
	lo, hi := 0, len(r.events)
	for lo < hi {
		m := (lo + hi) / 2
		if r.events[m].last < i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// closes reports whether nothing but times and hearers follows e in its
// sentence, so that what it reports stands before it.
func (r *reading) closes(e *event) bool {
	sent := r.doc.Sentences[e.sentence]
	start, ok := r.contentStart(sent, e)
	return !ok || start >= sent.EndToken
}

// cueBefore: Park said: "…"; Park said that "…".
func (r *reading) cueBefore(t *turn, s text.Sentence, first int) bool {
	k := r.eventFrom(first) - 1
	for ; k >= 0 && r.events[k].first >= s.FirstToken; k-- {
		e := &r.events[k]
		if r.quoteBetween(e.last+1, first) || first-e.last > 16 {
			return false
		}
		gapVerb := false
		for j := e.last + 1; j < first; j++ {
			gapVerb = gapVerb || r.is(j, finite)
		}
		lead := r.low[first-1]
		near := lead == ":" || lead == "," || lead == "that" || first-e.last <= 3
		if !gapVerb && near && (e.class != classAttitude || lead == ":" || first-e.last <= 2) {
			return t.take(r, k, RuleQuoteAfter)
		}
		if gapVerb {
			return false
		}
	}
	return false
}

// maxLead bounds how far before a colon its source may stand, in tokens.
const maxLead = 60

// introduced: a source named in the sentence before a colon.
func (r *reading) introduced(t *turn, s text.Sentence, first int) bool {
	ms := r.allowed(r.who.MentionsIn(r.span(max(s.FirstToken, first-maxLead), first)), t.segments[0])
	if len(ms) == 0 || ms[0].Actor.Type == actor.Media {
		return false
	}
	t.mentions, t.rule = ms[:1], RuleColon
	return true
}

// nextTo: a quotation without a cue goes on with the turn before it, or is
// said by the one whom the sentence before it names as its subject.
func (r *reading) nextTo(t *turn, s text.Sentence, cur *turn) bool {
	start := t.segments[0].Start
	if cur != nil && len(r.allowed(cur.mentions, t.segments[0])) > 0 && (cur.paragraph == t.paragraph && r.adjacent(cur, start) || r.nextParagraph(cur, t) && r.wholeParagraph(t)) {
		t.mentions, t.rule, t.cue = cur.mentions, RuleNext, cur.cue
		return true
	}
	k := r.doc.SentenceAt(start) - 1
	if k < 0 || r.doc.Sentences[k].Paragraph != t.paragraph {
		return false
	}
	for j := r.eventFrom(r.doc.Sentences[k].FirstToken); j < len(r.events) && r.events[j].sentence == k && r.events[j].first < r.doc.Sentences[k].FirstToken+200; j++ {
		if ms := r.allowed(r.events[j].mentions, t.segments[0]); len(ms) > 0 && !r.events[j].media() {
			t.mentions, t.rule = ms[:1], RuleNext
			return true
		}
	}
	if ms := r.allowed(r.who.MentionsIn(r.doc.Sentences[k].Span), t.segments[0]); len(ms) > 0 && ms[0].Start <= r.doc.Sentences[k].Start+2 && ms[0].Actor.Type == actor.Person {
		t.mentions, t.rule = ms[:1], RuleNext
		return true
	}
	return false
}

// goesOn reports whether t goes on with cur: the same source, nothing but
// attribution between.
func (r *reading) goesOn(cur, t *turn) bool {
	if len(cur.mentions) == 0 || len(t.mentions) == 0 || !sameSource(cur.mentions[0], t.mentions[0]) {
		return false
	}
	start := t.segments[0].Start
	if cur.paragraph == t.paragraph {
		return r.adjacent(cur, start)
	}
	return r.nextParagraph(cur, t) && start <= r.doc.Paragraphs[t.paragraph].Start+3 && t.segments[0].End-cur.segments[0].Start <= maxTurn
}

// maxTurn bounds a statement over several paragraphs, in bytes: what is longer
// takes more than one position.
const maxTurn = 700

func sameSource(a, b actor.Mention) bool { return a.Actor.ID == b.Actor.ID }

// adjacent reports whether no whole sentence, and nothing but an attribution,
// stands between cur and byte start.
func (r *reading) adjacent(cur *turn, start int) bool {
	end := cur.segments[len(cur.segments)-1].End
	for s := r.doc.SentenceAt(end); s < len(r.doc.Sentences) && r.doc.Sentences[s].Start < start; s++ {
		x := r.doc.Sentences[s]
		if x.Start >= end && x.End <= start && s != r.eventSentence(cur) {
			return false
		}
	}
	first, last := r.doc.TokensIn(text.Span{Start: end, End: start})
	if last-first > 45 {
		return false
	}
	for k := r.eventFrom(first); k < len(r.events) && r.events[k].first < last; k++ {
		if e := &r.events[k]; !e.used && len(e.mentions) > 0 && (e.gerund || e.shared < 0) && !(e.sentence == r.eventSentence(cur) && r.low[max(0, e.first-1)] == "who") {
			return false // something else is reported in between
		}
	}
	return true
}

func (r *reading) eventSentence(t *turn) int {
	if t.event < 0 {
		return -1
	}
	return r.events[t.event].sentence
}

// nextParagraph reports whether t starts in the next paragraph of text after
// cur, which ends with its attribution.
func (r *reading) nextParagraph(cur, t *turn) bool {
	p := cur.paragraph + 1
	for p < t.paragraph && !r.prose(p) {
		p++
	}
	if p != t.paragraph {
		return false
	}
	end := cur.segments[len(cur.segments)-1].End
	last := r.doc.Paragraphs[cur.paragraph]
	s := r.doc.SentenceAt(end)
	return s+2 >= last.EndSentence && r.adjacent(&turn{segments: cur.segments, event: cur.event, paragraph: cur.paragraph}, last.End)
}

func (r *reading) wholeParagraph(t *turn) bool {
	p := r.doc.Paragraphs[t.paragraph]
	return t.segments[0].Start <= p.Start+3 && t.segments[len(t.segments)-1].End >= p.End-3
}

// isClause reports whether the words in the marks carry a full clause: a
// subject and a finite verb, or an imperative; or stand as a sentence.
func (r *reading) isClause(x text.Quotation) bool {
	inner := x.Inner.In(r.doc.Body)
	c, _ := utf8.DecodeRuneInString(strings.TrimLeft(inner, " […."))
	first, end := r.doc.TokensIn(x.Inner)
	if end-first < 2 {
		return false
	}
	capital := unicode.IsUpper(c)
	f := firstWord(r, first, end)
	if capital && (r.is(f, imperative) || r.is(f, finite) && f+2 < end && (r.is(f+1, pronoun|determiner) || r.upper(f+1))) {
		return true // "Stay here", "Will they go"
	}
	for k := f; k < end; k++ {
		w := r.low[k]
		if k == f {
			if contraction(w) {
				return true
			}
			continue
		}
		if r.is(k, finite) && !(r.is(f, boundary) && !capital) || contraction(w) && r.doc.Tokens[k].Kind == text.Word {
			return capital || r.is(f, pronoun) || r.is(f, determiner) || r.subjectBefore(f, k)
		}
	}
	if capital && end-first >= 5 {
		return !r.titled(first, end)
	}
	prev := first - 2
	return capital && prev >= 0 && (r.low[prev] == ":" || r.doc.SentenceAt(x.Start) < len(r.doc.Sentences) && r.doc.Sentences[r.doc.SentenceAt(x.Start)].Start == x.Start && end-first >= 3)
}

// titled reports whether most words start with a capital: the name of a book,
// a law, a programme.
func (r *reading) titled(first, end int) bool {
	words, capitals := 0, 0
	for k := first; k < end && k < first+20; k++ {
		if r.doc.Tokens[k].Kind == text.Word && len(r.low[k]) > 3 {
			words++
			if r.upper(k) {
				capitals++
			}
		}
	}
	return capitals*3 >= words*2
}

func firstWord(r *reading, first, end int) int {
	f := first
	for f < end-1 && r.doc.Tokens[f].Kind == text.Punct {
		f++
	}
	return f
}

// subjectBefore: "because we must stay", "of course the army will".
func (r *reading) subjectBefore(f, k int) bool {
	noun := false
	for j := f; j < k; j++ {
		if r.is(j, pronoun) && r.low[j] != "who" {
			return true
		}
		if r.is(j, boundary) {
			return false
		}
		noun = noun || r.is(j, determiner) || r.upper(j)
	}
	return noun && !r.is(k-1, preposition)
}

func contraction(w string) bool {
	n := len(w)
	if n < 3 || w[n-2] != '\'' && w[n-3] != '\'' && w[n-2] != 0x99 && w[n-3] != 0x99 { // the last byte of ’
		return false
	}
	for _, s := range []string{"'re", "'ve", "'ll", "'m", "'d", "’re", "’ve", "’ll", "’m", "’d"} {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	switch w {
	case "he's", "she's", "it's", "he’s", "she’s", "it’s":
		return true
	}
	return false
}
