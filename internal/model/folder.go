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
)

// FormatVersion numbers the model folder.
//
//	1  first folder: model.json, weights.bin, README.md, EVAL.txt
const FormatVersion = 1

// Files of a model folder.
const (
	metaFile    = "model.json"
	weightsFile = "weights.bin"
	CardFile    = "README.md"
	EvalFile    = "EVAL.txt"
)

// KindLinear is the kind of model that package linear trains.
const KindLinear = "linear"

// Meta is model.json: everything that must agree between training and use.
type Meta struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Format   int    `json:"format_version"`
	Features int    `json:"features_version"`
	Buckets  int    `json:"feature_buckets"`

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
		Name: name, Kind: KindLinear, Format: FormatVersion, Features: features.Version, Buckets: features.Buckets,
		Stances: labels.Stances, Sentiments: labels.Sentiments,
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
	m.From = digest
	m.Documents = append(m.Documents, old.Documents...)
	m.tidy()
}

// encode is the two files that make up the model.
func (m *Linear) encode() (meta, weights []byte) {
	for _, part := range m.parts() {
		weights = (*part.model).Encode(weights)
	}
	m.meta.Weights, m.meta.WeightsLength = digestOf(weights), len(weights)
	meta, err := json.MarshalIndent(m.meta, "", "  ")
	if err != nil {
		panic(err) // Meta holds nothing that JSON can't
	}
	return append(meta, '\n'), weights
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
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{weightsFile, weights}, {CardFile, []byte(card)}, {EvalFile, []byte(eval)}, {metaFile, meta}} {
		if err := os.WriteFile(filepath.Join(dir, f.name), f.data, 0o666); err != nil {
			return err
		}
	}
	m.digest = digestOf(meta, weights)
	return nil
}

// Load reads a model folder and checks it: versions, label lists, sizes and
// digests. What it returns cannot fail on content.
func Load(fsys fs.FS) (Classifier, error) {
	m, err := LoadLinear(fsys)
	if err != nil {
		return nil, err
	}
	return m, nil
}

// LoadLinear is Load for those who adapt a linear model.
func LoadLinear(fsys fs.FS) (*Linear, error) {
	meta, err := fs.ReadFile(fsys, metaFile)
	if err != nil {
		return nil, err
	}
	m := &Linear{}
	if err := json.Unmarshal(meta, &m.meta); err != nil {
		return nil, fmt.Errorf("%s: %w", metaFile, err)
	}
	if err := m.meta.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", metaFile, err)
	}
	weights, err := fs.ReadFile(fsys, weightsFile)
	if err != nil {
		return nil, err
	}
	if len(weights) != m.meta.WeightsLength || digestOf(weights) != m.meta.Weights {
		return nil, fmt.Errorf("%s: not the weights that %s names: the digest differs", weightsFile, metaFile)
	}
	if err := m.decode(weights); err != nil {
		return nil, fmt.Errorf("%s: %w", weightsFile, err)
	}
	m.digest = digestOf(meta, weights)
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
	case m.Kind != KindLinear:
		return fmt.Errorf("kind %q is unknown here", m.Kind)
	case m.Format != FormatVersion:
		return fmt.Errorf("format version %d; this program reads %d", m.Format, FormatVersion)
	case m.Features != features.Version || m.Buckets != features.Buckets:
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
