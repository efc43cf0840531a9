package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"standpoint/internal/table"
)

// asClassify, set in the environment, makes the test binary the command: for
// tests that kill it.
const asClassify = "STANDPOINT_TEST_CLASSIFY"

func TestMain(m *testing.M) {
	if os.Getenv(asClassify) != "" {
		mainClassify()
	}
	testscript.Main(m, map[string]func(){"classify": mainClassify})
}

func mainClassify() {
	main()
}

// TestScripts runs testdata/script: sessions at the command line, with
// commands of their own.
//
//	rows OUT COLUMN...       print a column of statements or articles a line
//	explain OUT HOLDER       classify explain of each row; prints that of the holder with this first name
//	edit FILE OLD NEW        put NEW in place of the first OLD in a file
//	same OUT OTHER           fail unless both folders hold the same bytes, run.json aside
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			sample, err := filepath.Abs("../../data/sample")
			env.Setenv("SAMPLE", sample)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"rows":    scriptRows,
			"explain": scriptExplain,
			"same":    scriptSame,
			"exit":    scriptExit,
			"edit":    scriptEdit,
		},
	})
}

// scriptExit runs classify and checks its exit code: exit 3 -o out input.
func scriptExit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exit CODE ARG...")
	}
	err := ts.Exec("classify", args[1:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("classify %s: exit %s, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}

// scriptEdit changes a file as a person would.
func scriptEdit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	data := ts.ReadFile(args[0])
	if !strings.Contains(data, args[1]) {
		ts.Fatalf("%s holds no %q:\n%s", args[0], args[1], data)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(data, args[1], args[2], 1)), 0o666))
}

// scriptRows prints the named columns of a folder's table, tab-parted: the
// file rows.txt can then be compared.
func scriptRows(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: rows OUT statements|articles COLUMN...")
	}
	dir := ts.MkAbs(filepath.Join(args[0], args[1]))
	var lines []string
	for _, path := range parquetFiles(ts.Check, dir) {
		switch args[1] {
		case "statements":
			for r, err := range table.Rows[table.Statement](path) {
				ts.Check(err)
				lines = append(lines, statementLine(r, args[2:]))
			}
		case "articles":
			for a, err := range table.Rows[table.Article](path) {
				ts.Check(err)
				lines = append(lines, articleLine(a, args[2:]))
			}
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs("rows.txt"), []byte(strings.Join(lines, "\n")+"\n"), 0o666))
}

func parquetFiles(check func(error), dir string) []string {
	paths, err := filepath.Glob(filepath.Join(dir, "*.parquet"))
	check(err)
	slices.Sort(paths)
	return paths
}

func statementLine(r table.Statement, columns []string) string {
	all := map[string]string{
		"input": r.Input, "holder": r.Holder, "actor": r.Actor, "host": r.HostCountry, "kind": r.Kind, "stance": r.Stance,
		"sentiment": r.Sentiment, "quote": r.Quote, "source": r.LabelSource, "by": r.LabelledBy, "input_id": r.InputID,
		"id": r.RowID, "side": r.HolderSide, "strength": fmt.Sprint(r.StanceStrength), "type": r.HolderType,
	}
	return pick(all, columns)
}

func articleLine(a table.Article, columns []string) string {
	body := "null"
	if a.Body != nil {
		body = fmt.Sprint(len(*a.Body))
	}
	all := map[string]string{
		"input": a.Input, "status": a.Status, "reason": a.Reason, "outlet": a.Outlet, "title": a.Title, "copy_of": a.DuplicateOf,
		"kept": strings.Join(a.Kept, "|"), "hosts": strings.Join(a.HostCountries, "|"), "input_id": a.InputID, "body": body,
	}
	return pick(all, columns)
}

func pick(all map[string]string, columns []string) string {
	var cells []string
	for _, c := range columns {
		v, ok := all[c]
		if !ok {
			v = "no column " + c
		}
		cells = append(cells, v)
	}
	return strings.Join(cells, "\t")
}

func scriptExplain(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: explain OUT HOLDER")
	}
	shown := ""
	for _, path := range parquetFiles(ts.Check, ts.MkAbs(filepath.Join(args[0], "statements"))) {
		for r, err := range table.Rows[table.Statement](path) {
			ts.Check(err)
			if strings.HasPrefix(r.Holder, args[1]) && shown == "" {
				shown = r.RowID
				continue
			}
			ts.Check(ts.Exec("classify", "explain", args[0], r.RowID))
		}
	}
	ts.Check(ts.Exec("classify", "explain", args[0], shown))
}

func scriptSame(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same OUT OTHER")
	}
	diff := differ(ts.MkAbs(args[0]), ts.MkAbs(args[1]))
	if (diff != "") != neg {
		ts.Fatalf("%s and %s: %s", args[0], args[1], diff)
	}
}

// differ names the first file in which two output folders differ, run.json and
// the lock aside; "" if they hold the same bytes.
func differ(a, b string) string {
	x, y := contents(a), contents(b)
	for _, name := range slices.Sorted(mapsKeys(x, y)) {
		if !bytes.Equal(x[name], y[name]) {
			return fmt.Sprintf("%s: %d bytes and %d bytes", name, len(x[name]), len(y[name]))
		}
	}
	return ""
}

func mapsKeys(maps ...map[string][]byte) func(func(string) bool) {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		for _, m := range maps {
			for k := range m {
				if !seen[k] && !yield(k) {
					return
				}
				seen[k] = true
			}
		}
	}
}

func contents(dir string) map[string][]byte {
	files := map[string][]byte{}
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != "run.json" && d.Name() != ".lock" {
			name, _ := filepath.Rel(dir, path)
			files[name], _ = os.ReadFile(path)
		}
		return nil
	})
	return files
}
