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

// A goldRow is a labelled statement.
type goldRow struct {
	Input            string `json:"input"`
	Article          string `json:"article_id"`
	Document         string
	Split            string
	Field            string
	Start            int `json:"start_byte"`
	End              int `json:"end_byte"`
	SpeakerStartByte int `json:"speaker_start_byte"`
	SpeakerEndByte   int `json:"speaker_end_byte"`
	Actor, Holder    string
	HostCountry      string `json:"host_country"`
}

// A goldText is a text with its labelled statements.
type goldText struct {
	name, title, body string
	day               time.Time
	outlet            string
	rows              []goldRow
}

// readLines reads a file of JSON lines.
func readLines[T any](tb testing.TB, path string) []T {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var list []T
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var x T
		if err := json.Unmarshal(sc.Bytes(), &x); err != nil {
			tb.Fatalf("%s: %v", path, err)
		}
		list = append(list, x)
	}
	return list
}

// sharedGold are the labelled articles of a folder of ../shared.
func sharedGold(tb testing.TB, name string) []goldText {
	dir := shared(tb, name)
	published := dates(dir)
	byName := map[string][]goldRow{}
	for _, g := range readLines[goldRow](tb, filepath.Join(dir, "gold.jsonl")) {
		byName[g.Input] = append(byName[g.Input], g)
	}
	var list []goldText
	for n, rows := range byName {
		list = append(list, goldText{name: n, body: readArticle(tb, dir, n), day: published[n], rows: rows})
	}
	return sorted(list)
}

// ownGold are the project's labelled articles of a split.
func ownGold(tb testing.TB, split string) []goldText {
	const dir = "../../data/gold/"
	byID := map[string][]goldRow{}
	for _, g := range readLines[goldRow](tb, dir+"units/news.jsonl") {
		byID[g.Article] = append(byID[g.Article], g)
	}
	var list []goldText
	for _, a := range readLines[struct {
		ID                         string `json:"article_id"`
		Title, Body, Split, Outlet string
		Published                  string `json:"published_at"`
	}](tb, dir+"articles/news.jsonl") {
		if rows := byID[a.ID]; a.Split == split && len(rows) > 0 {
			list = append(list, goldText{a.ID, a.Title, a.Body, dayOf(a.Published), a.Outlet, rows})
		}
	}
	return sorted(list)
}

// proseGold are the labelled passages of real prose of a split, whose texts
// lie outside the repository.
func proseGold(tb testing.TB, split string) []goldText {
	dir := filepath.Join(filepath.Dir(shared(tb, "seeds")), "unlabelled", "realprose.jsonl")
	if _, err := os.Stat(dir); err != nil {
		tb.Skipf("no real prose: %v (set STANDPOINT_SHARED)", err)
	}
	byID := map[string][]goldRow{}
	for _, g := range readLines[goldRow](tb, "../../data/gold/units/realprose.jsonl") {
		if cmp.Or(g.Split, "train") == split {
			byID[g.Document] = append(byID[g.Document], g)
		}
	}
	var list []goldText
	for _, d := range readLines[struct {
		ID, Title, Text, Outlet string
		Published               string `json:"published_at"`
	}](tb, dir) {
		if rows := byID[d.ID]; len(rows) > 0 {
			list = append(list, goldText{d.ID, d.Title, d.Text, dayOf(d.Published), d.Outlet, rows})
		}
	}
	return sorted(list)
}

func sorted(list []goldText) []goldText {
	slices.SortFunc(list, func(a, b goldText) int { return strings.Compare(a.name, b.name) })
	return list
}

// dayOf is the day of a time of publication, zero if there is none.
func dayOf(s string) time.Time {
	day, _ := time.Parse(time.DateOnly, s[:min(len(s), len(time.DateOnly))])
	return day
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
		m[x.Input] = dayOf(x.Date)
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

// surfaceOf is the class of the words that name an actor.
func surfaceOf(words, name string) string {
	fields := strings.Fields(words)
	if len(fields) == 0 {
		return "none"
	}
	first := lowerASCII(strings.Trim(fields[0], "\"“,"))
	last := strings.Trim(fields[len(fields)-1], ",.\"”")
	switch {
	case slices.Contains([]string{"he", "she", "they", "it", "him", "them", "i", "we", "who", "some", "others", "many"}, first) && len(fields) == 1:
		return "pronoun"
	case strings.HasSuffix(name, "unnamed)") || strings.HasPrefix(name, "Unnamed"):
		return "unnamed"
	case strings.HasPrefix(name, "respondents") || strings.Contains(name, " voters (") || strings.HasPrefix(name, "Voters ("):
		return "poll"
	case strings.HasSuffix(name, ")"):
		return "group+country"
	case strings.HasPrefix(name, "Office of "):
		return "spokesman"
	case isPersonName(name) && strings.Contains(fold(words), fold(name)):
		return "full name"
	case isPersonName(name) && strings.Contains(fold(name), fold(last)):
		return "surname"
	case isPersonName(name):
		return "definite"
	case strings.HasSuffix(name, " government") && len(fields) <= 3:
		return "metonym"
	case first == "the" && !isCapital(last):
		return "definite"
	}
	return "body or office"
}

// isPersonName reports whether a canonical name looks like a person's.
func isPersonName(name string) bool {
	fields := strings.Fields(name)
	for _, f := range fields {
		if !isCapital(afterArticle(f)) && !strings.Contains("bin bint al de van der von la el ibn", f) {
			return false
		}
		for _, w := range []string{"President", "Minister", "Office", "Ministry", "Department", "Command", "House", "Senate", "Congress", "Council", "Party", "Secretary", "Army", "Movement", "Alliance", "Union", "States", "Forces", "Iraqi", "US", "Committee", "Taliban"} {
			if f == w {
				return false
			}
		}
	}
	return len(fields) >= 2
}

// TestGold resolves the speakers of labelled texts, and looks for the holders
// among the mentions of a statement's sentence, by class of surface. The
// floors lie a little under what was measured when they were set.
func TestGold(t *testing.T) {
	reg := loadRegistry(t)
	for _, set := range []struct {
		name            string
		texts           func(testing.TB) []goldText
		speaker, holder float64
	}{
		{"seeds", func(tb testing.TB) []goldText { return sharedGold(tb, "seeds") }, 0.94, 0.95},
		{"realdev", func(tb testing.TB) []goldText { return sharedGold(tb, "realdev") }, 0.93, 0.92},
		{"articles of train", func(tb testing.TB) []goldText { return ownGold(tb, "train") }, 0.71, 0.7},
		{"articles of dev", func(tb testing.TB) []goldText { return ownGold(tb, "dev") }, 0.64, 0.63},
		{"prose of train", func(tb testing.TB) []goldText { return proseGold(tb, "train") }, 0.78, 0.81},
		{"prose of dev", func(tb testing.TB) []goldText { return proseGold(tb, "dev") }, 0.79, 0.79},
	} {
		t.Run(set.name, func(t *testing.T) {
			speakers, holders := tallies{}, tallies{}
			for _, x := range set.texts(t) {
				measureText(t, reg, x, speakers, holders)
			}
			speakers.log(t, "speakers")
			holders.log(t, "holders")
			if s := speakers["all"].share(); s < set.speaker {
				t.Errorf("speakers: %.3f, under %.2f", s, set.speaker)
			}
			if s := holders["all"].share(); s < set.holder {
				t.Errorf("holders: %.3f, under %.2f", s, set.holder)
			}
		})
	}
}

func measureText(t *testing.T, reg *Registry, x goldText, speakers, holders tallies) {
	doc := text.New(x.title, x.body)
	r := NewResolver(reg, doc, hostsOf(x.rows), x.day, x.outlet, "")
	for _, g := range x.rows {
		if g.Field == "title" {
			continue
		}
		spoken := text.Span{Start: g.SpeakerStartByte, End: g.SpeakerEndByte}
		var ms []Mention
		if !spoken.Empty() {
			ms = r.ResolveAll(spoken)
			ok := anySame(reg, ms, g.Actor)
			speakers.add(surfaceOf(spoken.In(x.body), g.Actor), ok)
			if names, rules := namesOf(ms); !ok {
				t.Logf("wrong %s %d: %q -> %q %q, want %q", x.name, g.SpeakerStartByte, spoken.In(x.body), names, rules, g.Actor)
			}
		}
		if g.Holder == g.Actor {
			if !spoken.Empty() {
				holders.add(surfaceOf(spoken.In(x.body), g.Holder), anySame(reg, ms, g.Holder))
			}
			continue
		}
		inside := r.MentionsIn(sentences(doc, text.Span{Start: g.Start, End: g.End}))
		ok := anySame(reg, inside, g.Holder)
		holders.add("reported", ok)
		if names, _ := namesOf(inside); !ok {
			t.Logf("no holder %s %d: %q, want %q", x.name, g.Start, names, g.Holder)
		}
	}
}

// sentences are those that s touches.
func sentences(doc *text.Document, s text.Span) text.Span {
	whole := s
	for _, x := range doc.Sentences {
		if x.Start < s.End && x.End > s.Start {
			whole.Start, whole.End = min(whole.Start, x.Start), max(whole.End, x.End)
		}
	}
	return whole
}

func anySame(reg *Registry, ms []Mention, name string) bool {
	return slices.ContainsFunc(ms, func(m Mention) bool {
		return sameName(m.Actor.Name, name) || m.Actor.ID == reg.Canonical(name).ID
	})
}
