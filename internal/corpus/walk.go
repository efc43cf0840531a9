package corpus

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Expand resolves the globs among args, for shells that leave them, and
// checks that everything named exists. A file whose literal name holds a star
// or bracket wins over the pattern. Matches of one pattern are in byte order.
// The error names the argument that matches nothing.
func Expand(args []string) ([]string, error) {
	var inputs []string
	for _, arg := range args {
		if arg == "-" {
			inputs = append(inputs, arg)
			continue
		}
		_, err := os.Lstat(arg)
		if err == nil {
			inputs = append(inputs, arg)
			continue
		}
		if !strings.ContainsAny(arg, "*?[") {
			return nil, fmt.Errorf("input %s: %w", arg, reasonOf(err))
		}
		matches, err := filepath.Glob(arg)
		if err != nil {
			return nil, fmt.Errorf("input %s: %w", arg, err)
		}
		if len(matches) == 0 {
			return nil, fmt.Errorf("input %s: the pattern matches no file", arg)
		}
		slices.Sort(matches)
		inputs = append(inputs, matches...)
	}
	return inputs, nil
}

// Read yields every article of inputs, in the order given; folders are walked
// in byte order of the path, without hidden files and symbolic links (one
// named as an input is followed). Memory stays bounded whatever the size of
// JSON lines, CSV or Parquet.
//
// An input that can't be read or decoded is a Broken article. The error is
// ctx's, yield's own, or names an input that does not exist.
func Read(ctx context.Context, inputs []string, opt Options, yield func(Article) error) error {
	r := &reader{opt: opt.filled()}
	r.yield = func(a Article) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		a.opt = r.opt
		return yield(a)
	}
	for _, input := range inputs {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.input(input); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// A reader yields the articles of one Read. The errors of its methods end it:
// they are ctx's or yield's.
type reader struct {
	opt   *Options
	yield func(Article) error
}

// broken yields the row of something that gave no article. raw is what was
// read of it.
func (r *reader) broken(input string, raw []byte, kind, detail string) error {
	a := Article{Input: input, raw: raw}
	a.fail(kind, detail)
	return r.yield(a)
}

// input reads one input as named by the user.
func (r *reader) input(name string) error {
	if name == "-" {
		return r.stream("-", r.opt.Stdin, nil)
	}
	shown := filepath.ToSlash(name)
	if _, err := os.Lstat(name); err != nil {
		return fmt.Errorf("input %s: %w", name, reasonOf(err))
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return r.broken(shown, nil, unreadable, reasonOf(err).Error())
	case info.IsDir():
		return r.folder(name, strings.TrimRight(shown, "/"))
	}
	return r.file(name, shown)
}

// folder reads what lies under path; shown is its name in Article.Input.
func (r *reader) folder(path, shown string) error {
	entries, err := os.ReadDir(path)
	if err != nil {
		return r.broken(shown, nil, unreadable, reasonOf(err).Error())
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int {
		return strings.Compare(pathKey(a), pathKey(b))
	})
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || e.Type()&fs.ModeSymlink != 0 {
			continue
		}
		below, shownBelow := filepath.Join(path, e.Name()), shown+"/"+e.Name()
		switch {
		case e.IsDir() && r.skips(e):
			continue
		case e.IsDir():
			err = r.folder(below, shownBelow)
		case e.Type().IsRegular():
			err = r.file(below, shownBelow)
		default:
			err = r.broken(shownBelow, nil, unreadable, "not a regular file")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// skips reports whether e is the folder that Options.Skip names.
func (r *reader) skips(e fs.DirEntry) bool {
	if r.opt.Skip == "" {
		return false
	}
	skip, err := os.Stat(r.opt.Skip)
	if err != nil {
		return false
	}
	info, err := e.Info()
	return err == nil && os.SameFile(skip, info)
}

// pathKey sorts an entry where the paths below it belong in byte order:
// "a-b/x" comes before "a/x".
func pathKey(e fs.DirEntry) string {
	if e.IsDir() {
		return e.Name() + "/"
	}
	return e.Name()
}

// file reads one file.
func (r *reader) file(path, shown string) error {
	f, err := os.Open(path)
	if err != nil {
		return r.broken(shown, nil, unreadable, reasonOf(err).Error())
	}
	defer f.Close()
	before := r.opt.Consumed.Load()
	err = r.stream(shown, f, f)
	if info, e := f.Stat(); e == nil {
		r.opt.Consumed.Store(before + info.Size()) // Parquet is read at random, and the tail of a broken file not at all
	}
	return err
}

// Size is the bytes of the inputs, as far as files tell; 0 with standard input
// among them.
func Size(inputs []string) int64 {
	var size int64
	for _, name := range inputs {
		if name == "-" {
			return 0
		}
		filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil // Read will say so
			case path != name && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if path == name || d.Type().IsRegular() {
				if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
					size += info.Size()
				}
			}
			return nil
		})
	}
	return size
}

// reasonOf is err without the operation and the path, which the caller names.
func reasonOf(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
