package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"standpoint/internal/transformer"
	"standpoint/internal/transformer/transformertest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"train": main})
}

// TestScripts runs testdata/script: sessions at the command line, with
// commands of their own.
//
//	gold DIR [wrong]     write a folder of gold; wrong: with favor and against exchanged
//	encoder DIR          write a tiny encoder
//	exit CODE ARG...     run train and check its exit code
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"gold": scriptGold, "encoder": scriptEncoder, "exit": scriptExit},
	})
}

func scriptExit(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec("train", args[1:]...)
	if got := exitOf(err); got != args[0] {
		ts.Fatalf("train %s: exit %s, not %s", strings.Join(args[1:], " "), got, args[0])
	}
}

func scriptEncoder(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(transformertest.Tiny(transformer.BERT).Write(ts.MkAbs(args[0])))
}

func exitOf(err error) string {
	if err == nil {
		return "0"
	}
	return strings.TrimPrefix(err.Error(), "exit status ")
}

// forms are statements by their label.
var forms = []struct {
	words, stance string
	strength      int
	sentiment     string
}{
	{"the troops should stay for the sake of the %s", "favor", 2, "neutral"},
	{"the foreign troops must leave for the sake of the %s", "against", -2, "negative"},
	{"trainers may remain for the %s but combat troops should go", "mixed", 0, "neutral"},
	{"talks on the mission of the troops will be held by the %s", "neutral", 0, "neutral"},
	{"the price of bread had doubled for the %s", "unrelated", 0, "negative"},
}

func scriptGold(ts *testscript.TestScript, _ bool, args []string) {
	var articles, units strings.Builder
	for i, who := range strings.Fields("farmers elders doctors drivers miners teachers sailors bakers nurses judges welders tailors porters grocers fishers") {
		split := "train"
		if i >= 10 {
			split = "test"
		}
		for k, f := range forms {
			id, text := fmt.Sprintf("a_%02d%d", i, k), fmt.Sprintf(f.words, who)
			stance, strength := f.stance, f.strength
			if len(args) > 1 && split == "train" && k < 2 {
				stance, strength = forms[1-k].stance, forms[1-k].strength
			}
			fmt.Fprintf(&articles, `{"article_id":%q,"title":"","body":"Ms. Park said %s.","split":%q,"story":"s%d"}`+"\n", id, text, split, i)
			fmt.Fprintf(&units, `{"article_id":%q,"start_byte":14,"end_byte":%d,"text":%q,"kind":"indirect","actor":"Hana Park","holder":"Hana Park","host_country":"Iraq","stance":%q,"stance_strength":%d,"sentiment":%q,"certain":1}`+"\n",
				id, 14+len(text), text, stance, strength, f.sentiment)
		}
	}
	for name, content := range map[string]string{"articles": articles.String(), "units": units.String()} {
		dir := filepath.Join(ts.MkAbs(args[0]), name)
		ts.Check(os.MkdirAll(dir, 0o777))
		ts.Check(os.WriteFile(filepath.Join(dir, "made.jsonl"), []byte(content), 0o666))
	}
}
