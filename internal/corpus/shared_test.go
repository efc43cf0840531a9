package corpus

import (
	"os"
	"path/filepath"
	"testing"
)

// sharedDir holds real articles that are no part of the project.
func sharedDir(t testing.TB) string {
	dir := os.Getenv("STANDPOINT_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no real articles: STANDPOINT_SHARED is unset and %s is absent", dir)
	}
	return dir
}

func TestSeeds(t *testing.T) {
	seeds := filepath.Join(sharedDir(t), "seeds")
	files, err := filepath.Glob(filepath.Join(seeds, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skipf("no seeds in %s", seeds)
	}
	for _, a := range readAll(t, Options{}, files...) {
		t.Logf("%s | %q | %v | crawled %v | %s %s", filepath.Base(a.Input), a.Title, a.PublishedDay.Format("2006-01-02"), a.CrawledAt.Format("2006-01-02"), a.Language, a.Reason)
	}
	rd, _ := filepath.Glob(filepath.Join(sharedDir(t), "realdev/texts/*.txt"))
	for _, a := range readAll(t, Options{}, rd...) {
		t.Logf("%s | %q | %v | crawled %v | %s %s %v", filepath.Base(a.Input), a.Title, a.PublishedDay.Format("2006-01-02"), a.CrawledAt.Format("2006-01-02"), a.Language, a.Reason, a.Truncated)
	}
	n := map[string]int{}
	for _, a := range readAll(t, Options{}, filepath.Join(sharedDir(t), "unlabelled/realprose.jsonl")) {
		n[a.Status+" "+a.Reason+" "+a.Language+" "+string(a.Precision)]++
		if a.Status != "" || a.Truncated { t.Log(a.Input, a.Reason, a.Language, a.Truncated, a.Title) }
	}
	t.Log(n)
}
