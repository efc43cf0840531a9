package transformer

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// TestWriteForPython is the Go half of scripts/transformer_roundtrip.py: it
// reads each checkpoint of STANDPOINT_ROUNDTRIP/source, changes a weight,
// writes it into STANDPOINT_ROUNDTRIP/written and beside it the hidden states
// that it computes from what it wrote.
func TestWriteForPython(t *testing.T) {
	root := os.Getenv("STANDPOINT_ROUNDTRIP")
	if root == "" {
		t.Skip("the Go half of scripts/transformer_roundtrip.py")
	}
	sources, err := filepath.Glob(filepath.Join(root, "source", "*"))
	if err != nil || len(sources) == 0 {
		t.Fatal("no checkpoints in STANDPOINT_ROUNDTRIP/source", err)
	}
	for _, dir := range sources {
		c, err := ReadCheckpoint(dir)
		if err != nil {
			t.Fatal(err)
		}
		c.Tensor(c.Config.LayerNames(0).Up + ".bias").Data[0] += 0.5
		to := filepath.Join(root, "written", filepath.Base(dir))
		if err := c.Write(to); err != nil {
			t.Fatal(err)
		}
		batch := readGolden(t, filepath.Join(root, "inputs", filepath.Base(dir)+".safetensors")).batch
		writeStates(t, to, batch)
	}
}

// writeStates encodes batch by the checkpoint in dir and keeps what leaves each
// layer in states.safetensors.
func writeStates(t *testing.T, dir string, batch Batch) {
	t.Helper()
	c, err := OpenCheckpoint(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	e, err := NewEncoder(c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	tensors := map[string]*Tensor{}
	for i, states := range capture(t, e, batch) {
		tensors["hidden."+strconv.Itoa(i)] = NewTensor(states, batch.Tokens(), c.Config.Hidden)
	}
	var file bytes.Buffer
	if err := WriteTensors(&file, tensors, nil); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "states.safetensors"), file.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
