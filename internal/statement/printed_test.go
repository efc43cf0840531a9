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
	for _, c := range printedCases {
		c.run(t, reg, RulePrinted)
	}
}

var printedCases = []printedCase{
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
	{"no colon", "", "", "", "Senator Ana Kovar released the following statement today on the troops in Iraq.\n\n{direct Ana Kovar|“Our troops have done their duty in Iraq. It is time to bring them home.”}"},
	{"any verb before marks", "", "", "", "Senator Ana Kovar commented today on the troops in Iraq:\n\n{direct Ana Kovar|“Our troops have done their duty in Iraq. It is time to bring them home.”}"},
	{"an office's quotations", "", office, "", "{direct Ana Kovar|“Our troops have done their duty in Iraq. It is time to bring them home.”}\n\n{direct Ana Kovar|“The war in Iraq has cost us dearly, and our soldiers know it.”}"},
	{"what a question reports", "", "", "", "Jan Nowak met the press on Monday.\n\nMR. NOWAK: {direct Jan Nowak|Our troops will stay in Iraq until the work is done.}\n\nQ The Kurds say that {indirect Kurds|they were never asked}. Is that so?\n\nMR. NOWAK: {direct Jan Nowak|We have made no decision about our troops.}"},
	{"a long turn", "", "", "", "Jan Nowak met the press on Monday.\n\nMR. NOWAK: {direct Jan Nowak|Our troops will stay in Iraq. The work is not done. We have the time.} {direct Jan Nowak|And the bases are paid for until May.}\n\nQ Will they come home this year?\n\nMR. NOWAK: {direct Jan Nowak|We have made no decision about our troops.}"},
	{"a colon alone", "", "", "", "!There are three bases in the north of Iraq, all of them old:\n\nThe first was built by American troops in 2004, and its walls are thin."},
	{"a list", "", "", "", "!The bill does this for the troops in Iraq:\n\nIt pays for food, for boots and for warm coats in the winter."},
	{"news", "", office, "", "!The weather was bad at the base in Iraq on Monday. {indirect Jan Nowak|The troops were cold}, Jan Nowak said. Jan Nowak said {indirect Jan Nowak|he was cold too}. Ana Park said {indirect Ana Park|nothing was wrong}."},
}

func TestHeadlineRule(t *testing.T) {
	reg := load(t)
	for _, c := range headlineCases {
		c.run(t, reg, RuleHeadline)
	}
}

const headlineBody = "\n\nThe weather was fine on Monday in the capital of Iraq, and nobody came to the base of the American troops."

var headlineCases = []printedCase{
	{"colon", "", "", "", "Ana Park: {indirect Ana Park|Troops must stay in Iraq}" + headlineBody},
	{"colon and verb", "", "", "", "Marek Wolny: {indirect Marek Wolny|Bases are a danger to us all}" + headlineBody},
	{"two words", "", "", "", "Jan Nowak: {indirect Jan Nowak|Time to go home for the soldiers}" + headlineBody},
	{"modal", "", "", "", "Ana Kovar: {indirect Ana Kovar|US forces should leave by May}" + headlineBody},
	{"negated", "", "", "", "Ana Kovar: {indirect Ana Kovar|No reason to keep bases in Iraq}" + headlineBody},
	{"question", "", "", "", "Ana Park: {indirect Ana Park|Why keep US forces in Iraq}" + headlineBody},
	{"half-quoted", "", "", "", "Ana Park: {indirect Ana Park|US forces in Iraq 'a gift'}" + headlineBody},
	{"two sides", "", "", "", "Ana Park: {indirect Ana Park|Troops out, trainers in}" + headlineBody},
	{"a noun", "", "", "", "Jan Nowak: {indirect Jan Nowak|A shameful retreat from Iraq}" + headlineBody},
	{"a quotation of the body", "“Nobody asked us about soldiers”", "", "", "{direct Ana Park|“Nobody asked us about the American soldiers in Iraq,”} said Ana Park. The base is old."},
	{"words of the body", "American soldiers should leave the valley", "", "", "Ana Park said {indirect Ana Park|the American soldiers in Iraq should leave the valley before winter}."},
	{"other words", "A long winter on the river", "", "", "!Ana Park said {indirect Ana Park|the American soldiers in Iraq should leave the valley before winter}."},
	{"a verb", "", "", "", "!{act Ana Park|Ana Park rejects call for withdrawal of US troops}" + headlineBody},
	{"a place", "", "", "", "!Today's weather: rain and wind on the bases" + headlineBody},
}

func TestAuthorRule(t *testing.T) {
	reg := load(t)
	for _, c := range authorCases {
		c.run(t, reg, RuleAuthor)
	}
}

const opinion = "Opinion: Bring them home"

var authorCases = []printedCase{
	{"a judgement", opinion, "", "Ana Kovar", "{indirect Ana Kovar|The American troops in Iraq should leave at once}."},
	{"a reason", opinion, "", "Ana Kovar", "{indirect Ana Kovar|Keeping American troops in Iraq costs too much}."},
	{"two sentences", opinion, "", "Ana Kovar", "{indirect Ana Kovar|The American troops in Iraq should leave at once}. {indirect Ana Kovar|Their presence is a danger to Iraq}."},
	{"first person", opinion, "", "Ana Kovar", "{indirect Ana Kovar|I want the American troops out of Iraq}."},
	{"we", opinion, "", "Ana Kovar", "{indirect Ana Kovar|We must bring American troops home from Iraq}."},
	{"no byline", opinion, "", "", "{indirect Article author|The American troops in Iraq should leave at once}."},
	{"beside another", opinion, "", "Ana Kovar", "{indirect Ana Kovar|The American troops in Iraq should leave at once}. Marek Wolny said {indirect Marek Wolny|they would stay}."},
	{"a verdict", opinion, "", "Ana Kovar", "{indirect Ana Kovar|The presence of American troops in Iraq is an insult}."},
	{"imperative", opinion, "", "Ana Kovar", "{indirect Ana Kovar|Send the American troops in Iraq home}."},
	{"the nation's we", opinion, "", "Ana Kovar", "{indirect Ana Kovar|We still pay for the American bases in Iraq}."},
	{"what serves", opinion, "", "Ana Kovar", "{indirect Ana Kovar|It is in the interest of Iraq that the American troops go}."},
	{"a story", opinion, "", "Ana Kovar", "!The American troops came to Iraq in 2003. A cousin of mine sold them bread."},
	{"a date", opinion, "", "Ana Kovar", "!The pact on American troops in Iraq was signed in 2008."},
	{"another's attitude", opinion, "", "Ana Kovar", "!Marek Wolny {indirect Marek Wolny|wants the troops out}."},
	{"off the topic", opinion, "", "Ana Kovar", "!The weather in Iraq was fine, and nobody came to see it."},
	{"news", "Premier answers", "", "Ana Kovar", "!The American troops in Iraq should leave at once."},
}
