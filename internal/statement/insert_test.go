package statement

import "testing"

func TestInserts(t *testing.T) {
	reg := load(t)
	for _, c := range []printedCase{
		{"a post", "", "", "", "The American troops in Iraq will stay, the council was told on Monday.\n\n{direct Ana Kovar|We do not want the American troops here. They should go home!}\n— Ana Kovar (@anakovar) January 8, 2021"},
		{"a post signed in its line", "", "", "", "The American troops in Iraq will stay, the council was told on Monday.\n\n{direct Ana Kovar|We do not want the American troops here. They should go home!} — Ana Kovar (@anakovar) January 8, 2021"},
		{"a quotation set apart and signed", "", "", "", "The American troops in Iraq will stay, the council was told on Monday.\n\n{direct Ana Kovar|“We do not want the American troops here.”}\n— Ana Kovar, mayor of Lodz"},
		{"questions and answers", "", "", "", "Ana Kovar has led the council beside the American base in Iraq since 2004.\n\nQ: Do you want the base to stay?\n\nA: {direct Ana Kovar|The American base feeds half of our town. It should stay.}\n\nQ: And the noise?\n\nA: {direct Ana Kovar|We have lived with the noise of it for years.}"},
		{"a label and the title's name", "Remarks by Prime Minister Hana Ito of Japan", "", "", "PRIME MINISTER ITO: {direct Hana Ito|We want the American troops to stay in Japan, and we say so.}\n\n{direct Hana Ito|They keep the peace of the whole of Japan.}"},
		{"a record of a debate", "", "", "", "Mr. KOVAR. {direct Kovar|Our troops have done their duty in Iraq. It is time to bring them home.}\n\nMr. NOWAK. {direct Nowak|The troops in Iraq must stay until the work is done.}"},
	} {
		c.run(t, reg, RulePrinted)
	}
	for _, c := range []printedCase{
		{"a quotation set apart", "", "", "", "{direct Ana Kovar|“We do not want the American troops in our country,”} Ana Kovar told a crowd of 3,000 people outside the court in Iraq.\n\n{direct Ana Kovar|“We do not want the American troops”}\n\nThe American troops in Iraq will stay, the council was told on Monday."},
	} {
		c.run(t, reg, RuleQuoteBefore)
	}
}
