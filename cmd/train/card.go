package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"standpoint/internal/eval"
	"standpoint/internal/labels"
	"standpoint/internal/model"
)

// licences tells, for files of our own gold, whose texts they are about.
var licences = map[string]string{
	"statements.jsonl": "single statements written for this project",
	"news.jsonl":       "articles written for this project",
	"realprose.jsonl":  "US Government works; Wikipedia (CC BY-SA 4.0), Wikinews (CC BY 2.5) and their authors; labels by offset, texts not included",
}

// card is the model folder's README.md.
func (j *job) card(m model.Meta, sets []eval.Judged) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Model %s

Judges statements about US troop presence: stance (%s), its strength and
sentiment, with calibrated probabilities. %s

## Use
Made for `+"`classify`"+`, on English news, for statements it has found or that are
given. Look at `+"`abstained`"+` first: under a probability of %.2f the model does
not commit itself (it %s). Not made to judge a person
by one row, other topics, other languages, or sarcasm.

## Learned from
%d statements of %d stories: %s.

| file | statements | texts |
|---|---|---|
`, m.Name, strings.Join(m.Stances, ", "), how(m), m.Threshold, m.ThresholdWhy, m.Examples, m.Stories, byStance(m))
	j.sources(&b)
	b.WriteString(base(m))
	if m.From != "" {
		fmt.Fprintf(&b, "\nAdapted from the model with digest %.16s.\n", m.From)
	}
	fmt.Fprintf(&b, "\nDigest of these files: %.16s.\n", m.DataDigest)
	b.WriteString("\n## Scores\nSpans and holders as labelled; more, with baselines, in EVAL.txt.\n\n")
	b.WriteString("| set | statements | stance accuracy | stance macro-F1 | flips | sentiment macro-F1 |\n|---|---|---|---|---|---|\n")
	for _, s := range sets {
		st, se := eval.Measure(s.Stance, labels.Stances), eval.Measure(s.Sentiment, labels.Sentiments)
		fmt.Fprintf(&b, "| %s | %d | %.3f | %.3f | %.3f | %.3f |\n", s.Name, st.N, st.Accuracy, st.MacroF1, st.Flips, se.MacroF1)
	}
	b.WriteString(failures)
	return b.String()
}

// encoders are the licences of encoders to start from.
var encoders = map[string]string{
	"bge-small-en-v1.5": "BAAI, MIT", "all-MiniLM-L6-v2": "sentence-transformers, Apache-2.0", "all-mpnet-base-v2": "sentence-transformers, Apache-2.0",
}

// base names the encoder that the model was fine-tuned from.
func base(m model.Meta) string {
	if m.Encoder == "" {
		return ""
	}
	return fmt.Sprintf("\nFine-tuned from the encoder %s (%s).\n", m.Encoder, cmp.Or(encoders[m.Encoder], "see its own licence"))
}

// how the model judges.
func how(m model.Meta) string {
	if m.Kind == model.KindTransformer {
		return fmt.Sprintf(`A transformer, computing with
int8, reads each statement marked in the words around it, after its holder and
the host country (sequences version %d).`, m.Sequence)
	}
	return fmt.Sprintf(`Multinomial logistic regression over
words, word classes and their pairs (features version %d, %d buckets).`, m.Features, m.Buckets)
}

// failures is what a reader of rows should know.
const failures = `
flips: favor called against or the reverse.

## Where it fails
- Signs that come from more than a word and what governs it: chains of refusals,
  irony, rhetorical questions, positions that only the passage explains.
- mixed is rare in what it learned from and seldom recognised; partial exits and
  conditions often come out as against or favor.
- neutral and unrelated are taken for each other where forces are named without
  a position.
`

func byStance(m model.Meta) string {
	var parts []string
	for _, s := range m.Stances {
		parts = append(parts, fmt.Sprintf("%s %d", s, m.ByStance[s]))
	}
	return strings.Join(parts, ", ")
}

// sources lists the files of units with what each gave.
func (j *job) sources(b *strings.Builder) {
	count := map[string]int{}
	var files []string
	for i := range j.train {
		file := j.train[i].Source[:strings.LastIndexByte(j.train[i].Source, ':')]
		if count[file]++; count[file] == 1 {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	for _, f := range files {
		about := licences[filepath.Base(f)]
		if about == "" {
			about = "given by the trainer"
		}
		fmt.Fprintf(b, "| %s | %d | %s |\n", filepath.Base(f), count[f], about)
	}
}
