package labels

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// An Article is a text that units are about: a line of data/gold/articles.
type Article struct {
	ArticleID   string `json:"article_id"`
	Title       string `json:"title"`
	Body        string `json:"body"`
	URL         string `json:"url,omitempty"`
	PublishedAt string `json:"published_at,omitempty"`
	Outlet      string `json:"outlet,omitempty"`
	Split       string `json:"split,omitempty"` // train, dev or test
	Story       string `json:"story,omitempty"` // articles of one story stay in one split and fold
	Genre       string `json:"genre,omitempty"`
	Synthetic   bool   `json:"synthetic,omitempty"` // written for this project
	Hand        string `json:"hand,omitempty"`      // who wrote it
	Manner      string `json:"manner,omitempty"`    // how it is written
}

// The splits.
const (
	Train = "train"
	Dev   = "dev"
	Test  = "test"
)

var splits = []string{Train, Dev, Test}

// ReadArticles reads articles as JSON lines.
func ReadArticles(r io.Reader, name string) ([]Article, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var out []Article
	for n, line := range bytes.Split(b, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		var a Article
		if err := json.Unmarshal(line, &a); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n+1, err)
		}
		if a.ArticleID == "" {
			return nil, fmt.Errorf("%s:%d: no article_id", name, n+1)
		}
		if a.Split != "" && !slices.Contains(splits, a.Split) {
			return nil, fmt.Errorf("%s:%d: split %q is not one of %s", name, n+1, a.Split, strings.Join(splits, ", "))
		}
		out = append(out, a)
	}
	return out, nil
}
