// Package data embeds the project's own data: the registry of actors. Gold
// and samples lie beside it as files.
package data

import (
	"embed"
	"io/fs"
)

//go:embed actors
var files embed.FS

// Actors holds actors.csv, aliases.csv and offices.csv at its root.
func Actors() fs.FS {
	sub, err := fs.Sub(files, "actors")
	if err != nil {
		panic(err) // the path is a constant
	}
	return sub
}
