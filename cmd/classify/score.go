package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"standpoint/internal/eval"
	"standpoint/internal/labels"
	"standpoint/internal/table"
)

const scoreUsage = `usage: classify score -gold UNITS [flags] OUT

Scores a finished folder against labelled units of the same articles: spans
(half of their bytes in common), holder, kind, stance, sentiment, the strict
tuple of span, holder and stance, and each holder's stance over an article.

`

// score is the verb that scores a finished folder against labelled units.
func (c console) score(ctx context.Context, args []string) (int, error) {
	fs := flag.NewFlagSet("classify score", flag.ContinueOnError)
	gold := fs.String("gold", "", "units `file` of the folder's articles (required; -gold gold.jsonl)")
	aliases := fs.String("aliases", "", "tab-parted `file` of names taken as the same: canonical, anything, others parted by ; (-aliases names.tsv)")
	forces := fs.String("forces", "model", "`who` decides whether a statement is about the forces: the model, or gold (-forces gold)")
	missing := fs.Bool("missing", false, "list the statements about the forces that no row matches (-missing)")
	err := parse(fs, args, c.err, scoreUsage, "")
	switch {
	case errors.Is(err, errHelp):
		return exitDone, nil
	case err == nil && *gold == "":
		err = usagef("classify score -gold gold.jsonl out", "-gold is missing: the units to score against")
	case err == nil && fs.NArg() != 1:
		err = usagef("classify score -gold gold.jsonl out", "score takes one folder, not %d", fs.NArg())
	case err == nil && *forces != "model" && *forces != "gold":
		err = usagef("-forces gold", "-forces is %q, not model or gold", *forces)
	}
	if err != nil {
		return fail(ctx, err)
	}
	units, err := loadLabels(*gold)
	if err != nil {
		return fail(ctx, err)
	}
	opt := eval.FolderOptions{GoldForces: *forces == "gold"}
	if opt.Aliases, err = loadAliases(*aliases); err != nil {
		return fail(ctx, err)
	}
	if *missing {
		opt.ListMissing = func(u labels.Unit) {
			fmt.Fprintf(c.out, "missed %s%s bytes %d-%d %s %s %s\n", u.Input, u.ArticleID, u.StartByte, u.EndByte, u.Kind, u.Holder, u.Stance)
		}
	}
	rows, err := folderRows(fs.Arg(0))
	if err != nil {
		return fail(ctx, err)
	}
	fmt.Fprint(c.out, eval.ScoreFolder(rows, units, opt))
	return exitDone, nil
}

// scoreColumns are the columns of statements that are scored.
var scoreColumns = []string{"input", "article_id", "field", "host_country", "holder", "actor", "stance", "sentiment", "kind", "stance_strength", "start_byte", "end_byte", "is_headline"}

// folderRows reads the rows of a finished folder.
func folderRows(out string) ([]eval.FolderRow, error) {
	dir := filepath.Join(out, "statements")
	files, err := os.ReadDir(dir)
	if err != nil || len(files) == 0 {
		return nil, usagef("name a folder that classify has filled", "%s holds no statements", out)
	}
	var rows []eval.FolderRow
	for _, file := range files {
		path := filepath.Join(dir, file.Name())
		for r, err := range table.Rows[table.Statement](path, scoreColumns...) {
			if err != nil {
				return nil, err
			}
			rows = append(rows, eval.FolderRow{
				Input: r.Input, ArticleID: r.ArticleID, Field: r.Field, HostCountry: r.HostCountry, Holder: r.Holder, Actor: r.Actor,
				Stance: r.Stance, Sentiment: r.Sentiment, Kind: r.Kind, Strength: int(r.StanceStrength),
				StartByte: int(r.StartByte), EndByte: int(r.EndByte), Headline: r.IsHeadline,
			})
		}
	}
	return rows, nil
}

// loadAliases reads names taken as the same; "" has none.
func loadAliases(path string) (map[string][]string, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	aliases := map[string][]string{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		if len(cells) < 3 || cells[0] == "canonical" {
			continue
		}
		for other := range strings.SplitSeq(cells[2], ";") {
			if other = strings.TrimSpace(other); other != "" && !strings.HasPrefix(other, "NOT ") {
				aliases[cells[0]] = append(aliases[cells[0]], other)
			}
		}
	}
	return aliases, lines.Err()
}
