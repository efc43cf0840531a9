package kernel

import "math"

// blockRows is how many rows of A are multiplied by all of B before the next:
// 64 rows of 1536 floats lie in a second-level cache.
const blockRows = 64

// portableGemm brings both operands to rows of k, (m, k) and (n, k), and
// multiplies rows by rows. An element is one sum over k in order, so that it
// doesn't depend on the rows around it.
func portableGemm(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, accumulate bool, s *Scratch) {
	if transA {
		rows := grow(&s.a, m*k)
		transpose(rows, k, a, k, m, lda)
		a, lda = rows, k
	}
	if !transB {
		rows := grow(&s.b, n*k)
		transpose(rows, k, b, k, n, ldb)
		b, ldb = rows, k
	}
	if !accumulate {
		clearRows(c, m, n, ldc)
	}
	rowsByRows(m, n, k, a, lda, b, ldb, c, ldc)
}

// transpose sets dst (cols, rows), lddst apart, to the transpose of x (rows,
// cols), ld apart, in squares that stay in the first-level cache.
func transpose(dst []float32, lddst int, x []float32, rows, cols, ld int) {
	const square = 32
	for r0 := 0; r0 < rows; r0 += square {
		r1 := min(r0+square, rows)
		for c0 := 0; c0 < cols; c0 += square {
			for c := c0; c < min(c0+square, cols); c++ {
				to := dst[c*lddst : c*lddst+rows]
				for r := r0; r < r1; r++ {
					to[r] = x[r*ld+c]
				}
			}
		}
	}
}

// rowsByRows adds to each element of C (m, n) the product of a row of A (m, k)
// and a row of B (n, k).
func rowsByRows(m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int) {
	for i0 := 0; i0 < m; i0 += blockRows {
		i1 := min(i0+blockRows, m)
		for j := 0; j < n; j += 4 {
			for i := i0; i < i1; i += 2 {
				multiplyTile(min(2, i1-i), min(4, n-j), k, a[i*lda:], lda, b[j*ldb:], ldb, c[i*ldc+j:], ldc)
			}
		}
	}
}

// multiplyTile adds a tile of at most 2 rows and 4 columns.
func multiplyTile(m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int) {
	if m == 2 && n == 4 {
		multiply2x4(k, a, lda, b, ldb, c, ldc)
		return
	}
	for i := range m {
		for j := range n {
			var sum float32
			row := b[j*ldb : j*ldb+k]
			for p, v := range a[i*lda : i*lda+k] {
				sum += float32(v * row[p])
			}
			c[i*ldc+j] += sum
		}
	}
}

func multiply2x4(k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int) {
	a0, a1 := a[:k], a[lda:lda+k]
	b0, b1, b2, b3 := b[:k], b[ldb:ldb+k], b[2*ldb:2*ldb+k], b[3*ldb:3*ldb+k]
	var s00, s01, s02, s03, s10, s11, s12, s13 float32
	for p, x := range a0 {
		y := a1[p]
		w0, w1, w2, w3 := b0[p], b1[p], b2[p], b3[p]
		s00 += float32(x * w0)
		s01 += float32(x * w1)
		s02 += float32(x * w2)
		s03 += float32(x * w3)
		s10 += float32(y * w0)
		s11 += float32(y * w1)
		s12 += float32(y * w2)
		s13 += float32(y * w3)
	}
	c0, c1 := c[:4], c[ldc:ldc+4]
	c0[0] += s00
	c0[1] += s01
	c0[2] += s02
	c0[3] += s03
	c1[0] += s10
	c1[1] += s11
	c1[2] += s12
	c1[3] += s13
}

// portableGemmBF16 rounds copies of the operands and multiplies those.
func portableGemmBF16(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, accumulate bool, s *Scratch) {
	gemmRounded(portableGemm, transA, transB, m, n, k, a, lda, b, ldb, c, ldc, accumulate, s)
}

// gemmRounded is GemmBF16 through a float32 product.
func gemmRounded(f gemmFunc, transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, accumulate bool, s *Scratch) {
	both := grow(&s.c, len(a)+len(b))
	ra, rb := both[:len(a)], both[len(a):]
	roundRows(ra, a)
	roundRows(rb, b)
	f(transA, transB, m, n, k, ra, lda, rb, ldb, c, ldc, accumulate, s)
}

// roundRows sets dst to x rounded to bfloat16.
func roundRows(dst, x []float32) {
	for i, v := range x {
		dst[i] = roundBF16(v)
	}
}

// nearest rounds to the nearest even int8; |v| is at most 127.5.
func nearest(v float32) int8 { return int8(math.RoundToEven(float64(v))) }
