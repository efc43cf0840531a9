package table

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
)

// filled is a row with a value in every field, made from a number: every
// third row has nil pointers and empty lists.
func filled[R Row](i int) R {
	var row R
	v := reflect.ValueOf(&row).Elem()
	for f := range v.NumField() {
		c := newColumn(v.Type().Field(f))
		dst := v.Field(f)
		if dst.Kind() == reflect.Pointer {
			if i%3 == 0 {
				continue
			}
			dst.Set(reflect.New(dst.Type().Elem()))
			dst = dst.Elem()
		}
		switch c.form {
		case listForm:
			for k := range i % 3 {
				dst.Set(reflect.Append(dst, reflect.ValueOf(fmt.Sprintf("%s %d.%d", c.name, i, k))))
			}
		case keptForm:
			dst.Set(reflect.ValueOf([]string{fmt.Sprint("desk ", i%4), ""}))
		case intForm:
			dst.SetInt(int64(i*7 + f))
		case realForm:
			dst.SetFloat(float64(i) / float64(f+1))
		case boolForm:
			dst.SetBool((i+f)%2 == 0)
		case instantForm:
			dst.Set(reflect.ValueOf(time.Date(2020, 1, 5, 13, 0, i, 123000, time.UTC)))
		case dayForm:
			dst.Set(reflect.ValueOf(time.Date(2020, 1, 5, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i)))
		default:
			if c.enum != nil {
				dst.SetString(c.enum[i%len(c.enum)])
			} else {
				dst.SetString(fmt.Sprintf("%s “%d”", c.name, i))
			}
		}
	}
	return row
}

var testMeta = Meta{
	SchemaVersion: SchemaVersion, Settings: `{"hosts":["Iraq"]}`, SettingsDigest: "s0", ArticlesDigest: "a0", NumericPath: "portable",
}

// write writes n filled rows and returns them with their path.
func write[R Row](t testing.TB, n int) ([]R, string) {
	t.Helper()
	rows := make([]R, n)
	for i := range rows {
		rows[i] = filled[R](i)
	}
	meta := testMeta
	if reflect.TypeFor[R]() == reflect.TypeFor[Article]() {
		meta.Kept = []string{"desk", "region, or area"}
	}
	path := filepath.Join(t.TempDir(), "t.parquet")
	if err := Create(path, meta, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	return rows, path
}

func roundTrip[R Row](t *testing.T) {
	t.Helper()
	for _, n := range []int{0, 1, batchRows, 1000} {
		want, path := write[R](t, n)
		got, err := Read[R](path)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Fatalf("%d rows, want %d", len(got), len(want))
		}
		for i := range want {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Fatalf("row %d of %d:\n got %+v\nwant %+v", i, n, got[i], want[i])
			}
		}
	}
}

func TestRoundTrip(t *testing.T) {
	t.Run("statements", roundTrip[Statement])
	t.Run("articles", roundTrip[Article])
	t.Run("actors", roundTrip[Actor])
	t.Run("positions", roundTrip[Position])
	t.Run("series", roundTrip[Series])
	t.Run("links", roundTrip[Link])
}

func TestMeta(t *testing.T) {
	_, path := write[Article](t, 3)
	got, err := ReadMeta(path)
	want := testMeta
	want.Kept = []string{"desk", "region, or area"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
}

func TestNamedColumnsAlone(t *testing.T) {
	want, path := write[Article](t, 100)
	got, err := Read[Article](path, "article_id", "status")
	if err != nil || len(got) != 100 {
		t.Fatal(len(got), err)
	}
	for i, a := range got {
		if !reflect.DeepEqual(a, Article{ArticleID: want[i].ArticleID, Status: want[i].Status}) {
			t.Fatalf("row %d: %+v", i, a)
		}
	}
	if _, err := Read[Article](path, "article_id", "colour"); err == nil {
		t.Error("an unknown column was read")
	}
	ids, err := ReadArticleIDs(path)
	if err != nil || len(ids) != 100 || ids[99] != want[99].ArticleID {
		t.Error(len(ids), err)
	}
}

func TestRangeEndsEarly(t *testing.T) {
	_, path := write[Link](t, 1000)
	n := 0
	for _, err := range Rows[Link](path) {
		if n++; err != nil || n == 70 {
			break
		}
	}
	if n != 70 {
		t.Error(n)
	}
}

func TestSameBytes(t *testing.T) {
	_, first := write[Statement](t, 500)
	_, second := write[Statement](t, 500)
	a, _ := os.ReadFile(first)
	b, _ := os.ReadFile(second)
	if !bytes.Equal(a, b) {
		t.Error("two runs wrote different bytes")
	}
}

func TestValues(t *testing.T) {
	s := filled[Statement](1)
	tokyo := time.FixedZone("", 9*3600)
	day := time.Date(2020, 1, 6, 4, 0, 0, 0, tokyo)
	s.PublishedDay = &day
	s.Sample, s.Input = "", "a\xff.txt"
	path := filepath.Join(t.TempDir(), "t.parquet")
	if err := WriteStatements(path, []Statement{s}, testMeta); err != nil {
		t.Fatal(err)
	}
	got, err := ReadStatements(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2020, 1, 6, 0, 0, 0, 0, time.UTC); !got[0].PublishedDay.Equal(want) {
		t.Errorf("day %v, want %v", got[0].PublishedDay, want)
	}
	if got[0].Sample != "none" || got[0].Input != "a\uFFFD.txt" {
		t.Errorf("sample %q, input %q", got[0].Sample, got[0].Input)
	}
}

func TestRefusedValues(t *testing.T) {
	for name, spoil := range map[string]func(*Statement){
		"not one of":   func(s *Statement) { s.Stance = "pro" },
		"holder_side":  func(s *Statement) { s.HolderSide = "" },
		"not a number": func(s *Statement) { s.StanceScore = math.NaN() },
	} {
		s := filled[Statement](1)
		spoil(&s)
		path := filepath.Join(t.TempDir(), "t.parquet")
		err := WriteStatements(path, []Statement{s}, testMeta)
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s: a file is left behind", name)
		}
	}
	err := WriteArticles(filepath.Join(t.TempDir(), "t.parquet"), []string{"a", "a"}, nil, testMeta)
	if err == nil || !strings.Contains(err.Error(), `"in_a"`) {
		t.Error("two columns of one name:", err)
	}
}

func TestWriteLeavesNothingInWork(t *testing.T) {
	out, work := t.TempDir(), t.TempDir()
	path := filepath.Join(out, "links.parquet")
	for range 2 { // the second replaces the first
		if err := Write(path, work, testMeta, slices.Values([]Link{filled[Link](1)})); err != nil {
			t.Fatal(err)
		}
	}
	left, _ := os.ReadDir(work)
	rows, err := Read[Link](path)
	if len(left) != 0 || err != nil || len(rows) != 1 {
		t.Error(left, err, rows)
	}
}

// TestEncodings holds the files to what old readers understand, and to one row
// group with the full dictionary of every enum.
func TestEncodings(t *testing.T) {
	_, path := write[Statement](t, 1000)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := openChecked(f)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(p.RowGroups()); n != 1 {
		t.Fatalf("%d row groups", n)
	}
	allowed := []string{"PLAIN", "RLE", "RLE_DICTIONARY"}
	cols, _ := columnsOf(reflect.TypeFor[Statement](), nil)
	for i, c := range p.Metadata().RowGroups[0].Columns {
		for _, e := range c.MetaData.Encoding {
			if !slices.Contains(allowed, e.String()) {
				t.Errorf("%v: encoding %v", c.MetaData.PathInSchema, e)
			}
		}
		if s := c.MetaData.Statistics; s.MinValue == nil && !cols[i].long {
			t.Errorf("%v: no statistics", c.MetaData.PathInSchema)
		}
		if cols[i].enum != nil {
			if got := dictionary(t, p, i); !slices.Equal(got, cols[i].enum) {
				t.Errorf("%s: dictionary %v", cols[i].name, got)
			}
		}
	}
}

func dictionary(t *testing.T, p *parquet.File, col int) []string {
	t.Helper()
	page, err := p.RowGroups()[0].ColumnChunks()[col].Pages().ReadPage()
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for i := range page.Dictionary().Len() {
		values = append(values, page.Dictionary().Index(int32(i)).String())
	}
	return values
}

// An early file lacks columns; a current one may not.
func TestEarlierSchema(t *testing.T) {
	type early struct {
		ID   string `parquet:"id,plain"`
		Kind string `parquet:"kind,dict"`
	}
	for version, ok := range map[string]bool{"0": true, SchemaVersion: false} {
		path := filepath.Join(t.TempDir(), "t.parquet")
		err := parquet.WriteFile(path, []early{{"u_1", "utterance"}}, parquet.Compression(&parquet.Zstd), parquet.KeyValueMetadata(keySchemaVersion, version))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := Read[Link](path)
		if ok && (err != nil || !reflect.DeepEqual(rows, []Link{{Kind: "utterance", ID: "u_1"}})) {
			t.Error(rows, err)
		}
		if !ok && !errors.Is(err, ErrBroken) {
			t.Error("missing column:", err)
		}
	}
}

func TestNotATable(t *testing.T) {
	for name, content := range map[string]string{
		"empty": "", "text": "Ms. Park said no.", "magic": "PAR1PAR1", "half": "PAR1\xff\xff\xff\x7fPAR1", "zeros": "PAR1" + strings.Repeat("\x00", 99) + "PAR1",
	} {
		path := filepath.Join(t.TempDir(), name)
		os.WriteFile(path, []byte(content), 0o600)
		_, err := Read[Statement](path)
		if !errors.Is(err, ErrBroken) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := ReadMeta(path); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, path := write[Link](t, 1)
	if _, err := Read[Statement](path); !errors.Is(err, ErrBroken) {
		t.Error("links read as statements:", err)
	}
	if _, err := Read[Link](filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// TestFlippedBits reads copies of good files with one bit flipped: no panic,
// no huge allocation, and no wrong row without an error.
func TestFlippedBits(t *testing.T) {
	t.Run("statements", flippedBits[Statement])
	t.Run("articles", flippedBits[Article])
}

func flippedBits[R Row](t *testing.T) {
	want, path := write[R](t, 200)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	refused := 0
	const copies = 500
	for range copies {
		bad := bytes.Clone(good)
		i, bit := rng.IntN(len(bad)), rng.IntN(8)
		bad[i] ^= 1 << bit
		os.WriteFile(path, bad, 0o600)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got, err := Read[R](path)
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 256<<20 {
			t.Errorf("byte %d bit %d: %d bytes allocated", i, bit, n)
		}
		if err != nil {
			refused++
		} else if !reflect.DeepEqual(got, want) {
			t.Errorf("byte %d bit %d of %d: other rows without an error", i, bit, len(bad))
		}
	}
	t.Logf("%d of %d copies refused", refused, copies)
}

func FuzzSkim(f *testing.F) {
	f.Add([]byte{0x15, 0x02, 0x19, 0x1c, 0x00, 0x00})
	f.Add([]byte{0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, b []byte) {
		if n, err := skim(b); err == nil && (n < 1 || n > len(b)) {
			t.Errorf("%d of %d", n, len(b))
		}
	})
}

// A text longer than a page header may be, in every column that takes any, is
// read back.
func TestLongTexts(t *testing.T) {
	long := strings.Repeat("a very long text ", 1000)
	path := filepath.Join(t.TempDir(), "long.parquet")
	want := Article{ArticleID: "a_1", Status: "labelled", Genre: "news", Title: long, URL: long, Outlet: long, Authors: []string{long}, Reason: long, Kept: []string{long}, Body: &long}
	if err := WriteArticles(path, []string{"k"}, []Article{want}, Meta{}); err != nil {
		t.Fatal(err)
	}
	got, err := ReadArticles(path)
	if err != nil || len(got) != 1 || *got[0].Body != long || got[0].Title != long || got[0].Outlet != long || got[0].Kept[0] != long {
		t.Fatalf("%d rows, %v", len(got), err)
	}
}
