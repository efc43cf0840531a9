package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"standpoint/internal/corpus"
	"standpoint/internal/table"
)

// A part is the rows of up to PartSize articles.
type part struct {
	name       string
	articles   []table.Article
	statements []table.Statement
}

// groupBytes bounds the texts that are read before they are judged: an
// article in work takes some 40 times its text. Parts of news items are one or
// two groups.
const groupBytes = 4 << 20

// labelPart labels the articles of a part, a group at a time, and hands the
// rows to the writer.
func (n *night) labelPart(ctx context.Context, in []admitted, out *writer) error {
	p := part{name: n.opt.Shard.part(n.nextPart)}
	n.nextPart++
	for len(in) > 0 {
		group := firstGroup(in)
		in = in[len(group):]
		drafts := make([]draft, len(group))
		err := parallel(ctx, n.opt.Workers, len(group), func(i int) error {
			drafts[i] = n.labeller.draft(group[i])
			return nil
		})
		if err != nil {
			return err
		}
		articles, statements, err := n.labeller.judged(ctx, drafts, n.opt.Workers)
		if err != nil {
			return err
		}
		p.articles = append(p.articles, articles...)
		p.statements = append(p.statements, statements...)
	}
	for i := range p.articles {
		if p.articles[i].Status == statusLabelled || p.articles[i].Status == statusNoStatement {
			n.progress.Labelled++
		}
	}
	n.tell("labelling")
	return out.put(ctx, p)
}

// firstGroup is as many of the articles as are read at once.
func firstGroup(in []admitted) []admitted {
	size := 0
	for i, a := range in {
		if size += len(a.article.Body); size > groupBytes && i > 0 {
			return in[:i]
		}
	}
	return in
}

// draft reads an admitted article; a copy only gets a row that says so.
func (l *labeller) draft(a admitted) draft {
	if !a.copy || a.article.Status == corpus.Broken {
		return l.read(a.article)
	}
	row := articleRow(a.article)
	row.Status, row.Reason, row.DuplicateOf = corpus.Filtered, reasonDuplicate, a.article.ID
	return draft{article: row}
}

const reasonDuplicate = "duplicate"

// judged judges drafts and makes their rows.
func (l *labeller) judged(ctx context.Context, drafts []draft, workers int) ([]table.Article, []table.Statement, error) {
	ps, err := l.judge(ctx, drafts, workers)
	if err != nil {
		return nil, nil, err
	}
	at := make([]int, len(drafts)) // where each draft's rows start
	total := 0
	for i, d := range drafts {
		at[i] = total
		total += len(d.cases)
	}
	articles := make([]table.Article, len(drafts))
	statements := make([]table.Statement, total)
	err = parallel(ctx, workers, len(drafts), func(i int) error {
		from, to := at[i], at[i]+len(drafts[i].cases)
		var rows []table.Statement
		articles[i], rows = l.rows(drafts[i], ps[from:to])
		copy(statements[from:to], rows)
		return nil
	})
	return articles, statements, err
}

// meta is what a part's files say about themselves.
func (n *night) meta(articles []table.Article) table.Meta {
	h := sha256.New()
	for _, a := range articles {
		h.Write([]byte(a.ArticleID + "\n"))
	}
	return table.Meta{
		Settings:       n.identity.JSON(),
		SettingsDigest: n.identity.Digest(),
		ArticlesDigest: hex.EncodeToString(h.Sum(nil)[:8]),
		NumericPath:    n.opt.NumericPath,
	}
}

// writePart writes both files of p into the work folder and returns their
// renames into place: statements first, so that the articles file commits the
// part.
func (n *night) writePart(p part) ([]rename, error) {
	meta := n.meta(p.articles)
	s, a := n.f.work("statements-"+p.name), n.f.work("articles-"+p.name)
	if err := table.WriteStatements(s, p.statements, meta); err != nil {
		return nil, err
	}
	if err := table.WriteArticles(a, n.opt.Keep, p.articles, meta); err != nil {
		return nil, err
	}
	return []rename{
		{workDir + "/statements-" + p.name, statementsDir + "/" + p.name},
		{workDir + "/articles-" + p.name, articlesDir + "/" + p.name},
	}, nil
}

// A writer commits parts in order, behind the labelling.
type writer struct {
	parts chan part
	done  chan struct{}
	err   error // once done is closed
}

func newWriter(n *night, cancel context.CancelCauseFunc) *writer {
	w := &writer{parts: make(chan part, 1), done: make(chan struct{})}
	go func() {
		defer close(w.done)
		for p := range w.parts {
			if w.err == nil {
				if w.err = n.commit(p); w.err != nil {
					cancel(w.err)
				}
			}
		}
	}()
	return w
}

// commit writes p and puts it in place.
func (n *night) commit(p part) error {
	renames, err := n.writePart(p)
	if err != nil {
		return err
	}
	moves := make([]table.Move, len(renames))
	for i, r := range renames {
		moves[i] = table.Move{From: n.f.join(r.From), To: n.f.join(r.To)}
	}
	return table.Commit(moves...)
}

func (w *writer) put(ctx context.Context, p part) error {
	select {
	case w.parts <- p:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// wait ends the writer once it has committed what it was given.
func (w *writer) wait() error {
	close(w.parts)
	<-w.done
	return w.err
}
