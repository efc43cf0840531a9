package data_test

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"standpoint/data"
	"standpoint/internal/actor"
	"standpoint/internal/eval"
	"standpoint/internal/features"
	"standpoint/internal/labels"
	"standpoint/internal/linear"
	"standpoint/internal/model"
)

// TestWhatTheGoldIsWorth prints the card's measures: what as many units of each
// source add, a learning curve, and how well written spans are told from real
// ones. It needs the texts beside the project and ten minutes:
//
//	STANDPOINT_LONG=1 go test -count=1 -v -timeout 60m -run Worth ./data
func TestWhatTheGoldIsWorth(t *testing.T) {
	if os.Getenv("STANDPOINT_LONG") == "" {
		t.Skip("measures for the card: STANDPOINT_LONG=1 runs them")
	}
	g := openGold(t)
	t.Run("exchange", func(t *testing.T) { exchangeRate(t, g) })
	t.Run("curve", func(t *testing.T) { learningCurve(t, g) })
	t.Run("discriminator", func(t *testing.T) { discriminate(t, g) })
	t.Run("giveaway", func(t *testing.T) { giveaways(t, g) })
}

// sets are the gold's examples to learn from, and those measured on.
type sets struct {
	train []model.Example
	real  []model.Example // the 26 real articles
	dev   []model.Example // real prose of dev
}

func openGold(t *testing.T) sets {
	t.Helper()
	dir := filepath.Join(labels.Shared(), "realdev", "gold.jsonl")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no real articles beside the project: %v (set STANDPOINT_SHARED)", err)
	}
	registry, err := actor.Open(data.Actors(), "")
	if err != nil {
		t.Fatal(err)
	}
	var s sets
	s.real = examplesOf(t, registry, dir)
	for _, e := range examplesOf(t, registry, "gold") {
		switch {
		case e.Split == labels.Train:
			s.train = append(s.train, e)
		case e.Split == labels.Dev && !e.Synthetic:
			s.dev = append(s.dev, e)
		}
	}
	return s
}

func examplesOf(t *testing.T, registry *actor.Registry, path string) []model.Example {
	t.Helper()
	set, err := labels.Load([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	list, err := model.Examples(set, registry)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// sourceOf names what kind of text an example is from.
func sourceOf(e *model.Example) string {
	switch prefix, _, _ := strings.Cut(e.Document, ":"); {
	case strings.Contains(e.Source, "statements.jsonl"):
		return "single statements"
	case e.Synthetic:
		return "articles"
	case prefix == "grimmer" || prefix == "cp":
		return "press releases"
	case prefix == "ce" || prefix == "wn":
		return "news items"
	case prefix == "cr":
		return "speeches"
	default:
		return "briefings, White House"
	}
}

// draw is about n examples of whole documents by chance.
func draw(list []model.Example, n int, seed uint64) []model.Example {
	by := map[string][]model.Example{}
	var documents []string
	for _, e := range list {
		if by[e.Document] == nil {
			documents = append(documents, e.Document)
		}
		by[e.Document] = append(by[e.Document], e)
	}
	rng := rand.New(rand.NewPCG(seed, 1))
	rng.Shuffle(len(documents), func(i, j int) { documents[i], documents[j] = documents[j], documents[i] })
	var out []model.Example
	for _, d := range documents {
		if len(out) >= n {
			break
		}
		out = append(out, by[d]...)
	}
	return out[:min(n, len(out))]
}

// score trains on examples that all weigh as sure as they are, and gives the
// stance's macro-F1 on real articles and on real prose of dev.
func score(t *testing.T, g sets, train []model.Example) (articles, prose float64) {
	t.Helper()
	train = slices.Clone(train)
	for i := range train {
		train[i].Weight = 1
	}
	m, _, err := model.Train(context.Background(), train, model.Options{Folds: 2})
	if err != nil {
		t.Fatal(err)
	}
	on := func(list []model.Example) float64 {
		j, err := model.Judge(context.Background(), m, "", list)
		if err != nil {
			t.Fatal(err)
		}
		return eval.Measure(j.Stance, labels.Stances).MacroF1
	}
	return on(g.real), on(g.dev)
}

const (
	basis = 600 // units of written articles in each run of the exchange rate
	added = 600 // units of the source
	seeds = 3
)

func exchangeRate(t *testing.T, g sets) {
	by := map[string][]model.Example{}
	for _, e := range g.train {
		by[sourceOf(&e)] = append(by[sourceOf(&e)], e)
	}
	for _, source := range []string{"", "articles", "single statements", "press releases", "speeches", "briefings, White House", "news items"} {
		var a, p []float64
		n := 0
		for seed := range uint64(seeds) {
			train := draw(by["articles"], basis, seed)
			rest := by[source]
			if source == "articles" {
				rest = slices.DeleteFunc(slices.Clone(rest), func(e model.Example) bool {
					return slices.ContainsFunc(train, func(x model.Example) bool { return x.Document == e.Document })
				})
			}
			more := draw(rest, added, seed+100)
			n = len(more)
			x, y := score(t, g, append(train, more...))
			a, p = append(a, x), append(p, y)
		}
		t.Logf("| %s | %d | %s | %s |", cmp.Or(source, "nothing"), n, spread(a), spread(p))
	}
}

// spread is a mean with its standard deviation.
func spread(x []float64) string {
	var sum, square float64
	for _, v := range x {
		sum += v
	}
	mean := sum / float64(len(x))
	for _, v := range x {
		square += (v - mean) * (v - mean)
	}
	return fmt.Sprintf("%.3f ± %.3f", mean, math.Sqrt(square/float64(len(x)-1)))
}

func learningCurve(t *testing.T, g sets) {
	for _, share := range []int{8, 4, 2, 1} {
		train := draw(g.train, len(g.train)/share, 7)
		a, p := score(t, g, train)
		t.Logf("| 1/%d | %d | %.3f | %.3f |", share, len(train), a, p)
	}
}

// discriminate learns to tell written spans from real prose by what the linear
// model reads in the span itself, and prints the area under the curve on
// stories held out, and the features that tell most.
func discriminate(t *testing.T, g sets) {
	list := slices.DeleteFunc(slices.Clone(g.train), func(e model.Example) bool { return sourceOf(&e) == "single statements" })
	var parts [2][]linear.Example
	names := map[uint32]string{}
	for i := range list {
		x := linear.Example{Weight: 1}
		if list[i].Synthetic {
			x.Class = 1
		}
		for _, f := range features.Names(list[i].Instance) {
			if kind, _, _ := strings.Cut(f.Name, ":"); kind == "span" || kind == "words" || kind == "class" || kind == "pair" {
				x.X = append(x.X, f.Feature)
				names[f.Index] = f.Name
			}
		}
		parts[halfOf(&list[i])] = append(parts[halfOf(&list[i])], x)
	}
	m := linear.Train(parts[0], linear.Options{Classes: 2, L2: 4})
	t.Logf("area under the curve %.3f on %d spans", area(m, parts[1]), len(parts[1]))
	type told struct {
		name string
		by   float32
	}
	var strongest []told
	for index, name := range names {
		if w := m.Weights(index); w != nil {
			strongest = append(strongest, told{name, w[1] - w[0]})
		}
	}
	slices.SortFunc(strongest, func(a, b told) int {
		return cmp.Or(cmp.Compare(max(b.by, -b.by), max(a.by, -a.by)), cmp.Compare(a.name, b.name))
	})
	for _, s := range strongest[:30] {
		t.Logf("%+.2f %s", s.by, s.name)
	}
}

// area is the chance that a written span scores higher than a real one.
func area(m *linear.Model, list []linear.Example) float64 {
	type scored struct {
		score float64
		class int
	}
	var all []scored
	var out [2]float64
	for _, x := range list {
		m.Scores(x.X, out[:])
		all = append(all, scored{out[1] - out[0], x.Class})
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	var reals, pairs float64
	for _, s := range all {
		if s.class == 0 {
			reals++
		} else {
			pairs += reals
		}
	}
	return pairs / (reals * (float64(len(all)) - reals))
}

// giveaways learns stances of single statements from what should not tell
// them, on half of the sets, and prints the macro-F1 on the other half beside
// that of the most frequent stance and that of all features.
func giveaways(t *testing.T, g sets) {
	list := slices.DeleteFunc(slices.Clone(g.train), func(e model.Example) bool { return sourceOf(&e) != "single statements" })
	for _, clue := range []struct {
		name string
		of   func(*model.Example) []string
	}{
		{"nothing", func(*model.Example) []string { return nil }},
		{"first three words", func(e *model.Example) []string { return opening(e, 3) }},
		{"length and punctuation", func(e *model.Example) []string { return shape(e) }},
		{"holder and host", func(e *model.Example) []string {
			h := e.Instance.Statement.Holder
			return []string{"name " + h.Name, "type " + string(h.Type), "country " + h.Country, "host " + e.Instance.Host}
		}},
		{"all words of the statement", func(e *model.Example) []string { return opening(e, 1000) }},
	} {
		var train []linear.Example
		var rows []eval.Row
		for i := range list {
			if halfOf(&list[i]) == 0 {
				train = append(train, linear.Example{X: hashed(clue.of(&list[i])), Class: list[i].Stance, Weight: 1})
			}
		}
		m := linear.Train(train, linear.Options{Classes: labels.NumStances, L2: 1})
		for i := range list {
			if halfOf(&list[i]) == 1 {
				p := make([]float64, labels.NumStances)
				m.Scores(hashed(clue.of(&list[i])), p)
				rows = append(rows, eval.Row{Gold: list[i].Stance, Pred: slices.Index(p, slices.Max(p)), P: p, Document: list[i].Document})
			}
		}
		s := eval.Measure(rows, labels.Stances)
		t.Logf("| %s | %.3f | %.3f |", clue.name, s.Accuracy, s.MacroF1)
	}
}

// halfOf parts stories in two.
func halfOf(e *model.Example) int {
	h := fnv.New32a()
	h.Write([]byte(e.Story))
	return int(h.Sum32() % 2)
}

// opening is the first words of a statement.
func opening(e *model.Example, n int) []string {
	words := strings.Fields(strings.ToLower(e.Instance.Statement.Span.In(e.Instance.Doc.Body)))
	return words[:min(n, len(words))]
}

// shape is a statement's length and its marks, and those of its passage.
func shape(e *model.Example) []string {
	span := e.Instance.Statement.Span.In(e.Instance.Doc.Body)
	out := []string{
		fmt.Sprint("words ", len(strings.Fields(span))/4), fmt.Sprint("passage ", len(strings.Fields(e.Instance.Doc.Body))/10),
	}
	for _, mark := range `,;:-"“'?!.()` {
		out = append(out, fmt.Sprint(string(mark), min(3, strings.Count(span, string(mark)))))
	}
	return out
}

func hashed(words []string) features.Vector {
	seen := map[uint32]bool{}
	var v features.Vector
	for _, w := range words {
		h := fnv.New32a()
		h.Write([]byte(w))
		if i := h.Sum32() % features.Buckets; !seen[i] {
			seen[i] = true
			v = append(v, features.Feature{Index: i, Value: 1})
		}
	}
	slices.SortFunc(v, func(a, b features.Feature) int { return cmp.Compare(a.Index, b.Index) })
	return v
}
