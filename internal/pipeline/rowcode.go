package pipeline

import (
	"encoding/json"
	"iter"

	"standpoint/internal/table"
)

// encodeRow writes a row as one field of a sorted record.
func encodeRow(r table.Statement) string {
	b, err := json.Marshal(r)
	if err != nil {
		panic(err) // plain values, none of them NaN, always marshal
	}
	return string(b)
}

// decodeRows reads the rows that encodeRow wrote as the last field of records.
func decodeRows(records iter.Seq2[[]string, error]) iter.Seq2[table.Statement, error] {
	return func(yield func(table.Statement, error) bool) {
		for record, err := range records {
			var r table.Statement
			if err == nil {
				err = json.Unmarshal([]byte(record[len(record)-1]), &r)
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}
