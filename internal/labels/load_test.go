package labels

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"standpoint/internal/table"
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

// A folder that classify has filled gives the texts of its articles, and the
// labels that people gave it.
func TestLoadReadsAFilledFolder(t *testing.T) {
	dir := t.TempDir()
	body := "Ms. Park spoke.\n\nThey stay, she said."
	if err := os.MkdirAll(filepath.Join(dir, "articles"), 0o777); err != nil {
		t.Fatal(err)
	}
	err := table.Create(filepath.Join(dir, "articles", "part-00000.parquet"), table.Meta{}, slices.Values([]table.Article{{ArticleID: "a_1", Title: "On the base", Body: &body}, {ArticleID: "a_2"}}))
	if err != nil {
		t.Fatal(err)
	}
	unit := unitLine(`"article_id":"a_1","story":"a_0"`, 17, 26, `,"text":"They stay"`)
	if err := os.WriteFile(filepath.Join(dir, "labels.jsonl"), []byte(unit), 0o666); err != nil {
		t.Fatal(err)
	}
	set, err := Load([]string{dir})
	if err != nil || len(set.Examples) != 1 {
		t.Fatalf("%+v %v", set, err)
	}
	if e := set.Examples[0]; e.Doc.Body != body || e.Story != "a_0" || e.Split != Train {
		t.Errorf("%+v", e)
	}
}
