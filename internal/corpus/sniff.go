package corpus

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// A form is what sniff takes an input for: one that is read, or the kind of
// broken article that it is.
type form string

const (
	formatParquet    form = "parquet"
	formatJSONLines  form = "json lines"
	formatJSONArray  form = "json array"
	formatJSONObject form = "json object"
	formatCSV        form = "csv"
	formatHTML       form = "html"
	formatText       form = "text"
)

// foreign names formats that people have but corpus does not read.
var foreign = []struct{ magic, name string }{
	{"%PDF-", "PDF"},
	{"PK\x03\x04", "a ZIP archive or an Office document"},
	{"BZh", "bzip2"},
	{"\xfd7zXZ\x00", "xz"},
	{"{\\rtf", "RTF"},
	{"ARROW1\x00\x00", "Arrow IPC"},
	{"WARC/", "WARC"},
	{"\x89PNG", "a PNG image"},
	{"\xff\xd8\xff", "a JPEG image"},
	{"GIF8", "a GIF image"},
}

// sniff tells the format of an input by its beginning. The detail is the
// delimiter of a CSV, or of what is not read, why.
func sniff(head []byte, opt *Options) (form, string) {
	if hasPrefix(head, "PAR1") {
		return formatParquet, ""
	}
	for _, f := range foreign {
		if hasPrefix(head, f.magic) {
			return notSupported, f.name
		}
	}
	text := decodedHead(head)
	if bytes.IndexByte(text, 0) >= 0 {
		return notText, "NUL bytes"
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	start := bytes.TrimLeft(text, " \t\r\n\f\v")
	switch {
	case len(start) == 0:
		return formatText, ""
	case start[0] == '{':
		return jsonFormat(start), ""
	case start[0] == '[' && isArray(start[1:]):
		return formatJSONArray, ""
	case start[0] == '<':
		return markup(start)
	}
	return sniffCSV(text, opt)
}

// decodedHead is head as UTF-8 where a mark says that it is UTF-16.
func decodedHead(head []byte) []byte {
	if !hasPrefix(head, "\xff\xfe") && !hasPrefix(head, "\xfe\xff") {
		return head
	}
	whole := head[:len(head)&^1]
	text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(whole)
	if err != nil {
		return head
	}
	return text
}

// jsonFormat tells JSON lines from one object printed over several lines: in
// these the first line does not end where the object ends.
func jsonFormat(start []byte) form {
	first, rest, more := bytes.Cut(start, []byte("\n"))
	first = bytes.TrimRight(first, " \t\r")
	rest = bytes.TrimLeft(rest, " \t\r\n")
	if !more || bytes.HasSuffix(first, []byte("}")) || hasPrefix(rest, "{") {
		return formatJSONLines
	}
	return formatJSONObject
}

// isArray tells a JSON array from a text that begins with a bracket.
func isArray(rest []byte) bool {
	rest = bytes.TrimLeft(rest, " \t\r\n")
	return len(rest) > 0 && strings.IndexByte(`{]["`, rest[0]) >= 0
}

// htmlTags open a page, or the part of one that a crawler stored.
var htmlTags = []string{"!doctype html", "html", "head", "body", "title", "meta", "article", "main",
	"section", "header", "div", "span", "table", "p", "h1", "h2", "a", "b", "i", "br", "center", "font", "script", "style"}

// markup tells HTML from other XML, and both from a text that begins with <.
func markup(start []byte) (form, string) {
	lower := bytes.ToLower(start[:min(len(start), 4096)])
	for i := range lower {
		if lower[i] == '<' && opensTag(lower[i+1:]) {
			return formatHTML, ""
		}
	}
	if hasPrefix(lower, "<?xml") || hasPrefix(lower, "<rss") || hasPrefix(lower, "<feed") {
		return notSupported, "XML that is not HTML"
	}
	return formatText, ""
}

func opensTag(rest []byte) bool {
	for _, tag := range htmlTags {
		if hasPrefix(rest, tag) && len(rest) > len(tag) && strings.IndexByte(" >/\t\r\n", rest[len(tag)]) >= 0 {
			return true
		}
	}
	return false
}

// sniffCSV takes text for a CSV only where its header names the text; a
// header that names other fields but no text is a table to complain about.
func sniffCSV(text []byte, opt *Options) (form, string) {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	if len(line) > maxCSVHeader || !utf8.Valid(line) {
		return formatText, ""
	}
	header := strings.TrimRight(string(line), "\r")
	for _, comma := range []byte{',', '\t', ';'} {
		names := headerNames(header, comma)
		if len(names) == 0 || len(names) == 1 && opt.Columns[fieldText] == "" {
			continue
		}
		if hasField(names, fieldText, opt) {
			return formatCSV, string(comma)
		}
		if known := knownFields(names, opt); known >= 2 && known*2 >= len(names) {
			return noTextColumn, fmt.Sprintf("a table with the columns %s; name one with -columns text=COLUMN", strings.Join(names, ", "))
		}
	}
	return formatText, ""
}

// A CSV header of more bytes, or with a longer name, is a text with commas.
const (
	maxCSVHeader  = 8 << 10
	maxColumnName = 64
)

// headerNames splits a CSV header; nil where it is none.
func headerNames(header string, comma byte) []string {
	rec := newCSV(strings.NewReader(header), comma, len(header)+1).next()
	if rec == nil || rec.err != "" {
		return nil
	}
	for _, name := range rec.fields {
		if len(name) > maxColumnName {
			return nil
		}
	}
	return rec.fields
}

// knownFields counts the names under which a field is known.
func knownFields(names []string, opt *Options) int {
	n := 0
	for _, field := range Fields() {
		if hasField(names, field, opt) {
			n++
		}
	}
	return n
}

// hasField says whether one of the columns named holds field.
func hasField(names []string, field string, opt *Options) bool {
	if column := opt.Columns[field]; column != "" {
		for _, name := range names {
			if name == column {
				return true
			}
		}
		return false
	}
	for _, known := range opt.names(field) {
		for _, name := range names {
			if plainName(name) == known {
				return true
			}
		}
	}
	return false
}
