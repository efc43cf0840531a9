package pipeline

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"standpoint/internal/actor"
	"standpoint/internal/statement"
	"standpoint/internal/table"
	"standpoint/internal/text"
	"standpoint/internal/topic"
)

// ErrNoArticle says that a folder holds no such article, or not its text.
var ErrNoArticle = errors.New("no article of this article_id has its text here")

// A Reading is what is read of an article before anything is judged.
type Reading struct {
	Article    table.Article
	Doc        *text.Document
	Topic      topic.Topic
	Mentions   []actor.Mention // of the body, in order
	Statements []statement.Statement
}

// ReadAgain reads a stored article of the folder at path again.
func ReadAgain(path, articleID string, s Settings) (*Reading, error) {
	f := &folder{path: path}
	is := func(a table.Article) bool { return a.ArticleID == articleID }
	part, err := partWith(f, articlesDir, "article_id", is)
	if err != nil {
		return nil, err
	}
	if part != "" {
		articles, err := table.ReadArticles(f.join(articlesDir, part))
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(articles, func(a table.Article) bool { return is(a) && a.Body != nil }); i >= 0 {
			return newLabeller(s, nil).reading(articles[i]), nil
		}
	}
	return nil, fmt.Errorf("%s in %s: %w", articleID, filepath.Clean(path), ErrNoArticle)
}

func (l *labeller) reading(row table.Article) *Reading {
	a := storedArticle(&row, nil, false)
	r := &Reading{Article: row, Doc: text.New(a.Title, a.Body)}
	r.Topic = l.topic(r.Doc)
	who := l.resolver(a, r.Doc, r.Topic)
	r.Mentions = who.MentionsIn(text.Span{Start: 0, End: len(a.Body)})
	r.Statements = statement.Find(r.Doc, r.Topic, who)
	return r
}
