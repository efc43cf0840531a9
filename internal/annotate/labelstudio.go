package annotate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Names of the controls of our labelling config. Those of other projects are
// read too if they have these names.
const (
	lsSpan, lsStance, lsSentiment, lsKind = "statement", "stance", "sentiment", "kind"
	lsHolder, lsHost, lsNote              = "holder", "host_country", "note"
	lsText                                = "text" // the passage: control and field
)

// asked are the controls beside the span, one for each label.
var asked = []string{lsStance, lsSentiment, lsKind, lsHolder, lsHost, lsNote}

// lsTask is a task of Label Studio, as it goes in.
type lsTask struct {
	Data        map[string]json.RawMessage `json:"data"`
	Predictions []lsPrediction             `json:"predictions"`
}

// lsDone is a task as it comes out. Its predictions are numbers or objects,
// and none of ours.
type lsDone struct {
	Data        map[string]json.RawMessage `json:"data"`
	Annotations []lsAnnotation             `json:"annotations"`
	Completions []lsAnnotation             `json:"completions"` // before version 1
}

type lsPrediction struct {
	Model  string     `json:"model_version"`
	Score  float64    `json:"score"`
	Result []lsResult `json:"result"`
}

type lsAnnotation struct {
	CompletedBy json.RawMessage `json:"completed_by"` // a number, or an object with an email
	Cancelled   bool            `json:"was_cancelled"`
	Skipped     bool            `json:"skipped"`
	Result      []lsResult      `json:"result"`
}

// lsResult is one control's value; those of one region share its ID.
type lsResult struct {
	ID    string  `json:"id,omitempty"`
	From  string  `json:"from_name"`
	To    string  `json:"to_name"`
	Type  string  `json:"type"`
	Value lsValue `json:"value"`
}

type lsValue struct {
	Start   *int            `json:"start,omitempty"`
	End     *int            `json:"end,omitempty"`
	Text    json.RawMessage `json:"text,omitempty"` // the region's words, or the lines of a text area
	Labels  []string        `json:"labels,omitempty"`
	Choices []string        `json:"choices,omitempty"`
}

// lsUnit is what Label Studio counts in: seen on 1.23 in Chromium, with emoji
// before words that were marked with the mouse.
const lsUnit = points

func writeLabelStudio(tasks []Task) ([]File, error) {
	out := make([]lsTask, len(tasks))
	for i, t := range tasks {
		data := map[string]json.RawMessage{"title": asJSON(t.Title), "about": asJSON(t.about()), lsText: asJSON(t.Passage), "row": t.Row}
		out[i] = lsTask{Data: data, Predictions: []lsPrediction{{Model: t.Model, Score: t.Confidence, Result: t.lsResults()}}}
	}
	var b bytes.Buffer
	if err := encode(&b, out); err != nil {
		return nil, err
	}
	return []File{{"tasks.json", b.Bytes()}, {"config.xml", []byte(lsConfig())}}, nil
}

// encode writes indented JSON as people and tools read it.
func encode(b *bytes.Buffer, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(v)
}

func asJSON(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	return b
}

// lsResults is the suggestion as Label Studio shows it.
func (t *Task) lsResults() []lsResult {
	start, end := lsUnit.count(t.Passage, t.Span.Start), lsUnit.count(t.Passage, t.Span.End)
	words := t.Span.In(t.Passage)
	results := []lsResult{{Type: "labels", From: lsSpan, Value: lsValue{Labels: []string{lsSpan}, Text: asJSON(words)}}}
	for _, c := range []struct{ from, value string }{{lsStance, t.choice()}, {lsSentiment, t.Sentiment}, {lsKind, t.Kind}} {
		if c.value != "" {
			results = append(results, lsResult{Type: "choices", From: c.from, Value: lsValue{Choices: []string{c.value}, Text: asJSON(words)}})
		}
	}
	for _, c := range []struct{ from, value string }{{lsHolder, t.Holder}, {lsHost, t.Host}} {
		if c.value != "" {
			results = append(results, lsResult{Type: "textarea", From: c.from, Value: lsValue{Text: asJSON([]string{c.value})}})
		}
	}
	for i := range results {
		results[i].ID, results[i].To = t.ID, lsText
		results[i].Value.Start, results[i].Value.End = &start, &end
	}
	return results
}

// lsConfig is the labelling config of the tasks.
func lsConfig() string {
	var b strings.Builder
	b.WriteString("<View>\n  <Header value=\"$title\"/>\n  <Text name=\"about\" value=\"$about\"/>\n")
	fmt.Fprintf(&b, "  <Labels name=%q toName=%q>\n    <Label value=%q background=\"#2a7ab9\"/>\n  </Labels>\n", lsSpan, lsText, lsSpan)
	fmt.Fprintf(&b, "  <Text name=%q value=\"$text\" granularity=\"symbol\"/>\n", lsText)
	for _, c := range []struct {
		name     string
		values   []string
		required bool
	}{{lsStance, Choices, true}, {lsSentiment, []string{"positive", "neutral", "negative"}, true}, {lsKind, kinds, false}} {
		fmt.Fprintf(&b, "  <Header value=%q/>\n  <Choices name=%q toName=%q perRegion=\"true\" choice=\"single-radio\" showInline=\"true\" required=\"%t\">\n", c.name, c.name, lsText, c.required)
		for _, v := range c.values {
			fmt.Fprintf(&b, "    <Choice value=%q/>\n", v)
		}
		b.WriteString("  </Choices>\n")
	}
	for _, c := range []string{lsHolder, lsHost, lsNote} {
		fmt.Fprintf(&b, "  <Header value=%q/>\n  <TextArea name=%q toName=%q perRegion=\"true\" editable=\"true\" maxSubmissions=\"1\"/>\n", strings.ReplaceAll(c, "_", " "), c, lsText)
	}
	b.WriteString("</View>\n")
	return b.String()
}

func knowsLabelStudio(s shape) bool {
	if slices.Contains(s.header, "annotation_id") && slices.Contains(s.header, "annotator") {
		return true
	}
	r := s.first()
	return r.has("data") && r.any("annotations", "predictions", "completions") || isMin(r)
}

// isMin tells JSON_MIN, which has one record for each annotation.
func isMin(r record) bool { return r.has("annotation_id", "annotator", lsText) }

func readLabelStudio(s shape) ([]Answer, error) {
	if len(s.header) > 0 {
		var err error
		if s.records, err = lsTable(s); err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return s.each(func(r record, source string) ([]Answer, error) {
		if isMin(r) || len(s.header) > 0 {
			return readMin(r)
		}
		var t lsDone
		if err := json.Unmarshal(r.raw, &t); err != nil {
			return nil, err
		}
		var all []Answer
		for _, a := range append(t.Annotations, t.Completions...) {
			if a.Cancelled || a.Skipped {
				continue
			}
			answers, err := a.answers(t.Data)
			if err != nil {
				return nil, err
			}
			all = append(all, answers...)
		}
		return all, nil
	})
}

// lsTable reads the CSV and TSV exports: JSON_MIN with JSON in its cells.
func lsTable(s shape) ([]record, error) {
	r := Table(s.data)
	r.Read() // the header
	var out []record
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := r.FieldPos(0)
		keys := map[string]json.RawMessage{}
		for i, c := range cells {
			switch {
			case i >= len(s.header) || c == "":
			case (c[0] == '[' || c[0] == '{') && json.Valid([]byte(c)):
				keys[s.header[i]] = json.RawMessage(c)
			default:
				keys[s.header[i]] = asJSON(c)
			}
		}
		out = append(out, record{keys: keys, line: line})
	}
}

// answers reads what one annotator left in a task.
func (a *lsAnnotation) answers(data map[string]json.RawMessage) ([]Answer, error) {
	row, err := rowOf(data)
	if err != nil {
		return nil, err
	}
	passage := stringOf(data[lsText])
	regions, err := lsRegions(a.Result, passage)
	if err != nil {
		return nil, err
	}
	return answers(row, passage, lsAnnotator(a.CompletedBy), regions), nil
}

// lsAnnotator is who completed: an email where the export has it.
func lsAnnotator(raw json.RawMessage) string {
	var who struct {
		Email string `json:"email"`
		ID    json.Number
	}
	if json.Unmarshal(raw, &who) == nil {
		if who.Email != "" {
			return who.Email
		}
		return who.ID.String()
	}
	if s := strings.Trim(string(raw), `"`); s != "null" {
		return s
	}
	return ""
}

// lsRegions gathers the controls of each region. Controls of no region, as in
// projects that label whole passages, are those of all.
func lsRegions(results []lsResult, passage string) ([]region, error) {
	var order []string
	by := map[string]*region{}
	for _, r := range results {
		if r.From != lsSpan || r.Value.Start == nil || r.Value.End == nil {
			continue
		}
		span, err := locate(passage, *r.Value.Start, *r.Value.End, lsUnit, stringOf(r.Value.Text))
		if err != nil {
			return nil, err
		}
		order = append(order, r.ID)
		by[r.ID] = &region{Span: span}
	}
	for _, r := range results {
		for id, reg := range by {
			if r.ID == id || r.Value.Start == nil {
				if err := r.Value.set(r.From, &reg.Labels); err != nil {
					return nil, err
				}
			}
		}
	}
	out := make([]region, len(order))
	for i, id := range order {
		out[i] = *by[id]
	}
	return out, nil
}

// set fills the label that the control named from is about.
func (v *lsValue) set(from string, l *Labels) error {
	value := strings.Join(v.Choices, " ")
	if value == "" {
		value = textArea(v.Text)
	}
	return l.set(from, value)
}

// set fills the label of a name with what a person chose or wrote; "" is
// nothing.
func (l *Labels) set(name, value string) error {
	if value = strings.TrimSpace(value); value == "" {
		return nil
	}
	switch name {
	case lsStance:
		return l.setChoice(value)
	case lsSentiment:
		l.Sentiment = strings.TrimSuffix(value, " tone")
	case lsKind:
		l.Kind = value
	case lsHolder:
		l.Holder = value
	case lsHost:
		l.Host = value
	case lsNote:
		l.Note = value
	}
	return nil
}

// textArea is the last line that a person left in a text area.
func textArea(raw json.RawMessage) string {
	var lines []string
	if json.Unmarshal(raw, &lines) != nil || len(lines) == 0 {
		return stringOf(raw)
	}
	return lines[len(lines)-1]
}

// readMin reads a record of JSON_MIN. It prints the offsets of spans, and of a
// control's values only those of several choices: single ones are those of the
// spans in turn, if there is one for each.
func readMin(r record) ([]Answer, error) {
	if id := r.keys["annotation_id"]; len(id) == 0 || string(id) == "null" {
		return nil, nil // a task that nobody has done
	}
	spans := minValues(r.keys[lsSpan])
	var results []lsResult
	for _, v := range spans {
		if v.Start == nil {
			return nil, fmt.Errorf("field %s holds no spans: export as JSON", lsSpan)
		}
		results = append(results, lsResult{ID: minID(v), From: lsSpan, Value: v})
	}
	for _, name := range asked {
		values := minValues(r.keys[name])
		for i, v := range values {
			if v.Start == nil && len(spans) > 1 {
				if len(values) != len(spans) {
					return nil, fmt.Errorf("the export doesn't tell which of %d statements %q is about: export as JSON, not JSON-MIN", len(spans), name)
				}
				v.Start, v.End = spans[i].Start, spans[i].End
			}
			results = append(results, lsResult{ID: minID(v), From: name, Value: v})
		}
	}
	row, err := rowOf(r.keys)
	if err != nil {
		return nil, err
	}
	passage := stringOf(r.keys[lsText])
	regions, err := lsRegions(results, passage)
	if err != nil {
		return nil, err
	}
	return answers(row, passage, lsAnnotator(r.keys["annotator"]), regions), nil
}

// minValues is a control's values: a list of spans with choices, a list of
// strings, or a string.
func minValues(raw json.RawMessage) []lsValue {
	if len(raw) == 0 {
		return nil
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	out := make([]lsValue, len(list))
	for i, e := range list {
		if json.Unmarshal(e, &out[i]) != nil {
			out[i] = lsValue{Text: asJSON([]string{stringOf(e)})}
		}
	}
	return out
}

func minID(v lsValue) string {
	if v.Start == nil {
		return ""
	}
	return fmt.Sprintf("%d-%d", *v.Start, *v.End)
}
