package corpus

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

// The Parquet library believes the sizes that a file gives: one flipped bit
// can ask it for 32 GiB, which no recover survives. Everything it would
// believe is checked here first, against the file's own size and these limits.
const (
	maxFooter     = 64 << 20
	maxPageBytes  = 256 << 20
	maxPageValues = 1 << 24
	maxHeader     = 64 << 10 // bytes of a page header, statistics included
	maxElements   = 1 << 20  // of all lists in a footer
	maxNesting    = 32
	maxFixedLen   = 1 << 16
)

var errFooter = errors.New("the footer is malformed")

// checkFooter checks what parquet.OpenFile would believe.
func checkFooter(src io.ReaderAt, size int64) error {
	var tail [8]byte
	if size < 12 {
		return errors.New("the file is cut")
	}
	if _, err := src.ReadAt(tail[:], size-8); err != nil {
		return reasonOf(err)
	}
	n := int64(binary.LittleEndian.Uint32(tail[:]))
	if string(tail[4:]) != "PAR1" {
		return errors.New("the end of the file is missing")
	}
	if n > size-12 || n > maxFooter {
		return errFooter
	}
	footer := make([]byte, n)
	if _, err := src.ReadAt(footer, size-8-n); err != nil {
		return reasonOf(err)
	}
	w := walker{b: footer}
	if w.structure(0); w.bad {
		return errFooter
	}
	var meta format.FileMetaData
	if err := unmarshal(footer, &meta); err != nil {
		return err
	}
	return checkMeta(&meta, size)
}

// unmarshal decodes thrift that a walker has found sound.
func unmarshal(b []byte, to any) error {
	return guarded(func() error { return thrift.Unmarshal(new(thrift.CompactProtocol), b, to) })
}

// checkMeta checks the numbers in a footer.
func checkMeta(meta *format.FileMetaData, size int64) error {
	leaves := 0
	for i := range meta.Schema {
		e := &meta.Schema[i]
		if e.NumChildren.V < 0 || int(e.NumChildren.V) > len(meta.Schema) || e.TypeLength.V < 0 || e.TypeLength.V > maxFixedLen {
			return errFooter
		}
		if e.NumChildren.V == 0 {
			leaves++
		}
	}
	var rows int64
	for i := range meta.RowGroups {
		g := &meta.RowGroups[i]
		if g.NumRows < 0 || g.NumRows > 1<<32 || len(g.Columns) != leaves {
			return fmt.Errorf("row group %d is malformed", i+1)
		}
		rows += g.NumRows
	}
	if rows != meta.NumRows {
		return fmt.Errorf("the footer counts %d rows, the row groups hold %d", meta.NumRows, rows)
	}
	return nil
}

// checkPages checks the pages of a column chunk, headers and data. rows is
// the number of values that there must be, 0 if unknown.
func checkPages(src io.ReaderAt, meta *format.ColumnMetaData, maxRep, maxDef int, rows int64) error {
	start := meta.DataPageOffset
	if meta.DictionaryPageOffset != 0 {
		start = meta.DictionaryPageOffset
	}
	if start < 4 || meta.TotalCompressedSize < 0 {
		return errors.New("its place in the file is malformed")
	}
	p := &pageChecker{codec: meta.Codec, maxRep: maxRep, maxDef: maxDef}
	defer p.close()
	section := io.NewSectionReader(src, start, meta.TotalCompressedSize)
	for at := int64(0); at < meta.TotalCompressedSize; {
		n, err := p.page(section, at)
		if err != nil {
			return fmt.Errorf("page at byte %d: %w", start+at, err)
		}
		at += n
	}
	if rows > 0 && p.values != rows {
		return fmt.Errorf("%d values for %d rows", p.values, rows)
	}
	return nil
}

// A pageChecker checks the pages of one column chunk.
type pageChecker struct {
	codec          format.CompressionCodec
	maxRep, maxDef int
	values         int64 // of the data pages so far
	zstd           *zstd.Decoder
}

func (p *pageChecker) close() {
	if p.zstd != nil {
		p.zstd.Close()
	}
}

// page checks the page at a byte of the chunk, and is its length.
func (p *pageChecker) page(section *io.SectionReader, at int64) (int64, error) {
	head := make([]byte, min(maxHeader, section.Size()-at))
	if n, err := section.ReadAt(head, at); err != nil && n < len(head) {
		return 0, errors.New("the file is cut")
	}
	w := walker{b: head}
	if w.structure(0); w.bad {
		return 0, errors.New("its header is malformed")
	}
	var h format.PageHeader
	if err := unmarshal(head[:w.at], &h); err != nil {
		return 0, err
	}
	length := int64(w.at) + int64(h.CompressedPageSize)
	if h.CompressedPageSize < 0 || length > section.Size()-at || h.UncompressedPageSize < 0 || h.UncompressedPageSize > maxPageBytes {
		return 0, errors.New("its size is malformed")
	}
	body := make([]byte, h.CompressedPageSize)
	if n, err := section.ReadAt(body, at+int64(w.at)); err != nil && n < len(body) {
		return 0, errors.New("the file is cut")
	}
	return length, p.content(&h, body)
}

// content checks what a page holds.
func (p *pageChecker) content(h *format.PageHeader, body []byte) error {
	switch h.Type {
	case format.DictionaryPage:
		return p.dictionary(h, body)
	case format.DataPage:
		return p.dataV1(h, body)
	case format.DataPageV2:
		return p.dataV2(h, body)
	}
	return fmt.Errorf("a page of type %d", h.Type)
}

func (p *pageChecker) dictionary(h *format.PageHeader, body []byte) error {
	n := h.DictionaryPageHeader.V.NumValues
	if n < 0 || n > h.UncompressedPageSize*8 || n > maxPageValues {
		return errors.New("its number of values is malformed")
	}
	_, err := p.inflate(body, int(h.UncompressedPageSize))
	return err
}

func (p *pageChecker) dataV1(h *format.PageHeader, body []byte) error {
	d := &h.DataPageHeader.V
	if err := p.count(d.NumValues); err != nil {
		return err
	}
	data, err := p.inflate(body, int(h.UncompressedPageSize))
	if err != nil {
		return err
	}
	for _, level := range []int{p.maxRep, p.maxDef} {
		if level == 0 {
			continue
		}
		if len(data) < 4 || uint64(binary.LittleEndian.Uint32(data)) > uint64(len(data)-4) {
			return errLevels
		}
		end := 4 + int(binary.LittleEndian.Uint32(data))
		if !hybridHolds(data[4:end], bitWidth(level), int64(d.NumValues)) {
			return errLevels
		}
		data = data[end:]
	}
	return checkValues(data, d.Encoding, int64(d.NumValues))
}

func (p *pageChecker) dataV2(h *format.PageHeader, body []byte) error {
	d := &h.DataPageHeaderV2.V
	rep, def := int64(d.RepetitionLevelsByteLength), int64(d.DefinitionLevelsByteLength)
	if err := p.count(d.NumValues); err != nil {
		return err
	}
	if rep < 0 || def < 0 || rep+def > int64(len(body)) || rep+def > int64(h.UncompressedPageSize) ||
		!hybridHolds(body[:rep], bitWidth(p.maxRep), int64(d.NumValues)) ||
		!hybridHolds(body[rep:rep+def], bitWidth(p.maxDef), int64(d.NumValues)) {
		return errLevels
	}
	data, size := body[rep+def:], int(h.UncompressedPageSize)-int(rep+def)
	if compressed, said := d.IsCompressed.Get(); compressed || !said {
		var err error
		if data, err = p.inflate(data, size); err != nil {
			return err
		}
	}
	return checkValues(data, d.Encoding, int64(d.NumValues))
}

var errLevels = errors.New("its levels are malformed")

// count adds the values of a data page.
func (p *pageChecker) count(n int32) error {
	if n < 0 || n > maxPageValues {
		return errors.New("its number of values is malformed")
	}
	p.values += int64(n)
	return nil
}

// inflate is the data of a page, which must have exactly size bytes.
func (p *pageChecker) inflate(body []byte, size int) (data []byte, err error) {
	switch p.codec {
	case format.Uncompressed:
		data = body
	case format.Snappy:
		if n, err := snappy.DecodedLen(body); err != nil || n != size {
			return nil, errors.New("its data is damaged")
		}
		data, err = snappy.Decode(nil, body)
	case format.Zstd:
		data, err = p.unzstd(body, size)
	case format.Gzip:
		var z *gzip.Reader
		if z, err = gzip.NewReader(bytes.NewReader(body)); err == nil {
			data, err = io.ReadAll(io.LimitReader(z, int64(size)+1))
		}
	case format.Brotli:
		data, err = io.ReadAll(io.LimitReader(brotli.NewReader(bytes.NewReader(body)), int64(size)+1))
	case format.Lz4Raw:
		var n int
		data = make([]byte, size)
		n, err = lz4.UncompressBlock(body, data)
		data = data[:max(n, 0)]
	default:
		return nil, fmt.Errorf("compression %s is not read", p.codec)
	}
	if err != nil || len(data) != size {
		return nil, errors.New("its data is damaged")
	}
	return data, nil
}

func (p *pageChecker) unzstd(body []byte, size int) ([]byte, error) {
	var h zstd.Header
	if err := h.Decode(body); err != nil || h.HasFCS && h.FrameContentSize > uint64(size) || h.WindowSize > maxPageBytes {
		return nil, errors.New("a malformed frame")
	}
	if p.zstd == nil {
		var err error
		if p.zstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxPageBytes)); err != nil {
			return nil, err
		}
	}
	return p.zstd.DecodeAll(body, make([]byte, 0, size))
}
