package transformer

import "fmt"

// Batch is sentences packed one after another, without padding.
type Batch struct {
	IDs     []int32 // token ids, special tokens included; sum(Lengths) of them
	Types   []int32 // BERT's token types; nil stands for zeros; MPNet has none
	Lengths []int   // tokens of each sentence
}

// Add appends a sentence of token type 0.
func (b *Batch) Add(ids []int32) {
	b.IDs = append(b.IDs, ids...)
	if b.Types != nil {
		b.Types = append(b.Types, make([]int32, len(ids))...)
	}
	b.Lengths = append(b.Lengths, len(ids))
}

// Tokens is the number of tokens of all sentences.
func (b Batch) Tokens() int { return len(b.IDs) }

// CheckBatch reports why an encoder with config c cannot take b: lengths that
// do not add up, an id or a type outside its table, or a sentence longer than
// MaxTokens. Cutting such a sentence is left to the caller, who alone knows
// which end matters and that the closing special token must stay.
func (c Config) CheckBatch(b Batch) error {
	total := 0
	for i, n := range b.Lengths {
		if n < 0 || n > c.MaxTokens() {
			return fmt.Errorf("sentence %d has %d tokens; 0 to %d are possible", i, n, c.MaxTokens())
		}
		total += n
	}
	if total != len(b.IDs) {
		return fmt.Errorf("lengths add up to %d tokens, but there are %d", total, len(b.IDs))
	}
	if i := outside(b.IDs, c.Vocab); i >= 0 {
		return fmt.Errorf("token %d: id %d is not in the vocabulary of %d", i, b.IDs[i], c.Vocab)
	}
	if b.Types == nil || c.ModelType == MPNet {
		return nil
	}
	if len(b.Types) != total {
		return fmt.Errorf("%d token types for %d tokens", len(b.Types), total)
	}
	if i := outside(b.Types, c.Types); i >= 0 {
		return fmt.Errorf("token %d: type %d is not one of %d", i, b.Types[i], c.Types)
	}
	return nil
}

// outside finds the first index that is not in a table of n rows, or -1.
func outside(ids []int32, n int) int {
	for i, id := range ids {
		if id < 0 || int(id) >= n {
			return i
		}
	}
	return -1
}

// groupTokens is how many tokens go through a layer together: enough to use
// each weight often, few enough for the widest activations to stay in a
// second-level cache (256 x 1536 float32 are 1.5 MB).
const groupTokens = 256

// groups cuts b into runs of whole sentences that fit groupTokens, or hold one
// sentence, each with the index of its first token.
func (b Batch) groups(yield func(at int, group Batch) bool) {
	at := 0
	for from := 0; from < len(b.Lengths); {
		to, n := from, 0
		for ; to < len(b.Lengths) && (to == from || n+b.Lengths[to] <= groupTokens); to++ {
			n += b.Lengths[to]
		}
		g := Batch{IDs: b.IDs[at : at+n], Lengths: b.Lengths[from:to]}
		if len(b.Types) >= at+n {
			g.Types = b.Types[at : at+n]
		}
		if !yield(at, g) {
			return
		}
		from, at = to, at+n
	}
}
