package table

import (
	"reflect"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding"
)

// schemaOf is the Parquet schema of the columns, in their order.
func schemaOf(name string, cols []column) *parquet.Schema {
	return parquet.NewSchema(name, root{cols: cols})
}

// A root is a group whose fields keep the order of the columns;
// parquet.Group would sort them by name.
type root struct {
	parquet.Group // the properties of an empty group
	cols          []column
}

func (r root) Fields() []parquet.Field {
	fields := make([]parquet.Field, len(r.cols))
	for i, c := range r.cols {
		fields[i] = field{Node: c.node(), name: c.name}
	}
	return fields
}

// A field is a named column of a root.
type field struct {
	parquet.Node
	name string
}

func (f field) Name() string { return f.name }

// Value is part of parquet.Field; rows are written as Parquet values, so that
// the library never takes Go values apart.
func (f field) Value(base reflect.Value) reflect.Value { return reflect.Value{} }

// node is the column's type, encoding and repetition. Every encoding is set,
// because the library's own choice for strings, DELTA_LENGTH_BYTE_ARRAY, is
// refused by older readers.
func (c *column) node() parquet.Node {
	var leaf parquet.Node
	switch c.form {
	case listForm:
		return parquet.List(parquet.Encoded(parquet.String(), &parquet.Plain))
	case intForm:
		leaf = parquet.Leaf(parquet.Int32Type)
	case realForm:
		leaf = parquet.Leaf(parquet.DoubleType)
	case boolForm:
		leaf = parquet.Leaf(parquet.BooleanType)
	case instantForm:
		leaf = parquet.Timestamp(parquet.Microsecond)
	case dayForm:
		leaf = parquet.TimestampAdjusted(parquet.Microsecond, false)
	default:
		leaf = parquet.String()
	}
	if c.enum != nil {
		leaf = parquet.Leaf(enumType{Type: leaf.Type(), values: c.enum})
	}
	var enc encoding.Encoding = &parquet.Plain
	if c.dict {
		enc = &parquet.RLEDictionary
	}
	leaf = parquet.Encoded(leaf, enc)
	if c.nullable {
		leaf = parquet.Optional(leaf)
	}
	return leaf
}

// path is the column's leaf in the schema.
func (c *column) path() []string {
	if c.form == listForm {
		return []string{c.name, "list", "element"}
	}
	return []string{c.name}
}

// An enumType is a string type whose dictionaries hold all values of an enum
// in their order, present or not: readers then see the same categories in
// every file.
type enumType struct {
	parquet.Type
	values []string
}

func (t enumType) NewDictionary(columnIndex, numValues int, data encoding.Values) parquet.Dictionary {
	d := enumDictionary{Dictionary: t.Type.NewDictionary(columnIndex, numValues, data)}
	for _, s := range t.values {
		d.values = append(d.values, parquet.ValueOf(s))
	}
	d.fill()
	return d
}

// An enumDictionary fills itself again whenever the writer empties it.
type enumDictionary struct {
	parquet.Dictionary
	values []parquet.Value
}

func (d enumDictionary) fill() { d.Insert(make([]int32, len(d.values)), d.values) }

func (d enumDictionary) Reset() {
	d.Dictionary.Reset()
	d.fill()
}
