package model

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"standpoint/internal/features"
	"standpoint/internal/labels"
	"standpoint/internal/statement"
	"standpoint/internal/text"
)

// example makes an example of a statement that is its whole text.
func example(words string, stance, strength, sentiment, story int) Example {
	doc := text.New("", words)
	s := statement.Statement{Span: text.Span{End: len(words)}, Field: text.FieldBody, Kind: statement.Indirect}
	return Example{
		Instance: features.New(doc, s, "Iraq"), Stance: stance, Strength: strength, Sentiment: sentiment, Weight: 1,
		Split: labels.Train, Story: fmt.Sprint("s", story), Document: fmt.Sprint("d", story), Source: fmt.Sprint("gold.jsonl:", story),
	}
}

// toy makes examples that a linear model can tell apart.
func toy() []Example {
	forms := []struct {
		words                       string
		stance, strength, sentiment int
	}{
		{"the %s want the troops to stay", labels.Favor, 2, labels.NeutralTone},
		{"the troops are useful to the %s", labels.Favor, 1, labels.Positive},
		{"the %s demand that the troops leave", labels.Against, -2, labels.Negative},
		{"the %s fear the danger of the bases", labels.Against, -1, labels.Negative},
		{"the %s want trainers but no combat troops", labels.Mixed, 0, labels.NeutralTone},
		{"the %s will hold talks on the mission next week", labels.Neutral, 0, labels.NeutralTone},
		{"the %s said the price of bread had doubled", labels.Unrelated, 0, labels.Negative},
	}
	var out []Example
	for i, who := range strings.Fields("farmers elders doctors drivers miners teachers sailors bakers nurses judges") {
		for _, f := range forms {
			out = append(out, example(fmt.Sprintf(f.words, who), f.stance, f.strength, f.sentiment, i))
		}
	}
	return out
}

// classifiers is every Classifier there is.
func classifiers(t *testing.T) map[string]Classifier {
	t.Helper()
	out := map[string]Classifier{}
	trained, _, _ := Train(context.Background(), toy(), Options{L2: 0.1})
	out["trained"] = trained
	dir := t.TempDir()
	if err := trained.Save(dir, "card", "eval"); err != nil {
		t.Fatal(err)
	}
	saved, err := Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	out["saved"] = saved
	embedded, err := Load(os.DirFS(filepath.Join("..", "..", "models", "linear")))
	if err != nil {
		t.Fatal(err)
	}
	out["models/linear"] = embedded
	out["transformer"], out["transformer of MPNet"] = tinyTransformer(t, "bert"), tinyTransformer(t, "mpnet")
	return out
}

func TestContract(t *testing.T) {
	var in []features.Instance
	for _, e := range toy() {
		in = append(in, e.Instance)
	}
	in = append(in, example("?", 0, 0, 0, 0).Instance, features.New(text.New("", ""), statement.Statement{}, ""))
	for name, c := range classifiers(t) {
		t.Run(name, func(t *testing.T) {
			all, err := c.Predict(context.Background(), in)
			if err != nil || len(all) != len(in) {
				t.Fatal(len(all), err)
			}
			for i, p := range all {
				checkPrediction(t, p)
				alone, err := c.Predict(context.Background(), in[i:i+1])
				if err != nil || alone[0] != p {
					t.Errorf("instance %d: %v alone, %v among others (%v)", i, alone, p, err)
				}
			}
			if again, _ := c.Predict(context.Background(), in); !slices.Equal(all, again) {
				t.Error("the second answer differs")
			}
			if none, err := c.Predict(context.Background(), nil); err != nil || len(none) != 0 {
				t.Errorf("nothing to judge: %v %v", none, err)
			}
			cancelled, cancel := context.WithCancel(context.Background())
			cancel()
			if _, err := c.Predict(cancelled, in); !errors.Is(err, context.Canceled) {
				t.Errorf("cancelled: %v", err)
			}
			if c.Name() == "" || len(c.Digest()) != 64 {
				t.Errorf("name %q, digest %q", c.Name(), c.Digest())
			}
		})
	}
}

func checkPrediction(t *testing.T, p Prediction) {
	t.Helper()
	for _, probabilities := range [][]float64{p.Stance[:], p.Sentiment[:]} {
		sum := 0.0
		for _, v := range probabilities {
			if !(v >= 0 && v <= 1) {
				t.Errorf("probability %g", v)
			}
			sum += v
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("probabilities sum to %g", sum)
		}
	}
	lo, hi := labels.StrengthRange(argmax(p.Stance[:]))
	if p.Strength < lo || p.Strength > hi {
		t.Errorf("strength %d with %s", p.Strength, labels.Stances[argmax(p.Stance[:])])
	}
}

func TestTrainLearnsAndLoadsBack(t *testing.T) {
	examples := toy()
	c := classifiers(t)
	if c["trained"].Digest() != c["saved"].Digest() {
		t.Error("the digest changes with saving")
	}
	j, err := Judge(context.Background(), c["saved"], "toy", examples)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range j.Stance {
		if r.Pred != r.Gold {
			t.Errorf("%q is called %s", examples[i].Instance.Text(), labels.Stances[r.Pred])
		}
	}
	for _, s := range j.Strength {
		if s[0] != s[1] {
			t.Errorf("strength %d is called %d", s[0], s[1])
		}
	}
}

func TestTrainWithoutAClass(t *testing.T) {
	var few []Example
	for _, e := range toy()[:14] {
		if e.Stance != labels.Mixed {
			few = append(few, e)
		}
	}
	m, held, _ := Train(context.Background(), few, Options{})
	if len(held.Stance) != len(few) {
		t.Errorf("%d held-out answers for %d examples", len(held.Stance), len(few))
	}
	if _, err := m.Predict(context.Background(), []features.Instance{few[0].Instance}); err != nil {
		t.Error(err)
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	a, _, _ := Train(context.Background(), toy(), Options{})
	b, _, _ := Train(context.Background(), toy(), Options{})
	if a.Digest() != b.Digest() {
		t.Error("two trainings differ")
	}
}

func TestAdaptKeepsWhatItKnew(t *testing.T) {
	from, _, _ := Train(context.Background(), toy(), Options{L2: 0.1})
	added := []Example{example("the weavers cheer the garrison", labels.Favor, 2, labels.Positive, 90)}
	m, _, _ := Train(context.Background(), added, Options{From: from, L2: 0.1})
	meta := m.Meta()
	if !meta.Seen("d3") || !meta.Seen("d90") || meta.Seen("d91") || meta.From != from.Digest() {
		t.Errorf("documents %v from %q", meta.Documents, meta.From)
	}
	j, err := Judge(context.Background(), m, "", append(toy(), added...))
	if err != nil {
		t.Fatal(err)
	}
	wrong := 0
	for _, r := range j.Stance {
		if r.Pred != r.Gold {
			wrong++
		}
	}
	if wrong > 3 {
		t.Errorf("%d of %d are wrong after one more label", wrong, len(j.Stance))
	}
}

func TestFoldsKeepStoriesTogether(t *testing.T) {
	examples := toy()
	of := map[string]int{}
	for i, k := range folds(examples, 5) {
		if old, ok := of[examples[i].Story]; ok && old != k {
			t.Errorf("story %s is in folds %d and %d", examples[i].Story, old, k)
		}
		of[examples[i].Story] = k
	}
}

func TestCalibrateCoolsOverconfidence(t *testing.T) {
	var rows []heldOut
	for i := range 200 {
		class := 0
		if i%4 == 0 {
			class = 1
		}
		rows = append(rows, heldOut{[]float64{8, 0}, class, 1})
	}
	c := calibrate(rows, 2)
	p := []float64{8, 0}
	c.apply(p)
	if math.Abs(p[0]-0.75) > 0.02 {
		t.Errorf("three in four right is calibrated to %.3f", p[0])
	}
	if c := calibrate(nil, 2); c.Temperature != 1 {
		t.Errorf("no rows: %v", c)
	}
}

func TestChooseThreshold(t *testing.T) {
	var rows []heldOut
	for i := range 100 {
		h := heldOut{[]float64{float64(i) / 10, 0}, 0, 1}
		if i < 50 {
			h.class = 1
		}
		rows = append(rows, h)
	}
	c := Calibration{Temperature: 1, Bias: []float64{0, 0}}
	threshold, why := chooseThreshold(rows, c, 0)
	if threshold < 0.9 || why != "keeps 62 % of held-out rows, 81 % of them right" {
		t.Errorf("threshold %g %s", threshold, why)
	}
	if given, _ := chooseThreshold(rows, c, 0.3); given != 0.3 {
		t.Errorf("given 0.3, got %g", given)
	}
}

// TestLoadRefuses holds that each broken folder gives one clear line.
func TestLoadRefuses(t *testing.T) {
	m, _, _ := Train(context.Background(), toy(), Options{})
	meta, weights := m.encode()
	for _, c := range []struct {
		name, from, to, want string
	}{
		{"another kind", `"kind": "linear"`, `"kind": "oracle"`, `kind "oracle"`},
		{"another format", `"format_version": 1`, `"format_version": 9`, "format version 9"},
		{"other features", `"features_version": `, `"features_version": 9`, "train it again"},
		{"other labels", `"favor",`, `"pro",`, "labels"},
		{"a temperature", `"temperature": `, `"temperature": -`, "temperature -"},
		{"a threshold", `"abstain_below": `, `"abstain_below": 9`, "abstain_below"},
		{"another digest", `"weights_sha256": "`, `"weights_sha256": "0`, "digest differs"},
		{"no JSON", `{`, `(`, "model.json"},
	} {
		changed := strings.Replace(string(meta), c.from, c.to, 1)
		if changed == string(meta) {
			t.Fatalf("%s: %q is not in model.json", c.name, c.from)
		}
		_, err := Load(fstest.MapFS{"model.json": {Data: []byte(changed)}, "weights.bin": {Data: weights}})
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := Load(fstest.MapFS{"model.json": {Data: meta}, "weights.bin": {Data: weights[:len(weights)-1]}}); err == nil {
		t.Error("weights cut short were loaded")
	}
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("an empty folder was loaded")
	}
}

func TestExplain(t *testing.T) {
	m, _, err := Train(context.Background(), toy(), Options{L2: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	e, err := m.Explain(context.Background(), example("the weavers demand that the troops leave", labels.Against, -2, labels.Negative, 1).Instance, 3)
	if err != nil || e.Stance != labels.Against || e.RunnerUp == e.Stance || len(e.Reasons) != 3 || e.Reasons[0].Push <= 0 || e.Reasons[0].Name == "" {
		t.Errorf("%+v", e)
	}
}
