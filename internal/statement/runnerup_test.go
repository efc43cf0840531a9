package statement

import (
	"path/filepath"
	"testing"
	"time"

	"standpoint/internal/actor"
	"standpoint/internal/text"
	"standpoint/internal/topic"
)

func TestRunnerUp(t *testing.T) {
	reg := load(t)
	for _, c := range []struct{ body, holder, second, rule string }{
		{"Jan Nowak met Ana Park. “We must stay here,” Ana Park said.", "Ana Park", "Jan Nowak", RuleQuoteBefore},
		{"Jan Nowak said that Marek Wolny wants the troops out.", "Marek Wolny", "Jan Nowak", RuleThat},
		{"Jan Nowak laughed. “Nobody asked us to go,” said Marek Wolny.", "Marek Wolny", "Jan Nowak", RuleInverted},
		{"Jan Nowak said the troops would leave. Marek Wolny rejected the plan to withdraw them.", "Marek Wolny", "Jan Nowak", RuleActVerb},
		{"Marek Wolny rejected the plan to withdraw the troops.", "Marek Wolny", "", ""},
		{"Jan Nowak and Marek Wolny rejected the plan to withdraw the troops.", "Jan Nowak", "", ""},
	} {
		doc := text.New("", c.body)
		top := topic.Read(doc)
		who := actor.NewResolver(reg, doc, top.Hosts, time.Time{}, "", "")
		listed := Find(doc, top, who)
		for _, s := range listed {
			if s.Holder.Name != c.holder || s.Start < len(c.body)/8 && c.second != "" {
				continue
			}
			second, ok := RunnerUp(doc, top, who, s)
			if ok != (c.second != "") || second.Holder.Name != c.second || second.Rule != c.rule {
				t.Errorf("%s: %q: %s by %s", c.body, s.In(c.body), second.Holder.Name, second.Rule)
			}
			if ok && (second.Score <= 0 || second.IoU(s.Span) < 0.5) {
				t.Errorf("%s: %+v", c.body, second)
			}
		}
		if again := Find(doc, top, who); len(again) != len(listed) {
			t.Errorf("%s: %d statements, then %d", c.body, len(listed), len(again))
		}
	}
}

// TestRunnerUpScore says how often the runner-up is right where the first
// attribution isn't.
func TestRunnerUpScore(t *testing.T) {
	dir, reg := shared(t), load(t)
	prose := with(lines[sample](t, filepath.Join(dir, "unlabelled", "realprose.jsonl")), unitsOf("", lines[unit](t, "../../data/gold/units/realprose.jsonl")))
	var wrong, offered, right, stood, stoodRight int
	for i, s := range prose {
		if i%8 != 0 && !testing.Verbose() {
			continue // a part tells enough
		}
		doc := text.New(s.Title, s.Text)
		top := topic.Read(doc)
		day, _ := time.Parse(time.DateOnly, s.Published[:min(10, len(s.Published))])
		who := actor.NewResolver(reg, doc, top.Hosts, day, s.Outlet, doc.Author)
		rows := Find(doc, top, who)
		byUnit, _ := matched(s.units, rows)
		for u, k := range byUnit {
			if sameName(s.units[u].Holder, rows[k].Holder.Name) {
				continue
			}
			wrong++
			o, ok := RunnerUp(doc, top, who, rows[k])
			is := ok && sameName(s.units[u].Holder, o.Holder.Name)
			offered, right = offered+btoi(ok), right+btoi(is)
			if o.Score == secondScore {
				stood, stoodRight = stood+1, stoodRight+btoi(is)
			}
		}
	}
	t.Logf("%d wrong, %d with a runner-up, %d of them right; by standing in %d, right %d", wrong, offered, right, stood, stoodRight)
}
