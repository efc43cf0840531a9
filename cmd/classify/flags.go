package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"standpoint/internal/corpus"
	"standpoint/internal/pipeline"
	"standpoint/internal/topic"
	"standpoint/models"
)

const labelUsage = `usage: classify [flags] INPUT...
       classify score -gold UNITS OUT     score a finished folder against labelled units
       classify explain OUT ROW_ID        why a row says what it says
       classify report OUT                write a folder as one HTML page
       classify export -to TOOL OUT       rows for people to check: Label Studio, Prodigy, doccano, Argilla, CSV
       classify finish OUT                make the run-wide tables of a folder again

Reads news articles and writes who stands where on US troop presence.
INPUT: files, folders, globs, or - for standard input; .txt .html .jsonl .json
.csv .parquet, each also .gz and .zst, told by content. Flags go before inputs.
A file of a verb's name is given as ./score.

`

const labelUsageEnd = `
exit codes: 0 done; 1 failed; 2 usage; 3 done, but some input was broken;
4 nothing to read; 130 interrupted (finished parts are kept)
`

// labelFlags is the command line of the main command.
type labelFlags struct {
	out, model, actors       string
	labels, expert           string
	hosts, keep              []string
	columns                  map[string]string
	shard                    pipeline.Shard
	failOver                 float64 // share of inputs; negative: off
	quotes, relabel, version bool
	workers                  int
	inputs                   []string
}

// parseLabel reads the main command's flags.
func parseLabel(args []string, errw io.Writer) (*labelFlags, error) {
	f := &labelFlags{failOver: -1}
	fs := flag.NewFlagSet("classify", flag.ContinueOnError)
	fs.StringVar(&f.out, "o", "", "output `folder`; a run is added to what it holds (required; -o out)")
	fs.Func("host", "host `countries` to label for, parted by commas (-host Iraq,Syria; default: found in each article)", func(s string) error {
		f.hosts = splitList(s)
		return nil
	})
	fs.StringVar(&f.model, "model", models.Default, "embedded model's `name`, small or the much faster linear, or a model folder (-model linear, -model models/mine)")
	fs.StringVar(&f.actors, "actors", "", "CSV `file` of actors that extends the registry (-actors mine.csv; columns in docs/actors.md)")
	fs.StringVar(&f.labels, "labels", "", "`files` of labels given by people, units or annotation tools' exports, parted by commas; they win over the model's in the rows they match (-labels ana.csv,ben.csv)")
	fs.StringVar(&f.expert, "expert", "", "`annotator` whose word stands where several differ; otherwise most decide (-expert ana)")
	fs.BoolVar(&f.quotes, "quotes", false, "inputs are rows that are quotes already: columns actor, text and, if there, context, host_country, published_at, id (-quotes rows.csv)")
	fs.Func("columns", "input `columns` to read our fields from (-columns text=body,title=head)", func(s string) (err error) {
		f.columns, err = corpus.ParseColumns(s)
		return err
	})
	fs.Func("keep", "input `columns` to copy to the articles table as in_NAME (-keep section,desk)", func(s string) error {
		f.keep = splitList(s)
		return nil
	})
	fs.Func("shard", "label only share `i/n` of the articles, by id (-shard 2/8)", func(s string) (err error) {
		f.shard, err = pipeline.ParseShard(s)
		return err
	})
	fs.Func("fail-over", "exit 1 if more than this `share` of the inputs is broken (-fail-over 1%; default: off)", func(s string) (err error) {
		f.failOver, err = parseShare(s)
		return err
	})
	fs.BoolVar(&f.relabel, "relabel", false, "label again what the folder holds, with this command's settings (-relabel -model models/mine -o out)")
	fs.IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "how many `cores` to use (-workers 2)")
	fs.BoolVar(&f.version, "version", false, "print the version and stop")
	if err := parse(fs, args, errw, labelUsage, labelUsageEnd); err != nil {
		return nil, err
	}
	f.inputs = fs.Args()
	return f, f.check()
}

// check refuses what cannot be meant.
func (f *labelFlags) check() error {
	switch {
	case f.version:
		return nil
	case f.out == "":
		return usagef("classify -o out data/sample", "-o is missing: the folder to write to")
	case f.expert != "" && f.labels == "":
		return usagef("classify -o out -labels ana.csv,ben.csv -expert ana", "-expert goes with -labels")
	case f.workers < 1:
		return usagef("-workers 2", "-workers is %d; it must be 1 or more", f.workers)
	case len(f.inputs) == 0 && !f.relabel && f.labels == "":
		return usagef("classify -o out data/sample", "no input given")
	case f.relabel && slices.Contains(f.inputs, "-"):
		return usagef("give files: -relabel reads its inputs twice", "-relabel can't read standard input")
	case len(slices.Compact(slices.Sorted(slices.Values(f.keep)))) < len(f.keep):
		return usagef("-keep section,desk", "-keep names a column twice")
	}
	if err := f.checkFolder(); err != nil {
		return err
	}
	if err := checkHosts(f.hosts); err != nil {
		return err
	}
	return flagsFirst(f.inputs)
}

// checkFolder refuses to revise a folder that is not there.
func (f *labelFlags) checkFolder() error {
	if len(f.inputs) > 0 {
		return nil
	}
	if _, err := os.Stat(filepath.Join(f.out, "articles")); err != nil {
		return usagef("name a folder that classify has filled, or give inputs", "-o %s holds no articles to label again", f.out)
	}
	return nil
}

// checkHosts refuses a name that no host country has, with the nearest ones.
func checkHosts(hosts []string) error {
	known := topic.Hosts()
	for _, h := range hosts {
		if slices.Contains(known, h) {
			continue
		}
		var near []string
		for _, k := range known {
			if strings.EqualFold(k, h) || len(h) >= 3 && strings.EqualFold(k[:min(3, len(k))], h[:3]) {
				near = append(near, k)
			}
		}
		hint := "usual English short names, such as South Korea, Japan/Okinawa, Middle East"
		if len(near) > 0 {
			hint = "did you mean " + strings.Join(near, " or ") + "?"
		}
		return usagef(hint, "-host %s is no host country that is known", h)
	}
	return nil
}

// flagsFirst refuses a flag that comes after an input, where it would be
// taken for a file.
func flagsFirst(inputs []string) error {
	for i, in := range inputs {
		if i > 0 && len(in) > 1 && in[0] == '-' {
			return usagef("flags go before inputs; a file of that name is given as ./"+in, "%s comes after an input", in)
		}
	}
	return nil
}

// errHelp says that -h was asked for and answered.
var errHelp = errors.New("help")

// parse reads args into fs; -h prints the help on errw.
func parse(fs *flag.FlagSet, args []string, errw io.Writer, before, after string) error {
	fs.SetOutput(io.Discard)
	err := fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(errw, before)
		fs.SetOutput(errw)
		fs.PrintDefaults()
		fmt.Fprint(errw, after)
		return errHelp
	}
	if err != nil {
		return usagef(fs.Name()+" -h lists the flags", "%s", err)
	}
	return nil
}

func splitList(s string) []string {
	var out []string
	for _, e := range strings.Split(s, ",") {
		if e = strings.TrimSpace(e); e != "" {
			out = append(out, e)
		}
	}
	return out
}

// parseShare reads "1%" or "0.01".
func parseShare(s string) (float64, error) {
	number, percent := strings.CutSuffix(strings.TrimSpace(s), "%")
	v, err := strconv.ParseFloat(number, 64)
	if percent {
		v /= 100
	}
	if err != nil || v < 0 || v > 1 {
		return 0, fmt.Errorf("%q is not a share such as 1%% or 0.01", s)
	}
	return v, nil
}
