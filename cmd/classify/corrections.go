package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"standpoint/internal/eval"
	"standpoint/internal/labels"
)

// labelFiles are the files that -labels names: one, or several parted by
// commas.
func labelFiles(value string) []string {
	if _, err := os.Stat(value); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return []string{value}
	}
	return splitList(value)
}

// loadCorrections reads people's labels for rows of a folder, and settles what
// several said of one row.
func (c console) loadCorrections(paths []string, expert string) ([]labels.Unit, error) {
	var all []labels.Located
	for _, path := range paths {
		located, err := readCorrections(path)
		if err != nil {
			return nil, err
		}
		all = append(all, located...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s holds no labels: nothing in it was checked", strings.Join(paths, ", "))
	}
	settled, groups := labels.Settle(all, expert)
	fmt.Fprint(c.out, eval.AgreementReport(groups, eval.ShownConflicts))
	if len(settled) == 0 {
		return nil, fmt.Errorf("people are divided on all %d statements: name one of them with -expert", len(groups))
	}
	units := make([]labels.Unit, len(settled))
	for i, l := range settled {
		units[i] = l.Unit
	}
	return units, nil
}

// readCorrections reads a file of labels, each of which must say which row it
// is about.
func readCorrections(path string) ([]labels.Located, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	located, err := labels.ReadLocated(f, path)
	if err != nil {
		return nil, err
	}
	for _, l := range located {
		switch {
		case l.ArticleID == "":
			return nil, fmt.Errorf("%s: no article_id: the label says not which row it is about", l.Source)
		case l.Holder == "" && l.Stance != labels.NoStatement:
			return nil, fmt.Errorf("%s: no holder", l.Source)
		}
	}
	return located, nil
}
