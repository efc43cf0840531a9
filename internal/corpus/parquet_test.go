package corpus

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

// A parquetRow has the kinds of columns that news dumps have.
type parquetRow struct {
	ID        int64     `parquet:"id,delta"`
	Title     string    `parquet:"title"` // delta lengths, the library's default
	Text      *string   `parquet:"text,optional,plain"`
	Outlet    string    `parquet:"outlet,dict"`
	Published time.Time `parquet:"published_at,timestamp(microsecond)"`
	Authors   []string  `parquet:"authors,list"`
	Section   string    `parquet:"section,dict"`
	Words     float64   `parquet:"words"`
}

func parquetRows(n int) []parquetRow {
	rows := make([]parquetRow, n)
	for i := range rows {
		text := fmt.Sprintf("The council of ward %d asked the sailors to stay until the spring.", i)
		rows[i] = parquetRow{
			ID: int64(i), Title: fmt.Sprintf("Ward %d", i), Outlet: "The Norrvik Post",
			Published: time.Date(2020, 1, 13, 10, i%60, 0, 0, time.UTC),
			Authors:   []string{"Edda Lindqvist", "Marek Wolny"}[:i%3], Section: "world", Words: 12,
		}
		if i != 5 {
			rows[i].Text = &text
		}
	}
	return rows
}

// parquetFile is rows as a file of row groups of 20.
func parquetFile(t testing.TB, rows []parquetRow, opts ...parquet.WriterOption) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[parquetRow](&b, append(opts, parquet.MaxRowsPerRowGroup(20), parquet.PageBufferSize(256))...)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inFile writes data to a file of the test and is its path.
func inFile(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

var parquetForms = []struct {
	name  string
	codec compress.Codec
	page  int
}{
	{"plain, v1", &parquet.Uncompressed, 1},
	{"plain, v2", &parquet.Uncompressed, 2},
	{"zstd, v1", &parquet.Zstd, 1},
	{"zstd, v2", &parquet.Zstd, 2},
	{"snappy", &parquet.Snappy, 2},
	{"gzip", &parquet.Gzip, 1},
	{"brotli", &parquet.Brotli, 2},
	{"lz4", &parquet.Lz4Raw, 1},
}

func TestParquet(t *testing.T) {
	rows := parquetRows(50)
	for _, form := range parquetForms {
		t.Run(form.name, func(t *testing.T) {
			path := inFile(t, "dump", parquetFile(t, rows, parquet.Compression(form.codec), parquet.DataPageVersion(form.page)))
			got := readAll(t, Options{Keep: []string{"section", "words"}}, path)
			if len(got) != len(rows) {
				t.Fatalf("%d articles, want %d: %s", len(got), len(rows), got[len(got)-1].Reason)
			}
			for i, a := range got {
				checkParquetRow(t, a, fmt.Sprintf("%s#%d", path, i+1), rows[i])
			}
		})
	}
}

func checkParquetRow(t *testing.T, a Article, input string, row parquetRow) {
	t.Helper()
	if row.Text == nil {
		if a.Reason != Empty {
			t.Errorf("%s: %s, want empty", a.Input, a.Reason)
		}
		return
	}
	if a.Input != input || a.Status != OK || a.Body != *row.Text || a.Title != row.Title || a.Outlet != row.Outlet ||
		a.InputID != fmt.Sprint(row.ID) || !a.PublishedAt.Equal(row.Published) || a.Precision != Second ||
		!slices.Equal(a.Authors, row.Authors) || !slices.Equal(a.Kept, []string{"world", "12"}) {
		t.Errorf("got %+v, want %+v", a, row)
	}
}

func TestParquetFromStream(t *testing.T) {
	data := parquetFile(t, parquetRows(3))
	if got := readAll(t, Options{Stdin: bytes.NewReader(data)}, "-"); len(got) != 3 || got[2].Input != "-#3" || got[2].Status != OK {
		t.Errorf("got %+v", got)
	}
}

// A damaged file gives all its rows, or says which it lost; it never panics,
// and asks for no more memory than its size allows.
func TestParquetFlippedBits(t *testing.T) {
	rows := parquetRows(50)
	for _, form := range parquetForms {
		data := parquetFile(t, rows, parquet.Compression(form.codec), parquet.DataPageVersion(form.page))
		rnd := rand.New(rand.NewPCG(1, uint64(len(data))))
		broken, quiet := 0, 0
		for range 2000 / len(parquetForms) {
			bit := rnd.IntN(len(data) * 8)
			flipped := bytes.Clone(data)
			flipped[bit/8] ^= 1 << (bit % 8)
			switch ok, lost := readFlipped(t, flipped); {
			case lost > 0:
				broken++
			case ok != len(rows):
				t.Fatalf("%s, bit %d: %d rows and no word of the rest", form.name, bit, ok)
			default:
				quiet++
			}
		}
		t.Logf("%s: %d of %d flips noticed", form.name, broken, broken+quiet)
	}
}

// readFlipped counts the articles and the broken rows of a file.
func readFlipped(t *testing.T, data []byte) (ok, lost int) {
	t.Helper()
	err := Read(context.Background(), []string{inFile(t, "flipped", data)}, Options{}, func(a Article) error {
		a.Decode()
		if a.Status == Broken {
			lost++
		} else {
			ok++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ok, lost
}

func FuzzParquet(f *testing.F) {
	rows := parquetRows(7)
	for _, form := range parquetForms {
		f.Add(parquetFile(f, rows, parquet.Compression(form.codec), parquet.DataPageVersion(form.page)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		readFlipped(t, append([]byte("PAR1"), data[min(4, len(data)):]...))
	})
}
