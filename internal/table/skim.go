package table

import (
	"encoding/binary"
	"errors"
)

var errMalformed = errors.New("malformed")

// The types of Thrift's compact protocol.
const (
	thriftStop   = 0
	thriftTrue   = 1
	thriftFalse  = 2
	thriftByte   = 3
	thriftInt16  = 4
	thriftInt32  = 5
	thriftInt64  = 6
	thriftDouble = 7
	thriftBinary = 8
	thriftList   = 9
	thriftSet    = 10
	thriftMap    = 11
	thriftStruct = 12
)

// maxDepth bounds the nesting of Thrift values; Parquet's go six deep.
const maxDepth = 16

// skim walks over the compact Thrift struct at the start of b and returns its
// length. It reads nothing out: it makes sure that no string or list claims
// more than the bytes that are there.
func skim(b []byte) (int, error) {
	s := skimmer{rest: b}
	if !s.structure(0) {
		return 0, errMalformed
	}
	return len(b) - len(s.rest), nil
}

// A skimmer's methods report whether the value fits into the rest.
type skimmer struct{ rest []byte }

func (s *skimmer) structure(depth int) bool {
	for {
		head, ok := s.byte()
		if !ok {
			return false
		}
		if head == thriftStop {
			return true
		}
		if head>>4 == 0 { // the field's number follows in full
			if _, ok := s.varint(); !ok {
				return false
			}
		}
		if kind := head & 15; kind != thriftTrue && kind != thriftFalse && !s.value(kind, depth) {
			return false
		}
	}
}

// value skips a value of the given type; booleans are those in lists.
func (s *skimmer) value(kind byte, depth int) bool {
	if depth > maxDepth {
		return false
	}
	switch kind {
	case thriftTrue, thriftFalse, thriftByte:
		return s.skip(1)
	case thriftInt16, thriftInt32, thriftInt64:
		_, ok := s.varint()
		return ok
	case thriftDouble:
		return s.skip(8)
	case thriftBinary:
		n, ok := s.varint()
		return ok && s.skip(n)
	case thriftList, thriftSet:
		return s.list(depth)
	case thriftMap:
		return s.pairs(depth)
	case thriftStruct:
		return s.structure(depth + 1)
	}
	return false
}

func (s *skimmer) list(depth int) bool {
	head, ok := s.byte()
	if !ok {
		return false
	}
	n := uint64(head >> 4)
	if n == 15 {
		if n, ok = s.varint(); !ok {
			return false
		}
	}
	return s.values(n, depth, head&15)
}

func (s *skimmer) pairs(depth int) bool {
	n, ok := s.varint()
	if !ok || n == 0 {
		return ok
	}
	kinds, ok := s.byte()
	return ok && s.values(n, depth, kinds>>4, kinds&15)
}

// values skips n values of each kind in turn; each takes a byte at least.
func (s *skimmer) values(n uint64, depth int, kinds ...byte) bool {
	if n > uint64(len(s.rest)) {
		return false
	}
	for range n {
		for _, kind := range kinds {
			if !s.value(kind, depth+1) {
				return false
			}
		}
	}
	return true
}

func (s *skimmer) byte() (byte, bool) {
	if len(s.rest) == 0 {
		return 0, false
	}
	b := s.rest[0]
	s.rest = s.rest[1:]
	return b, true
}

func (s *skimmer) varint() (uint64, bool) {
	v, n := binary.Uvarint(s.rest)
	if n <= 0 {
		return 0, false
	}
	s.rest = s.rest[n:]
	return v, true
}

func (s *skimmer) skip(n uint64) bool {
	if n > uint64(len(s.rest)) {
		return false
	}
	s.rest = s.rest[n:]
	return true
}
