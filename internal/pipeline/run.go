package pipeline

import (
	"context"
	"slices"
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
	// Verdict, if not nil, is the exit code of the finished run.
	Verdict func(*Summary) int
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
	slices.Sort(opt.Hosts)
	opt.Hosts = slices.Compact(opt.Hosts)
	opt.Corpus.Keep, opt.Corpus.Quotes, opt.Corpus.Skip = opt.Keep, opt.Quotes, opt.Out
	opt.Corpus.Consumed = new(atomic.Int64)
	opt.Workers = max(opt.Workers, 1)
	f, err := openFolder(opt.Out)
	if err != nil {
		return nil, err
	}
	defer f.close()
	n, err := newNight(f, opt)
	if err != nil {
		return nil, err
	}
	s, err := n.run(ctx)
	if err != nil {
		n.noteFailure(ctx)
	}
	return s, err
}

func (n *night) run(ctx context.Context) (*Summary, error) {
	start := time.Now()
	if err := n.begin(); err != nil {
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
	idle     []labels.Unit // of the new ones, those that say "no statement" where none is

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
	if err := n.checkSettings(); err != nil {
		return nil, err
	}
	var err error
	if n.ledger, err = newLedger(f, opt.Quotes); err != nil {
		return nil, err
	}
	if n.units, err = n.takeLabels(); err != nil {
		return nil, err
	}
	n.labeller = newLabeller(opt.Settings, n.units)
	parts, err := f.parts()
	n.nextPart = opt.Shard.next(parts)
	return n, err
}

// checkSettings refuses a folder that was made with other settings; labelling
// again changes all of them but what was kept of the inputs.
func (n *night) checkSettings() error {
	made, err := n.f.identities()
	if err != nil {
		return err
	}
	for _, m := range made {
		names := differences(m.identity, n.identity)
		fixed := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name != keepFlag && name != quotesFlag })
		if n.opt.Relabel {
			names = fixed
		}
		if len(names) > 0 {
			return &SettingsError{Part: m.part, Names: names, Relabels: len(fixed) == 0}
		}
	}
	return nil
}

func newLabeller(s Settings, units []labels.Unit) *labeller {
	l := &labeller{settings: s, units: map[string][]labels.Unit{}}
	for _, u := range units {
		l.units[u.ArticleID] = append(l.units[u.ArticleID], u)
	}
	return l
}

func (n *night) tell(stage string) {
	if n.opt.Progress != nil {
		n.progress.Stage = stage
		n.progress.Bytes = n.opt.Corpus.Consumed.Load()
		n.opt.Progress(n.progress)
	}
}
