package transformer

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Files of a checkpoint's folder.
const (
	configFile    = "config.json"
	weightsFile   = "model.safetensors"
	int8File      = "model.int8.safetensors" // another name, so that no other reader takes it for floats
	tokenizerFile = "tokenizer.json"
)

// Checkpoint is an encoder at rest. Tensors have Hugging Face's names and may
// hold more than the encoder: heads, poolers; all are written back.
type Checkpoint struct {
	Config        Config
	Tensors       map[string]*Tensor
	TokenizerJSON []byte // nil when the folder has none

	configJSON []byte            // as read, for what Config does not know
	metadata   map[string]string // of the weights' file
}

// ReadCheckpoint reads the folder dir with every floating-point tensor's Data
// in place: the form to train and change. The encoder's tensors are all there,
// in the shapes that the config promises; else it is an error.
func ReadCheckpoint(dir string) (*Checkpoint, error) {
	c, err := OpenCheckpoint(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("checkpoint %s: %w", dir, err)
	}
	for _, t := range c.Tensors {
		if t.DType == F16 || t.DType == BF16 {
			t.Data, t.stored = t.Floats(), nil
		}
	}
	return c, nil
}

// OpenCheckpoint reads a folder and leaves the numbers as they are stored
// until somebody asks: the quick way to an Encoder.
func OpenCheckpoint(fsys fs.FS) (*Checkpoint, error) {
	c := &Checkpoint{}
	var err error
	if c.configJSON, err = fs.ReadFile(fsys, configFile); err != nil {
		return nil, err
	}
	if c.Config, err = ParseConfig(c.configJSON); err != nil {
		return nil, err
	}
	if c.TokenizerJSON, err = fs.ReadFile(fsys, tokenizerFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err = c.openTensors(fsys); err != nil {
		return nil, err
	}
	return c, c.Check()
}

// openTensors reads model.safetensors, or the int8 form where that is not.
func (c *Checkpoint) openTensors(fsys fs.FS) error {
	name := weightsFile
	f, err := fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		name = int8File
		f, err = fsys.Open(name)
	}
	if err != nil {
		return fmt.Errorf("neither %s nor %s: %w", weightsFile, int8File, err)
	}
	defer f.Close()
	r, size, err := readerAt(f)
	if err == nil {
		c.Tensors, c.metadata, err = ReadTensors(r, size)
	}
	if err == nil {
		err = foldScales(c.Tensors)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func readerAt(f fs.File) (io.ReaderAt, int64, error) {
	if r, ok := f.(io.ReaderAt); ok {
		info, err := f.Stat()
		if err != nil {
			return nil, 0, err
		}
		return r, info.Size(), nil
	}
	b, err := io.ReadAll(f)
	return bytes.NewReader(b), int64(len(b)), err
}

// Tensor finds a tensor under its own name, under the prefix that models with
// a head give it, or under LayerNorm's old names; nil when there is none.
func (c *Checkpoint) Tensor(name string) *Tensor {
	if t := c.Tensors[name]; t != nil {
		return t
	}
	if t := c.Tensors[c.Config.ModelType+"."+name]; t != nil {
		return t
	}
	old := name
	if base, ok := strings.CutSuffix(name, "LayerNorm.weight"); ok {
		old = base + "LayerNorm.gamma"
	} else if base, ok := strings.CutSuffix(name, "LayerNorm.bias"); ok {
		old = base + "LayerNorm.beta"
	}
	return cmp.Or(c.Tensors[old], c.Tensors[c.Config.ModelType+"."+old])
}

// Check reports the first setting or tensor of the encoder that is missing or
// not as the config says.
func (c *Checkpoint) Check() error {
	if err := c.Config.Check(); err != nil {
		return err
	}
	for _, spec := range c.Config.Specs() {
		t := c.Tensor(spec.Name)
		switch {
		case t == nil:
			return fmt.Errorf("tensor %s is missing", spec.Name)
		case !slices.Equal(t.Shape, spec.Shape):
			return fmt.Errorf("tensor %s has shape %v, not %v", spec.Name, t.Shape, spec.Shape)
		case t.DType != F32 && t.DType != F16 && t.DType != BF16 && t.DType != I8:
			return fmt.Errorf("tensor %s is %s, not one of F32, F16, BF16, I8", spec.Name, t.DType)
		case t.DType == I8 && !t.takes(t.Scale):
			return fmt.Errorf("tensor %s has %d scales for shape %v", spec.Name, len(t.Scale), t.Shape)
		}
		if err := t.check(); err != nil {
			return fmt.Errorf("tensor %s: %w", spec.Name, err)
		}
	}
	return nil
}

// Write writes the checkpoint into dir, which is made if need be, each file
// whole or not at all. Read and written unchanged, config.json, tokenizer.json
// and what Hugging Face's library wrote as model.safetensors keep their bytes.
func (c *Checkpoint) Write(dir string) error {
	if err := c.write(dir); err != nil {
		return fmt.Errorf("checkpoint %s: %w", dir, err)
	}
	return nil
}

func (c *Checkpoint) write(dir string) error {
	if err := c.Check(); err != nil {
		return err
	}
	config, err := c.renderConfig()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	tensors, name, other := unfoldScales(c.Tensors)
	metadata := c.metadata
	if metadata == nil {
		metadata = map[string]string{"format": "pt"}
	}
	err = WriteFile(filepath.Join(dir, name), func(w io.Writer) error { return WriteTensors(w, tensors, metadata) })
	if err != nil {
		return err
	}
	// A folder has one form: the reader must not find last time's.
	if err := os.Remove(filepath.Join(dir, other)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if c.TokenizerJSON != nil {
		if err := WriteFile(filepath.Join(dir, tokenizerFile), writeBytes(c.TokenizerJSON)); err != nil {
			return err
		}
	}
	return WriteFile(filepath.Join(dir, configFile), writeBytes(config))
}

// renderConfig is config.json: as read where nothing has changed.
func (c *Checkpoint) renderConfig() ([]byte, error) {
	dtype := c.Tensor(WordEmbeddings).DType
	if c.configJSON != nil {
		read, err := ParseConfig(c.configJSON)
		if err == nil && read == c.Config && sameDType(c.configJSON, dtype) {
			return c.configJSON, nil
		}
	}
	return c.Config.render(c.configJSON, dtype)
}

func writeBytes(b []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := w.Write(b); return err }
}

// WriteFile writes a file beside its place, through to the disk, and renames it
// there: it is whole or it is not. The folder must exist.
func WriteFile(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	w := bufio.NewWriterSize(f, 1<<20)
	err = cmp.Or(write(w), w.Flush(), f.Chmod(0o644), f.Sync())
	if err = cmp.Or(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
