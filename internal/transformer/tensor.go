package transformer

import (
	"encoding/binary"
	"math"
)

// DType is how a tensor's numbers are stored, as safetensors writes it.
type DType string

// The types whose numbers the package computes with. Tensors of other types
// are carried through unread.
const (
	F32  DType = "F32"
	F16  DType = "F16"
	BF16 DType = "BF16"
	I8   DType = "I8" // ours: Int8 with Scale
)

// sizes are the bytes of a number of every type that a file may hold.
var sizes = map[DType]int{
	"BOOL": 1, "U8": 1, I8: 1, "F8_E4M3": 1, "F8_E5M2": 1, "I16": 2, "U16": 2, F16: 2, BF16: 2,
	"I32": 4, "U32": 4, F32: 4, "F64": 8, "I64": 8, "U64": 8,
}

// Tensor is a named array of a checkpoint, row-major.
type Tensor struct {
	Shape []int
	DType DType // what Write stores
	// Data are the values; they win over the stored bytes. ReadCheckpoint
	// fills it for F32, F16 and BF16, OpenCheckpoint for F32 only.
	Data []float32
	// Int8 and Scale are the values of an I8 tensor (rows, cols): each number
	// times its row's scale, or that of its range where Scale (rows, ranges)
	// cuts rows into equal ones. Such a tensor has no Data.
	Int8  []int8
	Scale []float32

	stored []byte // little-endian, of F16, BF16 and types carried through
}

// NewTensor is a float32 tensor over data.
func NewTensor(data []float32, shape ...int) *Tensor {
	return &Tensor{Shape: shape, DType: F32, Data: data}
}

// Len is the number of values.
func (t *Tensor) Len() int {
	n := 1
	for _, d := range t.Shape {
		n *= d
	}
	return n
}

// Floats are the values: Data, or a new slice when only stored bytes are
// there. It is nil for types that are no floating-point numbers.
func (t *Tensor) Floats() []float32 {
	switch {
	case t.Data != nil:
		return t.Data
	case t.DType == I8 && len(t.Int8) == t.Len():
		return t.dequantized()
	case t.DType == F16:
		return decode16(t.stored, halfToFloat)
	case t.DType == BF16:
		return decode16(t.stored, bfloatToFloat)
	}
	return nil
}

func (t *Tensor) dequantized() []float32 {
	x := make([]float32, len(t.Int8))
	for i, q := range t.Int8 {
		x[i] = float32(q) * t.Scale[i/(len(x)/len(t.Scale))]
	}
	return x
}

// addRow adds row r of a matrix to dst, whatever form it is kept in.
func (t *Tensor) addRow(dst []float32, r int) {
	n := len(dst)
	switch {
	case t.Data != nil:
		for i, v := range t.Data[r*n : r*n+n] {
			dst[i] += v
		}
	case t.DType == I8:
		scale := t.Scale[r]
		for i, q := range t.Int8[r*n : r*n+n] {
			dst[i] += float32(q) * scale
		}
	case t.DType == F16:
		row := t.stored[2*r*n : 2*(r*n+n)]
		for i := range dst {
			dst[i] += halfToFloat(binary.LittleEndian.Uint16(row[2*i:]))
		}
	default:
		row := t.stored[2*r*n : 2*(r*n+n)]
		for i := range dst {
			dst[i] += bfloatToFloat(binary.LittleEndian.Uint16(row[2*i:]))
		}
	}
}

// bytes is the tensor as it is stored.
func (t *Tensor) bytes() []byte {
	switch {
	case t.DType == I8 && t.Int8 != nil:
		return bytesOf(t.Int8)
	case t.Data == nil:
		return t.stored
	case t.DType == F16:
		return encode16(t.Data, floatToHalf)
	case t.DType == BF16:
		return encode16(t.Data, floatToBfloat)
	}
	return encode32(t.Data)
}

func decode16(b []byte, float func(uint16) float32) []float32 {
	x := make([]float32, len(b)/2)
	for i := range x {
		x[i] = float(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return x
}

func encode16(x []float32, bits func(float32) uint16) []byte {
	b := make([]byte, 2*len(x))
	for i, v := range x {
		binary.LittleEndian.PutUint16(b[2*i:], bits(v))
	}
	return b
}

func encode32(x []float32) []byte {
	b := make([]byte, 4*len(x))
	for i, v := range x {
		binary.LittleEndian.PutUint32(b[4*i:], math.Float32bits(v))
	}
	return b
}

// halfToFloat is exact. Outside infinities and NaNs, float16's bits moved to
// float32's places are the number times 2^-112, subnormals included.
func halfToFloat(h uint16) float32 {
	sign, rest := uint32(h&0x8000)<<16, uint32(h&0x7fff)<<13
	if h&0x7c00 == 0x7c00 {
		return math.Float32frombits(sign | 0x7f800000 | rest&0x7fffff)
	}
	return math.Float32frombits(sign | math.Float32bits(math.Float32frombits(rest)*0x1p112))
}

// floatToHalf rounds to the nearest, ties to even; too large becomes infinite.
func floatToHalf(f float32) uint16 {
	bits := math.Float32bits(f)
	sign, abs := uint16(bits>>16)&0x8000, bits&0x7fffffff
	switch {
	case abs > 0x7f800000: // NaN keeps its payload, and stays one
		return sign | 0x7c00 | max(uint16(abs>>13)&0x3ff, 1)
	case abs >= 0x477ff000: // 65520 and more
		return sign | 0x7c00
	case abs < 0x38800000: // under 2^-14: a multiple of 2^-24
		return sign | uint16(math.RoundToEven(float64(math.Float32frombits(abs))*0x1p24))
	}
	return sign | uint16((abs-0x38000000+0xfff+abs>>13&1)>>13)
}

func bfloatToFloat(b uint16) float32 { return math.Float32frombits(uint32(b) << 16) }

// floatToBfloat rounds to the nearest, ties to even.
func floatToBfloat(f float32) uint16 {
	bits := math.Float32bits(f)
	if f != f {
		return uint16(bits>>16) | b2u(bits>>16&0x7f == 0)
	}
	return uint16((bits + 0x7fff + bits>>16&1) >> 16)
}

func b2u(b bool) uint16 {
	if b {
		return 1
	}
	return 0
}
