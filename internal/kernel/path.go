package kernel

import (
	"fmt"
	"os"
	"strings"
)

// Path is a set of kernels: what one kind of CPU can run. A path that this
// machine lacks acts as the highest one below it that the machine has.
type Path uint8

// The paths, a later one never slower than an earlier one on the same machine.
// NEON is arm64's, those after it amd64's.
const (
	Portable Path = iota // Go alone, on any machine
	NEON                 // arm64: float32
	AVX2                 // amd64: AVX2 and FMA
	AVX512               // F, BW, DQ, VL
	VNNI                 // int8 products in AVX-512
	AMX                  // bfloat16 and int8 products in tiles
)

var names = [...]string{"portable", "neon", "avx2", "avx512", "vnni", "amx"}

// Variable is the environment variable that forces a path: one of portable,
// neon, avx2, avx512, vnni and amx.
const Variable = "STANDPOINT_CPU"

// String is the path's name as STANDPOINT_CPU has it.
func (p Path) String() string {
	if int(p) < len(names) {
		return names[p]
	}
	return fmt.Sprintf("path %d", uint8(p))
}

// Available lists the paths this machine runs, the lowest first. It always
// begins with Portable, and STANDPOINT_CPU doesn't change it.
func Available() []Path {
	var paths []Path
	for i, s := range sets {
		if s != nil {
			paths = append(paths, Path(i))
		}
	}
	return paths
}

// Best is the path STANDPOINT_CPU names, or the highest available if it is
// unset or names none that is; Choose tells the difference.
func Best() Path {
	if p, err := Choose(os.Getenv(Variable)); err == nil {
		return p
	}
	return highest(AMX)
}

// Choose is the path of that name, in any case of letters; the empty name
// chooses the highest available.
func Choose(name string) (Path, error) {
	if name == "" {
		return highest(AMX), nil
	}
	for i, n := range names {
		if !strings.EqualFold(n, name) {
			continue
		}
		if sets[i] == nil {
			return Portable, fmt.Errorf("CPU path %s: not available here, only %v", n, Available())
		}
		return Path(i), nil
	}
	return Portable, fmt.Errorf("CPU path %q: unknown, want one of %s", name, strings.Join(names[:], ", "))
}

// highest is the highest available path that is not above p.
func highest(p Path) Path {
	for p = min(p, AMX); sets[p] == nil; p-- {
	}
	return p
}

// set is what a path consists of: one function an operation. Slices come cut
// to length and never empty of rows, so that implementations check nothing;
// the number of rows follows from the lengths.
type set struct {
	gemm, gemmBF16 gemmFunc

	// The packers turn weights (out, in) and a bias (out) or nil into products.
	// They keep no reference to what they are given.
	packFloat32, packBFloat16 func(w, bias []float32, out, in int) product
	packInt8                  func(q []int8, scale, bias []float32, out, in int) product

	quantizeRow func(q []int8, x []float32) float32

	exp, gelu         func(dst, x []float32)
	geluBackward      func(dx, x, dy []float32)
	softmax           func(x []float32, cols int, scale float32)
	softmaxBackward   func(dx, y, dy []float32, cols int, scale float32)
	layerNorm         func(dst, x, residual, gamma, beta []float32, eps float32, stat []float32)
	layerNormBackward func(dx, dgamma, dbeta, dy, xsum, gamma, stat []float32)
	add, mul          func(dst, a, b []float32)
	axpy              func(dst []float32, alpha float32, x []float32)
	scale             func(x []float32, alpha float32)
	dot               func(a, b []float32) float32
	sumRows           func(dst, x []float32)
	adamW             func(w, g, m, v []float32, c *adam)
}

// sets holds a set for each path of this machine and nil for the others.
var sets = func() (s [AMX + 1]*set) {
	s[Portable] = &portable
	detect(&s)
	return s
}()

// set is the path's, or the nearest below that this machine has.
func (p Path) set() *set { return sets[highest(p)] }

// above returns a copy of a set, for the path above it to override.
func above(lower *set) *set {
	s := *lower
	return &s
}
