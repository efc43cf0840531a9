// Package models embeds the project's trained models. Only commands import it.
package models

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

//go:embed linear/model.json linear/weights.bin linear/README.md linear/EVAL.txt
//go:embed small/model.json small/README.md small/EVAL.txt small/encoder
var files embed.FS

// Default is the embedded model that judges unless another is asked for: a
// transformer. "linear" is less good and some hundred times faster.
const Default = "small"

// names of the embedded models.
var names = []string{"linear", Default}

// Find is the folder of an embedded model, or else the model folder at that
// path. The error lists the embedded ones.
func Find(name string) (fs.FS, error) {
	if slices.Contains(names, name) {
		return fs.Sub(files, name)
	}
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("no model %q: neither embedded (%s) nor a folder", name, strings.Join(names, ", "))
	}
	return os.DirFS(name), nil
}
