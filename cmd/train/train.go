package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"standpoint/data"
	"standpoint/internal/actor"
	"standpoint/internal/eval"
	"standpoint/internal/labels"
	"standpoint/internal/model"
	"standpoint/models"
)

// A job is one training or scoring.
type job struct {
	*options
	out, err io.Writer
	set      *labels.Set
	registry *actor.Registry
	train    []model.Example
	held     []model.HeldOut // by split, and real articles where they are there
	base     model.Learned   // that is adapted
	fresh    int             // of an adaptation: how many of train are new, the first
}

// realArticles is the name of the set of real articles that lie beside the
// project.
const realArticles = "real articles"

// errNothing says that there is nothing to do.
var errNothing = errors.New("no labelled statement to learn from")

// progress draws a bar on a terminal; training is too short for more elsewhere.
func progress(w io.Writer) func(done, total int) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	var bar *progressbar.ProgressBar
	return func(done, total int) {
		if bar == nil {
			bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionClearOnFinish(), progressbar.OptionSetDescription("training"))
		}
		bar.Set(done)
	}
}

// carryOut learns, adapts or scores.
func carryOut(ctx context.Context, o *options, out, errw io.Writer) error {
	j := job{options: o, out: out, err: errw}
	if err := j.read(); err != nil {
		return err
	}
	if o.eval != "" {
		return j.score(ctx)
	}
	if len(j.train) == 0 {
		return errNothing
	}
	return j.learn(ctx)
}

// read loads the labels and shares them out by split.
func (j *job) read() (err error) {
	if j.registry, err = actor.Open(data.Actors(), j.actors); err != nil {
		return err
	}
	if j.set, err = labels.LoadWith(j.labels, j.expert); err != nil {
		return err
	}
	fmt.Fprint(j.out, eval.AgreementReport(j.set.Groups, eval.ShownConflicts))
	evenly(j.set)
	if n := len(j.set.Without); n > 0 {
		fmt.Fprintf(j.err, "train: %d of %d units left out: their texts are not here (the first: %s; docs/units.md)\n",
			n, n+len(j.set.Examples), j.set.Without[0].Source)
	}
	examples, err := model.Examples(j.set, j.registry)
	if err != nil {
		return err
	}
	j.share(examples)
	return j.readReal()
}

// share parts examples by split, and what is held out by whether it was
// written for the project: the two differ too much to be one figure.
func (j *job) share(examples []model.Example) {
	by := map[string][]model.Example{}
	for _, e := range examples {
		name := e.Split
		if name != labels.Train && e.Synthetic {
			name += ", written"
		}
		by[name] = append(by[name], e)
	}
	j.train = by[labels.Train]
	for _, split := range []string{labels.Dev, labels.Test} {
		for _, name := range []string{split, split + ", written"} {
			if len(by[name]) > 0 {
				j.held = append(j.held, model.HeldOut{Name: name, Examples: by[name]})
			}
		}
	}
}

// readReal adds the real articles to what is measured on, where they are there.
func (j *job) readReal() error {
	set, err := labels.Load([]string{filepath.Join(labels.Shared(), "realdev", "gold.jsonl")})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	examples, err := model.Examples(set, j.registry)
	j.held = append(j.held, model.HeldOut{Name: realArticles, Examples: examples})
	return err
}

// learn trains, compares with what stands at -o, and writes the folder.
func (j *job) learn(ctx context.Context) error {
	if j.from != "" {
		var err error
		if j.base, err = loadModel(j.from); err != nil {
			return err
		}
		if err = j.mix(); err != nil {
			return err
		}
	}
	m, own, err := j.fit(ctx)
	if err != nil {
		return err
	}
	if j.from != "" {
		if err = j.reportAdapted(ctx, m, own); err != nil {
			return err
		}
	}
	if err = j.compare(ctx, m); err != nil {
		return err
	}
	sets, err := j.measure(ctx, m, own)
	if err != nil {
		return err
	}
	if err = m.Save(j.options.out, j.card(m.Meta(), sets), eval.Report(sets)); err != nil {
		return err
	}
	if err = os.RemoveAll(j.work()); err != nil {
		return err
	}
	fmt.Fprintf(j.out, "%s: learned from %d statements of %d stories\n", j.options.out, len(j.train), m.Meta().Stories)
	summarise(j.out, sets)
	return nil
}

// fit trains the model that is asked for, or adapts the one at -from in its own
// kind. It also returns the training's own answers: to what it had held out of
// what it learned from, and to sets that its probabilities are fitted to, each
// document's by a fit to others.
func (j *job) fit(ctx context.Context) (model.Learned, []eval.Judged, error) {
	if j.encoder != "" {
		return j.fitTransformer(ctx, nil)
	}
	if j.from == "" {
		return j.fitLinear(ctx, nil)
	}
	switch m := j.base.(type) {
	case *model.Transformer:
		return j.fitTransformer(ctx, m)
	case *model.Linear:
		return j.fitLinear(ctx, m)
	}
	return nil, nil, fmt.Errorf("model %s: of a kind that can't be adapted", j.from)
}

func (j *job) fitLinear(ctx context.Context, from *model.Linear) (model.Learned, []eval.Judged, error) {
	l2 := j.l2
	if from != nil {
		l2 = cmp.Or(l2, adaptL2)
	}
	m, outOfFold, err := model.Train(ctx, j.train, model.Options{
		Name: j.modelName(), L2: l2, Folds: j.folds, Threshold: j.threshold, From: from, Data: j.set.Digest, Progress: progress(j.err),
	})
	return m, []eval.Judged{outOfFold}, err
}

// modelName is the name that rows will bear.
func (j *job) modelName() string {
	return cmp.Or(j.name, filepath.Base(filepath.Clean(j.options.out)))
}

// measure judges what is held out, but for the sets to which the training has
// its own answers, and adds the baselines. Own answers to other sets come last.
func (j *job) measure(ctx context.Context, m model.Classifier, own []eval.Judged) ([]eval.Judged, error) {
	var out []eval.Judged
	for _, h := range j.held {
		k := slices.IndexFunc(own, func(s eval.Judged) bool { return s.Name == h.Name })
		if k >= 0 {
			out = append(out, j.withBaselines(own[k], h.Examples))
			own = slices.Delete(slices.Clone(own), k, k+1)
			continue
		}
		s, err := model.Judge(ctx, m, h.Name, h.Examples)
		if err != nil {
			return nil, err
		}
		out = append(out, j.withBaselines(s, h.Examples))
	}
	return append(out, own...), nil
}

// withBaselines puts beside answers what the lexicon and the most frequent
// class would have said.
func (j *job) withBaselines(s eval.Judged, examples []model.Example) eval.Judged {
	var classes []int
	for i := range j.train {
		classes = append(classes, j.train[i].Stance)
	}
	s.Baselines = []eval.Baseline{
		{Name: "by lexicon", Rows: model.ByRule(examples)},
		{Name: "most frequent", Rows: eval.Majority(classes, s.Stance)},
	}
	return s
}

// worse is how much lower a macro-F1 may be without counting as worse.
const worse = 0.01

// compare refuses to replace a better model: one whose stance macro-F1 on what
// neither has learned from is higher by more than worse, with 90 % of resamples
// agreeing.
func (j *job) compare(ctx context.Context, m model.Learned) error {
	if _, err := os.Stat(j.options.out); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	old, err := model.Load(os.DirFS(j.options.out))
	if err != nil {
		fmt.Fprintf(j.err, "train: the model at %s is not compared with: %v\n", j.options.out, err)
		return nil
	}
	var unseen []model.Example
	for _, h := range j.held {
		for _, e := range h.Examples {
			a, b := old.Meta(), m.Meta()
			if !a.Seen(e.Document) && !b.Seen(e.Document) {
				unseen = append(unseen, e)
			}
		}
	}
	if len(unseen) == 0 {
		fmt.Fprintf(j.err, "train: nothing is held out, so the model at %s is not compared with\n", j.options.out)
		return nil
	}
	before, err := model.Judge(ctx, old, "", unseen)
	if err != nil {
		return err
	}
	after, err := model.Judge(ctx, m, "", unseen)
	if err != nil {
		return err
	}
	d := eval.Difference(before.Stance, after.Stance, labels.Stances)
	if d.High < -worse && !j.force {
		return fmt.Errorf("the model at %s is better: stance macro-F1 would change by %s on %d held-out statements; -force replaces it", j.options.out, d, len(unseen))
	}
	fmt.Fprintf(j.out, "against the model at %s: stance macro-F1 %+.3f [%+.3f, %+.3f] on %d held-out statements\n", j.options.out, d.Value, d.Low, d.High, len(unseen))
	return nil
}

// score prints the report of a model and changes nothing.
func (j *job) score(ctx context.Context) error {
	m, err := loadModel(j.eval)
	if err != nil {
		return err
	}
	if len(j.held) == 0 {
		return errors.New("nothing is held out: no article has split dev or test")
	}
	sets, err := j.measure(ctx, m, nil)
	if err != nil {
		return err
	}
	fmt.Fprint(j.out, eval.Report(sets))
	return nil
}

// summarise prints a line for each set.
func summarise(w io.Writer, sets []eval.Judged) {
	for _, s := range sets {
		stance, tone := eval.MacroF1(s.Stance, labels.Stances), eval.MacroF1(s.Sentiment, labels.Sentiments)
		fmt.Fprintf(w, "%6d %-45s stance macro-F1 %s  sentiment %.3f\n", len(s.Stance), s.Name, stance, tone.Value)
	}
}

// loadModel opens an embedded model by name, or a model folder.
func loadModel(name string) (model.Learned, error) {
	fsys, err := models.Find(name)
	if err != nil {
		return nil, usagef("train -from linear -o models/mine checked.jsonl", "%s", err)
	}
	m, err := model.Load(fsys)
	if err != nil {
		return nil, fmt.Errorf("model %s: %w", name, err)
	}
	return m, nil
}
