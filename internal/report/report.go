// Package report writes a finished folder as one HTML page that a person
// reads in a browser: who stands where, since when, in which words.
//
// The flow: read.go ranges over the tables of the folder and makes a page of
// them, page.go puts it as JSON into one document with its style, its script
// and the chart libraries. The script (js/) filters, counts and draws; the
// page asks nothing of the network and forbids itself to.
//
//	err := report.Write(w, "out", report.Options{})
//
// The same folder and options give the same bytes. Package report judges
// nothing and writes nothing into the folder's tables.
package report

import "errors"

// Options says what goes into a page; the zero value is the default.
type Options struct {
	Title string // heading of the page; "" is DefaultTitle
	Rows  int    // most statements listed, the newest by day; 0 is DefaultRows
}

// Defaults of Options.
const (
	DefaultTitle = "Positions on US troop presence"
	DefaultRows  = 20_000 // about 13 MB of page
)

// ErrNoFolder says that a folder holds no finished run.
var ErrNoFolder = errors.New("no finished run in it")
