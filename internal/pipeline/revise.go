package pipeline

import (
	"context"

	"standpoint/internal/corpus"
	"standpoint/internal/labels"
	"standpoint/internal/table"
	"standpoint/internal/topic"
)

// revise rewrites committed parts: all of them to label again, or those in
// which a person's new label falls. The new parts are swapped in together,
// with the labels that made them.
func (n *night) revise(ctx context.Context) error {
	if !n.opt.Relabel && len(n.opt.Labels) == 0 {
		return nil
	}
	touched := articlesOf(n.opt.Labels)
	again, err := n.givenAgain(ctx, touched)
	if err != nil {
		return err
	}
	parts, err := n.f.parts()
	if err != nil {
		return err
	}
	var s swap
	for _, name := range parts {
		p, changed, err := n.revisePart(ctx, name, touched, again)
		if err != nil {
			return err
		}
		if !changed {
			continue
		}
		renames, err := n.writePart(p)
		if err != nil {
			return err
		}
		s.Renames = append(s.Renames, renames...)
	}
	if len(n.opt.Labels) > 0 {
		if err := writeLabels(n.f.work(labelsFile), n.units); err != nil {
			return err
		}
		s.Renames = append(s.Renames, rename{workDir + "/" + labelsFile, labelsFile})
	}
	return n.f.commitSwap(s)
}

func articlesOf(units []labels.Unit) map[string]bool {
	ids := map[string]bool{}
	for _, u := range units {
		ids[u.ArticleID] = true
	}
	return ids
}

// revisePart labels again those articles of a part that have to be, from
// their stored body; the others keep their rows.
func (n *night) revisePart(ctx context.Context, name string, touched map[string]bool, again map[string]*corpus.Article) (part, bool, error) {
	p := part{name: name}
	articles, err := table.ReadArticles(n.f.join(articlesDir, name))
	if err != nil {
		return p, false, err
	}
	statements, err := table.ReadStatements(n.f.join(statementsDir, name))
	if err != nil {
		return p, false, err
	}
	rows := rowsOfArticles(articles, statements)
	drafts := make([]*draft, len(articles))
	changed := n.opt.Relabel
	for i := range articles {
		if a := n.relabelSource(&articles[i], rows[i], touched, again); a != nil {
			d := n.labeller.read(a)
			drafts[i] = &d
			changed = true
		}
	}
	if !changed {
		return p, false, nil
	}
	return n.replaceDrafts(ctx, p, articles, rows, drafts)
}

// replaceDrafts puts the rows of the drafts in place of those stored.
func (n *night) replaceDrafts(ctx context.Context, p part, articles []table.Article, rows [][]table.Statement, drafts []*draft) (part, bool, error) {
	var todo []draft
	for _, d := range drafts {
		if d != nil {
			todo = append(todo, *d)
		}
	}
	newArticles, newStatements, err := n.labeller.judged(ctx, todo, n.opt.Workers)
	if err != nil {
		return p, false, err
	}
	newRows := rowsOfArticles(newArticles, newStatements)
	k := 0
	for i, a := range articles {
		own := rows[i]
		if drafts[i] != nil {
			a, own = newArticles[k], newRows[k]
			k++
		}
		p.articles = append(p.articles, a)
		p.statements = append(p.statements, own...)
	}
	return p, true, nil
}

// relabelSource is the article to label again for a stored row, or nil if the
// row stays as it is.
func (n *night) relabelSource(row *table.Article, rows []table.Statement, touched map[string]bool, again map[string]*corpus.Article) *corpus.Article {
	if row.Status == corpus.Broken || row.Status == corpus.Filtered {
		return nil
	}
	if !n.opt.Relabel && !touched[row.ArticleID] {
		return nil
	}
	if row.Body != nil {
		n.relabel.Articles++
		return storedArticle(row, rows, n.opt.Quotes)
	}
	if a := again[row.ArticleID]; a != nil {
		n.relabel.Articles++
		return a
	}
	n.relabel.WithoutBody++
	return nil
}

// storedArticle is the article that a stored row was made of.
func storedArticle(row *table.Article, rows []table.Statement, quotes bool) *corpus.Article {
	a := &corpus.Article{
		ID: row.ArticleID, Input: row.Input, InputID: row.InputID,
		URL: row.URL, Outlet: row.Outlet, Title: row.Title, Authors: row.Authors, Body: *row.Body,
		Precision: corpus.Precision(row.PublishedPrecision), Language: row.Language,
		Truncated: row.Truncated, Kept: row.Kept,
	}
	if row.PublishedAt != nil {
		a.PublishedAt = *row.PublishedAt
	}
	if row.PublishedDay != nil {
		a.PublishedDay = *row.PublishedDay
	}
	if row.CrawledAt != nil {
		a.CrawledAt = *row.CrawledAt
	}
	if quotes && len(rows) > 0 {
		a.Quote = &corpus.Quote{Actor: rows[0].Actor, Text: rows[0].Text, Start: int(rows[0].StartByte)}
		a.Quote.Host = givenHost(rows[0])
	}
	return a
}

// givenAgain reads the inputs for articles that the folder holds without their
// body (they were off topic), and that may be labelled now.
func (n *night) givenAgain(ctx context.Context, touched map[string]bool) (map[string]*corpus.Article, error) {
	bodiless, err := n.bodiless(touched)
	if err != nil || len(bodiless) == 0 {
		return nil, err
	}
	again := map[string]*corpus.Article{}
	err = n.eachChunk(ctx, func(chunk []*corpus.Article) error {
		for _, a := range chunk {
			if a.Status == corpus.OK && bodiless[a.ID] && (touched[a.ID] || topic.Gate(a.Title, a.Body)) {
				again[a.ID] = a
			}
		}
		return nil
	})
	return again, err
}

// bodiless is the off-topic articles that are to be labelled again.
func (n *night) bodiless(touched map[string]bool) (map[string]bool, error) {
	ids := map[string]bool{}
	if len(n.opt.Inputs) == 0 {
		return ids, nil
	}
	parts, err := n.f.parts()
	if err != nil {
		return nil, err
	}
	for _, name := range parts {
		for a, err := range table.Rows[table.Article](n.f.join(articlesDir, name), "article_id", "status") {
			if err != nil {
				return nil, err
			}
			if a.Status == statusOffTopic && (n.opt.Relabel || touched[a.ArticleID]) {
				ids[a.ArticleID] = true
			}
		}
	}
	return ids, nil
}

// rowsOfArticles shares the statements of a part out to its articles: they
// stand in the same order.
func rowsOfArticles(articles []table.Article, statements []table.Statement) [][]table.Statement {
	rows := make([][]table.Statement, len(articles))
	for i, a := range articles {
		n := min(int(a.NStatements), len(statements))
		rows[i], statements = statements[:n], statements[n:]
	}
	return rows
}
