package labels

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"standpoint/internal/table"
)

// isFilled reports whether dir is an output folder of classify.
func isFilled(dir string) bool {
	parts, err := filepath.Glob(filepath.Join(dir, "articles", "*.parquet"))
	return err == nil && len(parts) > 0
}

// addFilled takes in a folder that classify has filled: the labels that people
// gave it, and the texts of its articles.
func (l *loader) addFilled(dir string) error {
	l.filled = append(l.filled, dir)
	file := filepath.Join(dir, "labels.jsonl")
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return l.addUnits(file)
}

// readTexts reads, out of filled folders, the articles that units are about.
func (l *loader) readTexts() error {
	wanted := map[string]bool{}
	for _, u := range l.units {
		if _, ok := l.articles[u.ArticleID]; !ok && u.ArticleID != "" {
			wanted[u.ArticleID] = true
		}
	}
	for _, dir := range l.filled {
		parts, err := filepath.Glob(filepath.Join(dir, "articles", "*.parquet"))
		if err != nil {
			return err
		}
		slices.Sort(parts)
		for _, part := range parts {
			for a, err := range table.Rows[table.Article](part, "article_id", "title", "body") {
				if err != nil {
					return err
				}
				if wanted[a.ArticleID] && a.Body != nil {
					l.articles[a.ArticleID] = Article{ArticleID: a.ArticleID, Title: a.Title, Body: *a.Body}
				}
			}
		}
	}
	return nil
}
