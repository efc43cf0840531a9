package training

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/nlpodyssey/spago/ag"
	"github.com/nlpodyssey/spago/mat"

	"standpoint/internal/kernel"
	"standpoint/internal/transformer"
)

// An operator is checked twice: its value against a reference in float64, and
// its gradients against central differences of that reference. The reference's
// differences err by about 1e-9 and a float32 sum of this size by about 1e-6,
// so that 2e-5 of the largest leaves no room for a wrong term.
const tolerance = 2e-5

// weighted is the sum of its input's elements times fixed weights: a loss that
// no error can hide from.
type weighted struct {
	g   *graph
	x   mat.Tensor
	r   []float64
	out *activation
}

func (o *weighted) Operands() []mat.Tensor { return []mat.Tensor{o.x} }

func (o *weighted) Forward() (mat.Tensor, error) {
	o.out = o.g.newActivation(1, 1)
	o.out.data[0] = float32(sumTimes(widen(values(o.x)), o.r))
	return o.out, nil
}

func (o *weighted) Backward(mat.Tensor) error {
	addGrad(o.x, func(dx []float32, accumulate bool) {
		for i := range dx {
			if !accumulate {
				dx[i] = 0
			}
			dx[i] += o.out.grad[0] * float32(o.r[i])
		}
	})
	return nil
}

func sumTimes(x, r []float64) float64 {
	s := 0.0
	for i := range x {
		s += x[i] * r[i]
	}
	return s
}

func widen(x []float32) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}

// A shape is an input's rows and columns; through tells that it reaches the
// operator as another operator's value, used twice.
type shape struct {
	rows, cols int
	through    bool
}

// check builds an operator over random inputs on every path.
func check(t *testing.T, lengths []int, streams []uint64, shapes []shape, build func(g *graph, in []mat.Tensor) mat.Tensor, ref func(in [][]float64) []float64) {
	t.Helper()
	for _, path := range kernel.Available() {
		for _, workers := range []int{1, 3} {
			t.Run(fmt.Sprintf("%v/%d", path, workers), func(t *testing.T) {
				checkOn(t, &machine{path: path, workers: workers}, lengths, streams, shapes, build, ref)
			})
		}
	}
}

func checkOn(t *testing.T, m *machine, lengths []int, streams []uint64, shapes []shape, build func(g *graph, in []mat.Tensor) mat.Tensor, ref func(in [][]float64) []float64) {
	rng := rand.New(rand.NewPCG(1, 2))
	g := m.newGraph(transformer.Batch{IDs: make([]int32, total(lengths)), Lengths: lengths}, streams)
	defer g.close()
	var params, second []*Param
	var in, again []mat.Tensor // again: the same values, Params of their own
	var wide [][]float64
	for _, s := range shapes {
		data := make([]float32, s.rows*s.cols)
		for i := range data {
			data[i] = float32(rng.NormFloat64())
		}
		p, q := newParam(s.rows, s.cols, data), newParam(s.rows, s.cols, data)
		p.learn(true)
		q.learn(true)
		params, second, wide = append(params, p), append(second, q), append(wide, widen(data))
		if s.through {
			x := g.gather(p, all(s.rows))
			in, again = append(in, x), append(again, x)
		} else {
			in, again = append(in, p), append(again, q)
		}
	}
	want := ref(wide)
	r := make([]float64, len(want))
	for i := range r {
		r[i] = rng.NormFloat64()
	}
	y := build(g, in)
	near(t, "value", widen(values(y)), want)
	losses := []mat.Tensor{run(&weighted{g: g, x: y, r: r})}
	times := 1.0
	if g.streams == nil { // the same again, so that gradients meet
		losses = append(losses, run(&weighted{g: g, x: build(g, again), r: r}))
		times = 2
	}
	if err := ag.Backward(losses...); err != nil {
		t.Fatal(err)
	}
	for k, p := range params {
		p.AccGrad(second[k].Grad())
		near(t, fmt.Sprint("gradient of input ", k), widen(p.grad), differences(wide, k, func() float64 { return times * sumTimes(ref(wide), r) }))
	}
}

func total(lengths []int) int {
	n := 0
	for _, l := range lengths {
		n += l
	}
	return n
}

func all(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// differences is the gradient of f towards the elements of in[k].
func differences(in [][]float64, k int, f func() float64) []float64 {
	const step = 1e-5
	out := make([]float64, len(in[k]))
	for i, v := range in[k] {
		in[k][i] = v + step
		up := f()
		in[k][i] = v - step
		out[i] = (up - f()) / (2 * step)
		in[k][i] = v
	}
	return out
}

func near(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d elements, not %d", what, len(got), len(want))
	}
	most := 1.0
	for _, v := range want {
		most = math.Max(most, math.Abs(v))
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= tolerance*most) {
			t.Fatalf("%s: element %d is %v, not %v", what, i, got[i], want[i])
		}
	}
}

func TestLinear(t *testing.T) {
	const rows, in, out = 7, 5, 6
	check(t, []int{rows}, nil, []shape{{rows, in, true}, {out, in, false}, {out, 1, false}},
		func(g *graph, x []mat.Tensor) mat.Tensor { return g.linear(x[0], x[1].(*Param), x[2].(*Param)) },
		func(x [][]float64) []float64 { return refLinear(x[0], x[1], x[2], rows, in, out) })
}

func refLinear(x, w, b []float64, rows, in, out int) []float64 {
	y := make([]float64, rows*out)
	for r := range rows {
		for o := range out {
			y[r*out+o] = b[o] + sumTimes(x[r*in:(r+1)*in], w[o*in:(o+1)*in])
		}
	}
	return y
}

func TestGELU(t *testing.T) {
	check(t, []int{9}, nil, []shape{{9, 5, true}},
		func(g *graph, x []mat.Tensor) mat.Tensor { return g.gelu(x[0]) },
		func(x [][]float64) []float64 {
			return each(x[0], func(v float64) float64 { return v * (1 + math.Erf(v/math.Sqrt2)) / 2 })
		})
}

func TestTanh(t *testing.T) {
	check(t, []int{4}, nil, []shape{{4, 5, true}},
		func(g *graph, x []mat.Tensor) mat.Tensor { return g.tanh(x[0]) },
		func(x [][]float64) []float64 { return each(x[0], math.Tanh) })
}

func each(x []float64, f func(float64) float64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = f(v)
	}
	return out
}

var lengths = []int{3, 1, 6}

// dropStreams are streams for as many examples as lengths has.
var dropStreams = []uint64{11, 22, 33}

func TestNorm(t *testing.T) {
	const rows, cols, eps = 10, 8, 1e-5
	for _, test := range []struct {
		name     string
		residual bool
		streams  []uint64
	}{{"alone", false, nil}, {"residual", true, nil}, {"dropout", true, dropStreams}} {
		t.Run(test.name, func(t *testing.T) {
			shapes := []shape{{rows, cols, true}, {cols, 1, false}, {cols, 1, false}}
			if test.residual {
				shapes = append(shapes, shape{rows, cols, true})
			}
			mask := ones(rows * cols)
			if test.streams != nil {
				mask = maskOf(test.streams, lengths, cols, 1, 0.3)
			}
			check(t, lengths, test.streams, shapes,
				func(g *graph, x []mat.Tensor) mat.Tensor {
					var residual mat.Tensor
					if test.residual {
						residual = x[3]
					}
					return g.norm(x[0], residual, normParams{x[1].(*Param), x[2].(*Param)}, 0.3, eps)
				},
				func(x [][]float64) []float64 {
					sum := make([]float64, rows*cols)
					for i := range sum {
						sum[i] = x[0][i] * mask[i]
						if test.residual {
							sum[i] += x[3][i]
						}
					}
					return refNorm(sum, x[1], x[2], rows, cols, eps)
				})
		})
	}
}

func ones(n int) []float64 { return each(make([]float64, n), func(float64) float64 { return 1 }) }

// maskOf is what dropout at a site multiplies with.
func maskOf(streams []uint64, lengths []int, cols int, site uint64, p float64) []float64 {
	g := new(machine).newGraph(transformer.Batch{Lengths: lengths}, streams)
	g.site = site - 1
	m := g.mask(p)
	g.workers = 1
	one := make([]float32, total(lengths)*cols)
	for i := range one {
		one[i] = 1
	}
	g.drop(one, one, m, g.starts)
	return widen(one)
}

func refNorm(x, gamma, beta []float64, rows, cols int, eps float64) []float64 {
	y := make([]float64, rows*cols)
	for r := range rows {
		row := x[r*cols : (r+1)*cols]
		mean, square := 0.0, 0.0
		for _, v := range row {
			mean += v / float64(cols)
		}
		for _, v := range row {
			square += (v - mean) * (v - mean) / float64(cols)
		}
		for c, v := range row {
			y[r*cols+c] = (v-mean)/math.Sqrt(square+eps)*gamma[c] + beta[c]
		}
	}
	return y
}

func TestAttention(t *testing.T) {
	const heads, hidden, buckets = 2, 6, 32 // as MPNet has them
	rows := total(lengths)
	for _, test := range []struct {
		name     string
		relative bool
		streams  []uint64
	}{{"plain", false, nil}, {"relative", true, nil}, {"dropout", false, dropStreams}, {"both", true, dropStreams}} {
		t.Run(test.name, func(t *testing.T) {
			shapes := []shape{{rows, 3 * hidden, true}}
			if test.relative {
				shapes = append(shapes, shape{buckets, heads, false})
			}
			check(t, lengths, test.streams, shapes,
				func(g *graph, x []mat.Tensor) mat.Tensor {
					var relative mat.Tensor
					if test.relative {
						relative = x[1]
					}
					return g.attention(x[0], relative, heads, 0.25)
				},
				func(x [][]float64) []float64 {
					var table []float64
					if test.relative {
						table = x[1]
					}
					return refAttention(x[0], table, lengths, test.streams, heads, hidden)
				})
		})
	}
}

func refAttention(qkv, table []float64, lengths []int, streams []uint64, heads, hidden int) []float64 {
	out := make([]float64, total(lengths)*hidden)
	d, first := hidden/heads, 0
	for e, n := range lengths {
		mask := ones(heads * n * n)
		if streams != nil {
			mask = maskOf(streams[e:e+1], []int{heads * n}, n, 1, 0.25)
		}
		for h := range heads {
			for i := range n {
				p, sum := make([]float64, n), 0.0
				q := qkv[(first+i)*3*hidden+h*d:][:d]
				for j := range n {
					s := sumTimes(q, qkv[(first+j)*3*hidden+hidden+h*d:][:d]) / math.Sqrt(float64(d))
					if table != nil {
						s += table[transformer.RelativeBucket(j-i)*heads+h]
					}
					p[j] = math.Exp(s)
					sum += p[j]
				}
				for j := range n {
					for c := range d {
						out[(first+i)*hidden+h*d+c] += p[j] / sum * mask[(h*n+i)*n+j] * qkv[(first+j)*3*hidden+2*hidden+h*d+c]
					}
				}
			}
		}
		first += n
	}
	return out
}

func TestEmbedding(t *testing.T) {
	const cols = 5
	ids := [][]int32{{3, 0, 3, 1, 2, 2, 0, 3, 1, 1}, {0, 1, 2, 0, 0, 1, 2, 0, 1, 2}}
	check(t, lengths, nil, []shape{{4, cols, false}, {3, cols, false}},
		func(g *graph, x []mat.Tensor) mat.Tensor { return g.embedding(x, ids) },
		func(x [][]float64) []float64 {
			y := make([]float64, 10*cols)
			for k, table := range x {
				for r, id := range ids[k] {
					for c := range cols {
						y[r*cols+c] += table[int(id)*cols+c]
					}
				}
			}
			return y
		})
}

func TestPool(t *testing.T) {
	const cols = 4
	spans := [][]transformer.Span{{{Start: 0, End: 1}, {Start: 1, End: 3}}, {{Start: 0, End: 1}, {Start: 0, End: 1}}, {{Start: 0, End: 1}, {Start: 2, End: 6}}}
	check(t, lengths, nil, []shape{{10, cols, true}},
		func(g *graph, x []mat.Tensor) mat.Tensor { return g.pool(x[0], spans) },
		func(x [][]float64) []float64 {
			var y []float64
			first := 0
			for e, n := range lengths {
				for _, s := range spans[e] {
					mean := make([]float64, cols)
					for r := s.Start; r < s.End; r++ {
						for c := range cols {
							mean[c] += x[0][(first+r)*cols+c] / float64(s.End-s.Start)
						}
					}
					y = append(y, mean...)
				}
				first += n
			}
			return y
		})
}

func TestGather(t *testing.T) {
	rows := []int{2, 0, 2, 9}
	check(t, lengths, nil, []shape{{10, 3, true}},
		func(g *graph, x []mat.Tensor) mat.Tensor { return g.gather(x[0], rows) },
		func(x [][]float64) []float64 {
			var y []float64
			for _, r := range rows {
				y = append(y, x[0][r*3:(r+1)*3]...)
			}
			return y
		})
}

func TestDropout(t *testing.T) {
	mask := maskOf(dropStreams, lengths, 7, 1, 0.4)
	check(t, lengths, dropStreams, []shape{{10, 7, true}},
		func(g *graph, x []mat.Tensor) mat.Tensor { return g.dropout(x[0], g.starts, 0.4) },
		func(x [][]float64) []float64 {
			y := make([]float64, len(x[0]))
			for i := range y {
				y[i] = x[0][i] * mask[i]
			}
			return y
		})
}

// TestDropoutRate: as many are dropped as are meant to be, evenly over the
// lanes of a random number, and what is kept makes up for it.
func TestDropoutRate(t *testing.T) {
	const rows, cols, p = 2000, 50, 0.1
	mask := maskOf([]uint64{5}, []int{rows}, cols, 3, p)
	sum, dropped := 0.0, [4]float64{}
	for i, v := range mask {
		sum += v
		if v == 0 {
			dropped[i%cols%4] += 4.0 / float64(rows*cols)
		}
	}
	if math.Abs(sum/float64(len(mask))-1) > 0.005 {
		t.Errorf("mean %v", sum/float64(len(mask)))
	}
	for lane, d := range dropped {
		if math.Abs(d-p) > 0.01 {
			t.Errorf("lane %d: %v dropped", lane, d)
		}
	}
}
