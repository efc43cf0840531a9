package table

import (
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"
)

// A cursor walks over the values of one column of one row group.
type cursor struct {
	col    *column
	pages  parquet.Pages
	page   parquet.Page
	values parquet.ValueReader
	buf    [batchRows]parquet.Value
	unread []parquet.Value // of buf
	texts  map[string]string
}

// read puts the column's values of the next row into row.
func (c *cursor) read(row reflect.Value) error {
	v, err := c.peek()
	if err != nil {
		return err
	}
	c.col.set(row, v, c.text)
	c.unread = c.unread[1:]
	for c.col.form == listForm {
		v, err := c.peek()
		if err == io.EOF || err == nil && v.RepetitionLevel() == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		c.col.set(row, v, c.text)
		c.unread = c.unread[1:]
	}
	return nil
}

// peek is the next value, valid until the next peek.
func (c *cursor) peek() (parquet.Value, error) {
	for len(c.unread) == 0 {
		if c.values == nil {
			parquet.Release(c.page)
			page, err := c.pages.ReadPage()
			if err != nil {
				c.page = nil
				return parquet.Value{}, err
			}
			c.page, c.values = page, page.Values()
		}
		n, err := c.values.ReadValues(c.buf[:])
		c.unread = c.buf[:n]
		if err == io.EOF {
			c.values = nil
		} else if err != nil {
			return parquet.Value{}, err
		}
	}
	return c.unread[0], nil
}

// maxTexts bounds how many different strings a cursor remembers.
const maxTexts = 4096

// text is b as a string; those of dictionary columns come again and again and
// share their memory.
func (c *cursor) text(b []byte) string {
	if !c.col.dict {
		return string(b)
	}
	s, ok := c.texts[string(b)]
	if !ok {
		if c.texts == nil || len(c.texts) >= maxTexts {
			c.texts = map[string]string{}
		}
		s = string(b)
		c.texts[s] = s
	}
	return s
}
