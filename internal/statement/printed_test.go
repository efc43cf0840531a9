package statement

import (
	"strings"
	"testing"
	"time"

	"standpoint/internal/actor"
	"standpoint/internal/text"
	"standpoint/internal/topic"
)

// A printedCase is a text with its title and outlet.
type printedCase struct {
	name, title, outlet, byline, body string
}

func (c *printedCase) run(t *testing.T, reg *actor.Registry, rule string) {
	body, want := parseCase(strings.TrimPrefix(c.body, "!"))
	doc := text.New(c.title, body)
	top := topic.Read(doc)
	all := Find(doc, top, actor.NewResolver(reg, doc, top.Hosts, time.Time{}, c.outlet, c.byline))
	var got []Statement
	answered := false
	for _, s := range all {
		answered = answered || s.Rule == rule
		if s.Field == text.FieldBody {
			got = append(got, s)
		}
	}
	compareCase(t, c.name, body, want, got)
	if answered == strings.HasPrefix(c.body, "!") {
		t.Errorf("%s: %s answered %v", c.name, rule, answered)
	}
}

const (
	office = "US Senate press release, office of Sen. Ana Kovar"
	lead   = "Senator Ana Kovar issued the following statement on the troops in Iraq:"
)

func TestPrintedRule(t *testing.T) {
	reg := load(t)
	for _, c := range []printedCase{
		{"lead-in", "", "", "", lead + "\n\n{direct Ana Kovar|Our troops have done their duty in Iraq. It is time to bring them home.}"},
		{"two paragraphs", "", "", "", lead + "\n\n{direct Ana Kovar|Our troops have done their duty in Iraq.}\n\n{direct Ana Kovar|It is time to bring the soldiers home.}"},
		{"in marks", "", "", "", lead + "\n\n{direct Ana Kovar|“Our troops have done their duty in Iraq. It is time to bring them home.”}"},
		{"paragraphs in marks", "", "", "", lead + "\n\n{direct Ana Kovar|“Our troops have done their duty in Iraq.}\n\n{direct Ana Kovar|“It is time to bring the soldiers home.”}"},
		{"until he is named", "", "", "", lead + "\n\n{direct Ana Kovar|Our troops have done their duty in Iraq.}\n\nSenator Ana Kovar has served since 2001 and lives in Lodz with two dogs."},
		{"a letter", "", "", "", "The text of the letter that Ana Kovar sent is below:\n\n{direct Ana Kovar|We ask you to bring our soldiers home from Iraq.}"},
		{"an office's first person", "", office, "", "{direct Ana Kovar|I have always opposed this war. My vote was no, and our troops in Iraq know it. We must bring them home.}"},
		{"a title", "Statement by Senator Ana Kovar on Iraq", "", "", "{direct Ana Kovar|I have always opposed this war. My vote was no, and our troops in Iraq know it. We must bring them home.}"},
		{"turns", "", "", "", "Jan Nowak met the press on Monday.\n\nMR. NOWAK: {direct Jan Nowak|Our troops will stay in Iraq until the work is done.}\n\nQ Will they come home this year?\n\nMR. NOWAK: {direct Jan Nowak|We have made no decision about our troops.}"},
		{"who asks", "", "", "", "Ana Kovar met the press on Monday.\n\nQ Will the troops in Iraq come home this year, or stay?\n\nMS. KOVAR: {direct Ana Kovar|We have made no decision about our troops.}\n\nQ But you said they would?\n\nMS. KOVAR: {direct Ana Kovar|I said that we would look at the troops in Iraq again.}"},
		{"in marks, then the narrator", "", "", "", lead + "\n\n{direct Ana Kovar|“Our troops have done their duty in Iraq.”}\n\nThe bases of the American troops lie in the north of Iraq, beside the river."},
		{"an interview", "", "", "", "Ana Kovar has led the town council beside the American base in Iraq since 2004.\n\nDo you want the base to stay?\n\n{direct Ana Kovar|The American base feeds half of our town. It should stay.}\n\nAnd the noise?\n\n{direct Ana Kovar|We have lived with the noise of it for years.}\n\nWhat do the others say?\n\n{direct Marek Wolny|Marek Wolny says that the Americans should go.} {direct Ana Kovar|He has never worked there in all his life.}\n\nWill they go?\n\n{direct Ana Kovar|Nobody here knows what the army of the Americans plans.}"},
		{"a colon alone", "", "", "", "!There are three bases in the north of Iraq, all of them old:\n\nThe first was built by American troops in 2004, and its walls are thin."},
		{"a list", "", "", "", "!The bill does this for the troops in Iraq:\n\nIt pays for food, for boots and for warm coats in the winter."},
		{"news", "", office, "", "!The weather was bad at the base in Iraq on Monday. {indirect Jan Nowak|The troops were cold}, Jan Nowak said. Jan Nowak said {indirect Jan Nowak|he was cold too}. Ana Park said {indirect Ana Park|nothing was wrong}."},
	} {
		c.run(t, reg, RulePrinted)
	}
}

func TestHeadlineRule(t *testing.T) {
	reg := load(t)
	body := "\n\nThe weather was fine on Monday in the capital of Iraq, and nobody came to the base of the American troops."
	for _, c := range []printedCase{
		{"colon", "", "", "", "Ana Park: {indirect Ana Park|Troops must stay in Iraq}" + body},
		{"colon and verb", "", "", "", "Marek Wolny: {indirect Marek Wolny|Bases are a danger to us all}" + body},
		{"two words", "", "", "", "Jan Nowak: {indirect Jan Nowak|Time to go home for the soldiers}" + body},
		{"modal", "", "", "", "Ana Kovar: {indirect Ana Kovar|US forces should leave by May}" + body},
		{"negated", "", "", "", "Ana Kovar: {indirect Ana Kovar|No reason to keep bases in Iraq}" + body},
		{"question", "", "", "", "Ana Park: {indirect Ana Park|Why keep US forces in Iraq}" + body},
		{"half-quoted", "", "", "", "Ana Park: {indirect Ana Park|US forces in Iraq 'a gift'}" + body},
		{"two sides", "", "", "", "Ana Park: {indirect Ana Park|Troops out, trainers in}" + body},
		{"a noun", "", "", "", "Jan Nowak: {indirect Jan Nowak|A shameful retreat from Iraq}" + body},
		{"a verb", "", "", "", "!{act Ana Park|Ana Park rejects call for withdrawal of US troops}" + body},
		{"a place", "", "", "", "!Today's weather: rain and wind on the bases" + body},
	} {
		c.run(t, reg, RuleHeadline)
	}
}

func TestAuthorRule(t *testing.T) {
	reg := load(t)
	const title = "Opinion: Bring them home"
	for _, c := range []printedCase{
		{"a judgement", title, "", "Ana Kovar", "{indirect Ana Kovar|The American troops in Iraq should leave at once}."},
		{"a reason", title, "", "Ana Kovar", "{indirect Ana Kovar|Keeping American troops in Iraq costs too much}."},
		{"two sentences", title, "", "Ana Kovar", "{indirect Ana Kovar|The American troops in Iraq should leave at once}. {indirect Ana Kovar|Their presence is a danger to Iraq}."},
		{"first person", title, "", "Ana Kovar", "{indirect Ana Kovar|I want the American troops out of Iraq}."},
		{"we", title, "", "Ana Kovar", "{indirect Ana Kovar|We must bring American troops home from Iraq}."},
		{"no byline", title, "", "", "{indirect Article author|The American troops in Iraq should leave at once}."},
		{"beside another", title, "", "Ana Kovar", "{indirect Ana Kovar|The American troops in Iraq should leave at once}. Marek Wolny said {indirect Marek Wolny|they would stay}."},
		{"a verdict", title, "", "Ana Kovar", "{indirect Ana Kovar|The presence of American troops in Iraq is an insult}."},
		{"imperative", title, "", "Ana Kovar", "{indirect Ana Kovar|Send the American troops in Iraq home}."},
		{"another's attitude", title, "", "Ana Kovar", "!Marek Wolny {indirect Marek Wolny|wants the troops out}."},
		{"off the topic", title, "", "Ana Kovar", "!The weather in Iraq was fine, and nobody came to see it."},
		{"news", "Premier answers", "", "Ana Kovar", "!The American troops in Iraq should leave at once."},
	} {
		c.run(t, reg, RuleAuthor)
	}
}
