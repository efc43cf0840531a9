package tuning

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"standpoint/data"
	"standpoint/internal/actor"
	"standpoint/internal/eval"
	"standpoint/internal/labels"
	"standpoint/internal/model"
	"standpoint/internal/transformer"
	"standpoint/internal/transformer/training"
)

// TestGoldBeatsLinear is a real task end to end: stance and sentiment of the
// project's own gold, with a small encoder whose lower half is frozen and
// cached, against the linear model trained on the same units; both measured on
// the own dev. It takes about ten minutes on two cores:
//
//	STANDPOINT_LONG=1 go test -count=1 -v -timeout 60m -run Gold ./internal/model/tuning
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

	c := openEncoder(t, dir)
	task, m := fineTuned(t, c, train, training.Options{Epochs: 4, Freeze: c.Config.Layers / 2})
	laid := laidOut(t, c, dev)
	predictions, err := m.Predict(t.Context(), laid, training.Options{})
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
	agree(t, task, m, laid)
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

// laidOut is examples as the encoder reads them.
func laidOut(t *testing.T, c *transformer.Checkpoint, examples []model.Example) []training.Example {
	t.Helper()
	list, err := lay(c, examples)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// fineTuned is a classifier on an encoder, trained as Train does for opt's
// epochs with its lower layers frozen.
func fineTuned(t *testing.T, c *transformer.Checkpoint, train []model.Example, opt training.Options) (transformer.Task, *training.Classifier) {
	t.Helper()
	task := Task(train, false)
	task.Hidden = c.Config.Hidden
	m, err := training.NewClassifier(c, task, 1)
	if err != nil {
		t.Fatal(err)
	}
	opt.Rate, opt.TopRate, opt.Warmup = 1e-4, 1e-3, 0.1
	opt.Cache = cmp.Or(os.Getenv("STANDPOINT_CACHE"), t.TempDir())
	opt.Snapshot = filepath.Join(opt.Cache, fmt.Sprintf("gold-%d.snapshot", opt.Epochs))
	opt.Progress = training.WriteProgress(os.Stderr, 20*time.Second)
	start := time.Now()
	if err := m.Train(t.Context(), laidOut(t, c, train), opt); err != nil {
		t.Fatal(err)
	}
	t.Logf("trained in %v", time.Since(start).Round(time.Second))
	return task, m
}

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
