package training

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"

	"standpoint/internal/transformer"
)

// A snapshot is a run so far: the magic, the digest of all that its course
// depends on, the steps taken, then weights and moments of each Param that
// learns, and the SHA-256 of it all. There is no random state: all that is
// drawn is a function of the seed and the position.

const snapshotMagic = "SPTRAIN1"

// describeAll is the digest of options, examples and weights at the start.
// Workers and kernels are not in it: a run may go on elsewhere.
func (t *trainer) describeAll() (digest [32]byte) {
	h := sha256.New()
	o := &t.opt
	config := t.network().base.Config
	fmt.Fprintf(h, "%d %d %d %v %v %v %v %v %d %v %v %v %v %v %v %d %d %d\n", o.Epochs, o.Batch, o.Accumulate,
		o.Rate, o.TopRate, o.LayerDecay, *o.WeightDecay, o.Warmup, o.Schedule, o.Beta1, o.Beta2, o.Epsilon, *o.Clip,
		o.hiddenDropout(config), o.attentionDropout(config), o.Freeze, o.Precision, t.network().seed)
	t.describe(h)
	describeWeights(h, t.network(), config.Layers)
	for _, p := range t.network().top {
		writeFloats(h, p.data)
	}
	h.Sum(digest[:0])
	return digest
}

// describeWeights writes the encoder's weights up to a layer.
func describeWeights(h hash.Hash, n *network, layers int) {
	fmt.Fprintf(h, "%+v\n", n.base.Config)
	for _, floor := range n.encoder.params()[:layers+1] {
		for _, p := range floor {
			writeFloats(h, p.data)
		}
	}
}

// stop saves what there is before a run ends early.
func (t *trainer) stop(why error) error {
	if err := t.save(); err != nil {
		return errors.Join(why, err)
	}
	return why
}

func (t *trainer) saveIfDue(c *clock) error {
	steps := t.opt.SnapshotSteps
	if c.sinceSave() < t.opt.SnapshotEvery && (steps == 0 || t.step%steps != 0) {
		return nil
	}
	defer c.saved()
	return t.save()
}

// save writes the snapshot, whole or not at all.
func (t *trainer) save() error {
	if t.opt.Snapshot == "" || t.saved == t.step {
		return nil
	}
	err := writeWhole(t.opt.Snapshot, func(w io.Writer) error {
		h := sha256.New()
		out := io.MultiWriter(w, h)
		io.WriteString(out, snapshotMagic)
		out.Write(t.digest[:])
		binary.Write(out, binary.LittleEndian, int64(t.step))
		for _, p := range t.optimiser.params {
			for _, x := range [][]float32{p.data, p.first, p.square} {
				if err := writeFloats(out, x); err != nil {
					return err
				}
			}
		}
		_, err := w.Write(h.Sum(nil))
		return err
	})
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	t.saved = t.step
	return nil
}

// resume takes the run up where its snapshot left it, if there is one.
func (t *trainer) resume() error {
	if t.opt.Snapshot == "" {
		return nil
	}
	f, err := os.Open(t.opt.Snapshot)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	defer f.Close()
	if err := t.read(f); err != nil {
		return fmt.Errorf("snapshot %s: %w", t.opt.Snapshot, err)
	}
	t.saved = t.step
	return nil
}

var (
	errOtherRun = errors.New("it is of another run (other options, examples, weights or seed): remove it to start anew")
	errBroken   = errors.New("it is broken: remove it to start anew")
)

// read checks the whole file before it changes anything.
func (t *trainer) read(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	floats := 0
	for _, p := range t.optimiser.params {
		floats += 3 * len(p.data)
	}
	head := make([]byte, len(snapshotMagic)+sha256.Size+8)
	if _, err := io.ReadFull(f, head); err != nil || string(head[:len(snapshotMagic)]) != snapshotMagic {
		return errBroken
	}
	if !bytes.Equal(head[len(snapshotMagic):len(head)-8], t.digest[:]) {
		return errOtherRun
	}
	step := int64(binary.LittleEndian.Uint64(head[len(head)-8:]))
	if info.Size() != int64(len(head)+4*floats+sha256.Size) || step < 0 || step > int64(t.steps) {
		return errBroken
	}
	if err := checkSum(f, info.Size()); err != nil {
		return err
	}
	if _, err := f.Seek(int64(len(head)), io.SeekStart); err != nil {
		return err
	}
	r := bufio.NewReaderSize(f, 1<<20)
	for _, p := range t.optimiser.params {
		for _, x := range [][]float32{p.data, p.first, p.square} {
			if err := readFloats(r, x); err != nil {
				return err
			}
		}
	}
	t.step = int(step)
	return nil
}

// checkSum compares the file's last bytes with the digest of those before.
func checkSum(f *os.File, size int64) error {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(f, 0, size-sha256.Size)); err != nil {
		return err
	}
	sum := make([]byte, sha256.Size)
	if _, err := f.ReadAt(sum, size-sha256.Size); err != nil {
		return err
	}
	if !bytes.Equal(sum, h.Sum(nil)) {
		return errBroken
	}
	return nil
}

// writeWhole is transformer.WriteFile, in a folder that is made if need be.
func writeWhole(name string, write func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return transformer.WriteFile(name, write)
}

// writeFloats writes x little-endian.
func writeFloats(w io.Writer, x []float32) error {
	var buf [1 << 14]byte
	for len(x) > 0 {
		n := min(len(x), len(buf)/4)
		for i, v := range x[:n] {
			binary.LittleEndian.PutUint32(buf[4*i:], math.Float32bits(v))
		}
		if _, err := w.Write(buf[:4*n]); err != nil {
			return err
		}
		x = x[n:]
	}
	return nil
}

// readFloats fills x.
func readFloats(r io.Reader, x []float32) error {
	var buf [1 << 14]byte
	for len(x) > 0 {
		n := min(len(x), len(buf)/4)
		if _, err := io.ReadFull(r, buf[:4*n]); err != nil {
			return err
		}
		for i := range x[:n] {
			x[i] = math.Float32frombits(binary.LittleEndian.Uint32(buf[4*i:]))
		}
		x = x[n:]
	}
	return nil
}
