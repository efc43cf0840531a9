package table

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// ErrBroken is in the error of a file that is damaged or no table.
var ErrBroken = errors.New("not a whole table file")

// ReadStatements reads a part of statements.
func ReadStatements(path string) ([]Statement, error) { return Read[Statement](path) }

// ReadArticles reads a part of articles.
func ReadArticles(path string) ([]Article, error) { return Read[Article](path) }

// ReadArticleIDs reads the article_id column of a part of articles alone.
func ReadArticleIDs(path string) ([]string, error) {
	var ids []string
	for a, err := range Rows[Article](path, "article_id") {
		if err != nil {
			return nil, err
		}
		ids = append(ids, a.ArticleID)
	}
	return ids, nil
}

// Read reads a whole table, all columns or the named ones.
func Read[R Row](path string, columns ...string) ([]R, error) {
	var rows []R
	for r, err := range Rows[R](path, columns...) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// Rows ranges over the rows of a table in constant memory, with all columns or
// the named ones; fields of other columns stay zero. An error ends the range:
// it names the file, and is ErrBroken if the file is damaged.
func Rows[R Row](path string, columns ...string) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		var none R
		t, err := open(path, reflect.TypeFor[R](), columns)
		if err != nil {
			yield(none, err)
			return
		}
		defer t.file.Close()
		for {
			rows := make([]R, batchRows)
			n, err := t.next(reflect.ValueOf(rows))
			for _, r := range rows[:n] {
				if !yield(r, nil) {
					return
				}
			}
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(none, err)
				return
			}
		}
	}
}

// ReadMeta reads what a file says of itself.
func ReadMeta(path string) (Meta, error) {
	f, err := os.Open(path)
	if err != nil {
		return Meta{}, err
	}
	defer f.Close()
	var m Meta
	err = guarded(path, func() error {
		p, err := openChecked(f)
		if err == nil {
			m = metaOf(p)
		}
		return err
	})
	return m, err
}

func metaOf(p *parquet.File) Meta {
	value := func(key string) string { s, _ := p.Lookup(key); return s }
	m := Meta{
		SchemaVersion:  value(keySchemaVersion),
		Settings:       value(keySettings),
		SettingsDigest: value(keySettingsDigest),
		ArticlesDigest: value(keyArticlesDigest),
		NumericPath:    value(keyNumericPath),
	}
	for _, c := range p.Root().Columns() {
		if name, ok := strings.CutPrefix(c.Name(), keptPrefix); ok {
			m.Kept = append(m.Kept, name)
		}
	}
	return m
}

// guarded runs a piece of decoding. The library panics on some damaged files;
// nothing but its decoding runs in here.
func guarded(path string, decode func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: %w: %v", path, ErrBroken, r)
		}
	}()
	if err = decode(); err == nil || err == io.EOF {
		return err
	}
	return fmt.Errorf("%s: %w: %w", path, ErrBroken, err)
}

// An openTable is a table being read, a row group at a time.
type openTable struct {
	path    string
	file    *os.File
	groups  []parquet.RowGroup // not yet read
	cols    []column           // those read; index is the leaf in the file
	cursors []cursor           // of the row group being read
	left    int64              // its rows not yet read
}

// open opens a table and checks the bytes of the columns to be read.
func open(path string, row reflect.Type, only []string) (*openTable, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	t := &openTable{path: path, file: f}
	err = guarded(path, func() error {
		p, err := openChecked(f)
		if err != nil {
			return err
		}
		if t.cols, err = columnsIn(p, row, only); err != nil {
			return err
		}
		t.groups = p.RowGroups()
		return checkPages(f, p, t.cols)
	})
	if err != nil {
		f.Close()
		return nil, err
	}
	return t, nil
}

// columnsIn is the columns of row to be read from file p. Those that an
// earlier version of the schema lacked are left out.
func columnsIn(p *parquet.File, row reflect.Type, only []string) ([]column, error) {
	meta := metaOf(p)
	all, err := columnsOf(row, meta.Kept)
	if err != nil {
		return nil, err
	}
	var cols []column
	for _, c := range all {
		if len(only) > 0 && !slices.Contains(only, c.name) {
			continue
		}
		leaf, ok := p.Schema().Lookup(c.path()...)
		if !ok {
			if meta.SchemaVersion != SchemaVersion {
				continue
			}
			return nil, fmt.Errorf("no column %s", c.name)
		}
		if err := c.agrees(leaf); err != nil {
			return nil, err
		}
		c.index = leaf.ColumnIndex
		cols = append(cols, c)
	}
	if len(cols) < len(only) || len(cols) == 0 {
		return nil, fmt.Errorf("not all columns found of %s", strings.Join(only, ", "))
	}
	return cols, nil
}

// agrees reports a column that the file holds as another type.
func (c *column) agrees(leaf parquet.LeafColumn) error {
	want, _ := schemaOf("", []column{*c}).Lookup(c.path()...)
	if leaf.Node.Type().Kind() != want.Node.Type().Kind() ||
		leaf.MaxDefinitionLevel != want.MaxDefinitionLevel || leaf.MaxRepetitionLevel != want.MaxRepetitionLevel {
		return fmt.Errorf("column %s is of another type", c.name)
	}
	return nil
}

// next reads rows into the slice and returns their number; io.EOF comes with
// the last.
func (t *openTable) next(rows reflect.Value) (n int, err error) {
	err = guarded(t.path, func() error {
		for n < rows.Len() {
			if t.left == 0 {
				if len(t.groups) == 0 {
					return io.EOF
				}
				t.nextGroup()
				continue
			}
			for i := range t.cursors {
				if err := t.cursors[i].read(rows.Index(n)); err != nil {
					return fmt.Errorf("column %s: %w", t.cols[i].name, noEOF(err))
				}
			}
			n++
			t.left--
		}
		return nil
	})
	return n, err
}

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (t *openTable) nextGroup() {
	group := t.groups[0]
	t.groups = t.groups[1:]
	t.left = group.NumRows()
	chunks := group.ColumnChunks()
	t.cursors = make([]cursor, len(t.cols))
	for i := range t.cols {
		t.cursors[i] = cursor{col: &t.cols[i], pages: chunks[t.cols[i].index].Pages()}
	}
}
