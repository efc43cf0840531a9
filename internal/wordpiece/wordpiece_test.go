package wordpiece

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// open reads a tokenizer.json.
func open(t testing.TB, path string) *Tokenizer {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	k, err := New(f)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// A reference is what Hugging Face's library makes of a text: id, start and
// end of every token.
type reference struct {
	Text   string     `json:"text"`
	Bytes  []byte     `json:"base64"`
	Repeat int        `json:"repeat"`
	Tokens [][3]int64 `json:"tokens"`
}

func (r reference) text() string { return strings.Repeat(r.Text+string(r.Bytes), max(r.Repeat, 1)) }

// compare encodes every text of a file of references and counts those that
// come out otherwise.
func compare(t *testing.T, k *Tokenizer, path string) (texts, different int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<28)
	for lines.Scan() {
		var want reference
		if err := json.Unmarshal(lines.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		got := k.Encode(nil, want.text())
		same := slices.EqualFunc(got, want.Tokens, func(a Token, b [3]int64) bool {
			return int64(a.ID) == b[0] && int64(a.Start) == b[1] && int64(a.End) == b[2]
		})
		texts++
		if same {
			continue
		}
		if different++; different <= 20 {
			t.Errorf("%s: %.200q\n got %.400v\nwant %.400v", filepath.Base(path), want.text(), got, want.Tokens)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return texts, different
}

func TestGolden(t *testing.T) {
	for _, name := range []string{"bert", "mpnet", "cased"} {
		k := open(t, filepath.Join("testdata", name+".json"))
		if n, _ := compare(t, k, filepath.Join("testdata", name+".golden.jsonl")); n < 200 {
			t.Errorf("%s: %d texts", name, n)
		}
	}
}

// STANDPOINT_WORDPIECE names a folder of pairs NAME.json and NAME.jsonl, as
// scripts/wordpiece_compare.py makes.
func TestReferences(t *testing.T) {
	dir := os.Getenv("STANDPOINT_WORDPIECE")
	if dir == "" {
		t.Skip("STANDPOINT_WORDPIECE is unset: scripts/wordpiece_compare.py sets it")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no references in %s", dir)
	}
	for _, f := range files {
		n, different := compare(t, open(t, strings.TrimSuffix(f, "l")), f)
		t.Logf("%-40s %7d texts, %d different", filepath.Base(f), n, different)
	}
}

func TestRoles(t *testing.T) {
	bert, mpnet := open(t, "testdata/bert.json"), open(t, "testdata/mpnet.json")
	for _, c := range []struct {
		k     *Tokenizer
		got   int32
		token string
	}{
		{bert, bert.CLS(), "[CLS]"}, {bert, bert.SEP(), "[SEP]"}, {bert, bert.PAD(), "[PAD]"}, {bert, bert.MASK(), "[MASK]"}, {bert, bert.UNK(), "[UNK]"},
		{mpnet, mpnet.CLS(), "<s>"}, {mpnet, mpnet.SEP(), "</s>"}, {mpnet, mpnet.PAD(), "<pad>"}, {mpnet, mpnet.MASK(), "<mask>"}, {mpnet, mpnet.UNK(), "[UNK]"},
	} {
		if id, ok := c.k.ID(c.token); !ok || id != c.got {
			t.Errorf("%s: id %d, %t, role %d", c.token, id, ok, c.got)
		}
	}
	if id, ok := bert.ID("tion"); ok {
		t.Errorf("tion has id %d", id)
	}
	if id, ok := bert.ID("##tion"); !ok || int(id) >= bert.Size() {
		t.Errorf("##tion has id %d of %d, %t", id, bert.Size(), ok)
	}
}

// Every broken file is an error that says where, and none a panic.
func TestNewErrors(t *testing.T) {
	whole, err := os.ReadFile("testdata/bert.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"clean_text": true`, `"clean_text": 1`, "clean_text"},
		{`"clean_text": true`, `"clean": true`, "clean_text"},
		{`"strip_accents": null`, `"strip_accents": "no"`, "strip_accents"},
		{`"BertNormalizer"`, `"NFC"`, "normalizer"},
		{`"normalizer": {`, `"normalizer": null, "x": {`, "normalizer"},
		{`"BertPreTokenizer"`, `"Whitespace"`, "pre_tokenizer"},
		{`"type": "WordPiece", "unk`, `"type": "BPE", "unk`, "model"},
		{`"unk_token": "[UNK]"`, `"unk_token": "[unk]"`, "unk_token"},
		{`"max_input_chars_per_word": 100`, `"max_input_chars_per_word": -1`, "max_input_chars_per_word"},
		{`"continuing_subword_prefix": "##"`, `"other": 1`, "continuing_subword_prefix"},
		{`"[PAD]": 0`, `"[PAD]": -1`, "[PAD]"},
		{`"[PAD]": 0`, `"[PAD]": 1.5`, "[PAD]"},
		{`"[PAD]": 0`, `"[PAD]": {}`, "[PAD]"},
		{`"vocab": {`, `"vocab": [], "v": {`, "vocab"},
		{`"content": "[SEP]"`, `"content": "[END]"`, "</s>"},
		{`"single_word": false`, `"single_word": true`, "single_word"},
		{`"the"`, "\"th\xff\"", "UTF-8"},
		{`"model"`, `"model`, "invalid"},
	} {
		broken := strings.Replace(string(whole), c.old, c.new, 1)
		if broken == string(whole) {
			t.Errorf("%s: nothing to replace", c.old)
		}
		if _, err := New(strings.NewReader(broken)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one of %s", c.new, err, c.want)
		}
	}
}

// Encode keeps what dst holds and allocates nothing beyond it.
func TestEncodeAppends(t *testing.T) {
	k := open(t, "testdata/mpnet.json")
	text := "The soldiers said “no” in the <mask> café, 日本 – a<b."
	dst := k.Encode(nil, text)
	both := k.Encode(dst, text)
	if !slices.Equal(both[:len(dst)], dst) || !slices.Equal(both[len(dst):], dst) {
		t.Errorf("%v, then %v", dst, both)
	}
	var s scratch
	k.encode(nil, &s, text)
	if n := testing.AllocsPerRun(100, func() { dst = k.encode(dst[:0], &s, text) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzEncode(f *testing.F) {
	names := []string{"bert", "mpnet", "cased"}
	var all []*Tokenizer
	for _, name := range names {
		all = append(all, open(f, "testdata/"+name+".json"))
	}
	for _, s := range []string{"The café [SEP] <mask>", "caf\xc3", "\u0344\u302e\u0323", "한국日本", "\x00\x7f", "a<unk>b [new]  [MASK] "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for i, k := range all {
			start, end := 0, 0
			for _, n := range k.Encode(nil, text) {
				if n.Start < start || n.End < end || n.Start >= n.End || n.End > len(text) {
					t.Fatalf("%s: %q: token %v after %d..%d", names[i], text, n, start, end)
				}
				if n.ID < 0 || int(n.ID) >= k.Size() {
					t.Fatalf("%s: %q: id %d of %d", names[i], text, n.ID, k.Size())
				}
				if utf8.ValidString(text) && !utf8.ValidString(text[n.Start:n.End]) {
					t.Fatalf("%s: %q: token %v cuts a character", names[i], text, n)
				}
				start, end = n.Start, n.End
			}
		}
	})
}

// FuzzNew finds no file that makes New or what it returns panic.
func FuzzNew(f *testing.F) {
	for _, name := range []string{"bert", "mpnet", "cased"} {
		file, err := os.ReadFile("testdata/" + name + ".json")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if k, err := New(strings.NewReader(string(file))); err == nil {
			k.Encode(nil, "The café [SEP] <mask> 日本 \xff")
		}
	})
}
