package statement

// The attribution rules.
const (
	RuleQuoteBefore = "quote-before-cue" // "…," Park said
	RuleQuoteAfter  = "quote-after-cue"  // Park said: "…"
	RuleInverted    = "quote-inverted"   // "…," said Park
	RuleColon       = "quote-colon"      // Park's answer: "…"
	RuleNext        = "quote-next"       // a quotation without a cue beside its speaker
	RuleThat        = "indirect-that"    // Park said that …
	RuleBare        = "indirect-bare"    // Park said …
	RuleTail        = "indirect-tail"    // …, Park said
	RuleAccording   = "according-to"     // …, according to Park
	RuleAttitude    = "attitude-verb"    // Park wants …
	RuleActVerb     = "act-verb"         // Park rejected …
	RuleActPassive  = "act-passive"      // … was rejected by Park
	RuleActNoun     = "act-noun"         // Park's request that …
	RuleMixedThat   = "mixed-that"       // Park said that … "…"
	RuleMixedBare   = "mixed-bare"       // Park said … "…"
	RuleMixedTail   = "mixed-tail"       // … "…" …, Park said
	RuleMixedVerb   = "mixed-verb"       // Park called it "…"
	RuleMixedNext   = "mixed-next"       // a half-quoted sentence after its speaker's
	RuleHeadline    = "headline"         // …, says Park; Park: …
	RulePosition    = "position-noun"    // Park's position is that …
	RulePoll        = "poll-share"       // … 58 percent against
	RulePrinted     = "printed"          // a text printed under Park's name
	RuleAuthor      = "author"           // the writer of an opinion piece
)

// scores says how often each rule is right, by judgement.
var scores = map[string]float64{
	RuleQuoteBefore: 0.95, RuleQuoteAfter: 0.93, RuleInverted: 0.95, RuleColon: 0.75, RuleNext: 0.7, RuleThat: 0.93, RuleBare: 0.88, RuleTail: 0.9,
	RuleAccording: 0.85, RuleAttitude: 0.7, RuleActVerb: 0.75, RuleActPassive: 0.7, RuleActNoun: 0.6, RuleMixedThat: 0.9, RuleMixedBare: 0.85,
	RuleMixedTail: 0.88, RuleMixedVerb: 0.8, RuleMixedNext: 0.6, RuleHeadline: 0.75, RuleAuthor: 0.5, RulePrinted: 0.7, RulePosition: 0.8, RulePoll: 0.6,
}

// mixedOf is the rule's name where the clause is half quoted.
var mixedOf = map[string]string{RuleThat: RuleMixedThat, RuleBare: RuleMixedBare, RuleTail: RuleMixedTail, RuleAccording: RuleMixedTail,
	RuleAttitude: RuleMixedVerb, RuleActVerb: RuleMixedVerb}
