package internal_test

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors are the packages of the two wings, the highest first: each imports
// only what stands below it.
var floors = []string{"report", "pipeline", "model", "linear", "transformer", "features", "statement", "actor", "topic", "text"}

// beside are the packages that import at most text of the floors.
var beside = []string{"corpus", "labels", "annotate", "similar", "table", "eval", "wordpiece", "kernel"}

// besideMay are the exceptions: what a package beside the floors may import.
var besideMay = map[string][]string{
	"eval":   {"text", "labels"},
	"labels": {"text", "annotate", "table"},
}

func TestImportsGoDown(t *testing.T) {
	for level, name := range floors {
		for _, imported := range importsOf(t, name) {
			if at := slices.Index(floors, imported); at >= 0 && at <= level {
				t.Errorf("internal/%s imports internal/%s, which is not below it", name, imported)
			}
		}
	}
	for _, name := range beside {
		may := append([]string{"text"}, besideMay[name]...)
		for _, imported := range importsOf(t, name) {
			if !slices.Contains(may, imported) {
				t.Errorf("internal/%s stands beside the floors and imports internal/%s", name, imported)
			}
		}
	}
}

func TestEveryPackageHasAFloor(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && !slices.Contains(floors, e.Name()) && !slices.Contains(beside, e.Name()) && e.Name() != "bench" {
			t.Errorf("internal/%s stands on no floor: put it into ARCHITECTURE.md and this test", e.Name())
		}
	}
}

// importsOf lists the internal packages that the non-test files of one import.
func importsOf(t *testing.T, name string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(name, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("internal/%s: no Go files (%v)", name, err)
	}
	var imports []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if p, ok := strings.CutPrefix(path, "standpoint/internal/"); ok && !slices.Contains(imports, p) {
				imports = append(imports, p)
			}
		}
	}
	return imports
}
