package corpus

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// csvReader reads CSV after RFC 4180. Unlike encoding/csv it leaves line
// breaks inside quotes as they are, bounds the memory of a record, and knows
// on which line a quote that is never closed was opened.
type csvReader struct {
	br     *bufio.Reader
	comma  byte
	limit  int   // bytes of a record
	line   int   // number of the line being read, from 1
	failed error // what ended the source

	// Of the record being read.
	rec    *csvRecord
	state  csvState
	field  []byte
	opened int // line of the last opening quote
}

// A csvRecord is one record, or what is wrong with it.
type csvRecord struct {
	line    int // where it begins, from 1
	fields  []string
	err     string // why it is malformed, or ""
	over    bool   // longer than the limit
	damaged error  // the source failed within it
	raw     []byte // its bytes, up to the limit
}

// A csvState says what the next byte of a record may be.
type csvState uint8

const (
	fieldStart csvState = iota
	unquoted
	quoted
	quoteEnd // after a quote inside a quoted field: doubled, or the end
	refused  // malformed: on to the end of the line
)

func newCSV(src io.Reader, comma byte, limit int) *csvReader {
	return &csvReader{br: bufio.NewReaderSize(src, min(limit, peekSize)), comma: comma, limit: limit, line: 1}
}

// next is the next record that is not a blank line, nil at the end.
func (c *csvReader) next() *csvRecord {
	for c.failed == nil {
		c.rec, c.state, c.field = &csvRecord{line: c.line}, fieldStart, c.field[:0]
		c.record()
		if len(c.rec.raw) > 0 || c.rec.damaged != nil {
			c.endField()
			return c.rec
		}
	}
	return nil
}

// record reads up to the line break that ends a record; the raw bytes of a
// blank line are none.
func (c *csvReader) record() {
	for {
		b, err := c.br.ReadByte()
		if err != nil {
			c.end(err)
			return
		}
		if c.state != quoted && (b == '\n' || b == '\r' && c.beforeLineFeed()) {
			if b == '\n' {
				c.line++
				return
			}
			continue
		}
		if len(c.rec.raw) < c.limit {
			c.rec.raw = append(c.rec.raw, b)
		} else {
			c.rec.over = true
		}
		c.step(b)
		if b == '\n' {
			c.line++
		}
	}
}

// step takes one byte of a record.
func (c *csvReader) step(b byte) {
	switch {
	case c.state == refused:
		return
	case c.state == quoted:
		if b == '"' {
			c.state = quoteEnd
			return
		}
	case b == c.comma:
		c.endField()
		c.state = fieldStart
		return
	case b == '"' && c.state == fieldStart:
		c.state, c.opened = quoted, c.line
		return
	case b == '"' && c.state == quoteEnd:
		c.state = quoted
	case b == '"':
		c.refuse("a quote inside a field without quotes")
		return
	case c.state == quoteEnd:
		c.refuse("text after the closing quote of a field")
		return
	default:
		c.state = unquoted
	}
	if !c.rec.over {
		c.field = append(c.field, b)
	}
}

func (c *csvReader) refuse(why string) {
	c.rec.err = fmt.Sprintf("line %d: %s", c.line, why)
	c.state = refused
}

func (c *csvReader) endField() {
	c.rec.fields = append(c.rec.fields, string(c.field))
	c.field = c.field[:0]
}

func (c *csvReader) beforeLineFeed() bool {
	next, _ := c.br.Peek(1)
	return len(next) == 1 && next[0] == '\n'
}

// end notes how the source ended.
func (c *csvReader) end(err error) {
	c.failed = err
	switch {
	case !errors.Is(err, io.EOF):
		c.rec.damaged = err
	case c.state == quoted:
		c.rec.err = fmt.Sprintf("line %d: the quote opened here is never closed; all lines to the end of the file, line %d, are lost",
			c.opened, c.line)
	}
}

// csv yields the records of a CSV.
func (r *reader) csv(input string, src io.Reader, comma byte) error {
	c := newCSV(src, comma, r.opt.maxRecord())
	head := c.next()
	if head == nil || head.err != "" || head.damaged != nil || head.over {
		return r.broken(input, nil, malformedCSV, "the header can't be read")
	}
	columns := newHeader(head.fields)
	for n := 1; ; n++ {
		rec := c.next()
		if rec == nil {
			return nil
		}
		if err := r.csvRecord(fmt.Sprintf("%s#%d", input, n), rec, columns); err != nil {
			return err
		}
	}
}

// csvRecord yields one record.
func (r *reader) csvRecord(input string, rec *csvRecord, columns *header) error {
	switch {
	case rec.damaged != nil:
		return r.broken(input, rec.raw, readErrorKind(rec.damaged), fmt.Sprintf("line %d: %v", rec.line, reasonOf(rec.damaged)))
	case rec.err != "":
		return r.broken(input, rec.raw, malformedCSV, rec.err)
	case rec.over:
		return r.broken(input, rec.raw, r.opt.overText(), fmt.Sprintf("line %d: a record of more than %d bytes", rec.line, len(rec.raw)))
	case len(rec.fields) != len(columns.names):
		return r.broken(input, rec.raw, malformedCSV,
			fmt.Sprintf("line %d: %d fields where the header has %d", rec.line, len(rec.fields), len(columns.names)))
	}
	return r.yield(Article{Input: input, raw: rec.raw, pending: func(a *Article) {
		values := make([]value, len(rec.fields))
		for i, field := range rec.fields {
			values[i] = stringValue(field)
		}
		a.fill(record{columns, values})
	}})
}
