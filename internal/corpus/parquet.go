package corpus

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// batchRows is how many rows are read at a time, so that little is held.
const batchRows = 64

// spoolMax bounds a Parquet file that must be copied because it can't be
// read at random: from standard input, or compressed as a whole.
const spoolMax = 8 << 30

// parquet yields the rows of a Parquet file. A row group that is damaged
// gives its rows up to the damage and one broken row for the rest.
func (r *reader) parquet(input string, src io.Reader, f *os.File) error {
	if f == nil || !isRegular(f) {
		spooled, err := spool(src)
		if err != nil {
			return r.broken(input, nil, readErrorKind(err), reasonOf(err).Error())
		}
		defer os.Remove(spooled.Name())
		defer spooled.Close()
		f = spooled
	}
	t, err := openTable(f, r.opt)
	if err != nil {
		return r.broken(input, nil, malformedParquet, err.Error())
	}
	if len(t.columns) == 0 {
		return r.broken(input, nil, noTextColumn, "the columns are "+strings.Join(t.names(), ", "))
	}
	first := int64(1)
	for _, group := range t.file.RowGroups() {
		if err := r.rowGroup(input, t, group, first); err != nil {
			return err
		}
		first += group.NumRows()
	}
	return nil
}

// rowGroup yields the rows of one group; first is the number of its first.
func (r *reader) rowGroup(input string, t *table, group parquet.RowGroup, first int64) error {
	rows, err := t.open(group)
	defer rows.close()
	n := first
	for err == nil {
		var batch [][]value
		batch, err = rows.read(min(batchRows, first+group.NumRows()-n))
		for _, values := range batch {
			rec := record{t.header, values}
			at := fmt.Sprintf("%s#%d", input, n)
			if err := r.yield(Article{Input: at, pending: func(a *Article) { a.fill(rec) }}); err != nil {
				return err
			}
			n++
		}
		if n == first+group.NumRows() {
			return nil
		}
	}
	return r.broken(fmt.Sprintf("%s#%d", input, n), nil, malformedParquet,
		fmt.Sprintf("records %d to %d: %v", n, first+group.NumRows()-1, err))
}

func isRegular(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}

// spool copies src to a temporary file.
func spool(src io.Reader) (*os.File, error) {
	f, err := os.CreateTemp("", "standpoint-*.parquet")
	if err != nil {
		return nil, err
	}
	n, err := io.Copy(f, io.LimitReader(src, spoolMax+1))
	if err == nil && n > spoolMax {
		err = fmt.Errorf("over %d bytes", int64(spoolMax))
	}
	if err != nil {
		f.Close()
		os.Remove(f.Name())
		return nil, err
	}
	return f, nil
}

// A table is an opened Parquet file and those of its columns that are read.
type table struct {
	src     io.ReaderAt
	size    int64
	file    *parquet.File
	header  *header
	columns []*parquet.Column // leaves, in the order of header
}

// openTable checks the footer, opens the file and chooses the columns: the
// usual ones, those of -columns and of -keep.
func openTable(f *os.File, opt *Options) (t *table, err error) {
	info, err := f.Stat()
	if err != nil {
		return nil, reasonOf(err)
	}
	t = &table{src: f, size: info.Size()}
	if err := checkFooter(f, t.size); err != nil {
		return nil, err
	}
	err = guarded(func() (err error) {
		t.file, err = parquet.OpenFile(f, t.size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
		return err
	})
	if err != nil {
		return nil, err
	}
	t.choose(opt)
	return t, nil
}

// choose picks the leaves that are read, if a text is among them.
func (t *table) choose(opt *Options) {
	var names []string
	var text bool
	for _, leaf := range leaves(t.file.Root()) {
		name := leafName(leaf)
		if slices.Contains(names, name) || !wanted(name, opt) {
			continue
		}
		names = append(names, name)
		t.columns = append(t.columns, leaf)
		text = text || hasField([]string{name}, fieldText, opt)
	}
	if t.header = newHeader(names); !text {
		t.columns = nil
	}
}

// wanted says whether a column of this name is read.
func wanted(name string, opt *Options) bool {
	if slices.Contains(opt.Keep, name) {
		return true
	}
	return slices.ContainsFunc(Fields(), func(field string) bool {
		return hasField([]string{name}, field, opt)
	})
}

// names is the names of all columns.
func (t *table) names() []string {
	var names []string
	for _, leaf := range leaves(t.file.Root()) {
		names = append(names, leafName(leaf))
	}
	return names
}

// leaves is the leaf columns below c, in order.
func leaves(c *parquet.Column) []*parquet.Column {
	if c.Leaf() {
		return []*parquet.Column{c}
	}
	var all []*parquet.Column
	for _, child := range c.Columns() {
		all = append(all, leaves(child)...)
	}
	return all
}

// leafName is the path of a leaf joined by dots, without the inner names of
// lists: authors.list.element is authors.
func leafName(c *parquet.Column) string {
	path := c.Path()
	for i := 1; i < len(path); i++ {
		switch path[i] {
		case "list", "element", "item", "array", "bag", "array_element":
			return strings.Join(path[:i], ".")
		}
	}
	return strings.Join(path, ".")
}

// groupRows reads the chosen columns of one row group side by side.
type groupRows struct{ cursors []*cursor }

// open checks the pages of the chosen columns, then opens them.
func (t *table) open(group parquet.RowGroup) (*groupRows, error) {
	rows := &groupRows{}
	err := guarded(func() error {
		chunks := group.ColumnChunks()
		for i, leaf := range t.columns {
			chunk, ok := chunks[leaf.Index()].(*parquet.FileColumnChunk)
			if !ok {
				return errors.New("no such column chunk")
			}
			if err := t.checkChunk(group, leaf, chunk); err != nil {
				return fmt.Errorf("column %s: %w", t.header.names[i], err)
			}
			rows.cursors = append(rows.cursors, newCursor(t.header.names[i], leaf, chunk.Pages()))
		}
		return nil
	})
	return rows, err
}

// checkChunk checks the pages of one column of one group.
func (t *table) checkChunk(group parquet.RowGroup, leaf *parquet.Column, chunk *parquet.FileColumnChunk) error {
	g := t.file.Metadata().RowGroups
	i := slices.IndexFunc(t.file.RowGroups(), func(other parquet.RowGroup) bool { return other == group })
	meta := &g[i].Columns[leaf.Index()].MetaData
	rows := int64(0)
	if leaf.MaxRepetitionLevel() == 0 {
		rows = group.NumRows()
	}
	return checkPages(t.src, meta, leaf.MaxRepetitionLevel(), leaf.MaxDefinitionLevel(), rows)
}

// read is the next n rows, or those before what went wrong.
func (g *groupRows) read(n int64) (batch [][]value, err error) {
	err = guarded(func() error {
		for range n {
			row := make([]value, len(g.cursors))
			for i, c := range g.cursors {
				v, err := c.next()
				if err != nil {
					return fmt.Errorf("column %s: %w", c.name, err)
				}
				row[i] = v
			}
			batch = append(batch, row)
		}
		return nil
	})
	return batch, err
}

func (g *groupRows) close() {
	for _, c := range g.cursors {
		c.pages.Close()
	}
}

// guarded calls the Parquet library, which panics, or reads where it must
// not, on some broken files.
func guarded(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return f()
}

// A cursor reads one column row by row.
type cursor struct {
	name     string
	pages    parquet.Pages
	values   parquet.ValueReader
	convert  func(parquet.Value) value
	repeated bool
	buf      [batchRows]parquet.Value
	i, n     int
}

func newCursor(name string, leaf *parquet.Column, pages parquet.Pages) *cursor {
	return &cursor{name: name, pages: pages, convert: converter(leaf), repeated: leaf.MaxRepetitionLevel() > 0}
}

// next is the value of the next row; of a repeated column, the list.
func (c *cursor) next() (value, error) {
	v, err := c.peek()
	if err != nil {
		return value{}, unexpectedEnd(err)
	}
	first := c.convert(v)
	c.i++
	if !c.repeated {
		return first, nil
	}
	list := value{kind: isList}
	for item := first; ; item = c.convert(v) {
		if item.kind != isNull {
			list.list = append(list.list, item.text)
		}
		if v, err = c.peek(); errors.Is(err, io.EOF) || err == nil && v.RepetitionLevel() == 0 {
			list.text = strings.Join(list.list, "; ")
			return list, nil
		}
		if err != nil {
			return value{}, err
		}
		c.i++
	}
}

func unexpectedEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return errors.New("it ends early")
	}
	return err
}

// peek is the next value, read if need be from the next page.
func (c *cursor) peek() (parquet.Value, error) {
	for c.i == c.n {
		if c.values == nil {
			page, err := c.pages.ReadPage()
			if err != nil {
				return parquet.Value{}, err
			}
			c.values = page.Values()
		}
		n, err := c.values.ReadValues(c.buf[:])
		c.i, c.n = 0, n
		switch {
		case errors.Is(err, io.EOF):
			c.values = nil
		case err != nil:
			return parquet.Value{}, err
		case n == 0:
			return parquet.Value{}, io.ErrNoProgress
		}
	}
	return c.buf[c.i], nil
}

// converter makes cells of a column's values; times become RFC 3339.
func converter(leaf *parquet.Column) func(parquet.Value) value {
	scalar := func(v parquet.Value) value { return value{kind: isNumber, text: v.String()} }
	switch leaf.Type().Kind() {
	case parquet.ByteArray, parquet.FixedLenByteArray:
		scalar = func(v parquet.Value) value { return stringValue(string(v.ByteArray())) }
	case parquet.Int96:
		scalar = int96Time
	}
	if logical := leaf.Type().LogicalType(); logical != nil {
		switch typ := logical.Value.(type) {
		case *format.TimestampType:
			scalar = timestamp(typ)
		case *format.DateType:
			scalar = dateValue
		}
	}
	return func(v parquet.Value) value {
		if v.IsNull() {
			return value{}
		}
		return scalar(v)
	}
}
