package table

import "time"

// An Article is a row of articles: one article read, filtered and broken ones
// included.
type Article struct {
	ArticleID          string     `col:"article_id"`
	Input              string     `col:"input,long"`
	InputID            string     `col:"input_id,long"`
	URL                string     `col:"url,long"`
	Outlet             string     `col:"outlet,dict"`
	Title              string     `col:"title,long"`
	Authors            []string   `col:"authors"`
	PublishedAt        *time.Time `col:"published_at,instant"`
	PublishedDay       *time.Time `col:"published_day,day"`
	PublishedPrecision string     `col:"published_precision,enum=precision"`
	CrawledAt          *time.Time `col:"crawled_at,instant"`
	Language           string     `col:"language,dict"`
	Genre              string     `col:"genre,enum=genre"`
	HostCountries      []string   `col:"host_countries"`
	NStatements        int32      `col:"n_statements"`
	NAbstained         int32      `col:"n_abstained"`
	Status             string     `col:"status,enum=status"`
	Reason             string     `col:"reason,dict"`
	Truncated          bool       `col:"truncated"`
	DuplicateOf        string     `col:"duplicate_of,dict"`
	NChars             int32      `col:"n_chars"`
	Kept               []string   `col:"in_,kept"`  // values of Meta.Kept, in its order; missing ones are ""
	Body               *string    `col:"body,long"` // nil if off-topic, filtered or broken
}
