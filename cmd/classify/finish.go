package main

import (
	"context"
	"errors"
	"flag"

	"standpoint/data"
	"standpoint/internal/actor"
	"standpoint/internal/pipeline"
)

const finishUsage = `usage: classify finish [flags] OUT

Makes actors, positions, series, links and run.json of a finished folder again
from its parts, whichever runs or machines made them: after copying the parts
of several shards together, for example. Relabels nothing.

`

// finish is the verb that makes a folder's run-wide tables again.
func (c console) finish(ctx context.Context, args []string) (int, error) {
	fs := flag.NewFlagSet("classify finish", flag.ContinueOnError)
	actors := fs.String("actors", "", "the CSV `file` of actors the parts were labelled with (-actors mine.csv)")
	err := parse(fs, args, c.err, finishUsage, "")
	if errors.Is(err, errHelp) {
		return exitDone, nil
	}
	if err == nil && fs.NArg() != 1 {
		err = usagef("classify finish out", "finish takes one folder, not %d", fs.NArg())
	}
	if err != nil {
		return fail(ctx, err)
	}
	registry, err := actor.Open(data.Actors(), *actors)
	if err != nil {
		return fail(ctx, err)
	}
	s, err := pipeline.Finish(ctx, fs.Arg(0), registry, version())
	if errors.Is(err, pipeline.ErrNoParts) {
		return exitNothing, err
	}
	if err != nil {
		return fail(ctx, err)
	}
	c.printSummary(fs.Arg(0), s)
	return exitDone, nil
}
