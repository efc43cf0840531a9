package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"standpoint/internal/annotate"
	"standpoint/internal/labels"
	"standpoint/internal/pipeline"
	"standpoint/internal/table"
)

const exportUsage = `usage: classify export -to TOOL -o FILE|FOLDER [flags] OUT

Writes rows of a finished folder for people to check: half a random sample,
half those most worth checking (the model in doubt, a second model differing,
rare holders and host countries), spread over stories. What the tool gives back
goes to classify -labels and to train (docs/retraining.md).

  classify export -to csv -n 200 -o check.csv out
  classify export -to label-studio -n 200 -o tasks out

`

// export is the verb that writes rows for annotation tools.
func (c console) export(ctx context.Context, args []string) (int, error) {
	fs := flag.NewFlagSet("classify export", flag.ContinueOnError)
	tool := fs.String("to", "", "the `tool`: "+strings.Join(annotate.Tools(), ", ")+" (required; -to csv)")
	out := fs.String("o", "", "`file` to write; for label-studio, doccano and argilla a folder (required; -o check.csv)")
	n := fs.Int("n", 200, "how many `rows` (-n 400)")
	seed := fs.Uint64("seed", 1, "`number` that decides the random half; the same gives the same rows (-seed 2)")
	second := fs.String("second", "", "a second model, by `name` or folder, whose differing counts (-second models/other)")
	actors := fs.String("actors", "", "with -second: the CSV `file` of actors the folder was labelled with (-actors mine.csv)")
	err := parse(fs, args, c.err, exportUsage, "")
	switch {
	case errors.Is(err, errHelp):
		return exitDone, nil
	case err != nil:
	case !slices.Contains(annotate.Tools(), *tool):
		err = usagef("classify export -to csv -o check.csv out", "-to is %q, not one of %s", *tool, strings.Join(annotate.Tools(), ", "))
	case *out == "":
		err = usagef("classify export -to csv -o check.csv out", "-o is missing: the file or folder to write to")
	case *n < 2:
		err = usagef("-n 200", "-n is %d; it must be 2 or more", *n)
	case fs.NArg() != 1:
		err = usagef("classify export -to csv -o check.csv out", "export takes one folder, not %d", fs.NArg())
	}
	if err != nil {
		return fail(ctx, err)
	}
	opt := pipeline.SampleOptions{N: *n, Seed: *seed}
	if *second != "" {
		s, err := folderSettings(fs.Arg(0), *second, *actors)
		if err != nil {
			return fail(ctx, err)
		}
		opt.Second = &s
	}
	return c.exportRows(ctx, fs.Arg(0), *tool, *out, opt)
}

func (c console) exportRows(ctx context.Context, folder, tool, out string, opt pipeline.SampleOptions) (int, error) {
	picked, err := pipeline.Sample(ctx, folder, opt)
	if errors.Is(err, pipeline.ErrNoParts) {
		err = usagef("name a folder that classify has filled", "%s", err)
	}
	if err != nil {
		return fail(ctx, err)
	}
	if len(picked) == 0 {
		return exitNothing, fmt.Errorf("%s holds no rows to check", folder)
	}
	tasks := make([]annotate.Task, len(picked))
	for i, p := range picked {
		if tasks[i], err = taskOf(p); err != nil {
			return fail(ctx, err)
		}
	}
	files, err := annotate.Write(tool, tasks)
	if err == nil {
		err = writeFiles(out, files)
	}
	if err != nil {
		return fail(ctx, err)
	}
	c.tellExported(out, picked)
	return exitDone, nil
}

// taskOf is a row as a tool shows it.
func taskOf(p pipeline.Picked) (annotate.Task, error) {
	r := p.Row
	row, err := labels.ToolRow(unitOf(p), p.Passage, p.PassageByte)
	strength, stances := int(r.StanceStrength), r.StanceP()
	t := annotate.Task{
		ID: r.RowID, Row: row, Passage: p.Passage, Title: r.Title, Outlet: r.Outlet, URL: r.URL, Model: r.Model,
		Confidence: slices.Max(stances[:]),
		Labels:     annotate.Labels{Stance: r.Stance, Strength: &strength, Sentiment: r.Sentiment, Kind: r.Kind, Holder: r.Holder, Host: r.HostCountry},
	}
	t.Span.Start, t.Span.End = int(r.StartByte)-p.PassageByte, int(r.EndByte)-p.PassageByte
	if r.PublishedDay != nil {
		t.Day = r.PublishedDay.Format("2006-01-02")
	}
	return t, err
}

// unitOf is a row of statements as a unit of labels.
func unitOf(p pipeline.Picked) labels.Unit {
	r := p.Row
	return labels.Unit{
		ID: r.RowID, ArticleID: r.ArticleID, Story: p.Story, Field: r.Field,
		StartByte: int(r.StartByte), EndByte: int(r.EndByte), Text: r.Text, Segments: labels.SegmentsOf(r.Segments, r.Text, int(r.StartChar), int(r.StartByte)),
		Kind: r.Kind, Speaker: r.Speaker, SpeakerStartByte: int(r.SpeakerStartByte), SpeakerEndByte: int(r.SpeakerEndByte),
		Cue: r.Cue, CueStartByte: int(r.CueStartByte), CueEndByte: int(r.CueEndByte),
		Actor: r.Actor, Holder: r.Holder, ReportedBy: r.ReportedBy, Voice: strings.TrimPrefix(r.Voice, "none"),
		IsHeadline: r.IsHeadline, IsSecondary: r.IsSecondary, HostCountry: r.HostCountry,
		Stance: r.Stance, StanceStrength: int(r.StanceStrength), Sentiment: r.Sentiment, Certain: 1,
		Sample: r.Sample, SampleWeight: r.SampleWeight, Suggested: pipeline.ModelStance(r),
	}
}

// writeFiles writes a tool's files to out: a file, or a folder of several.
func writeFiles(out string, files []annotate.File) error {
	if len(files) == 1 && files[0].Name == "" {
		return os.WriteFile(out, files[0].Data, 0o666)
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(out, f.Name), f.Data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// tellExported says what was written.
func (c console) tellExported(out string, picked []pipeline.Picked) {
	random, stories := 0, map[string]bool{}
	for _, p := range picked {
		stories[p.Story] = true
		if p.Row.Sample == table.Samples[1] {
			random++
		}
	}
	fmt.Fprintf(c.out, "%s: %s of %s, %d at random, %d most worth checking\n", out, plural(len(picked), "row"), pluralStories(len(stories)), random, len(picked)-random)
}

func pluralStories(n int) string {
	if n == 1 {
		return "1 story"
	}
	return fmt.Sprintf("%s stories", thousands(n))
}
