package transformer

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"math"
	"runtime"
	"slices"
	"unsafe"

	"standpoint/internal/kernel"
)

// maxHeader is the longest header that the format allows.
const maxHeader = 100_000_000

// metadataKey is the header's entry that is no tensor.
const metadataKey = "__metadata__"

// entry is a tensor's place in a safetensors file.
type entry struct {
	name  string
	DType DType    `json:"dtype"`
	Shape []int    `json:"shape"`
	Range [2]int64 `json:"data_offsets"` // from the end of the header
}

// ReadTensors reads a safetensors file of the given size, each tensor into
// memory of its own, several at a time. F32 becomes Data; other types
// stay as stored until Floats is called. A header that is no header, or that
// names other bytes than the file has, is an error and asks for no memory.
func ReadTensors(r io.ReaderAt, size int64) (map[string]*Tensor, map[string]string, error) {
	entries, metadata, start, err := readHeader(r, size)
	if err != nil {
		return nil, nil, err
	}
	tensors := make(map[string]*Tensor, len(entries))
	for _, e := range entries {
		tensors[e.name] = &Tensor{Shape: e.Shape, DType: e.DType}
	}
	memory := &kernel.Memory{Total: int(size)}
	errs := make([]error, runtime.GOMAXPROCS(0))
	share(len(errs), len(entries), func(w int, jobs iter.Seq[int]) {
		for i := range jobs {
			e := entries[i]
			if err := tensors[e.name].read(r, start+e.Range[0], memory.Bytes(int(e.Range[1]-e.Range[0]))); err != nil {
				errs[w] = fmt.Errorf("tensor %s: %w", e.name, err)
				return
			}
		}
	})
	if err := cmp.Or(errs...); err != nil {
		return nil, nil, err
	}
	return tensors, metadata, nil
}

// read fills t from a file, by way of the memory that it will keep.
func (t *Tensor) read(r io.ReaderAt, at int64, memory []byte) error {
	if err := readAt(r, memory, at); err != nil {
		return err
	}
	switch t.DType {
	case F32:
		t.Data = numbersOf[float32](memory)
		fixOrder(t.Data)
	case I8:
		t.Int8 = numbersOf[int8](memory)
	default:
		t.stored = memory
	}
	return nil
}

// numbersOf is b, which is aligned, as numbers: none is not nil.
func numbersOf[T int8 | float32](b []byte) []T {
	if len(b) == 0 {
		return []T{}
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&b[0])), len(b)/int(unsafe.Sizeof(T(0))))
}

// bytesOf is the memory of x.
func bytesOf[T int8 | float32](x []T) []byte {
	if len(x) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&x[0])), len(x)*int(unsafe.Sizeof(x[0])))
}

// fixOrder swaps the bytes of little-endian numbers where the CPU is not.
func fixOrder(x []float32) {
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 {
		return
	}
	for b := bytesOf(x); len(b) >= 4; b = b[4:] {
		slices.Reverse(b[:4])
	}
}

// readHeader returns the entries in the order of their bytes, the metadata,
// and where the bytes start.
func readHeader(r io.ReaderAt, size int64) ([]entry, map[string]string, int64, error) {
	var length [8]byte
	if err := readAt(r, length[:], 0); err != nil {
		return nil, nil, 0, fmt.Errorf("safetensors: too short for a header: %w", err)
	}
	n := binary.LittleEndian.Uint64(length[:])
	if n > maxHeader || int64(n) > size-8 {
		return nil, nil, 0, fmt.Errorf("safetensors: a header of %d bytes in a file of %d", n, size)
	}
	text := make([]byte, n)
	if err := readAt(r, text, 8); err != nil {
		return nil, nil, 0, fmt.Errorf("safetensors: %w", err)
	}
	entries, metadata, err := parseHeader(text)
	if err != nil {
		return nil, nil, 0, fmt.Errorf("safetensors: %w", err)
	}
	start := 8 + int64(n)
	return entries, metadata, start, checkRanges(entries, size-start)
}

func parseHeader(text []byte) ([]entry, map[string]string, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return nil, nil, fmt.Errorf("header: %w", err)
	}
	var metadata map[string]string
	entries := make([]entry, 0, len(fields))
	for name, field := range fields {
		if name == metadataKey {
			if err := json.Unmarshal(field, &metadata); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", name, err)
			}
			continue
		}
		e := entry{name: name}
		if err := json.Unmarshal(field, &e); err != nil {
			return nil, nil, fmt.Errorf("tensor %s: %w", name, err)
		}
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.Range[0], b.Range[0]), cmp.Compare(a.Range[1], b.Range[1]), cmp.Compare(a.name, b.name))
	})
	return entries, metadata, nil
}

// checkRanges sees to it that the tensors lie one after another, fill the
// bytes exactly, and have as many as their shapes say.
func checkRanges(entries []entry, size int64) error {
	at := int64(0)
	for _, e := range entries {
		if e.Range[0] != at || e.Range[1] < at || e.Range[1] > size {
			return fmt.Errorf("safetensors: tensor %s at bytes %d to %d, expected from %d and within %d", e.name, e.Range[0], e.Range[1], at, size)
		}
		if err := e.checkSize(); err != nil {
			return fmt.Errorf("safetensors: tensor %s: %w", e.name, err)
		}
		at = e.Range[1]
	}
	if at != size {
		return fmt.Errorf("safetensors: tensors fill %d of %d bytes", at, size)
	}
	return nil
}

// checkSize compares the bytes with the shape; the product cannot overflow.
func (e entry) checkSize() error {
	width, ok := sizes[e.DType]
	if !ok {
		return fmt.Errorf("type %q is not known", e.DType)
	}
	count := int64(1)
	for _, d := range e.Shape {
		if d < 0 || d > 0 && count > math.MaxInt64/8/int64(d) {
			return fmt.Errorf("shape %v is impossible", e.Shape)
		}
		count *= int64(d)
	}
	if have := e.Range[1] - e.Range[0]; count*int64(width) != have {
		return fmt.Errorf("shape %v of %s does not fit %d bytes", e.Shape, e.DType, have)
	}
	return nil
}

// readAt fills b, or says why not.
func readAt(r io.ReaderAt, b []byte, at int64) error {
	if n, err := r.ReadAt(b, at); n < len(b) {
		return cmp.Or(err, io.ErrUnexpectedEOF)
	}
	return nil
}

// WriteTensors writes a safetensors file with the order and layout of the
// reference library: what that wrote and ReadTensors read comes out as the
// same bytes.
func WriteTensors(w io.Writer, tensors map[string]*Tensor, metadata map[string]string) error {
	names := slices.SortedFunc(maps.Keys(tensors), func(a, b string) int {
		return cmp.Or(rank(tensors[b].DType)-rank(tensors[a].DType), cmp.Compare(a, b))
	})
	header, err := renderHeader(names, tensors, metadata)
	if err != nil {
		return err
	}
	if _, err := w.Write(header); err != nil {
		return err
	}
	for _, name := range names {
		if _, err := w.Write(tensors[name].bytes()); err != nil {
			return err
		}
	}
	return nil
}

// order is the reference library's order of types, the last written first.
var order = []DType{"BOOL", "U8", I8, "F8_E5M2", "F8_E4M3", "I16", "U16", F16, BF16, "I32", "U32", F32, "F64", "I64", "U64"}

func rank(t DType) int { return slices.Index(order, t) }

func renderHeader(names []string, tensors map[string]*Tensor, metadata map[string]string) ([]byte, error) {
	header := append(make([]byte, 8), '{')
	field := func(name string, value any) {
		if len(header) > 9 {
			header = append(header, ',')
		}
		header = append(appendJSON(header, name), ':')
		header = appendJSON(header, value)
	}
	if len(metadata) > 0 {
		field(metadataKey, metadata)
	}
	at := int64(0)
	for _, name := range names {
		t := tensors[name]
		e := entry{DType: t.DType, Shape: append([]int{}, t.Shape...), Range: [2]int64{at, at + int64(t.Len()*sizes[t.DType])}}
		if err := t.check(); err != nil || name == metadataKey {
			return nil, fmt.Errorf("tensor %s: %w", name, cmp.Or(err, errors.New("a reserved name")))
		}
		field(name, e)
		at = e.Range[1]
	}
	header = append(header, '}')
	for len(header)%8 != 0 {
		header = append(header, ' ')
	}
	binary.LittleEndian.PutUint64(header, uint64(len(header)-8))
	return header, nil
}

// appendJSON appends strings, maps of strings and entries, which always can.
func appendJSON(b []byte, v any) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.Encode(v)
	return append(b, bytes.TrimSpace(out.Bytes())...)
}

// check sees to it that t has the values that its shape promises.
func (t *Tensor) check() error {
	width, ok := sizes[t.DType]
	if !ok {
		return fmt.Errorf("type %q is not known", t.DType)
	}
	have := len(t.stored)
	switch {
	case t.DType == I8 && t.Int8 != nil:
		have = len(t.Int8)
	case t.Data != nil && (t.DType == F32 || t.DType == F16 || t.DType == BF16):
		have = len(t.Data) * width
	}
	if have != t.Len()*width {
		return fmt.Errorf("%d bytes for shape %v of %s", have, t.Shape, t.DType)
	}
	return nil
}
