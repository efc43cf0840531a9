package pipeline

import (
	"errors"
	"fmt"
	"path/filepath"

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
	parts, err := f.parts()
	if err != nil {
		return nil, err
	}
	for _, name := range parts {
		for row, err := range table.Rows[table.Article](f.join(articlesDir, name)) {
			if err != nil {
				return nil, err
			}
			if row.ArticleID == articleID && row.Body != nil {
				return newLabeller(s, nil).reading(row), nil
			}
		}
	}
	return nil, fmt.Errorf("%s in %s: %w", articleID, filepath.Clean(path), ErrNoArticle)
}

func (l *labeller) reading(row table.Article) *Reading {
	a := storedArticle(&row, nil, false)
	r := &Reading{Article: row, Doc: text.New(a.Title, a.Body)}
	r.Topic = topic.Read(r.Doc)
	if len(l.settings.Hosts) > 0 {
		r.Topic = r.Topic.Only(l.settings.Hosts)
	}
	who := l.resolver(a, r.Doc, r.Topic)
	r.Mentions = who.MentionsIn(text.Span{Start: 0, End: len(a.Body)})
	r.Statements = statement.Find(r.Doc, r.Topic, who)
	return r
}
