// Package transformertest makes encoders for tests: whole, but tiny, with
// weights by chance and a tokenizer that spells.
package transformertest

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"standpoint/internal/transformer"
)

// words of the vocabulary; all others are spelled.
const words = "[unused0] [unused1] the troops us want must to stay leave in iraq on are no talks useful danger price"

// Tiny is an encoder of one layer of 16 units for sentences of up to 256
// tokens: transformer.BERT or transformer.MPNet. It is the same each time.
func Tiny(kind string) *transformer.Checkpoint {
	tokenizer, vocab := tokenizerOf(kind)
	config := fmt.Sprintf(`{"model_type":%q,"vocab_size":%d,"hidden_size":16,"num_hidden_layers":1,"num_attention_heads":2,
		"intermediate_size":32,"max_position_embeddings":258,"pad_token_id":%d,"hidden_act":"gelu"}`, kind, vocab, pad(kind))
	c := &transformer.Checkpoint{Tensors: map[string]*transformer.Tensor{}, TokenizerJSON: []byte(tokenizer)}
	var err error
	if c.Config, err = transformer.ParseConfig([]byte(config)); err != nil {
		panic(err) // it is written above
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for _, s := range c.Config.Specs() {
		Fill(c, rng, s.Name, s.Shape...)
	}
	return c
}

// Fill adds a tensor of chance weights.
func Fill(c *transformer.Checkpoint, rng *rand.Rand, name string, shape ...int) {
	n := 1
	for _, d := range shape {
		n *= d
	}
	data := make([]float32, n)
	for i := range data {
		data[i] = float32(rng.NormFloat64()) / 4
	}
	if strings.HasSuffix(name, "LayerNorm.weight") {
		for i := range data {
			data[i] = 1
		}
	}
	c.Tensors[name] = transformer.NewTensor(data, shape...)
}

func pad(kind string) int {
	if kind == transformer.MPNet {
		return 1
	}
	return 0
}

// tokenizerOf is a tokenizer.json and the size of its vocabulary.
func tokenizerOf(kind string) (text string, size int) {
	special := []string{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}
	if kind == transformer.MPNet {
		special = []string{"<s>", "<pad>", "</s>", "[UNK]", "<mask>"}
	}
	list := append(special, strings.Fields(words)...)
	for c := '!'; c <= '~'; c++ {
		if c < 'A' || c > 'Z' {
			list = append(list, string(c), "##"+string(c))
		}
	}
	var vocab, added []string
	for i, w := range list {
		vocab = append(vocab, strconv.Quote(w)+":"+strconv.Itoa(i))
	}
	for i, w := range special {
		added = append(added, fmt.Sprintf(`{"id":%d,"content":%q,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}`, i, w))
	}
	return fmt.Sprintf(`{"version":"1.0","added_tokens":[%s],
"normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true},
"pre_tokenizer":{"type":"BertPreTokenizer"},
"model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,"vocab":{%s}}}`,
		strings.Join(added, ","), strings.Join(vocab, ",")), len(list)
}
