package corpus

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"
)

// BenchmarkJSONLines reads and decodes articles of 500 words on one core.
func BenchmarkJSONLines(b *testing.B) {
	line, err := json.Marshal(map[string]any{"id": 1, "url": "https://post.example/1", "title": "Council asks sailors to stay",
		"text": article500(), "published_at": "2020-01-13T10:00:00Z", "source": "The Norrvik Post", "authors": []string{"Edda Lindqvist"}})
	if err != nil {
		b.Fatal(err)
	}
	const n = 1000
	data := bytes.Repeat(append(line, '\n'), n)
	benchmark(b, data, n)
}

// BenchmarkText reads and decodes one text.
func BenchmarkText(b *testing.B) { benchmark(b, []byte(article500()), 1) }

func benchmark(b *testing.B, data []byte, n int) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		got := 0
		err := Read(context.Background(), []string{"-"}, Options{Stdin: bytes.NewReader(data)}, func(a Article) error {
			a.Decode()
			if a.Status == OK {
				got++
			}
			return nil
		})
		if err != nil || got != n {
			b.Fatal(got, err)
		}
	}
	b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "articles/s")
}
