package statement

import (
	"slices"

	"standpoint/internal/actor"
	"standpoint/internal/text"
	"standpoint/internal/topic"
)

// RunnerUp is what the rules make of the words of s when its holder is barred
// from them: the next best attribution, by the same rules. s must be of what
// Find lists for the article; false means that nobody else comes in question.
func RunnerUp(doc *text.Document, t topic.Topic, who *actor.Resolver, s Statement) (Statement, bool) {
	listed := Find(doc, t, who)
	var best Statement
	found := false
	for _, o := range findWithout(doc, t, who, &s) {
		if o.Field != s.Field || o.IoU(s.Span) < 0.5 || o.Holder.Is(s.Holder) || slices.ContainsFunc(listed, func(x Statement) bool { return x.Field == o.Field && x.Span == o.Span && x.Holder.Is(o.Holder) }) {
			continue
		}
		if !found || o.Score > best.Score || o.Score == best.Score && o.IoU(s.Span) > best.IoU(s.Span) {
			best, found = o, true
		}
	}
	return best, found
}

// bars reports whether an actor may not hold the words at s.
func (r *reading) bars(a actor.Actor, s text.Span) bool {
	return r.barred != nil && r.barred.Field == r.doc.Field && a.Is(r.barred.Holder) && s.Overlaps(r.barred.Span)
}

// second is whom the words of e, in sent, could be of if not of its subject:
// whom the sentence names next to the verb, the source of the statement
// before, or who is named before.
func (r *reading) second(sent text.Sentence, e *event, words text.Span) []actor.Mention {
	if r.barred == nil {
		return nil
	}
	ms := r.allowed(r.who.MentionsIn(text.Span{Start: sent.Start, End: r.doc.Tokens[e.last].End}), words)
	for i := len(ms) - 1; i >= 0; i-- {
		if m := ms[i]; !m.Actor.Zero() && m.Actor.Type != actor.Media && !m.Overlaps(words) {
			m.Rule = ruleSecond
			return []actor.Mention{m}
		}
	}
	for k := len(r.out) - 1; k >= 0 && k >= len(r.out)-8; k-- {
		if o := &r.out[k]; o.End <= sent.Start && sent.Paragraph-o.Paragraph <= 2 && o.Voice != Author && !r.bars(o.Actor, words) {
			return []actor.Mention{{Span: o.Speaker, Actor: o.Actor, Rule: ruleSecond}}
		}
	}
	before := r.who.MentionsIn(text.Span{Start: r.doc.Sentences[max(0, e.sentence-3)].Start, End: sent.Start})
	for i := len(before) - 1; i >= 0; i-- {
		switch m := before[i]; m.Actor.Type {
		case actor.Person, actor.Office, actor.Unnamed:
			if m.Rule != "pronoun" && !r.bars(m.Actor, words) {
				m.Rule = ruleSecond
				return []actor.Mention{m}
			}
		}
	}
	return nil
}

// ruleSecond marks a mention that stands in for a barred one.
const ruleSecond = "second"

// secondScore says how often a mention that stands in is right where the first
// was wrong (TestRunnerUpScore).
const secondScore = 0.2

// allowed are the mentions that may hold the words at s.
func (r *reading) allowed(ms []actor.Mention, s text.Span) []actor.Mention {
	if r.barred == nil {
		return ms
	}
	return slices.DeleteFunc(slices.Clone(ms), func(m actor.Mention) bool { return r.bars(m.Actor, s) })
}
