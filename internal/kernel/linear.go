package kernel

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"unsafe"
)

// Linear is y = act(x Wᵀ + b): weights (Out, In), packed for a path and a
// precision. It keeps nothing of the slices it was made from.
type Linear struct {
	In, Out   int
	Precision Precision
	product   product
}

// product multiplies rows by packed weights: y (rows, out) = act(x (rows, in)
// Wᵀ + b). Slices come cut to length, rows is at least 1, and s is not nil.
type product interface {
	apply(y, x []float32, rows int, act Activation, s *Scratch)
}

// NewLinear packs weights w (out, in) and a bias (out), nil for none. Int8
// quantises the weights first: each channel by its largest absolute value.
func (p Path) NewLinear(w, bias []float32, out, in int, prec Precision) *Linear {
	w, bias = w[:out*in], channelBias(bias, out)
	l := &Linear{In: in, Out: out, Precision: prec}
	if out == 0 {
		return l
	}
	switch prec {
	case Int8:
		q, scale := QuantizeRows(w, out, in)
		return p.NewLinearInt8(q, scale, bias, out, in)
	case BFloat16:
		l.product = p.packer(in).packBFloat16(w, bias, out, in)
	default:
		l.Precision = Float32
		l.product = p.packer(in).packFloat32(w, bias, out, in)
	}
	return l
}

// NewLinearInt8 packs weights that are quantised already: q (out, in) times
// scale (out), with values from -127 to 127; a -128 counts as -127.
func (p Path) NewLinearInt8(q []int8, scale, bias []float32, out, in int) *Linear {
	l := &Linear{In: in, Out: out, Precision: Int8}
	q = symmetric(q[:out*in])
	if out > 0 {
		l.product = p.packer(in).packInt8(q, scale[:out], channelBias(bias, out), out, in)
	}
	return l
}

// symmetric is q without -128: q itself where it has none.
func symmetric(q []int8) []int8 {
	if !hasLowest(q) {
		return q
	}
	out := make([]int8, len(q))
	for i, v := range q {
		out[i] = max(v, -127)
	}
	return out
}

// hasLowest tells whether q has a -128, eight at a time: a byte less 0x80 is 0, and
// only then does a 1 taken from every byte borrow where the byte had no upper bit.
func hasLowest(q []int8) bool {
	whole := len(q) / 8 * 8
	if whole > 0 {
		const ones, highest = 0x0101010101010101, 0x8080808080808080
		for _, v := range unsafe.Slice((*[8]byte)(unsafe.Pointer(&q[0])), whole/8) {
			if x := binary.LittleEndian.Uint64(v[:]) ^ highest; (x-ones)&^x&highest != 0 {
				return true
			}
		}
	}
	return slices.Contains(q[whole:], -128)
}

// packer is the set that packs weights: the path's, but the portable one where
// there are no inputs and a result is its bias.
func (p Path) packer(in int) *set {
	if in == 0 {
		return &portable
	}
	return p.set()
}

// channelBias is a bias (out) of zeros where there is none.
func channelBias(bias []float32, out int) []float32 {
	if bias == nil {
		return make([]float32, out)
	}
	return bias[:out]
}

// Apply sets y (rows, Out) = act(x Wᵀ + b) for x (rows, In). y must not
// overlap x. A nil Scratch is allowed and costs an allocation.
func (l *Linear) Apply(y, x []float32, rows int, act Activation, s *Scratch) {
	if rows <= 0 || l.Out == 0 {
		return
	}
	if s == nil {
		s = new(Scratch)
	}
	l.product.apply(y[:rows*l.Out], x[:rows*l.In], rows, act, s)
}

// String says what the layer is: "linear 384x1536 int8".
func (l *Linear) String() string { return fmt.Sprintf("linear %dx%d %v", l.Out, l.In, l.Precision) }

// String is float32, bfloat16 or int8.
func (p Precision) String() string {
	switch p {
	case Float32:
		return "float32"
	case BFloat16:
		return "bfloat16"
	case Int8:
		return "int8"
	}
	return fmt.Sprintf("precision %d", uint8(p))
}

// QuantizeRow rounds x to int8 multiples of scale, symmetric about 0: scale is
// the largest absolute value over 127, q the nearest even of x/scale. A row of
// zeros (below 1e-35) has scale 0; one with a NaN or an infinity has scale NaN and q of 0.
func QuantizeRow(q []int8, x []float32) (scale float32) {
	return portable.quantizeRow(q[:len(x)], x)
}

// QuantizeRow is the package's QuantizeRow on a path: the same values, faster.
func (p Path) QuantizeRow(q []int8, x []float32) (scale float32) {
	return p.set().quantizeRow(q[:len(x)], x)
}

// QuantizeRows quantises each row of w (rows, cols): q (rows, cols) times
// scale (rows).
func QuantizeRows(w []float32, rows, cols int) (q []int8, scale []float32) {
	q, scale = make([]int8, rows*cols), make([]float32, rows)
	for r := range scale {
		scale[r] = QuantizeRow(q[r*cols:(r+1)*cols], w[r*cols:(r+1)*cols])
	}
	return q, scale
}

// roundBF16 is x rounded to bfloat16, nearest even; a NaN stays one.
func roundBF16(x float32) float32 { return math.Float32frombits(uint32(toBF16(x)) << 16) }

// toBF16 is the upper half of x's bits, rounded to nearest even.
func toBF16(x float32) uint16 {
	b := math.Float32bits(x)
	if x != x {
		return uint16(b>>16) | 0x40
	}
	return uint16((b + 0x7fff + b>>16&1) >> 16)
}
