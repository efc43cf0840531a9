// Package corpus reads articles: files, folders, globs and standard input, as
// text, HTML, JSON, JSON lines, CSV or Parquet, each also compressed. The
// format is told by content, never by name. Every input gives an Article;
// one that cannot or should not be labelled says why in its Status.
//
// The flow: Read walks the inputs in order (walk.go), opens each, undoes gzip
// and zstd (open.go), tells the format (sniff.go) and yields one Article a
// document or record, cheaply: the costly half waits for Article.Decode,
// which workers may run in parallel. Decode parses (json.go, html.go, txt.go,
// record.go), dates (date.go), and decides language, filters and ID (finish.go).
//
//	inputs, err := corpus.Expand([]string{"crawl", "dump-*.jsonl.gz"})
//	err = corpus.Read(ctx, inputs, corpus.Options{}, func(a corpus.Article) error {
//		a.Decode() // or in a worker
//		fmt.Println(a.Input, a.Title, a.Status, a.Reason)
//		return nil
//	})
//
// A broken input is an Article, not an error: a line of bad JSON, a cut gzip
// or a folder that can't be listed each give one row that names the damage,
// and reading goes on after it. Package corpus does not find copies of an
// article, nor decide what it is about.
package corpus

import (
	"strings"
	"time"
)

// The states of an article in which reading leaves it. The pipeline adds
// labelled, no_statement and off_topic.
const (
	OK       = ""         // to be labelled
	Filtered = "filtered" // a copy, another language, empty, too short, not an article
	Broken   = "broken"   // not decodable, too large, malformed, unreadable
)

// The reasons of a filtered article.
const (
	Empty         = "empty"          // no letter or digit
	OtherLanguage = "other_language" // not English
	TooShort      = "too_short"      // fewer than minWords words
	NotAnArticle  = "not_an_article" // a consent text, a captcha, an index or error page
)

// A Precision says how exactly the source dated the article.
type Precision string

// The precisions of published_precision, in the contract's order.
const (
	Second Precision = "second"
	Day    Precision = "day"
	None   Precision = "none"
)

// An Article is one article as its source printed it. One that comes from
// Read is complete only after Decode.
type Article struct {
	ID      string // "a_" + 16 hex digits of SHA-256 over url and body; of a broken one, over input name and bytes
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
	Reason string // why, if Status is not OK: a word, or for Broken "kind: detail"

	// Of rows that are quotes already (classify -quotes).
	Quote *Quote

	opt     *Options
	pending func(*Article) // parses what Read left undone
	raw     []byte         // what BrokenID hashes
}

// A Quote is an input row of classify -quotes.
type Quote struct {
	Actor string // as given
	Text  string // the quote; Body is the context where it contains the text, else the text
	Start int    // byte offset of Text in Body
	Host  string // host country, or ""
}

// ReasonKind is an Article's Reason without its detail: "malformed JSON" of "malformed
// JSON: line 7: unexpected end". Few enough to count by.
func ReasonKind(reason string) string {
	kind, _, _ := strings.Cut(reason, ":")
	return kind
}

// fail marks a as broken.
func (a *Article) fail(kind, detail string) {
	a.Status, a.Reason = Broken, kind
	if detail != "" {
		a.Reason += ": " + detail
	}
}

// The kinds of broken articles.
const (
	unreadable       = "unreadable"          // the system refuses it
	notText          = "not text"            // binary data
	notSupported     = "format not read"     // a known format that is not read
	cutOrDamaged     = "cut or damaged"      // compressed data that ends early or fails its check
	malformedJSON    = "malformed JSON"      // with its line or record
	malformedCSV     = "malformed CSV"       // with its line
	malformedParquet = "malformed Parquet"   // with its records
	malformedHTML    = "malformed HTML"      // nested beyond reason
	wrongType        = "wrong type"          // a field that should be a string is none
	noTextColumn     = "no text column"      // with the columns there are
	noQuoteColumns   = "no column of quotes" // -quotes: actor or text is missing or empty
	tooLarge         = "too large"           // a page or a record beyond the limits of reading
)
