package statement

// examples shows what each rule is for.
var examples = map[string]string{
	RuleQuoteBefore: "“…,” Park said",
	RuleQuoteAfter:  "Park said: “…”",
	RuleInverted:    "“…,” said Park",
	RuleColon:       "Park's answer: “…”",
	RuleNext:        "a quotation without a cue beside its speaker",
	RuleSlogan:      "a placard read “…”",
	RuleThat:        "Park said that …",
	RuleBare:        "Park said …",
	RuleTail:        "…, Park said",
	RuleAccording:   "…, according to Park",
	RuleAttitude:    "Park wants …",
	RuleActVerb:     "Park rejected …",
	RuleActPassive:  "… was rejected by Park",
	RuleActNoun:     "Park's request that …",
	RuleMixedThat:   "Park said that … “…”",
	RuleMixedBare:   "Park said … “…”",
	RuleMixedTail:   "… “…” …, Park said",
	RuleMixedVerb:   "Park called it “…”",
	RuleMixedNext:   "a half-quoted sentence after its speaker's",
	RuleHeadline:    "…, says Park; Park: …",
	RulePosition:    "Park's position is that …",
	RulePoll:        "58 percent against, 25 percent in favor",
	RulePrinted:     "a text printed under Park's name",
	RuleAuthor:      "the writer of an opinion piece",
}

// Example shows what a rule is for; "" for one that is not of this package.
func Example(rule string) string { return examples[rule] }
