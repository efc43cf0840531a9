package statement

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"standpoint/internal/text"
)

// shared is the folder of texts that are not part of the project.
func shared(t testing.TB) string {
	dir := os.Getenv("STANDPOINT_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	if _, err := os.Stat(filepath.Join(dir, "seeds", "gold.jsonl")); err != nil {
		t.Skip("no shared texts beside the checkout (STANDPOINT_SHARED)")
	}
	return dir
}

type unit struct {
	Input      string `json:"input"`
	ArticleID  string `json:"article_id"`
	Document   string `json:"document"`
	Field      string `json:"field"`
	StartByte  int    `json:"start_byte"`
	EndByte    int    `json:"end_byte"`
	Kind       string `json:"kind"`
	Actor      string `json:"actor"`
	Holder     string `json:"holder"`
	ReportedBy string `json:"reported_by"`
	Voice      string `json:"voice"`
	Stance     string `json:"stance"`
	Text       string `json:"text"`
	Split      string `json:"split"`

	Speaker      string `json:"speaker"`
	SpeakerStart int    `json:"speaker_start_byte"`
	SpeakerEnd   int    `json:"speaker_end_byte"`
}

func goldUnits(t testing.TB, file string) map[string][]unit {
	f, err := os.Open(file)
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	all := map[string][]unit{}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var u unit
		if err := json.Unmarshal(sc.Bytes(), &u); err != nil {
			t.Fatal(err)
		}
		all[u.Input] = append(all[u.Input], u)
	}
	return all
}

// A tally counts spans found (IoU of 0.5 or more, each once) and what is right
// about them.
type tally struct {
	gold, found, hit, holder, kind, onGold, onHit, onHolder int
}

type spanKey struct{ start, end int }

func (c *tally) add(t *testing.T, body string, us []unit, got []Statement) {
	spans := map[spanKey][]unit{}
	for _, u := range us {
		k := spanKey{u.StartByte, u.EndByte}
		spans[k] = append(spans[k], u)
	}
	groups := map[spanKey][]Statement{}
	for _, s := range got {
		k := spanKey{s.Start, s.End}
		groups[k] = append(groups[k], s)
	}
	type pair struct {
		g, s spanKey
		iou  float64
	}
	var pairs []pair
	for g := range spans {
		for s := range groups {
			if iou := (text.Span{Start: g.start, End: g.end}).IoU(text.Span{Start: s.start, End: s.end}); iou >= 0.5 {
				pairs = append(pairs, pair{g, s, iou})
			}
		}
	}
	sort.Slice(pairs, func(i, j int) bool {
		a, b := pairs[i], pairs[j]
		if a.iou != b.iou {
			return a.iou > b.iou
		}
		return a.g.start < b.g.start
	})
	match := map[spanKey]spanKey{}
	taken := map[spanKey]bool{}
	for _, p := range pairs {
		if _, ok := match[p.g]; !ok && !taken[p.s] {
			match[p.g] = p.s
			taken[p.s] = true
		}
	}
	c.gold += len(spans)
	c.found += len(groups)
	for g, list := range spans {
		on := list[0].Stance != "unrelated"
		if on {
			c.onGold++
		}
		s, ok := match[g]
		if !ok {
			t.Logf("  MISS %-8s %-25s %.230q", list[0].Kind+" "+list[0].Voice, list[0].Holder, list[0].Text)
			continue
		}
		c.hit++
		if on {
			c.onHit++
		}
		holder, kind := false, false
		for _, u := range list {
			for _, x := range groups[s] {
				holder = holder || x.Holder.Name == u.Holder
				kind = kind || string(x.Kind) == u.Kind
			}
		}
		if holder {
			c.holder++
			if on {
				c.onHolder++
			}
		} else {
			t.Logf("  HOLDER want %q got %q %s %.140q", list[0].Holder, groups[s][0].Holder.Name, groups[s][0].Rule, list[0].Text)
		}
		if kind {
			c.kind++
		} else {
			t.Logf("  KIND want %s got %s %s %.140q", list[0].Kind, groups[s][0].Kind, groups[s][0].Rule, list[0].Text)
		}
	}
	for s, list := range groups {
		if !taken[s] {
			t.Logf("  EXTRA %-18s %-25s %.200q", list[0].Rule, list[0].Holder.Name, body[s.start:s.end])
		}
	}
}

// Real articles: how many labelled spans are found, and who holds them.
func TestRealStatements(t *testing.T) {
	dir := shared(t)
	reg := load(t)
	for _, set := range []struct {
		name, texts string
		floor       float64 // of span F1
	}{{"seeds", "seeds", 0.85}, {"realdev", "realdev/texts", 0.72}} {
		var c tally
		all := goldUnits(t, filepath.Join(dir, set.name, "gold.jsonl"))
		var inputs []string
		for input := range all {
			inputs = append(inputs, input)
		}
		sort.Strings(inputs)
		for _, input := range inputs {
			b, err := os.ReadFile(filepath.Join(dir, set.texts, input))
			if err != nil {
				t.Fatal(err)
			}
			_, got := statementsOf(reg, "", string(b))
			t.Logf("== %s", input)
			c.add(t, string(b), all[input], got)
		}
		p, r := float64(c.hit)/float64(max(c.found, 1)), float64(c.hit)/float64(max(c.gold, 1))
		f1 := 2 * p * r / (p + r + 1e-9)
		if f1 < set.floor {
			t.Errorf("%s: span F1 %.2f, was above %.2f", set.name, f1, set.floor)
		}
		t.Logf("%s: spans: recall %.2f precision %.2f F1 %.2f; holder %d/%d, kind %d/%d; on the topic: spans %d/%d, holder %d",
			set.name, r, p, f1, c.holder, c.hit, c.kind, c.hit, c.onHit, c.onGold, c.onHolder)
	}
}
