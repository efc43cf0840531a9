package kernel

// amxStep is the size of k's blocks: equal parts of at most amxDepth, whole groups but
// for the last.
func amxStep(k int) int {
	parts := (k + amxDepth - 1) / amxDepth
	return ((k+parts-1)/parts + 31) &^ 31
}

// gemm is the set's gemmBF16.
func (t *amx) gemm(transA, transB bool, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, accumulate bool, s *Scratch) {
	step := amxStep(k)
	for k0 := 0; k0 < k; k0 += step {
		kc := min(step, k-k0)
		d := target{c: c, ld: ldc}
		if accumulate || k0 > 0 {
			d.plus, d.ldplus = c, ldc
		}
		panels := grow(&s.panels, amxWhole(n)*amxGroups(2*kc)*amxGroup/2)
		t.right(panels, transB, n, kc, b[at(transB, k0, ldb):], ldb, s)
		for i := 0; i < m; i += amxStrip {
			mc := min(amxStrip, m-i)
			rows, ld := a, lda
			if transA {
				rows, ld = grow(&s.a, mc*kc), kc
				t.squares.transpose(rows, ld, a[k0*lda+i:], kc, mc, lda)
			} else {
				rows = a[i*lda+k0:]
			}
			t.multiply(mc, n, kc, t.left(mc, kc, rows, ld, s), panels, d.at(i, 0), s)
		}
	}
}

// left rounds m rows of k numbers, ld apart, and fills them to whole groups.
func (t *amx) left(m, k int, x []float32, ld int, s *Scratch) []uint16 {
	groups := amxGroups(2 * k)
	pitch := amxPitch(groups) / 2
	a := grow(&s.half, m*pitch)
	for r := range m {
		t.halfRow(a[r*pitch:r*pitch+groups*amxGroup/2], x[r*ld:r*ld+k])
	}
	return a
}

// halfRow rounds x and fills dst with zeros.
func (t *amx) halfRow(dst []uint16, x []float32) {
	clear(dst[len(x)&^15:])
	t.halve(pointer(dst), pointer(x), len(x))
}

// right packs B, n columns wide: panels of groups of 16 pairs of k times 16 columns,
// filled with zeros to whole blocks.
func (t *amx) right(dst []uint16, transB bool, n, k int, b []float32, ldb int, s *Scratch) {
	size := amxGroups(2*k) * amxGroup / 2 * amxPanel
	for j := 0; len(dst) > 0; j += amxPanel {
		panel, cols := dst[:size], min(amxPanel, n-j)
		switch dst = dst[size:]; {
		case cols <= 0:
			clear(panel)
		case transB:
			t.panelOfRows(panel, cols, k, b[j*ldb:], ldb, s)
		default:
			clear(panel[(k+1)/2*2*amxPanel:])
			t.pairs(k, cols, pointer(panel), pointer(b[j:]), 4*ldb)
		}
	}
}

// panelOfRows packs a panel whose columns are rows of k numbers, ldb apart: rounded,
// then transposed pair by pair.
func (t *amx) panelOfRows(panel []uint16, cols, k int, b []float32, ldb int, s *Scratch) {
	size := len(panel) / amxPanel
	rows := grow(&s.half, len(panel))
	for c := range cols {
		t.halfRow(rows[c*size:(c+1)*size], b[c*ldb:c*ldb+k])
	}
	clear(rows[cols*size:])
	for half := range 2 {
		t.squares(size/16, pointer(rows[half*8*size:]), 2*size, pointer(panel[half*16:]), amxGroup)
	}
}

// multiply multiplies m rounded rows of k numbers by packed panels, n columns of them.
func (t *amx) multiply(m, n, k int, a, panels []uint16, d target, s *Scratch) {
	groups := amxGroups(2 * k)
	pitch, sums := amxPitch(groups), pointer(grow(&s.tile, amxBlock*amxBlock))
	amxCalls(m, n, func(c amxCall) {
		to := d.at(c.row, c.column)
		t.bf16[c.tiles()](c.config(), sums, c.cols, c.blocks, c.height, groups,
			pointer(a[c.row*pitch/2:]), pitch, pointer(panels[c.column*groups*amxGroup/2:]), groups*amxGroup*amxPanel,
			pointer(to.c), 4*to.ld, 4*to.ldplus, pointer(to.plus))
	})
}

// amxBF16 is packed weights: for each block of k the panels of all columns.
type amxBF16 struct {
	amx     *amx
	set     *set // for the activation
	panels  []uint16
	bias    []float32
	out, in int
}

func packAMXBF16(t *amx, set *set, w, bias []float32, out, in int) *amxBF16 {
	wide, step := amxWhole(out), amxStep(in)
	l := &amxBF16{amx: t, set: set, bias: clone(bias), out: out, in: in}
	l.panels = make([]uint16, wide*amxGroups(2*in)*amxGroup/2)
	var s Scratch
	for k0 := 0; k0 < in; k0 += step {
		kc := min(step, in-k0)
		t.right(l.panels[wide*k0:][:wide*amxGroups(2*kc)*amxGroup/2], true, out, kc, w[k0:], in, &s)
	}
	return l
}

func (l *amxBF16) apply(y, x []float32, rows int, act Activation, s *Scratch) {
	wide, step := amxWhole(l.out), amxStep(l.in)
	for i := 0; i < rows; i += amxStrip {
		m := min(amxStrip, rows-i)
		part := y[i*l.out : (i+m)*l.out]
		d := target{c: part, ld: l.out, plus: l.bias}
		for k0 := 0; k0 < l.in; k0 += step {
			kc := min(step, l.in-k0)
			l.amx.multiply(m, l.out, kc, l.amx.left(m, kc, x[i*l.in+k0:], l.in, s), l.panels[wide*k0:], d, s)
			d.plus, d.ldplus = d.c, d.ld
		}
		if act == GELU {
			l.set.gelu(part, part)
		}
	}
}
