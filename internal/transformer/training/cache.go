package training

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// A stateCache is a file of the states above the frozen layers of all
// examples, one after another as float32. Its name and its first bytes are the
// digest of the weights under it and of the examples' tokens.
type stateCache struct {
	name   string
	digest [32]byte
	starts []int64 // first row of each example, and one past the last
	hidden int
	file   *os.File
}

const statesMagic = "SPSTATE1"

// openCache opens the states above the frozen layers, and makes them first
// where they are not there.
func (t *trainer) openCache(ctx context.Context) (*stateCache, error) {
	if t.opt.Freeze == 0 || t.opt.Cache == "" || !t.sameEveryEpoch() {
		return nil, nil
	}
	c, err := newStateCache(t)
	if err != nil {
		return nil, fmt.Errorf("states: %w", err)
	}
	if err := c.open(); err == nil {
		return c, nil
	}
	if err := c.fill(ctx, t); err != nil {
		return nil, fmt.Errorf("states: %w", err)
	}
	if err := c.open(); err != nil {
		return nil, fmt.Errorf("states: %w", err)
	}
	return c, nil
}

// newStateCache works out which file holds the states.
func newStateCache(t *trainer) (*stateCache, error) {
	c := &stateCache{hidden: t.network().base.Config.Hidden, starts: make([]int64, t.examples()+1)}
	h := sha256.New()
	describeWeights(h, t.network(), t.opt.Freeze)
	fmt.Fprintf(h, "%d %d\n", t.opt.Freeze, t.opt.Precision)
	for i := range t.examples() {
		b := t.batch(0, []int{i})
		fmt.Fprintf(h, "%v %v\n", b.IDs, b.Types)
		c.starts[i+1] = c.starts[i] + int64(len(b.IDs))
	}
	h.Sum(c.digest[:0])
	c.name = filepath.Join(t.opt.Cache, hex.EncodeToString(c.digest[:8])+".states")
	return c, nil
}

// head is how the file starts.
func (c *stateCache) head() []byte { return append([]byte(statesMagic), c.digest[:]...) }

// open opens the file if it is whole and the right one.
func (c *stateCache) open() error {
	f, err := os.Open(c.name)
	if err != nil {
		return err
	}
	head := c.head()
	got := make([]byte, len(head))
	_, err = io.ReadFull(f, got)
	info, statErr := f.Stat()
	if err != nil || statErr != nil || !bytes.Equal(got, head) || info.Size() != c.offset(len(c.starts)-1) {
		f.Close()
		return fmt.Errorf("%s is not the file of these states", c.name)
	}
	c.file = f
	return nil
}

// offset is where an example's states begin.
func (c *stateCache) offset(example int) int64 {
	return int64(len(statesMagic)+sha256.Size) + 4*c.starts[example]*int64(c.hidden)
}

// fill passes all examples through the frozen layers.
func (c *stateCache) fill(ctx context.Context, t *trainer) error {
	return writeWhole(c.name, func(w io.Writer) error {
		if _, err := w.Write(c.head()); err != nil {
			return err
		}
		clock, batches := newClock(0), (t.examples()+predictBatch-1)/predictBatch
		for from := 0; from < t.examples(); from += predictBatch {
			if err := ctx.Err(); err != nil {
				return err
			}
			var examples []int
			for i := from; i < min(from+predictBatch, t.examples()); i++ {
				examples = append(examples, i)
			}
			if err := writeFloats(w, t.workOut(0, examples)); err != nil {
				return err
			}
			t.reportStates(clock, from/predictBatch+1, batches)
		}
		return nil
	})
}

// read is the states of examples, packed.
func (c *stateCache) read(examples []int) ([]float32, error) {
	var out []float32
	for _, i := range examples {
		size, at := c.offset(i+1)-c.offset(i), len(out)
		out = slices.Grow(out, int(size/4))[:at+int(size/4)]
		if err := readFloats(io.NewSectionReader(c.file, c.offset(i), size), out[at:]); err != nil {
			return nil, fmt.Errorf("states: %w", err)
		}
	}
	return out, nil
}

func (c *stateCache) close() {
	if c != nil && c.file != nil {
		c.file.Close()
	}
}
