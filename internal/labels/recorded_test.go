package labels

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// recorded are exports that the real tools made of the same work (scripts/roundtrip_tools.py),
// but for Prodigy, whose is written as documented; lacks: what a tool can't do.
var recorded = map[string]string{
	"label-studio.json": "", "doccano": "",
	"argilla.json": "added", "argilla-flat.json": "added", "prodigy.jsonl": "added",
}

// Two people did the same in every tool: the same units come back from each.
func TestRecordedExports(t *testing.T) {
	said := map[string][]string{}
	for name := range recorded {
		for _, path := range filesUnder(t, filepath.Join("../annotate/testdata", name)) {
			f, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			units, err := ReadLocated(f, path)
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range units {
				said[name] = append(said[name], lineOf(u))
			}
		}
		slices.Sort(said[name])
	}
	want := said["label-studio.json"]
	if len(want) < 12 {
		t.Fatalf("only %d units", len(want))
	}
	for name, lacks := range recorded {
		expected := want
		if lacks != "" {
			expected = slices.DeleteFunc(slices.Clone(want), func(s string) bool { return strings.HasPrefix(s, lacks) })
		}
		if !slices.Equal(said[name], expected) {
			t.Errorf("%s:\n%s\nnot\n%s", name, strings.Join(said[name], "\n"), strings.Join(expected, "\n"))
		}
	}
	golden, err := os.ReadFile("testdata/recorded.txt")
	if err != nil || string(golden) != strings.Join(want, "\n")+"\n" {
		t.Errorf("testdata/recorded.txt is not what was read (%v):\n%s", err, strings.Join(want, "\n"))
	}
}

// lineOf is a unit in a line, without what tools tell of people differently.
func lineOf(u Located) string {
	who := cmp.Or(map[string]string{"00000000-0000-0000-0000-000000000001": "ana", "00000000-0000-0000-0000-000000000002": "ben"}[u.Annotator], u.Annotator)
	id := cmp.Or(u.ID, "added")
	if u.Stance == NoStatement {
		return fmt.Sprintf("%s %s none", id, who)
	}
	return fmt.Sprintf("%s %s %s %d, %s, %s, %s %g: %s", id, who, u.Stance, u.StanceStrength, u.Sentiment, u.Holder, u.Sample, u.SampleWeight, u.Text)
}

func filesUnder(t *testing.T, path string) []string {
	t.Helper()
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return []string{path}
	}
	files, err := filepath.Glob(filepath.Join(path, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v", path, err)
	}
	return files
}

// The minimal exports of Label Studio don't tell the labels of two statements
// of a task apart: such a task is refused by its number, and the others read.
func TestRecordedMinimal(t *testing.T) {
	for _, name := range []string{"label-studio-min.json", "label-studio.csv"} {
		data, err := os.ReadFile(filepath.Join("../annotate/testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadLocated(strings.NewReader(string(data)), name); err == nil || !strings.Contains(err.Error(), "which of 2 statements") {
			t.Errorf("%s: %v", name, err)
		}
	}
	data, err := os.ReadFile("../annotate/testdata/label-studio-min.json")
	if err != nil {
		t.Fatal(err)
	}
	var records []map[string]any
	if err := json.Unmarshal(data, &records); err != nil {
		t.Fatal(err)
	}
	records = slices.DeleteFunc(records, func(r map[string]any) bool { spans, _ := r["statement"].([]any); return len(spans) > 1 })
	if data, err = json.Marshal(records); err != nil {
		t.Fatal(err)
	}
	units, err := ReadLocated(strings.NewReader(string(data)), "min")
	if err != nil || len(units) < 10 {
		t.Fatal(len(units), err)
	}
	golden, err := os.ReadFile("testdata/recorded.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range units {
		if !strings.Contains(string(golden), lineOf(u)+"\n") {
			t.Errorf("only in the minimal export: %s", lineOf(u))
		}
	}
}
