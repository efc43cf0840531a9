package statement

import (
	"strings"
	"unicode"

	"standpoint/internal/actor"
	"standpoint/internal/text"
	"standpoint/internal/topic"
)

// Texts printed under a name (guide, section 10): the turns of a transcript,
// statements, letters and speeches set without quotation marks. Their
// paragraphs are their speaker's own words.

// findOwners tells of each paragraph whose text it prints, by index into
// r.speakers plus one; 0 where the narrator writes.
func (r *reading) findOwners() {
	r.owner = make([]int32, len(r.doc.Paragraphs))
	if r.doc.Field == text.FieldTitle {
		return
	}
	if r.turns() || r.interview() {
		r.spoken = r.inTalk()
		return
	}
	r.leadIns()
	r.letters()
	r.ownVoice()
	r.inserts()
}

// speaker files a source and gives its number.
func (r *reading) speaker(m actor.Mention) int32 {
	for i := range r.speakers {
		if sameSource(r.speakers[i], m) {
			return int32(i) + 1
		}
	}
	r.speakers = append(r.speakers, m)
	return int32(len(r.speakers))
}

// turns reads a transcript or an interview: its layout gives each paragraph to
// the voice that a label names, "MR. NOWAK: We stay."; those who ask have no
// statements. An answer under "A:" is the one interviewed's.
func (r *reading) turns() bool {
	any := false
	known := map[string]int32{}
	for p, para := range r.doc.Paragraphs {
		switch {
		case !r.prose(p):
		case para.Layout == text.Question:
			r.owner[p] = asking
		case para.Layout == text.Turn:
			name := para.Label.In(r.doc.Body)
			if _, ok := known[name]; !ok {
				known[name] = asking
				if m, ok := r.turnOf(p); ok {
					known[name], any = r.speaker(m), true
				}
			}
			r.owner[p] = known[name]
		}
	}
	return any
}

// inTalk reports whether several have turns, or somebody asks: a single
// voice's record is a speech.
func (r *reading) inTalk() bool {
	if len(r.speakers) > 1 {
		return true
	}
	for _, o := range r.owner {
		if o == asking {
			return true
		}
	}
	return false
}

// turnOf is whose turn paragraph p is.
func (r *reading) turnOf(p int) (actor.Mention, bool) {
	label := r.doc.Paragraphs[p].Label
	if label.Len() == 1 {
		return r.interviewed(p)
	}
	m, ok := r.labelled(label)
	if full := r.fullName(label); ok && !m.Actor.Known && !full.Zero() {
		m.Actor = full
	}
	return m, ok
}

// fullName is the person of a label's surname whom the title or the publisher
// names in full.
func (r *reading) fullName(label text.Span) actor.Actor {
	words := strings.Fields(label.In(r.doc.Body))
	surname := words[len(words)-1]
	found := func(a actor.Actor) bool {
		names := strings.Fields(a.Name)
		return len(names) > 1 && a.Type == actor.Person && (strings.EqualFold(names[0], surname) || strings.EqualFold(names[len(names)-1], surname))
	}
	if p := r.who.Publisher(); found(p) {
		return p
	}
	head := r.doc.Head
	if head == nil {
		return actor.Actor{}
	}
	for k := range head.Tokens {
		if !strings.EqualFold(head.Word(k), surname) {
			continue
		}
		for _, m := range r.who.Head().ResolveAll(capitalRun(head, k)) {
			if found(m.Actor) {
				return m.Actor
			}
		}
	}
	return actor.Actor{}
}

// capitalRun is the words with capitals around token k.
func capitalRun(d *text.Document, k int) text.Span {
	capital := func(i int) bool {
		return d.Tokens[i].Kind == text.Word && unicode.IsUpper(rune(d.Word(i)[0]))
	}
	first, last := k, k
	for first > 0 && capital(first-1) {
		first--
	}
	for last+1 < len(d.Tokens) && capital(last+1) {
		last++
	}
	return text.Span{Start: d.Tokens[first].Start, End: d.Tokens[last].End}
}

// minQuestions is how many paragraphs that only ask make an interview.
const minQuestions = 4

// interview reads questions and answers set as paragraphs without names: the
// answers are those of the person whom the text names before the first
// question.
func (r *reading) interview() bool {
	first, n, prose := -1, 0, 0
	for p := range r.doc.Paragraphs {
		if !r.prose(p) {
			continue
		}
		prose++
		if r.isQuestion(p) {
			if n++; first < 0 {
				first = p
			}
		}
	}
	if n < minQuestions || n*4 < prose {
		return false
	}
	source, ok := r.interviewed(first)
	if !ok {
		return false
	}
	speaker := r.speaker(source)
	for p := first; p < len(r.doc.Paragraphs); p++ {
		switch {
		case !r.prose(p):
		case r.isQuestion(p):
			r.owner[p] = asking
		default:
			r.owner[p] = speaker
		}
	}
	return true
}

// interviewed is the person whom the text names by a full name last before
// paragraph last, the first of that paragraph: an interview introduces him.
func (r *reading) interviewed(last int) (actor.Mention, bool) {
	for p := last; p >= 0; p-- {
		if r.owner[p] != 0 || !r.prose(p) || r.headline(p) {
			continue
		}
		for _, m := range r.who.MentionsIn(r.doc.Paragraphs[p].Span) {
			if m.Actor.Type == actor.Person && m.Rule != "pronoun" && strings.Contains(m.Actor.Name, " ") {
				return m, true
			}
		}
	}
	return actor.Mention{}, false
}

// isQuestion reports whether paragraph p only asks: three sentences at most,
// the last a question, outside quotation marks; or all of it set off by signs
// of emphasis.
func (r *reading) isQuestion(p int) bool {
	para := r.doc.Paragraphs[p]
	first, end := r.doc.TokensIn(para.Span)
	marked := end > first && emphatic(r.low[first]) && emphatic(r.low[end-1])
	for end > first && emphatic(r.low[end-1]) {
		end--
	}
	return end > first && end-first < 60 && para.EndSentence-para.FirstSentence <= 3 && (r.low[end-1] == "?" || marked && end-first > 2) && r.quote[end-1] == 0
}

// asking marks the paragraphs of those who ask, nobody's statements; pulled
// those of quotations set apart, which say again what stands in the text.
const asking, pulled = -1, -2

// labelled is whom a label names.
func (r *reading) labelled(label text.Span) (actor.Mention, bool) {
	ms := r.who.ResolveAll(label)
	if len(ms) > 0 && !ms[0].Actor.Zero() && ms[0].Actor.Type != actor.Media {
		return ms[0], true
	}
	return actor.Mention{}, false
}

// leadIns: "Senator Nowak released the following statement:" gives the
// paragraphs after it to him, until he or another source is named again.
func (r *reading) leadIns() {
	now := int32(0)
	started, marked := false, false // whether the text has begun, and in marks
	for p := range r.doc.Paragraphs {
		para := r.doc.Paragraphs[p]
		if !r.prose(p) {
			continue
		}
		body := strings.TrimRight(para.In(r.doc.Body), " \n*")
		switch {
		case para.FirstSentence < para.EndSentence && (strings.HasSuffix(body, ":") && r.leadsIn(p) || r.announces(p)):
			now, started = 0, false
			if ms := r.sourceOf(p); len(ms) > 0 {
				now = r.speaker(ms[0])
			}
			continue
		case now == 0:
			continue
		case strings.HasPrefix(body, "###"), r.speaksOf(p, now), r.doc.Paragraphs[p].Class != text.Prose:
			now = 0
			continue
		case r.quotedShare(p) > 0.5 && !r.wholly(p):
			continue
		case started && marked && !r.wholly(p):
			now = 0 // the narrator goes on
			continue
		}
		if !started {
			started, marked = true, r.wholly(p)
		}
		r.owner[p] = now
	}
}

// wholly reports whether one quotation is all of paragraph p.
func (r *reading) wholly(p int) bool {
	para := r.doc.Paragraphs[p]
	first, end := r.doc.TokensIn(para.Span)
	return end-first >= 2 && r.quote[first] != 0 && r.quote[first] == r.quote[end-1]
}

// printedNouns name texts that are printed after a colon.
var printedNouns = readList("statement, remarks, letter, text, speech, transcript, excerpt, excerpts, comment, comments, testimony, message, address, following, follows, below, note, post, said, wrote, says")

func (r *reading) leadsIn(p int) bool {
	para := r.doc.Paragraphs[p]
	s := r.doc.Sentences[para.EndSentence-1]
	for k := s.FirstToken; k < s.EndToken; k++ {
		if printedNouns[r.low[k]] && r.quote[k] == 0 {
			return true
		}
	}
	for n := p + 1; n < len(r.owner); n++ {
		if r.prose(n) {
			return r.wholly(n)
		}
	}
	return false
}

// announces reports whether paragraph p, which ends with no colon, announces
// the text behind it: "Park issued the following statement on the bases."
func (r *reading) announces(p int) bool {
	para := r.doc.Paragraphs[p]
	first, end := r.doc.TokensIn(para.Span)
	for k := first + 1; k+1 < end; k++ {
		if r.quote[k] != 0 || !titleNouns[r.low[k+1]] {
			continue
		}
		if r.low[k] == "following" && r.low[k-1] == "the" || r.low[k] == "this" && releases[r.low[k-1]] {
			return true
		}
	}
	return false
}

// releases are verbs by which somebody gives a text out.
var releases = readList("released, issued, made, gave, delivered, offered, published, posted, releases, issues")

// sourceOf is whom the last sentence of a lead-in names first, or else the
// paragraph.
func (r *reading) sourceOf(p int) []actor.Mention {
	para := r.doc.Paragraphs[p]
	s := r.doc.Sentences[para.EndSentence-1]
	for k := r.eventFrom(s.FirstToken); k < len(r.events) && r.events[k].first < s.EndToken; k++ {
		if e := &r.events[k]; len(e.mentions) > 0 && !e.media() {
			return e.mentions[:1]
		}
	}
	for _, span := range []text.Span{s.Span, para.Span} {
		for _, m := range r.who.MentionsIn(span) {
			if m.Actor.Type == actor.Person || m.Actor.Type == actor.Office {
				return []actor.Mention{m}
			}
		}
	}
	return nil
}

// speaksOf reports whether paragraph p speaks of the source in the third
// person, or quotes him.
func (r *reading) speaksOf(p int, speaker int32) bool {
	for _, m := range r.who.MentionsIn(r.doc.Paragraphs[p].Span) {
		if sameSource(m, r.speakers[speaker-1]) && m.Rule != "pronoun" {
			return true
		}
	}
	return false
}

func (r *reading) quotedShare(p int) float64 {
	first, end := r.doc.TokensIn(r.doc.Paragraphs[p].Span)
	n := 0
	for k := first; k < end; k++ {
		n += btoi(r.quote[k] != 0)
	}
	return float64(n) / float64(max(1, end-first))
}

// maxApart is how many printed paragraphs of one source that don't speak of
// forces are statements (guide, section 10).
const maxApart = 3

// printed makes a statement of each paragraph that prints its source's words.
func (r *reading) printed(t *topic.Topic) {
	about := map[int]bool{}
	if t != nil {
		for _, p := range t.Passages {
			about[p.Paragraph] = true
		}
	}
	r.replies(about)
	apart := make([]int, len(r.speakers)+1)
	for p, o := range r.owner {
		if o <= 0 {
			continue
		}
		if r.bars(r.speakers[o-1].Actor, r.doc.Paragraphs[p].Span) {
			r.owner[p] = 0
			continue
		}
		if !about[p] {
			if apart[o]++; apart[o] > maxApart {
				continue
			}
		}
		first, end := r.doc.TokensIn(r.doc.Paragraphs[p].Span)
		first, end = r.unlabelled(p, first, end)
		if l, ok := r.letter[p]; ok {
			first, end = l[0], l[1]
		}
		m := r.speakers[o-1]
		m.Span = text.Span{}
		r.runs(p, first, end, &event{mentions: []actor.Mention{m}})
	}
}

// replies adds to the paragraphs about the forces the turns that follow one in
// talk, maxReplies of them.
func (r *reading) replies(about map[int]bool) {
	if !r.spoken {
		return
	}
	run, last := maxReplies, int32(0)
	for p, o := range r.owner {
		switch {
		case !r.prose(p):
			continue
		case about[p]:
			run = 0
		case run < maxReplies && o != 0:
			if o != last {
				run++
			}
			about[p] = o > 0
		}
		last = o
	}
}

// maxReplies is how many turns in talk go on with what one about the forces
// said.
const maxReplies = 1

// minWords is the least a run of sentences has to be a statement, in tokens.
const minWords = 5

// maxRun is how many sentences in talk are one statement: people take a side
// for two or three (measured on the labelled train texts).
const maxRun = 3

// runs makes the statements of tokens [first, end) of paragraph p, by one
// speaker. In talk, a sentence that tells what somebody else says or wants
// stands apart, and what lies between such sentences is one statement or
// several; in writing all of them serve the writer's own position.
func (r *reading) runs(p, first, end int, by *event) {
	para := r.doc.Paragraphs[p]
	from, n := first, 0
	flush := func(to int) {
		if to-from >= minWords {
			r.emit(Statement{Kind: Direct, Rule: RulePrinted, Span: r.span(from, to), Paragraph: p}, by, nil)
		}
		from, n = to, 0
	}
	for s := para.FirstSentence; s < para.EndSentence && (r.spoken || r.letter[p] != [2]int{}); s++ {
		sent := r.doc.Sentences[s]
		at := max(first, sent.FirstToken)
		if at >= end {
			break
		}
		if other := r.heardIn(s, by); other != nil {
			flush(at)
			r.emit(Statement{Kind: Direct, Rule: RulePrinted, Span: r.span(at, sent.EndToken), Cue: r.span(other.first, other.last+1), Paragraph: p}, by, other.mentions)
			from = sent.EndToken
			continue
		}
		if n == maxRun {
			flush(at)
		}
		n += btoi(sent.EndToken > from)
	}
	flush(end)
}

// heardIn is the verb of somebody else with whom sentence s opens: "The
// embassy said that it respects the vote."
func (r *reading) heardIn(s int, by *event) *event {
	sent := r.doc.Sentences[s]
	for k := r.eventFrom(sent.FirstToken); k < len(r.events) && r.events[k].sentence == s; k++ {
		e := &r.events[k]
		if e.quotes || e.passive || e.gerund || e.shared >= 0 || e.class == classAct || len(e.mentions) == 0 || e.media() {
			continue
		}
		if e.subject[0] > sent.FirstToken+3 || r.is(e.subject[1]-1, pronoun) || sameSource(e.mentions[0], by.mentions[0]) {
			return nil
		}
		return e
	}
	return nil
}
