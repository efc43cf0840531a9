package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"standpoint/internal/table"
)

// The places of an output folder.
const (
	statementsDir = "statements"
	articlesDir   = "articles"
	workDir       = ".work" // unfinished work; empty after a finished run
	lockFile      = ".lock"
	nightFile     = "night.json" // in workDir: which parts earlier nights finished
	swapFile      = "swap.json"  // in workDir: renames that must all happen
	labelsFile    = "labels.jsonl"
	runFile       = "run.json"
)

// ErrLocked says that another run works in the folder.
var ErrLocked = errors.New("another run works in this folder")

// A folder is an output folder, locked for this run.
type folder struct {
	path        string
	lock        *flock.Flock
	interrupted bool     // a night was killed in it, and has not been finished since
	finished    []string // parts of finished nights, in name order
	own         []string // parts that the interrupted night has committed
}

// openFolder makes or opens the output folder at path, takes its lock, brings
// an interrupted swap to its end, drops half-committed leftovers and reads
// which parts it holds.
func openFolder(path string) (*folder, error) {
	for _, dir := range []string{statementsDir, articlesDir, workDir} {
		if err := os.MkdirAll(filepath.Join(path, dir), 0o777); err != nil {
			return nil, err
		}
	}
	f := &folder{path: path, lock: flock.New(filepath.Join(path, lockFile))}
	ok, err := f.lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking %s: %w", path, err)
	}
	if !ok {
		return nil, fmt.Errorf("%s: %w", path, ErrLocked)
	}
	if err := f.load(); err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

func (f *folder) close() { f.lock.Close() }

// load reads the folder's state from its files.
func (f *folder) load() error {
	if err := f.finishSwap(); err != nil {
		return err
	}
	parts, err := partNames(f.join(articlesDir))
	if err != nil {
		return err
	}
	var night struct{ Finished []string }
	if f.interrupted, err = readJSON(f.work(nightFile), &night); err != nil {
		return err
	}
	f.finished = parts
	if f.interrupted {
		f.finished = night.Finished
		f.own = slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return slices.Contains(night.Finished, p) })
	}
	return f.checkTwins(parts)
}

// checkTwins removes the statements part that an interrupted night left without
// its articles (a part is committed by its articles file, which comes last),
// and refuses any other part without its twin: shards still being copied here.
func (f *folder) checkTwins(articles []string) error {
	statements, err := partNames(f.join(statementsDir))
	if err != nil {
		return err
	}
	for _, name := range statements {
		switch {
		case slices.Contains(articles, name):
		case f.interrupted && !slices.Contains(f.finished, name):
			if err := os.Remove(f.join(statementsDir, name)); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%s has no twin in %s", f.join(statementsDir, name), articlesDir)
		}
	}
	for _, name := range articles {
		if !slices.Contains(statements, name) {
			return fmt.Errorf("%s has no twin in %s", f.join(articlesDir, name), statementsDir)
		}
	}
	return nil
}

// begin notes in the work folder which parts earlier nights finished, so that
// a run after a kill knows which parts are its own.
func (f *folder) begin() error {
	if f.interrupted {
		return nil // the note of the night that was killed still holds
	}
	return writeJSON(f.work(nightFile), struct{ Finished []string }{f.finished})
}

// end empties the work folder: from here on all parts are finished.
func (f *folder) end() error {
	if err := os.RemoveAll(f.join(workDir)); err != nil {
		return err
	}
	return os.Mkdir(f.join(workDir), 0o777)
}

// parts lists all committed parts in name order.
func (f *folder) parts() ([]string, error) { return partNames(f.join(articlesDir)) }

// A madeWith is a part and the settings that made it.
type madeWith struct {
	part     string // path
	identity Identity
}

// identities is the settings of each part.
func (f *folder) identities() ([]madeWith, error) {
	parts, err := f.parts()
	if err != nil {
		return nil, err
	}
	made := make([]madeWith, len(parts))
	for i, name := range parts {
		path := f.join(articlesDir, name)
		meta, err := table.ReadMeta(path)
		if err != nil {
			return nil, err
		}
		made[i].part = path
		if err := json.Unmarshal([]byte(meta.Settings), &made[i].identity); err != nil {
			return nil, fmt.Errorf("%s: its settings can't be read: %w", path, err)
		}
	}
	return made, nil
}

func (f *folder) join(elem ...string) string {
	return filepath.Join(append([]string{f.path}, elem...)...)
}

func (f *folder) work(elem ...string) string {
	return f.join(append([]string{workDir}, elem...)...)
}

// partNames lists the part files in dir in name order; a missing dir has none.
func partNames(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if n := e.Name(); strings.HasPrefix(n, "part-") && strings.HasSuffix(n, ".parquet") {
			names = append(names, n)
		}
	}
	return names, nil
}

// readJSON reads path into v and reports whether the file is there.
func readJSON(path string, v any) (bool, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return false, fmt.Errorf("%s: %w", path, err)
	}
	return true, nil
}

// writeJSON writes v to path whole or not at all.
func writeJSON(path string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return writeWhole(path, append(b, '\n'))
}

// writeWhole writes b to path by way of a file beside it, so that path only
// ever holds whole files.
func writeWhole(path string, b []byte) error {
	tmp := path + ".new"
	file, err := os.Create(tmp)
	if err != nil {
		return err
	}
	_, err = file.Write(b)
	if err == nil {
		err = file.Sync()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = table.Commit(table.Move{From: tmp, To: path})
	}
	if err != nil {
		os.Remove(tmp)
	}
	return err
}
