package data_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"standpoint/internal/labels"
)

// The data card's table holds the counts of the gold as it is.
func TestCardCountsTheGold(t *testing.T) {
	card, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := table(gold(t)); !strings.Contains(string(card), want) {
		t.Errorf("README.md: the table of the gold is to read\n%s", want)
	}
}

// files are the gold's files of units, in the table's order.
var files = []string{"news", "statements", "realprose"}

// table counts units by file: what they say, how, about where, in which split.
func table(units []labels.Located) string {
	by := map[string][]labels.Located{}
	for _, u := range units {
		file, _, _ := strings.Cut(filepath.Base(u.Source), ".jsonl")
		by[file] = append(by[file], u)
	}
	var b strings.Builder
	b.WriteString("| | articles, written | statements, written | real prose |\n|---|---|---|---|\n")
	row := func(name string, count func([]labels.Located) int) {
		fmt.Fprintf(&b, "| %s |", name)
		for _, f := range files {
			fmt.Fprintf(&b, " %s |", thousands(count(by[f])))
		}
		b.WriteString("\n")
	}
	row("units", func(us []labels.Located) int { return len(us) })
	row("texts with units", distinct(func(u labels.Located) string { return u.ArticleID + u.Document }))
	row("host countries", distinct(func(u labels.Located) string { h, _, _ := strings.Cut(u.HostCountry, "/"); return h }))
	row("holders", distinct(func(u labels.Located) string { return u.Holder }))
	for _, s := range labels.Stances {
		row(s, where(func(u labels.Located) bool { return u.Stance == s }))
	}
	for _, k := range []string{"direct", "indirect", "mixed", "act"} {
		row("kind "+k, where(func(u labels.Located) bool { return u.Kind == k }))
	}
	row("headlines", where(func(u labels.Located) bool { return u.IsHeadline }))
	row("reported by another", where(func(u labels.Located) bool { return u.ReportedBy != "" }))
	for _, s := range []string{labels.Train, labels.Dev, labels.Test} {
		row(s, where(func(u labels.Located) bool { return u.Split == s || u.Split == "" && s == labels.Train }))
	}
	return b.String()
}

func where(is func(labels.Located) bool) func([]labels.Located) int {
	return func(us []labels.Located) (n int) {
		for _, u := range us {
			if is(u) {
				n++
			}
		}
		return n
	}
}

func distinct(of func(labels.Located) string) func([]labels.Located) int {
	return func(us []labels.Located) int {
		seen := map[string]bool{}
		for _, u := range us {
			seen[of(u)] = true
		}
		return len(seen)
	}
}

func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}
