package annotate

import (
	"fmt"
	"strings"
)

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
