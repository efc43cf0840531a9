package labels

import (
	"encoding/json"
	"errors"
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
	err = eachLine(b, name, func(line []byte, _ string) error {
		var a Article
		err := json.Unmarshal(line, &a)
		switch {
		case err != nil:
			return err
		case a.ArticleID == "":
			return errors.New("no article_id")
		case a.Split != "" && !slices.Contains(splits, a.Split):
			return fmt.Errorf("split %q is not one of %s", a.Split, strings.Join(splits, ", "))
		}
		out = append(out, a)
		return nil
	})
	return out, err
}
