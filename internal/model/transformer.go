package model

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"

	"standpoint/internal/features"
	"standpoint/internal/kernel"
	"standpoint/internal/labels"
	"standpoint/internal/transformer"
	"standpoint/internal/wordpiece"
)

// Transformer is the Classifier of an encoder with heads: one for each of the
// linear model's tasks, over the opening token, the opening mark and the
// statement (features.Sequence).
type Transformer struct {
	meta   Meta
	digest string

	checkpoint *transformer.Checkpoint
	sequencer  *features.Sequencer
	encoder    *transformer.Encoder
	heads      *transformer.Heads
	states     sync.Pool // of *transformer.State
}

// An Origin says where a model comes from.
type Origin struct {
	Name    string       // that rows bear
	Data    string       // digest of the files its examples come from
	Encoder string       // that it was fine-tuned from
	From    *Transformer // that it adapts; may be nil
}

// NewTransformer serves a checkpoint with the heads of a task, whose heads are
// Tasks'. It computes with int8 if the checkpoint holds int8, else with
// float32. Until Calibrate is called, its answers are calibrated as those of
// the model that it adapts, or not at all.
func NewTransformer(c *transformer.Checkpoint, task transformer.Task, examples []Example, o Origin) (*Transformer, error) {
	m := &Transformer{meta: newMeta(o.Name, examples), checkpoint: c}
	m.meta.DataDigest, m.meta.Encoder = o.Data, o.Encoder
	m.meta.Kind, m.meta.Sequence, m.meta.Task = KindTransformer, features.SequenceVersion, &task
	m.meta.Stance, m.meta.Sentiment = uncalibrated(labels.NumStances), uncalibrated(labels.NumSentiments)
	if o.From != nil {
		m.meta.follow(&o.From.meta, o.From.digest)
		m.meta.takeCalibration(&o.From.meta)
	}
	return m, m.prepare()
}

// prepare makes what serves from the checkpoint and the task.
func (m *Transformer) prepare() error {
	c := m.checkpoint
	tokenizer, err := wordpiece.New(bytes.NewReader(c.TokenizerJSON))
	if err != nil {
		return fmt.Errorf("tokenizer.json: %w", err)
	}
	if m.sequencer, err = features.NewSequencer(tokenizer, c.Config.ModelType == transformer.BERT); err != nil {
		return err
	}
	opt := transformer.Options{}
	if c.Tensor(transformer.WordEmbeddings).DType == transformer.I8 {
		opt.Precision = kernel.Int8
	}
	if m.encoder, err = transformer.NewEncoder(c, opt); err != nil {
		return err
	}
	if m.heads, err = transformer.NewHeads(c, *m.meta.Task, opt); err != nil {
		return err
	}
	m.states.New = func() any { return new(transformer.State) }
	return nil
}

// Name is the model's name.
func (m *Transformer) Name() string { return m.meta.Name }

// Digest is the digest of the model folder.
func (m *Transformer) Digest() string { return m.digest }

// Meta is what the model folder says of the model.
func (m *Transformer) Meta() Meta { return m.meta }

// Checkpoint is its encoder and heads; not to be changed.
func (m *Transformer) Checkpoint() *transformer.Checkpoint { return m.checkpoint }

// Tasks are the heads that a Transformer has, in their order.
func Tasks() []transformer.Head {
	var out []transformer.Head
	for _, t := range tasks {
		out = append(out, transformer.Head{Name: t.name, Classes: t.classes})
	}
	return out
}

// encodeTogether is how many instances pass the encoder together.
const encodeTogether = 16

// Predict judges instances; it stops only if ctx is cancelled.
func (m *Transformer) Predict(ctx context.Context, in []features.Instance) ([]Prediction, error) {
	ls, err := m.read(ctx, in)
	if err != nil {
		return nil, err
	}
	out := make([]Prediction, len(ls))
	for i, l := range ls {
		out[i] = m.decide(l)
	}
	return out, nil
}

// read gives the heads' log-probabilities for each instance.
func (m *Transformer) read(ctx context.Context, in []features.Instance) ([][][]float64, error) {
	out := make([][][]float64, 0, len(in))
	s := m.states.Get().(*transformer.State)
	defer m.states.Put(s)
	for from := 0; from < len(in); from += encodeTogether {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var sequences []features.Sequence
		for _, instance := range in[from:min(from+encodeTogether, len(in))] {
			sequences = append(sequences, m.sequencer.Sequence(instance))
		}
		out = append(out, m.logits(sequences, s)...)
	}
	return out, nil
}

// logits are the heads' log-probabilities for each sequence.
func (m *Transformer) logits(sequences []features.Sequence, s *transformer.State) [][][]float64 {
	var b transformer.Batch
	spans := make([][]transformer.Span, len(sequences))
	for i, q := range sequences {
		b.IDs, b.Types, b.Lengths = append(b.IDs, q.IDs...), append(b.Types, q.Types...), append(b.Lengths, len(q.IDs))
		for _, p := range q.Pooled {
			spans[i] = append(spans[i], transformer.Span{Start: p[0], End: p[1]})
		}
	}
	raw := m.heads.Logits(m.encoder.Encode(b, s), b.Lengths, spans, s)
	out := make([][][]float64, len(sequences))
	for i := range out {
		for h := range m.heads.Task.Heads {
			head := &m.heads.Task.Heads[h]
			out[i] = append(out[i], head.LogProbabilities(raw[:head.Columns()]))
			raw = raw[head.Columns():]
		}
	}
	return out
}

// decide turns the heads' log-probabilities, in the order of tasks, into a
// prediction.
func (m *Transformer) decide(l [][]float64) Prediction {
	var p Prediction
	copy(p.Stance[:], l[0])
	copy(p.Sentiment[:], l[1])
	m.meta.calibrated(&p)
	p.Strength = strengthOf(argmax(p.Stance[:]), func() int { return argmax(l[2]) }, func() int { return argmax(l[3]) })
	return p
}

// Save writes the model folder, with its card and evaluation.
func (m *Transformer) Save(dir, card, eval string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if err := m.checkpoint.Write(filepath.Join(dir, encoderDir)); err != nil {
		return err
	}
	var err error
	if m.meta.Weights, m.meta.WeightsLength, err = digestOfDir(os.DirFS(dir), encoderDir); err != nil {
		return err
	}
	meta := m.meta.encode()
	m.digest = digestOf(meta)
	return writeFiles(dir, file{CardFile, []byte(card)}, file{EvalFile, []byte(eval)}, file{metaFile, meta})
}

func loadTransformer(fsys fs.FS, raw []byte, meta Meta) (*Transformer, error) {
	digest, length, err := digestOfDir(fsys, encoderDir)
	if err != nil {
		return nil, err
	}
	if digest != meta.Weights || length != meta.WeightsLength {
		return nil, fmt.Errorf("%s: not the encoder that %s names: the digest differs", encoderDir, metaFile)
	}
	sub, err := fs.Sub(fsys, encoderDir)
	if err != nil {
		return nil, err
	}
	m := &Transformer{meta: meta, digest: digestOf(raw)}
	if m.checkpoint, err = transformer.OpenCheckpoint(sub); err == nil {
		err = m.prepare()
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", encoderDir, err)
	}
	return m, nil
}

// digestOfDir is a digest of a folder's files by name and content, and their
// size together.
func digestOfDir(fsys fs.FS, dir string) (digest string, length int, err error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return "", 0, err
	}
	h := sha256.New()
	for _, e := range entries {
		f, err := fsys.Open(path.Join(dir, e.Name()))
		if err != nil {
			return "", 0, err
		}
		fmt.Fprintf(h, "%s\x00", e.Name())
		n, err := io.Copy(h, f)
		f.Close()
		if err != nil {
			return "", 0, err
		}
		length += int(n)
	}
	return hex.EncodeToString(h.Sum(nil)), length, nil
}
