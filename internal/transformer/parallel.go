package transformer

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
)

// group is whole sentences of one batch, and where their states go.
type group struct {
	batch  Batch
	hidden []float32
}

// EncodeAll computes the hidden states (tokens, Hidden) of each batch, groups
// of sentences side by side on so many workers; 0 or less stands for
// GOMAXPROCS. The result is the same bytes for any number of them. It fails on
// a batch that does not pass Config.CheckBatch, before anything is computed,
// and when ctx ends.
func (e *Encoder) EncodeAll(ctx context.Context, batches []Batch, workers int) ([][]float32, error) {
	for i, b := range batches {
		if err := e.Config.CheckBatch(b); err != nil {
			return nil, fmt.Errorf("batch %d: %w", i, err)
		}
	}
	out, groups := e.split(batches)
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	share(workers, len(groups), func(_ int, jobs iter.Seq[int]) {
		s := e.states.Get().(*State)
		defer e.states.Put(s)
		for i := range jobs {
			if ctx.Err() != nil {
				return
			}
			e.encode(groups[i].hidden, groups[i].batch, s)
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

// share runs so many workers side by side, no more than there are jobs; each
// takes jobs 0 to n-1 that no other has taken until it returns or none is left.
func share(workers, n int, work func(worker int, jobs iter.Seq[int])) {
	var next atomic.Int64
	jobs := func(yield func(int) bool) {
		for i := int(next.Add(1)) - 1; i < n && yield(i); i = int(next.Add(1)) - 1 {
		}
	}
	var all sync.WaitGroup
	for w := range min(workers, n) {
		all.Go(func() { work(w, jobs) })
	}
	all.Wait()
}

// split makes room for the states of every batch and cuts them into groups.
func (e *Encoder) split(batches []Batch) (out [][]float32, groups []group) {
	h := e.Config.Hidden
	for _, b := range batches {
		hidden := make([]float32, b.Tokens()*h)
		out = append(out, hidden)
		for at, g := range b.groups {
			groups = append(groups, group{g, hidden[at*h : (at+g.Tokens())*h]})
		}
	}
	return out, groups
}
