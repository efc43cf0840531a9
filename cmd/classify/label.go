package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"standpoint/data"
	"standpoint/internal/actor"
	"standpoint/internal/corpus"
	"standpoint/internal/labels"
	"standpoint/internal/model"
	"standpoint/internal/pipeline"
	"standpoint/models"
)

// label is the main command: articles in, labelled Parquet out.
func (c console) label(ctx context.Context, args []string) (int, error) {
	f, err := parseLabel(args, c.err)
	if errors.Is(err, errHelp) {
		return exitDone, nil
	}
	if err != nil {
		return fail(ctx, err)
	}
	if f.version {
		fmt.Fprintln(c.out, "classify", version())
		return exitDone, nil
	}
	opt, err := c.options(f)
	if err != nil {
		return fail(ctx, err)
	}
	bar := newProgress(c.err)
	opt.Progress = bar.show
	opt.Verdict = func(s *pipeline.Summary) int {
		code, _ := f.verdict(s)
		return code
	}
	s, err := pipeline.Run(ctx, opt)
	bar.done()
	if err != nil {
		return fail(ctx, err)
	}
	c.printSummary(f.out, s)
	return f.verdict(s)
}

// verdict is the exit code of a finished run.
func (f *labelFlags) verdict(s *pipeline.Summary) (int, error) {
	switch {
	case s.Read == 0 && !f.relabel && f.labels == "":
		return exitNothing, errors.New("nothing to read: the inputs hold no article")
	case f.failOver >= 0 && float64(s.Broken) > f.failOver*float64(s.Read):
		return exitFailed, fmt.Errorf("%d of %d inputs are broken, more than -fail-over allows", s.Broken, s.Read)
	case s.Broken > 0:
		return exitBroken, nil
	}
	return exitDone, nil
}

// options loads what the flags name. Whatever is wrong with a model, a label
// file or the registry shows here, before any output.
func (c console) options(f *labelFlags) (pipeline.Options, error) {
	opt := pipeline.Options{
		Out: f.out, Shard: f.shard, Relabel: f.relabel, Workers: f.workers, Version: version(),
		Corpus: corpus.Options{Columns: f.columns, Stdin: c.in},
	}
	opt.Hosts, opt.Keep, opt.Quotes = f.hosts, f.keep, f.quotes
	var err error
	if opt.Inputs, err = corpus.Expand(f.inputs); err != nil {
		return opt, usagef("check the path; a pattern must match a file", "%s", err)
	}
	if opt.Model, err = loadModel(f.model); err != nil {
		return opt, err
	}
	opt.NumericPath = numericPath(opt.Model)
	if opt.Registry, err = actor.Open(data.Actors(), f.actors); err != nil {
		return opt, err
	}
	if f.labels != "" {
		opt.Labels, err = c.loadCorrections(labelFiles(f.labels), f.expert)
	}
	return opt, err
}

// loadModel opens an embedded model by name, or a model folder.
func loadModel(name string) (model.Classifier, error) {
	fsys, err := models.Find(name)
	if err != nil {
		return nil, usagef("-model linear", "%s", err)
	}
	m, err := model.Load(fsys)
	if err != nil {
		return nil, fmt.Errorf("model %s: %w", name, err)
	}
	return m, nil
}

func loadLabels(path string) ([]labels.Unit, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return labels.Read(f, path)
}

// version is what the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && v == "(devel)" {
			v = s.Value[:min(12, len(s.Value))]
		}
	}
	return v
}
