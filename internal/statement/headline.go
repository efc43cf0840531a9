package statement

import (
	"standpoint/internal/actor"
	"standpoint/internal/text"
)

// A headline often leaves out who says what it says (guide, section 2): it
// repeats the words of a statement of the body, whose source is its own.

// repeated makes statements of the headlines of r that name no source, from
// the statements of the body, or of the one under whose name the body is
// printed.
func (r *reading) repeated(body []Statement, under []actor.Mention) {
	for p, para := range r.doc.Paragraphs {
		first, end := r.doc.TokensIn(para.Span)
		if !r.headline(p) && r.doc.Field != text.FieldTitle || r.made(para.Span) || end-first > maxHeadline {
			continue
		}
		st, bare := r.unsourced(p, first, end)
		if st.Empty() {
			continue
		}
		first, end = r.doc.TokensIn(st.Span)
		if o := r.sourceOfWords(first, end, body); o != nil {
			r.file(st, o.Actor, o.Holder, o.ReportedBy)
		} else if len(under) == 1 && !bare {
			r.file(st, under[0].Actor, under[0].Actor, actor.Actor{})
		}
	}
}

// maxHeadline bounds the headlines that are read so, in tokens.
const maxHeadline = 40

// unsourced is what a headline says that names nobody: its quotation, if that
// is a clause, or the whole; bare tells that it has no marks.
func (r *reading) unsourced(p, first, end int) (st Statement, bare bool) {
	for k := first; k < end; k++ {
		if r.isEvent(k) {
			return st, false
		}
	}
	st = Statement{Kind: Direct, Rule: RuleHeadline, Paragraph: p}
	for q := range r.doc.Quotations {
		if x := r.doc.Quotations[q]; x.Paragraph == p && x.DepthInner == 0 {
			if n, m := r.doc.TokensIn(x.Inner); m-n >= 4 {
				st.Span = x.Span
				return st, false
			}
		}
	}
	st.Kind, st.Span = Indirect, r.span(first, end)
	return st, true
}

// sourceOfWords is the statement of the body that tokens [first, end) repeat:
// three of their longer words in four stand in it, three at least.
func (r *reading) sourceOfWords(first, end int, body []Statement) *Statement {
	var long []string
	for k := first; k < end; k++ {
		if len(r.low[k]) > 3 && r.doc.Tokens[k].Kind == text.Word {
			long = append(long, r.low[k])
		}
	}
	if len(long) < 3 {
		return nil
	}
	best, at := 0, -1
	for i := range body {
		if body[i].Headline || body[i].Voice != NoVoice {
			continue
		}
		n := 0
		for _, w := range long {
			n += btoi(r.bodyHas(body[i].Span, w))
		}
		if n > best {
			best, at = n, i
		}
	}
	if best < 3 || best*4 < len(long)*3 {
		return nil
	}
	return &body[at]
}

// bodyHas reports whether a word stands in a span of the body.
func (r *reading) bodyHas(s text.Span, w string) bool {
	doc := r.doc
	if r.body != nil {
		doc = r.body
	}
	for k, end := doc.TokensIn(s); k < end; k++ {
		if doc.Low(k) == w {
			return true
		}
	}
	return false
}

// file adds a headline's statement.
func (r *reading) file(st Statement, a, holder, by actor.Actor) {
	n := len(r.out)
	r.emit(st, &event{mentions: []actor.Mention{{Actor: a}}}, nil)
	for i := n; i < len(r.out); i++ {
		r.out[i].Holder, r.out[i].ReportedBy, r.out[i].Headline = holder, by, true
	}
}

// byAuthor makes the headline of an opinion piece its author's, where nobody
// else is named and it judges.
func (r *reading) byAuthor(who *actor.Resolver) {
	for p, para := range r.doc.Paragraphs {
		first, end := r.doc.TokensIn(para.Span)
		if !r.headline(p) && r.doc.Field != text.FieldTitle || r.made(para.Span) || first == end {
			continue
		}
		if !r.judges(first, end) {
			continue
		}
		st := Statement{Kind: Indirect, Rule: RuleAuthor, Voice: Author, Span: r.span(first, r.headEnd(first, end)), Paragraph: p}
		r.file(st, who.AuthorActor(), who.AuthorActor(), actor.Actor{})
	}
}

// headEnd leaves out the mark that ends a headline.
func (r *reading) headEnd(first, end int) int {
	for end > first+1 && (r.low[end-1] == "." || r.low[end-1] == "!" || r.low[end-1] == "?") {
		end--
	}
	return end
}
