package similar

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSeeds groups the labelled statements of real articles: one utterance of
// an office came in three papers, one of a department in two under two names.
func TestSeeds(t *testing.T) {
	shared := os.Getenv("STANDPOINT_SHARED")
	if shared == "" {
		shared = "../../../shared"
	}
	b, err := os.ReadFile(filepath.Join(shared, "seeds", "gold.jsonl"))
	if err != nil {
		t.Skipf("no seeds (STANDPOINT_SHARED may say where): %v", err)
	}
	var x Utterances
	expected := map[string][]int{} // of rows by gold group
	for i, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		var u struct{ Text, Holder, Group, Kind string }
		if err := json.Unmarshal([]byte(line), &u); err != nil {
			t.Fatal(err)
		}
		x.Add(u.Text, u.Holder, u.Text)
		if u.Group == "pmo-statement" || u.Group == "state-recommit" && strings.Contains(u.Text, "to best recommit to our") {
			expected[u.Group] = append(expected[u.Group], i)
		}
	}
	groups := x.Groups()
	for name, rows := range expected {
		if len(rows) < 2 {
			t.Errorf("%s: %d rows", name, len(rows))
		}
		for _, i := range rows {
			if groups[i] != groups[rows[0]] {
				t.Errorf("%s: apart\n%s\n%s", name, x.ids[i], x.ids[rows[0]])
			}
		}
	}
}
