package training

import (
	"context"
	"fmt"
	"hash"
	"math/rand/v2"
	"slices"

	"github.com/nlpodyssey/spago/mat"

	"standpoint/internal/transformer"
)

// Masking is how words are hidden.
type Masking struct {
	Mask    int32   // id of the token that stands for a hidden one
	Special []int32 // ids that are never hidden, as those that open and close a text
	Share   float64 // of tokens to be foretold; 0.15
	Keep    float64 // of these, how many stay as they are; 0.1; as many are replaced by any other token
}

// A MaskedLM is an encoder with the head that foretells hidden words. Its
// decoder is the word embeddings, as in transformers' BertForMaskedLM and
// MPNetForMaskedLM.
type MaskedLM struct {
	net       network
	masking   Masking
	transform linearParams
	norm      normParams
	bias      *Param
}

// NewMaskedLM puts the head on an encoder: the checkpoint's own where it has
// one, else one drawn from the seed. The checkpoint is not changed.
func NewMaskedLM(c *transformer.Checkpoint, masking Masking, seed uint64) (*MaskedLM, error) {
	if masking.Share == 0 {
		masking.Share = 0.15
	}
	if masking.Keep == 0 {
		masking.Keep = 0.1
	}
	if !(masking.Share > 0 && masking.Share <= 1) || !(masking.Keep >= 0 && masking.Keep <= 0.5) {
		return nil, fmt.Errorf("masking: share %v, keep %v", masking.Share, masking.Keep)
	}
	if masking.Mask < 0 || int(masking.Mask) >= c.Config.Vocab {
		return nil, fmt.Errorf("masking: token %d is not in the vocabulary", masking.Mask)
	}
	e, err := newEncoder(c)
	if err != nil {
		return nil, err
	}
	m := &MaskedLM{net: network{encoder: e, base: c, seed: seed}, masking: masking}
	m.head(c.Config)
	for _, p := range m.net.top {
		if err := p.load(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// head makes the head fresh, under the names of the architecture.
func (m *MaskedLM) head(c transformer.Config) {
	dense, norm, bias := "cls.predictions.transform.dense", "cls.predictions.transform.LayerNorm", "cls.predictions.bias"
	if c.ModelType == transformer.MPNet {
		dense, norm, bias = "lm_head.dense", "lm_head.layer_norm", "lm_head.bias"
	}
	h := c.Hidden
	m.transform = fresh(dense, h, h, c.InitRange, rand.New(rand.NewPCG(m.net.seed, headsStream)))
	m.norm.gamma = newParam(h, 1, slices.Repeat([]float32{1}, h), part{norm + ".weight", []int{h}, 0})
	m.norm.beta = newParam(h, 1, make([]float32, h), part{norm + ".bias", []int{h}, 0})
	m.bias = newParam(c.Vocab, 1, make([]float32, c.Vocab), part{bias, []int{c.Vocab}, 0})
	m.net.top = []*Param{m.transform.w, m.transform.b, m.norm.gamma, m.norm.beta, m.bias}
}

// Checkpoint is the encoder as it is now, with the head beside it. Copies of
// the decoder that the checkpoint came with are left out: it is the word
// embeddings.
func (m *MaskedLM) Checkpoint() *transformer.Checkpoint {
	c := m.net.checkpoint()
	for _, decoder := range []string{"cls.predictions.decoder", "lm_head.decoder"} {
		delete(c.Tensors, decoder+".weight")
		delete(c.Tensors, decoder+".bias")
	}
	return c
}

// Train learns from texts: token ids with the special ones in place. Which
// tokens are hidden is drawn anew each epoch. Errors are those of
// Classifier.Train.
func (m *MaskedLM) Train(ctx context.Context, texts [][]int32, opt Options) error {
	for i, ids := range texts {
		if err := m.net.base.Config.CheckBatch(transformer.Batch{IDs: ids, Lengths: []int{len(ids)}}); err != nil {
			return fmt.Errorf("text %d: %w", i, err)
		}
	}
	f := &foretelling{MaskedLM: m, texts: texts}
	f.hide = f.draw
	return train(ctx, f, opt)
}

// foretelling is a MaskedLM with what it learns from.
type foretelling struct {
	*MaskedLM
	texts [][]int32
	hide  func(epoch, text int) (ids []int32, hidden []int)
}

func (f *foretelling) network() *network    { return &f.net }
func (f *foretelling) examples() int        { return len(f.texts) }
func (f *foretelling) sameEveryEpoch() bool { return false }

// draw is a text as an epoch sees it, and which of its tokens are to be
// foretold: each with the same probability, but at least one where one can be.
func (f *foretelling) draw(epoch, text int) (ids []int32, hidden []int) {
	ids = slices.Clone(f.texts[text])
	rng := rand.New(rand.NewPCG(f.net.seed, stream(maskStream, uint64(epoch), uint64(text))))
	var free []int
	for i, id := range ids {
		if slices.Contains(f.masking.Special, id) {
			continue
		}
		free = append(free, i)
		if rng.Float64() < f.masking.Share {
			hidden = append(hidden, i)
		}
	}
	if len(hidden) == 0 && len(free) > 0 {
		hidden = []int{free[rng.IntN(len(free))]}
	}
	for _, i := range hidden {
		switch p := rng.Float64(); {
		case p < f.masking.Keep:
		case p < 2*f.masking.Keep:
			ids[i] = int32(rng.IntN(f.net.base.Config.Vocab))
		default:
			ids[i] = f.masking.Mask
		}
	}
	return ids, hidden
}

func (f *foretelling) batch(epoch int, examples []int) transformer.Batch {
	var b transformer.Batch
	for _, i := range examples {
		ids, _ := f.hide(epoch, i)
		b.Add(ids)
	}
	return b
}

// divisors is the number of tokens to be foretold.
func (f *foretelling) divisors(epoch int, examples []int) []float64 {
	n := 0
	for _, i := range examples {
		_, hidden := f.hide(epoch, i)
		n += len(hidden)
	}
	return []float64{float64(max(n, 1))}
}

func (f *foretelling) loss(g *graph, states mat.Tensor, epoch int, examples []int, divisors []float64) mat.Tensor {
	var rows []int
	var right []int32
	for k, i := range examples {
		_, hidden := f.hide(epoch, i)
		for _, at := range hidden {
			rows, right = append(rows, g.starts[k]+at), append(right, f.texts[i][at])
		}
	}
	x := g.gelu(g.linear(g.gather(states, rows), f.transform.w, f.transform.b))
	x = g.norm(x, nil, f.norm, 0, f.net.base.Config.NormEps)
	return g.tokenLoss(g.linear(x, f.net.encoder.word, f.bias), right, divisors[0])
}

func (f *foretelling) describe(h hash.Hash) {
	fmt.Fprintf(h, "masked %+v\n%v\n", f.masking, f.texts)
}
