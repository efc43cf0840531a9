package annotate

import (
	"bytes"
	"encoding/json"
	"strings"
)

// spanLabel marks the statement in tools that name their spans.
const spanLabel = "statement"

// A prodigyTask is a line of Prodigy, in and out.
type prodigyTask struct {
	Text    string            `json:"text"`
	Spans   []prodigySpan     `json:"spans"`
	Options []prodigyOption   `json:"options,omitempty"`
	Accept  []string          `json:"accept,omitempty"`
	Holder  string            `json:"holder"`
	Host    string            `json:"host_country"`
	Note    string            `json:"note,omitempty"`
	Row     json.RawMessage   `json:"row,omitempty"`
	Meta    map[string]string `json:"meta,omitempty"`

	Answer    string `json:"answer,omitempty"` // accept, reject, ignore; "" before anybody saw it
	Annotator string `json:"_annotator_id,omitempty"`
	Session   string `json:"_session_id,omitempty"`
}

type prodigySpan struct {
	Start int    `json:"start"` // code points
	End   int    `json:"end"`
	Label string `json:"label"`
}

type prodigyOption struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// prodigyOptions are the labels as one list, of which a person takes a stance
// and a sentiment.
func prodigyOptions() []prodigyOption {
	var out []prodigyOption
	for _, c := range append(Choices[:len(Choices)-1:len(Choices)-1], sentiments...) {
		out = append(out, prodigyOption{c, c})
	}
	return out
}

func writeProdigy(tasks []Task) ([]File, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, t := range tasks {
		err := enc.Encode(prodigyTask{
			Text:    t.Passage,
			Spans:   []prodigySpan{{points.count(t.Passage, t.Span.Start), points.count(t.Passage, t.Span.End), spanLabel}},
			Options: prodigyOptions(), Accept: t.marks(),
			Holder: t.Holder, Host: t.Host, Row: t.Row,
			Meta: map[string]string{"title": t.Title, "about": t.about()},
		})
		if err != nil {
			return nil, err
		}
	}
	return []File{{"", b.Bytes()}}, nil
}

// marks is the suggestion as entries of a list of stances and sentiments.
func (t *Task) marks() []string {
	var out []string
	if c := t.choice(); c != "" {
		out = append(out, c)
	}
	if t.Sentiment != "" {
		out = append(out, tone(t.Sentiment))
	}
	return out
}

func knowsProdigy(s shape) bool {
	r := s.first()
	return r.has(lsText, "answer") && r.any("spans", "accept", "_task_hash") || r.has(lsText, "spans", "options", "row")
}

func readProdigy(s shape) ([]Answer, error) {
	return s.each(func(r record, source string) ([]Answer, error) {
		var t prodigyTask
		if err := json.Unmarshal(r.raw, &t); err != nil {
			return nil, err
		}
		row, err := rowOf(r.keys)
		if err != nil {
			return nil, err
		}
		switch t.Answer {
		case "accept":
			return t.accepted(row)
		case "reject":
			return answers(row, t.Text, t.annotator(), nil), nil
		}
		return nil, nil // ignored, or not yet seen
	})
}

// annotator is who answered. Named sessions are DATASET-NAME.
func (t *prodigyTask) annotator() string {
	id := t.Annotator
	if id == "" {
		id = t.Session
	}
	return id[strings.LastIndexByte(id, '-')+1:]
}

func (t *prodigyTask) accepted(row json.RawMessage) ([]Answer, error) {
	said := Labels{Holder: t.Holder, Host: t.Host, Note: t.Note}
	for _, mark := range t.Accept {
		if err := said.setMark(mark); err != nil {
			return nil, err
		}
	}
	var regions []region
	for _, s := range t.Spans {
		span, err := locate(t.Text, s.Start, s.End, points, "")
		if err != nil {
			return nil, err
		}
		if strings.EqualFold(s.Label, spanLabel) {
			regions = append(regions, region{span, said})
		}
	}
	if len(t.Spans) == 0 && row != nil {
		if own := suggestedSpan(row, t.Text); !own.Empty() {
			regions = append(regions, region{own, said})
		}
	}
	return answers(row, t.Text, t.annotator(), regions), nil
}
