package actor

import (
	"io/fs"
	"os"
)

// Open is Load, extended by the CSV file at path unless path is "".
func Open(fsys fs.FS, path string) (*Registry, error) {
	r, err := Load(fsys)
	if err != nil || path == "" {
		return r, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return r.Extend(f, path)
}
