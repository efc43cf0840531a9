package transformer

import (
	"encoding/json"
	"fmt"
)

// Architectures that the package knows, as config.json's model_type.
const (
	BERT  = "bert"
	MPNet = "mpnet"
)

// Config is what config.json says about an encoder, under Hugging Face's names.
type Config struct {
	ModelType        string  `json:"model_type"` // BERT or MPNet
	Hidden           int     `json:"hidden_size"`
	Layers           int     `json:"num_hidden_layers"`
	Heads            int     `json:"num_attention_heads"`
	Intermediate     int     `json:"intermediate_size"`
	Activation       string  `json:"hidden_act"` // "gelu", the one with erf
	NormEps          float64 `json:"layer_norm_eps"`
	Positions        int     `json:"max_position_embeddings"`
	Types            int     `json:"type_vocab_size,omitempty"` // 0 for MPNet
	Vocab            int     `json:"vocab_size"`
	Pad              int     `json:"pad_token_id"`
	HiddenDropout    float64 `json:"hidden_dropout_prob"`
	AttentionDropout float64 `json:"attention_probs_dropout_prob"`
	InitRange        float64 `json:"initializer_range"`
	Buckets          int     `json:"relative_attention_num_buckets,omitempty"` // MPNet's; 0 for BERT
}

// mpnetPad is the id that MPNet's positions skip: a constant of the
// architecture, not of config.json.
const mpnetPad = 1

// HeadSize is the width of one attention head.
func (c Config) HeadSize() int { return c.Hidden / c.Heads }

// MaxTokens is the length of the longest sentence, special tokens included:
// the position embeddings, less the two that MPNet sets aside.
func (c Config) MaxTokens() int {
	if c.ModelType == MPNet {
		return c.Positions - mpnetPad - 1
	}
	return c.Positions
}

// ParseConfig reads a config.json. What it leaves out takes the value that
// transformers would give it, sizes excepted, which must be there. An
// architecture, an activation, a setting or a size that the Encoder cannot
// honour is an error that names it.
func ParseConfig(text []byte) (Config, error) {
	var kind struct {
		ModelType    string          `json:"model_type"`
		PositionKind string          `json:"position_embedding_type"`
		Decoder      bool            `json:"is_decoder"`
		Cross        bool            `json:"add_cross_attention"`
		Quantized    json.RawMessage `json:"quantization_config"`
	}
	if err := json.Unmarshal(text, &kind); err != nil {
		return Config{}, fmt.Errorf("config.json: %w", err)
	}
	switch {
	case kind.ModelType != BERT && kind.ModelType != MPNet:
		return Config{}, fmt.Errorf("config.json: model_type %q is neither bert nor mpnet", kind.ModelType)
	case kind.PositionKind != "" && kind.PositionKind != "absolute":
		return Config{}, fmt.Errorf("config.json: position_embedding_type %q is not absolute", kind.PositionKind)
	case kind.Decoder, kind.Cross:
		return Config{}, fmt.Errorf("config.json: a decoder (is_decoder, add_cross_attention), not an encoder")
	case len(kind.Quantized) > 0 && string(kind.Quantized) != "null":
		return Config{}, fmt.Errorf("config.json: quantization_config is not supported")
	}
	c := defaults(kind.ModelType)
	if err := json.Unmarshal(text, &c); err != nil {
		return Config{}, fmt.Errorf("config.json: %w", err)
	}
	if c.ModelType == MPNet {
		c.Types = 0
	} else {
		c.Buckets = 0
	}
	if err := c.Check(); err != nil {
		return Config{}, fmt.Errorf("config.json: %w", err)
	}
	return c, nil
}

func defaults(modelType string) Config {
	c := Config{
		ModelType: modelType, Activation: "gelu", NormEps: 1e-12,
		HiddenDropout: 0.1, AttentionDropout: 0.1, InitRange: 0.02,
	}
	if modelType == MPNet {
		c.Pad, c.Buckets = mpnetPad, relativeBuckets
	} else {
		c.Types = 2
	}
	return c
}

// Check reports the first setting that the Encoder cannot honour.
func (c Config) Check() error {
	if c.ModelType != BERT && c.ModelType != MPNet {
		return fmt.Errorf("model_type %q is neither bert nor mpnet", c.ModelType)
	}
	if c.Activation != "gelu" {
		return fmt.Errorf("hidden_act %q is not gelu", c.Activation)
	}
	if !(c.NormEps > 0 && c.NormEps < 1) {
		return fmt.Errorf("layer_norm_eps %v is not between 0 and 1", c.NormEps)
	}
	for _, p := range []struct {
		name  string
		value float64
	}{
		{"hidden_dropout_prob", c.HiddenDropout}, {"attention_probs_dropout_prob", c.AttentionDropout},
	} {
		if !(p.value >= 0 && p.value < 1) {
			return fmt.Errorf("%s %v is no probability under 1", p.name, p.value)
		}
	}
	return c.checkSizes()
}

// checkSizes bounds what a file may make the program allocate.
func (c Config) checkSizes() error {
	types, buckets := [2]int{1, 1 << 10}, [2]int{0, 0}
	positions := 1
	if c.ModelType == MPNet {
		types, buckets, positions = buckets, [2]int{relativeBuckets, relativeBuckets}, mpnetPad+2
	}
	for _, s := range []struct {
		name             string
		value, low, high int
	}{
		{"hidden_size", c.Hidden, 1, 1 << 14},
		{"num_hidden_layers", c.Layers, 1, 1 << 10},
		{"num_attention_heads", c.Heads, 1, 1 << 10},
		{"intermediate_size", c.Intermediate, 1, 1 << 16},
		{"max_position_embeddings", c.Positions, positions, 1 << 20},
		{"type_vocab_size", c.Types, types[0], types[1]},
		{"vocab_size", c.Vocab, 1, 1 << 24},
		{"pad_token_id", c.Pad, 0, max(c.Vocab-1, 0)},
		{"relative_attention_num_buckets", c.Buckets, buckets[0], buckets[1]},
	} {
		if s.value < s.low || s.value > s.high {
			return fmt.Errorf("%s %d is not between %d and %d", s.name, s.value, s.low, s.high)
		}
	}
	if c.Hidden%c.Heads != 0 {
		return fmt.Errorf("hidden_size %d is no multiple of num_attention_heads %d", c.Hidden, c.Heads)
	}
	return nil
}

// torchTypes are the names that config.json gives to types of weights.
var torchTypes = map[DType]string{F32: "float32", F16: "float16", BF16: "bfloat16"}

// dtypeKeys are where config.json may say it, the newer name first.
var dtypeKeys = []string{"dtype", "torch_dtype"}

// sameDType reports whether a config.json names no other type than the
// weights have: transformers would round them to it on loading.
func sameDType(config []byte, dtype DType) bool {
	var fields map[string]any
	if json.Unmarshal(config, &fields) != nil {
		return false
	}
	for _, key := range dtypeKeys {
		if said, ok := fields[key]; ok && torchTypes[dtype] != "" && said != torchTypes[dtype] {
			return false
		}
	}
	return true
}

// render writes c as a config.json for weights of a type, keeping what
// original holds beside it.
func (c Config) render(original []byte, dtype DType) ([]byte, error) {
	fields := map[string]any{"architectures": []string{c.architecture()}}
	if len(original) > 0 {
		if err := json.Unmarshal(original, &fields); err != nil {
			return nil, err
		}
	}
	own, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(own, &fields); err != nil {
		return nil, err
	}
	for _, key := range dtypeKeys {
		delete(fields, key)
	}
	if name, ok := torchTypes[dtype]; ok {
		fields["torch_dtype"] = name
	}
	out, err := json.MarshalIndent(fields, "", "  ")
	return append(out, '\n'), err
}

func (c Config) architecture() string {
	if c.ModelType == MPNet {
		return "MPNetModel"
	}
	return "BertModel"
}
