package corpus

import (
	"encoding/binary"
	"errors"
	"math/bits"

	"github.com/parquet-go/parquet-go/format"
)

// A walker passes over thrift in the compact protocol, as Parquet's footers
// and page headers are written, and checks every length on the way.
type walker struct {
	b        []byte
	at       int
	elements int
	bad      bool
}

// The types of the compact protocol.
const (
	thriftTrue = iota + 1
	thriftFalse
	thriftI8
	thriftI16
	thriftI32
	thriftI64
	thriftDouble
	thriftBinary
	thriftList
	thriftSet
	thriftMap
	thriftStruct
)

func (w *walker) byte() byte {
	if w.at >= len(w.b) {
		w.bad = true
		return 0
	}
	w.at++
	return w.b[w.at-1]
}

func (w *walker) uvarint() uint64 {
	v, n := binary.Uvarint(w.b[w.at:])
	if n <= 0 {
		w.bad = true
		return 0
	}
	w.at += n
	return v
}

func (w *walker) skip(n uint64) {
	if n > uint64(len(w.b)-w.at) {
		w.bad = true
		return
	}
	w.at += int(n)
}

// structure passes over fields up to the stop.
func (w *walker) structure(depth int) {
	w.bad = w.bad || depth > maxNesting
	for !w.bad {
		head := w.byte()
		if head == 0 {
			return
		}
		if head>>4 == 0 {
			w.uvarint() // the field's number
		}
		if typ := head & 15; typ > thriftFalse {
			w.value(typ, depth)
		}
	}
}

// value passes over one value; in lists a boolean takes a byte.
func (w *walker) value(typ byte, depth int) {
	switch typ {
	case thriftTrue, thriftFalse, thriftI8:
		w.skip(1)
	case thriftI16, thriftI32, thriftI64:
		w.uvarint()
	case thriftDouble:
		w.skip(8)
	case thriftBinary:
		w.skip(w.uvarint())
	case thriftList, thriftSet:
		head := w.byte()
		n := uint64(head >> 4)
		if n == 15 {
			n = w.uvarint()
		}
		w.items(n, depth, head&15)
	case thriftMap:
		if n := w.uvarint(); n > 0 {
			types := w.byte()
			w.items(n, depth, types>>4, types&15)
		}
	case thriftStruct:
		w.structure(depth + 1)
	default:
		w.bad = true
	}
}

// items passes over n items, each of a value of every type.
func (w *walker) items(n uint64, depth int, types ...byte) {
	if w.elements += int(min(n, maxElements+1)); w.elements > maxElements || n > uint64(len(w.b)-w.at) {
		w.bad = true
	}
	for range n {
		for _, typ := range types {
			if w.bad {
				return
			}
			w.value(typ, depth+1)
		}
	}
}

func bitWidth(level int) uint { return uint(bits.Len(uint(level))) }

// hybridHolds checks runs of the RLE and bit-packing hybrid: together they
// hold no more than n values, the last run of packed ones filled up.
func hybridHolds(b []byte, width uint, n int64) bool {
	for total := int64(0); len(b) > 0; {
		run, used := binary.Uvarint(b)
		if used <= 0 || run>>1 > uint64(n) {
			return false
		}
		b = b[used:]
		size := uint64(width+7) / 8
		if total += int64(run >> 1); run&1 == 1 {
			total += int64(run>>1) * 7
			size = (run >> 1) * uint64(width)
		}
		// Writers pad bit-packed values to a group of 8, and some to 64.
		if size > uint64(len(b)) || total > n+64 {
			return false
		}
		b = b[size:]
	}
	return true
}

// checkValues checks what the values of a page say of their number.
func checkValues(data []byte, encoding format.Encoding, n int64) error {
	ok := true
	switch encoding {
	//lint:ignore SA1019 old writers name the encoding so
	case format.PlainDictionary, format.RLEDictionary:
		ok = len(data) == 0 || data[0] <= 32 && hybridHolds(data[1:], uint(data[0]), n)
	case format.DeltaBinaryPacked, format.DeltaLengthByteArray:
		_, ok = passDelta(data, n)
	case format.DeltaByteArray:
		var rest []byte
		if rest, ok = passDelta(data, n); ok {
			_, ok = passDelta(rest, n)
		}
	case format.Plain, format.RLE, format.BitPacked, format.ByteStreamSplit:
	default:
		ok = false
	}
	if !ok {
		return errors.New("its values are malformed")
	}
	return nil
}

// passDelta passes over one sequence of delta-packed numbers, of at most n.
func passDelta(b []byte, n int64) ([]byte, bool) {
	if len(b) == 0 {
		return b, true
	}
	w := walker{b: b}
	block, minis, total := w.uvarint(), w.uvarint(), w.uvarint()
	w.uvarint() // the first value
	if w.bad || total > uint64(n) || minis == 0 || minis > block || block > 1<<16 {
		return nil, false
	}
	perMini := block / minis
	for left := int64(total) - 1; left > 0 && !w.bad; {
		w.uvarint() // the least delta
		widths := w.b[w.at:min(w.at+int(minis), len(w.b))]
		w.skip(minis)
		for _, width := range widths {
			if left <= 0 {
				break
			}
			w.skip(perMini * uint64(width) / 8)
			left -= int64(perMini)
		}
	}
	return w.b[w.at:], !w.bad
}
