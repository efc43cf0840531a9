package topic

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"standpoint/internal/text"
)

type goldArticle struct {
	ID    string `json:"article_id"`
	Title string `json:"title"`
	Body  string `json:"body"`
	Story string `json:"story"`
}

type goldUnit struct {
	Article   string `json:"article_id"`
	Field     string `json:"field"`
	StartByte int    `json:"start_byte"`
	Host      string `json:"host_country"`
	Stance    string `json:"stance"`
	Text      string `json:"text"`
}

func decode[T any](t testing.TB, file string) []T {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []T
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var v T
		if err := json.Unmarshal(sc.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	return all
}

// sameHost: Japan/Okinawa is Japan, and Denmark/Greenland Greenland.
func sameHost(got, want string) bool {
	return got == want || strings.HasPrefix(got, want+"/") || strings.HasSuffix(got, "/"+want)
}

func hasHost(list []string, want string) bool {
	return slices.ContainsFunc(list, func(h string) bool { return sameHost(h, want) })
}

// Gold articles: those with a statement on the topic are on it, with its host
// among theirs; most such statements stand in a passage; the others are off.
func TestGoldArticles(t *testing.T) {
	byArticle := map[string][]goldUnit{}
	for _, u := range decode[goldUnit](t, "../../data/gold/units/news.jsonl") {
		byArticle[u.Article] = append(byArticle[u.Article], u)
	}
	var on, found, hosted, first, off, shut int
	var p passageCount
	for _, a := range decode[goldArticle](t, "../../data/gold/articles/news.jsonl") {
		var top Topic
		doc := text.New(a.Title, a.Body)
		if Gate(a.Title, a.Body) {
			top = Read(doc)
		}
		want := p.add(t, a.Story, doc, top, byArticle[a.ID])
		if len(want) == 0 {
			off++
			if len(top.Passages) == 0 {
				shut++
			} else {
				t.Logf("%s: off the topic, but has passages, hosts %q", a.Story, top.Hosts)
			}
			continue
		}
		on++
		if len(top.Passages) > 0 {
			found++
		}
		if sameHost(top.Main(), want[0]) {
			first++
		}
		if !slices.ContainsFunc(want, func(h string) bool { return !hasHost(top.Hosts, h) }) {
			hosted++
		} else {
			t.Logf("%s: hosts %q, want %q", a.Story, top.Hosts, want)
		}
	}
	t.Logf("articles on the topic %d/%d, with all hosts %d, the right one first %d; off it %d/%d", found, on, hosted, first, shut, off)
	t.Logf("statements in a passage %d/%d, with the host %d; unrelated ones outside %d/%d", p.inside, p.on, p.hosted, p.outside, p.unrelated)
	if found*100 < on*98 || hosted*100 < on*88 || first*100 < on*94 || shut*100 < off*90 || p.inside*100 < p.on*74 {
		t.Error("worse than it was")
	}
}

// passageCount counts statements inside and outside of passages.
type passageCount struct {
	on, inside, hosted int
	unrelated, outside int
}

// add counts an article's units and returns the hosts of those on the topic.
func (p *passageCount) add(t *testing.T, story string, doc *text.Document, top Topic, units []goldUnit) []string {
	hosts := map[int][]string{}
	for _, x := range top.Passages {
		hosts[x.Paragraph] = x.Hosts
	}
	var want []string
	for _, u := range units {
		here, in := hosts[doc.ParagraphAt(u.StartByte)]
		if u.Field == text.FieldTitle { // read for the main hosts
			here, in = top.Hosts, len(top.Hosts) > 0
		}
		if u.Stance == "unrelated" {
			p.unrelated++
			if !in {
				p.outside++
			}
			continue
		}
		p.on++
		if !slices.Contains(want, u.Host) {
			want = append(want, u.Host)
		}
		if in {
			p.inside++
		}
		if hasHost(here, u.Host) {
			p.hosted++
		} else if in {
			t.Logf("%s: %s, got %q: %.120q", story, u.Host, here, u.Text)
		}
	}
	return want
}

// Text and topic together on our own articles, in articles of 500 words a
// second on one core.
func BenchmarkArticles(b *testing.B) {
	articles := decode[goldArticle](b, "../../data/gold/articles/news.jsonl")
	words, bytes := 0, 0
	for _, a := range articles {
		words, bytes = words+len(strings.Fields(a.Body)), bytes+len(a.Body)
	}
	b.SetBytes(int64(bytes))
	for b.Loop() {
		for _, a := range articles {
			if Gate(a.Title, a.Body) {
				Read(text.New(a.Title, a.Body))
			}
		}
	}
	b.ReportMetric(float64(b.N)*float64(words)/500/b.Elapsed().Seconds(), "articles/s")
}
