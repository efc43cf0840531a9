package actor

import (
	"bufio"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"standpoint/internal/text"
)

// loadRegistry loads the project's registry.
func loadRegistry(tb testing.TB) *Registry {
	tb.Helper()
	reg, err := Load(os.DirFS("../../data/actors"))
	if err != nil {
		tb.Fatal(err)
	}
	return reg
}

// shared is a folder of labelled articles outside the repository.
func shared(tb testing.TB, name string) string {
	tb.Helper()
	dir := cmp.Or(os.Getenv("STANDPOINT_SHARED"), "../../../shared")
	dir = filepath.Join(dir, name)
	if _, err := os.Stat(filepath.Join(dir, "gold.jsonl")); err != nil {
		tb.Skipf("no labelled articles: %v (set STANDPOINT_SHARED)", err)
	}
	return dir
}

type goldRow struct {
	Input            string `json:"input"`
	SpeakerStartByte int    `json:"speaker_start_byte"`
	SpeakerEndByte   int    `json:"speaker_end_byte"`
	Speaker, Actor   string
	HostCountry      string `json:"host_country"`
}

func readGold(tb testing.TB, dir string) map[string][]goldRow {
	tb.Helper()
	f, err := os.Open(filepath.Join(dir, "gold.jsonl"))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	rows := map[string][]goldRow{}
	for sc := bufio.NewScanner(f); sc.Scan(); {
		var g goldRow
		if err := json.Unmarshal(sc.Bytes(), &g); err != nil {
			tb.Fatal(err)
		}
		rows[g.Input] = append(rows[g.Input], g)
	}
	return rows
}

// readArticle finds an article beside its gold file or in texts/.
func readArticle(tb testing.TB, dir, name string) string {
	tb.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		b, err = os.ReadFile(filepath.Join(dir, "texts", name))
	}
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

// dates are the days of publication in a manifest, where there is one.
func dates(dir string) map[string]time.Time {
	var list []struct{ Input, Date string }
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil || json.Unmarshal(b, &list) != nil {
		return nil
	}
	m := map[string]time.Time{}
	for _, x := range list {
		m[x.Input], _ = time.Parse(time.DateOnly, x.Date)
	}
	return m
}

// hostsOf are the gold's hosts, the one of most rows first.
func hostsOf(rows []goldRow) []string {
	n := map[string]int{}
	for _, g := range rows {
		n[g.HostCountry]++
	}
	var hosts []string
	for h := range n {
		hosts = append(hosts, h)
	}
	slices.SortFunc(hosts, func(a, b string) int { return cmp.Or(n[b]-n[a], strings.Compare(a, b)) })
	return hosts
}

var nameWord = regexp.MustCompile(`[a-z0-9]+`)

// sameName compares names as the project's scores do: as sets of words,
// articles, small words and endings of a few countries aside.
func sameName(a, b string) bool {
	set := func(s string) []string {
		s = strings.ReplaceAll(fold(s), "u s ", "us ")
		s = strings.NewReplacer("iraqi", "iraq", "syrian", "syria", "united states", "us", "american", "us").Replace(s)
		var words []string
		for _, w := range nameWord.FindAllString(s, -1) {
			switch w {
			case "the", "of", "al", "a", "an", "and", "for":
				continue
			case "afghan":
				w = "afghanistan"
			}
			words = append(words, w)
		}
		slices.Sort(words)
		return slices.Compact(words)
	}
	x, y := set(a), set(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	common := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			common++
		}
	}
	if min(len(x), len(y)) == 1 {
		return common == 1 && max(len(x), len(y)) <= 2
	}
	return float64(common) >= 0.6*float64(max(len(x), len(y)))
}

// TestGoldSpeakers resolves the speakers of labelled articles. The floors lie
// a little under what was measured when they were set.
func TestGoldSpeakers(t *testing.T) {
	reg := loadRegistry(t)
	for _, set := range []struct {
		name  string
		floor float64
	}{{"seeds", 0.92}, {"realdev", 0.91}} {
		t.Run(set.name, func(t *testing.T) {
			dir := shared(t, set.name)
			published := dates(dir)
			rows := readGold(t, dir)
			var names []string
			for n := range rows {
				names = append(names, n)
			}
			slices.Sort(names)
			right, exact, all := 0, 0, 0
			for _, n := range names {
				body := readArticle(t, dir, n)
				r := NewResolver(reg, text.New("", body), hostsOf(rows[n]), published[n], "", "")
				for _, g := range rows[n] {
					if g.SpeakerEndByte == 0 {
						continue
					}
					all++
					ok := false
					ms := r.ResolveAll(text.Span{Start: g.SpeakerStartByte, End: g.SpeakerEndByte})
					for _, m := range ms {
						if m.Actor.Name == g.Actor {
							exact++
							break
						}
					}
					for _, m := range ms {
						ok = ok || sameName(m.Actor.Name, g.Actor) || m.Actor.ID == reg.Canonical(g.Actor).ID
					}
					if ok {
						right++
						continue
					}
					got := Mention{Rule: "none"}
					if len(ms) > 0 {
						got = ms[0]
					}
					t.Logf("%s %d %q -> %q (%s), want %q", n[:8], g.SpeakerStartByte, g.Speaker, got.Actor.Name, got.Rule, g.Actor)
				}
			}
			t.Logf("%s: %d of %d speakers (%.3f), %d exactly (%.3f)", set.name, right, all, float64(right)/float64(all), exact, float64(exact)/float64(all))
			if float64(right) < set.floor*float64(all) {
				t.Errorf("%s: under %.2f", set.name, set.floor)
			}
		})
	}
}
