package pipeline

import (
	"context"
	"fmt"

	"standpoint/internal/corpus"
)

// A chunk of raw articles is decoded together: enough to keep workers busy,
// few enough to fit in memory whatever they hold.
const (
	chunkSize  = 256
	chunkBytes = 4 << 20 // of the inputs
)

// eachChunk reads the inputs and hands them over decoded, a chunk at a time.
// It reads one chunk ahead. On cancellation it returns at once, even while an
// input blocks.
func (n *night) eachChunk(ctx context.Context, take func([]*corpus.Article) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	chunks := make(chan []*corpus.Article, 1)
	go func() {
		defer close(chunks)
		if err := n.read(ctx, chunks); err != nil {
			cancel(err)
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case chunk, more := <-chunks:
			if !more {
				return context.Cause(ctx)
			}
			err := parallel(ctx, n.opt.Workers, len(chunk), func(i int) error {
				chunk[i].Decode()
				return nil
			})
			if err == nil {
				err = take(chunk)
			}
			if err != nil {
				return err
			}
		}
	}
}

// read cuts the inputs into chunks.
func (n *night) read(ctx context.Context, chunks chan<- []*corpus.Article) error {
	var chunk []*corpus.Article
	var from int64
	send := func() error {
		select {
		case chunks <- chunk:
			chunk, from = nil, n.opt.Corpus.Consumed.Load()
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	err := corpus.Read(ctx, n.opt.Inputs, n.opt.Corpus, func(a corpus.Article) error {
		chunk = append(chunk, &a)
		if len(chunk) < chunkSize && n.opt.Corpus.Consumed.Load()-from < chunkBytes {
			return nil
		}
		return send()
	})
	if err == nil && len(chunk) > 0 {
		err = send()
	}
	return err
}

// label reads the inputs and labels what is new, a part at a time; another
// goroutine commits the parts behind it.
func (n *night) label(ctx context.Context) error {
	if n.opt.Progress != nil {
		n.progress.Size = corpus.Size(n.opt.Inputs)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	out := newWriter(n, cancel)
	err := n.labelAll(ctx, out)
	if e := out.wait(); e != nil {
		return e
	}
	return err
}

// labelAll gathers what is new into parts and labels them.
func (n *night) labelAll(ctx context.Context, out *writer) error {
	var part []admitted
	err := n.eachChunk(ctx, func(chunk []*corpus.Article) error {
		for _, a := range chunk {
			var err error
			if part, err = n.admit(part, a); err != nil {
				return err
			}
			if len(part) == PartSize {
				if err := n.labelPart(ctx, part, out); err != nil {
					return err
				}
				part = nil
			}
		}
		return nil
	})
	if err != nil || len(part) == 0 {
		return err
	}
	return n.labelPart(ctx, part, out)
}

// An admitted article has a place in a part.
type admitted struct {
	article *corpus.Article
	copy    bool // this night has its article_id already
}

// admit adds a to the part if this run has to label it.
func (n *night) admit(part []admitted, a *corpus.Article) ([]admitted, error) {
	id, err := idNumber(a.ID)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.Input, err)
	}
	n.progress.Articles++
	if !n.opt.Shard.holds(id) {
		return part, nil
	}
	key := id
	if n.opt.Quotes {
		key = n.quoteKey(a)
	}
	switch n.ledger.admit(key) {
	case fresh:
		part = append(part, admitted{article: a})
	case copied:
		part = append(part, admitted{article: a, copy: !n.opt.Quotes})
	case already:
		n.already++
	}
	return part, nil
}

// quoteKey is the ledger's key of an input row that is a quote already.
func (n *night) quoteKey(a *corpus.Article) uint64 {
	if a.Quote == nil {
		return quoteKey(a.ID, "", 0, "", "")
	}
	return quoteKey(a.ID, a.InputID, a.Quote.Start, n.opt.Registry.Canonical(a.Quote.Actor).ID, a.Quote.Host)
}
