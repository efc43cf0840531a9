package model

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"standpoint/internal/transformer"
	"standpoint/internal/transformer/transformertest"
)

// tinyTransformer is a model over an encoder of one layer with chance weights.
func tinyTransformer(t *testing.T, kind string) *Transformer {
	t.Helper()
	c, rng := transformertest.Tiny(kind), rand.New(rand.NewPCG(3, 4))
	add := func(name string, shape ...int) { transformertest.Fill(c, rng, name, shape...) }
	task := transformer.Task{Spans: 3, Hidden: 8, Heads: Tasks()}
	task.Heads[0].Form = transformer.Sides
	add(transformer.HeadPrefix+transformer.DenseName+".weight", 8, 48)
	add(transformer.HeadPrefix+transformer.DenseName+".bias", 8)
	for _, h := range task.Heads {
		add(transformer.HeadPrefix+h.Name+".weight", h.Columns(), 8)
		add(transformer.HeadPrefix+h.Name+".bias", h.Columns())
	}
	small, err := c.Quantize()
	if err != nil {
		t.Fatal(err)
	}
	m, err := NewTransformer(small, task, toy(), Origin{Name: "tiny"})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Save(t.TempDir(), "card", "eval"); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestTransformerFolder: what was saved answers as before, and a folder that
// was changed is refused.
func TestTransformerFolder(t *testing.T) {
	m := tinyTransformer(t, "bert")
	dir := t.TempDir()
	if err := m.Save(dir, "card", "eval"); err != nil {
		t.Fatal(err)
	}
	again, err := Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	in := instances(toy())
	want, _ := m.Predict(t.Context(), in)
	got, _ := again.Predict(t.Context(), in)
	meta := again.Meta()
	if !slices.Equal(want, got) || again.Digest() != m.Digest() || !meta.Seen("d3") {
		t.Error("the model read again answers otherwise")
	}
	for _, change := range []struct{ file, old, new, complaint string }{
		{"model.json", `"sequence_version": 1`, `"sequence_version": 99`, "train it again"},
		{"model.json", `"name": "lean"`, `"name": "tilt"`, "heads"},
		{"model.json", `"temperature": 1`, `"temperature": 0`, "temperature"},
		{"encoder/tokenizer.json", "[CLS]", "[LSC]", "digest"},
	} {
		path := filepath.Join(dir, change.file)
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		bad := bytes.ReplaceAll(good, []byte(change.old), []byte(change.new))
		if bytes.Equal(good, bad) {
			t.Fatalf("%s holds no %s", change.file, change.old)
		}
		os.WriteFile(path, bad, 0o666)
		if _, err := Load(os.DirFS(dir)); err == nil || !strings.Contains(err.Error(), change.complaint) {
			t.Errorf("%s for %s: %v", change.new, change.old, err)
		}
		os.WriteFile(path, good, 0o666)
	}
}

// TestCalibrateCrossFits: probabilities fitted to held-out examples are nearer
// to the truth on them than raw ones, and each document is judged by a fit
// without it.
func TestCalibrateCrossFits(t *testing.T) {
	m := tinyTransformer(t, "mpnet")
	sets := []HeldOut{{"a", toy()[:42]}, {"b", toy()[42:]}}
	before, err := Judge(t.Context(), m, "", toy())
	if err != nil {
		t.Fatal(err)
	}
	judged, err := m.Calibrate(t.Context(), sets, 0)
	if err != nil || len(judged) != 2 || len(judged[0].Stance) != 42 || judged[1].Name != "b" {
		t.Fatal(judged, err)
	}
	after, err := Judge(t.Context(), m, "", toy())
	if err != nil {
		t.Fatal(err)
	}
	loss := func(rows ...float64) (sum float64) {
		for _, r := range rows {
			sum -= r
		}
		return sum
	}
	var raw, crossed, fitted []float64
	for i, r := range after.Stance {
		raw = append(raw, logs(before.Stance[i].P)[r.Gold])
		fitted = append(fitted, logs(r.P)[r.Gold])
		of := judged[0].Stance
		k := i
		if i >= 42 {
			of, k = judged[1].Stance, i-42
		}
		crossed = append(crossed, logs(of[k].P)[r.Gold])
		if of[k].Gold != r.Gold {
			t.Fatalf("example %d has another label", i)
		}
	}
	if !(loss(fitted...) < loss(crossed...) && loss(fitted...) < loss(raw...)) {
		t.Errorf("log loss: raw %.2f, crossed %.2f, fitted %.2f", loss(raw...), loss(crossed...), loss(fitted...))
	}
	if m.Meta().Threshold <= 0 || m.Meta().Stance.Temperature == 1 {
		t.Error("nothing was fitted")
	}
	old := m.Meta()
	if none, err := m.Calibrate(t.Context(), nil, 0); none != nil || err != nil || m.Meta().Threshold != old.Threshold {
		t.Error("nothing to fit to changes the calibration")
	}
}

// TestTransformerExplains: the words that are named stand in the text, and are
// sorted by what they move.
func TestTransformerExplains(t *testing.T) {
	m := tinyTransformer(t, "bert")
	in := toy()[0].Instance
	e, err := m.Explain(t.Context(), in, 4)
	if err != nil || len(e.Reasons) != 4 || e.Stance == e.RunnerUp {
		t.Fatal(e, err)
	}
	p, _ := m.Predict(t.Context(), instances(toy()[:1]))
	if argmax(p[0].Stance[:]) != e.Stance {
		t.Error("another stance is explained")
	}
	last := 1e9
	for _, r := range e.Reasons {
		word := strings.TrimPrefix(r.Name, "word:")
		size := max(r.Push, -r.Push)
		if !strings.Contains(in.Doc.Body, word) || size > last {
			t.Errorf("reasons %v", e.Reasons)
		}
		last = size
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.Explain(cancelled, in, 4); err == nil {
		t.Error("explains though cancelled")
	}
}
