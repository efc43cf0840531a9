package transformer

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"standpoint/internal/kernel"
)

func TestWrittenUnchangedKeepsItsBytes(t *testing.T) {
	for _, name := range tiny {
		from, to := filepath.Join("testdata", name), t.TempDir()
		c, err := ReadCheckpoint(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Write(to); err != nil {
			t.Fatal(err)
		}
		for _, file := range []string{configFile, weightsFile} {
			if !bytes.Equal(read(t, filepath.Join(from, file)), read(t, filepath.Join(to, file))) {
				t.Errorf("%s: %s is not what was read", name, file)
			}
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestQuantizedOnDiskServesTheSame(t *testing.T) {
	for _, name := range append(slices.Clone(tiny), "all-MiniLM-L6-v2") {
		t.Run(name, func(t *testing.T) {
			c, path := open(t, name)
			small, err := c.Quantize()
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := small.Write(dir); err != nil {
				t.Fatal(err)
			}
			again, err := OpenCheckpoint(os.DirFS(dir))
			if err != nil {
				t.Fatal(err)
			}
			batch := readGolden(t, path).batch
			want := encodeInt8(t, c, batch)
			if got := encodeInt8(t, again, batch); !slices.Equal(got, want) {
				t.Errorf("states differ by %.2g", furthest(got, want))
			}
			if !slices.Equal(slices.Sorted(maps.Keys(again.Tensors)), slices.Sorted(maps.Keys(c.Tensors))) {
				t.Error("the tensors have other names")
			}
		})
	}
}

// open reads a tiny or a real checkpoint and names its golden file.
func open(t *testing.T, name string) (*Checkpoint, string) {
	t.Helper()
	if !strings.HasPrefix(name, "tiny") {
		return real(t, name), filepath.Join("testdata", name+".golden.safetensors")
	}
	dir := filepath.Join("testdata", name)
	c, err := ReadCheckpoint(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c, filepath.Join(dir, "golden.safetensors")
}

func encodeInt8(t *testing.T, c *Checkpoint, b Batch) []float32 {
	t.Helper()
	e, err := NewEncoder(c, Options{Precision: kernel.Int8})
	if err != nil {
		t.Fatal(err)
	}
	return e.Encode(b, &State{})
}

// TestSizeOfQuantized: the whole of bge-small is 33 MB, scales and positions
// apart.
func TestSizeOfQuantized(t *testing.T) {
	c := real(t, "bge-small-en-v1.5")
	small, err := c.Quantize()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := small.Write(dir); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, int8File))
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 35e6 {
		t.Errorf("%d bytes", info.Size())
	}
}

func TestWeightsThatAreNot(t *testing.T) {
	for want, change := range map[string]func(*Checkpoint){
		"is missing": func(c *Checkpoint) { delete(c.Tensors, EmbeddingNorm+".weight") },
		"has shape":  func(c *Checkpoint) { c.Tensors[PositionEmbeddings].Shape = []int{1, 1} },
		"not one of": func(c *Checkpoint) { c.Tensors[WordEmbeddings].DType = "I64" },
		"bytes for":  func(c *Checkpoint) { c.Tensors[WordEmbeddings].Data = c.Tensors[WordEmbeddings].Data[1:] },
		"scales for": func(c *Checkpoint) {
			t := c.Tensors[WordEmbeddings]
			t.DType, t.Data, t.Int8 = I8, nil, make([]int8, t.Len())
		},
		"num_hidden":  func(c *Checkpoint) { c.Config.Layers = 0 },
		"no multiple": func(c *Checkpoint) { c.Config.Heads = 5 },
	} {
		c, err := ReadCheckpoint(filepath.Join("testdata", "tiny-bert"))
		if err != nil {
			t.Fatal(err)
		}
		change(c)
		if err := c.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want an error that says %q", err, want)
		}
	}
}

func TestConfigsThatCannotBeHonoured(t *testing.T) {
	sizes := `"vocab_size":9,"hidden_size":8,"num_hidden_layers":1,"num_attention_heads":2,"intermediate_size":8,"max_position_embeddings":9`
	for text, want := range map[string]string{
		`{`:                     "config.json",
		`{"model_type":"gpt2"}`: "neither bert nor mpnet",
		`{"model_type":"bert"}`: "hidden_size",
		`{"model_type":"bert",` + sizes + `,"hidden_act":"relu"}`:                              "hidden_act",
		`{"model_type":"bert",` + sizes + `,"position_embedding_type":"relative_key"}`:         "not absolute",
		`{"model_type":"bert",` + sizes + `,"is_decoder":true}`:                                "decoder",
		`{"model_type":"bert",` + sizes + `,"quantization_config":{}}`:                         "quantization_config",
		`{"model_type":"bert",` + sizes + `,"layer_norm_eps":0}`:                               "layer_norm_eps",
		`{"model_type":"mpnet",` + sizes + `,"relative_attention_num_buckets":64}`:             "relative_attention_num_buckets",
		`{"model_type":"bert",` + sizes + `,"vocab_size":1000000000000}`:                       "vocab_size",
		`{"model_type":"bert",` + sizes + `,"hidden_dropout_prob":1}`:                          "hidden_dropout_prob",
		`{"model_type":"bert",` + sizes + `,"attention_probs_dropout_prob":-0.1,"x":"beside"}`: "attention_probs_dropout_prob",
	} {
		if _, err := ParseConfig([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want an error that says %q", text, err, want)
		}
	}
	for _, kind := range []string{BERT, MPNet} {
		if _, err := ParseConfig([]byte(`{"model_type":"` + kind + `",` + sizes + `}`)); err != nil {
			t.Error(err)
		}
	}
}

// TestSameStatesHoweverBatched: whatever a sentence lies beside, and however
// many workers there are, its states are the same bytes.
func TestSameStatesHoweverBatched(t *testing.T) {
	for _, name := range tiny {
		c, path := open(t, name)
		whole := readGolden(t, path).batch
		var one []Batch
		for at, i := 0, 0; i < len(whole.Lengths); i++ {
			n := whole.Lengths[i]
			one = append(one, Batch{IDs: whole.IDs[at : at+n], Types: whole.Types[at : at+n], Lengths: []int{n}})
			at += n
		}
		for _, p := range []kernel.Precision{kernel.Float32, kernel.BFloat16, kernel.Int8} {
			e, err := NewEncoder(c, Options{Precision: p})
			if err != nil {
				t.Fatal(err)
			}
			want := e.Encode(whole, &State{})
			for workers := 1; workers < 4; workers++ {
				got, err := e.EncodeAll(context.Background(), one, workers)
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(slices.Concat(got...), want) {
					t.Errorf("%s %v, %d workers: other states", name, p, workers)
				}
			}
		}
	}
}

func TestBatchesThatCannotBe(t *testing.T) {
	c, _ := open(t, "tiny-bert")
	for want, b := range map[string]Batch{
		"are possible":    {IDs: make([]int32, 67), Lengths: []int{67}},
		"add up":          {IDs: make([]int32, 3), Lengths: []int{2}},
		"vocabulary":      {IDs: []int32{96}, Lengths: []int{1}},
		"token types for": {IDs: []int32{1}, Types: []int32{}, Lengths: []int{1}},
		"is not one of":   {IDs: []int32{1}, Types: []int32{2}, Lengths: []int{1}},
	} {
		if err := c.Config.CheckBatch(b); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want an error that says %q", err, want)
		}
	}
	e, err := NewEncoder(c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if states := e.Encode(Batch{}, &State{}); len(states) != 0 {
		t.Errorf("%d values of no tokens", len(states))
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := e.EncodeAll(stopped, []Batch{{IDs: []int32{1}, Lengths: []int{1}}}, 1); err == nil {
		t.Error("a context that has ended does not stop it")
	}
}

// FuzzReadTensors: no file makes it panic or take memory that the file does
// not have, and what is read is written as bytes that read the same.
func FuzzReadTensors(f *testing.F) {
	for _, name := range []string{"buckets.safetensors", "tiny-bert/model.safetensors"} {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("\x10\x00\x00\x00\x00\x00\x00\x00{\"a\":1}         "))
	f.Fuzz(func(t *testing.T, b []byte) {
		tensors, metadata, err := ReadTensors(bytes.NewReader(b), int64(len(b)))
		if err != nil || foldScales(maps.Clone(tensors)) != nil {
			return
		}
		var first, second bytes.Buffer
		if err := WriteTensors(&first, tensors, metadata); err != nil {
			t.Fatal(err)
		}
		tensors, metadata, err = ReadTensors(bytes.NewReader(first.Bytes()), int64(first.Len()))
		if err != nil {
			t.Fatal(err)
		}
		if err := WriteTensors(&second, tensors, metadata); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Fatal("other bytes the second time", err)
		}
	})
}
