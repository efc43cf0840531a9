package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"standpoint/internal/report"
)

const reportUsage = `usage: classify report [flags] OUT

Writes a finished folder as one HTML page that needs no network: positions by
side, actor and country with intervals, a timeline, every statement in its
context, filters and search, a view for each actor. Relabels nothing.

`

// report is the verb that writes the HTML page of a finished folder.
func (c console) report(ctx context.Context, args []string) (int, error) {
	fs := flag.NewFlagSet("classify report", flag.ContinueOnError)
	path := fs.String("o", "", "`file` to write (-o monday.html; default: report.html in OUT)")
	title := fs.String("title", report.DefaultTitle, "`heading` of the page (-title 'Bases this week')")
	rows := fs.Int("n", report.DefaultRows, "list at most this `many` statements, the newest; positions always rest on all (-n 5000)")
	err := parse(fs, args, c.err, reportUsage, "")
	switch {
	case errors.Is(err, errHelp):
		return exitDone, nil
	case err == nil && fs.NArg() != 1:
		err = usagef("classify report out", "report takes one folder, not %d", fs.NArg())
	case err == nil && *rows < 1:
		err = usagef("-n 5000", "-n is %d; it must be 1 or more", *rows)
	}
	if err != nil {
		return fail(ctx, err)
	}
	if *path == "" {
		*path = filepath.Join(fs.Arg(0), "report.html")
	}
	var page bytes.Buffer
	err = report.Write(&page, fs.Arg(0), report.Options{Title: *title, Rows: *rows})
	if errors.Is(err, report.ErrNoFolder) {
		err = usagef("name a folder that classify has filled", "%s", err)
	}
	if err == nil {
		err = writeWhole(*path, page.Bytes())
	}
	if err != nil {
		return fail(ctx, err)
	}
	fmt.Fprintln(c.out, *path)
	return exitDone, nil
}

// writeWhole writes a file whole, or leaves what was there.
func writeWhole(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".report-*.html")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
