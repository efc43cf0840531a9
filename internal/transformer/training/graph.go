package training

import (
	"sync"
	"sync/atomic"

	"github.com/nlpodyssey/spago/ag"
	"github.com/nlpodyssey/spago/mat"

	"standpoint/internal/kernel"
	"standpoint/internal/transformer"
)

// A machine is what computes: kernels, workers, memory. One step at a time
// uses it.
type machine struct {
	path      kernel.Path
	precision kernel.Precision // of the linear products
	workers   int
	arena     arena
	mu        sync.Mutex
	scratch   []*kernel.Scratch // idle ones
}

// A graph is the network laid out over one packed batch.
type graph struct {
	*machine
	batch   transformer.Batch
	starts  []int    // first row of each example, and one past the last
	streams []uint64 // of each example: what its dropout is drawn from; nil: no dropout
	site    uint64   // dropout places laid out so far

	activations []*activation // all that the operators made
}

// newGraph starts a graph over a batch.
func (m *machine) newGraph(b transformer.Batch, streams []uint64) *graph {
	g := &graph{machine: m, batch: b, streams: streams, starts: make([]int, len(b.Lengths)+1)}
	for i, n := range b.Lengths {
		g.starts[i+1] = g.starts[i] + n
	}
	return g
}

// close gives back what no backward pass has.
func (g *graph) close() {
	for _, a := range g.activations {
		a.release()
	}
}

// run lays f out as the next operator; its value is the activation that f
// makes.
func run(f ag.AutoGradFunction) mat.Tensor { return ag.NewOperator(f).Run() }

// each calls f for every i below n on the workers. Which worker gets which i
// must not matter to the result.
func (m *machine) each(n int, f func(i int, s *kernel.Scratch)) {
	var next atomic.Int64
	work := func() {
		s := m.takeScratch()
		defer m.giveScratch(s)
		for {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			f(i, s)
		}
	}
	var wg sync.WaitGroup
	for range min(m.workers, n) - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
}

// do runs tasks that do not touch each other's memory.
func (m *machine) do(tasks []func(*kernel.Scratch)) {
	m.each(len(tasks), func(i int, s *kernel.Scratch) { tasks[i](s) })
}

func (m *machine) takeScratch() *kernel.Scratch {
	m.mu.Lock()
	defer m.mu.Unlock()
	if n := len(m.scratch); n > 0 {
		s := m.scratch[n-1]
		m.scratch = m.scratch[:n-1]
		return s
	}
	return new(kernel.Scratch)
}

func (m *machine) giveScratch(s *kernel.Scratch) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.scratch = append(m.scratch, s)
}

// A piece is a range of rows.
type piece struct{ from, to int }

// share cuts n rows into a piece for each worker. Kernels give a row the same
// bytes in every piece.
func (m *machine) share(n int) []piece {
	const grain = 48 // rows: a multiple of what the product kernels take at a time, and of a vector
	step := (n + m.workers - 1) / m.workers
	return cut(n, (step+grain-1)/grain*grain)
}

// cut cuts n rows into pieces of size.
func cut(n, size int) []piece {
	var out []piece
	for from := 0; from < n; from += size {
		out = append(out, piece{from, min(from+size, n)})
	}
	return out
}

// product is Gemm in the precision of linear layers.
func (m *machine) product(transA, transB bool, rows, cols, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, accumulate bool, s *kernel.Scratch) {
	if m.precision == kernel.BFloat16 {
		m.path.GemmBF16(transA, transB, rows, cols, k, a, lda, b, ldb, c, ldc, accumulate, s)
		return
	}
	m.path.Gemm(transA, transB, rows, cols, k, a, lda, b, ldb, c, ldc, accumulate, s)
}

// rows calls f for pieces of n rows that are cheap each.
func (m *machine) rows(n int, f func(p piece)) {
	pieces := m.share(n)
	m.each(len(pieces), func(i int, _ *kernel.Scratch) { f(pieces[i]) })
}
