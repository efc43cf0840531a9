package table

import (
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// Keys of the metadata, beside ARROW:schema.
const (
	keySchemaVersion  = "schema_version"
	keySettings       = "settings"
	keySettingsDigest = "settings_digest"
	keyArticlesDigest = "articles_digest"
	keyNumericPath    = "numeric_path"
	keyArrowSchema    = "ARROW:schema"
)

// WriteStatements writes a part of statements to path and syncs it. Like every
// writer here but Write it is to be given a path in a work folder: a reader
// must never meet half a file (Commit).
func WriteStatements(path string, rows []Statement, meta Meta) error {
	return Create(path, meta, slices.Values(rows))
}

// WriteArticles writes a part of articles to path and syncs it. kept names the
// input columns in each row's Kept.
func WriteArticles(path string, kept []string, rows []Article, meta Meta) error {
	meta.Kept = kept
	return Create(path, meta, slices.Values(rows))
}

// Write writes a table to path through a file in the folder work, which must
// be on the same file system: path never holds half a table.
func Write[R Row](path, work string, meta Meta, rows iter.Seq[R]) error {
	from := filepath.Join(work, filepath.Base(path))
	if err := Create(from, meta, rows); err != nil {
		return err
	}
	return Commit(Move{from, path})
}

// Create writes rows to a new file at path and syncs it. The bytes depend on
// the rows and meta alone. A value outside its closed enum is an error; on any
// error the file is removed.
func Create[R Row](path string, meta Meta, rows iter.Seq[R]) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			os.Remove(path)
		}
	}()
	if err := Encode(f, meta, rows); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return f.Sync()
}

// Encode writes rows to w as one Parquet file.
func Encode[R Row](w io.Writer, meta Meta, rows iter.Seq[R]) error {
	row := reflect.TypeFor[R]()
	cols, err := columnsOf(row, meta.Kept)
	if err != nil {
		return err
	}
	out := batch{w: newWriter(w, strings.ToLower(row.Name()), cols, meta), rows: make([]parquet.Row, 0, batchRows)}
	for r := range rows {
		if err := out.add(cols, reflect.ValueOf(&r).Elem()); err != nil {
			return err
		}
	}
	if err := out.flush(); err != nil {
		return err
	}
	return out.w.Close()
}

// newWriter is a writer of one row group, zstd throughout.
func newWriter(w io.Writer, name string, cols []column, meta Meta) *parquet.GenericWriter[any] {
	options := append(statisticsOf(cols),
		schemaOf(name, cols),
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}),
		parquet.CreatedBy("standpoint", SchemaVersion, ""),
		parquet.KeyValueMetadata(keySchemaVersion, SchemaVersion),
		parquet.KeyValueMetadata(keySettings, meta.Settings),
		parquet.KeyValueMetadata(keySettingsDigest, meta.SettingsDigest),
		parquet.KeyValueMetadata(keyArticlesDigest, meta.ArticlesDigest),
		parquet.KeyValueMetadata(keyNumericPath, meta.NumericPath),
		parquet.KeyValueMetadata(keyArrowSchema, arrowSchema(cols)),
	)
	return parquet.NewGenericWriter[any](w, options...)
}

// statisticsOf keeps whole texts out of the statistics: of columns of any text
// out of the page headers, where checkPages expects none, and of columns of
// long texts out of the footer, where least and greatest say nothing.
func statisticsOf(cols []column) []parquet.WriterOption {
	var options []parquet.WriterOption
	for i := range cols {
		c := &cols[i]
		if !c.isText() || c.enum != nil {
			continue
		}
		options = append(options, parquet.SkipPageStatistics(c.path()...))
		if c.long {
			options = append(options, parquet.SkipPageBounds(c.path()...))
		}
	}
	return options
}

// batchRows is how many rows go to the writer at once; the library cuts larger
// calls into pieces of this size.
const batchRows = 64

// A batch collects rows for the writer.
type batch struct {
	w    *parquet.GenericWriter[any]
	rows []parquet.Row
}

func (b *batch) add(cols []column, row reflect.Value) (err error) {
	n := len(b.rows)
	b.rows = b.rows[:n+1] // the row that stood there was written: its memory serves again
	values := b.rows[n][:0]
	for i := range cols {
		if values, err = cols[i].appendTo(values, row); err != nil {
			return err
		}
	}
	if b.rows[n] = values; n+1 == batchRows {
		return b.flush()
	}
	return nil
}

func (b *batch) flush() error {
	_, err := b.w.WriteRows(b.rows)
	b.rows = b.rows[:0]
	return err
}

// A Move is a file's way from the work folder to its place.
type Move struct{ From, To string }

// Commit renames files into place, in order, and syncs the folder after each:
// a crash can't undo one, nor keep a later one without those before it.
func Commit(moves ...Move) error {
	for _, m := range moves {
		if err := os.Rename(m.From, m.To); err != nil {
			return err
		}
		if err := syncDir(filepath.Dir(m.To)); err != nil {
			return err
		}
	}
	return nil
}

func syncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil // a folder can't be synced there
	}
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
