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
	limit  int // bytes of a record
	line   int // lines begun
	failed error
}

// A csvRecord is one record, or what is wrong with it.
type csvRecord struct {
	line    int // where it begins, from 1
	fields  []string
	err     string // "" or why it is malformed
	over    bool   // longer than the limit
	damaged error  // the source failed within it
	raw     []byte // its bytes, up to the limit
}

func newCSV(src io.Reader, comma byte, limit int) *csvReader {
	return &csvReader{br: bufio.NewReaderSize(src, peekSize), comma: comma, limit: limit, line: 1}
}

// The states of reading a field.
const (
	fieldStart = iota
	unquoted
	quoted
	quoteEnd // after a quote inside a quoted field: doubled, or the end
	refused  // malformed: on to the end of the line
)

// next is the next record that is not a blank line, nil at the end.
func (c *csvReader) next() *csvRecord {
	for c.failed == nil {
		rec := c.record()
		if len(rec.raw) > 0 || rec.damaged != nil {
			return rec
		}
	}
	return nil
}

// record reads up to the end of a record; raw is empty for a blank line.
func (c *csvReader) record() *csvRecord {
	rec := &csvRecord{line: c.line}
	var field []byte
	state, opened := fieldStart, 0
	endField := func() {
		rec.fields = append(rec.fields, string(field))
		field = field[:0]
	}
	for {
		b, err := c.br.ReadByte()
		if err != nil {
			c.failed = err
			c.finish(rec, state, opened, err)
			if len(rec.raw) > 0 {
				endField()
			}
			return rec
		}
		if b == '\n' {
			c.line++
		}
		if b == '\r' && state != quoted {
			if next, _ := c.br.Peek(1); len(next) == 1 && next[0] == '\n' {
				continue
			}
		}
		if b == '\n' && state != quoted {
			if len(rec.raw) > 0 {
				endField()
			}
			return rec
		}
		if len(rec.raw) == c.limit {
			rec.over = true
		} else {
			rec.raw = append(rec.raw, b)
		}
		switch state {
		case fieldStart, unquoted:
			switch {
			case b == c.comma:
				endField()
				state = fieldStart
				continue
			case b == '"' && state == fieldStart:
				state, opened = quoted, c.line
				continue
			case b == '"':
				rec.err = fmt.Sprintf("line %d: a quote inside a field without quotes", c.line)
				state = refused
				continue
			}
			state = unquoted
		case quoted:
			if b == '"' {
				state = quoteEnd
				continue
			}
		case quoteEnd:
			switch b {
			case '"':
				state = quoted
			case c.comma:
				endField()
				state = fieldStart
				continue
			default:
				rec.err = fmt.Sprintf("line %d: text after the closing quote of a field", c.line)
				state = refused
				continue
			}
		}
		if !rec.over && state != refused {
			field = append(field, b)
		}
	}
}

// finish notes how a record ends that the source ended.
func (c *csvReader) finish(rec *csvRecord, state, opened int, err error) {
	switch {
	case !errors.Is(err, io.EOF):
		rec.damaged = err
	case state == quoted:
		rec.err = fmt.Sprintf("line %d: the quote opened here is never closed; the %d lines after it belong to no record",
			opened, c.line-opened)
	}
}

// csv yields the records of a CSV.
func (r *reader) csv(input string, src io.Reader, comma byte) error {
	c := newCSV(src, comma, r.opt.maxRecord())
	head := c.next()
	if head == nil || head.err != "" || head.damaged != nil {
		return r.broken(input, nil, malformedCSV, "no header")
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
