package data_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"standpoint/internal/labels"
)

// run is how many words in a row count as copied.
const run = 8

// Nothing stands in our texts that stands in the real ones beside the project.
func TestNothingIsCopied(t *testing.T) {
	shared := labels.Shared()
	if !filepath.IsAbs(shared) {
		shared = filepath.Join("..", shared)
	}
	if _, err := os.Stat(filepath.Join(shared, "unlabelled")); err != nil {
		t.Skip("no shared texts beside the checkout (STANDPOINT_SHARED)")
	}
	ours := map[string]string{}
	for _, a := range articles(t) {
		each(a.Body, func(words string) { ours[words] = a.ArticleID })
	}
	samples, err := filepath.Glob("sample/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range samples {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		each(string(b), func(words string) { ours[words] = file })
	}
	theirs(t, shared, func(name, body string) {
		each(body, func(words string) {
			if where, ok := ours[words]; ok && !strings.Contains(setPhrases, words) {
				t.Errorf("%s: %q stands in %s", where, words, name)
			}
		})
	})
}

// setPhrases hold the runs that are nobody's own: titles, names of bodies,
// formulas.
const setPhrases = `
the chairman of the joint chiefs of staff
in the first three months of the year
in the north and east of the country
out of the country by the end of the
the official who asked not to be identified said
the official who asked not to be named
the official who spoke on condition of anonymity said
in iraq at the invitation of the government
the 2001 authorization for the use of military force
the government of prime minister nouri al maliki
for the nato led international security assistance force
the board of governors of the international atomic energy agency in vienna
a member of the house foreign affairs committee who was
`

// each calls yield with every run of eight words of a text, in lower case and
// without marks.
func each(body string, yield func(words string)) {
	words := strings.FieldsFunc(strings.ToLower(strings.NewReplacer("’", "", "'", "").Replace(body)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for i := run; i <= len(words); i++ {
		yield(strings.Join(words[i-run:i], " "))
	}
}

// theirs reads the real texts: seeds, real articles, unlabelled prose.
func theirs(t *testing.T, shared string, yield func(name, body string)) {
	t.Helper()
	for _, pattern := range []string{"seeds/*.txt", "realdev/texts/*.txt"} {
		files, err := filepath.Glob(filepath.Join(shared, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			yield(file, string(b))
		}
	}
	lines(t, filepath.Join(shared, "unlabelled", "voa.txt"), func(line string) { yield("voa.txt", line) })
	lines(t, filepath.Join(shared, "unlabelled", "realprose.jsonl"), func(line string) {
		var p struct{ ID, Text string }
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		yield(p.ID, p.Text)
	})
}

func lines(t *testing.T, file string, yield func(string)) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		yield(in.Text())
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
}

func readArticles(file string) ([]labels.Article, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return labels.ReadArticles(f, file)
}
