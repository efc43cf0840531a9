package model

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"standpoint/internal/features"
	"standpoint/internal/labels"
	"standpoint/internal/linear"
	"standpoint/internal/transformer"
)

// FormatVersion numbers the model folder.
//
//	1  first folder: model.json, weights.bin, README.md, EVAL.txt; a transformer
//	   has a folder encoder/ in the form of Hugging Face in place of weights.bin
const FormatVersion = 1

// Files of a model folder.
const (
	metaFile    = "model.json"
	weightsFile = "weights.bin" // of a linear model
	encoderDir  = "encoder"     // of a transformer
	CardFile    = "README.md"
	EvalFile    = "EVAL.txt"
)

// Kinds of models.
const (
	KindLinear      = "linear"      // package linear's, over sparse features
	KindTransformer = "transformer" // an encoder with heads
)

// Meta is model.json: everything that must agree between training and use.
type Meta struct {
	Name     string            `json:"name"`
	Kind     string            `json:"kind"`
	Encoder  string            `json:"encoder,omitempty"` // that a transformer was fine-tuned from
	Format   int               `json:"format_version"`
	Features int               `json:"features_version,omitempty"` // of a linear model
	Buckets  int               `json:"feature_buckets,omitempty"`
	Sequence int               `json:"sequence_version,omitempty"` // of a transformer
	Task     *transformer.Task `json:"task,omitempty"`

	Stances    []string `json:"stances"`
	Sentiments []string `json:"sentiments"`

	Stance       Calibration `json:"stance_calibration"`
	Sentiment    Calibration `json:"sentiment_calibration"`
	Threshold    float64     `json:"abstain_below"`
	ThresholdWhy string      `json:"abstain_below_why"`

	Examples   int            `json:"n_examples"`
	Stories    int            `json:"n_stories"`
	ByStance   map[string]int `json:"n_by_stance"`
	DataDigest string         `json:"data_digest"`
	From       string         `json:"from,omitempty"` // digest of the model this one was adapted from
	Documents  []string       `json:"documents"`      // learned from: short digests of their ids, sorted

	Weights       string `json:"weights_sha256"`
	WeightsLength int    `json:"weights_length"`
}

func newMeta(name string, examples []Example) Meta {
	m := Meta{
		Name: name, Format: FormatVersion, Stances: labels.Stances, Sentiments: labels.Sentiments,
		Examples: len(examples), ByStance: map[string]int{},
	}
	stories := map[string]bool{}
	for i := range examples {
		stories[examples[i].Story] = true
		m.ByStance[labels.Stances[examples[i].Stance]]++
	}
	m.Stories = len(stories)
	for i := range examples {
		m.Documents = append(m.Documents, short(examples[i].Document))
	}
	m.tidy()
	return m
}

// short is a digest of a document's id, long enough to tell thousands apart.
func short(document string) string { return digestOf([]byte(document))[:10] }

func (m *Meta) tidy() {
	slices.Sort(m.Documents)
	m.Documents = slices.Compact(m.Documents)
}

// Seen reports whether the model has learned from a document.
func (m *Meta) Seen(document string) bool {
	_, found := slices.BinarySearch(m.Documents, short(document))
	return found
}

// follow takes over what an adapted model keeps of the older one.
func (m *Meta) follow(old *Meta, digest string) {
	m.From, m.Encoder = digest, old.Encoder
	m.Documents = append(m.Documents, old.Documents...)
	m.tidy()
}

// takeCalibration takes over what probabilities mean.
func (m *Meta) takeCalibration(old *Meta) {
	m.Stance, m.Sentiment = old.Stance, old.Sentiment
	m.Threshold, m.ThresholdWhy = old.Threshold, old.ThresholdWhy
}

// encode is the two files that make up the model.
func (m *Linear) encode() (meta, weights []byte) {
	for _, part := range m.parts() {
		weights = (*part.model).Encode(weights)
	}
	m.meta.Weights, m.meta.WeightsLength = digestOf(weights), len(weights)
	return m.meta.encode(), weights
}

// encode is model.json.
func (m *Meta) encode() []byte {
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		panic(err) // Meta holds nothing that JSON can't
	}
	return append(b, '\n')
}

func digestOf(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (m *Linear) folderDigest() string {
	meta, weights := m.encode()
	return digestOf(meta, weights)
}

// Save writes the model folder, with its card and evaluation.
func (m *Linear) Save(dir, card, eval string) error {
	meta, weights := m.encode()
	if err := writeFiles(dir, file{weightsFile, weights}, file{CardFile, []byte(card)}, file{EvalFile, []byte(eval)}, file{metaFile, meta}); err != nil {
		return err
	}
	m.digest = digestOf(meta, weights)
	return nil
}

type file struct {
	name string
	data []byte
}

// writeFiles writes files in their order into a folder that is made if need be.
func writeFiles(dir string, files ...file) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.name), f.data, 0o666); err != nil {
			return err
		}
	}
	return nil
}

// Load reads a model folder and checks it: versions, label lists, sizes and
// digests. What it returns cannot fail on content.
func Load(fsys fs.FS) (Learned, error) {
	raw, meta, err := readMeta(fsys)
	if err != nil {
		return nil, err
	}
	var m Learned
	if meta.Kind == KindTransformer {
		m, err = loadTransformer(fsys, raw, meta)
	} else {
		m, err = loadLinear(fsys, raw, meta)
	}
	if err != nil {
		return nil, err
	}
	return m, nil
}

// readMeta reads and checks model.json.
func readMeta(fsys fs.FS) (raw []byte, m Meta, err error) {
	if raw, err = fs.ReadFile(fsys, metaFile); err != nil {
		return nil, m, err
	}
	if err = json.Unmarshal(raw, &m); err == nil {
		err = m.check()
	}
	if err != nil {
		return nil, m, fmt.Errorf("%s: %w", metaFile, err)
	}
	return raw, m, nil
}

func loadLinear(fsys fs.FS, raw []byte, meta Meta) (*Linear, error) {
	weights, err := fs.ReadFile(fsys, weightsFile)
	if err != nil {
		return nil, err
	}
	if len(weights) != meta.WeightsLength || digestOf(weights) != meta.Weights {
		return nil, fmt.Errorf("%s: not the weights that %s names: the digest differs", weightsFile, metaFile)
	}
	m := &Linear{meta: meta, digest: digestOf(raw, weights)}
	if err := m.decode(weights); err != nil {
		return nil, fmt.Errorf("%s: %w", weightsFile, err)
	}
	return m, nil
}

func (m *Linear) decode(b []byte) (err error) {
	for _, part := range m.parts() {
		if *part.model, b, err = linear.Decode(b); err != nil {
			return err
		}
		if n := (*part.model).Classes(); n != part.classes {
			return fmt.Errorf("%d classes of %s where %d are needed", n, part.name, part.classes)
		}
	}
	if len(b) > 0 {
		return errors.New("bytes are left over")
	}
	return nil
}

// check refuses what this program would misread.
func (m *Meta) check() error {
	switch {
	case m.Kind != KindLinear && m.Kind != KindTransformer:
		return fmt.Errorf("kind %q is unknown here", m.Kind)
	case m.Format != FormatVersion:
		return fmt.Errorf("format version %d; this program reads %d", m.Format, FormatVersion)
	case m.Kind == KindTransformer && m.Sequence != features.SequenceVersion:
		return fmt.Errorf("trained on sequences of version %d; this program has version %d: train it again", m.Sequence, features.SequenceVersion)
	case m.Kind == KindTransformer && !m.tasksFit():
		return errors.New("its task's heads are not this program's")
	case m.Kind == KindLinear && (m.Features != features.Version || m.Buckets != features.Buckets):
		return fmt.Errorf("trained with features version %d in %d buckets; this program has version %d in %d: train it again",
			m.Features, m.Buckets, features.Version, features.Buckets)
	case !slices.Equal(m.Stances, labels.Stances) || !slices.Equal(m.Sentiments, labels.Sentiments):
		return errors.New("its labels are not this program's, or in another order")
	case !slices.IsSorted(m.Documents):
		return errors.New("documents are out of order")
	case !(m.Threshold >= 0 && m.Threshold <= 1):
		return fmt.Errorf("abstain_below %g is no probability", m.Threshold)
	}
	if err := m.Stance.check(labels.NumStances); err != nil {
		return fmt.Errorf("stance_calibration: %w", err)
	}
	if err := m.Sentiment.check(labels.NumSentiments); err != nil {
		return fmt.Errorf("sentiment_calibration: %w", err)
	}
	return nil
}

// tasksFit reports whether the heads are Tasks, whatever their form and
// weights.
func (m *Meta) tasksFit() bool {
	return m.Task != nil && slices.EqualFunc(m.Task.Heads, tasks, func(h transformer.Head, t task) bool {
		return h.Name == t.name && h.Classes == t.classes
	})
}

func (c *Calibration) check(classes int) error {
	if len(c.Bias) != classes {
		return fmt.Errorf("%d biases where %d are needed", len(c.Bias), classes)
	}
	if !(c.Temperature >= 0.01 && c.Temperature <= 100) {
		return fmt.Errorf("temperature %g", c.Temperature)
	}
	for _, b := range c.Bias {
		if !(b > -100 && b < 100) {
			return fmt.Errorf("bias %g", b)
		}
	}
	return nil
}
