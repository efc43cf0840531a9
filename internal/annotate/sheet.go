package annotate

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"standpoint/internal/text"
)

// The columns of a sheet: what a person fills in and corrects, what he reads,
// and the row, which he leaves alone.
var sheetColumns = []string{
	"checked", "stance", "stance_strength", "sentiment", "kind", "holder", "host_country", "note",
	"before", "text", "after", "title", "outlet", "day", "url", "suggested", "row_id", "row",
}

// mark is the UTF-8 mark, without which Excel reads a sheet as Latin.
const mark = "\ufeff"

func writeSheet(tasks []Task) ([]File, error) {
	var b bytes.Buffer
	b.WriteString(mark)
	w := csv.NewWriter(&b)
	w.Write(sheetColumns)
	for _, t := range tasks {
		strength := ""
		if t.Strength != nil {
			strength = strconv.Itoa(*t.Strength)
		}
		cells := []string{
			"", t.Stance, strength, t.Sentiment, t.Kind, t.Holder, t.Host, "",
			t.Passage[:t.Span.Start], t.Span.In(t.Passage), t.Passage[t.Span.End:],
			t.Title, t.Outlet, t.Day, t.URL, fmt.Sprintf("%.2f by %s", t.Confidence, t.Model), t.ID, string(t.Row),
		}
		for i := range cells {
			cells[i] = harmless(cells[i])
		}
		w.Write(cells)
	}
	w.Flush()
	return []File{{"", b.Bytes()}}, w.Error()
}

// formulaStarts begin a formula in one spreadsheet or another.
const formulaStarts = "=+-@\t\r"

// harmless puts an apostrophe before what a spreadsheet would run as a
// formula. Numbers are none. Plain takes it away.
func harmless(s string) string {
	if s == "" || !strings.ContainsRune(formulaStarts+"'", rune(s[0])) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}

// plain is a cell as it was before harmless; some spreadsheets show the
// apostrophe, others swallow it.
func plain(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune(formulaStarts+"'", rune(s[1])) {
		return s[1:]
	}
	return s
}

// headerOf is the names of a table's columns.
func headerOf(data []byte) []string {
	if bytes.HasPrefix(data, []byte("PAR1")) {
		return nil
	}
	header, _ := Table(data).Read()
	return header
}

// Table reads a table of comma-separated values, whatever mark parts them, with
// rows of any length.
func Table(data []byte) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma = delimiter(data)
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	return r
}

// delimiter is the mark that parts the header's columns most often:
// spreadsheets write a semicolon where the comma is the decimal mark.
func delimiter(data []byte) rune {
	head, _, _ := bytes.Cut(data, []byte("\n"))
	best := ','
	for _, c := range ";\t" {
		if bytes.Count(head, []byte(string(c))) > bytes.Count(head, []byte(string(best))) {
			best = c
		}
	}
	return best
}

func knowsSheet(s shape) bool {
	return slices.Contains(s.header, "checked") && slices.Contains(s.header, "row") && slices.Contains(s.header, "stance")
}

// A sheet is one being read.
type sheet struct {
	column map[string]int
	file   string          // whose an unnamed mark is
	seen   map[string]bool // rows met: a copied line is a statement added
}

func readSheet(s shape) ([]Answer, error) {
	if !utf8.Valid(s.data) {
		return nil, fmt.Errorf("%s: not in UTF-8: save it as \"CSV UTF-8\"", s.name)
	}
	stem, _, _ := strings.Cut(filepath.Base(s.name), ".")
	in := sheet{column: map[string]int{}, file: stem, seen: map[string]bool{}}
	for i, name := range s.header {
		in.column[name] = i
	}
	r := Table(s.data)
	r.Read() // the header
	var all []Answer
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		line, _ := r.FieldPos(0)
		source := fmt.Sprintf("%s:%d", s.name, line)
		a, touched, err := in.answer(cells)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", source, err)
		}
		if a.Source = source; touched {
			all = append(all, a)
		}
	}
}

// suggestion is what a row suggested, to tell what a person changed.
type suggestion struct {
	Text           string `json:"text"`
	Stance         string `json:"stance"`
	StanceStrength int    `json:"stance_strength"`
	Sentiment      string `json:"sentiment"`
	Kind           string `json:"kind"`
	Holder         string `json:"holder"`
	HostCountry    string `json:"host_country"`
	ID             string `json:"id"`
}

// answer reads a line; touched if it is marked as checked or a label, the
// holder or the words were changed.
func (in *sheet) answer(cells []string) (a Answer, touched bool, err error) {
	get := func(name string) string {
		i, ok := in.column[name]
		if !ok || i >= len(cells) {
			return ""
		}
		return strings.TrimSpace(plain(cells[i]))
	}
	if a.Row = json.RawMessage(get("row")); len(a.Row) == 0 {
		if slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
			return a, false, errors.New("the column row is empty: to add a statement copy the line of another of its passage")
		}
		return a, false, nil
	}
	var was suggestion
	if err := json.Unmarshal(a.Row, &was); err != nil {
		return a, false, fmt.Errorf("the column row is damaged: %w", err)
	}
	if err := in.labels(&a.Labels, get); err != nil {
		return a, false, err
	}
	if err := in.place(&a, cells, was); err != nil {
		return a, false, err
	}
	changed := a.Labels != was.labels(a.Labels) || !sameWords(a.Span.In(a.Passage), Shown(was.Text))
	checked, name := markOf(get("checked"))
	if a.Annotator = name; a.Annotator == "" {
		a.Annotator = in.file
	}
	if touched = checked || changed; touched {
		a.Added = in.seen[was.ID] && changed
		in.seen[was.ID] = true
	}
	return a, touched, nil
}

// labels reads the cells of labels.
func (in *sheet) labels(l *Labels, get func(string) string) error {
	if err := l.setChoice(get("stance")); err != nil {
		return err
	}
	if s := get("stance_strength"); s != "" && l.Strength == nil && l.Stance != NoStatement {
		n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
		if err != nil || n != float64(int(n)) {
			return fmt.Errorf("stance_strength %q is no whole number", s)
		}
		strength := int(n)
		l.Strength = &strength
	}
	for _, name := range asked[1:] {
		if err := l.set(name, get(name)); err != nil {
			return err
		}
	}
	return nil
}

// labels is the suggestion as the cells of an untouched line are read, but for
// what is not suggested.
func (s *suggestion) labels(read Labels) Labels {
	l := Labels{Stance: s.Stance, Sentiment: s.Sentiment, Kind: s.Kind, Holder: s.Holder, Host: s.HostCountry, Strength: read.Strength}
	if read.Strength == nil || *read.Strength != s.StanceStrength {
		l.Strength = &s.StanceStrength
	}
	return l
}

// place finds the words of the line in its passage.
func (in *sheet) place(a *Answer, cells []string, was suggestion) error {
	cell := func(name string) string {
		if i, ok := in.column[name]; ok && i < len(cells) {
			return plain(cells[i])
		}
		return ""
	}
	words := Shown(was.Text)
	before, after := cell("before"), cell("after")
	var p placement
	if err := json.Unmarshal(a.Row, &p); err != nil {
		return err
	}
	if len(before) != p.StartByte-p.PassageByte { // changed by a person or a spreadsheet
		before, after = "", ""
		a.Row = withPassage(a.Row, p.StartByte)
	}
	a.Passage = before + words + after
	a.Span = text.Span{Start: len(before), End: len(before) + len(words)}
	if a.Stance == NoStatement {
		a.Span = text.Span{}
		return nil
	}
	now := cell("text")
	if sameWords(now, words) || strings.TrimSpace(now) == "" {
		return nil
	}
	span, ok := nearest(a.Passage, now, a.Span.Start)
	if !ok {
		return fmt.Errorf("the words %.60q of the column text are not in the passage", now)
	}
	a.Span = span
	return nil
}

// withPassage is a row whose passage starts at another byte.
func withPassage(row json.RawMessage, at int) json.RawMessage {
	var fields map[string]json.RawMessage
	if json.Unmarshal(row, &fields) != nil {
		return row
	}
	fields["passage_byte"] = asJSON(at)
	delete(fields, "passage")
	return asJSON(fields)
}

// markOf reads the column checked: a mark, or the name of who checked.
func markOf(s string) (checked bool, name string) {
	switch strings.ToLower(s) {
	case "", "no", "n", "false", "0":
		return false, ""
	case "x", "yes", "y", "true", "1", "ok", "✓", "✔":
		return true, ""
	}
	return true, s
}
