package wordpiece

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/sugarme/tokenizer"
	bert "github.com/sugarme/tokenizer/normalizer"
	"github.com/sugarme/tokenizer/pretokenizer"
	"github.com/sugarme/tokenizer/pretrained"
)

// document is what is read of tokenizer.json beside the vocabulary.
type document struct {
	AddedTokens   []tokenizer.TokenConfig `json:"added_tokens"`
	Normalizer    map[string]any          `json:"normalizer"`
	PreTokenizer  map[string]any          `json:"pre_tokenizer"`
	PostProcessor struct {
		Type           string `json:"type"`
		TrimOffsets    *bool  `json:"trim_offsets"`
		AddPrefixSpace *bool  `json:"add_prefix_space"`
	} `json:"post_processor"`
	Model struct {
		Type      string  `json:"type"`
		Unknown   string  `json:"unk_token"`
		Prefix    *string `json:"continuing_subword_prefix"`
		MostChars int     `json:"max_input_chars_per_word"`
	} `json:"model"`
}

// New reads a tokenizer.json: a WordPiece model with BertNormalizer and
// BertPreTokenizer. Anything else, an added token that wants single words, and
// a file without the tokens of the five tasks are errors.
func New(tokenizerJSON io.Reader) (*Tokenizer, error) {
	t, err := read(tokenizerJSON)
	if err != nil {
		return nil, fmt.Errorf("tokenizer.json: %w", err)
	}
	return t, nil
}

func read(r io.Reader) (*Tokenizer, error) {
	file, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if len(file) > 1<<30 || !utf8.Valid(file) {
		return nil, errors.New("more than 1 GiB, or not UTF-8")
	}
	t := &Tokenizer{}
	file, t.words, err = cutVocabulary(file)
	if err != nil {
		return nil, err
	}
	var d document
	if err := json.Unmarshal(file, &d); err != nil {
		return nil, err
	}
	if t.norm, err = d.normaliser(); err != nil {
		return nil, err
	}
	if err := d.checkPreTokenizer(); err != nil {
		return nil, err
	}
	if err := d.complete(t.words); err != nil {
		return nil, err
	}
	if err := t.add(&d); err != nil {
		return nil, err
	}
	t.prepare()
	return t, nil
}

// normaliser reads BertNormalizer. The types are checked first, since
// CreateNormalizer panics on others.
func (d *document) normaliser() (normaliser, error) {
	if d.Normalizer["type"] != "BertNormalizer" {
		return normaliser{}, fmt.Errorf("normalizer is %v, not BertNormalizer", d.Normalizer["type"])
	}
	for _, name := range []string{"clean_text", "handle_chinese_chars", "lowercase"} {
		if _, ok := d.Normalizer[name].(bool); !ok {
			return normaliser{}, fmt.Errorf("normalizer: %s is %v, not true or false", name, d.Normalizer[name])
		}
	}
	strip, given := d.Normalizer["strip_accents"].(bool)
	if !given && d.Normalizer["strip_accents"] != nil {
		return normaliser{}, fmt.Errorf("normalizer: strip_accents is %v, not true, false or null", d.Normalizer["strip_accents"])
	}
	created, err := pretrained.CreateNormalizer(d.Normalizer)
	if err != nil {
		return normaliser{}, fmt.Errorf("normalizer: %w", err)
	}
	b, ok := created.(*bert.BertNormalizer)
	if !ok {
		return normaliser{}, fmt.Errorf("normalizer: unexpected %T", created)
	}
	if !given {
		strip = b.Lowercase
	}
	return normaliser{clean: b.CleanText, chinese: b.HandleChineseChars, strip: strip, lower: b.Lowercase}, nil
}

func (d *document) checkPreTokenizer() error {
	if d.PreTokenizer["type"] != "BertPreTokenizer" {
		return fmt.Errorf("pre_tokenizer is %v, not BertPreTokenizer", d.PreTokenizer["type"])
	}
	created, err := pretrained.CreatePreTokenizer(d.PreTokenizer)
	if err != nil {
		return fmt.Errorf("pre_tokenizer: %w", err)
	}
	if _, ok := created.(*pretokenizer.BertPreTokenizer); !ok {
		return fmt.Errorf("pre_tokenizer: unexpected %T", created)
	}
	return nil
}

// complete gives the vocabulary the model's parameters and makes it ready.
func (d *document) complete(v *vocabulary) error {
	m := &d.Model
	if m.Type != "WordPiece" {
		return fmt.Errorf("model is %q, not WordPiece", m.Type)
	}
	if m.MostChars <= 0 || m.Prefix == nil {
		return errors.New("model: no max_input_chars_per_word or continuing_subword_prefix")
	}
	v.mostChars = m.MostChars
	v.index(*m.Prefix)
	return nil
}

// add takes the added tokens. As in Hugging Face's library a token's id is the
// vocabulary's or the next free one, never the one that the file gives beside
// it, and the last of two equal ones holds.
func (t *Tokenizer) add(d *document) error {
	trim := d.PostProcessor.Type == "RobertaProcessing" && !isFalse(d.PostProcessor.TrimOffsets)
	if trim && !isFalse(d.PostProcessor.AddPrefixSpace) {
		return errors.New("post_processor: trim_offsets with add_prefix_space isn't supported")
	}
	t.added = map[string]int32{}
	free := t.words.count
	kept := map[int32]tokenizer.TokenConfig{}
	for _, a := range d.AddedTokens {
		if a.Content == "" {
			continue
		}
		if a.SingleWord {
			return fmt.Errorf("added token %q: single_word isn't supported", a.Content)
		}
		id, ok := t.ID(a.Content)
		if !ok {
			id = free
			free++
		}
		t.added[a.Content] = id
		kept[id] = a
	}
	t.match(kept, trim)
	return t.assign(d.Model.Unknown)
}

func isFalse(b *bool) bool { return b != nil && !*b }

// match makes the matchers.
func (t *Tokenizer) match(kept map[int32]tokenizer.TokenConfig, trim bool) {
	var raw, normed []added
	var s scratch
	for _, id := range slices.Sorted(maps.Keys(kept)) {
		c := kept[id]
		a := added{c.Content, id, c.Lstrip, c.Rstrip}
		if !c.Normalized {
			raw = append(raw, a)
			continue
		}
		s.text, s.source = s.text[:0], s.source[:0]
		t.norm.apply(&s, a.pattern, 0, len(a.pattern))
		a.pattern = string(s.text)
		normed = append(normed, a)
	}
	t.raw, t.normed = newMatcher(raw, trim), newMatcher(normed, trim)
}

// assign finds the tokens of the tasks among the added ones.
func (t *Tokenizer) assign(unknown string) error {
	var ok bool
	if t.roles.unk, ok = t.words.id(unknown); !ok {
		return fmt.Errorf("model: unk_token %q is not in the vocabulary", unknown)
	}
	for _, role := range []struct {
		id          *int32
		bert, mpnet string
	}{
		{&t.roles.cls, "[CLS]", "<s>"},
		{&t.roles.sep, "[SEP]", "</s>"},
		{&t.roles.pad, "[PAD]", "<pad>"},
		{&t.roles.mask, "[MASK]", "<mask>"},
	} {
		if *role.id, ok = t.added[role.bert]; ok {
			continue
		}
		if *role.id, ok = t.added[role.mpnet]; !ok {
			return fmt.Errorf("added_tokens: neither %s nor %s", role.bert, role.mpnet)
		}
	}
	return nil
}

// prepare fills the tables of the quick way through ASCII text.
func (t *Tokenizer) prepare() {
	var s scratch
	for c := range t.lower {
		t.lower[c] = byte(c)
		if t.norm.lower {
			t.lower[c] = byte(lowerOf(rune(c)))
		}
	}
	for c := range t.ascii {
		f := flagsOf(rune(c))
		switch {
		case c >= 0x80 || f&flagDrop != 0 || t.normed.first[t.lower[c&0x7f]]:
			t.ascii[c] = careful
		case f&flagSpace != 0:
			t.ascii[c] = space
		case f&flagPunct != 0:
			t.ascii[c] = punct
			t.single[c] = t.plain(nil, &s, string(rune(c)), 0, 1)[0].ID
		}
	}
}
