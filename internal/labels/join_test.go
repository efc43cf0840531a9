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

// write puts files into a folder, by path.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func unitLine(where string, start, end int, rest string) string {
	return fmt.Sprintf(`{%s,"start_byte":%d,"end_byte":%d,"kind":"direct","actor":"Hana Park","holder":"Hana Park","host_country":"Iraq","stance":"unrelated","sentiment":"neutral"%s}`+"\n", where, start, end, rest)
}

func TestLoadJoinsArticles(t *testing.T) {
	dir := write(t, map[string]string{
		"gold/articles/a.jsonl": `{"article_id":"a_1","title":"Troops stay","body":"“We stay,” Park said.","split":"dev","story":"s1"}` + "\n",
		"gold/units/u.jsonl":    unitLine(`"article_id":"a_1"`, 0, 14, `,"text":"“We stay,”"`) + unitLine(`"article_id":"a_1","field":"title"`, 0, 11, `,"text":"Troops stay"`) + unitLine(`"article_id":"a_2"`, 0, 3, ""),
	})
	set, err := Load([]string{filepath.Join(dir, "gold")})
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Examples) != 2 || len(set.Without) != 1 {
		t.Fatalf("%d examples, %d without", len(set.Examples), len(set.Without))
	}
	if e := set.Examples[0]; e.Split != Dev || e.Story != "s1" || !strings.HasSuffix(e.Source, "u.jsonl:1") {
		t.Errorf("%+v", e.Located)
	}
	alone, err := Load([]string{filepath.Join(dir, "gold", "units", "u.jsonl")})
	if err != nil || len(alone.Examples) != 2 {
		t.Errorf("units alone do not find their articles: %v", err)
	}
}

func TestLoadRefusesMovedText(t *testing.T) {
	dir := write(t, map[string]string{
		"articles/a.jsonl": `{"article_id":"a_1","title":"","body":"“We stay,” Park said.","split":"dev"}`,
		"units/u.jsonl":    unitLine(`"article_id":"a_1"`, 1, 15, `,"text":"“We stay,”"`),
	})
	_, err := Load([]string{dir})
	if err == nil || !strings.Contains(err.Error(), "u.jsonl:1: the text at bytes 1-15 is") {
		t.Errorf("error %v", err)
	}
}

func TestLoadJoinsInputsAndContext(t *testing.T) {
	dir := write(t, map[string]string{
		"gold.jsonl":    unitLine(`"input":"one.txt"`, 9, 16, `,"text":"We stay"`) + unitLine(`"article_id":"a_9"`, 500, 507, `,"text":"We stay","before":"Park: ","after":" here."`),
		"texts/one.txt": "Headline\nWe stay here.",
	})
	set, err := Load([]string{filepath.Join(dir, "gold.jsonl")})
	if err != nil || len(set.Examples) != 2 {
		t.Fatal(set, err)
	}
	if e := set.Examples[1]; e.Doc.Body != "Park: We stay here." || e.StartByte != 6 || e.Doc.Body[e.StartByte:e.EndByte] != "We stay" {
		t.Errorf("%q %d-%d", e.Doc.Body, e.StartByte, e.EndByte)
	}
}

func TestLoadJoinsDocuments(t *testing.T) {
	text := "Ms. Novak asked them to leave."
	sum := sha256.Sum256([]byte(text))
	where := `"document":"voa:2","text_sha256":"` + hex.EncodeToString(sum[:]) + `","swap":[[4,8,"Novak"]]`
	files := map[string]string{
		"shared/unlabelled/voa.txt": "First line.\nMs. Park asked them to leave.\n",
		"good.jsonl":                unitLine(where, 10, 29, ""),
		"bad.jsonl":                 unitLine(strings.Replace(where, "Novak", "Wolny", 1), 10, 29, ""),
		"held.jsonl":                unitLine(where+`,"split":"dev","story":"a week"`, 10, 29, ""),
	}
	dir := write(t, files)
	t.Setenv("STANDPOINT_SHARED", "")
	set, err := Load([]string{filepath.Join(dir, "good.jsonl")})
	if err != nil || len(set.Without) != 1 {
		t.Errorf("without the texts: %+v %v", set, err)
	}
	t.Setenv("STANDPOINT_SHARED", filepath.Join(dir, "shared"))
	set, err = Load([]string{filepath.Join(dir, "good.jsonl")})
	if err != nil || len(set.Examples) != 1 || set.Examples[0].Doc.Body != text || set.Examples[0].Story != "voa:2" {
		t.Errorf("%+v %v", set, err)
	}
	set, err = Load([]string{filepath.Join(dir, "held.jsonl")})
	if err != nil || set.Examples[0].Split != Dev || set.Examples[0].Story != "a week" {
		t.Errorf("a document held out: %+v %v", set, err)
	}
	if _, err = Load([]string{filepath.Join(dir, "good.jsonl"), filepath.Join(dir, "held.jsonl")}); err == nil || !strings.Contains(err.Error(), "which is in") {
		t.Errorf("a document in two splits: %v", err)
	}
	if _, err = Load([]string{filepath.Join(dir, "bad.jsonl")}); err == nil || !strings.Contains(err.Error(), "digest differs") {
		t.Errorf("another text was taken: %v", err)
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
	err := table.Create(filepath.Join(dir, "articles", "part-00000.parquet"), table.Meta{}, slices.Values([]table.Article{
		{ArticleID: "a_1", Title: "On the base", Body: &body, Genre: "other", PublishedPrecision: "none", Status: "labelled"},
		{ArticleID: "a_2", Genre: "other", PublishedPrecision: "none", Status: "off_topic"},
	}))
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
