package table

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"

	flatbuffers "github.com/google/flatbuffers/go"
)

// Numbers of Arrow's Schema.fbs and Message.fbs.
const (
	arrowV5            = 4
	arrowSchemaHeader  = 1
	arrowInt           = 2
	arrowFloatingPoint = 3
	arrowUTF8          = 5
	arrowBool          = 6
	arrowTimestamp     = 10
	arrowList          = 12
	arrowDouble        = 2
	arrowMicrosecond   = 2
)

// arrowSchema is the value of the key ARROW:schema, by which PyArrow, pandas
// and Polars know categories, their order and time zones: an Arrow IPC schema
// message in base64.
//
// It is encoded here, at run time, because the columns of articles depend on
// the run, and because the Arrow library weighs more than this program.
func arrowSchema(cols []column) string {
	b := flatbuffers.NewBuilder(1 << 14)
	fields := make([]flatbuffers.UOffsetT, len(cols))
	for i := range cols {
		fields[i] = arrowField(b, &cols[i])
	}
	list := offsets(b, fields)
	b.StartObject(4) // Schema
	b.PrependUOffsetTSlot(1, list, 0)
	schema := b.EndObject()
	b.StartObject(5) // Message
	b.PrependInt16Slot(0, arrowV5, 0)
	b.PrependByteSlot(1, arrowSchemaHeader, 0)
	b.PrependUOffsetTSlot(2, schema, 0)
	b.Finish(b.EndObject())
	return base64.StdEncoding.EncodeToString(encapsulated(b.FinishedBytes()))
}

// encapsulated frames an Arrow message: a continuation mark, the length, the
// message padded to 8 bytes.
func encapsulated(message []byte) []byte {
	n := (len(message) + 7) / 8 * 8
	out := binary.LittleEndian.AppendUint32(nil, 0xFFFFFFFF)
	out = binary.LittleEndian.AppendUint32(out, uint32(n))
	out = append(out, message...)
	return append(out, make([]byte, n-len(message))...)
}

func arrowField(b *flatbuffers.Builder, c *column) flatbuffers.UOffsetT {
	name := b.CreateString(c.name)
	kind, typ := arrowType(b, c)
	var dictionary, children, metadata flatbuffers.UOffsetT
	if c.enum != nil {
		dictionary = arrowDictionary(b, int64(c.index))
		metadata = polarsEnum(b, c.enum)
	}
	if c.form == listForm {
		children = offsets(b, []flatbuffers.UOffsetT{arrowField(b, &column{name: "element"})})
	} else {
		children = offsets(b, nil)
	}
	b.StartObject(7) // Field
	b.PrependUOffsetTSlot(0, name, 0)
	b.PrependBoolSlot(1, c.nullable, false)
	b.PrependByteSlot(2, kind, 0)
	b.PrependUOffsetTSlot(3, typ, 0)
	b.PrependUOffsetTSlot(4, dictionary, 0)
	b.PrependUOffsetTSlot(5, children, 0)
	b.PrependUOffsetTSlot(6, metadata, 0)
	return b.EndObject()
}

// arrowType is the union member and table of a column's Arrow type.
func arrowType(b *flatbuffers.Builder, c *column) (byte, flatbuffers.UOffsetT) {
	switch c.form {
	case intForm:
		return arrowInt, arrowIntType(b, 32)
	case realForm:
		b.StartObject(1)
		b.PrependInt16Slot(0, arrowDouble, 0)
		return arrowFloatingPoint, b.EndObject()
	case boolForm:
		b.StartObject(0)
		return arrowBool, b.EndObject()
	case listForm:
		b.StartObject(0)
		return arrowList, b.EndObject()
	case instantForm:
		return arrowTimestamp, arrowTimestampType(b, b.CreateString("UTC"))
	case dayForm:
		return arrowTimestamp, arrowTimestampType(b, 0)
	}
	b.StartObject(0)
	return arrowUTF8, b.EndObject()
}

func arrowTimestampType(b *flatbuffers.Builder, zone flatbuffers.UOffsetT) flatbuffers.UOffsetT {
	b.StartObject(2)
	b.PrependInt16Slot(0, arrowMicrosecond, 0)
	b.PrependUOffsetTSlot(1, zone, 0)
	return b.EndObject()
}

func arrowIntType(b *flatbuffers.Builder, bits int32) flatbuffers.UOffsetT {
	b.StartObject(2)
	b.PrependInt32Slot(0, bits, 0)
	b.PrependBoolSlot(1, true, false) // signed
	return b.EndObject()
}

// arrowDictionary says that a field's strings are ordered categories.
func arrowDictionary(b *flatbuffers.Builder, id int64) flatbuffers.UOffsetT {
	index := arrowIntType(b, 8)
	b.StartObject(4)
	b.PrependInt64Slot(0, id, 0)
	b.PrependUOffsetTSlot(1, index, 0)
	b.PrependBoolSlot(2, true, false) // ordered
	return b.EndObject()
}

// polarsEnum is the field metadata from which Polars makes an Enum rather
// than a Categorical: the values, each behind its length.
func polarsEnum(b *flatbuffers.Builder, values []string) flatbuffers.UOffsetT {
	var s strings.Builder
	for _, v := range values {
		fmt.Fprintf(&s, "%d;%s", len(v), v)
	}
	key, value := b.CreateString("_PL_ENUM_VALUES2"), b.CreateString(s.String())
	b.StartObject(2) // KeyValue
	b.PrependUOffsetTSlot(0, key, 0)
	b.PrependUOffsetTSlot(1, value, 0)
	return offsets(b, []flatbuffers.UOffsetT{b.EndObject()})
}

// offsets is a vector of tables.
func offsets(b *flatbuffers.Builder, tables []flatbuffers.UOffsetT) flatbuffers.UOffsetT {
	b.StartVector(flatbuffers.SizeUOffsetT, len(tables), flatbuffers.SizeUOffsetT)
	for i := len(tables) - 1; i >= 0; i-- {
		b.PrependUOffsetT(tables[i])
	}
	return b.EndVector(len(tables))
}
