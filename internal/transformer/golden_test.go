package transformer

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"standpoint/internal/kernel"
)

// golden is a file of scripts/transformer_golden.py.
type golden struct {
	batch   Batch
	tensors map[string]*Tensor
}

func readGolden(t testing.TB, path string) golden {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	g := golden{}
	if g.tensors, _, err = ReadTensors(f, info.Size()); err != nil {
		t.Fatal(err)
	}
	g.batch.IDs, g.batch.Types = ints(g.tensors["ids"]), ints(g.tensors["types"])
	for _, n := range ints(g.tensors["lengths"]) {
		g.batch.Lengths = append(g.batch.Lengths, int(n))
	}
	return g
}

func ints(t *Tensor) []int32 {
	out := make([]int32, len(t.Data))
	for i, v := range t.Data {
		out[i] = int32(v)
	}
	return out
}

// real opens a model of the shared folder, or skips.
func real(t testing.TB, name string) *Checkpoint {
	t.Helper()
	dir := filepath.Join(shared(), "models", name)
	if own := os.Getenv("STANDPOINT_MPNET"); own != "" && name == "all-mpnet-base-v2" {
		dir = own
	}
	if _, err := os.Stat(filepath.Join(dir, weightsFile)); err != nil {
		t.Skipf("model %s is not there (STANDPOINT_SHARED names the folder that holds models/): %v", name, err)
	}
	c, err := OpenCheckpoint(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func shared() string {
	if dir := os.Getenv("STANDPOINT_SHARED"); dir != "" {
		return dir
	}
	return filepath.Join("..", "..", "..", "shared")
}

// capture encodes b and copies what leaves each layer, the embeddings first.
func capture(t testing.TB, e *Encoder, b Batch) [][]float32 {
	t.Helper()
	out := make([][]float32, e.Config.Layers+1)
	s := State{watch: func(layer int, hidden []float32) { out[layer] = append(out[layer], hidden...) }}
	if e.Encode(b, &s) == nil {
		t.Fatal(e.Config.CheckBatch(b))
	}
	return out
}

func furthest(a, b []float32) (distance float64) {
	for i, v := range a {
		d := math.Abs(float64(v) - float64(b[i]))
		if !(d <= distance) {
			distance = d
		}
	}
	return distance
}

var tiny = []string{"tiny-bert", "tiny-bert-head", "tiny-mpnet"}

func TestHiddenStatesOfTinyModels(t *testing.T) {
	for _, name := range tiny {
		dir := filepath.Join("testdata", name)
		c, err := ReadCheckpoint(dir)
		if err != nil {
			t.Fatal(err)
		}
		g := readGolden(t, filepath.Join(dir, "golden.safetensors"))
		for _, p := range kernel.Available() {
			e, err := NewEncoder(c, Options{Path: p, Portable: p == kernel.Portable})
			if err != nil {
				t.Fatal(err)
			}
			for i, got := range capture(t, e, g.batch) {
				want := g.tensors["hidden."+string(rune('0'+i))].Data
				if len(got) != len(want) {
					t.Fatalf("%s %v layer %d: %d values, want %d", name, p, i, len(got), len(want))
				}
				if d := furthest(got, want); !(d < 1e-4) {
					t.Errorf("%s %v layer %d: states differ by %.2g", name, p, i, d)
				}
			}
		}
	}
}

var models = []string{"bge-small-en-v1.5", "all-MiniLM-L6-v2", "all-mpnet-base-v2"}

func TestHiddenStatesOfRealModels(t *testing.T) {
	for _, name := range models {
		t.Run(name, func(t *testing.T) {
			c := real(t, name)
			g := readGolden(t, filepath.Join("testdata", name+".golden.safetensors"))
			samples, norms := g.tensors["samples"], g.tensors["norms"].Data
			e, err := NewEncoder(c, Options{})
			if err != nil {
				t.Fatal(err)
			}
			worst, n := 0.0, samples.Shape[1]
			for i, states := range capture(t, e, g.batch) {
				d := furthest(sample(states, n), samples.Data[i*n:(i+1)*n])
				worst = max(worst, d)
				if !(d < 1e-4) {
					t.Errorf("layer %d: sampled states differ by %.2g", i, d)
				}
				if r := norm2(states) / float64(norms[i]); !(math.Abs(r-1) < 1e-6) {
					t.Errorf("layer %d: norm %.8g times the reference's", i, r)
				}
			}
			t.Logf("furthest from the reference: %.2g", worst)
		})
	}
}

// sample takes n values at equal distances, as the script does.
func sample(x []float32, n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = x[i*(len(x)/n)]
	}
	return out
}

func norm2(x []float32) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum)
}

// leastCosine is how near the last layer's states stay to float32's.
const leastCosine = 0.999

func TestLowPrecisionStaysClose(t *testing.T) {
	for _, name := range models {
		t.Run(name, func(t *testing.T) {
			c := real(t, name)
			g := readGolden(t, filepath.Join("testdata", name+".golden.safetensors"))
			reference, err := NewEncoder(c, Options{})
			if err != nil {
				t.Fatal(err)
			}
			want := capture(t, reference, g.batch)
			for _, precision := range []kernel.Precision{kernel.BFloat16, kernel.Int8} {
				e, err := NewEncoder(c, Options{Precision: precision})
				if err != nil {
					t.Fatal(err)
				}
				for i, got := range capture(t, e, g.batch) {
					mean, least := cosines(got, want[i], c.Config.Hidden)
					if testing.Verbose() {
						t.Logf("%v layer %d: cosine of a token %.5f, at least %.5f", precision, i, mean, least)
					}
					if i == c.Config.Layers && !(mean >= leastCosine) {
						t.Errorf("%v: mean cosine %.5f", precision, mean)
					}
				}
			}
		})
	}
}

// cosines compares token by token.
func cosines(a, b []float32, width int) (mean, least float64) {
	least = 1
	for at := 0; at < len(a); at += width {
		dot := 0.0
		for i := at; i < at+width; i++ {
			dot += float64(a[i]) * float64(b[i])
		}
		cos := dot / norm2(a[at:at+width]) / norm2(b[at:at+width])
		mean, least = mean+cos, min(least, cos)
	}
	return mean / float64(len(a)/width), least
}

func TestRelativeBuckets(t *testing.T) {
	want := readBuckets(t)
	for i, w := range want {
		if d := i - len(want)/2; RelativeBucket(d) != int(w) {
			t.Errorf("bucket of distance %d is %d, want %d", d, RelativeBucket(d), int(w))
		}
	}
}

func readBuckets(t *testing.T) []int32 {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "buckets.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	tensors, _, err := ReadTensors(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	return ints(tensors["buckets"])
}
