package topic

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"standpoint/internal/text"
)

// shared is the folder of texts that are not part of the project, or "".
func shared(t *testing.T) string {
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
	Input     string `json:"input"`
	StartByte int    `json:"start_byte"`
	Host      string `json:"host_country"`
	Stance    string `json:"stance"`
	Text      string `json:"text"`
}

func units(t *testing.T, file string) map[string][]unit {
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

// Real articles: how many units on the topic stand in a passage with their
// host, and how many units off it stand outside.
func TestRealPassages(t *testing.T) {
	dir := shared(t)
	for _, set := range [][2]string{{"seeds", "seeds"}, {"realdev", "realdev/texts"}} {
		var on, onHit, hostHit, off, offHit, main, articles int
		for input, us := range units(t, filepath.Join(dir, set[0], "gold.jsonl")) {
			body, err := os.ReadFile(filepath.Join(dir, set[1], input))
			if err != nil {
				t.Fatal(err)
			}
			doc := text.New("", string(body))
			if !Gate("", string(body)) {
				t.Errorf("%s: the gate is shut", input)
			}
			top := Read(doc)
			byParagraph := map[int][]string{}
			for _, p := range top.Passages {
				byParagraph[p.Paragraph] = append(p.Hosts, "")
			}
			votes := map[string]int{}
			for _, u := range us {
				hosts := byParagraph[doc.ParagraphAt(u.StartByte)]
				if u.Stance == "unrelated" {
					off++
					if hosts == nil {
						offHit++
					}
					continue
				}
				votes[u.Host]++
				on++
				if hosts != nil {
					onHit++
				} else if testing.Verbose() {
					t.Logf("%s %s: no passage: %.120q", input, u.Host, u.Text)
				}
				found := false
				for _, h := range hosts {
					found = found || h == u.Host
				}
				if found {
					hostHit++
				} else if hosts != nil && testing.Verbose() {
					t.Logf("%s %s, got %q: %.120q", input, u.Host, hosts, u.Text)
				}
			}
			articles++
			best := ""
			for h, n := range votes {
				if n > votes[best] {
					best = h
				}
			}
			if best == top.Main() {
				main++
			} else {
				t.Logf("%s: main host %q, got %q (%q)", input, best, top.Main(), top.Hosts)
			}
		}
		t.Logf("%s: in a passage %d/%d, with the host %d; off the topic outside %d/%d; main host %d/%d", set[0], onHit, on, hostHit, offHit, off, main, articles)
		if onHit*10 < on*7 || main*10 < articles*8 {
			t.Errorf("%s: worse than it was", set[0])
		}
	}
}
