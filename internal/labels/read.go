package labels

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"standpoint/internal/annotate"
)

// A Located unit knows the line (or record) it was read from, and the words
// around it where its file prints them.
type Located struct {
	Unit
	Source        string // "gold.jsonl:17"
	Before, After string // Before + Text + After is a slice of the article
}

// Read reads a file of units: JSON lines, CSV with the fields' names as
// header, Parquet, or an annotation tool's export, told apart by content. The
// columns of a statements table do as well. Name is for errors, which name the
// line.
func Read(r io.Reader, name string) ([]Unit, error) {
	located, err := ReadLocated(r, name)
	if err != nil {
		return nil, err
	}
	units := make([]Unit, len(located))
	for i, l := range located {
		units[i] = l.Unit
	}
	return units, nil
}

// ReadLocated is Read that keeps where each unit stands.
func ReadLocated(r io.Reader, name string) ([]Located, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	switch first := bytes.TrimSpace(b); {
	case len(first) == 0:
		return nil, nil
	case bytes.HasPrefix(b, []byte("PAR1")):
		return readParquet(b, name)
	}
	if answers, known, err := annotate.Read(b, name); err != nil {
		return nil, err
	} else if known {
		return unitsOf(answers)
	}
	switch first := bytes.TrimSpace(b); {
	case first[0] == '{':
		return readJSONL(b, name)
	}
	return readCSV(b, name)
}

func readJSONL(b []byte, name string) ([]Located, error) {
	var units []Located
	err := eachLine(b, name, func(line []byte, source string) error {
		l, err := decode(line)
		l.Source = source
		units = append(units, l)
		return err
	})
	return units, err
}

// eachLine calls f with the lines of b that are not blank, and where each
// stands, and puts that before its errors.
func eachLine(b []byte, name string, f func(line []byte, source string) error) error {
	for n, line := range bytes.Split(b, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		source := fmt.Sprintf("%s:%d", name, n+1)
		if err := f(line, source); err != nil {
			return fmt.Errorf("%s: %w", source, err)
		}
	}
	return nil
}

func readCSV(b []byte, name string) ([]Located, error) {
	r := annotate.Table(b)
	r.LazyQuotes = false // what a program wrote wrong is an error
	header, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if !slices.Contains(header, "stance") {
		return nil, fmt.Errorf("%s:1: no units: neither JSON lines nor CSV with a column stance", name)
	}
	var units []Located
	for {
		record, err := r.Read()
		if err == io.EOF {
			return units, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		line, _ := r.FieldPos(0)
		cells := map[string]string{}
		for i, cell := range record {
			if i < len(header) {
				cells[header[i]] = cell
			}
		}
		l, err := decodeCells(cells)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		l.Source = fmt.Sprintf("%s:%d", name, line)
		units = append(units, l)
	}
}

// wire is a unit as files print it, our own and statements tables.
type wire struct {
	plain
	Certain    *float64   `json:"certain"`
	Segments   pieces     `json:"segments"`
	LabelledBy string     `json:"labelled_by"`
	StartChar  int        `json:"start_char"`
	Before     string     `json:"before"`
	After      string     `json:"after"`
	Swap       []swapWire `json:"swap"`
}

type plain Unit

// pieces is segments as [[start, end], ...] in bytes or, in a statements
// table, "start-end;start-end" in code points.
type pieces struct {
	bytes  [][2]int
	points string
}

func (p *pieces) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &p.points)
	}
	return json.Unmarshal(b, &p.bytes)
}

type swapWire Swap

func (s *swapWire) UnmarshalJSON(b []byte) error {
	parts := []any{&s.Start, &s.End, &s.New}
	if err := json.Unmarshal(b, &parts); err != nil || len(parts) != 3 {
		return fmt.Errorf("swap %s is not [start, end, \"new\"]", b)
	}
	return nil
}

// decode reads one JSON object and checks it.
func decode(line []byte) (Located, error) {
	var w wire
	if err := json.Unmarshal(line, &w); err != nil {
		return Located{}, err
	}
	l := Located{Unit: Unit(w.plain), Before: w.Before, After: w.After}
	u := &l.Unit
	u.Certain = 1
	if w.Certain != nil {
		u.Certain = *w.Certain
	}
	if u.Annotator == "" {
		u.Annotator = w.LabelledBy
	}
	if u.Sample == "none" {
		u.Sample = ""
	}
	if u.Voice == "none" {
		u.Voice = ""
	}
	for _, s := range w.Swap {
		u.Swap = append(u.Swap, Swap(s))
	}
	u.Segments = w.Segments.bytes
	if w.Segments.points != "" {
		u.Segments = fromPoints(w.Segments.points, u.Text, w.StartChar, u.StartByte)
	}
	return l, u.Check()
}

// fromPoints turns segments in code points into bytes, by the unit's text;
// none where they don't fit it.
func fromPoints(s, text string, startChar, startByte int) [][2]int {
	at := make([]int, 0, len(text)+1) // byte of each code point
	for i := range text {
		at = append(at, i)
	}
	at = append(at, len(text))
	var out [][2]int
	for _, piece := range strings.Split(s, ";") {
		from, to, _ := strings.Cut(piece, "-")
		a, err := strconv.Atoi(from)
		b, err2 := strconv.Atoi(to)
		a, b = a-startChar, b-startChar
		if err != nil || err2 != nil || a < 0 || b < a || b >= len(at) {
			return nil
		}
		out = append(out, [2]int{startByte + at[a], startByte + at[b]})
	}
	return out
}

// numbers and flags are the fields that are no strings.
var (
	numbers = set("start_byte end_byte speaker_start_byte speaker_end_byte cue_start_byte cue_end_byte stance_strength certain sample_weight start_char")
	flags   = set("is_headline is_secondary")
	lists   = set("swap")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// decodeCells reads a row of a table by its columns' names.
func decodeCells(cells map[string]string) (Located, error) {
	object := map[string]any{}
	for name, cell := range cells {
		if strings.TrimSpace(cell) == "" {
			continue
		}
		v, err := cellValue(name, cell)
		if err != nil {
			return Located{}, err
		}
		object[name] = v
	}
	b, err := json.Marshal(object)
	if err != nil {
		return Located{}, err
	}
	return decode(b)
}

func cellValue(name, cell string) (any, error) {
	switch {
	case numbers[name]:
		v, err := strconv.ParseFloat(strings.TrimSpace(cell), 64)
		if err != nil {
			return nil, fmt.Errorf("%s %q is no number", name, cell)
		}
		return v, nil
	case flags[name]:
		v, err := strconv.ParseBool(strings.ToLower(strings.TrimSpace(cell)))
		if err != nil {
			return nil, fmt.Errorf("%s %q is neither true nor false", name, cell)
		}
		return v, nil
	case lists[name], name == "segments" && cell[0] == '[':
		return json.RawMessage(cell), nil
	}
	return cell, nil
}

// SegmentsOf reads the column segments of a statements table, in code points,
// for a statement of this text that starts at these places; nil where it
// doesn't fit.
func SegmentsOf(column, text string, startChar, startByte int) [][2]int {
	return fromPoints(column, text, startChar, startByte)
}
