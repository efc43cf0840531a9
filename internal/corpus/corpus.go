// Package corpus reads articles: files, folders, globs and standard input, as
// text, HTML, JSON, JSON lines, CSV or Parquet, each also compressed. The
// format is told by content, never by name. Every input gives an Article;
// one that cannot or should not be labelled says why in its Status.
package corpus

import "time"

// The states of an article in which reading leaves it. The pipeline adds
// labelled, no_statement and off_topic.
const (
	OK       = ""         // to be labelled
	Filtered = "filtered" // a copy, another language, empty, too short, not an article
	Broken   = "broken"   // not decodable, too large, malformed, unreadable
)

// A Precision says how exactly the source dated the article.
type Precision string

// The precisions of published_precision, in the contract's order.
const (
	Second Precision = "second"
	Day    Precision = "day"
	None   Precision = "none"
)

// An Article is one article as its source printed it.
type Article struct {
	ID      string // "a_" + 16 hex digits of SHA-256 over url and body
	Input   string // path as given, joined with the path inside a folder; "-" for standard input; "#n" the line or record
	InputID string // the input's own id

	URL, Outlet, Title string
	Authors            []string
	Body               string // the decoded text, never rewritten

	PublishedAt  time.Time // UTC; zero unless the source gave a time
	PublishedDay time.Time // midnight UTC of the day as printed; zero if unknown
	Precision    Precision
	CrawledAt    time.Time // zero if unknown

	Language  string   // ISO 639-1, "" if undecided
	Truncated bool     // the source shows only a beginning
	Kept      []string // values of the -keep columns, in the order of the flag

	Status string // OK, Filtered or Broken
	Reason string // why, in a word or a short sentence, if Status is not OK

	// Of rows that are quotes already (classify -quotes).
	Quote *Quote
}

// A Quote is an input row of classify -quotes.
type Quote struct {
	Actor string // as given
	Text  string // the quote; Body is the context where it contains the text, else the text
	Start int    // byte offset of Text in Body
	Host  string // host country, or ""
}
