package statement

import "testing"

// Words that somebody passes on: readouts, spokesmen, "quoted as saying".
func TestPassedOn(t *testing.T) {
	reg := load(t)
	for _, c := range []struct{ body, text, holder, by string }{
		{"The White House quoted Marek Wolny as saying that the troops would stay.", "the troops would stay", "Marek Wolny", "White House"},
		{"The White House quoted Marek Wolny as saying: “Our soldiers will stay.”", "“Our soldiers will stay.”", "Marek Wolny", "White House"},
		{"Marek Wolny was quoted as saying that the troops would stay.", "the troops would stay", "Marek Wolny", ""},
		{"The Associated Press quoted Marek Wolny as saying the troops would stay.", "the troops would stay", "Marek Wolny", ""},
		{"Marek Wolny told the ambassador that the troops would stay, according to a readout from the White House.", "the troops would stay", "Marek Wolny", "White House"},
		{"Marek Wolny ordered the troops to leave, according to the White House.", "Marek Wolny ordered the troops to leave", "Marek Wolny", "White House"},
		{"Marek Wolny wants the troops to stay, the White House said.", "Marek Wolny wants the troops to stay", "Marek Wolny", "White House"},
		{"“Marek Wolny said the troops would stay,” the White House said.", "“Marek Wolny said the troops would stay,”", "Marek Wolny", "White House"},
	} {
		_, got := statementsOf(reg, "", c.body)
		if len(got) != 1 || got[0].In(c.body) != c.text || got[0].Holder.Name != c.holder || got[0].ReportedBy.Name != c.by {
			t.Errorf("%s", c.body)
			for _, s := range got {
				t.Logf("  %s: %q, holder %s, reported by %q", s.Rule, s.In(c.body), s.Holder.Name, s.ReportedBy.Name)
			}
		}
	}
}

// Who declines to comment has one row; who is silent has none.
func TestDeclined(t *testing.T) {
	reg := load(t)
	for body, rows := range map[string]int{
		"The Pentagon declined to comment on the troops.":                      1,
		"The Pentagon has declined to comment.":                                1,
		"The Pentagon refused to comment on the withdrawal.":                   1,
		"The Pentagon would not comment on the withdrawal.":                    1,
		"The Pentagon won't comment on the withdrawal.":                        1,
		"The Pentagon had no comment on the withdrawal.":                       1,
		"A spokesman for the Pentagon declined to comment on the withdrawal.":  1,
		"The Pentagon has yet to comment on the troops.":                       0,
		"The Pentagon did not reply.":                                          0,
		"The Pentagon did not respond to a request for comment on the troops.": 0,
		"The Pentagon did not immediately comment on the troops.":              0,
	} {
		if _, got := statementsOf(reg, "", body); len(got) != rows {
			t.Errorf("%s: %d rows", body, len(got))
		}
	}
}
