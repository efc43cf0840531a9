package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"standpoint/internal/pipeline"
	"standpoint/internal/table"
)

// How much of each list fits on a screen.
const (
	shownHosts  = 6
	shownFaults = 5
	barWidth    = 32
)

// A painter colours words for a terminal.
type painter bool

func (p painter) paint(code, s string) string {
	if !p {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// printSummary tells a person what a run did, on one screen.
func (c console) printSummary(out string, s *pipeline.Summary) {
	p := painter(isTerminal(c.out) && os.Getenv("NO_COLOR") == "")
	w := &strings.Builder{}
	fmt.Fprintf(w, "%s  %s\n", p.paint("1", plural(s.Articles, "article")+" read"), articlesLine(s))
	if s.Relabel != nil {
		fmt.Fprintf(w, "%s labelled again; %d off topic were not, as their text is not kept\n", plural(s.Relabel.Articles, "article"), s.Relabel.WithoutBody)
	}
	counts, scope := s.Counts, ""
	if s.Statements == 0 || s.Relabel != nil {
		counts, scope = s.Total, " in the folder"
	}
	fmt.Fprintf(w, "%s  %s\n\n", p.paint("1", plural(counts.Statements, "statement")+scope), statementsLine(counts))
	printStances(w, p, counts)
	printHosts(w, counts)
	printCorrected(w, s.Corrected)
	c.printFaults(w, p, s)
	if s.Total.Articles > s.Articles {
		fmt.Fprintf(w, "the folder now holds %s and %s in %s\n", plural(s.Total.Articles, "article"), plural(s.Total.Statements, "statement"), plural(s.Parts, "part"))
	}
	fmt.Fprintf(w, "%s  statements/ articles/ positions series actors links (.parquet), run.json\n", p.paint("1", filepath.Clean(out)))
	fmt.Fprint(c.out, w.String())
}

// plural is "1 article", "2 articles".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%s %ss", thousands(n), noun)
}

// thousands writes n with commas.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func articlesLine(s *pipeline.Summary) string {
	parts := []string{fmt.Sprintf("%d with statements", s.Labelled)}
	for _, e := range []struct {
		n    int
		name string
	}{{s.NoStatement, "without"}, {s.OffTopic, "off topic"}, {s.Filtered, "filtered" + reasons(s.FilteredBy)}, {s.Broken, "broken"}, {s.Already, "already there"}} {
		if e.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", e.n, e.name))
		}
	}
	return strings.Join(parts, ", ")
}

// reasons is " (duplicate 1, empty 2)".
func reasons(by map[string]int) string {
	if len(by) == 0 {
		return ""
	}
	var parts []string
	for _, k := range ranked(by) {
		parts = append(parts, fmt.Sprintf("%s %d", strings.ReplaceAll(k, "_", " "), by[k]))
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func statementsLine(c pipeline.Counts) string {
	line := "by holder and host country"
	if c.Statements > 0 && c.Abstained > 0 {
		line += fmt.Sprintf("; %d (%.0f %%) too uncertain to call, left out below", c.Abstained, 100*float64(c.Abstained)/float64(c.Statements))
	}
	if c.Human > 0 {
		line += fmt.Sprintf("; %d labelled by a person", c.Human)
	}
	return line
}

// stanceColours are green, red, yellow, plain and grey.
var stanceColours = map[string]string{"favor": "32", "against": "31", "mixed": "33", "neutral": "0", "unrelated": "90"}

// printStances draws a bar for each stance.
func printStances(w *strings.Builder, p painter, c pipeline.Counts) {
	most := 0
	for _, n := range c.Stances {
		most = max(most, n)
	}
	if most == 0 {
		return
	}
	for _, stance := range table.Stances {
		n := c.Stances[stance]
		bar := strings.Repeat("█", (n*barWidth+most-1)/most)
		fmt.Fprintf(w, "  %-10s %6s  %s\n", stance, thousands(n), p.paint(stanceColours[stance], bar))
	}
	fmt.Fprintln(w)
}

func printHosts(w *strings.Builder, c pipeline.Counts) {
	hosts := ranked(c.Hosts)
	if len(hosts) == 0 {
		return
	}
	var parts []string
	for _, h := range hosts[:min(len(hosts), shownHosts)] {
		parts = append(parts, fmt.Sprintf("%s %s", h, thousands(c.Hosts[h])))
	}
	if more := len(hosts) - shownHosts; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	fmt.Fprintf(w, "  rows by host country: %s\n\n", strings.Join(parts, ", "))
}

// printCorrected tells the shares of the folder as people would give them, by
// what they said of a random sample.
func printCorrected(w *strings.Builder, all []pipeline.Corrected) {
	for _, c := range all {
		if c.Shares == nil {
			fmt.Fprintf(w, "  %s of a random sample checked; corrected shares need %d\n\n", plural(c.NChecked, "row"), pipeline.LeastChecked)
			continue
		}
		where := "all rows"
		if c.HostCountry != "" {
			where = c.HostCountry
		}
		fmt.Fprintf(w, "  shares in %s, corrected by %s checked at random:\n", where, plural(c.NChecked, "row"))
		for i, stance := range table.Stances[:len(c.Model)] {
			s := c.Shares[stance]
			fmt.Fprintf(w, "    %-8s %3.0f %% [%.0f, %.0f]   by the model alone %.0f %%\n", stance, 100*s.Value, 100*s.Low, 100*s.High, 100*c.Model[i])
		}
		fmt.Fprintln(w)
	}
}

// printFaults lists broken inputs and lost labels; all of them stand in
// run.json.
func (c console) printFaults(w *strings.Builder, p painter, s *pipeline.Summary) {
	for i, f := range s.BrokenIn {
		if i == shownFaults {
			fmt.Fprintf(w, "  and %d more broken inputs, listed in run.json\n", len(s.BrokenIn)-shownFaults)
			break
		}
		fmt.Fprintf(w, "%s %s: %s\n", p.paint("31", "broken"), f.Input, f.Reason)
	}
	for i, u := range s.LostLabel {
		if i == shownFaults {
			fmt.Fprintf(w, "  and %d more labels not found, listed in run.json\n", len(s.LostLabel)-shownFaults)
			break
		}
		fmt.Fprintf(w, "%s for %s %s bytes %d-%d (%s)\n", p.paint("33", "label not found"), u.ArticleID, u.Field, u.StartByte, u.EndByte, u.Holder)
	}
}

// ranked is the keys of counts, the largest first, ties by name.
func ranked(counts map[string]int) []string {
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	return keys
}
