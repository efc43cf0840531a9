package corpus

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	peekSize = 64 << 10 // what sniffing may look at

	// A dump of news shrinks by 3 to 10, of repeated boilerplate by 50. Past
	// bombSlack bytes, data that grew by more than bombRatio is a bomb.
	bombRatio = 500
	bombSlack = 64 << 20

	zstdWindow = 256 << 20 // the largest window asked for by zstd --long
	layersMax  = 3         // compressed within compressed
)

// errBomb ends the reading of a zip bomb.
var errBomb = fmt.Errorf("decompresses to more than %d times its size", bombRatio)

// A counter counts the bytes that pass, for its input and over all inputs.
type counter struct {
	r     io.Reader
	n     int64
	total *atomic.Int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.total.Add(int64(n))
	return n, err
}

// A guard refuses decompressed data out of proportion to its source.
type guard struct {
	r      io.Reader
	source *counter
	n      int64
}

func (g *guard) Read(p []byte) (int, error) {
	if g.n > bombSlack && g.n > bombRatio*g.source.n {
		return 0, errBomb
	}
	n, err := g.r.Read(p)
	g.n += int64(n)
	return n, err
}

// stream reads one opened input. f is set where src is a file, which Parquet
// reads at random.
func (r *reader) stream(input string, src io.Reader, f *os.File) error {
	source := &counter{r: src, total: r.opt.Consumed}
	br := bufio.NewReaderSize(source, peekSize)
	for range layersMax {
		head, _ := br.Peek(4)
		open := compression(head)
		if open == nil {
			return r.plain(input, br, f)
		}
		plain, closer, err := open(br)
		if err != nil {
			return r.broken(input, head, cutOrDamaged, err.Error())
		}
		defer closer()
		br, f = bufio.NewReaderSize(&guard{r: plain, source: source}, peekSize), nil
	}
	return r.broken(input, nil, notSupported, fmt.Sprintf("compressed more than %d times over", layersMax-1))
}

// compression is the decompressor for data of which head is the first four
// bytes, or nil.
func compression(head []byte) func(io.Reader) (io.Reader, func(), error) {
	switch {
	case hasPrefix(head, "\x1f\x8b"):
		return func(src io.Reader) (io.Reader, func(), error) {
			z, err := gzip.NewReader(src)
			return z, func() {}, err
		}
	case hasPrefix(head, "\x28\xb5\x2f\xfd"), len(head) == 4 && head[0]&0xf0 == 0x50 && string(head[1:]) == "\x2a\x4d\x18": // a frame, or one to skip
		return func(src io.Reader) (io.Reader, func(), error) {
			z, err := zstd.NewReader(src, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdWindow))
			if err != nil {
				return nil, nil, err
			}
			return z, z.Close, nil
		}
	}
	return nil
}

func hasPrefix(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
}

// plain reads one input that is no longer compressed.
func (r *reader) plain(input string, br *bufio.Reader, f *os.File) error {
	head, err := br.Peek(peekSize)
	if len(head) == 0 && err != nil && err != io.EOF {
		return r.broken(input, nil, readErrorKind(err), reasonOf(err).Error())
	}
	form, detail := sniff(head, r.opt)
	switch form {
	case formatParquet:
		return r.parquet(input, br, f)
	case formatJSONLines:
		return r.jsonLines(input, newLines(unmarked(br), r.opt.maxRecord()))
	case formatJSONArray:
		return r.jsonArray(input, unmarked(br))
	case formatJSONObject:
		return r.jsonObject(input, unmarked(br))
	case formatCSV:
		return r.csv(input, unmarked(br), detail[0])
	case formatHTML:
		return r.html(input, br)
	case formatText:
		return r.text(input, br)
	}
	return r.broken(input, clone(head), string(form), detail)
}

// unmarked is src as UTF-8 without a byte order mark.
func unmarked(src io.Reader) io.Reader {
	return transform.NewReader(src, unicode.BOMOverride(transform.Nop))
}

// readErrorKind tells damaged data from a failing system.
func readErrorKind(err error) string {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return unreadable
	}
	return cutOrDamaged
}

// readUpTo reads at most limit bytes of src; over says that there was more.
func readUpTo(src io.Reader, limit int) (data []byte, over bool, err error) {
	data, err = io.ReadAll(io.LimitReader(src, int64(limit)+1))
	if len(data) > limit {
		return data[:limit], true, err
	}
	return data, false, err
}

func clone(b []byte) []byte { return append([]byte(nil), b...) }
