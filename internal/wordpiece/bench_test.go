package wordpiece

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sugarme/tokenizer/pretrained"
)

// sharedDir holds models and texts that are no part of the project.
func sharedDir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("STANDPOINT_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	if _, err := os.Stat(filepath.Join(dir, "models", "bge-small-en-v1.5", "tokenizer.json")); err != nil {
		t.Skipf("no models: STANDPOINT_SHARED is unset and %s is absent", dir)
	}
	return dir
}

// realTokenizer is the file of bge-small-en-v1.5.
func realTokenizer(t testing.TB) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(sharedDir(t), "models", "bge-small-en-v1.5", "tokenizer.json"))
	if err != nil {
		t.Skip(err)
	}
	return file
}

func newReal(t testing.TB) *Tokenizer {
	t.Helper()
	k, err := New(bytes.NewReader(realTokenizer(t)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// One sentence a step, of about 30 tokens with quotes and an accent in it; the
// time a sentence decides, on one core.
func BenchmarkSentence(b *testing.B) {
	k := newReal(b)
	for name, text := range map[string]string{
		"ascii":  `The defense minister said on Tuesday that the troops would leave the two northern bases by March, a plan the opposition calls "reckless" and late.`,
		"quotes": `The defense minister, Marek Wolny, said on Tuesday: “The troops will leave Rzeszów’s two bases by March” – a plan the opposition calls reckless.`,
	} {
		b.Run(name, func(b *testing.B) {
			var dst []Token
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				dst = k.Encode(dst[:0], text)
			}
			b.ReportMetric(float64(len(dst)), "tokens")
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sentences/s")
		})
	}
}

// Lines of real text.
func BenchmarkLines(b *testing.B) {
	k := newReal(b)
	file, err := os.ReadFile(filepath.Join(sharedDir(b), "unlabelled", "voa.txt"))
	if err != nil {
		b.Skip(err)
	}
	lines := strings.Split(string(file), "\n")[:2000]
	var dst []Token
	tokens := 0
	for b.Loop() {
		for _, line := range lines {
			dst = k.Encode(dst[:0], line)
			tokens += len(dst)
		}
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
	b.ReportMetric(float64(b.N*len(lines))/b.Elapsed().Seconds(), "lines/s")
}

// The time a byte stays the same from a thousand bytes to a million, whatever
// the shape of the text.
func BenchmarkLength(b *testing.B) {
	k := newReal(b)
	for _, shape := range []struct{ name, text string }{
		{"words", "word "}, {"letters", "x"}, {"accents", "é"}, {"marks", "\u0301\u302e\u0323"},
		{"chinese", "日"}, {"hangul", "한"}, {"special", "[SEP]"}, {"brackets", "["}, {"unknown", "zqxj"}, {"unbroken", "a\xff"},
	} {
		for _, size := range []int{1e3, 1e4, 1e5, 1e6} {
			text := strings.Repeat(shape.text, size/len(shape.text))
			b.Run(fmt.Sprint(shape.name, "/", size), func(b *testing.B) {
				var dst []Token
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					dst = k.Encode(dst[:0], text)
				}
			})
		}
	}
}

func BenchmarkNew(b *testing.B) {
	file := realTokenizer(b)
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			if _, err := New(bytes.NewReader(file)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("FromReader", func(b *testing.B) {
		for b.Loop() {
			if _, err := pretrained.FromReader(bytes.NewReader(file)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
