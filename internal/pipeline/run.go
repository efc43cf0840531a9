package pipeline

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"standpoint/internal/corpus"
	"standpoint/internal/labels"
)

// Options is one run: what to read, where to write and how.
type Options struct {
	Settings
	Out     string         // output folder; made if missing
	Inputs  []string       // files, folders or "-"
	Corpus  corpus.Options // how to read them; Keep and Quotes follow the Settings
	Shard   Shard
	Labels  []labels.Unit // a person's labels to take into the folder
	Relabel bool          // label again what the folder holds
	Workers int           // 0: one
	Version string        // of the program, for run.json
	// NumericPath names the arithmetic in use; it is recorded in each part.
	NumericPath string
	// Progress, if not nil, is told now and then how far the run is.
	Progress func(Progress)
}

// A Progress tells how far a run is.
type Progress struct {
	Stage    string // "labelling", "finishing"
	Articles int    // read in this run
	Labelled int    // of these, on topic
	Bytes    int64  // of the inputs read
	Size     int64  // of the inputs, 0 if unknown
}

// Run labels the inputs into the folder opt.Out. The error, if any, is nil
// even if some articles were broken: Summary tells. On cancellation the
// committed parts stay, and the next run goes on after them.
func Run(ctx context.Context, opt Options) (*Summary, error) {
	opt.Corpus.Keep, opt.Corpus.Quotes = opt.Keep, opt.Quotes
	opt.Workers = max(opt.Workers, 1)
	opt.Corpus.Consumed = new(atomic.Int64)
	start := time.Now()
	f, err := openFolder(opt.Out)
	if err != nil {
		return nil, err
	}
	defer f.close()
	n, err := newNight(f, opt)
	if err != nil {
		return nil, err
	}
	if err := n.revise(ctx); err != nil {
		return nil, err
	}
	if err := n.label(ctx); err != nil {
		return nil, err
	}
	n.seconds["labelling"] = time.Since(start).Seconds()
	return n.finish(ctx)
}

// A night is one run into a folder.
type night struct {
	opt      Options
	f        *folder
	labeller *labeller
	ledger   *ledger
	identity Identity
	units    []labels.Unit // all of a person's labels the folder knows

	nextPart int
	already  int // articles an earlier night holds
	relabel  Relabel
	progress Progress
	seconds  map[string]float64 // by stage, for run.json
}

// newNight checks that the folder was made with the same settings, reads
// which articles it holds and takes in new labels.
func newNight(f *folder, opt Options) (*night, error) {
	n := &night{opt: opt, f: f, identity: opt.Settings.Identity(), seconds: map[string]float64{}}
	id, there, err := f.identity()
	if err != nil {
		return nil, err
	}
	if names := differences(id, n.identity); there && len(names) > 0 && !opt.Relabel {
		return nil, &SettingsError{Part: f.path, Names: names}
	}
	if n.ledger, err = newLedger(f, opt.Quotes); err != nil {
		return nil, err
	}
	if n.units, err = f.takeLabels(opt.Labels); err != nil {
		return nil, err
	}
	n.labeller = newLabeller(opt.Settings, n.units)
	parts, err := f.parts()
	if err != nil {
		return nil, err
	}
	n.nextPart = opt.Shard.next(parts)
	return n, f.begin()
}

func newLabeller(s Settings, units []labels.Unit) *labeller {
	l := &labeller{settings: s, units: map[string][]labels.Unit{}}
	for _, u := range units {
		l.units[u.ArticleID] = append(l.units[u.ArticleID], u)
	}
	return l
}

// chunkSize is how many raw articles are decoded together: enough to keep
// workers busy, few enough that HTML pages of a chunk fit in memory.
const chunkSize = 256

// label reads the inputs and labels what is new, a part at a time. One
// goroutine reads ahead, one writes behind; this one decodes and labels with
// all workers between them.
func (n *night) label(ctx context.Context) error {
	if n.opt.Progress != nil {
		n.progress.Size = corpus.Size(n.opt.Inputs)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	chunks := make(chan []*corpus.Article, 1)
	go func() {
		defer close(chunks)
		if err := n.read(ctx, chunks); err != nil {
			cancel(err)
		}
	}()
	out := newWriter(n, cancel)
	err := n.labelChunks(ctx, chunks, out)
	if e := out.wait(); err == nil {
		err = e
	}
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// read cuts the inputs into chunks.
func (n *night) read(ctx context.Context, chunks chan<- []*corpus.Article) error {
	var chunk []*corpus.Article
	send := func() error {
		select {
		case chunks <- chunk:
			chunk = nil
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	err := corpus.Read(ctx, n.opt.Inputs, n.opt.Corpus, func(a corpus.Article) error {
		chunk = append(chunk, &a)
		if len(chunk) < chunkSize {
			return nil
		}
		return send()
	})
	if err == nil && len(chunk) > 0 {
		err = send()
	}
	return err
}

// labelChunks decodes chunks, gathers what is new into parts and labels them.
func (n *night) labelChunks(ctx context.Context, chunks <-chan []*corpus.Article, out *writer) error {
	var part []admitted
	for chunk := range chunks {
		err := parallel(ctx, n.opt.Workers, len(chunk), func(i int) error {
			chunk[i].Decode()
			return nil
		})
		if err != nil {
			return err
		}
		for _, a := range chunk {
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
	}
	if len(part) == 0 || ctx.Err() != nil {
		return ctx.Err()
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
		return quoteKey(a.ID, "", 0, "")
	}
	return quoteKey(a.ID, a.InputID, a.Quote.Start, n.opt.Registry.Canonical(a.Quote.Actor).ID)
}

func (n *night) tell(stage string) {
	if n.opt.Progress != nil {
		n.progress.Stage = stage
		n.progress.Bytes = n.opt.Corpus.Consumed.Load()
		n.opt.Progress(n.progress)
	}
}
