package pipeline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"standpoint/internal/corpus"
	"standpoint/internal/labels"
	"standpoint/internal/model"
	"standpoint/internal/statement"
	"standpoint/internal/table"
	"standpoint/internal/text"
)

// articleRow is the row of an article as reading left it.
func articleRow(a *corpus.Article) table.Article {
	return table.Article{
		ArticleID:          a.ID,
		Input:              a.Input,
		InputID:            a.InputID,
		URL:                a.URL,
		Outlet:             a.Outlet,
		Title:              a.Title,
		Authors:            a.Authors,
		PublishedAt:        optional(a.PublishedAt),
		PublishedDay:       optional(a.PublishedDay),
		PublishedPrecision: string(a.Precision),
		CrawledAt:          optional(a.CrawledAt),
		Language:           a.Language,
		Genre:              string(text.OtherGenre),
		Status:             a.Status,
		Reason:             a.Reason,
		Truncated:          a.Truncated,
		NChars:             int32(utf8.RuneCountInString(a.Body)),
		Kept:               a.Kept,
	}
}

// optional is t, or nil for the zero time.
func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// rows finishes a draft: its article's row with the counts, and a row for
// each judgement.
func (l *labeller) rows(d draft, ps []model.Prediction) (table.Article, []table.Statement) {
	out := make([]table.Statement, len(d.cases))
	points := map[*text.Document]runes{}
	for i, c := range d.cases {
		doc := c.instance.Doc
		if _, ok := points[doc]; !ok {
			points[doc] = newRunes(doc.Body)
		}
		out[i] = l.row(&d.article, c, ps[i], points[doc])
		if out[i].Abstained {
			d.article.NAbstained++
		}
	}
	d.article.NStatements = int32(len(out))
	return d.article, out
}

// row is the row of one judgement.
func (l *labeller) row(a *table.Article, c judgement, p model.Prediction, points runes) table.Statement {
	s, doc := c.instance.Statement, c.instance.Doc
	id := statementID(a.ArticleID, s.Field, s.Span)
	quote := quoteOf(doc.Body, s)
	row := table.Statement{
		PublishedDay: a.PublishedDay, PublishedAt: a.PublishedAt, PublishedPrecision: a.PublishedPrecision,
		Outlet: a.Outlet, Title: a.Title, URL: a.URL,
		ArticleID: a.ArticleID, Input: a.Input, InputID: a.InputID,

		StatementID: id, RowID: rowID(id, s.Holder.ID, c.instance.Host), UtteranceID: utteranceID(s.Holder.ID, quote),
		HostCountry: c.instance.Host, Kind: string(s.Kind), Quote: quote, Text: s.Span.In(doc.Body), Segments: segments(points, s),
		Before: contextBefore(doc, s.Span), After: contextAfter(doc, s.Span),
		IsHeadline: s.Headline, Voice: string(s.Voice), IsSecondary: s.Secondary, Field: s.Field,

		Speaker: s.Speaker.In(doc.Body), Cue: s.Cue.In(doc.Body),
		Actor: s.Actor.Name, ActorID: s.Actor.ID, ActorType: s.Actor.Type,
		Holder: s.Holder.Name, HolderID: s.Holder.ID, HolderType: s.Holder.Type, HolderCountry: s.Holder.Country,
		HolderGroup: s.Holder.Group, HolderSide: c.instance.Side, OwnWords: s.OwnWords(),
		ReportedBy: s.ReportedBy.Name, ReportedByID: s.ReportedBy.ID,
		AttributionRule: s.Rule, AttributionScore: s.Score,

		Model: l.settings.Model.Name(), ModelDigest: l.settings.Model.Digest(), SchemaVersion: table.SchemaVersion,
	}
	row.StartByte, row.EndByte = int32(s.Start), int32(s.End)
	row.StartChar, row.EndChar = points.span(s.Span)
	row.CueStartByte, row.CueEndByte = int32(s.Cue.Start), int32(s.Cue.End)
	row.CueStartChar, row.CueEndChar = points.span(s.Cue)
	row.SpeakerStartByte, row.SpeakerEndByte = int32(s.Speaker.Start), int32(s.Speaker.End)
	row.SpeakerStartChar, row.SpeakerEndChar = points.span(s.Speaker)
	setPrediction(&row, p)
	if c.human != nil {
		setHuman(&row, *c.human)
	}
	return row
}

// setPrediction fills what the model says.
func setPrediction(row *table.Statement, p model.Prediction) {
	row.Stance = labels.Stances[argmax(p.Stance[:])]
	row.StanceStrength = int32(p.Strength)
	row.Abstained = p.Abstained
	row.Sentiment = labels.Sentiments[argmax(p.Sentiment[:])]
	row.StanceScore = p.Stance[labels.Favor] - p.Stance[labels.Against]
	row.StancePFavor = p.Stance[labels.Favor]
	row.StancePAgainst = p.Stance[labels.Against]
	row.StancePMixed = p.Stance[labels.Mixed]
	row.StancePNeutral = p.Stance[labels.Neutral]
	row.StancePUnrelated = p.Stance[labels.Unrelated]
	row.SentimentPPositive = p.Sentiment[labels.Positive]
	row.SentimentPNeutral = p.Sentiment[labels.NeutralTone]
	row.SentimentPNegative = p.Sentiment[labels.Negative]
	row.LabelSource, row.Sample = "model", noSample
}

// noSample is the sample of a row that nobody checked, or for no sample.
const noSample = "none"

// setHuman puts a person's label over the model's; the probabilities stay the
// model's.
func setHuman(row *table.Statement, u labels.Unit) {
	row.Stance, row.StanceStrength, row.Sentiment = u.Stance, int32(u.StanceStrength), u.Sentiment
	row.Abstained = false
	row.LabelSource, row.LabelledBy = "human", u.Annotator
	row.Sample, row.SampleWeight = cmp.Or(u.Sample, noSample), u.SampleWeight
}

// quoteOf is the segments of s joined by an ellipsis.
func quoteOf(body string, s statement.Statement) string {
	if len(s.Segments) <= 1 {
		return s.Span.In(body)
	}
	parts := make([]string, len(s.Segments))
	for i, seg := range s.Segments {
		parts[i] = seg.In(body)
	}
	return strings.Join(parts, " … ")
}

// segments writes the segments of s in code points: "916-1139;1197-1368".
func segments(points runes, s statement.Statement) string {
	segs := s.Segments
	if len(segs) == 0 {
		segs = []text.Span{s.Span}
	}
	parts := make([]string, len(segs))
	for i, seg := range segs {
		start, end := points.span(seg)
		parts[i] = fmt.Sprintf("%d-%d", start, end)
	}
	return strings.Join(parts, ";")
}

// argmax is the index of the largest value, the first of equals.
func argmax(p []float64) int { return slices.Index(p, slices.Max(p)) }
