package statement

import "testing"

// A second row for him who reports another's position, where he judges it too.
func TestSecondary(t *testing.T) {
	reg := load(t)
	for _, c := range []struct {
		body      string
		secondary string // who gets it, or ""
	}{
		{"Ana Park said that Marek Wolny rightly wants the troops out.", "Ana Park"},
		{"Ana Park argued that Marek Wolny wrongly opposes the bases.", "Ana Park"},
		{"Ana Park wrote: “The voters want our troops home, and we agree.”", "Ana Park"},
		{"“Marek Wolny wants the troops home, and I support that,” Ana Park said.", "Ana Park"},
		{"Ana Park said that Marek Wolny wants the troops out.", ""},
		{"Ana Park said that Marek Wolny believes the base is right at the river.", ""},
		{"Ana Park rightly said that the troops should leave.", ""},
		{"“Marek Wolny wants the troops home, and we told him so,” Ana Park said.", ""},
	} {
		_, got := statementsOf(reg, "", c.body)
		who := ""
		for _, s := range got {
			if !s.Secondary {
				continue
			}
			who = s.Holder.Name
			if !s.OwnWords() || !s.ReportedBy.Zero() {
				t.Errorf("%s: %+v", c.body, s)
			}
		}
		if who != c.secondary {
			t.Errorf("%s: second row of %q", c.body, who)
		}
		if c.secondary != "" && (len(got) != 2 || got[0].Span != got[1].Span) {
			t.Errorf("%s: %+v", c.body, got)
		}
	}
}
