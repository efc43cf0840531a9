package kernel

import (
	"testing"
	"time"
)

// peaks run rounds of 12 multiplications and additions of whole vectors.
var peaks = map[Path]struct {
	run   func(rounds int)
	lanes int
}{AVX2: {peakAVX2, 8}, AVX512: {peakAVX512, 16}}

// peakOf measures the most GFLOP/s one core reaches: the best of many short runs,
// since other work on the machine only ever slows it.
func peakOf(p Path) float64 {
	peak, best := peaks[min(p, AVX512)], 0.0
	for range 300 {
		const rounds = 100_000
		start := time.Now()
		peak.run(rounds)
		flops := rounds * 12 * 2 * float64(peak.lanes)
		best = max(best, flops/time.Since(start).Seconds()/1e9)
	}
	return best
}

// BenchmarkPeak is the processor's speed without memory.
func BenchmarkPeak(b *testing.B) {
	for p := range peaks {
		if p.set() == sets[p] && sets[p] != nil {
			b.Run(p.String(), func(b *testing.B) {
				for b.Loop() {
					peaks[p].run(1000)
				}
				b.ReportMetric(1000*12*2*float64(peaks[p].lanes)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			})
		}
	}
}
