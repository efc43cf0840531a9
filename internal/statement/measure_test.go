package statement

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"standpoint/internal/actor"
	"standpoint/internal/text"
	"standpoint/internal/topic"
)

// A sample is a text with the units labelled in it.
type sample struct {
	ID        string `json:"id"`
	ArticleID string `json:"article_id"`
	Title     string `json:"title"`
	Body      string `json:"body"`
	Text      string `json:"text"`
	Outlet    string `json:"outlet"`
	Published string `json:"published_at"`
	Split     string `json:"split"`

	units []unit
}

// statements reads a sample as the pipeline reads an article.
func (s *sample) statements(reg *actor.Registry) (*text.Document, []Statement) {
	doc := text.New(s.Title, cmp.Or(s.Body, s.Text))
	top := topic.Read(doc)
	day, _ := time.Parse(time.DateOnly, s.Published[:min(10, len(s.Published))])
	return doc, Find(doc, top, actor.NewResolver(reg, doc, top.Hosts, day, s.Outlet, doc.Author))
}

// lines decodes a file of JSON lines, or skips the test.
func lines[T any](t testing.TB, path string) []T {
	f, err := os.Open(path)
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	var out []T
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 16<<20)
	for sc.Scan() {
		var x T
		if err := json.Unmarshal(sc.Bytes(), &x); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, x)
	}
	return out
}

// with gives samples their units; those without any are left out.
func with(samples []sample, units []unit) []sample {
	by := map[string][]unit{}
	for _, u := range units {
		k := cmp.Or(u.Document, u.ArticleID, u.Input)
		by[k] = append(by[k], u)
	}
	var out []sample
	for _, s := range samples {
		if s.units = by[cmp.Or(s.ArticleID, s.ID)]; len(s.units) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// files are the texts of a folder, beside whose gold they lie.
func files(t testing.TB, dir, texts string) []sample {
	units := lines[unit](t, filepath.Join(dir, "gold.jsonl"))
	var out []sample
	seen := map[string]bool{}
	for _, u := range units {
		if seen[u.Input] {
			continue
		}
		seen[u.Input] = true
		b, err := os.ReadFile(filepath.Join(dir, texts, u.Input))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, sample{ID: u.Input, Body: string(b)})
	}
	return with(out, units)
}

func ofSplit(split string, all []sample) []sample {
	return slices.DeleteFunc(slices.Clone(all), func(s sample) bool { return s.Split != split })
}

func unitsOf(split string, all []unit) []unit {
	return slices.DeleteFunc(slices.Clone(all), func(u unit) bool { return u.Split != split })
}

// A count is what was found of something, and what was right about it.
type count struct{ gold, rows, hit, holder, kind int }

func (c *count) String() string {
	return fmt.Sprintf("gold %4d rows %4d hit %4d  P %.3f R %.3f F1 %.3f  holder %.3f kind %.3f", c.gold, c.rows, c.hit, share(c.hit, c.rows), share(c.hit, c.gold),
		share(2*c.hit, c.rows+c.gold), share(c.holder, c.hit), share(c.kind, c.hit))
}

func share(a, b int) float64 { return float64(a) / float64(max(1, b)) }

// A measure counts over a set of samples. On the topic are units that are not
// unrelated, and rows that speak of forces or match such a unit; rows that
// match an unrelated unit count in neither.
type measure struct {
	all, on                      count
	kinds, rules, surfaces, cues map[string]*count
}

func newMeasure() *measure {
	return &measure{kinds: map[string]*count{}, rules: map[string]*count{}, surfaces: map[string]*count{}, cues: map[string]*count{}}
}

func in(m map[string]*count, k string) *count {
	if m[k] == nil {
		m[k] = &count{}
	}
	return m[k]
}

// sameName compares the words of two names.
func sameName(a, b string) bool {
	x, y := nameWords(a), nameWords(b)
	n := 0
	for w := range x {
		if y[w] {
			n++
		}
	}
	return n > 0 && float64(n)/float64(max(len(x), len(y))) >= 0.6
}

func nameWords(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if w != "the" && w != "of" && w != "and" && w != "for" {
			m[w] = true
		}
	}
	return m
}

// matched pairs units with rows, of the same holder first, then by overlap.
func matched(units []unit, rows []Statement) (byUnit, byRow map[int]int) {
	type pair struct {
		u, r int
		same bool
		iou  float64
	}
	var pairs []pair
	for i, u := range units {
		for k, s := range rows {
			if iou := (text.Span{Start: u.StartByte, End: u.EndByte}).IoU(s.Span); iou >= 0.5 && cmp.Or(u.Field, text.FieldBody) == s.Field {
				pairs = append(pairs, pair{i, k, sameName(u.Holder, s.Holder.Name), iou})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		if a.same != b.same {
			return btoi(b.same) - btoi(a.same)
		}
		return cmp.Compare(b.iou, a.iou)
	})
	byUnit, byRow = map[int]int{}, map[int]int{}
	for _, p := range pairs {
		if _, ok := byUnit[p.u]; ok {
			continue
		}
		if _, ok := byRow[p.r]; !ok {
			byUnit[p.u], byRow[p.r] = p.r, p.u
		}
	}
	return byUnit, byRow
}

// inBody moves the units of a title that the body prints too to where it does.
func (s *sample) inBody(doc *text.Document) {
	if doc.Head != nil {
		return
	}
	at := strings.Index(doc.Body, s.Title)
	var kept []unit
	for _, u := range s.units {
		if u.Field == text.FieldTitle {
			if at < 0 {
				continue
			}
			u.Field, u.StartByte, u.EndByte = text.FieldBody, u.StartByte+at, u.EndByte+at
		}
		kept = append(kept, u)
	}
	s.units = kept
}

// add counts one sample, and logs what is missed and what is spurious.
func (m *measure) add(t *testing.T, s *sample, doc *text.Document, rows []Statement) {
	if !slices.ContainsFunc(s.units, func(u unit) bool { return u.Field == text.FieldTitle }) {
		rows = slices.DeleteFunc(rows, func(r Statement) bool { return r.Field == text.FieldTitle }) // not labelled there
	}
	byUnit, byRow := matched(s.units, rows)
	for i, u := range s.units {
		k, found := byUnit[i]
		right, kind := false, false
		if found {
			right, kind = sameName(u.Holder, rows[k].Holder.Name), string(rows[k].Kind) == u.Kind
		}
		counts := []*count{&m.all, in(m.kinds, u.Kind), in(m.surfaces, surface(u.surface(doc)))}
		if u.Stance != "unrelated" {
			counts = append(counts, &m.on)
		}
		for _, c := range counts {
			c.gold++
			c.hit += btoi(found)
			c.holder += btoi(right)
			c.kind += btoi(kind)
		}
		field := fieldText(doc, cmp.Or(u.Field, text.FieldBody))
		words := field[u.StartByte:u.EndByte]
		switch {
		case !found:
			t.Logf("MISS %s %-9s %-8s %s %s %s| %.60q %.350q", nearest(&u, rows), u.Stance, u.Kind, u.Holder, u.Voice, hidden(doc, &u), around(field, u.StartByte), words)
		case !right:
			t.Logf("HOLDER %s want %q got %q | %.60q %.200q", rows[k].Rule, u.Holder, rows[k].Holder.Name, around(field, u.StartByte), words)
		}
		if found && !kind {
			t.Logf("KIND %s want %s got %s %.200q", rows[k].Rule, u.Kind, rows[k].Kind, words)
		}
	}
	for k, r := range rows {
		i, hit := byRow[k]
		m.all.rows++
		cue := ""
		if !r.Cue.Empty() {
			cue = strings.ToLower(r.Cue.In(fieldText(doc, r.Field)))
		}
		for _, c := range []*count{in(m.rules, r.Rule), in(m.cues, cue)} {
			c.rows++
			if hit {
				c.hit++
				c.holder += btoi(sameName(s.units[i].Holder, r.Holder.Name))
				c.kind += btoi(string(r.Kind) == s.units[i].Kind)
			}
		}
		if hit {
			m.on.rows += btoi(s.units[i].Stance != "unrelated")
			continue
		}
		field := fieldText(doc, r.Field)
		forces := speaksOfForces(r.In(field))
		m.on.rows += btoi(forces)
		t.Logf("EXTRA %s %s %s forces=%v | %.60q %.350q", r.Rule, r.Kind, r.Holder.Name, forces, around(field, r.Start), r.In(field))
	}
}

func fieldText(doc *text.Document, field string) string {
	if field == text.FieldTitle && doc.Head != nil {
		return doc.Head.Body
	}
	return doc.Body
}

// nearest tells the rule of the row that overlaps a missed unit most.
func nearest(u *unit, rows []Statement) string {
	best, rule := 0.0, "apart"
	for _, s := range rows {
		if iou := (text.Span{Start: u.StartByte, End: u.EndByte}).IoU(s.Span); iou > best && cmp.Or(u.Field, text.FieldBody) == s.Field {
			best, rule = iou, s.Rule
		}
	}
	return fmt.Sprintf("%s/%.1f", rule, best)
}

// hidden names the class of a unit's paragraph that isn't read.
func hidden(doc *text.Document, u *unit) string {
	if u.Field == text.FieldTitle {
		return "title "
	}
	switch p := doc.ParagraphAt(u.StartByte); {
	case p < 0:
		return "apart "
	case doc.Paragraphs[p].Class == text.Boilerplate:
		return "boilerplate "
	case doc.Paragraphs[p].Class != text.Prose:
		return "heading "
	}
	return ""
}

// around is what stands before byte i.
func around(t string, i int) string { return t[max(0, i-60):i] }

func speaksOfForces(s string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if lookUp(w, text.HashOf(w)).is&troopWord != 0 {
			return true
		}
	}
	return false
}

// surface is the words that name the source of u.
func (u *unit) surface(doc *text.Document) string {
	if u.Speaker != "" || u.SpeakerEnd == 0 {
		return u.Speaker
	}
	return doc.Body[u.SpeakerStart:u.SpeakerEnd]
}

// surface classes the words for a speaker.
func surface(w string) string {
	words := strings.Fields(w)
	capitals := 0
	for _, x := range words {
		capitals += btoi(unicode.IsUpper([]rune(x)[0]))
	}
	low := strings.ToLower(w)
	switch {
	case len(words) == 0:
		return "none"
	case lookUp(low, text.HashOf(low)).is&pronoun != 0 || low == "others" || low == "some" || low == "many":
		return "pronoun"
	case capitals == 0:
		return "noun"
	case len(words) == 1:
		return "one name" // a surname or a metonym
	case capitals == len(words):
		return "names"
	}
	return "name and noun"
}

func (m *measure) report(t *testing.T, name string) {
	t.Logf("== %s", name)
	t.Logf("all    %v", &m.all)
	t.Logf("on     %v", &m.on)
	for _, by := range []map[string]*count{m.kinds, m.surfaces} {
		for _, k := range slices.Sorted(maps.Keys(by)) {
			c := by[k]
			t.Logf("  %-18s gold %4d R %.3f holder %.3f kind %.3f", k, c.gold, share(c.hit, c.gold), share(c.holder, c.hit), share(c.kind, c.hit))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(m.rules)) {
		c := m.rules[k]
		t.Logf("  %-18s rows %4d P %.3f holder %.3f kind %.3f both %.3f", k, c.rows, share(c.hit, c.rows), share(c.holder, c.hit), share(c.kind, c.hit), share(c.holder, c.rows))
	}
	for _, k := range slices.Sorted(maps.Keys(m.cues)) {
		if c := m.cues[k]; testing.Verbose() {
			t.Logf("CUE %-18s rows %4d P %.3f kind %.3f", k, c.rows, share(c.hit, c.rows), share(c.kind, c.hit))
		}
	}
}

// TestMeasure says how many labelled statements are found, and what is right
// about them. Real prose is labelled in part: its precision is a lower bound.
func TestMeasure(t *testing.T) {
	dir := shared(t)
	reg := load(t)
	articles := with(lines[sample](t, "../../data/gold/articles/news.jsonl"), lines[unit](t, "../../data/gold/units/news.jsonl"))
	documents := lines[sample](t, filepath.Join(dir, "unlabelled", "realprose.jsonl"))
	prose := lines[unit](t, "../../data/gold/units/realprose.jsonl")
	sets := map[string][]sample{
		"train":    ofSplit("train", articles),
		"dev":      ofSplit("dev", articles),
		"prose":    with(documents, unitsOf("", prose)), // train has no name there
		"prosedev": with(documents, unitsOf("dev", prose)),
		"realdev":  files(t, filepath.Join(dir, "realdev"), "texts"),
		"seeds":    files(t, filepath.Join(dir, "seeds"), ""),
	}
	for _, name := range slices.Sorted(maps.Keys(sets)) {
		t.Run(name, func(t *testing.T) {
			m := newMeasure()
			for _, s := range sets[name] {
				doc, rows := s.statements(reg)
				s.inBody(doc)
				if testing.Verbose() {
					t.Logf("=== %s", cmp.Or(s.ArticleID, s.ID))
				}
				m.add(t, &s, doc, rows)
			}
			m.report(t, name)
		})
	}
}
