package corpus

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// sharedDir holds real articles that are no part of the project.
func sharedDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("STANDPOINT_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no real articles: STANDPOINT_SHARED is unset and %s is absent", dir)
	}
	return dir
}

// Every seed is an article, its headline is found behind the navigation, and
// the clock of a site is not taken for the day of publication.
func TestSeeds(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sharedDir(t), "seeds", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skip("no seeds")
	}
	crawled := 0
	for _, a := range readAll(t, Options{}, files...) {
		if a.Status != OK || a.Language != "en" || countWords(a.Title) < 6 || !a.PublishedDay.IsZero() {
			t.Errorf("%s: status %q, %q, language %q, day %v", a.Input, a.Status, a.Title, a.Language, a.PublishedDay)
		}
		if a.CrawledAt.Equal(time.Date(2024, 11, 2, 0, 0, 0, 0, time.UTC)) {
			crawled++
		}
	}
	if crawled != 1 {
		t.Errorf("%d seeds with the crawl date, want 1", crawled)
	}
}

// In these files line 1 is the headline.
func TestRealHeadlines(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sharedDir(t), "realdev", "texts", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skip("no real articles")
	}
	for _, a := range readAll(t, Options{}, files...) {
		if line, _, _ := strings.Cut(a.Body, "\n"); a.Status != OK || a.Title != strings.TrimSpace(line) {
			t.Errorf("%s: %s, got %q, want %q", a.Input, a.Reason, a.Title, line)
		}
	}
}

// Nothing among a thousand passages of press releases, briefings and
// speeches is filtered, and all keep their days.
func TestRealProse(t *testing.T) {
	path := filepath.Join(sharedDir(t), "unlabelled", "realprose.jsonl")
	lines, err := os.ReadFile(path)
	if err != nil {
		t.Skip(err)
	}
	got := readAll(t, Options{}, path)
	for i, line := range strings.Split(strings.TrimSpace(string(lines)), "\n") {
		var want struct{ ID, Text, Published_At string }
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(err)
		}
		a := got[i]
		day := ""
		if !a.PublishedDay.IsZero() {
			day = a.PublishedDay.Format(time.DateOnly)
		}
		if a.Status != OK || a.Truncated || a.InputID != want.ID || a.Body != want.Text || day != want.Published_At {
			t.Errorf("%s: %s, day %q, want %q", a.Input, a.Reason, day, want.Published_At)
		}
	}
}
