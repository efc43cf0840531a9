package corpus

import (
	"bytes"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// html yields a page. What is costly, its main text, waits for Decode.
func (r *reader) html(input string, src io.Reader) error {
	page, over, err := readUpTo(src, r.opt.maxPage())
	switch {
	case err != nil:
		return r.broken(input, page, readErrorKind(err), reasonOf(err).Error())
	case over:
		return r.broken(input, page, tooLarge, "a page of more than 16 times the text limit")
	case r.opt.Quotes:
		return r.broken(input, page, noQuoteColumns, "a page, not a table with the columns actor and text")
	}
	return r.yield(Article{Input: input, raw: page, pending: func(a *Article) { a.extract(page) }})
}

// extract takes main text and metadata from an HTML page.
func (a *Article) extract(page []byte) {
	text, err := decodePage(page)
	if err != nil {
		a.fail(notText, err.Error())
		return
	}
	if bytes.IndexByte(text, 0) >= 0 {
		a.fail(notText, errNUL.Error())
		return
	}
	doc, err := html.Parse(bytes.NewReader(text))
	if err != nil { // more than 512 open elements
		a.fail(malformedHTML, err.Error())
		return
	}
	meta, nodes := readMeta(doc)
	if nodes > maxNodes {
		a.fail(malformedHTML, "more elements and texts than a page has")
		return
	}
	a.URL, a.Outlet, a.Title = meta.url, meta.outlet, meta.title
	a.published(meta.date(doc))
	got, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		ExcludeComments: true,
		HtmlDateMode:    trafilatura.Disabled,
	})
	if err != nil {
		return // no text: an empty article
	}
	a.Body = blockText(got.ContentNode)
	a.Authors = cleanNames(strings.Split(got.Metadata.Author, ";"))
	if a.Title == "" {
		a.Title = strings.TrimSpace(got.Metadata.Title)
	}
	if a.Outlet == "" {
		a.Outlet = strings.TrimSpace(got.Metadata.Sitename)
	}
}

// pageMeta is what the head of a page says for machines.
type pageMeta struct {
	url, outlet, title string
	dates              []string // in order of trust
}

// dateKeys are the meta tags of the date of publication, most trusted first.
var dateKeys = []string{
	"article:published_time", "og:article:published_time", "datepublished", "article.published", "parsely-pub-date",
	"pubdate", "publish-date", "publish_date", "publication_date", "dc.date.issued", "dc.date", "dcterms.created", "sailthru.date", "date",
}

// ldDate finds the date of publication in JSON-LD.
var ldDate = regexp.MustCompile(`"datePublished"\s*:\s*"([^"]{8,64})"`)

// maxNodes bounds a page: a long one has some ten thousand, and each costs
// the extractor about 8 µs.
const maxNodes = 200_000

// readMeta reads meta tags, links and headings of doc, and counts its nodes.
func readMeta(doc *html.Node) (m pageMeta, nodes int) {
	h := heads{tags: map[string]string{}}
	for n := range doc.Descendants() {
		nodes++
		h.read(n)
	}
	m = pageMeta{
		url:    firstOf(h.canonical, h.tags["og:url"]),
		outlet: h.tags["og:site_name"],
		title:  firstOf(h.tags["og:title"], h.heading, h.tags["twitter:title"], h.title),
	}
	for _, key := range dateKeys {
		m.dates = append(m.dates, h.tags[key])
	}
	m.dates = append(m.dates, h.ld, h.time)
	return m, nodes
}

// heads is the first value of each thing that the head of a page may say.
type heads struct {
	tags                                map[string]string // by property, name or itemprop
	canonical, heading, title, ld, time string
}

// read takes what one node says.
func (h *heads) read(n *html.Node) {
	switch n.DataAtom {
	case atom.Meta:
		for _, key := range []string{"property", "name", "itemprop"} {
			name := strings.ToLower(attr(n, key))
			if _, has := h.tags[name]; name != "" && !has {
				h.tags[name] = strings.TrimSpace(attr(n, "content"))
			}
		}
	case atom.Link:
		if strings.EqualFold(attr(n, "rel"), "canonical") {
			keepFirst(&h.canonical, attr(n, "href"))
		}
	case atom.H1:
		keepFirst(&h.heading, blockText(n))
	case atom.Title:
		keepFirst(&h.title, blockText(n))
	case atom.Script:
		if n.FirstChild != nil && attr(n, "type") == "application/ld+json" {
			if m := ldDate.FindStringSubmatch(n.FirstChild.Data); m != nil {
				keepFirst(&h.ld, m[1])
			}
		}
	case atom.Time:
		if attr(n, "itemprop") == "datePublished" || hasAttr(n, "pubdate") {
			keepFirst(&h.time, attr(n, "datetime"))
		}
	}
}

func keepFirst(to *string, value string) {
	if *to == "" {
		*to = strings.Join(strings.Fields(value), " ")
	}
}

// date is the day of publication: the first date for machines that can be
// read, else what htmldate finds without guessing from free text.
func (m pageMeta) date(doc *html.Node) stamp {
	for _, s := range m.dates {
		if d := parseDate(s); !d.day.IsZero() {
			return d
		}
	}
	found, err := htmldate.FromDocument(doc, htmldate.Options{
		UseOriginalDate:     true,
		SkipExtensiveSearch: true,
		DeferUrlExtractor:   true,
		URL:                 m.url,
		MinDate:             time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC),
		MaxDate:             time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC), // not today: rows know no clock
	})
	if err != nil || found.IsZero() {
		return stamp{}
	}
	return stamp{day: dayOf(found.DateTime)}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

func firstOf(options ...string) string {
	for _, s := range options {
		if s != "" {
			return s
		}
	}
	return ""
}
