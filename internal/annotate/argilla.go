package annotate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// An argillaRecord is a record of Argilla 2 as Record.to_dict prints it.
type argillaRecord struct {
	ID          string                       `json:"id"`
	Fields      map[string]string            `json:"fields"`
	Metadata    map[string]json.RawMessage   `json:"metadata"`
	Suggestions map[string]argillaSuggestion `json:"suggestions"`
	Responses   map[string][]argillaResponse `json:"responses"`
	Vectors     map[string]json.RawMessage   `json:"vectors"`
	Status      string                       `json:"status,omitempty"`
}

type argillaSuggestion struct {
	Value any     `json:"value"`
	Score float64 `json:"score"`
	Agent string  `json:"agent"`
}

// An argillaResponse is one member's answer to one question.
type argillaResponse struct {
	Value  json.RawMessage `json:"value"`
	User   string          `json:"user_id"`
	Status string          `json:"status"` // submitted, draft, discarded; "" in exports that have no others
}

// An argillaSpan counts code points.
type argillaSpan struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Label string `json:"label"`
}

func writeArgilla(tasks []Task) ([]File, error) {
	out := make([]argillaRecord, len(tasks))
	for i, t := range tasks {
		out[i] = argillaRecord{
			ID:          t.ID,
			Fields:      map[string]string{lsText: t.Passage, "about": strings.TrimPrefix(t.Title+"\n"+t.about(), "\n")},
			Metadata:    map[string]json.RawMessage{"row": asJSON(string(t.Row))},
			Suggestions: t.argillaSuggestions(),
			Responses:   map[string][]argillaResponse{}, Vectors: map[string]json.RawMessage{},
		}
	}
	var records, settings bytes.Buffer
	if err := encode(&records, out); err != nil {
		return nil, err
	}
	if err := encode(&settings, argillaSettings()); err != nil {
		return nil, err
	}
	return []File{{"records.json", records.Bytes()}, {"settings.json", settings.Bytes()}}, nil
}

func (t *Task) argillaSuggestions() map[string]argillaSuggestion {
	span := argillaSpan{points.count(t.Passage, t.Span.Start), points.count(t.Passage, t.Span.End), spanLabel}
	out := map[string]argillaSuggestion{lsSpan: {[]argillaSpan{span}, 1, t.Model}}
	for name, value := range map[string]string{lsStance: t.choice(), lsSentiment: t.Sentiment, lsKind: t.Kind, lsHolder: t.Holder, lsHost: t.Host} {
		if value != "" {
			out[name] = argillaSuggestion{value, t.Confidence, t.Model}
		}
	}
	return out
}

// argillaSettings are the dataset's settings as Settings.to_json prints them.
func argillaSettings() map[string]any {
	options := func(values []string) []map[string]string {
		var out []map[string]string
		for _, v := range values {
			out = append(out, map[string]string{"value": v, "text": v})
		}
		return out
	}
	question := func(name string, required bool, settings map[string]any) map[string]any {
		return map[string]any{"name": name, "title": strings.ReplaceAll(name, "_", " "), "required": required, "settings": settings}
	}
	label := func(values []string) map[string]any {
		return map[string]any{"type": "label_selection", "options": options(values), "visible_options": len(values)}
	}
	line := map[string]any{"type": "text", "use_markdown": false}
	field := func(name string) map[string]any {
		return map[string]any{"name": name, "title": name, "required": true, "settings": map[string]any{"type": "text", "use_markdown": false}}
	}
	return map[string]any{
		"guidelines": "Mark the statement, then say what it asks of US forces. Without a statement: no statement.",
		"fields":     []any{field(lsText), field("about")},
		"questions": []any{
			question(lsSpan, false, map[string]any{"type": "span", "field": lsText, "allow_overlapping": true, "visible_options": nil, "options": options([]string{spanLabel})}),
			question(lsStance, true, label(Choices)),
			question(lsSentiment, false, label([]string{"positive", "neutral", "negative"})),
			question(lsKind, false, label(kinds)),
			question(lsHolder, false, line), question(lsHost, false, line), question(lsNote, false, line),
		},
		"metadata": []any{}, "vectors": []any{}, "allow_extra_metadata": true,
		"distribution": map[string]any{"strategy": "overlap", "min_submitted": 1},
	}
}

func knowsArgilla(s shape) bool {
	r := s.first()
	return r.has("fields", "responses") || r.any("_server_id", lsStance+".responses")
}

func readArgilla(s shape) ([]Answer, error) {
	return s.each(func(r record, source string) ([]Answer, error) {
		a, err := argillaOf(r)
		if err != nil {
			return nil, err
		}
		return a.answers()
	})
}

// argillaOf reads a record, nested or flattened (to_list(flatten=True)).
func argillaOf(r record) (*argillaRecord, error) {
	a := &argillaRecord{Metadata: r.keys, Responses: map[string][]argillaResponse{}}
	if r.has("fields") {
		return a, json.Unmarshal(r.raw, a)
	}
	a.Fields = map[string]string{lsText: stringOf(r.keys[lsText])}
	for _, q := range append([]string{lsSpan}, asked...) {
		var values []json.RawMessage
		var users, statuses []string
		for part, into := range map[string]any{".responses": &values, ".responses.users": &users, ".responses.status": &statuses} {
			if raw, ok := r.keys[q+part]; ok {
				if err := json.Unmarshal(raw, into); err != nil {
					return nil, fmt.Errorf("%s%s: %w", q, part, err)
				}
			}
		}
		if len(values) != len(users) || len(statuses) > 0 && len(statuses) != len(users) {
			return nil, fmt.Errorf("%s: %d answers of %d members", q, len(values), len(users))
		}
		for i, v := range values {
			resp := argillaResponse{Value: v, User: users[i]}
			if len(statuses) > 0 {
				resp.Status = statuses[i]
			}
			a.Responses[q] = append(a.Responses[q], resp)
		}
	}
	return a, nil
}

// answers gives what each member submitted.
func (a *argillaRecord) answers() ([]Answer, error) {
	row, err := rowOf(a.Metadata)
	if err != nil {
		return nil, err
	}
	var users []string
	for _, r := range a.Responses[lsStance] {
		if !slices.Contains(users, r.User) && (r.Status == "" || r.Status == "submitted") {
			users = append(users, r.User)
		}
	}
	var all []Answer
	for _, user := range users {
		regions, err := a.regions(user, row)
		if err != nil {
			return nil, err
		}
		all = append(all, answers(row, a.Fields[lsText], user, regions)...)
	}
	return all, nil
}

// regions is a member's statement; none if he says that there is none.
func (a *argillaRecord) regions(user string, row json.RawMessage) ([]region, error) {
	var said Labels
	spans := []argillaSpan(nil)
	for _, q := range append([]string{lsSpan}, asked...) {
		for _, r := range a.Responses[q] {
			if r.User != user {
				continue
			}
			var err error
			if q == lsSpan {
				err = json.Unmarshal(r.Value, &spans)
			} else {
				err = said.set(q, stringOf(r.Value))
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", q, err)
			}
		}
	}
	if said.Stance == NoStatement {
		return nil, nil
	}
	passage := a.Fields[lsText]
	if len(spans) == 0 {
		return []region{{suggestedSpan(row, passage), said}}, nil
	}
	if len(spans) > 1 {
		return nil, fmt.Errorf("%d statements are marked, but Argilla has one set of labels for a record", len(spans))
	}
	span, err := locate(passage, spans[0].Start, spans[0].End, points, "")
	return []region{{span, said}}, err
}
