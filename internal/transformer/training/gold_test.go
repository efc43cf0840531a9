package training_test

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"standpoint/data"
	"standpoint/internal/actor"
	"standpoint/internal/eval"
	"standpoint/internal/labels"
	"standpoint/internal/model"
	"standpoint/internal/transformer"
	"standpoint/internal/transformer/training"
	"standpoint/internal/wordpiece"
)

// TestGoldBeatsLinear is a real task end to end: stance and sentiment of the
// project's own gold, with a small encoder whose lower half is frozen and
// cached, against the linear model trained on the same units; both measured on
// the own dev. It takes about ten minutes on two cores:
//
//	STANDPOINT_LONG=1 go test -count=1 -v -timeout 60m -run Gold ./internal/transformer/training
//
// STANDPOINT_ENCODER names another encoder of the shared models, and
// STANDPOINT_CACHE a folder to keep states and snapshot in.
func TestGoldBeatsLinear(t *testing.T) {
	dir := encoderDir(t)
	train, dev := gold(t)
	linear, _, err := model.Train(t.Context(), train, model.Options{})
	if err != nil {
		t.Fatal(err)
	}
	judged, err := model.Judge(t.Context(), linear, "linear", dev)
	if err != nil {
		t.Fatal(err)
	}
	baseline := eval.Measure(judged.Stance, labels.Stances)
	t.Logf("%d statements to learn from, %d of dev", len(train), len(dev))
	t.Logf("linear:  stance accuracy %.3f, macro-F1 %.3f, flips %.3f, log loss %.3f", baseline.Accuracy, baseline.MacroF1, baseline.Flips, baseline.LogLoss)

	c, tokenizer := openEncoder(t, dir)
	m := fineTuned(t, c, tokenizer, train, training.Options{Epochs: 4, Freeze: c.Config.Layers / 2})
	predictions, err := m.Predict(t.Context(), inputs(tokenizer, dev), training.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ours := measure(dev, predictions, 0, func(e *model.Example) int { return e.Stance }, labels.Stances)
	tone := measure(dev, predictions, 1, func(e *model.Example) int { return e.Sentiment }, labels.Sentiments)
	t.Logf("encoder: stance accuracy %.3f, macro-F1 %.3f, flips %.3f, log loss %.3f", ours.Accuracy, ours.MacroF1, ours.Flips, ours.LogLoss)
	judgedTone := eval.Measure(judged.Sentiment, labels.Sentiments)
	t.Logf("sentiment macro-F1: linear %.3f, encoder %.3f", judgedTone.MacroF1, tone.MacroF1)
	if ours.MacroF1 <= baseline.MacroF1 {
		t.Errorf("macro-F1 %.3f does not beat the linear model's %.3f", ours.MacroF1, baseline.MacroF1)
	}
	agree(t, m, inputs(tokenizer, dev))
}

// encoderDir is the folder of the encoder, or the test is skipped.
func encoderDir(t *testing.T) string {
	t.Helper()
	if os.Getenv("STANDPOINT_LONG") == "" {
		t.Skip("takes minutes: set STANDPOINT_LONG=1")
	}
	shared, err := filepath.Abs(cmp.Or(os.Getenv("STANDPOINT_SHARED"), "../../../../shared"))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(shared, "models", cmp.Or(os.Getenv("STANDPOINT_ENCODER"), "all-MiniLM-L6-v2"))
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no encoder: set STANDPOINT_SHARED")
	}
	t.Setenv("STANDPOINT_SHARED", shared)
	return dir
}

// gold is the project's own units of train and dev.
func gold(t *testing.T) (train, dev []model.Example) {
	t.Helper()
	registry, err := actor.Open(data.Actors(), "")
	if err != nil {
		t.Fatal(err)
	}
	set, err := labels.Load([]string{filepath.Join("..", "..", "..", "data", "gold")})
	if err != nil {
		t.Fatal(err)
	}
	examples, err := model.Examples(set, registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		switch e.Split {
		case labels.Train:
			train = append(train, e)
		case labels.Dev:
			dev = append(dev, e)
		}
	}
	return train, dev
}

// headNames are the questions of the gold.
var headNames = []string{"stance", "sentiment"}

// goldTask is stance and sentiment, classes weighed as the examples need.
func goldTask(c *transformer.Checkpoint, train []model.Example) transformer.Task {
	return transformer.Task{
		Spans: 3, Hidden: c.Config.Hidden, Dropout: 0.1,
		Heads: []transformer.Head{
			{Name: headNames[0], Classes: labels.NumStances, Smoothing: 0.05, ClassWeights: balance(train)},
			{Name: headNames[1], Classes: labels.NumSentiments, Smoothing: 0.05, Weight: 0.5},
		},
	}
}

// fineTuned is a classifier of stance and sentiment on an encoder, trained for
// opt's epochs with its lower layers frozen.
func fineTuned(t *testing.T, c *transformer.Checkpoint, tokenizer *wordpiece.Tokenizer, train []model.Example, opt training.Options) *training.Classifier {
	t.Helper()
	m, err := training.NewClassifier(c, goldTask(c, train), 1)
	if err != nil {
		t.Fatal(err)
	}
	opt.Rate, opt.TopRate, opt.Warmup = 1e-4, 1e-3, 0.1
	opt.Cache = cmp.Or(os.Getenv("STANDPOINT_CACHE"), t.TempDir())
	opt.Snapshot = filepath.Join(opt.Cache, fmt.Sprintf("gold-%d.snapshot", opt.Epochs))
	opt.Progress = training.WriteProgress(os.Stderr, 20*time.Second)
	start := time.Now()
	if err := m.Train(t.Context(), inputs(tokenizer, train), opt); err != nil {
		t.Fatal(err)
	}
	t.Logf("trained in %v", time.Since(start).Round(time.Second))
	return m
}

// balance weighs rare stances up, as the linear model does: by the root of
// their rarity.
func balance(examples []model.Example) []float32 {
	count, total := make([]float64, labels.NumStances), 0.0
	for i := range examples {
		count[examples[i].Stance] += examples[i].Weight
		total += examples[i].Weight
	}
	out := make([]float32, len(count))
	for c, n := range count {
		out[c] = float32(math.Sqrt(total / (float64(len(count)) * max(n, 1))))
	}
	return out
}

// Limits of an input, in tokens.
const (
	mostSpan = 96
	mostAll  = 160
)

// inputs lays statements out: holder and host, then the words before, the
// span between marks, the words after. Pooled are the opening token, the
// opening mark and the span.
func inputs(tokenizer *wordpiece.Tokenizer, examples []model.Example) []training.Example {
	open, _ := tokenizer.ID("[unused0]")
	shut, _ := tokenizer.ID("[unused1]")
	out := make([]training.Example, len(examples))
	for i := range examples {
		e := &examples[i]
		in := &e.Instance
		body := in.Doc.Body
		question := in.Statement.Holder.Name + " on US troops in " + cmp.Or(in.Host, "the region")
		ids := append([]int32{tokenizer.CLS()}, limit(encode(tokenizer, question), 32)...)
		ids = append(ids, tokenizer.SEP())
		first := len(ids)
		span := limit(encode(tokenizer, in.Text()), mostSpan)
		room := mostAll - len(ids) - len(span) - 3
		before := encode(tokenizer, body[max(0, strings.LastIndex(body[:max(0, in.Statement.Start-600)], " ")):in.Statement.Start])
		after := limit(encode(tokenizer, body[in.Statement.End:min(len(body), in.Statement.End+600)]), room/3)
		before = before[max(0, len(before)-(room-len(after))):]
		ids = append(append(ids, before...), open)
		mark := len(ids) - 1
		ids = append(append(ids, span...), shut)
		ids = append(append(ids, after...), tokenizer.SEP())
		types := make([]int32, len(ids))
		for k := first; k < len(ids); k++ {
			types[k] = 1
		}
		out[i] = training.Example{
			IDs: ids, Types: types, Weight: e.Weight,
			Spans:  []transformer.Span{{Start: 0, End: 1}, {Start: mark, End: mark + 1}, {Start: mark + 1, End: mark + 1 + max(len(span), 1)}},
			Labels: [][]float32{training.Hard(e.Stance, labels.NumStances), training.Hard(e.Sentiment, labels.NumSentiments)},
		}
	}
	return out
}

func encode(tokenizer *wordpiece.Tokenizer, text string) []int32 {
	var ids []int32
	for _, token := range tokenizer.Encode(nil, text) {
		ids = append(ids, token.ID)
	}
	return ids
}

func limit(ids []int32, most int) []int32 { return ids[:min(len(ids), max(most, 0))] }

// measure scores a head's answers.
func measure(examples []model.Example, predictions [][][]float32, head int, class func(*model.Example) int, names []string) eval.Scores {
	rows := make([]eval.Row, len(examples))
	for i := range examples {
		p := predictions[i][head]
		row := eval.Row{Gold: class(&examples[i]), Pred: slices.Index(p, slices.Max(p)), Document: examples[i].Document}
		for _, v := range p {
			row.P = append(row.P, float64(v))
		}
		rows[i] = row
	}
	return eval.Measure(rows, names)
}
