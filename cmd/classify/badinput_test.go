package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"standpoint/internal/table"
)

const good = "Minister speaks\n\nUS troops in Iraq must leave, said Defence Minister Marek Wolny.\n"

// TestBadInput gives a run everything that a crawl folder can hold. No panic,
// no silence, no lost row: each input gets a row that says what became of it,
// and the good articles beside them are labelled.
func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(1, 1))
	noise := make([]byte, 4096)
	for i := range noise {
		noise[i] = byte(rng.Uint32())
	}
	zipped := gzipped([]byte(strings.Repeat(good, 50)))
	for name, data := range map[string][]byte{
		"empty.txt":      nil,
		"nul.txt":        []byte("US troops\x00 must leave Iraq.\n"),
		"random.bin":     noise,
		"utf16.txt":      utf16(strings.Replace(good, "Wolny", "Zapata", 1)),
		"latin1.txt":     []byte("Minister speaks\n\nUS troops in Iraq must leave, said Defence Minister Jos\xe9 Mu\xf1oz. He named no date.\n"),
		"cut.txt.gz":     zipped[:len(zipped)/2],
		"bomb.gz":        gzipped(make([]byte, 200<<20)),
		"bad.jsonl":      []byte("{\"text\": \"US troops must leave Iraq, the minister said.\"}\n{\"text\": \n{\"text\": 7}\n"),
		"unclosed.csv":   []byte("id,text\n1,\"US troops must leave Iraq, the chairman said.\"\n2,\"US troops"),
		"long.txt":       bytes.Repeat([]byte("US troops must leave Iraq. "), 2<<20),
		"nested.html":    []byte("<html><body>" + strings.Repeat("<div>", 100_000) + "<p>US troops must leave Iraq.</p>"),
		"rtl.txt":        []byte("الوزير\n\nUS troops in Iraq must leave, said Defence Minister مارك e\u0301\u0323\u0301. \u202eHe left.\n"),
		"sub/a.txt":      []byte(good),
		"sub/deep/a.txt": []byte(strings.Replace(good, "Wolny", "Berg", 1)),
	} {
		path := filepath.Join(dir, "in", name)
		os.MkdirAll(filepath.Dir(path), 0o777)
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if runtime.GOOS != "windows" {
		os.Symlink(filepath.Join(dir, "in"), filepath.Join(dir, "in", "loop"))
	}
	out := filepath.Join(dir, "out")
	start := time.Now()
	code, said := classify(t, "-o", out, filepath.Join(dir, "in"))
	if code != 3 || strings.Contains(said, "panic") {
		t.Fatalf("exit %d\n%s", code, said)
	}
	t.Logf("%v", time.Since(start))
	got := map[string]string{}
	for a, err := range table.Rows[table.Article](filepath.Join(out, "articles", "part-00000.parquet"), "input", "status", "reason") {
		if err != nil {
			t.Fatal(err)
		}
		_, name, _ := strings.Cut(a.Input, "/in/")
		got[name] = strings.TrimSpace(a.Status + " " + a.Reason)
	}
	for name, want := range map[string]string{
		"empty.txt":      "filtered empty",
		"nul.txt":        "broken not text",
		"random.bin":     "broken not text",
		"utf16.txt":      "labelled",
		"latin1.txt":     "labelled",
		"cut.txt.gz":     "broken cut or damaged",
		"bomb.gz":        "broken ",
		"bad.jsonl#1":    "labelled",
		"bad.jsonl#2":    "broken ",
		"bad.jsonl#3":    "broken ",
		"unclosed.csv#1": "labelled",
		"unclosed.csv#2": "broken ",
		"long.txt":       "broken text over 1 MiB",
		"nested.html":    "",
		"rtl.txt":        "",
		"sub/a.txt":      "labelled",
		"sub/deep/a.txt": "labelled",
	} {
		status, ok := got[name]
		if !ok || !strings.HasPrefix(status, want) {
			t.Errorf("%s: %q, want %q...", name, status, want)
		}
		delete(got, name)
	}
	if len(got) > 0 {
		t.Errorf("rows of no input: %v", got)
	}
}

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

func utf16(s string) []byte {
	b := []byte{0xff, 0xfe}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return b
}

// TestFlippedParquet gives a run a Parquet input with random bits flipped.
func TestFlippedParquet(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	done(t, "-o", out, "../../data/sample")
	whole, err := os.ReadFile(filepath.Join(out, "articles", "part-00000.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(3, 3))
	in := filepath.Join(dir, "in")
	os.Mkdir(in, 0o777)
	for i := range 200 {
		data := bytes.Clone(whole)
		data[rng.IntN(len(data))] ^= 1 << rng.IntN(8)
		os.WriteFile(filepath.Join(in, fmt.Sprintf("%03d.parquet", i)), data, 0o666)
	}
	code, said := classify(t, "-o", filepath.Join(dir, "flipped"), in)
	if code != 0 && code != 3 || strings.Contains(said, "panic") {
		t.Errorf("exit %d\n%s", code, said)
	}
}
