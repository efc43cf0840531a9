package corpus

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// lines reads physical lines of bounded length.
type lines struct {
	br    *bufio.Reader
	limit int
	n     int // number of the line last read, from 1
}

func newLines(src io.Reader, limit int) *lines {
	return &lines{br: bufio.NewReaderSize(src, peekSize), limit: limit}
}

// next is a copy of the next line without its break; size is its length, of
// which the line holds at most the limit. err ends the lines: io.EOF, or what
// failed in the middle of the line that comes with it.
func (l *lines) next() (line []byte, size int, err error) {
	for {
		chunk, err := l.br.ReadSlice('\n')
		size += len(chunk)
		line = append(line, chunk[:min(len(chunk), l.limit-len(line))]...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		l.n++
		if errors.Is(err, io.EOF) && size > 0 {
			err = nil
		}
		return bytes.TrimRight(line, "\r\n"), size, err
	}
}

// jsonLines yields a record a line. Blank lines hold none.
func (r *reader) jsonLines(input string, l *lines) error {
	for {
		line, size, err := l.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		at := fmt.Sprintf("%s#%d", input, l.n)
		if err != nil {
			return r.broken(at, line, readErrorKind(err), fmt.Sprintf("line %d: %v", l.n, reasonOf(err)))
		}
		if len(bytes.TrimSpace(line)) == 0 && size <= l.limit {
			continue
		}
		if size > l.limit {
			err = r.broken(at, line, r.opt.overText(), fmt.Sprintf("line %d: a line of %d bytes", l.n, size))
		} else {
			err = r.jsonRecord(at, fmt.Sprintf("line %d", l.n), line)
		}
		if err != nil {
			return err
		}
	}
}

// jsonRecord yields the object in data, which is parsed by Decode.
func (r *reader) jsonRecord(input, where string, data []byte) error {
	return r.yield(Article{Input: input, raw: data, pending: func(a *Article) {
		if !utf8.Valid(data) {
			data = []byte(validUTF8(string(data)))
		}
		rec, err := parseObject(data)
		if err != nil {
			a.fail(malformedJSON, where+": "+err.Error())
			return
		}
		a.fill(rec)
	}})
}

// jsonArray yields the records of one array. Where its syntax is broken, the
// rest can't be told apart and is one broken row.
func (r *reader) jsonArray(input string, src io.Reader) error {
	limited := &quota{r: src}
	dec := json.NewDecoder(limited)
	limited.left = r.opt.maxRecord()
	if _, err := dec.Token(); err != nil {
		return r.broken(input, nil, malformedJSON, err.Error())
	}
	for n := 1; ; n++ {
		at := fmt.Sprintf("%s#%d", input, n)
		limited.left = r.opt.maxRecord()
		if !dec.More() {
			return r.arrayEnd(at, n, dec)
		}
		var data json.RawMessage
		if err := dec.Decode(&data); err != nil {
			return r.arrayBroken(at, n, err)
		}
		if err := r.jsonRecord(at, fmt.Sprintf("record %d", n), data); err != nil {
			return err
		}
	}
}

// arrayEnd checks what follows the last record of an array.
func (r *reader) arrayEnd(at string, n int, dec *json.Decoder) error {
	if _, err := dec.Token(); err != nil {
		return r.arrayBroken(at, n, err)
	}
	if _, err := dec.Token(); err == nil || !errors.Is(err, io.EOF) {
		return r.broken(at, nil, malformedJSON, "something follows the end of the array")
	}
	return nil
}

// arrayBroken yields the row of an array that can't be read on.
func (r *reader) arrayBroken(at string, n int, err error) error {
	kind := malformedJSON
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, errQuota):
		kind = r.opt.overText()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		err = errors.New("the array is cut")
	case !errors.As(err, &syntax):
		kind = readErrorKind(err)
	}
	return r.broken(at, nil, kind, fmt.Sprintf("record %d, and all after it: %v", n, reasonOf(err)))
}

// errQuota says that one record of an array is beyond the limit.
var errQuota = errors.New("a record over the limit")

// A quota bounds what is read for one record.
type quota struct {
	r    io.Reader
	left int
}

func (q *quota) Read(p []byte) (int, error) {
	if q.left <= 0 {
		return 0, errQuota
	}
	n, err := q.r.Read(p[:min(len(p), q.left)])
	q.left -= n
	return n, err
}

// jsonObject yields the one object of an input, printed over many lines.
func (r *reader) jsonObject(input string, src io.Reader) error {
	data, over, err := readUpTo(src, r.opt.maxRecord())
	switch {
	case err != nil:
		return r.broken(input, data, readErrorKind(err), reasonOf(err).Error())
	case over:
		return r.broken(input, data, r.opt.overText(), "")
	}
	return r.jsonRecord(input, "the object", data)
}

// parseObject reads one JSON object as a record, its keys in byte order.
func parseObject(data []byte) (record, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return record{}, jsonError(err)
	}
	if fields == nil {
		return record{}, errors.New("null where an object should be")
	}
	names := slices.Sorted(maps.Keys(fields))
	values := make([]value, len(names))
	for i, name := range names {
		values[i] = jsonValue(fields[name])
	}
	return record{newHeader(names), values}, nil
}

// jsonError says of a decoding error what a reader of the file needs.
func jsonError(err error) error {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("%s, at byte %d", syntax.Error(), syntax.Offset)
	case errors.As(err, &typ):
		return fmt.Errorf("%s where an object should be", aOrAn(typ.Value))
	}
	return err
}

func aOrAn(noun string) string {
	if noun != "" && strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// jsonValue is one value of an object.
func jsonValue(raw json.RawMessage) value {
	switch c := raw[0]; {
	case c == 'n':
		return value{}
	case c == '"':
		return value{kind: isString, text: jsonString(raw)}
	case c == '[':
		return value{kind: isList, text: string(raw), list: jsonList(raw)}
	case c == '{':
		return value{kind: isOther, text: string(raw), name: objectName(raw)}
	}
	return value{kind: isNumber, text: string(raw)}
}

// jsonString decodes a string that json has found valid.
func jsonString(raw []byte) string {
	raw = raw[1 : len(raw)-1]
	i := bytes.IndexByte(raw, '\\')
	if i < 0 {
		return string(raw)
	}
	out := make([]byte, 0, len(raw))
	for i >= 0 {
		out = append(out, raw[:i]...)
		var n int
		out, n = appendEscaped(out, raw[i:])
		raw = raw[i+n:]
		i = bytes.IndexByte(raw, '\\')
	}
	return string(append(out, raw...))
}

// appendEscaped appends the character of the escape that b begins with; n is
// the length of the escape. Half a surrogate pair is U+FFFD.
func appendEscaped(out, b []byte) (_ []byte, n int) {
	switch b[1] {
	case 'b':
		return append(out, '\b'), 2
	case 'f':
		return append(out, '\f'), 2
	case 'n':
		return append(out, '\n'), 2
	case 'r':
		return append(out, '\r'), 2
	case 't':
		return append(out, '\t'), 2
	case 'u':
		r, n := hexRune(b), 6
		if pair := utf16.DecodeRune(r, hexRune(b[6:])); utf16.IsSurrogate(r) {
			if r = pair; pair != utf8.RuneError {
				n = 12
			}
		}
		return utf8.AppendRune(out, r), n
	}
	return append(out, b[1]), 2 // a quote or a slash
}

// hexRune is the code of an escape such as \u0041, or -1.
func hexRune(b []byte) rune {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	code, err := strconv.ParseUint(string(b[2:6]), 16, 32)
	if err != nil {
		return -1
	}
	return rune(code)
}

// jsonList is the strings of a list, and the names of its objects: authors.
func jsonList(raw json.RawMessage) []string {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		return nil
	}
	var list []string
	for _, item := range items {
		switch v := jsonValue(item); v.kind {
		case isString:
			list = append(list, v.text)
		case isOther:
			list = append(list, v.name)
		}
	}
	return list
}

// objectName is the name of an object such as {"id": 3, "name": "The Post"}.
func objectName(raw json.RawMessage) string {
	var o struct {
		Name string `json:"name"`
	}
	if json.Unmarshal(raw, &o) != nil {
		return ""
	}
	return o.Name
}
