package table

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// The library believes the sizes that a file claims: one flipped bit can make
// it ask for 32 GiB, which no recover catches. So the footer and the page
// headers are walked first (skim.go), their claims are held against the bytes
// that are there, and every page is held against its checksum.
const (
	maxPage   = 256 << 20 // bytes of a page, unpacked
	maxHeader = 4 << 10   // bytes of a page header; ours have about 50
	tail      = 8         // bytes of footer length and magic
)

// openChecked opens a file whose footer is sound.
func openChecked(f *os.File) (*parquet.File, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if err := checkFooter(f, info.Size()); err != nil {
		return nil, err
	}
	p, err := parquet.OpenFile(f, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, err
	}
	return p, checkChunks(p, info.Size())
}

// checkFooter holds the footer's length against the file's, and the claims
// inside it against its length.
func checkFooter(r io.ReaderAt, size int64) error {
	var end [tail]byte
	if size < 4+tail {
		return fmt.Errorf("%d bytes are too few", size)
	}
	if _, err := r.ReadAt(end[:], size-tail); err != nil {
		return err
	}
	n := int64(binary.LittleEndian.Uint32(end[:]))
	if string(end[4:]) != "PAR1" || n > size-4-tail {
		return errors.New("no Parquet footer at its end")
	}
	footer := make([]byte, n)
	if _, err := r.ReadAt(footer, size-tail-n); err != nil {
		return err
	}
	if used, err := skim(footer); err != nil || used != len(footer) {
		return errors.New("malformed footer")
	}
	return nil
}

// checkChunks holds the places of column chunks and the counts of rows against
// each other and against the file's size.
func checkChunks(p *parquet.File, size int64) error {
	var rows int64
	leaves := len(p.Schema().Columns())
	for _, g := range p.Metadata().RowGroups {
		rows += g.NumRows
		if len(g.Columns) != leaves || g.NumRows < 0 || rows < 0 {
			return errors.New("malformed row group")
		}
		for i := range g.Columns {
			m := &g.Columns[i].MetaData
			start := chunkStart(m)
			if start < 4 || m.TotalCompressedSize < 0 || start > size-m.TotalCompressedSize {
				return errors.New("column chunk outside the file")
			}
			if m.Codec != format.Zstd {
				return fmt.Errorf("codec %v", m.Codec)
			}
		}
	}
	if rows != p.NumRows() {
		return errors.New("number of rows in doubt")
	}
	return nil
}

// chunkStart is where the pages of a column chunk begin.
func chunkStart(m *format.ColumnMetaData) int64 {
	if m.DictionaryPageOffset != 0 {
		return m.DictionaryPageOffset
	}
	return m.DataPageOffset
}

// checkPages walks the pages of the columns that will be read.
func checkPages(r io.ReaderAt, p *parquet.File, cols []column) error {
	for _, g := range p.Metadata().RowGroups {
		for _, c := range cols {
			m := &g.Columns[c.index].MetaData
			w := pageWalk{
				pages: io.NewSectionReader(r, chunkStart(m), m.TotalCompressedSize),
				left:  m.TotalCompressedSize,
			}
			if err := w.check(m.NumValues); err != nil {
				return fmt.Errorf("column %s: %w", c.name, err)
			}
			if c.form != listForm && m.NumValues != g.NumRows {
				return fmt.Errorf("column %s: %d values in %d rows", c.name, m.NumValues, g.NumRows)
			}
		}
	}
	return nil
}

// A pageWalk goes over the pages of a column chunk without decoding them.
type pageWalk struct {
	pages  *io.SectionReader
	left   int64 // bytes not yet walked
	values int64 // in the data pages walked
}

// check walks to the end of the chunk, which is to hold that many values.
func (w *pageWalk) check(values int64) error {
	for w.left > 0 {
		h, err := w.header()
		if err != nil {
			return err
		}
		if err := w.claims(h, values); err != nil {
			return err
		}
		sum := crc32.NewIEEE()
		if _, err := io.CopyN(sum, w.pages, int64(h.CompressedPageSize)); err != nil {
			return noEOF(err)
		}
		if sum.Sum32() != uint32(h.CRC) {
			return errors.New("checksum of a page differs")
		}
		w.left -= int64(h.CompressedPageSize)
	}
	if w.values != values {
		return fmt.Errorf("%d values where %d are promised", w.values, values)
	}
	return nil
}

// header reads the next page header and leaves the reader behind it.
func (w *pageWalk) header() (*format.PageHeader, error) {
	buf := make([]byte, min(w.left, maxHeader))
	if _, err := io.ReadFull(w.pages, buf); err != nil {
		return nil, err
	}
	n, err := skim(buf)
	if err != nil {
		return nil, fmt.Errorf("page header: %w", err)
	}
	h := new(format.PageHeader)
	if err := thrift.Unmarshal(new(thrift.CompactProtocol), buf[:n], h); err != nil {
		return nil, fmt.Errorf("page header: %w", err)
	}
	w.left -= int64(n)
	_, err = w.pages.Seek(int64(n-len(buf)), io.SeekCurrent)
	return h, err
}

// claims holds the sizes and counts of a page header against what is left of
// the chunk.
func (w *pageWalk) claims(h *format.PageHeader, values int64) error {
	if h.CompressedPageSize < 0 || int64(h.CompressedPageSize) > w.left ||
		h.UncompressedPageSize < 0 || h.UncompressedPageSize > maxPage {
		return errors.New("size of a page out of bounds")
	}
	switch d, v2 := h.DictionaryPageHeader, h.DataPageHeaderV2; {
	case h.Type == format.DictionaryPage && d.Valid:
		// each value has a length of four bytes before it
		if d.V.NumValues < 0 || d.V.NumValues > h.UncompressedPageSize/4 {
			return errors.New("size of a dictionary out of bounds")
		}
	case h.Type == format.DataPageV2 && v2.Valid:
		n := int64(v2.V.NumValues)
		w.values += n
		if n < 0 || w.values > values || v2.V.NumNulls < 0 || int64(v2.V.NumNulls) > n || v2.V.NumRows < 0 || int64(v2.V.NumRows) > n {
			return errors.New("number of values of a page out of bounds")
		}
	default:
		return fmt.Errorf("page of type %v", h.Type)
	}
	return nil
}
