package pipeline

import (
	"cmp"
	"context"
	"slices"

	"standpoint/internal/actor"
	"standpoint/internal/corpus"
	"standpoint/internal/features"
	"standpoint/internal/labels"
	"standpoint/internal/model"
	"standpoint/internal/statement"
	"standpoint/internal/table"
	"standpoint/internal/text"
	"standpoint/internal/topic"
)

// The states of an article beside those in which corpus leaves it.
const (
	statusLabelled    = "labelled"
	statusNoStatement = "no_statement"
	statusOffTopic    = "off_topic"
)

// A labeller turns articles into rows. It is safe for concurrent use.
type labeller struct {
	settings Settings
	units    map[string][]labels.Unit // a person's labels, by article_id
}

// A draft is an article read but not yet judged.
type draft struct {
	article table.Article
	cases   []judgement
}

// A judgement is one row to be: an instance to judge, and a person's label if
// there is one.
type judgement struct {
	instance features.Instance
	human    *labels.Unit
}

// read finds the statements of a decoded article, one judgement for each
// statement, holder and host country.
func (l *labeller) read(a *corpus.Article) draft {
	d := draft{article: articleRow(a)}
	switch {
	case a.Status != corpus.OK:
		return d
	case a.Quote != nil:
		d.cases = l.readQuote(a)
		for _, c := range d.cases {
			if c.instance.Host != "" {
				d.article.HostCountries = append(d.article.HostCountries, c.instance.Host)
			}
		}
	case !topic.Gate(a.Title, a.Body) && len(l.units[a.ID]) == 0:
		d.article.Status = statusOffTopic
		return d
	default:
		doc := text.New(a.Title, a.Body)
		t := l.topic(doc)
		if len(t.Passages) == 0 && len(l.units[a.ID]) == 0 {
			d.article.Status = statusOffTopic
			return d
		}
		d.article.Genre = string(doc.Genre)
		d.article.HostCountries = t.Hosts
		d.cases = l.readArticle(a, doc, t)
	}
	d.article.Body = &a.Body
	d.article.Status = statusLabelled
	if len(d.cases) == 0 {
		d.article.Status = statusNoStatement
	}
	return d
}

// readArticle finds the statements of an article on topic and gives each its
// host countries: those of its passage, or else the article's main host.
func (l *labeller) readArticle(a *corpus.Article, doc *text.Document, t topic.Topic) []judgement {
	r := l.resolver(a, doc, t)
	hosts := map[int][]string{}
	for _, p := range t.Passages {
		hosts[p.Paragraph] = p.Hosts
	}
	var cases []judgement
	for _, s := range statement.Find(doc, t, r) {
		for _, host := range hostsOf(s, hosts, t) {
			cases = append(cases, judgement{instance: features.New(doc, s, host)})
		}
	}
	return sortCases(l.applyUnits(a, doc, cases))
}

// topic is what a document says about the forces in the host countries asked for.
func (l *labeller) topic(doc *text.Document) topic.Topic {
	t := topic.Read(doc)
	if len(l.settings.Hosts) > 0 {
		t = t.Only(l.settings.Hosts)
	}
	return t
}

// resolver tells who is who in an article.
func (l *labeller) resolver(a *corpus.Article, doc *text.Document, t topic.Topic) *actor.Resolver {
	return actor.NewResolver(l.settings.Registry, doc, t.Hosts, a.PublishedDay, a.Outlet, byline(a, doc))
}

// hostsOf is the host countries for which s gets a row.
func hostsOf(s statement.Statement, passages map[int][]string, t topic.Topic) []string {
	if s.Field == text.FieldBody {
		if hosts := passages[s.Paragraph]; len(hosts) > 0 {
			return hosts
		}
	}
	if main := t.Main(); main != "" {
		return []string{main}
	}
	return nil
}

// sortCases puts cases in the order of the rows and drops a second row of the
// same statement, holder and host.
func sortCases(cases []judgement) []judgement {
	slices.SortStableFunc(cases, func(a, b judgement) int {
		x, y := a.instance.Statement, b.instance.Statement
		return cmp.Or(
			cmp.Compare(x.Field, y.Field),
			cmp.Compare(x.Start, y.Start),
			cmp.Compare(x.End, y.End),
			cmp.Compare(x.Holder.Name, y.Holder.Name),
			cmp.Compare(a.instance.Host, b.instance.Host))
	})
	return slices.CompactFunc(cases, func(a, b judgement) bool {
		x, y := a.instance.Statement, b.instance.Statement
		return x.Field == y.Field && x.Span == y.Span && x.Holder.ID == y.Holder.ID && a.instance.Host == b.instance.Host
	})
}

// byline is the article's author as the source names him, or else as the text
// does.
func byline(a *corpus.Article, doc *text.Document) string {
	if len(a.Authors) > 0 {
		return a.Authors[0]
	}
	return doc.Author
}

// readQuote makes the judgements of an input row that is a quote already: one
// for each host country.
func (l *labeller) readQuote(a *corpus.Article) []judgement {
	doc := text.New("", a.Body)
	span := text.Span{Start: a.Quote.Start, End: a.Quote.Start + len(a.Quote.Text)}
	holder := l.settings.Registry.Canonical(a.Quote.Actor)
	s := statement.Statement{
		Span: span, Field: text.FieldBody, Segments: []text.Span{span}, Kind: statement.Direct,
		Actor: holder, Holder: holder, Voice: statement.NoVoice,
		Paragraph: max(0, doc.ParagraphAt(span.Start)), Rule: ruleGiven, Score: 1,
	}
	if a.Quote.Host != "" {
		s.Rule = ruleGivenHost
	}
	var cases []judgement
	for _, host := range l.quoteHosts(a, doc) {
		cases = append(cases, judgement{instance: features.New(doc, s, host)})
	}
	l.overrule(a.ID, cases)
	return cases
}

// quoteHosts is the host countries of a quote given as a row: its own, or
// those found in its context, or those of the settings, or one without a name.
func (l *labeller) quoteHosts(a *corpus.Article, doc *text.Document) []string {
	if a.Quote.Host != "" {
		return []string{a.Quote.Host}
	}
	if found := topic.Read(doc).Hosts; len(found) > 0 {
		return found
	}
	if len(l.settings.Hosts) > 0 {
		return l.settings.Hosts
	}
	return []string{""}
}

// judge labels drafts: all their judgements in one call for each chunk, shared
// out over workers.
func (l *labeller) judge(ctx context.Context, drafts []draft, workers int) ([]model.Prediction, error) {
	var in []features.Instance
	for _, d := range drafts {
		for _, c := range d.cases {
			in = append(in, c.instance)
		}
	}
	out := make([]model.Prediction, len(in))
	const chunk = 32 // a second or two of a transformer
	err := parallel(ctx, workers, (len(in)+chunk-1)/chunk, func(i int) error {
		from, to := i*chunk, min((i+1)*chunk, len(in))
		ps, err := l.settings.Model.Predict(ctx, in[from:to])
		copy(out[from:to], ps)
		return err
	})
	return out, err
}
