package training

import (
	"github.com/nlpodyssey/spago/mat"

	"standpoint/internal/transformer"
)

// An embedding operator is the sum of a token's rows of several tables.
type embedding struct {
	g      *graph
	tables []mat.Tensor // (n, H)
	ids    [][]int32    // for each table, its row for each token
	out    *activation  // (T, H)
}

func (g *graph) embedding(tables []mat.Tensor, ids [][]int32) mat.Tensor {
	return run(&embedding{g: g, tables: tables, ids: ids})
}

// Operands are the tables.
func (o *embedding) Operands() []mat.Tensor { return o.tables }

// Forward shares out tokens.
func (o *embedding) Forward() (mat.Tensor, error) {
	_, cols := size(o.tables[0])
	rows := len(o.ids[0])
	o.out = o.g.newActivation(rows, cols)
	o.g.rows(rows, func(p piece) {
		for r := p.from; r < p.to; r++ {
			dst := o.out.data[r*cols : (r+1)*cols]
			for i, t := range o.tables {
				id := int(o.ids[i][r])
				row := values(t)[id*cols : (id+1)*cols]
				if i == 0 {
					copy(dst, row)
				} else {
					o.g.path.Add(dst, dst, row)
				}
			}
		}
	})
	return o.out, nil
}

// Backward adds token after token: tokens share rows.
func (o *embedding) Backward(mat.Tensor) error {
	defer o.out.release()
	_, cols := size(o.tables[0])
	for i, t := range o.tables {
		addGrad(t, func(dst []float32, _ bool) {
			for r, id := range o.ids[i] {
				row := dst[int(id)*cols : (int(id)+1)*cols]
				o.g.path.Add(row, row, o.out.grad[r*cols:(r+1)*cols])
			}
		})
	}
	return nil
}

// A pool operator is the mean of each span's rows: (E, spans × H), the spans
// of an example side by side.
type pool struct {
	g     *graph
	x     mat.Tensor           // (T, H)
	spans [][]transformer.Span // of each example, as many for all
	out   *activation
}

func (g *graph) pool(x mat.Tensor, spans [][]transformer.Span) mat.Tensor {
	return run(&pool{g: g, x: x, spans: spans})
}

// Operands is the input.
func (o *pool) Operands() []mat.Tensor { return []mat.Tensor{o.x} }

// Forward adds rows in order.
func (o *pool) Forward() (mat.Tensor, error) {
	_, cols := size(o.x)
	o.out = o.g.newActivation(len(o.spans), len(o.spans[0])*cols)
	clear(o.out.data)
	x := values(o.x)
	o.each(cols, func(at, from, to int, scale float32) {
		dst := o.out.data[at : at+cols]
		for r := from; r < to; r++ {
			o.g.path.Axpy(dst, scale, x[r*cols:(r+1)*cols])
		}
	})
	return o.out, nil
}

// Backward spreads each span's gradient over its rows.
func (o *pool) Backward(mat.Tensor) error {
	defer o.out.release()
	_, cols := size(o.x)
	addGrad(o.x, func(dx []float32, accumulate bool) {
		if !accumulate {
			clear(dx)
		}
		o.each(cols, func(at, from, to int, scale float32) {
			for r := from; r < to; r++ {
				o.g.path.Axpy(dx[r*cols:(r+1)*cols], scale, o.out.grad[at:at+cols])
			}
		})
	})
	return nil
}

// each calls f for each span: where its mean lies in the output, its rows of
// x, and one over their number.
func (o *pool) each(cols int, f func(at, from, to int, scale float32)) {
	at := 0
	for e, spans := range o.spans {
		for _, s := range spans {
			f(at, o.g.starts[e]+s.Start, o.g.starts[e]+s.End, 1/float32(s.End-s.Start))
			at += cols
		}
	}
}

// A gather operator picks rows.
type gather struct {
	g    *graph
	x    mat.Tensor // (T, H)
	rows []int
	out  *activation // (len(rows), H)
}

func (g *graph) gather(x mat.Tensor, rows []int) mat.Tensor {
	return run(&gather{g: g, x: x, rows: rows})
}

// Operands is the input.
func (o *gather) Operands() []mat.Tensor { return []mat.Tensor{o.x} }

// Forward copies rows.
func (o *gather) Forward() (mat.Tensor, error) {
	_, cols := size(o.x)
	o.out = o.g.newActivation(len(o.rows), cols)
	x := values(o.x)
	for i, r := range o.rows {
		copy(o.out.data[i*cols:(i+1)*cols], x[r*cols:(r+1)*cols])
	}
	return o.out, nil
}

// Backward adds them back.
func (o *gather) Backward(mat.Tensor) error {
	defer o.out.release()
	_, cols := size(o.x)
	addGrad(o.x, func(dx []float32, accumulate bool) {
		if !accumulate {
			clear(dx)
		}
		for i, r := range o.rows {
			row := dx[r*cols : (r+1)*cols]
			o.g.path.Add(row, row, o.out.grad[i*cols:(i+1)*cols])
		}
	})
	return nil
}
