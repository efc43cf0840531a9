// Package annotate takes statements to annotation tools and back: Label
// Studio, Prodigy, doccano, Argilla, and spreadsheets.
//
//	files, err := annotate.Write("label-studio", tasks)
//	answers, known, err := annotate.Read(data, "export.json")
//
// A Task shows a person one statement in its passage with the labels that a
// model suggests. What the tool gives back, told by its content, is Answers:
// one for each statement that a person has checked, moved, added or denied.
// What nobody touched gives none. The statement itself (Task.Row) passes
// through the tool unread.
//
// Package annotate knows nothing of what the labels mean, decides nothing
// between annotators, and talks to no tool.
package annotate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"standpoint/internal/text"
)

// Labels is what a person decides about a statement. When read, an empty
// field means: as suggested.
type Labels struct {
	Stance    string // favor, against, mixed, neutral, unrelated, or NoStatement
	Strength  *int   // -2..2; nil: not said
	Sentiment string
	Kind      string
	Holder    string
	Host      string
	Note      string
}

// NoStatement is the stance that says: here is no statement.
const NoStatement = "none"

// A Task is a statement in its passage, as a tool shows it.
type Task struct {
	ID      string          // of the row
	Row     json.RawMessage // the statement with all that is known of it: comes back as it is
	Passage string
	Span    text.Span // of the statement, bytes of Passage
	Labels            // suggested

	Title, Outlet, Day, URL string // shown beside the passage; may be empty
	Model                   string // that suggests
	Confidence              float64
}

// An Answer is what one person said of one statement.
type Answer struct {
	Source    string          // "export.json:17"
	Annotator string          // "" where the tool doesn't tell
	Row       json.RawMessage // of the task
	Passage   string          // as the tool holds it: see Shown
	Span      text.Span       // bytes of Passage; empty with NoStatement
	Added     bool            // a statement that the task did not suggest
	Labels
}

// A File to write; a tool that needs one file alone has it without a name.
type File struct {
	Name string
	Data []byte
}

// A tool is a format, out and in.
type tool struct {
	name  string
	about string
	write func([]Task) ([]File, error)
	// read gives the answers of data that knows is true of.
	knows func(shape) bool
	read  func(shape) ([]Answer, error)
}

// tools in the order in which a file is held against them.
var tools = []tool{
	{"label-studio", "a folder: tasks.json with suggestions, config.xml", writeLabelStudio, knowsLabelStudio, readLabelStudio},
	{"prodigy", "JSON lines for the recipe of docs/retraining.md", writeProdigy, knowsProdigy, readProdigy},
	{"doccano", "a folder: records.jsonl, and the labels of a project of intents and slots", writeDoccano, knowsDoccano, readDoccano},
	{"argilla", "a folder: records.json and settings.json of Argilla 2", writeArgilla, knowsArgilla, readArgilla},
	{"csv", "a table for Excel or LibreOffice", writeSheet, knowsSheet, readSheet},
}

// Tools names the formats.
func Tools() []string {
	names := make([]string, len(tools))
	for i, t := range tools {
		names[i] = t.name
	}
	return names
}

// Write makes the files of a format.
func Write(format string, tasks []Task) ([]File, error) {
	i := slices.IndexFunc(tools, func(t tool) bool { return t.name == format })
	if i < 0 {
		return nil, fmt.Errorf("%q is none of %s", format, strings.Join(Tools(), ", "))
	}
	shown := slices.Clone(tasks)
	for k := range shown {
		if !json.Valid(shown[k].Row) {
			return nil, fmt.Errorf("task %s: its row is no JSON", shown[k].ID)
		}
		shown[k].Passage = Shown(shown[k].Passage)
	}
	return tools[i].write(shown)
}

// Read gives the answers in a tool's export; known is false if data is none.
// Name is for sources and errors, which name the line.
func Read(data []byte, name string) (answers []Answer, known bool, err error) {
	s := look(data, name)
	for _, t := range tools {
		if t.knows(s) {
			answers, err := t.read(s)
			return answers, true, err
		}
	}
	return nil, false, nil
}

// Shown is a text as tools get it: control characters but tab and line feed,
// which some of them drop and count differently, are spaces. Offsets stay what
// they are, in any unit.
func Shown(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}

// A shape is what can be told of a file at a glance.
type shape struct {
	name string
	data []byte
	// records of a JSON array, or the first of JSON lines, with their lines
	records []record
	header  []string // of a table
}

// A record is a JSON object and where it stands.
type record struct {
	raw  json.RawMessage
	keys map[string]json.RawMessage
	line int
	err  error
}

// look parses as much as recognising takes.
func look(data []byte, name string) shape {
	s := shape{name: name, data: bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))}
	switch start := bytes.TrimSpace(s.data); {
	case len(start) == 0:
	case start[0] == '[':
		s.records = elements(s.data)
	case start[0] == '{':
		s.records = firstLine(s.data)
	default:
		s.header = headerOf(s.data)
	}
	return s
}

// firstLines is how far the first record is looked for.
const firstLines = 20

// firstLine is the first record of JSON lines.
func firstLine(data []byte) []record {
	for n, line := range bytes.SplitN(data, []byte("\n"), firstLines) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			return []record{recordOf(line, n+1)}
		}
	}
	return nil
}

// lines is the records of JSON lines.
func lines(data []byte) []record {
	var out []record
	for n, line := range bytes.Split(data, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			out = append(out, recordOf(line, n+1))
		}
	}
	return out
}

// elements is the records of a JSON array.
func elements(data []byte) []record {
	dec := json.NewDecoder(bytes.NewReader(data))
	var out []record
	if _, err := dec.Token(); err != nil {
		return nil
	}
	line, at := 1, 0
	for dec.More() {
		var raw json.RawMessage
		err := dec.Decode(&raw)
		start := max(int(dec.InputOffset())-len(raw), at)
		line += bytes.Count(data[at:start], []byte("\n"))
		at = start
		if err != nil {
			return append(out, record{line: line, err: err})
		}
		out = append(out, recordOf(raw, line))
	}
	if _, err := dec.Token(); err != nil {
		out = append(out, record{line: line, err: err})
	}
	return out
}

func recordOf(raw []byte, line int) record {
	r := record{raw: raw, line: line}
	r.err = json.Unmarshal(raw, &r.keys)
	return r
}

// first is the first record, for telling formats apart.
func (s shape) first() record {
	if len(s.records) == 0 {
		return record{}
	}
	return s.records[0]
}

// has reports whether a record has all of the keys.
func (r record) has(keys ...string) bool {
	return !slices.ContainsFunc(keys, func(k string) bool { _, ok := r.keys[k]; return !ok })
}

// any reports whether a record has one of the keys.
func (r record) any(keys ...string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return r.has(k) })
}

// each calls f for every record and puts file and line before its errors.
func (s shape) each(f func(r record, source string) ([]Answer, error)) ([]Answer, error) {
	var all []Answer
	records := s.records
	if start := bytes.TrimSpace(s.data); len(start) > 0 && start[0] == '{' {
		records = lines(s.data)
	}
	for _, r := range records {
		source := fmt.Sprintf("%s:%d", s.name, r.line)
		if id := r.id(); id != "" {
			source += fmt.Sprintf(" (record %s)", id)
		}
		err := r.err
		var answers []Answer
		if err == nil {
			answers, err = f(r, source)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", source, err)
		}
		for i := range answers {
			answers[i].Source = source
		}
		all = append(all, answers...)
	}
	return all, nil
}

// id is the tool's own number of a record, which a person can look up.
func (r record) id() string {
	return strings.Trim(string(r.keys["id"]), `"`)
}

// rowOf is the task's row in the fields that a tool gave back: under "row", as
// an object or as its text, or else the fields themselves.
func rowOf(fields map[string]json.RawMessage) (json.RawMessage, error) {
	raw, ok := fields["row"]
	if !ok || len(raw) == 0 || string(raw) == "null" || string(raw) == `""` {
		return json.Marshal(fields)
	}
	if raw[0] == '"' {
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			return nil, err
		}
		raw = json.RawMessage(s)
	}
	if !json.Valid(raw) {
		return nil, fmt.Errorf("the field row is damaged: %.40q", raw)
	}
	return raw, nil
}

// stringOf is a field that is text.
func stringOf(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// A placement is where a row's statement stands.
type placement struct {
	StartByte   int `json:"start_byte"`
	EndByte     int `json:"end_byte"`
	PassageByte int `json:"passage_byte"`
}

// suggestedSpan is where in its passage a row's statement stands.
func suggestedSpan(row json.RawMessage, passage string) text.Span {
	var p placement
	if json.Unmarshal(row, &p) != nil {
		return text.Span{}
	}
	s := text.Span{Start: p.StartByte - p.PassageByte, End: p.EndByte - p.PassageByte}
	if s.Start < 0 || s.End > len(passage) || s.Empty() {
		return text.Span{}
	}
	return s
}
