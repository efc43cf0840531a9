package labels

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
)

// readParquet reads the flat columns of a Parquet file. The library panics on
// some damaged files; nothing but it runs in here.
func readParquet(b []byte, name string) (units []Located, err error) {
	defer func() {
		if r := recover(); r != nil {
			units, err = nil, fmt.Errorf("%s: damaged Parquet file: %v", name, r)
		}
	}()
	if err := checkParquet(b); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	columns := f.Schema().Columns()
	for _, group := range f.RowGroups() {
		if units, err = readGroup(group, columns, units, name); err != nil {
			return nil, err
		}
	}
	return units, nil
}

// checkParquet holds the footer's length against the file's.
func checkParquet(b []byte) error {
	const tail = 8
	if len(b) < 4+tail || string(b[len(b)-4:]) != "PAR1" {
		return errors.New("no Parquet footer at its end")
	}
	if n := binary.LittleEndian.Uint32(b[len(b)-tail:]); uint64(n) > uint64(len(b)-4-tail) {
		return errors.New("malformed Parquet footer")
	}
	return nil
}

func readGroup(group parquet.RowGroup, columns [][]string, units []Located, name string) ([]Located, error) {
	rows := group.Rows()
	defer rows.Close()
	buf := make([]parquet.Row, 64)
	for {
		n, err := rows.ReadRows(buf)
		for _, row := range buf[:n] {
			l, bad := decodeCells(cellsOf(row, columns))
			if l.Source = fmt.Sprintf("%s:%d", name, len(units)+1); bad != nil {
				return nil, fmt.Errorf("%s: %w", l.Source, bad)
			}
			units = append(units, l)
		}
		if err == io.EOF {
			return units, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
}

// cellsOf is a row's flat values by column, as text.
func cellsOf(row parquet.Row, columns [][]string) map[string]string {
	cells := map[string]string{}
	for _, v := range row {
		if path := columns[v.Column()]; len(path) == 1 && !v.IsNull() {
			cells[path[0]] = v.String()
		}
	}
	return cells
}
