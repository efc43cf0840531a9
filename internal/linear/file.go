package linear

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"standpoint/internal/features"
)

// magic starts a model's bytes; the last character is the version.
const magic = "SPLIN1\n"

// maxClasses bounds what a file may claim.
const maxClasses = 64

// Encode appends the model's bytes: magic, classes, rows, bias, then the
// buckets as differences and the weights, little-endian.
func (m *Model) Encode(b []byte) []byte {
	b = append(b, magic...)
	b = binary.LittleEndian.AppendUint32(b, uint32(m.classes))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.rows)))
	for _, v := range m.bias {
		b = appendFloat(b, v)
	}
	last := uint32(0)
	for _, r := range m.rows {
		b = binary.AppendUvarint(b, uint64(r-last))
		last = r
	}
	for _, v := range m.weights {
		b = appendFloat(b, v)
	}
	return b
}

func appendFloat(b []byte, v float32) []byte {
	return binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
}

var errShort = errors.New("weights end too soon")

// Decode reads a model from the start of b and returns what follows it. It
// checks sizes before it asks for memory, and refuses numbers that are none.
func Decode(b []byte) (m *Model, rest []byte, err error) {
	if !bytes.HasPrefix(b, []byte(magic)) {
		return nil, nil, errors.New("no weights of a version this program knows")
	}
	b = b[len(magic):]
	if len(b) < 8 {
		return nil, nil, errShort
	}
	classes, n := int(binary.LittleEndian.Uint32(b)), int(binary.LittleEndian.Uint32(b[4:]))
	b = b[8:]
	if classes < 1 || classes > maxClasses || n > features.Buckets || len(b) < 4*classes+n+4*n*classes {
		return nil, nil, fmt.Errorf("weights claim %d classes and %d rows, more than the file holds", classes, n)
	}
	bias, b, err := floats(b, classes)
	if err != nil {
		return nil, nil, err
	}
	rows, b, err := readRows(b, n)
	if err != nil {
		return nil, nil, err
	}
	weights, b, err := floats(b, n*classes)
	if err != nil {
		return nil, nil, err
	}
	return newModel(classes, rows, weights, bias), b, nil
}

// readRows reads ascending buckets.
func readRows(b []byte, n int) ([]uint32, []byte, error) {
	rows := make([]uint32, n)
	last := uint64(0)
	for i := range rows {
		d, size := binary.Uvarint(b)
		if size <= 0 {
			return nil, nil, errShort
		}
		b = b[size:]
		if d >= features.Buckets || d == 0 && i > 0 || last+d >= features.Buckets {
			return nil, nil, errors.New("weights are out of order")
		}
		last += d
		rows[i] = uint32(last)
	}
	return rows, b, nil
}

func floats(b []byte, n int) ([]float32, []byte, error) {
	if len(b) < 4*n {
		return nil, nil, errShort
	}
	out := make([]float32, n)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		if v := float64(out[i]); math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, nil, errors.New("weights hold a number that is none")
		}
	}
	return out, b[4*n:], nil
}
