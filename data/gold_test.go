package data_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"standpoint/internal/labels"
)

// testHosts stand in no text that is learned from or tuned on: they tell how
// Standpoint does on a country it has never seen.
var testHosts = []string{"Philippines", "Kuwait", "Djibouti", "Colombia", "Norway"}

// gold is every unit of the gold, with or without its text.
func gold(t *testing.T) []labels.Located {
	t.Helper()
	set, err := labels.Load([]string{"gold"}) // offsets, enums, strengths, digests
	if err != nil {
		t.Fatal(err)
	}
	units := set.Without
	for _, e := range set.Examples {
		u := e.Located
		u.Split, u.Story = e.Split, e.Story
		units = append(units, u)
	}
	return units
}

func articles(t *testing.T) []labels.Article {
	t.Helper()
	files, err := filepath.Glob("gold/articles/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no articles: %v", err)
	}
	var all []labels.Article
	for _, file := range files {
		list, err := readArticles(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, list...)
	}
	return all
}

// What belongs together is learned from or measured on, never both.
func TestSplitsPartWhatBelongsTogether(t *testing.T) {
	split := map[string]string{}
	check := func(what, name, in string) {
		if name == "" {
			return
		}
		if in == "" {
			in = labels.Train
		}
		if was, ok := split[what+name]; ok && was != in {
			t.Errorf("%s %s is in %s and in %s", what, name, was, in)
		}
		split[what+name] = in
	}
	for _, a := range articles(t) {
		check("story", a.Story, a.Split)
		check("article", a.ArticleID, a.Split)
	}
	for _, u := range gold(t) {
		check("story", u.Story, u.Split)
		check("document", u.Document, u.Split)
		check("contrast set", u.ContrastSet, u.Split)
	}
}

func TestUnseenHostsStandInTestOnly(t *testing.T) {
	for _, u := range gold(t) {
		host, _, _ := strings.Cut(u.HostCountry, "/")
		for _, h := range testHosts {
			if host == h && u.Split != labels.Test {
				t.Errorf("%s: %s in %q", u.Source, h, u.Split)
			}
		}
	}
}

// titled is a name in a form that the guide does not have: with a title, an
// article, a mark at its end. A title alone with "of" is an office.
var titled = regexp.MustCompile(`^(?:(?:The|the|President|Gen\.|General|Sen\.|Senator|Mr\.|Mrs\.|Rep\.|Minister|Secretary|Col\.|Dr\.) \pL|\s)|[\s.,;:]$|  `)

// named are names that only look so: parties called The ..., initials and
// abbreviations that end in a point.
var named = regexp.MustCompile(`^The (?:Left|Greens) \(|^(?:President|Secretary|General|Minister) (?:of|for) | (?:[A-Z]\.|Jr\.|Sr\.)$`)

func TestNamesHaveTheGuidesForm(t *testing.T) {
	for _, u := range gold(t) {
		if u.Stance == labels.NoStatement {
			continue
		}
		if u.Holder == "" || u.Actor == "" || u.HostCountry == "" || u.Kind == "" {
			t.Errorf("%s: holder %q, actor %q, host %q, kind %q", u.Source, u.Holder, u.Actor, u.HostCountry, u.Kind)
		}
		for _, name := range []string{u.Actor, u.Holder, u.ReportedBy} {
			if titled.MatchString(name) && !named.MatchString(name) {
				t.Errorf("%s: %q is not in the guide's form", u.Source, name)
			}
		}
	}
}

// Every text says that it is invented, and who wrote it in what manner.
func TestTextsSayThatTheyAreInvented(t *testing.T) {
	for _, a := range articles(t) {
		if !a.Synthetic || a.Hand == "" || a.Manner == "" {
			t.Errorf("%s: synthetic %v, hand %q, manner %q", a.ArticleID, a.Synthetic, a.Hand, a.Manner)
		}
	}
}

// mostUnits of one document keep one long text from outweighing the others.
const mostUnits = 15

func TestDocumentsAreSpread(t *testing.T) {
	count := map[string]int{}
	first := map[string]bool{} // the first hundred were labelled before the rule
	for _, u := range gold(t) {
		if u.Document != "" {
			count[u.Document]++
			first[u.Document] = first[u.Document] || u.Annotator != "rp1" && u.Annotator != "rp2"
		}
	}
	for doc, n := range count {
		if n > mostUnits && !first[doc] {
			t.Errorf("%s has %d units, more than %d", doc, n, mostUnits)
		}
	}
}
