package transformer

import "strconv"

// Names of the tensors that no layer owns.
const (
	WordEmbeddings     = "embeddings.word_embeddings.weight"       // (Vocab, Hidden)
	PositionEmbeddings = "embeddings.position_embeddings.weight"   // (Positions, Hidden)
	TypeEmbeddings     = "embeddings.token_type_embeddings.weight" // (Types, Hidden), BERT's
	EmbeddingNorm      = "embeddings.LayerNorm"                    // with .weight and .bias
	RelativeBias       = "encoder.relative_attention_bias.weight"  // (Buckets, Heads), MPNet's
)

// LayerNames are the names of one layer's modules; each has a .weight and a
// .bias. Linear weights are stored (out, in).
type LayerNames struct {
	Query, Key, Value, Out string // (Hidden, Hidden)
	AttentionNorm          string
	Up, Down               string // (Intermediate, Hidden), (Hidden, Intermediate)
	OutputNorm             string
}

// LayerNames names the modules of layer i as Hugging Face does.
func (c Config) LayerNames(i int) LayerNames {
	p := "encoder.layer." + strconv.Itoa(i) + "."
	n := LayerNames{
		Query: p + "attention.self.query", Key: p + "attention.self.key", Value: p + "attention.self.value",
		Out: p + "attention.output.dense", AttentionNorm: p + "attention.output.LayerNorm",
		Up: p + "intermediate.dense", Down: p + "output.dense", OutputNorm: p + "output.LayerNorm",
	}
	if c.ModelType == MPNet {
		n.Query, n.Key, n.Value = p+"attention.attn.q", p+"attention.attn.k", p+"attention.attn.v"
		n.Out, n.AttentionNorm = p+"attention.attn.o", p+"attention.LayerNorm"
	}
	return n
}

// Spec is the name and shape of a tensor that an architecture needs.
type Spec struct {
	Name  string
	Shape []int
}

// Specs lists every tensor of an encoder with this config, in a fixed order.
func (c Config) Specs() []Spec {
	h := c.Hidden
	s := []Spec{{WordEmbeddings, []int{c.Vocab, h}}, {PositionEmbeddings, []int{c.Positions, h}}}
	if c.ModelType == BERT {
		s = append(s, Spec{TypeEmbeddings, []int{c.Types, h}})
	}
	s = appendNorm(s, EmbeddingNorm, h)
	for i := range c.Layers {
		n := c.LayerNames(i)
		for _, name := range []string{n.Query, n.Key, n.Value, n.Out} {
			s = appendLinear(s, name, h, h)
		}
		s = appendNorm(s, n.AttentionNorm, h)
		s = appendLinear(s, n.Up, c.Intermediate, h)
		s = appendLinear(s, n.Down, h, c.Intermediate)
		s = appendNorm(s, n.OutputNorm, h)
	}
	if c.ModelType == MPNet {
		s = append(s, Spec{RelativeBias, []int{c.Buckets, c.Heads}})
	}
	return s
}

func appendLinear(s []Spec, name string, out, in int) []Spec {
	return append(s, Spec{name + ".weight", []int{out, in}}, Spec{name + ".bias", []int{out}})
}

func appendNorm(s []Spec, name string, width int) []Spec {
	return append(s, Spec{name + ".weight", []int{width}}, Spec{name + ".bias", []int{width}})
}
