package training

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/nlpodyssey/spago/mat"

	"standpoint/internal/transformer"
)

// An encoder is the weights of a transformer.Checkpoint as Params.
type encoder struct {
	config   transformer.Config
	word     *Param
	position *Param
	types    *Param // nil for MPNet
	norm     normParams
	layers   []layerParams
	relative *Param // nil for BERT
}

type linearParams struct{ w, b *Param }

type normParams struct{ gamma, beta *Param }

type layerParams struct {
	qkv, out, up, down linearParams
	attention, output  normParams
}

// newEncoder copies the weights of c.
func newEncoder(c *transformer.Checkpoint) (*encoder, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	r := reader{c}
	e := &encoder{config: c.Config}
	e.word = r.matrix(transformer.WordEmbeddings)
	e.position = r.matrix(transformer.PositionEmbeddings)
	if c.Config.ModelType == transformer.BERT {
		e.types = r.matrix(transformer.TypeEmbeddings)
	} else {
		e.relative = r.matrix(transformer.RelativeBias)
	}
	e.norm = r.norm(transformer.EmbeddingNorm)
	for i := range c.Config.Layers {
		n := c.Config.LayerNames(i)
		e.layers = append(e.layers, layerParams{
			qkv: r.linear(n.Query, n.Key, n.Value), out: r.linear(n.Out),
			attention: r.norm(n.AttentionNorm),
			up:        r.linear(n.Up), down: r.linear(n.Down),
			output: r.norm(n.OutputNorm),
		})
	}
	return e, nil
}

// A reader makes Params of a checkpoint that has been checked.
type reader struct{ c *transformer.Checkpoint }

// stack lays tensors under one another.
func (r reader) stack(cols int, names ...string) *Param {
	var data []float32
	var parts []part
	for _, name := range names {
		t := r.c.Tensor(name)
		parts = append(parts, part{name, t.Shape, len(data)})
		data = append(data, t.Floats()...)
	}
	return newParam(len(data)/cols, cols, data, parts...)
}

func (r reader) matrix(name string) *Param {
	p := r.stack(r.c.Tensor(name).Shape[1], name)
	p.decay = true
	return p
}

func (r reader) linear(names ...string) linearParams {
	var weights, biases []string
	for _, n := range names {
		weights, biases = append(weights, n+".weight"), append(biases, n+".bias")
	}
	l := linearParams{r.stack(r.c.Tensor(weights[0]).Shape[1], weights...), r.stack(1, biases...)}
	l.w.decay = true
	return l
}

func (r reader) norm(name string) normParams {
	return normParams{r.stack(1, name+".weight"), r.stack(1, name+".bias")}
}

// params lists what learns from the input to the output: the embeddings with
// the relative bias as floor 0, then each layer.
func (e *encoder) params() [][]*Param {
	floor := []*Param{e.word, e.position}
	if e.types != nil {
		floor = append(floor, e.types)
	}
	floor = append(floor, e.norm.gamma, e.norm.beta)
	if e.relative != nil {
		floor = append(floor, e.relative)
	}
	out := [][]*Param{floor}
	for _, l := range e.layers {
		out = append(out, []*Param{
			l.qkv.w, l.qkv.b, l.out.w, l.out.b, l.attention.gamma, l.attention.beta,
			l.up.w, l.up.b, l.down.w, l.down.b, l.output.gamma, l.output.beta,
		})
	}
	return out
}

// embed is the states under the first layer.
func (e *encoder) embed(g *graph, hidden float64) mat.Tensor {
	positions := make([]int32, 0, len(g.batch.IDs))
	for i, from := range g.starts[:len(g.batch.Lengths)] {
		positions = e.config.PositionIDs(positions, g.batch.IDs[from:g.starts[i+1]])
	}
	tables, ids := []mat.Tensor{e.word, e.position}, [][]int32{g.batch.IDs, positions}
	if e.types != nil {
		types := g.batch.Types
		if types == nil {
			types = make([]int32, len(g.batch.IDs))
		}
		tables, ids = append(tables, e.types), append(ids, types)
	}
	x := g.norm(g.embedding(tables, ids), nil, e.norm, 0, e.config.NormEps)
	return g.dropout(x, g.starts, hidden)
}

// layer is the states above layer i, x being those under it.
func (e *encoder) layer(g *graph, i int, x mat.Tensor, hidden, attention float64) mat.Tensor {
	l := &e.layers[i]
	var relative mat.Tensor
	if e.relative != nil {
		relative = e.relative
	}
	eps := e.config.NormEps
	a := g.attention(g.linear(x, l.qkv.w, l.qkv.b), relative, e.config.Heads, attention)
	x = g.norm(g.linear(a, l.out.w, l.out.b), x, l.attention, hidden, eps)
	f := g.linear(g.gelu(g.linear(x, l.up.w, l.up.b)), l.down.w, l.down.b)
	return g.norm(f, x, l.output, hidden, eps)
}

// climb is the states under layer to, x being those under layer from; nil x
// stands for the embeddings.
func (e *encoder) climb(g *graph, x mat.Tensor, from, to int, opt Options) mat.Tensor {
	if x == nil {
		x = e.embed(g, opt.hiddenDropout(e.config))
	}
	for i := from; i < to; i++ {
		x = e.layer(g, i, x, opt.hiddenDropout(e.config), opt.attentionDropout(e.config))
	}
	return x
}

// fresh is a new linear layer: normal weights, zero biases.
func fresh(name string, out, in int, deviation float64, rng *rand.Rand) linearParams {
	w := make([]float32, out*in)
	for i := range w {
		w[i] = float32(rng.NormFloat64() * deviation)
	}
	l := linearParams{
		newParam(out, in, w, part{name + ".weight", []int{out, in}, 0}),
		newParam(out, 1, make([]float32, out), part{name + ".bias", []int{out}, 0}),
	}
	l.w.decay = true
	return l
}

// load replaces the weights of p by those of the checkpoint where it has all
// of them, in their shapes.
func (p *Param) load(c *transformer.Checkpoint) error {
	for _, part := range p.parts {
		t := c.Tensors[part.name]
		if t == nil {
			return nil
		}
		if len(t.Floats()) != part.size() {
			return fmt.Errorf("tensor %s has shape %v, not %v", part.name, t.Shape, part.shape)
		}
		copy(p.data[part.at:], t.Floats())
	}
	return nil
}

// tanh32 is the hyperbolic tangent.
func tanh32(x float32) float32 { return float32(math.Tanh(float64(x))) }
