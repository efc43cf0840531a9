package linear

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"standpoint/internal/features"
)

// toy makes examples whose class is their strongest of three buckets, beside
// noise.
func toy(n int) []Example {
	rng := rand.New(rand.NewPCG(3, 4))
	var out []Example
	for range n {
		c := rng.IntN(3)
		x := features.Vector{{Index: uint32(1000 * (c + 1)), Value: 1}}
		for k := range 5 {
			x = append(x, features.Feature{Index: uint32(5000 + 10*k + rng.IntN(10)), Value: float32(rng.Float64())})
		}
		out = append(out, Example{X: x, Class: c, Weight: 1})
	}
	return out
}

func best(m *Model, x features.Vector) int {
	s := make([]float64, m.Classes())
	m.Scores(x, s)
	k := 0
	for c := range s {
		if s[c] > s[k] {
			k = c
		}
	}
	return k
}

func TestTrainLearns(t *testing.T) {
	train := toy(200)
	m := Train(train, Options{Classes: 4})
	for i, e := range train {
		if got := best(m, e.X); got != e.Class {
			t.Errorf("example %d: class %d, not %d", i, got, e.Class)
		}
	}
	s := make([]float64, 4)
	if m.Scores(train[0].X, s); s[3] >= s[0] || math.IsNaN(s[3]) || math.IsInf(s[3], 0) {
		t.Errorf("the class without examples scores %v", s)
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	a, b := Train(toy(100), Options{Classes: 3}), Train(toy(100), Options{Classes: 3})
	if !bytes.Equal(a.Encode(nil), b.Encode(nil)) {
		t.Error("two trainings differ")
	}
}

func TestTrainNothing(t *testing.T) {
	m := Train(nil, Options{Classes: 3})
	s := make([]float64, 3)
	m.Scores(features.Vector{{Index: 7, Value: 1}}, s)
	if s[0] != 0 || s[1] != 0 || s[2] != 0 {
		t.Errorf("scores %v", s)
	}
}

func TestPriorHolds(t *testing.T) {
	old := Train(toy(200), Options{Classes: 3})
	flipped := []Example{{X: features.Vector{{Index: 1000, Value: 1}}, Class: 2, Weight: 1}}
	near := Train(flipped, Options{Classes: 3, Prior: old, L2: 100})
	far := Train(flipped, Options{Classes: 3, Prior: old, L2: 0.001})
	x := flipped[0].X
	if best(near, x) != 0 || best(far, x) != 2 {
		t.Errorf("class %d near the prior and %d far from it", best(near, x), best(far, x))
	}
	if best(near, features.Vector{{Index: 2000, Value: 1}}) != 1 {
		t.Error("what new labels do not speak of was forgotten")
	}
}

func TestGradient(t *testing.T) {
	p := newProblem(toy(20), Options{Classes: 3, L2: 0.5, MinCount: 1})
	rng := rand.New(rand.NewPCG(1, 2))
	w := make([]float64, len(p.prior))
	for i := range w {
		w[i] = rng.NormFloat64()
	}
	grad, scratch := make([]float64, len(w)), make([]float64, len(w))
	p.loss(w, grad)
	const h = 1e-6
	for i := range w {
		old := w[i]
		w[i] = old + h
		up := p.loss(w, scratch)
		w[i] = old - h
		down := p.loss(w, scratch)
		w[i] = old
		if want := (up - down) / (2 * h); math.Abs(want-grad[i]) > 1e-4*(1+math.Abs(want)) {
			t.Fatalf("gradient %d is %g, by differences %g", i, grad[i], want)
		}
	}
}

func TestEncodeDecode(t *testing.T) {
	m := Train(toy(100), Options{Classes: 3}).Prune(0.01)
	b := append(m.Encode(nil), "rest"...)
	got, rest, err := Decode(b)
	if err != nil || string(rest) != "rest" {
		t.Fatalf("rest %q, %v", rest, err)
	}
	if !bytes.Equal(got.Encode(nil), m.Encode(nil)) {
		t.Error("what was decoded differs")
	}
	for n := range len(b) - len("rest") {
		if _, _, err := Decode(b[:n]); err == nil {
			t.Fatalf("the first %d bytes were decoded", n)
		}
	}
}

func TestPrune(t *testing.T) {
	m := newModel(2, []uint32{3, 9}, []float32{0.001, 0, 0.5, -0.5}, []float32{0, 0})
	if p := m.Prune(0.01); p.Rows() != 1 || p.Weights(3) != nil || p.Weights(9)[0] != 0.5 {
		t.Errorf("%+v", p.rows)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(newModel(2, []uint32{3, 9}, []float32{0.001, 0, 0.5, -0.5}, []float32{0, 0}).Encode(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, _, err := Decode(b)
		if err != nil {
			return
		}
		m.Scores(features.Vector{{Index: features.Buckets - 1, Value: 1}}, make([]float64, m.Classes()))
	})
}
