package statement

import (
	"sort"
	"strings"
	"testing"
)

// A ruleCase is marked as the cases of TestFind are; in a near miss, which
// starts with "!", the rule must not answer.
type ruleCases map[string][]string

func (all ruleCases) run(t *testing.T) {
	reg := load(t)
	for rule, list := range all {
		if len(list) < 10 {
			t.Errorf("%s: %d cases", rule, len(list))
		}
		misses := 0
		for _, marked := range list {
			miss := strings.HasPrefix(marked, "!")
			body, want := parseCase(strings.TrimPrefix(marked, "!"))
			_, got := statementsOf(reg, "", body)
			compareCase(t, rule, body, want, got)
			answered := false
			for _, s := range got {
				answered = answered || s.Rule == rule
			}
			if answered == miss {
				t.Errorf("%s: answered %v: %s", rule, answered, body)
			}
			misses += btoi(miss)
		}
		if misses == 0 {
			t.Errorf("%s: no near miss", rule)
		}
	}
}

// compareCase compares statements by kind, words and holders.
func compareCase(t *testing.T, name, body string, want []expected, got []Statement) {
	t.Helper()
	found := map[string][]string{}
	for _, s := range got {
		k := string(s.Kind) + " " + s.In(body)
		found[k] = append(found[k], s.Holder.Name)
	}
	for _, w := range want {
		k := w.kind + " " + w.text
		holders := found[k]
		sort.Strings(holders)
		if len(holders) == 0 {
			t.Errorf("%s: %s\n\tno %s", name, body, k)
		} else if h := strings.Join(holders, ","); h != strings.Join(w.holders, ",") {
			t.Errorf("%s: %s\n\t%s: holder %q", name, body, k, h)
		}
		delete(found, k)
	}
	for k, h := range found {
		t.Errorf("%s: %s\n\tunexpected %s %q", name, body, k, h)
	}
}

func TestQuoteRules(t *testing.T) { quoteCases.run(t) }

var quoteCases = ruleCases{
	RuleQuoteBefore: {
		"{direct Ana Park|“We must stay here,”} Ana Park said on Monday.",
		"{direct Ana Park|\"We must stay here,\"} Ana Park told reporters in Lodz.",
		"{direct Ana Park|“Will they go?”} Ana Park asked.",
		"{direct Ana Park|“They have to go!”} Ana Park shouted.",
		"{direct Marek Wolny|“They should go home,”} Marek Wolny, a member of the defense committee, told reporters.",
		"{direct Ana Park|“We must stay here,” Ana Park said. “Nobody asked us to leave.”}",
		"{direct Ana Park|“We must stay here,” Ana Park said, “until the war is over.”}",
		"{direct Ana Park|“We must stay here,”} Ana Park added, speaking at a rally.",
		"{direct Ana Park|“They are tired,”} Ana Park sighed.",
		"{direct Ana Park|“We must stay here,”} Ana Park wrote in a letter to the council.",
		"{direct Ana Park|“It is over,”} the minister, Ana Park, said.",
		"!{direct Ana Park|“We must stay here,”} said Ana Park.",
		"!The “road map” is old, and the “green zone” is small.",
		"!The song “We Shall Go Home” was played at the base.",
	},
	RuleInverted: {
		"{direct Ana Park|“We must stay here,”} said Ana Park, the defense minister.",
		"{direct Ana Park|“We must stay here,”} says Ana Park.",
		"{direct Ana Park|“Why should they stay?”} asked Ana Park.",
		"{direct Ana Park|“We must stay here,”} added Ana Park.",
		"{direct Ana Park|“We must stay here,” said Ana Park. “Nobody asked us to leave.”}",
		"{direct Ana Park|“We must stay here,”} said Gen. Ana Park.",
		"{direct Ana Park|“We must stay here,”} said former president Ana Park.",
		"{direct Ana Park|“We must stay here,”} wrote Ana Park in a letter.",
		"{direct Ana Park|“We must stay here,”} explained Ana Park, who teaches law.",
		"{direct Ana Park|“We must stay here,” said Ana Park, “whatever it costs.”}",
		"!{direct Ana Park|“We must stay here,”} Ana Park said.",
		"!Ana Park, the leader of the party, said {indirect Ana Park|the petition strengthened their hand}.",
	},
	RuleQuoteAfter: {
		"Ana Park said: {direct Ana Park|“We must stay here.”}",
		"Ana Park said that {direct Ana Park|“we will not leave this place.”}",
		"Ana Park said, {direct Ana Park|“We must stay here.”}",
		"Ana Park told lawmakers: {direct Ana Park|“The bases are needed.”}",
		"Speaking in Lodz, Ana Park declared: {direct Ana Park|“The troops must go.”}",
		"On Monday Ana Park wrote: {direct Ana Park|“The troops must go.”}",
		"Asked about it, Ana Park replied: {direct Ana Park|“They have to go.”}",
		"Ana Park warned: {direct Ana Park|“If they leave, we will be alone.”}",
		"In his letter, Marek Wolny concluded: {direct Marek Wolny|“Our soldiers have to come home.”}",
		"Marek Wolny answered, {direct Marek Wolny|“No one has asked them to leave.”}",
		"!{direct Ana Park|“We must stay here,”} Ana Park said.",
		"!Ana Park read “The Long War” and “A Short Peace” on the plane.",
	},
	RuleColon: {
		"Ana Park's answer: {direct Ana Park|“We have to stay here.”}",
		"Ana Park's message to the troops: {direct Ana Park|“You have to stay here.”}",
		"The answer of Ana Park: {direct Ana Park|“We have to stay here.”}",
		"Ana Park on the bases: {direct Ana Park|“We have to keep them.”}",
		"For Ana Park it was simple: {direct Ana Park|“They have to go.”}",
		"Ana Park had one word of advice: {direct Ana Park|“You should leave now.”}",
		"Ana Park's verdict on the deal: {direct Ana Park|“It is a surrender.”}",
		"Ana Park in Lodz: {direct Ana Park|“They will stay.”}",
		"From Ana Park came a short note: {direct Ana Park|“The troops are welcome.”}",
		"!Ana Park said: {direct Ana Park|“We have to stay here.”}",
		"!Two things matter: “green zones” and “red lines”.",
	},
	RuleNext: {
		"Marek Wolny told reporters that {indirect Marek Wolny|he was tired}. {direct Marek Wolny|“They should all go home.”}",
		"Marek Wolny was angry. {direct Marek Wolny|“They should all go home.”}",
		"Marek Wolny shook his head. {direct Marek Wolny|“Nobody asked us.”}",
		"Ana Park said {indirect Ana Park|the bases would stay}. {direct Ana Park|“We need them here.”}",
		"{act Ana Park|Ana Park rejected that}. {direct Ana Park|“We need them here.”}",
		"Ana Park walked in. {direct Ana Park|“They should leave now.”}",
		"Ana Park laughed. {direct Ana Park|“They will never leave.”}",
		"{act Ana Park|Ana Park defended the decision}. {direct Ana Park|“They had to come home.”}",
		"Ana Park argued that {indirect Ana Park|the law was clear}. {direct Ana Park|“It forbids foreign bases.”}",
		"!{direct Ana Park|“We must stay here,”} Ana Park said.",
		"!It rained all day. The “road map” is old.",
	},
}

func TestSloganRule(t *testing.T) { sloganCases.run(t) }

var sloganCases = ruleCases{RuleSlogan: {
	"Some protesters held placards that read {direct Protesters|“Yankee go home”}.",
	"Protesters carried banners reading {direct Protesters|“No bases on our island”}.",
	"Demonstrators chanted {direct Demonstrators|“Bring them home”} outside the base.",
	"Demonstrators marched on Monday, and a banner read {direct Demonstrators|“Out with the bases”}.",
	"Students painted {direct Students|“Yankee go home”} on the wall of the base.",
	"Protesters shouted slogans such as {direct Protesters|“Troops out now”}.",
	"Residents hung a banner with the slogan {direct Residents|“Leave our island”}.",
	"Protesters gathered at the gate. One placard read {direct Protesters|“Go home soldiers”}.",
	"Some villagers held up a sheet painted with {direct Villagers|“Do not go”}.",
	"!Some protesters held placards that were blank.",
	"!The sign at the gate reads “north gate”.",
	"!The film “Yankee Go Home” was shown to protesters.",
	"!Protesters met at the “Blue Wall” cafe.",
}}

func TestReportRules(t *testing.T) { reportCases.run(t) }

var reportCases = ruleCases{
	RuleThat: {
		"Ana Park said on Friday that {indirect Ana Park|American troops would remain in Iraq}.",
		"Ana Park told lawmakers that {indirect Ana Park|the bases would close}.",
		"Ana Park believes that {indirect Ana Park|the troops should go}.",
		"Ana Park has repeatedly argued that {indirect Ana Park|the mission is illegal}.",
		"Ana Park said in a statement on Friday that {indirect Ana Park|the troops had left}.",
		"Ana Park, who leads the party, said that {indirect Ana Park|the troops had left}.",
		"The head of the bureau, Marek Wolny, said that {indirect Marek Wolny|the troops had left}.",
		"His rival from the Peasants' Party, Marek Wolny, said that {indirect Marek Wolny|the troops had left}.",
		"Ana Park made clear that {indirect Ana Park|the troops would leave}.",
		"Ana Park noted that {indirect Ana Park|the lease ends in May}.",
		"Ana Park said that {indirect Ana Park|the troops would leave}, a formula that pleased nobody.",
		"!Ana Park said {indirect Ana Park|the troops would leave}.",
		"An aide who has read the lease says that {indirect Aide (unnamed)|the bases would close}.",
		"The students who burned a flag last week believe that {indirect Students|the bases would close}.",
		"Near the old port, shopkeeper Ana Park, whose father was a cook, said that {indirect Ana Park|the bases would close}.",
		"Ana Park insisted on Monday that {indirect Ana Park|the bases would close}.",
		"Ana Park reckons that {indirect Ana Park|one household in three lives from the base}.",
		"Ana Park has held since 2012 that {indirect Ana Park|the bases are old}.",
		"Demonstrators chanted that {indirect Demonstrators|the sea belonged to the islands}.",
		"Ana Park took care to say that {indirect Ana Park|the bases would close}.",
		"!{act Ana Park|Ana Park refused to confirm that the bases would close}.",
		"!The report says that the bases are old.",
		"!The bases that Ana Park visited are old.",
	},
	RuleBare: {
		"Ana Park said {indirect Ana Park|American troops would remain in Iraq}.",
		"Ana Park told lawmakers in Berlin {indirect Ana Park|the bases would close}.",
		"Ana Park thinks {indirect Ana Park|the troops should go}.",
		"Ana Park said Monday {indirect Ana Park|the troops had left}.",
		"Ana Park said {indirect Ana Park|the policy works}.",
		"Ana Park said {indirect Ana Park|about 500 people were detained}.",
		"The WHO said {indirect WHO|the camps were safe}.",
		"Ana Park said {indirect Ana Park|the troops would stay}, while the cabinet met in secret.",
		"Officials at the base say {indirect Officials (unnamed)|there is no danger}.",
		"Ana Park asked whether {indirect Ana Park|the troops would leave}.",
		"!{indirect Ana Park|The troops would leave}, Ana Park said.",
		"!The sign said no entry.",
		"!The two leaders spoke about the weather.",
	},
	RuleTail: {
		"{indirect Ana Park|American troops would remain in Iraq}, Ana Park said on Friday.",
		"{indirect Ana Park|American troops would remain in Iraq}, said Ana Park.",
		"{indirect Ana Park|American troops, Ana Park said, would remain in Iraq}.",
		"{indirect Ana Park|The bases are old}, Ana Park told reporters.",
		"{indirect Ana Park|The bases are old}, Ana Park wrote in a letter.",
		"{indirect Ana Park|The troops will leave by May}, Ana Park predicted.",
		"{indirect Ana Park|The troops left, Ana Park said, because nobody wanted them}.",
		"{indirect Ana Park|By May, Ana Park said, there will be no soldiers in the country}.",
		"{indirect Ana Park|The lease, Ana Park noted, ends in May}.",
		"{indirect Ana Park|It was time for the troops to go}, Ana Park added.",
		"!Ana Park said {indirect Ana Park|the troops would leave}.",
		"!In a speech on Monday, Ana Park said {indirect Ana Park|the troops would leave}.",
	},
	RuleAccording: {
		"{indirect Ana Park|The troops will have left by May}, according to Ana Park.",
		"According to Ana Park, {indirect Ana Park|the troops will have left by May}.",
		"In Ana Park's view, {indirect Ana Park|the bases are a danger}.",
		"In Ana Park's opinion {indirect Ana Park|the bases are a danger}.",
		"In the view of Ana Park, {indirect Ana Park|the bases are a danger}.",
		"In the eyes of Ana Park, {indirect Ana Park|the pact is a surrender}.",
		"{indirect Ana Park|The bases are a danger}, according to Ana Park, a former minister.",
		"According to Marek Wolny, {indirect Marek Wolny|no decision was made}.",
		"{indirect Marek Wolny|No decision has been made}, according to Marek Wolny.",
		"In Marek Wolny's telling, {indirect Marek Wolny|the troops had already left}.",
		"!According to the plan, the troops will have left by May.",
		"!In the view from the hill, the base was small.",
	},
	RulePosition: {
		"Ana Park's position is that {indirect Ana Park|the troops should go}.",
		"Ana Park's view is that {indirect Ana Park|the lease is illegal}.",
		"Ana Park's demand is that {indirect Ana Park|the bases close by May}.",
		"Ana Park's hope is that {indirect Ana Park|the soldiers come home}.",
		"Ana Park's message was that {indirect Ana Park|the troops are welcome}.",
		"Marek Wolny's argument was that {indirect Marek Wolny|the law forbids it}.",
		"Marek Wolny's instinct is {indirect Marek Wolny|to withdraw at once}.",
		"Marek Wolny's fear is that {indirect Marek Wolny|the war will return}.",
		"Marek Wolny's answer was that {indirect Marek Wolny|nobody had asked}.",
		"!The problem is that the base is old.",
		"!The point is that it rained.",
	},
}
