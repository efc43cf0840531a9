package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"standpoint/internal/table"
)

// command is classify as a process of its own, which can be killed.
func command(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asClassify+"=1")
	return cmd
}

// classify runs the command to its end and returns its exit code and output.
func classify(t *testing.T, args ...string) (int, string) {
	t.Helper()
	cmd := command(args...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// done runs the command and wants exit 0.
func done(t *testing.T, args ...string) {
	t.Helper()
	if code, out := classify(t, args...); code != 0 {
		t.Fatalf("classify %s: exit %d\n%s", strings.Join(args, " "), code, out)
	}
}

// makeCorpus writes n generated articles, most of them on topic, as JSON lines.
func makeCorpus(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "corpus.jsonl")
	cmd := exec.Command("go", "run", "./internal/bench", "-write", path, "-n", fmt.Sprint(n))
	cmd.Dir = "../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("generating a corpus: %v\n%s", err, out)
	}
	return path
}

func long(t *testing.T) {
	t.Helper()
	if os.Getenv("STANDPOINT_LONG") == "" {
		t.Skip("takes minutes; set STANDPOINT_LONG=1 (make kill-test)")
	}
}

// TestKill kills runs of 5,000 articles at ten random moments, runs them
// again, and wants every byte as in an undisturbed run.
func TestKill(t *testing.T) {
	long(t)
	input := makeCorpus(t, 5000)
	whole := filepath.Join(t.TempDir(), "whole")
	start := time.Now()
	done(t, "-model", "linear", "-o", whole, input)
	took := time.Since(start)
	seed := uint64(time.Now().UnixNano())
	t.Logf("undisturbed: %v; seed %d", took, seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	for i := range 10 {
		out := filepath.Join(t.TempDir(), "killed")
		cmd := command("-model", "linear", "-o", out, input)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		after := time.Duration(rng.Float64() * float64(took))
		time.Sleep(after)
		cmd.Process.Kill()
		cmd.Wait()
		left := len(parquetFiles(func(err error) { t.Helper() }, filepath.Join(out, "articles")))
		done(t, "-model", "linear", "-o", out, input)
		if diff := differ(whole, out); diff != "" {
			t.Errorf("kill %d after %v (%d parts): %s", i, after, left, diff)
		}
		t.Logf("kill %d after %v: %d parts were there", i, after.Round(time.Millisecond), left)
	}
}

// TestSame wants the same rows of five nights, of one and two workers and of
// three shards as of one run.
func TestSame(t *testing.T) {
	long(t)
	input := makeCorpus(t, 5000)
	dir := t.TempDir()
	one := filepath.Join(dir, "one")
	done(t, "-model", "linear", "-o", one, "-workers", "2", input)

	single := filepath.Join(dir, "single")
	done(t, "-model", "linear", "-o", single, "-workers", "1", input)
	if diff := differ(one, single); diff != "" {
		t.Errorf("one and two workers: %s", diff)
	}

	nights := filepath.Join(dir, "nights")
	lines := bytes.SplitAfter(must(os.ReadFile(input)), []byte("\n"))
	for i := range 5 {
		night := filepath.Join(dir, "corpus.jsonl")
		os.WriteFile(night, bytes.Join(lines[:len(lines)*(i+1)/5], nil), 0o666)
		done(t, "-model", "linear", "-o", nights, night)
	}
	wantSameRows(t, "five nights", one, nights)

	shards := filepath.Join(dir, "shards")
	for i := 1; i <= 3; i++ {
		done(t, "-model", "linear", "-o", shards, "-shard", fmt.Sprintf("%d/3", i), input)
	}
	done(t, "finish", shards)
	wantSameRows(t, "three shards", one, shards)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// wantSameRows compares two folders as sets of rows, without the columns that
// tell the input's path.
func wantSameRows(t *testing.T, what, a, b string) {
	t.Helper()
	for _, file := range []string{"statements/*", "articles/*", "actors.parquet", "positions.parquet", "series.parquet", "links.parquet"} {
		x, y := rowSet(t, a, file), rowSet(t, b, file)
		if len(x) == 0 || !slices.Equal(x, y) {
			t.Errorf("%s: %s differs: %d and %d rows", what, file, len(x), len(y))
		}
	}
}

// rowSet is the rows of all files of a pattern, printed and sorted.
func rowSet(t *testing.T, dir, pattern string) []string {
	t.Helper()
	var rows []string
	for _, path := range must(filepath.Glob(filepath.Join(dir, pattern))) {
		rows = append(rows, printed(t, path)...)
	}
	slices.Sort(rows)
	return rows
}

func printed(t *testing.T, path string) []string {
	switch base := filepath.Base(path); {
	case strings.Contains(path, "statements"):
		return printRows(t, path, func(r *table.Statement) { r.Input = "" })
	case strings.Contains(path, "articles"):
		return printRows(t, path, func(r *table.Article) { r.Input = "" })
	case base == "actors.parquet":
		return printRows(t, path, func(*table.Actor) {})
	case base == "positions.parquet":
		return printRows(t, path, func(*table.Position) {})
	case base == "series.parquet":
		return printRows(t, path, func(*table.Series) {})
	}
	return printRows(t, path, func(*table.Link) {})
}

func printRows[R table.Row](t *testing.T, path string, clean func(*R)) []string {
	t.Helper()
	var out []string
	for r, err := range table.Rows[R](path) {
		if err != nil {
			t.Fatal(err)
		}
		clean(&r)
		out = append(out, string(must(json.Marshal(r))))
	}
	return out
}

// hold starts a run that waits for more of its standard input, after the first
// articles.
func hold(t *testing.T, out string) (*exec.Cmd, func()) {
	t.Helper()
	cmd := command("-o", out, "-")
	in := must(cmd.StdinPipe())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(in, `{"text": "US troops must leave Iraq, said Defence Minister Marek Wolny.", "title": "One"}`)
	for range 200 {
		if _, err := os.Stat(filepath.Join(out, ".work", "night.json")); err == nil {
			return cmd, func() { in.Close() }
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the run has not begun after four seconds")
	return nil, nil
}

func TestSignalsEndWith130(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no signals there")
	}
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		out := filepath.Join(t.TempDir(), "out")
		cmd, end := hold(t, out)
		cmd.Process.Signal(sig) // its standard input stays open: the run waits in a read
		kill := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
		cmd.Wait()
		kill.Stop()
		if code := cmd.ProcessState.ExitCode(); code != 130 {
			t.Errorf("%v: exit %d, want 130", sig, code)
		}
		if b, _ := os.ReadFile(filepath.Join(out, "run.json")); !strings.Contains(string(b), `"status": "interrupted"`) || !strings.Contains(string(b), `"exit_code": 130`) {
			t.Errorf("%v: run.json says %s", sig, b)
		}
		if code, said := classify(t, "finish", out); code != 1 || !strings.Contains(said, "interrupted") {
			t.Errorf("finish of an interrupted night: exit %d\n%s", code, said)
		}
		end()
	}
}

func TestTwoRunsAtOnce(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	cmd, end := hold(t, out)
	code, said := classify(t, "-o", out, "../../data/sample")
	if code != 1 || !strings.Contains(said, "another run works in this folder") {
		t.Errorf("second run: exit %d\n%s", code, said)
	}
	end()
	if err := cmd.Wait(); err != nil {
		t.Errorf("first run: %v", err)
	}
}

func TestFolderThatCantBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	os.WriteFile(file, nil, 0o666)
	code, said := classify(t, "-o", filepath.Join(file, "out"), "../../data/sample")
	if code != 1 || !strings.Contains(said, "file") {
		t.Errorf("exit %d\n%s", code, said)
	}
}

func TestFolderWithoutPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write anywhere")
	}
	dir := t.TempDir()
	os.Chmod(dir, 0o555)
	code, said := classify(t, "-o", filepath.Join(dir, "out"), "../../data/sample")
	if code != 1 || !strings.Contains(said, "permission denied") {
		t.Errorf("exit %d\n%s", code, said)
	}
}

// TestFullDisk runs into a file system too small for the tables, and then into
// one that is large enough again.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("mounts a tmpfs")
	}
	dir := t.TempDir()
	mount := func(size string) error {
		return exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "tmpfs", dir).Run()
	}
	if err := mount("32k"); err != nil {
		t.Skip("can't mount a small tmpfs here")
	}
	defer exec.Command("umount", dir).Run()
	code, said := classify(t, "-o", filepath.Join(dir, "out"), "../../data/sample")
	if code != 1 || !strings.Contains(said, "no space left on device") {
		t.Errorf("full disk: exit %d\n%s", code, said)
	}
	if err := exec.Command("mount", "-o", "remount,size=64m", dir).Run(); err != nil {
		t.Fatal(err)
	}
	done(t, "-o", filepath.Join(dir, "out"), "../../data/sample")
	fresh := filepath.Join(t.TempDir(), "fresh")
	done(t, "-o", fresh, "../../data/sample")
	if diff := differ(fresh, filepath.Join(dir, "out")); diff != "" {
		t.Error("after a full disk:", diff)
	}
}
