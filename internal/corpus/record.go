package corpus

import (
	"slices"
	"strings"
)

// A kind is the type of a value in a record.
type kind uint8

const (
	isNull kind = iota
	isString
	isNumber // also a boolean: its text is its literal
	isList
	isOther
)

func (k kind) String() string {
	return [...]string{"null", "a string", "a number or boolean", "a list", "an object"}[k]
}

// A value is one cell.
type value struct {
	kind kind
	text string   // of isList and isOther the literal
	list []string // the strings and names in an isList
	name string   // of an isOther such as {"id": 3, "name": "The Post"}
}

// stringValue is a cell of a format that promises no UTF-8.
func stringValue(s string) value {
	return value{kind: isString, text: validUTF8(s)}
}

// A header is the columns of a table, or the keys of an object.
type header struct {
	names []string
	plain map[string]int // plainName -> index; the first of equal names
}

func newHeader(names []string) *header {
	h := &header{names: names, plain: make(map[string]int, len(names))}
	for i, name := range names {
		if _, ok := h.plain[plainName(name)]; !ok {
			h.plain[plainName(name)] = i
		}
	}
	return h
}

// A record is a row of named values.
type record struct {
	*header
	values []value
}

// exact is the value of the column of that very name.
func (rec record) exact(name string) (value, bool) {
	i := slices.Index(rec.names, name)
	if i < 0 {
		return value{}, false
	}
	return rec.values[i], true
}

// field is the value of a field: of its named column, else of the first of
// its usual columns that has one. ok says that there is such a column.
func (rec record) field(field string, opt *Options) (v value, ok bool) {
	if column := opt.Columns[field]; column != "" {
		return rec.exact(column)
	}
	for _, name := range opt.names(field) {
		i, has := rec.plain[name]
		if !has {
			continue
		}
		ok = true
		if v = rec.values[i]; v.kind != isNull && v.text != "" {
			return v, true
		}
	}
	return v, ok
}

// str is a field that is used as a string.
func (rec record) str(field string, opt *Options) string {
	v, _ := rec.field(field, opt)
	switch v.kind {
	case isOther:
		return v.name
	case isList:
		return ""
	}
	return v.text
}

// fill makes the article of a record.
func (a *Article) fill(rec record) {
	opt := a.opt
	a.InputID = rec.str(fieldID, opt)
	a.URL = strings.TrimSpace(rec.str(fieldURL, opt))
	a.Outlet = strings.TrimSpace(rec.str(fieldOutlet, opt))
	a.Title = strings.TrimSpace(rec.str(fieldTitle, opt))
	a.Authors = rec.authors(opt)
	for _, name := range opt.Keep {
		v, _ := rec.exact(name)
		a.Kept = append(a.Kept, v.text)
	}
	a.published(parseDate(rec.str(fieldPublished, opt)))
	crawled := parseDate(rec.str(fieldCrawled, opt))
	if a.CrawledAt = crawled.at; a.CrawledAt.IsZero() {
		a.CrawledAt = crawled.day
	}
	if opt.Quotes {
		a.fillQuote(rec)
		return
	}
	text, ok := rec.field(fieldText, opt)
	switch {
	case !ok:
		a.fail(noTextColumn, "the columns are "+strings.Join(rec.names, ", "))
	case text.kind != isString && text.kind != isNull:
		a.fail(wrongType, "the text is "+text.kind.String()+", not a string")
	default:
		a.Body = text.text
	}
}

// fillQuote takes text, actor, context and host of a row that is a quote.
func (a *Article) fillQuote(rec record) {
	for _, field := range []string{fieldActor, fieldText} {
		v, ok := rec.field(field, a.opt)
		switch {
		case !ok:
			a.fail(noQuoteColumns, "no "+field+"; the columns are "+strings.Join(rec.names, ", "))
			return
		case v.kind == isList || v.kind == isOther || field == fieldText && v.kind == isNumber:
			a.fail(wrongType, "the "+field+" is "+v.kind.String()+", not a string")
			return
		case strings.TrimSpace(v.text) == "":
			a.fail(noQuoteColumns, "the "+field+" is empty")
			return
		}
	}
	q := &Quote{
		Actor: strings.TrimSpace(rec.str(fieldActor, a.opt)),
		Text:  rec.str(fieldText, a.opt),
		Host:  strings.TrimSpace(rec.str(fieldHost, a.opt)),
	}
	a.Quote, a.Body = q, q.Text
	context := rec.str(fieldContext, a.opt)
	if i := strings.Index(context, q.Text); i >= 0 {
		a.Body, q.Start = context, i
	}
}

// authors is the list of authors; a plain string is one author each, parted
// by semicolons.
func (rec record) authors(opt *Options) []string {
	v, _ := rec.field(fieldAuthors, opt)
	switch v.kind {
	case isList:
		return cleanNames(v.list)
	case isString:
		return cleanNames(strings.Split(v.text, ";"))
	}
	return nil
}

// cleanNames trims names and drops empty and repeated ones.
func cleanNames(names []string) []string {
	var clean []string
	for _, name := range names {
		name = strings.Join(strings.Fields(name), " ")
		if name != "" && !slices.Contains(clean, name) {
			clean = append(clean, name)
		}
	}
	return clean
}
