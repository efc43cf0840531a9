package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// layers are bge-small's linear layers: out, in.
var layers = [][2]int{{384, 384}, {1536, 384}, {384, 1536}}

// BenchmarkLinear runs each layer on each path. Beside the mean time it reports the
// best run's GFLOP/s, which other work on the machine disturbs least, and what part
// that is of the peak of float32 multiplication and addition.
func BenchmarkLinear(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	var s Scratch
	for _, p := range Available()[1:] {
		peak := peakOf(p)
		for _, prec := range []Precision{Float32, BFloat16, Int8} {
			for _, layer := range layers {
				out, in := layer[0], layer[1]
				l := p.NewLinear(randomSlice(r, out*in), nil, out, in, prec)
				for _, rows := range []int{1, 64, 256, 1024} {
					x, y := randomSlice(r, rows*in), make([]float32, rows*out)
					b.Run(fmt.Sprintf("%v/%v/%dx%dx%d", p, prec, rows, out, in), func(b *testing.B) {
						reportBest(b, 2*float64(rows*out*in), peak, func() { l.Apply(y, x, rows, None, &s) })
					})
				}
			}
		}
	}
}

// BenchmarkGemm runs the products of attention (32 numbers a head) and of training.
func BenchmarkGemm(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	var s Scratch
	for _, p := range Available()[1:] {
		peak := peakOf(p)
		for _, g := range []struct {
			name           string
			transA, transB bool
			m, n, k        int
		}{
			{"scores", false, true, 64, 64, 32},
			{"mix", false, false, 64, 32, 64},
			{"input-gradient", false, false, 512, 384, 1536},
			{"weight-gradient", true, false, 1536, 384, 512},
		} {
			a, w, c := randomSlice(r, g.m*g.k), randomSlice(r, g.k*g.n), make([]float32, g.m*g.n)
			lda, ldb := g.k, g.n
			if g.transA {
				lda = g.m
			}
			if g.transB {
				ldb = g.k
			}
			b.Run(fmt.Sprintf("%v/%s", p, g.name), func(b *testing.B) {
				reportBest(b, 2*float64(g.m*g.n*g.k), peak, func() {
					p.Gemm(g.transA, g.transB, g.m, g.n, g.k, a, lda, w, ldb, c, g.n, false, &s)
				})
			})
		}
	}
}

func reportBest(b *testing.B, flops, peak float64, f func()) {
	best := 0.0
	f()
	for b.Loop() {
		start := time.Now()
		f()
		best = max(best, flops/time.Since(start).Seconds()/1e9)
	}
	b.ReportMetric(best, "best-GFLOP/s")
	b.ReportMetric(peak, "peak-GFLOP/s")
	b.ReportMetric(100*best/peak, "%peak")
}
