package statement

import "testing"

func TestFreeRule(t *testing.T) { freeCases.run(t) }

var freeCases = ruleCases{RuleFree: {
	"Marek Wolny said {indirect Marek Wolny|the bases would close}. {indirect Marek Wolny|It would cost the valley 400 jobs}.",
	"Marek Wolny said {indirect Marek Wolny|the bases would close}. {indirect Marek Wolny|That would hurt the shops}.",
	"Marek Wolny told lawmakers that {indirect Marek Wolny|the lease was over}. {indirect Marek Wolny|There could be no other}.",
	"Marek Wolny said {indirect Marek Wolny|the troops were guests}. {indirect Marek Wolny|They should leave by May}.",
	"Marek Wolny argued that {indirect Marek Wolny|the pact was dead}. {indirect Marek Wolny|It had never been legal}.",
	"{indirect Marek Wolny|The exit would be slow}, Marek Wolny said. {indirect Marek Wolny|It might take ten years}.",
	"Marek Wolny warned that {indirect Marek Wolny|the soldiers would be missed}. {indirect Marek Wolny|Nothing would be left of the town}.",
	"Marek Wolny said {indirect Marek Wolny|he was no enemy of the Americans}. {indirect Marek Wolny|His question had only been the price}.",
	"Marek Wolny said {indirect Marek Wolny|the plan was new}. {indirect Marek Wolny|It would not change the mission}. {indirect Marek Wolny|It would only move it}.",
	"Marek Wolny said {indirect Marek Wolny|the base fed the town}. {indirect Marek Wolny|He'd be out of business in a month}.",
	"!Marek Wolny said {indirect Marek Wolny|the bases would close}. The lease would end in May.",
	"!Marek Wolny said {indirect Marek Wolny|the bases would close}. It is an old plan.",
	"!Marek Wolny said {indirect Marek Wolny|the bases would close}.\n\nIt would be dark by then.",
	"!The base was quiet. It would rain.",
	"!Marek Wolny said {indirect Marek Wolny|the bases would close}. He left the room.",
}}

// Every rule has ten cases or more, near misses among them.
func TestEveryRuleHasCases(t *testing.T) {
	cases, misses := map[string]int{}, map[string]int{}
	for _, all := range []ruleCases{quoteCases, sloganCases, reportCases, actCases, mixedCases, pollCases, freeCases} {
		for rule, list := range all {
			for _, c := range list {
				cases[rule]++
				misses[rule] += btoi(c[0] == '!')
			}
		}
	}
	for rule, list := range map[string][]printedCase{RulePrinted: printedCases, RuleHeadline: headlineCases, RuleAuthor: authorCases} {
		for _, c := range list {
			cases[rule]++
			misses[rule] += btoi(c.body[0] == '!')
		}
	}
	for rule := range scores {
		if cases[rule] < 10 || misses[rule] == 0 {
			t.Errorf("rule %s has %d cases, %d of them near misses", rule, cases[rule], misses[rule])
		}
	}
}
