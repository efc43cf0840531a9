package main

import (
	"flag"
	"fmt"
	"io"
)

const usage = `usage: train [flags] LABELS...             learn a model:  train -o models/mine data/gold
       train -encoder DIR [flags] LABELS...  fine-tune a transformer: train -encoder bge-small-en-v1.5 -o models/mine data/gold
       train -from MODEL [flags] LABELS...  adapt a model: train -from linear -o models/mine out
       train -eval MODEL LABELS...          score a model on held-out labels, change nothing

LABELS: files of labelled statements (JSON lines, CSV, Parquet; docs/units.md),
exports of Label Studio, Prodigy, doccano and Argilla, told by content
(docs/retraining.md), folders that classify has filled, with the labels people
gave them, and folders of gold (articles/ and units/). What their articles hold
out (split dev, test) is measured on and learned from only when adapting to it
is asked by giving no split. Flags go before labels.

`

const usageEnd = `
exit codes: 0 done; 1 failed, or the model at -o is better; 2 usage; 4 no
labels to learn from; 130 interrupted
`

// options is the command line.
type options struct {
	out, from, eval, name, actors, encoder string
	l2, threshold                          float64
	folds, epochs, freeze                  int
	replay, expert                         string
	seed                                   uint64
	force                                  bool
	labels                                 []string
}

// parse reads the command line; -h prints the help on errw.
func parse(args []string, errw io.Writer) (*options, error) {
	o := &options{}
	fs := flag.NewFlagSet("train", flag.ContinueOnError)
	fs.StringVar(&o.out, "o", "", "model `folder` to write (-o models/mine; required unless -eval)")
	fs.StringVar(&o.from, "from", "", "embedded model's `name` or model folder to adapt (-from linear)")
	fs.StringVar(&o.eval, "eval", "", "embedded model's `name` or model folder to score (-eval models/linear)")
	fs.StringVar(&o.name, "name", "", "the model's `name` in the rows it labels (-name mine; default: the folder's)")
	fs.StringVar(&o.actors, "actors", "", "CSV `file` of actors that extends the registry (-actors mine.csv)")
	fs.StringVar(&o.replay, "replay", "", "with -from: `folder` of gold to mix new labels with, or none (-replay mygold; default: data/gold where it is there)")
	fs.StringVar(&o.expert, "expert", "", "`annotator` whose word stands where several differ; otherwise most decide (-expert ana)")
	fs.Float64Var(&o.l2, "l2", 0, "pull of the weights towards zero or the adapted model, a `number` above 0 (-l2 2; default 4, with -from 64)")
	fs.Float64Var(&o.threshold, "abstain", 0, "abstain under this `probability` (-abstain 0.5; default: chosen on held-out predictions)")
	fs.IntVar(&o.folds, "folds", 5, "`number` of folds for held-out predictions, 2 to 20 (-folds 10)")
	fs.StringVar(&o.encoder, "encoder", "", "fine-tune a transformer from this Hugging Face `folder`, BERT or MPNet (-encoder bge-small-en-v1.5)")
	fs.IntVar(&o.epochs, "epochs", 0, "transformer: passes over the labels, a `number` (-epochs 2; default 3, adapting 1)")
	fs.IntVar(&o.freeze, "freeze", 0, "transformer: this `number` of lower layers does not learn, which is faster (-freeze 6)")
	fs.Uint64Var(&o.seed, "seed", 0, "transformer: `number` that decides all chance (-seed 1)")
	fs.BoolVar(&o.force, "force", false, "replace the model at -o even if it is better (-force)")
	fs.SetOutput(io.Discard)
	if err := fs.Parse(args); err == flag.ErrHelp {
		fmt.Fprint(errw, usage)
		fs.SetOutput(errw)
		fs.PrintDefaults()
		fmt.Fprint(errw, usageEnd)
		return nil, err
	} else if err != nil {
		return nil, usagef("train -h lists the flags", "%s", err)
	}
	o.labels = fs.Args()
	return o, o.check()
}

// check refuses what cannot be meant.
func (o *options) check() error {
	switch {
	case len(o.labels) == 0:
		return usagef("train -o models/mine data/gold", "no labels given")
	case o.eval != "" && (o.out != "" || o.from != ""):
		return usagef("train -eval models/linear data/gold", "-eval goes with neither -o nor -from")
	case o.eval == "" && o.out == "":
		return usagef("train -o models/mine data/gold", "-o is missing: the folder to write to")
	case o.encoder != "" && (o.from != "" || o.eval != ""):
		return usagef("train -from models/mine -o models/next checked.jsonl", "-encoder starts a new transformer: it goes with neither -from nor -eval")
	case o.epochs < 0 || o.freeze < 0:
		return usagef("train -h", "-epochs and -freeze can't be below zero")
	case o.folds < 2 || o.folds > 20:
		return usagef("-folds 5", "-folds is %d; it must be 2 to 20", o.folds)
	case o.replay != "" && o.from == "":
		return usagef("train -from linear -replay data/gold -o models/mine checked.csv", "-replay goes with -from")
	case o.l2 < 0 || o.threshold < 0 || o.threshold > 1:
		return usagef("train -h", "-l2 must be above 0, -abstain between 0 and 1")
	}
	for _, l := range o.labels {
		if len(l) > 1 && l[0] == '-' {
			return usagef("flags go before labels; a file of that name is given as ./"+l, "%s comes after the labels", l)
		}
	}
	return nil
}
