package table

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
	"unsafe"

	"github.com/parquet-go/parquet-go"
)

// A form is how the values of a column look to Go and to Parquet.
type form uint8

const (
	textForm    form = iota // string
	listForm                // []string
	keptForm                // one string of a []string
	intForm                 // int32
	realForm                // float64
	boolForm                // bool
	instantForm             // time.Time, UTC microseconds
	dayForm                 // time.Time, microseconds without zone, at midnight
)

// A column is one column of a table and how it moves to and from a row.
type column struct {
	name     string
	form     form
	nullable bool     // the field is a pointer, nil is null
	dict     bool     // dictionary-encoded
	long     bool     // texts of any length
	enum     []string // all values, if closed
	field    int      // of the row struct
	kept     int      // of the field Kept
	index    int      // leaf column of the schema
}

var (
	timeType = reflect.TypeFor[time.Time]()
	listType = reflect.TypeFor[[]string]()
)

// columnsOf reads the columns off a row struct; kept names the input columns
// that stand in the place of its field Kept.
func columnsOf(row reflect.Type, kept []string) ([]column, error) {
	var cols []column
	for i := range row.NumField() {
		c := newColumn(row.Field(i))
		c.field = i
		if c.form != keptForm {
			cols = append(cols, c)
			continue
		}
		for k, name := range kept {
			c.name, c.kept = keptPrefix+name, k
			cols = append(cols, c)
		}
	}
	seen := map[string]bool{}
	for i := range cols {
		cols[i].index = i
		if seen[cols[i].name] {
			return nil, fmt.Errorf("two columns are named %q", cols[i].name)
		}
		seen[cols[i].name] = true
	}
	return cols, nil
}

// newColumn reads a column off a field and its tag.
func newColumn(f reflect.StructField) column {
	name, options, _ := strings.Cut(f.Tag.Get("col"), ",")
	c := column{name: name}
	t := f.Type
	if t.Kind() == reflect.Pointer {
		c.nullable, t = true, t.Elem()
	}
	switch {
	case t == timeType && options == "day":
		c.form = dayForm
	case t == timeType:
		c.form = instantForm
	case t == listType && options == "kept":
		c.form = keptForm
	case t == listType:
		c.form = listForm
	case t.Kind() == reflect.Int32:
		c.form = intForm
	case t.Kind() == reflect.Float64:
		c.form = realForm
	case t.Kind() == reflect.Bool:
		c.form = boolForm
	}
	if list, ok := strings.CutPrefix(options, "enum="); ok {
		c.enum = enums[list]
	}
	c.dict = options == "dict" || options == "dict long" || c.enum != nil
	c.long = strings.HasSuffix(options, "long") || c.form == keptForm || c.form == listForm
	return c
}

// isText reports a column of strings.
func (c *column) isText() bool { return c.form == textForm || c.form == listForm || c.form == keptForm }

// appendTo appends the column's values in row to the values of a Parquet row.
func (c *column) appendTo(out parquet.Row, row reflect.Value) (parquet.Row, error) {
	v := row.Field(c.field)
	switch c.form {
	case listForm:
		return c.appendList(out, v.Interface().([]string)), nil
	case keptForm:
		s := ""
		if c.kept < v.Len() {
			s = v.Index(c.kept).String()
		}
		return append(out, textValue(s).Level(0, 0, c.index)), nil
	}
	level := 0
	if c.nullable {
		if v.IsNil() {
			return append(out, parquet.NullValue().Level(0, 0, c.index)), nil
		}
		v, level = v.Elem(), 1
	}
	value, err := c.value(v)
	return append(out, value.Level(0, level, c.index)), err
}

func (c *column) appendList(out parquet.Row, list []string) parquet.Row {
	if len(list) == 0 {
		return append(out, parquet.NullValue().Level(0, 0, c.index))
	}
	for i, s := range list {
		out = append(out, textValue(s).Level(min(i, 1), 1, c.index))
	}
	return out
}

// value is the Parquet value of a field that is not null.
func (c *column) value(v reflect.Value) (parquet.Value, error) {
	switch c.form {
	case intForm:
		return parquet.Int32Value(int32(v.Int())), nil
	case realForm:
		if math.IsNaN(v.Float()) {
			return parquet.Value{}, fmt.Errorf("column %s: not a number", c.name)
		}
		return parquet.DoubleValue(v.Float()), nil
	case boolForm:
		return parquet.BooleanValue(v.Bool()), nil
	case instantForm:
		return parquet.Int64Value(v.Interface().(time.Time).UnixMicro()), nil
	case dayForm:
		return parquet.Int64Value(midnight(v.Interface().(time.Time)).UnixMicro()), nil
	}
	s := v.String()
	if c.enum != nil && !slices.Contains(c.enum, s) {
		if s != "" || !slices.Contains(c.enum, none) {
			return parquet.Value{}, fmt.Errorf("column %s: %q is not one of %s", c.name, s, strings.Join(c.enum, ", "))
		}
		s = none
	}
	return textValue(s), nil
}

// midnight is t's calendar day, whatever its zone, as the instant that a
// timestamp without zone stores.
func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// textValue is a string as Parquet holds it: valid UTF-8, since readers refuse
// a whole file for one bad byte (names of files may hold any).
func textValue(s string) parquet.Value {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return parquet.ByteArrayValue(unsafe.Slice(unsafe.StringData(s), len(s))) // the writer only reads
}

// set puts a value into the column's field of row; text interns strings that
// come again.
func (c *column) set(row reflect.Value, v parquet.Value, text func([]byte) string) {
	f := row.Field(c.field)
	switch {
	case v.IsNull():
		return
	case c.form == listForm || c.form == keptForm:
		f.Set(reflect.Append(f, reflect.ValueOf(text(v.ByteArray()))))
		return
	case c.nullable:
		f.Set(reflect.New(f.Type().Elem()))
		f = f.Elem()
	}
	switch c.form {
	case textForm:
		f.SetString(text(v.ByteArray()))
	case intForm:
		f.SetInt(int64(v.Int32()))
	case realForm:
		f.SetFloat(v.Double())
	case boolForm:
		f.SetBool(v.Boolean())
	case instantForm, dayForm:
		f.Set(reflect.ValueOf(time.UnixMicro(v.Int64()).UTC()))
	}
}
