package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"standpoint/data"
	"standpoint/internal/actor"
	"standpoint/internal/features"
	"standpoint/internal/labels"
	"standpoint/internal/pipeline"
	"standpoint/internal/statement"
	"standpoint/internal/text"
)

const explainUsage = `usage: classify explain [flags] OUT ROW_ID
       classify explain [flags] OUT ARTICLE_ID

Tells why a row of statements says what it says: the rule that found and
attributed it, the words it went by, the next best reading, and the words that
moved the stance. Reads and judges the row's article again, and says whether
that gives the stored row.

`

// explain is the verb that accounts for one row.
func (c console) explain(ctx context.Context, args []string) (int, error) {
	fs := flag.NewFlagSet("classify explain", flag.ContinueOnError)
	modelName := fs.String("model", "", "the model the folder was labelled with, by `name` or folder (-model models/mine; default: the name that the folder gives)")
	actors := fs.String("actors", "", "the CSV `file` of actors it was labelled with (-actors mine.csv)")
	reasons := fs.Int("n", 10, "how `many` words and features to list (-n 20)")
	err := parse(fs, args, c.err, explainUsage, "")
	if errors.Is(err, errHelp) {
		return exitDone, nil
	}
	if err == nil && fs.NArg() != 2 {
		err = usagef("classify explain out 3f1c2a…", "explain takes a folder and a row_id of its statements, not %d arguments", fs.NArg())
	}
	if err != nil {
		return fail(ctx, err)
	}
	s, err := folderSettings(fs.Arg(0), *modelName, *actors)
	if err != nil {
		return fail(ctx, err)
	}
	if strings.HasPrefix(fs.Arg(1), articlePrefix) {
		return c.explainArticle(ctx, fs.Arg(0), fs.Arg(1), s)
	}
	a, err := pipeline.Explain(ctx, fs.Arg(0), fs.Arg(1), s, *reasons)
	if errors.Is(err, pipeline.ErrNoRow) {
		err = usagef("row_id is a column of the statements table", "%s", err)
	}
	if err != nil {
		return fail(ctx, err)
	}
	printAccount(c.out, a)
	if !a.Found || len(a.Differs) > 0 {
		return exitFailed, errors.New("the row made again is not the row stored")
	}
	return exitDone, nil
}

// articlePrefix starts every article_id.
const articlePrefix = "a_"

// folderSettings is what the folder out was made with.
func folderSettings(out, modelName, actors string) (s pipeline.Settings, err error) {
	id, err := pipeline.SettingsOf(out)
	if err != nil {
		return s, usagef("name a folder that classify has filled", "%s", err)
	}
	s = pipeline.Settings{Hosts: id.Hosts, Keep: id.Keep, Quotes: id.Quotes}
	if s.Model, err = loadModel(cmp.Or(modelName, id.Model)); err != nil {
		return s, err
	}
	s.Registry, err = actor.Open(data.Actors(), actors)
	return s, err
}

func printAccount(w io.Writer, a *pipeline.Account) {
	r := a.Row
	fmt.Fprintf(w, "%s  %s, bytes %d-%d of the %s\n\n  %s[%s]%s\n\n", r.RowID, r.Input, r.StartByte, r.EndByte, r.Field, oneLine(r.Before), oneLine(r.Text), oneLine(r.After))
	if !a.Found {
		fmt.Fprintln(w, "Not found again: the text, the rules or the labels given have changed.")
		return
	}
	printAttribution(w, a.Instance, a.RunnerUp)
	printJudgement(w, a)
	if len(a.Differs) == 0 {
		fmt.Fprintln(w, "\nRead and judged again: the same row.")
	} else {
		fmt.Fprintln(w, "\nRead and judged again, it differs in", strings.Join(a.Differs, ", "))
	}
}

func printAttribution(w io.Writer, in features.Instance, second *statement.Statement) {
	s, body := in.Statement, in.Doc.Body
	fmt.Fprintf(w, "Attribution\n  rule       %s %.2f   %s\n", s.Rule, s.Score, statement.Example(s.Rule))
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(w, "  %-10s %s\n", name, value)
		}
	}
	line("kind", string(s.Kind))
	line("cue", words(body, s.Cue))
	line("speaker", words(body, s.Speaker))
	line("actor", person(s.Actor))
	line("holder", person(s.Holder))
	line("reporter", person(s.ReportedBy))
	if second == nil {
		line("runner-up", "none: by the rules nobody else holds these words")
		return
	}
	value := fmt.Sprintf("%s, %s %.2f", person(second.Holder), second.Rule, second.Score)
	if !second.Speaker.Empty() {
		value += ", by " + words(body, second.Speaker)
	}
	line("runner-up", value)
}

// words is what stands at a span, and where.
func words(body string, s text.Span) string {
	if s.Empty() {
		return ""
	}
	return fmt.Sprintf("%q at %d", oneLine(s.In(body)), s.Start)
}

// person is an actor with what is known of him.
func person(a actor.Actor) string {
	if a.Name == "" {
		return ""
	}
	known := []string{a.Type}
	for _, s := range []string{a.Country, a.Group} {
		if s != "" {
			known = append(known, s)
		}
	}
	return fmt.Sprintf("%s (%s)", a.Name, strings.Join(known, ", "))
}

func printJudgement(w io.Writer, a *pipeline.Account) {
	r := a.Row
	p := r.StanceP()
	first, second := labels.Stances[a.Judged.Stance], labels.Stances[a.Judged.RunnerUp]
	fmt.Fprintf(w, "\nStance for %s, by model %s\n  %s %.2f, strength %d; runner-up %s %.2f", r.HostCountry, r.Model, first, p[a.Judged.Stance], r.StanceStrength, second, p[a.Judged.RunnerUp])
	if r.Abstained {
		fmt.Fprint(w, "; abstained: under the model's threshold")
	}
	if r.LabelSource == "human" {
		fmt.Fprintf(w, "; a person's label stands in the row: %s", r.Stance)
	}
	fmt.Fprintf(w, "\n  what moved it towards %s (+) or %s (-), in logits:\n", first, second)
	for _, e := range a.Judged.Reasons {
		fmt.Fprintf(w, "  %+6.2f  %s\n", e.Push, e.Name)
	}
}

// oneLine is s without line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
