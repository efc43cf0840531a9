package training

import (
	"hash"
	"maps"
	"slices"

	"github.com/nlpodyssey/spago/mat"

	"standpoint/internal/transformer"
)

// An objective is what is learned: a task by a Classifier, hidden words by a
// MaskedLM.
type objective interface {
	network() *network
	// examples is their number.
	examples() int
	// describe writes all that the course of training depends on.
	describe(h hash.Hash)
	// sameEveryEpoch tells whether epochs see the same tokens.
	sameEveryEpoch() bool
	// batch packs examples as an epoch sees them.
	batch(epoch int, examples []int) transformer.Batch
	// divisors are what a step's sums of losses are divided by.
	divisors(epoch int, examples []int) []float64
	// loss lays out what comes after the encoder.
	loss(g *graph, states mat.Tensor, epoch int, examples []int, divisors []float64) mat.Tensor
}

// A network is an encoder with what stands on it.
type network struct {
	encoder *encoder
	top     []*Param
	base    *transformer.Checkpoint
	seed    uint64
}

// checkpoint is the base with the weights as they are now, under the names
// that the base has for them.
func (n *network) checkpoint() *transformer.Checkpoint {
	c := *n.base
	c.Tensors = maps.Clone(n.base.Tensors)
	known := map[*transformer.Tensor]string{}
	for name, t := range n.base.Tensors {
		known[t] = name
	}
	for _, floor := range append(n.encoder.params(), n.top) {
		for _, p := range floor {
			for _, part := range p.parts {
				name := part.name
				if t := n.base.Tensor(name); t != nil {
					name = known[t]
				}
				data := slices.Clone(p.data[part.at : part.at+part.size()])
				c.Tensors[name] = transformer.NewTensor(data, part.shape...)
			}
		}
	}
	return &c
}

// Streams of random numbers, by what they are for.
const (
	headsStream = iota + 1
	shuffleStream
	dropoutStream
	maskStream
)
