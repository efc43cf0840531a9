package annotate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// A doccanoRecord is a line of a project for intents (the labels) and slots
// (the spans). In doccano a label of a span is one of the Choices as well: for
// statements that a person adds, as the record's own label is that of the
// suggested one.
type doccanoRecord struct {
	Text     string          `json:"text"`
	Entities []doccanoEntity `json:"entities,omitempty"`
	Cats     []string        `json:"cats,omitempty"`
	Label    json.RawMessage `json:"label,omitempty"` // of projects for spans or labels alone
	Comments []string        `json:"Comments,omitempty"`
}

// doccanoUnit is what doccano counts in: its page hands on what the browser
// tells, unless a project counts grapheme clusters.
const doccanoUnit = utf16s

// A doccanoEntity is [start, end, label] or an object.
type doccanoEntity struct {
	Start, End int
	Label      string
}

func (e doccanoEntity) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{e.Start, e.End, e.Label})
}

func (e *doccanoEntity) UnmarshalJSON(b []byte) error {
	var o struct {
		Start int    `json:"start_offset"`
		End   int    `json:"end_offset"`
		Label string `json:"label"`
	}
	if b[0] == '{' {
		err := json.Unmarshal(b, &o)
		*e = doccanoEntity(o)
		return err
	}
	parts := []any{&e.Start, &e.End, &e.Label}
	if err := json.Unmarshal(b, &parts); err != nil || len(parts) != 3 {
		return fmt.Errorf("span %s is not [start, end, label]", b)
	}
	return nil
}

// writeDoccano suggests the span but no label: doccano does not tell a label
// that a person gave from one that came with the record.
func writeDoccano(tasks []Task) ([]File, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, t := range tasks {
		err := enc.Encode(map[string]any{
			"text":     t.Passage,
			"cats":     []string{},
			"entities": []doccanoEntity{{doccanoUnit.count(t.Passage, t.Span.Start), doccanoUnit.count(t.Passage, t.Span.End), spanLabel}},
			"title":    t.Title, "about": t.about(), "row": string(t.Row),
			"suggested": fmt.Sprintf("%s, %s (%.2f)", t.choice(), tone(t.Sentiment), t.Confidence),
		})
		if err != nil {
			return nil, err
		}
	}
	return []File{
		{"records.jsonl", b.Bytes()},
		{"categories.json", doccanoTypes(append(slices.Clone(Choices), sentiments...))},
		{"spans.json", doccanoTypes(append([]string{spanLabel}, Choices[:len(Choices)-1]...))},
	}, nil
}

// doccanoTypes are labels as doccano takes them in, with keys to press.
func doccanoTypes(names []string) []byte {
	const keys = "1234567890qwe"
	types := make([]map[string]string, len(names))
	for i, name := range names {
		types[i] = map[string]string{"text": name, "suffix_key": keys[i : i+1], "background_color": doccanoColour(name), "text_color": "#ffffff"}
	}
	return asJSON(types)
}

func doccanoColour(name string) string {
	word, _, _ := strings.Cut(name, " ")
	switch word {
	case "favor", "positive":
		return "#2e7d32"
	case "against", "negative":
		return "#c62828"
	case "mixed":
		return "#9a6700"
	case spanLabel:
		return "#2a7ab9"
	}
	return "#616161"
}

func knowsDoccano(s shape) bool {
	r := s.first()
	return r.has(lsText) && (r.has("Comments") || r.any("entities", "cats") && !r.has("spans"))
}

func readDoccano(s shape) ([]Answer, error) {
	annotator := memberOf(s.name)
	return s.each(func(r record, source string) ([]Answer, error) {
		var d doccanoRecord
		if err := json.Unmarshal(r.raw, &d); err != nil {
			return nil, err
		}
		if err := d.takeLabel(); err != nil {
			return nil, err
		}
		row, err := rowOf(r.keys)
		if err != nil {
			return nil, err
		}
		return d.answers(row, annotator)
	})
}

// memberOf is who labelled: doccano exports a file for each member of a
// project, or all.jsonl where they share their labels.
func memberOf(name string) string {
	stem, _, _ := strings.Cut(filepath.Base(name), ".")
	if stem == "all" {
		return ""
	}
	return stem
}

// takeLabel reads what projects of other kinds call label: spans or labels.
func (d *doccanoRecord) takeLabel() error {
	if len(d.Label) == 0 {
		return nil
	}
	if json.Unmarshal(d.Label, &d.Cats) == nil {
		return nil
	}
	d.Cats = nil
	return json.Unmarshal(d.Label, &d.Entities)
}

func (d *doccanoRecord) answers(row json.RawMessage, annotator string) ([]Answer, error) {
	said, err := d.said()
	if err != nil {
		return nil, err
	}
	regions, touched, err := d.regions(said)
	if err != nil || !touched && said == (Labels{}) {
		return nil, err // nobody labelled it
	}
	own := suggestedSpan(row, d.Text)
	switch {
	case said.Stance == NoStatement:
		regions = slices.DeleteFunc(regions, func(r region) bool { return r.Stance == NoStatement })
	case said.Stance != "" && ownRegion(own, regions) < 0 && !own.Empty():
		regions = append(regions, region{own, said}) // labels of a member who doesn't see the span
	}
	return answers(row, d.Text, annotator, regions), nil
}

// said is what labels and comments say of the suggested statement.
func (d *doccanoRecord) said() (Labels, error) {
	var l Labels
	for _, c := range d.Cats {
		if err := l.setMark(c); err != nil {
			return l, err
		}
	}
	for _, c := range d.Comments {
		name, value, ok := strings.Cut(c, ":")
		name = strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), " ", "_")
		if !ok || !slices.Contains([]string{lsHolder, lsHost, lsKind, lsNote}, name) {
			name, value = lsNote, c
		}
		if err := l.set(name, value); err != nil {
			return l, err
		}
	}
	return l, nil
}

// regions is the statements among the spans; touched if a span has a stance.
func (d *doccanoRecord) regions(said Labels) (regions []region, touched bool, err error) {
	for _, e := range d.Entities {
		span, err := locate(d.Text, e.Start, e.End, doccanoUnit, "")
		if err != nil {
			return nil, false, err
		}
		switch {
		case e.Label == spanLabel:
			regions = append(regions, region{span, said})
		case slices.Contains(Choices, e.Label):
			touched = true
			r := region{Span: span}
			if err := r.setChoice(e.Label); err != nil {
				return nil, false, err
			}
			regions = append(regions, r)
		}
	}
	return regions, touched, nil
}
