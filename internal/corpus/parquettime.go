package corpus

import (
	"encoding/binary"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

const (
	zonedTime = "2006-01-02T15:04:05Z07:00"
	wallTime  = "2006-01-02T15:04:05"
)

// timestamp prints the values of a timestamp column; without a zone where
// the column has none.
func timestamp(typ *format.TimestampType) func(parquet.Value) value {
	layout := wallTime
	if typ.IsAdjustedToUTC {
		layout = zonedTime
	}
	unit := time.Duration(1)
	if typ.Unit.Value != nil {
		unit = typ.Unit.Value.Duration()
	}
	perSecond := int64(time.Second / unit)
	return func(v parquet.Value) value {
		t := time.Unix(floorDiv(v.Int64(), perSecond), 0).UTC()
		return value{kind: isString, text: t.Format(layout)}
	}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// dateValue prints days since 1970.
func dateValue(v parquet.Value) value {
	return value{kind: isString, text: time.Unix(int64(v.Int32())*86400, 0).UTC().Format("2006-01-02")}
}

// int96Time prints the timestamps of older Spark: nanoseconds of the day,
// then the Julian day, of which 2440588 is 1970-01-01.
func int96Time(v parquet.Value) value {
	b := v.ByteArray()
	if len(b) != 12 {
		return value{}
	}
	nanos := int64(binary.LittleEndian.Uint64(b))
	days := int64(int32(binary.LittleEndian.Uint32(b[8:]))) - 2440588
	t := time.Unix(days*86400+nanos/1e9, 0).UTC()
	return value{kind: isString, text: t.Format(wallTime)}
}
