package kernel

// amxInt8 is packed weights: panels of groups of 16 fours of k times 16 columns, and for
// each block of columns their scales and biases.
type amxInt8 struct {
	amx     *amx
	set     *set // for rows and the activation
	panels  []int8
	tables  []float32
	out, in int
}

func packAMXInt8(t *amx, set *set, q []int8, scale, bias []float32, out, in int) *amxInt8 {
	wide, size := amxWhole(out), amxGroups(in)*amxGroup
	l := &amxInt8{amx: t, set: set, out: out, in: in, panels: newPanels(wide * size), tables: make([]float32, 2*wide)}
	for o := range out {
		panel, col := l.panels[o/amxPanel*amxPanel*size:], o%amxPanel
		interleave(panel, q[o*in:(o+1)*in], col, amxPanel, 4)
		table := l.tables[o/amxBlock*2*amxBlock+o%amxBlock:]
		table[0], table[amxBlock] = scale[o], bias[o]
	}
	return l
}

func (l *amxInt8) apply(y, x []float32, rows int, act Activation, s *Scratch) {
	for i := 0; i < rows; i += amxStrip {
		m := min(amxStrip, rows-i)
		part := y[i*l.out : (i+m)*l.out]
		l.multiply(part, l.quantize(x[i*l.in:], m, s), m, s)
		if act == GELU {
			l.set.gelu(part, part)
		}
	}
}

// quantize quantises m rows, fills them to whole groups and keeps their factors in s.row.
func (l *amxInt8) quantize(x []float32, m int, s *Scratch) []int8 {
	groups := amxGroups(l.in)
	pitch := amxPitch(groups)
	a, factors := grow(&s.q, m*pitch), grow(&s.row, m)
	for r := range m {
		row := a[r*pitch : r*pitch+groups*amxGroup]
		factors[r] = l.set.quantizeRow(row[:l.in], x[r*l.in:(r+1)*l.in])
		clear(row[l.in:])
	}
	return a
}

func (l *amxInt8) multiply(y []float32, a []int8, m int, s *Scratch) {
	groups := amxGroups(l.in)
	pitch, size, sums := amxPitch(groups), groups*amxGroup, pointer(grow(&s.tile, amxBlock*amxBlock))
	amxCalls(m, l.out, func(c amxCall) {
		l.amx.int8[c.tiles()](c.config(), sums, c.cols, c.blocks, c.height, groups,
			pointer(a[c.row*pitch:]), pitch, pointer(l.panels[c.column*size:]), size*amxPanel,
			pointer(y[c.row*l.out+c.column:]), 4*l.out, pointer(s.row[c.row:]), pointer(l.tables[2*c.column:]))
	})
}
