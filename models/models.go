// Package models embeds the project's trained models. Only commands import it.
package models

import (
	"embed"
	"io/fs"
)

//go:embed linear/model.json linear/weights.bin linear/README.md linear/EVAL.txt
var files embed.FS

// Open is the folder of an embedded model.
func Open(name string) (fs.FS, bool) {
	for _, n := range Names() {
		if n == name {
			sub, err := fs.Sub(files, name)
			return sub, err == nil
		}
	}
	return nil, false
}

// Names lists the embedded models.
func Names() []string { return []string{"linear"} }
