package kernel

import (
	"fmt"
	"testing"
)

// BenchmarkOperations gives nanoseconds an element for every element-wise and
// row-wise kernel on every path: 64 rows of 384 numbers, in the first two
// levels of cache.
//
//	go test -run '^$' -bench Operations -benchtime 100ms ./internal/kernel
func BenchmarkOperations(b *testing.B) {
	const rows, cols = 64, 384
	for _, op := range operations {
		for _, p := range Available() {
			b.Run(fmt.Sprintf("%s/%v", op.name, p), func(b *testing.B) {
				a := operands(b, op, rows, cols, false)
				for b.Loop() {
					op.run(p, a, rows, cols)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(rows*cols), "ns/element")
			})
		}
	}
}

// BenchmarkQuantizeRow is that of rows brought to int8.
func BenchmarkQuantizeRow(b *testing.B) {
	for _, p := range Available() {
		b.Run(p.String(), func(b *testing.B) {
			x, q := make([]float32, 1536), make([]int8, 1536)
			for i := range x {
				x[i] = float32(i%97) - 48
			}
			for b.Loop() {
				p.QuantizeRow(q, x)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(x)), "ns/element")
		})
	}
}
