package statement

import "testing"

func TestEveryRuleHasAnExample(t *testing.T) {
	for rule := range scores {
		if Example(rule) == "" {
			t.Errorf("rule %s has no example", rule)
		}
	}
}
