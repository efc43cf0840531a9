package annotate

import (
	"encoding/json"
	"fmt"
	"strings"
)

// shown is what a tool shows beside the passage.
func (t *Task) shown() (map[string]json.RawMessage, error) {
	if !json.Valid(t.Row) {
		return nil, fmt.Errorf("task %s: its row is no JSON", t.ID)
	}
	return map[string]json.RawMessage{"title": asJSON(t.Title), "about": asJSON(t.about())}, nil
}

// about is a line on what is asked: whose stance, on forces where, in what
// article.
func (t *Task) about() string {
	parts := []string{fmt.Sprintf("%s, on US forces in %s", orUnknown(t.Holder), orUnknown(t.Host))}
	for _, s := range []string{t.Outlet, t.Day} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

func orUnknown(s string) string {
	if s == "" {
		return "(unknown)"
	}
	return s
}
