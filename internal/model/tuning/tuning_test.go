package tuning

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"standpoint/internal/features"
	"standpoint/internal/labels"
	"standpoint/internal/model"
	"standpoint/internal/statement"
	"standpoint/internal/text"
	"standpoint/internal/transformer"
	"standpoint/internal/transformer/training"
	"standpoint/internal/transformer/transformertest"
)

// toy makes examples that a word tells apart, in three documents.
func toy() []model.Example {
	var out []model.Example
	for i, who := range []string{"a", "b", "c"} {
		for _, f := range []struct {
			words                       string
			stance, strength, sentiment int
		}{
			{"we want the troops to stay in " + who, labels.Favor, 2, labels.NeutralTone},
			{"the troops must leave " + who, labels.Against, -2, labels.Negative},
			{"talks on the troops in " + who, labels.Neutral, 0, labels.NeutralTone},
			{"the price in " + who, labels.Unrelated, 0, labels.Negative},
		} {
			s := statement.Statement{Span: text.Span{End: len(f.words)}, Field: text.FieldBody}
			out = append(out, model.Example{
				Instance: features.New(text.New("", f.words), s, "Iraq"), Stance: f.stance, Strength: f.strength, Sentiment: f.sentiment,
				Weight: 1, Story: who, Document: string(rune('d'+i)) + who, Split: labels.Train,
			})
		}
	}
	return out
}

// tune trains a tiny encoder until it knows the toy by heart.
func tune(t *testing.T, kind string) *model.Transformer {
	t.Helper()
	m, err := Train(t.Context(), transformertest.Tiny(kind), toy(), Options{Name: "tiny", Epochs: 60, Batch: 4, Rate: 5e-3})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func right(t *testing.T, m model.Classifier) (stance, strength int) {
	t.Helper()
	examples := toy()
	judged, err := model.Judge(t.Context(), m, "", examples)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range judged.Stance {
		if r.Gold == r.Pred {
			stance++
		}
	}
	for _, s := range judged.Strength {
		if s[0] == s[1] {
			strength++
		}
	}
	return stance, strength
}

func TestTrainLearns(t *testing.T) {
	for _, kind := range []string{transformer.BERT, transformer.MPNet} {
		m := tune(t, kind)
		if stance, strength := right(t, m); stance != len(toy()) || strength != 6 {
			t.Errorf("%s: %d of %d stances right, %d of 6 strengths", kind, stance, len(toy()), strength)
		}
	}
}

// TestAdaptKeepsAndLearns: a model adapted to other labels takes them on, says
// from which it comes, and has seen the documents of both.
func TestAdaptKeepsAndLearns(t *testing.T) {
	dir := t.TempDir()
	if err := tune(t, transformer.BERT).Save(dir, "", ""); err != nil {
		t.Fatal(err)
	}
	loaded, err := model.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	from := loaded.(*model.Transformer)
	fresh := toy()[:4]
	for i := range fresh {
		fresh[i].Document = "new"
	}
	fresh[3].Stance = labels.Neutral
	m, err := Train(t.Context(), nil, fresh, Options{From: from, Epochs: 40, Batch: 4, Rate: 5e-3})
	if err != nil {
		t.Fatal(err)
	}
	judged, _ := model.Judge(t.Context(), m, "", fresh)
	for i, r := range judged.Stance {
		if r.Pred != fresh[i].Stance {
			t.Errorf("example %d: %s", i, labels.Stances[r.Pred])
		}
	}
	if meta := m.Meta(); !meta.Seen("new") || !meta.Seen("da") || meta.From != from.Digest() {
		t.Errorf("from %q", meta.From)
	}
}

// TestAdaptingByNothingKeepsEveryByte: int8 weights that go into training and
// come out without a step are the same.
func TestAdaptingByNothingKeepsEveryByte(t *testing.T) {
	m := tune(t, transformer.MPNet)
	c, err := training.NewClassifier(m.Checkpoint(), *m.Meta().Task, 1)
	if err != nil {
		t.Fatal(err)
	}
	after, err := c.Checkpoint().Quantize()
	if err != nil {
		t.Fatal(err)
	}
	a, b := t.TempDir(), t.TempDir()
	if err := errors.Join(m.Checkpoint().Write(a), after.Write(b)); err != nil {
		t.Fatal(err)
	}
	entries, _ := os.ReadDir(a)
	for _, e := range entries {
		x, _ := os.ReadFile(filepath.Join(a, e.Name()))
		y, _ := os.ReadFile(filepath.Join(b, e.Name()))
		if !bytes.Equal(x, y) {
			t.Errorf("%s: %d and %d bytes differ", e.Name(), len(x), len(y))
		}
	}
}

// TestTrainGoesOn: training that was interrupted ends with the same bytes.
func TestTrainGoesOn(t *testing.T) {
	dir := t.TempDir()
	opt := Options{Epochs: 3, Batch: 4, Snapshot: filepath.Join(dir, "snapshot")}
	ctx, cancel := context.WithCancel(t.Context())
	opt.Progress = func(p training.Progress) {
		if p.Step == 4 {
			cancel()
		}
	}
	if _, err := Train(ctx, transformertest.Tiny(transformer.BERT), toy(), opt); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	opt.Progress = nil
	resumed, err := Train(t.Context(), transformertest.Tiny(transformer.BERT), toy(), opt)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := Train(t.Context(), transformertest.Tiny(transformer.BERT), toy(), Options{Epochs: 3, Batch: 4})
	if err != nil {
		t.Fatal(err)
	}
	errA, errB := resumed.Save(filepath.Join(dir, "a"), "", ""), whole.Save(filepath.Join(dir, "b"), "", "")
	if errA != nil || errB != nil || resumed.Digest() != whole.Digest() {
		t.Error("the digests differ", errA, errB)
	}
}
