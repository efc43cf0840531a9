package labels

import (
	"os"
	"path/filepath"
	"testing"
)

// shared is the folder of texts that the project may not hold.
func shared(t *testing.T) string {
	dir := os.Getenv("STANDPOINT_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	if _, err := os.Stat(filepath.Join(dir, "realdev", "gold.jsonl")); err != nil {
		t.Skipf("no shared texts: set STANDPOINT_SHARED (%v)", err)
	}
	return dir
}

func TestLoadGold(t *testing.T) {
	set, err := Load([]string{"../../data/gold"})
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Examples) < 300 {
		t.Errorf("%d examples", len(set.Examples))
	}
}

func TestLoadShared(t *testing.T) {
	dir := shared(t)
	abs, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("STANDPOINT_SHARED", abs)
	set, err := Load([]string{"../../data/gold", filepath.Join(dir, "realdev", "gold.jsonl")})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d examples, %d without text", len(set.Examples), len(set.Without))
	if len(set.Without) > 0 {
		t.Errorf("%d units without text, the first %s", len(set.Without), set.Without[0].Source)
	}
}
