package similar

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestNormalise(t *testing.T) {
	for in, want := range map[string]string{
		"":                                "",
		" … — ":                           "",
		"“We’ll  stay,” he said":          "we'll stay he said",
		"'We'll stay', he said.":          "we'll stay he said",
		"Shi'ite/Shi’ite":                 "shi'ite shi'ite",
		"5,200 troops, 3.5 % in the U.S.": "5200 troops 3.5 in the us",
		"pull-out – now":                  "pull out now",
		"Cafe\u0301 ﬁle":                  "café file",
		"미군 철수":                           "미군 철수",
	} {
		if got := Normalise(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzNormalise(f *testing.F) {
	f.Add("“We’ll stay,” he said: 5,200.5 U.S.A. H\u0331")
	f.Fuzz(func(t *testing.T, s string) {
		n := Normalise(s)
		if again := Normalise(n); again != n {
			t.Errorf("%q: %q, then %q", s, n, again)
		}
		newWording(s)
		Sign(s)
	})
}

func TestStem(t *testing.T) {
	for _, same := range [][]string{
		{"leave", "leaves", "leaving"},
		{"stop", "stops", "stopped", "stopping"},
		{"carry", "carries", "carried", "carrying"},
		{"base", "bases"},
		{"fall", "falls", "falling"},
	} {
		for _, w := range same[1:] {
			if stem(w) != stem(same[0]) {
				t.Errorf("%s: %s, %s: %s", same[0], stem(same[0]), w, stem(w))
			}
		}
	}
}

func TestEstimates(t *testing.T) {
	word := func(i int) string { return fmt.Sprintf("w%d", i) }
	text := func(from, to int) string {
		var b strings.Builder
		for i := from; i < to; i++ {
			b.WriteString(word(i) + " ")
		}
		return b.String()
	}
	for _, c := range []struct {
		a, b               string
		jaccard, contained float64
	}{
		{text(0, 500), text(0, 500), 1, 1},
		{text(0, 500), text(0, 250), 0.5, 1},
		{text(0, 500), text(250, 750), 1.0 / 3, 0.5},
		{text(0, 500), text(500, 1000), 0, 0},
		{text(0, 500), "", 0, 0},
		{"", "", 0, 0},
	} {
		a, b := Sign(c.a), Sign(c.b)
		if got := a.Jaccard(b); math.Abs(got-c.jaccard) > 0.15 {
			t.Errorf("Jaccard %.2f, want %.2f", got, c.jaccard)
		}
		if got := a.Containment(b); math.Abs(got-c.contained) > 0.25 {
			t.Errorf("containment %.2f, want %.2f", got, c.contained)
		}
	}
}

// pairs of texts and whether one is an edit of the other.
type pair struct {
	a, b string
	same bool
}

// A count is of answers about pairs.
type count struct{ hit, missed, wrong, right int }

func (c *count) add(want, got bool) {
	switch {
	case want && got:
		c.hit++
	case want:
		c.missed++
	case got:
		c.wrong++
	default:
		c.right++
	}
}

func (c count) precision() float64 { return float64(c.hit) / float64(c.hit+c.wrong) }
func (c count) recall() float64    { return float64(c.hit) / float64(c.hit+c.missed) }
func (c count) String() string {
	return fmt.Sprintf("precision %.3f, recall %.3f (%d hit, %d missed, %d wrong, %d right)",
		c.precision(), c.recall(), c.hit, c.missed, c.wrong, c.right)
}

// TestPairs measures both groupings on 200 pairs, each pair grouped alone.
func TestPairs(t *testing.T) {
	utterances, articles := utterancePairs(t), articlePairs(t)
	if n := len(utterances) + len(articles); n != 200 {
		t.Fatalf("%d pairs", n)
	}
	t.Run("utterances of one holder", func(t *testing.T) {
		measure(t, utterances, 0.88, 0.92, func(p pair) bool { return grouped(p, "Park", "Park") })
	})
	t.Run("utterances under two names", func(t *testing.T) {
		measure(t, utterances, 0.94, 0.74, func(p pair) bool { return grouped(p, "Park", "Wolny") })
	})
	t.Run("articles", func(t *testing.T) {
		measure(t, articles, 1, 0.96, func(p pair) bool {
			var x Index
			x.Add("a_2", Sign(p.a))
			x.Add("a_1", Sign(p.b))
			g := x.Groups()
			return g[0] == g[1]
		})
	})
}

func grouped(p pair, holder, other string) bool {
	var u Utterances
	u.Add("u_2", holder, p.a)
	u.Add("u_1", other, p.b)
	g := u.Groups()
	return g[0] == g[1]
}

func measure(t *testing.T, pairs []pair, precision, recall float64, same func(pair) bool) {
	t.Helper()
	var c count
	for _, p := range pairs {
		got := same(p)
		c.add(p.same, got)
		if got != p.same && testing.Verbose() {
			t.Logf("same %v, not %v: %.70s | %.70s", p.same, got, p.a, p.b)
		}
	}
	t.Log(c)
	if c.precision() < precision || c.recall() < recall {
		t.Errorf("%v; measured before: precision %.3f, recall %.3f", c, precision, recall)
	}
}

func utterancePairs(t *testing.T) []pair {
	t.Helper()
	var pairs []pair
	base := ""
	for _, block := range blocks(t, "testdata/utterances.txt") {
		for line := range strings.Lines(block) {
			kind, text, _ := strings.Cut(strings.TrimSpace(line), ": ")
			if kind == "base" {
				base = text
				continue
			}
			pairs = append(pairs, pair{base, text, kind == "same"})
		}
	}
	return pairs
}

// articlePairs edits each article in four ways, and pairs it with each other
// article; some of those print the same background.
func articlePairs(t *testing.T) []pair {
	t.Helper()
	texts := blocks(t, "testdata/articles.txt")
	background, texts := texts[0], texts[1:]
	var pairs []pair
	for i, a := range texts {
		for _, edit := range []func(string) string{shortened, reworded, punctuated, embedded} {
			pairs = append(pairs, pair{a, edit(a), true})
		}
		for _, b := range texts[i+1:] {
			pairs = append(pairs, pair{a, b, false})
		}
		if i%2 == 0 {
			pairs = append(pairs, pair{a + "\n\n" + background, texts[i+1] + "\n\n" + background, false})
		}
	}
	return pairs
}

// shortened is the first half under another headline.
func shortened(s string) string {
	_, s, _ = strings.Cut(s, ". ")
	return "News in short. " + s[:len(s)/2] + "... [+1234 chars]"
}

// reworded is what a translation there and back leaves: every few words
// another word, articles gone, contractions spelt out.
func reworded(s string) string {
	return strings.NewReplacer(
		" said ", " stated ", " told ", " informed ", " asked ", " requested ", " would ", " will ", " the last ", " the final ",
		"n't", " not", "'s ", " is ", " because ", " since ", " after ", " following ", " later ", " afterwards ",
		" people ", " persons ", " soldiers ", " troops ", " closed ", " shut ", " new ", " fresh ", " who ", " that ",
		" and the ", " plus the ", " have ", " possess ", " for a ", " during a ", " promised ", " pledged ",
	).Replace(s)
}

// punctuated has typewriter marks, closing ones lost, and Windows line ends.
func punctuated(s string) string {
	s = strings.NewReplacer("“", "\"", "”", "", "’", "'", ". ", ".\r\n\r\n", ", ", " , ", " - ", " – ").Replace(s)
	return "By our staff\r\n" + s
}

// embedded is most of it inside a crawler's page.
func embedded(s string) string {
	sentences := strings.SplitAfter(s, ". ")
	kept := strings.Join(sentences[2:len(sentences)-1], "")
	return "Home World Business Sport Weather Sign in Subscribe Most read Listen to this article Share " + kept +
		" Read more: Ferry strike enters third week. Follow us. All rights reserved. Terms of use. Advertise with us."
}

func blocks(t *testing.T, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(strings.TrimSpace(string(b)), "\n\n")
	return slices.DeleteFunc(blocks, func(s string) bool { return strings.HasPrefix(s, "#") })
}

// TestOrder groups the same texts added in other orders.
func TestOrder(t *testing.T) {
	pairs := utterancePairs(t)
	var texts []string
	for _, p := range pairs {
		texts = append(texts, p.a, p.b)
	}
	group := func(order []int) (map[string]string, map[string]string) {
		var x Index
		var u Utterances
		ids := make([]string, len(order))
		for k, i := range order {
			ids[k] = fmt.Sprintf("u_%03d", i)
			u.Add(ids[k], fmt.Sprint("holder ", i%3), texts[i])
			x.Add(ids[k], Sign(texts[i]))
		}
		return byItem(ids, u.Groups()), byItem(ids, x.Groups())
	}
	order := make([]int, len(texts))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(1, 1))
	utterances, articles := group(order)
	for range 5 {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		u, a := group(order)
		for id := range u {
			if u[id] != utterances[id] || a[id] != articles[id] {
				t.Fatalf("%s: %s and %s, then %s and %s", id, utterances[id], articles[id], u[id], a[id])
			}
			if u[id] > id || u[u[id]] != u[id] {
				t.Fatalf("%s: group %s isn't named by its smallest member", id, u[id])
			}
		}
	}
}

func byItem(ids, groups []string) map[string]string {
	m := map[string]string{}
	for i, id := range ids {
		m[id] = groups[i]
	}
	return m
}

func TestShortAndEmpty(t *testing.T) {
	for _, c := range []struct {
		a, b, other string // texts of Park and of the other holder
		same        bool
	}{
		{"", "", "Park", false},
		{"We are here.", "We were there.", "Park", false},
		{"The troops must leave.", "the soldiers must withdraw", "Park", true},
		{"The troops must leave.", "The troops must leave.", "Wolny", false},
		{"The troops must leave.", "The troops must not leave.", "Park", false},
	} {
		if got := grouped(pair{a: c.a, b: c.b}, "Park", c.other); got != c.same {
			t.Errorf("%q, %q: %v", c.a, c.b, got)
		}
	}
	var u Utterances
	u.Add("u_1", "Park", "yes")
	u.Add("u_1", "Park", "no")
	if g := u.Groups(); g[1] != "u_1" {
		t.Error(g)
	}
	var x Index
	x.Add("a_1", Sign(""))
	x.Add("a_0", Sign("…"))
	if g := x.Groups(); g[0] != "a_1" || g[1] != "a_0" {
		t.Error(g)
	}
}

func BenchmarkSign(b *testing.B) {
	blocks := strings.Split(mustRead(b, "testdata/articles.txt"), "\n\n")
	text := strings.Join(blocks, "\n")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Sign(text)
	}
}

func mustRead(b *testing.B, path string) string {
	s, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	return string(s)
}
