package pipeline

import (
	"context"
	"runtime"

	"standpoint/internal/corpus"
	"standpoint/internal/table"
)

// markDisputed marks the rows to which a second model gives another stance
// than the first did.
func markDisputed(ctx context.Context, f *folder, rows []*candidate, second Settings) error {
	parts, err := f.parts()
	if err != nil {
		return err
	}
	by := map[string]*candidate{}
	for _, c := range rows {
		by[c.id] = c
	}
	l := newLabeller(second, nil)
	for _, name := range parts {
		stored, again, err := l.judgeAgain(ctx, f, name)
		if err != nil {
			return err
		}
		said := map[string]string{}
		for _, r := range again {
			said[r.RowID] = r.Stance
		}
		for _, r := range stored {
			if other, ok := said[r.RowID]; ok {
				by[r.RowID].disputed = other != ModelStance(r)
			}
		}
	}
	return nil
}

// judgeAgain reads and judges a part's articles again, and gives the rows
// stored and those made now.
func (l *labeller) judgeAgain(ctx context.Context, f *folder, part string) (stored, again []table.Statement, err error) {
	articles, err := table.ReadArticles(f.join(articlesDir, part))
	if err != nil {
		return nil, nil, err
	}
	if stored, err = table.ReadStatements(f.join(statementsDir, part)); err != nil {
		return nil, nil, err
	}
	var drafts []draft
	for i, rows := range rowsOfArticles(articles, stored) {
		if a := &articles[i]; a.Body != nil && a.Status != corpus.Broken && a.Status != corpus.Filtered {
			drafts = append(drafts, l.read(storedArticle(a, rows, l.settings.Quotes)))
		}
	}
	_, again, err = l.judged(ctx, drafts, runtime.GOMAXPROCS(0))
	return stored, again, err
}
