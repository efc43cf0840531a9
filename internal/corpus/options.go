package corpus

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
)

// DefaultMaxText is the longest body that is labelled, in bytes.
const DefaultMaxText = 1 << 20

// Options says how inputs are read. The zero value is the default.
type Options struct {
	// Columns names the input column of a field: {"text": "body"}. See Fields.
	Columns map[string]string
	// Keep names input columns whose values are copied to Article.Kept.
	Keep []string
	// Quotes: the records are quotes already. Nothing is filtered.
	Quotes bool
	// Stdin is what "-" reads.
	Stdin io.Reader
	// MaxText is the longest body in bytes, 0 for DefaultMaxText.
	MaxText int
	// Skip is a folder that is not read where it lies inside an input: the
	// output.
	Skip string
	// Consumed, if not nil, counts the bytes of the inputs as they are read:
	// at the end it is Size of the inputs.
	Consumed *atomic.Int64
}

// filled is o with its defaults, as the readers use it.
func (o Options) filled() *Options {
	if o.MaxText <= 0 {
		o.MaxText = DefaultMaxText
	}
	if o.Consumed == nil {
		o.Consumed = new(atomic.Int64)
	}
	if o.Stdin == nil {
		o.Stdin = strings.NewReader("")
	}
	return &o
}

// maxRecord bounds the bytes of one line or record. JSON may write a byte of
// text in six (\u0041), and a record holds more than its text.
func (o *Options) maxRecord() int { return 8*o.MaxText + 64<<10 }

// maxPage bounds the bytes of one HTML page: markup outweighs text.
func (o *Options) maxPage() int { return 16 * o.MaxText }

// overText is the reason of a body that is longer than MaxText.
func (o *Options) overText() string {
	if o.MaxText%(1<<20) == 0 {
		return fmt.Sprintf("text over %d MiB", o.MaxText>>20)
	}
	return fmt.Sprintf("text over %d bytes", o.MaxText)
}

// The fields of a record, by the names that -columns uses.
const (
	fieldText      = "text"
	fieldTitle     = "title"
	fieldURL       = "url"
	fieldOutlet    = "outlet"
	fieldAuthors   = "authors"
	fieldPublished = "published_at"
	fieldCrawled   = "crawled_at"
	fieldID        = "id"
	fieldActor     = "actor"
	fieldContext   = "context"
	fieldHost      = "host_country"
)

// columnNames lists the usual names of a field's column in news dumps, best
// first, in the form of plainName.
var columnNames = map[string][]string{
	fieldText:      {"text", "body", "maintext", "content", "fulltext", "articletext", "articlebody", "plaintext", "story", "article"},
	fieldTitle:     {"title", "headline"},
	fieldURL:       {"url", "link", "canonicalurl", "sourceurl", "permalink", "href"},
	fieldOutlet:    {"outlet", "sourcename", "source.name", "source", "publisher", "publication", "sitename", "sourcedomain", "domain"},
	fieldAuthors:   {"authors", "author", "byline", "creator"},
	fieldPublished: {"publishedat", "published", "datepublish", "datepublished", "publishdate", "publicationdate", "publisheddate", "pubdate", "date"},
	fieldCrawled:   {"crawledat", "datedownload", "datecrawled", "crawldate", "retrievedat", "fetchedat"},
	fieldID:        {"id", "articleid", "docid", "documentid", "uuid", "guid"},
	fieldActor:     {"actor", "speaker"},
	fieldContext:   {"context", "passage", "paragraph"},
	fieldHost:      {"hostcountry", "host"},
}

// quoteNames are further names of the text column where records are quotes.
var quoteNames = []string{"text", "quote", "quotation"}

// Fields are the field names that Options.Columns may have as keys.
func Fields() []string {
	return []string{fieldText, fieldTitle, fieldURL, fieldOutlet, fieldAuthors, fieldPublished,
		fieldCrawled, fieldID, fieldActor, fieldContext, fieldHost}
}

// ParseColumns reads the value of -columns, "text=body,title=head".
func ParseColumns(flag string) (map[string]string, error) {
	columns := map[string]string{}
	for pair := range strings.SplitSeq(flag, ",") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		field, column, ok := strings.Cut(pair, "=")
		field, column = strings.TrimSpace(field), strings.TrimSpace(column)
		if !ok || column == "" {
			return nil, fmt.Errorf("columns: %q is not field=column", pair)
		}
		if !slices.Contains(Fields(), field) {
			return nil, fmt.Errorf("columns: no field %q (fields: %s)", field, strings.Join(Fields(), ", "))
		}
		columns[field] = column
	}
	return columns, nil
}

// names lists the columns that may hold field, best first, in plain form.
func (o *Options) names(field string) []string {
	if field == fieldText && o.Quotes {
		return quoteNames
	}
	return columnNames[field]
}

// plainName is a column's name without case and separators: pubDate,
// pub_date and "Pub Date" are one.
func plainName(name string) string {
	clean := true
	for i := range len(name) {
		c := name[i]
		clean = clean && (c >= 'a' && c <= 'z' || c == '.')
	}
	if clean {
		return name
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '_', '-', ' ', '\ufeff':
			return -1
		}
		return r
	}, strings.ToLower(name))
}
