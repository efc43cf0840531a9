package kernel

import (
	"io"
	"runtime"
	"runtime/pprof"
	"sync"
	"testing"
)

// TestManyGoroutines shares one Linear a path and precision among goroutines
// that are moved, interrupted by a profile's signals and collected behind: all
// must come to the same bits.
func TestManyGoroutines(t *testing.T) {
	if err := pprof.StartCPUProfile(io.Discard); err == nil { // else there is one
		defer pprof.StopCPUProfile()
	}
	const rows, out, in, goroutines, rounds = 19, 70, 130, 8, 20
	for _, p := range Available() {
		for _, prec := range precisions {
			c := newLinearCase(t, rows, out, in, false)
			l := p.NewLinear(c.w, c.bias, out, in, prec)
			l.Apply(c.y, c.x, rows, GELU, nil)
			var wait sync.WaitGroup
			for range goroutines {
				wait.Go(func() {
					var s Scratch
					for round := range rounds {
						y := make([]float32, rows*out)
						l.Apply(y, c.x, rows, GELU, &s)
						if !equalBits(y, c.y) {
							t.Errorf("%v %v: round %d differs", p, prec, round)
							return
						}
						if round%8 == 0 {
							runtime.GC()
						}
						runtime.Gosched()
					}
				})
			}
			wait.Wait()
		}
	}
}
