package transformer

import (
	"fmt"
	"iter"
	"math"
	"runtime"
	"slices"
	"sync"

	"standpoint/internal/kernel"
)

// Options choose how an Encoder computes. The zero value is float32 on the
// machine's best path, or on the one that STANDPOINT_CPU names.
type Options struct {
	Path      kernel.Path // 0 stands for kernel.Best()
	Portable  bool        // kernel.Portable, which Path's zero cannot ask for
	Precision kernel.Precision
	Layers    int // only so many of the lower layers; 0 stands for all
}

func (o Options) path() kernel.Path {
	if o.Path == 0 && !o.Portable {
		return kernel.Best()
	}
	return o.Path
}

// Encoder computes hidden states. It is safe for any number of goroutines,
// each with a State of its own. Of the checkpoint it was made from it shares
// what is as small there as it would be here, int8 or 16 bits of embeddings:
// the checkpoint may be dropped, its Data changed.
type Encoder struct {
	Config Config

	path      kernel.Path
	words     *Tensor   // (Vocab, Hidden), float32, 16 bits or int8
	positions []float32 // (MaxTokens, Hidden); MPNet's pad row before them
	types     []float32 // (Types, Hidden)
	norm      norm
	layers    []layer
	bias      []float32 // (Heads, 2*MaxTokens-1) of q·k, by key less query position; MPNet's
	states    sync.Pool
}

type norm struct{ gamma, beta []float32 }

type layer struct {
	qkv                       linear // (3*Hidden, Hidden)
	out                       linear
	inner                     []slice
	attentionNorm, outputNorm norm
}

// NewEncoder prepares a checkpoint for serving. With Int8 the linear layers
// and the word embeddings are quantised unless they already are; an int8
// checkpoint under another precision computes with the values it has left.
func NewEncoder(c *Checkpoint, opt Options) (*Encoder, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	config := c.Config
	if opt.Layers < 0 || opt.Layers > config.Layers {
		return nil, fmt.Errorf("%d layers asked of %d", opt.Layers, config.Layers)
	}
	if opt.Layers > 0 {
		config.Layers = opt.Layers
	}
	e := &Encoder{Config: config, path: opt.path(), layers: make([]layer, config.Layers)}
	e.states.New = func() any { return new(State) }
	e.loadEmbeddings(c, opt.Precision)
	e.loadLayers(c, opt.Precision)
	return e, nil
}

func (e *Encoder) loadEmbeddings(c *Checkpoint, precision kernel.Precision) {
	e.words = servingTable(c.Tensor(WordEmbeddings), precision)
	e.positions = slices.Clone(c.Tensor(PositionEmbeddings).Floats())
	e.norm = loadNorm(c, EmbeddingNorm)
	if e.Config.ModelType == MPNet {
		e.bias = relativeBias(c.Tensor(RelativeBias).Floats(), e.Config)
		return
	}
	e.types = slices.Clone(c.Tensor(TypeEmbeddings).Floats())
}

// servingTable is a matrix of embeddings in the smallest form that the
// precision allows: as stored if that is no more than 16 bits.
func servingTable(t *Tensor, precision kernel.Precision) *Tensor {
	switch {
	case t.DType == I8, precision == kernel.Int8:
		return t.quantize(1)
	case t.Data == nil:
		return t
	case precision == kernel.BFloat16:
		return &Tensor{Shape: t.Shape, DType: BF16, stored: encode16(t.Data, floatToBfloat)}
	}
	return NewTensor(slices.Clone(t.Data), t.Shape...)
}

func loadNorm(c *Checkpoint, name string) norm {
	return norm{
		gamma: slices.Clone(c.Tensor(name + ".weight").Floats()),
		beta:  slices.Clone(c.Tensor(name + ".bias").Floats()),
	}
}

// loadLayers loads layers side by side.
func (e *Encoder) loadLayers(c *Checkpoint, precision kernel.Precision) {
	share(runtime.GOMAXPROCS(0), len(e.layers), func(_ int, jobs iter.Seq[int]) {
		l := &loader{Checkpoint: c, path: e.path, precision: precision}
		for i := range jobs {
			e.layers[i] = l.layer(c.Config.LayerNames(i))
		}
	})
}

func (l *loader) layer(n LayerNames) layer {
	states, inner := sliceCount(l.Config.Hidden, stateUnits), sliceCount(l.Config.Intermediate, innerUnits)
	qkv := l.pack(l.weights(states, n.Query, n.Key, n.Value))
	out := l.pack(l.weights(states, n.Out))
	up, down := l.weights(states, n.Up), l.weights(inner, n.Down)
	return layer{
		qkv: qkv, out: out, inner: l.packSlices(up, down),
		attentionNorm: loadNorm(l.Checkpoint, n.AttentionNorm),
		outputNorm:    loadNorm(l.Checkpoint, n.OutputNorm),
	}
}

// State is one goroutine's work space. The zero value is ready; it grows to
// the longest batch and is then reused without allocating.
type State struct {
	scratch kernel.Scratch
	hidden  []float32 // (tokens, Hidden), Encode's result
	qkv     []float32 // (group, 3*Hidden)
	context []float32 // (group, Hidden)
	sum     []float32 // (group, Hidden)
	inner   []float32 // (group, Intermediate), or a slice of it
	made    []float32 // (group, Hidden), what a slice of inner units makes
	part    []float32 // (blockRows, Out), what a slice of inputs makes
	scores  []float32 // (sentence, sentence)
	in      rows      // of states or context
	units   rows      // of inner units

	watch func(layer int, hidden []float32) // sees what leaves each layer, 0 the embeddings
}

// grow returns n elements of a buffer, enlarging it when it is too small.
func grow(buffer *[]float32, n int) []float32 {
	if cap(*buffer) < n {
		*buffer = make([]float32, n+n/4)
	}
	return (*buffer)[:n]
}

// Encode computes the hidden states (tokens, Hidden) of b's tokens after the
// last layer. They are s's memory: its next use overwrites them. The result is
// nil when b does not pass Config.CheckBatch.
func (e *Encoder) Encode(b Batch, s *State) []float32 {
	if e.Config.CheckBatch(b) != nil {
		return nil
	}
	hidden := grow(&s.hidden, b.Tokens()*e.Config.Hidden)
	e.encode(hidden, b, s)
	return hidden
}

// encode fills hidden a group at a time.
func (e *Encoder) encode(hidden []float32, b Batch, s *State) {
	h := e.Config.Hidden
	for at, group := range b.groups {
		e.encodeGroup(hidden[at*h:(at+group.Tokens())*h], group, s)
	}
}

// encodeGroup computes the states x (n, Hidden) of a group.
func (e *Encoder) encodeGroup(x []float32, b Batch, s *State) {
	e.embed(x, b)
	n, h := b.Tokens(), e.Config.Hidden
	e.normalize(x, x, nil, e.norm)
	if s.watch != nil {
		s.watch(0, x)
	}
	qkv, context := grow(&s.qkv, n*3*h), grow(&s.context, n*h)
	sum := grow(&s.sum, n*h)
	for i := range e.layers {
		l := &e.layers[i]
		s.in.take(x, n, &l.qkv)
		l.qkv.apply(qkv, &s.in, kernel.None, e.path, s)
		e.attend(context, qkv, b.Lengths, s)
		s.in.take(context, n, &l.out)
		l.out.apply(sum, &s.in, kernel.None, e.path, s)
		e.normalize(x, sum, x, l.attentionNorm)
		e.feedForward(sum, x, n, l.inner, s)
		e.normalize(x, sum, x, l.outputNorm)
		if s.watch != nil {
			s.watch(i+1, x)
		}
	}
}

func (e *Encoder) normalize(dst, x, residual []float32, n norm) {
	h := e.Config.Hidden
	e.path.LayerNorm(dst, x, residual, n.gamma, n.beta, len(x)/h, h, float32(e.Config.NormEps), nil)
}

// embed sets x (n, Hidden) to the sums of words, types and positions.
func (e *Encoder) embed(x []float32, b Batch) {
	h, at := e.Config.Hidden, 0
	for _, n := range b.Lengths {
		p := position{config: &e.Config}
		for _, id := range b.IDs[at : at+n] {
			row := x[at*h : at*h+h]
			pos, typ := p.next(id), 0
			copy(row, e.positions[pos*h:pos*h+h])
			if e.types != nil && b.Types != nil {
				typ = int(b.Types[at])
			}
			if e.types != nil {
				e.path.Add(row, row, e.types[typ*h:typ*h+h])
			}
			e.words.addRow(row, int(id))
			at++
		}
	}
}

// attend sets context (n, Hidden) to the attention of queries, keys and values
// in qkv (n, 3*Hidden), within each sentence.
func (e *Encoder) attend(context, qkv []float32, lengths []int, s *State) {
	h, at := e.Config.Hidden, 0
	for _, n := range lengths {
		if n > 0 {
			e.attendSentence(context[at*h:], qkv[at*3*h:], n, s)
		}
		at += n
	}
}

func (e *Encoder) attendSentence(context, qkv []float32, n int, s *State) {
	h, d := e.Config.Hidden, e.Config.HeadSize()
	scores := grow(&s.scores, n*n)
	scale := float32(1 / math.Sqrt(float64(d)))
	for head := range e.Config.Heads {
		q, k, v := qkv[head*d:], qkv[h+head*d:], qkv[2*h+head*d:]
		if e.bias != nil {
			e.setBias(scores, head, n)
		}
		e.path.Gemm(false, true, n, n, d, q, 3*h, k, 3*h, scores, n, e.bias != nil, &s.scratch)
		e.path.Softmax(scores, n, n, scale)
		e.path.Gemm(false, false, n, d, n, scores, n, v, 3*h, context[head*d:], h, false, &s.scratch)
	}
}
