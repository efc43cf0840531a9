package training

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"standpoint/internal/kernel"
	"standpoint/internal/transformer"
)

// shared is the folder of models beside the project.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("STANDPOINT_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("%s is not here: set STANDPOINT_SHARED", name)
	}
	return dir
}

// BenchmarkStep takes steps of 16 statements of about 90 tokens on two cores,
// as scripts/training_peer.py does with PyTorch. Its unit is a step.
func BenchmarkStep(b *testing.B) {
	for _, model := range []string{"all-MiniLM-L6-v2", "bge-small-en-v1.5", "all-mpnet-base-v2"} {
		for _, precision := range []kernel.Precision{kernel.Float32, kernel.BFloat16} {
			b.Run(fmt.Sprintf("%s/%d", model, precision), func(b *testing.B) {
				c, err := transformer.ReadCheckpoint(shared(b, filepath.Join("models", model)))
				if err != nil {
					b.Fatal(err)
				}
				benchmarkSteps(b, c, precision)
			})
		}
	}
}

func benchmarkSteps(b *testing.B, c *transformer.Checkpoint, precision kernel.Precision) {
	m, err := NewClassifier(c, transformer.Task{Spans: 1, Hidden: c.Config.Hidden, Dropout: 0.1, Heads: []transformer.Head{{Name: "stance", Classes: 5}}}, 1)
	if err != nil {
		b.Fatal(err)
	}
	const batch = 16
	rng := rand.New(rand.NewPCG(1, 1))
	examples := make([]Example, batch*b.N)
	for i := range examples {
		n := 60 + rng.IntN(61)
		ids := make([]int32, n)
		for k := range ids {
			ids[k] = int32(1000 + rng.IntN(20000))
		}
		examples[i] = Example{IDs: ids, Spans: []transformer.Span{{Start: 0, End: 1}}, Labels: [][]float32{Hard(rng.IntN(5), 5)}}
	}
	var start time.Time
	opt := Options{Epochs: 1, Batch: batch, Workers: 2, Precision: precision, Rate: 1e-5}
	opt.Progress = func(p Progress) {
		if p.Step == 1 { // memory has been taken
			start = time.Now()
			b.ResetTimer()
		}
		if p.Step == p.Steps && p.Steps > 1 {
			b.ReportMetric(float64(batch*(p.Steps-1))/time.Since(start).Seconds(), "examples/s")
		}
	}
	if err := m.Train(b.Context(), examples, opt); err != nil {
		b.Fatal(err)
	}
}
