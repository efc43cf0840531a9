package kernel

// Scratch is one goroutine's work space. The zero value is ready for use; its
// buffers grow to the largest product seen and never shrink.
type Scratch struct {
	a, b   []float32 // packed operands of Gemm
	c      []float32 // rounded or padded operands
	q      []int8    // quantised rows
	row    []float32 // the scales of quantised rows
	half   []uint16  // bfloat16 rows
	panels []uint16  // the packed right operand of GemmBF16
	tile   []float32 // a panel or block of results on its way
}

// grow returns n elements of a buffer with any contents, enlarging it when it
// is too small.
func grow[T any](buffer *[]T, n int) []T {
	if cap(*buffer) < n {
		*buffer = make([]T, n+n/4)
	}
	return (*buffer)[:n]
}
