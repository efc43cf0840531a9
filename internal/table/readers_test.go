package table

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestOutsideReaders has PyArrow, pandas, Polars and DuckDB read our files:
// those of them that the Python named by STANDPOINT_PYTHON (or python3) has.
func TestOutsideReaders(t *testing.T) {
	python := os.Getenv("STANDPOINT_PYTHON")
	if python == "" {
		python = "python3"
	}
	if exec.Command(python, "-c", "import pyarrow").Run() != nil {
		t.Skipf("%s with pyarrow is not there: STANDPOINT_PYTHON may name one", python)
	}
	dir := t.TempDir()
	writeFolder(t, dir)
	out, err := exec.Command(python, filepath.Join("testdata", "readers.py"), dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("read by %s", out)
}

// writeFolder writes an output folder: two nights of statements with different
// stances, a third part without a row, and a statement to be sliced.
func writeFolder(t *testing.T, dir string) {
	t.Helper()
	for _, sub := range []string{"statements", "articles"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	body := "Für die Basis: “Ms. Park said nein”.\r\nEnd 🙂 of it, “we go”."
	var first, second []Statement
	for i := range 200 {
		a, b := filled[Statement](i), filled[Statement](i+200)
		a.Stance, b.Stance = Stances[i%2], Stances[2+i%3]
		first, second = append(first, a), append(second, b)
	}
	s := &second[7]
	s.ArticleID, s.Text = "a_span", "we go"
	s.StartByte = int32(strings.Index(body, s.Text))
	s.EndByte = s.StartByte + int32(len(s.Text))
	s.StartChar = int32(utf8.RuneCountInString(body[:s.StartByte]))
	s.EndChar = s.StartChar + int32(utf8.RuneCountInString(s.Text))
	article := filled[Article](1)
	article.ArticleID, article.Body = "a_span", &body

	must(t, WriteStatements(filepath.Join(dir, "statements/part-00000.parquet"), first, testMeta))
	must(t, WriteStatements(filepath.Join(dir, "statements/part-00001.parquet"), second, testMeta))
	must(t, WriteArticles(filepath.Join(dir, "articles/part-00000.parquet"), []string{"desk", "region, or area"}, []Article{filled[Article](0), article}, testMeta))
	must(t, Create(filepath.Join(dir, "actors.parquet"), testMeta, slices.Values([]Actor{filled[Actor](0), filled[Actor](1)})))
	must(t, Create(filepath.Join(dir, "positions.parquet"), testMeta, slices.Values([]Position{filled[Position](1)})))
	must(t, Create(filepath.Join(dir, "series.parquet"), testMeta, slices.Values([]Series{filled[Series](0), filled[Series](1)})))
	must(t, Create(filepath.Join(dir, "links.parquet"), testMeta, slices.Values([]Link{filled[Link](1)})))

	closed, err := json.Marshal(map[string]map[string][]string{
		"statements": enumsOf[Statement](), "articles": enumsOf[Article](), "actors": enumsOf[Actor](),
		"positions": enumsOf[Position](), "series": enumsOf[Series](), "links": enumsOf[Link](),
	})
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "enums.json"), closed, 0o666))
}

func enumsOf[R Row]() map[string][]string {
	cols, _ := columnsOf(reflect.TypeFor[R](), nil)
	out := map[string][]string{}
	for _, c := range cols {
		if c.enum != nil {
			out[c.name] = c.enum
		}
	}
	return out
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
