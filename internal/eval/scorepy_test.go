package eval_test

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"standpoint/internal/eval"
	"standpoint/internal/labels"
	"standpoint/internal/table"
)

// TestScorePy holds ScoreFolder against the reference scorer, over rows made
// of gold by moving, relabelling, renaming and dropping some.
func TestScorePy(t *testing.T) {
	python, shared := os.Getenv("STANDPOINT_PYTHON"), os.Getenv("STANDPOINT_SHARED")
	if shared == "" {
		shared = "../../../shared"
	}
	script, gold := filepath.Join(shared, "tools", "score.py"), filepath.Join(shared, "realdev", "gold.jsonl")
	if _, err := os.Stat(script); err != nil || python == "" {
		t.Skip("needs STANDPOINT_PYTHON (with pyarrow) and the shared folder (STANDPOINT_SHARED)")
	}
	f, err := os.Open(gold)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	units, err := labels.Read(f, gold)
	if err != nil {
		t.Fatal(err)
	}
	rows := disturbed(units)
	out := t.TempDir()
	writeFolder(t, out, rows)
	for _, forces := range []bool{false, true} {
		args := []string{script, "--json", out, gold}
		if forces {
			args = append(args, "--forces", "gold")
		}
		want := scorePy(t, python, args)
		s := eval.ScoreFolder(rows, units, eval.FolderOptions{GoldForces: forces})
		for name, got := range map[string]float64{
			"articles": float64(s.Articles), "gold": float64(s.Gold), "predicted": float64(s.Predicted), "span_precision": s.SpanPrecision,
			"span_recall": s.SpanRecall, "span_f1": s.SpanF1, "holder_acc": s.HolderAccuracy, "stance_acc": s.StanceAccuracy,
			"stance_macro_f1": s.StanceMacroF1, "sentiment_macro_f1": s.SentimentMacroF1, "kind_acc": s.KindAccuracy, "flips": s.Flips,
			"tuple_f1": s.TupleF1, "article_f1": s.ArticleF1,
		} {
			if math.Abs(got-want[name]) > 0.00051 {
				t.Errorf("forces %v: %s is %.4f here and %.4f there", forces, name, got, want[name])
			}
		}
	}
}

// disturbed makes rows of units, some wrong in each way that is scored.
func disturbed(units []labels.Unit) []eval.FolderRow {
	var rows []eval.FolderRow
	for i, u := range units {
		if i%11 == 3 {
			continue
		}
		r := eval.FolderRow{
			Input: "in/" + u.Input, Field: "body", HostCountry: u.HostCountry, Holder: u.Holder, Actor: u.Actor,
			Stance: u.Stance, Sentiment: u.Sentiment, Kind: u.Kind, Strength: u.StanceStrength,
			StartByte: u.StartByte, EndByte: u.EndByte, Headline: u.IsHeadline,
		}
		switch {
		case i%5 == 0:
			r.Stance, r.Strength = labels.Stances[i%labels.NumStances], []int{1, -2, 0, 0, 0}[i%labels.NumStances]
		case i%7 == 1:
			r.StartByte += (u.EndByte - u.StartByte) / (2 + i%3)
		case i%9 == 2:
			r.Holder = units[(i+1)%len(units)].Holder
		case i%13 == 4:
			r.Holder = "the " + u.Holder + " of U.S."
		case i%17 == 5:
			r.HostCountry = "Poland"
		}
		if i%6 == 2 {
			r.Sentiment, r.Kind = "neutral", "direct"
		}
		rows = append(rows, r)
		if i%19 == 0 {
			rows = append(rows, r)
		}
	}
	return rows
}

func writeFolder(t *testing.T, out string, rows []eval.FolderRow) {
	t.Helper()
	if err := os.Mkdir(filepath.Join(out, "statements"), 0o777); err != nil {
		t.Fatal(err)
	}
	var list []table.Statement
	for _, r := range rows {
		list = append(list, table.Statement{
			Input: r.Input, Field: r.Field, HostCountry: r.HostCountry, Holder: r.Holder, Actor: r.Actor, Stance: r.Stance,
			Sentiment: r.Sentiment, Kind: r.Kind, StanceStrength: int32(r.Strength), StartByte: int32(r.StartByte), EndByte: int32(r.EndByte),
			IsHeadline: r.Headline, HolderSide: "other", Voice: "none", ActorType: "person", HolderType: "person",
			PublishedPrecision: "none", LabelSource: "model",
		})
	}
	path := filepath.Join(out, "statements", "part-00000.parquet")
	if err := table.Create(path, table.Meta{}, slices.Values(list)); err != nil {
		t.Fatal(err)
	}
}

func scorePy(t *testing.T, python string, args []string) map[string]float64 {
	t.Helper()
	b, err := exec.Command(python, args...).Output()
	if err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	var m map[string]float64
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}
