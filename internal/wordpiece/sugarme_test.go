package wordpiece

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/sugarme/tokenizer"
	"github.com/sugarme/tokenizer/pretrained"
)

// fromReader is sugarme's tokenizer of a file.
func fromReader(t testing.TB, path string) *tokenizer.Tokenizer {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	k, err := pretrained.FromReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// sugarme encodes with sugarme's encoder, which panics on some texts.
func sugarme(k *tokenizer.Tokenizer, text string) (tokens []Token, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	e, err := k.EncodeSingle(text, false)
	if err != nil {
		return nil, err
	}
	for i, id := range e.Ids {
		tokens = append(tokens, Token{int32(id), e.Offsets[i][0], e.Offsets[i][1]})
	}
	return tokens, nil
}

// agreement says in what sugarme's tokens are ours.
func agreement(k *Tokenizer, s *tokenizer.Tokenizer, text string) string {
	ours := k.Encode(nil, text)
	theirs, err := sugarme(s, text)
	if err != nil {
		return "panic"
	}
	if len(ours) != len(theirs) {
		return "nothing"
	}
	what := "all"
	for i := range ours {
		if ours[i].ID != theirs[i].ID {
			return "nothing"
		}
		if ours[i] != theirs[i] {
			what = "ids"
		}
	}
	return what
}

// The vocabulary and the special tokens are those of sugarme's FromReader.
func TestSugarmeVocabulary(t *testing.T) {
	for _, name := range []string{"bert", "mpnet"} {
		path := "testdata/" + name + ".json"
		k, s := open(t, path), fromReader(t, path)
		words := s.GetVocab(true)
		if len(words) != k.Size() {
			t.Errorf("%s: %d tokens, sugarme has %d", name, k.Size(), len(words))
		}
		for token, id := range words {
			if got, ok := k.ID(token); !ok || int(got) != id {
				t.Errorf("%s: %q is %d, %t, sugarme has %d", name, token, got, ok, id)
			}
		}
	}
}

// Where sugarme's encoder agrees with Hugging Face's library, which TestGolden
// shows ours to equal: in all, in the ids only, or in nothing.
func TestSugarme(t *testing.T) {
	k, s := open(t, "testdata/bert.json"), fromReader(t, "testdata/bert.json")
	for _, c := range []struct{ what, text, want string }{
		{"nothing", "", "all"},
		{"words", "The Army WANTS the bases to stay", "all"},
		{"pieces", "unbased soldierships", "all"},
		{"unknown words", "zq qz", "all"},
		{"spaces", "  the \t\n base ", "all"},
		{"punctuation", "U.S.-based (3.5%), soldiers' x<y $5 ^ a|b", "all"},
		{"curly quotes and dashes", "“no” it’s – so…", "all"},
		{"long words", strings.Repeat("x", 101), "all"},
		{"many words", strings.Repeat("the army ", 500), "all"},
		{"special tokens", "[CLS] the base [SEP]", "all"},
		{"Chinese characters", "in日本語for", "all"},
		{"emoji", "😀", "all"},
		{"control characters", "a\x00b c\x01d e\u200bf", "all"},
		{"a euro sign before a digit", "€5", "ids"},
		{"full width", "ＦＵＬＬ", "ids"},
		{"ligatures", "ﬁle", "ids"},
		{"a dotted capital I", "İstanbul", "ids"},
		{"an unassigned character", "a\u0378b", "ids"},
		{"a special token in a word, after another", "[CLS] the[MASK]base [SEP]", "nothing"},
		{"accents in one character", "Müller", "nothing"},
		{"accents of their own", "Mu\u0308ller", "nothing"},
		{"Cyrillic", "войска", "nothing"},
		{"Hangul", "한국", "nothing"},
		{"no-break space", "a\u00a0b", "nothing"},
		{"ideographic space", "a\u3000b", "nothing"},
		{"line separator", "a\u2028b", "nothing"},
		{"a byte that is no UTF-8", "a\xff b", "nothing"},
		{"a character cut off", "caf\xc3", "panic"},
	} {
		if got := agreement(k, s, c.text); got != c.want {
			theirs, err := sugarme(s, c.text)
			t.Errorf("%s: %q: %s, want %s\nours %v\nsugarme %v %v", c.what, c.text, got, c.want, k.Encode(nil, c.text), theirs, err)
		}
	}
}
