package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// words is the length of a generated article, that of a news item.
const words = 500

// An article of a corpus.
type article struct {
	URL   string `json:"url"`
	Title string `json:"title"`
	Text  string `json:"text"`
	Date  string `json:"date"`
	From  string `json:"source"`
}

// A generator makes articles of the paragraphs of others.
type generator struct {
	on, off []article // sources: on topic, and off it
}

// newGenerator reads the gold articles in dir.
func newGenerator(dir string) (*generator, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil {
		return nil, err
	}
	slices.Sort(paths)
	g := &generator{}
	for _, path := range paths {
		if err := g.read(path); err != nil {
			return nil, err
		}
	}
	if len(g.on) == 0 || len(g.off) == 0 {
		return nil, fmt.Errorf("%s: no articles on and off topic", dir)
	}
	return g, nil
}

func (g *generator) read(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var a struct {
			Title, Body, Host string
			Outlet            string
			PublishedAt       string `json:"published_at"`
		}
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		made := article{Title: a.Title, Text: a.Body, Date: a.PublishedAt, From: a.Outlet}
		switch {
		case a.Title == "": // a single statement
		case a.Host == "":
			g.off = append(g.off, made)
		default:
			g.on = append(g.on, made)
		}
	}
	return lines.Err()
}

// make is the i-th article: the headline and first paragraphs of one source,
// then paragraphs of two others, to the length of a news item.
func (g *generator) make(i int, onTopic bool) article {
	sources := g.off
	if onTopic {
		sources = g.on
	}
	rng := rand.New(rand.NewPCG(uint64(i), 7))
	a := sources[rng.IntN(len(sources))]
	a.URL = fmt.Sprintf("https://news.example/%d", i)
	paragraphs := strings.Split(strings.TrimSpace(a.Text), "\n\n")
	for range 2 {
		other := strings.Split(strings.TrimSpace(sources[rng.IntN(len(sources))].Text), "\n\n")
		rng.Shuffle(len(other), func(x, y int) { other[x], other[y] = other[y], other[x] })
		at := min(len(paragraphs), 3+rng.IntN(4))
		paragraphs = slices.Concat(paragraphs[:at], other[:len(other)/2], paragraphs[at:])
	}
	var kept []string
	for n := 0; len(paragraphs) > 0 && n < words; paragraphs = paragraphs[1:] {
		kept = append(kept, paragraphs[0])
		n += len(strings.Fields(paragraphs[0]))
	}
	a.Text = strings.Join(kept, "\n\n")
	return a
}

// meanWords is the mean length of the first on-topic articles.
func (g *generator) meanWords() int {
	const n = 200
	total := 0
	for i := range n {
		total += len(strings.Fields(g.make(i, true).Text))
	}
	return total / n
}

func (g *generator) writeJSONL(path string, n int, onTopic func(int) bool) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range n {
		if err := enc.Encode(g.make(i, onTopic(i))); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// writeFiles writes a folder with a file an article.
func (g *generator) writeFiles(dir string, n int, ext string, form func(article) string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for i := range n {
		path := filepath.Join(dir, fmt.Sprintf("%06d%s", i, ext))
		if err := os.WriteFile(path, []byte(form(g.make(i, true))), 0o666); err != nil {
			return err
		}
	}
	return nil
}

func plainText(a article) string { return a.Title + "\n\n" + a.Text + "\n" }

// htmlPage is an article as a page with a news site's furniture.
func htmlPage(a article) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>%s</title>
<link rel="canonical" href="%s"><meta property="og:site_name" content="%s"><meta property="article:published_time" content="%s"></head>
<body><header><nav><ul>`, html.EscapeString(a.Title), a.URL, html.EscapeString(a.From), a.Date)
	for i := range 40 {
		fmt.Fprintf(&b, `<li class="menu-item"><a href="/section/%d">Section %d</a></li>`, i, i)
	}
	fmt.Fprintf(&b, "</ul></nav></header><main><article><h1>%s</h1>\n", html.EscapeString(a.Title))
	for p := range strings.SplitSeq(a.Text, "\n\n") {
		fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(p))
	}
	b.WriteString("</article><aside><h2>Related</h2><ul>")
	for i := range 20 {
		fmt.Fprintf(&b, `<li><a href="/story/%d"><span>Another story, number %d</span></a></li>`, i, i)
	}
	b.WriteString("</ul></aside></main><footer><p>All rights reserved.</p></footer></body></html>\n")
	return b.String()
}
