package statement

import "testing"

// Whose position it is: each group is a rule of language, its cases marked as
// those of TestFind are; what must not fire stands among them.
var holderCases = map[string][]string{
	"one's own body is spoken for": {
		"US troops are in Germany. Germany's deputy minister, Ana Park, says that {indirect German government|his government wants the Americans to remain}.",
		"US troops are in Romania. A Polish official admitted that {indirect Polish government|his government would be delighted to have a brigade}.",
		"US troops are in Poland. The State Department said {indirect US government|the United States hopes to keep the bases}.",
		"US troops are in Iraq. Ana Park, spokeswoman for the Unity Coalition, was calm. {indirect Unity Coalition|Her coalition has no position on the troops}, she conceded.",
		"US troops are in Niger. A diplomat said that {indirect Generals (unnamed)|the generals had no plan to exchange one master for another}.",
		"US troops are in Poland. Two officials said {indirect US Army|the U.S. Army was unenthusiastic}.",
		"US troops are in Poland. The Defense Ministry said {indirect Polish Defense Ministry|the government would build a fence}.",
	},
	"what is no other's position": {
		"Ana Park said that {indirect Ana Park|any soldier wants a roof over his head}.",
		"US troops are in Poland. Ana Park said {indirect Ana Park|Washington had sent the worst message to the north}.",
		"US troops are in Poland. Ana Park said {indirect Ana Park|Warsaw had seen the report on the bases}.",
		"US troops are in Poland. Ana Park said {indirect Ana Park|the troops want a proper gate}.",
		"Ana Park said {indirect Ana Park|Marek Wolny should demand a date}.",
		"Ana Park said {indirect Ana Park|the way had been prepared}.",
	},
	"pronouns for another": {
		"US troops are in Poland. The Defense Ministry was calm. {indirect Polish Defense Ministry|It doesn't want the Americans gone}, Ana Park insisted.",
		"US troops are in Spain. Ana Park said {indirect Ana Park|she wants the Americans gone}.",
		"US troops are in Spain. Ana Park met the farmers. She said {indirect Ana Park|they would get a road}.",
	},
	"several": {
		"US troops are in Japan. {act Australian government,Japanese government,Philippine government|Tokyo, Manila and Canberra declined to comment on the troops}.",
		"Ana Park was tired. Marek Wolny came late. Both agree that {indirect Ana Park,Marek Wolny|the troops should stay}.",
		"US troops are in Japan. After talks in Tokyo, Manila and the council, {act Ana Park|Ana Park declined to comment on the troops}.",
		"Both bases are old.",
	},
	"names behind what somebody is": {
		"{direct Marek Wolny|“They will go home,”} said Vice Minister of Defence Marek Wolny.",
		"{direct Marek Wolny|“They will go home,”} said Air Commodore (r) Marek Wolny.",
		"{direct Marek Wolny|“They will go home,”} said one of its deputies, Marek Wolny.",
		"The state minister for roads Marek Wolny said {indirect Marek Wolny|the troops would stay}.",
		"Their leader, a priest named Marek Wolny, said {indirect Marek Wolny|the troops should go}.",
		"One of them, Marek Wolny of the union, said {indirect Marek Wolny|the troops should go}.",
		"A sheikh of the valley, Nawaf al-Wadi, said {indirect Nawaf al-Wadi|the troops should go}.",
		"The mayor of Santa Rosa said {indirect Mayor (unnamed)|the troops should go}.",
		"{direct Lorena Wolny|“The people were asked and the people have spoken,”} said spokeswoman Lorena Wolny.",
	},
	"places before the subject": {
		"US troops are in the United Kingdom. In London the council of elders said {indirect Council of elders (UK)|the bases are old}.",
		"On Monday {act Ana Park|Ana Park rejected the withdrawal}.",
		"Members of the party in the north said {indirect Members|the bases are old}.",
	},
	"relatives": {
		"President Park, who in April {act Park|ordered all troops home}, was calm.",
		"US troops are in Germany. Poland, which {act Polish government|has offered a garrison for an American division}, follows the debate.",
		"The bridge, which was offered to the town, is old.",
	},
	"adjectives alone": {
		"US troops are in Iraq. {indirect Estonian diplomats (unnamed)|Estonian diplomats, by contrast, are nervous}.",
		"US troops are in Iraq. {indirect Sunni leaders (Iraq)|Sunni leaders are ambivalent}.",
		"Ana Park was tired.",
		"The wall was divided.",
	},
	"what somebody will not say": {
		"Asked whether the troops would stay, Ana Park {indirect Ana Park|would not say}.",
		"Ana Park {indirect Ana Park|would neither confirm nor deny it}.",
		"Ana Park {indirect Ana Park|would not confirm the number of troops}.",
		"Ana Park would not sleep.",
	},
	"past habits": {
		"US troops are in Poland. {act Polish government|Warsaw used to demand the withdrawal of the Americans}.",
		"The room is used to demand from the guests.",
	},
	"where what is said ends": {
		"{indirect Ana Park|The base is old, Ana Park said; it will be closed}.",
		"Ana Park said {indirect Ana Park|the exchanges go on according to annual plans}.",
		"{indirect Ana Park|The flights will continue}, according to Ana Park.",
		"Ana Park {indirect Ana Park|wants the base closed and the troops withdrawn}.",
		"Ana Park {indirect Ana Park|wants the base closed}, and the council met in secret.",
		"Ana Park said {indirect Ana Park|the base regrets the noise but the lease will go on}.",
		"US troops are in Poland. It was affirmed by the Polish authorities that {indirect Polish government|the bases stay}.",
		"It was built by the river that floods.",
	},
	"marching to demand": {
		"US troops are in Germany. {act Protesters (Germany)|Several thousand people marched in Berlin to call for the departure of American soldiers}.",
		"Ana Park went home to sleep.",
	},
}

func TestHolders(t *testing.T) {
	reg := load(t)
	for name, list := range holderCases {
		for _, marked := range list {
			body, want := parseCase(marked)
			_, got := statementsOf(reg, "", body)
			compareCase(t, name, body, want, got)
		}
	}
}

func TestLetters(t *testing.T) {
	body := "We print a selection of letters on the bases.\n\nSir, – For thirty years we renewed the lease of the American base. I say that the troops should stay.\nRear Admiral (ret.) Marek Wolny, Lodz\n\n" +
		"Dear Editor, – I want the American soldiers to leave the north.\n\nAna Park, Gdynia\n\nDear Sir Henry was a play about a soldier and his wife, and nobody liked it."
	_, got := statementsOf(load(t), "Letters: the bases", body)
	by := map[string]int{}
	for _, s := range got {
		if s.Rule == RulePrinted {
			by[s.Holder.Name]++
			if s.Kind != Direct || s.In(body)[0] == 'S' || s.In(body)[0] == 'D' {
				t.Errorf("%s %q", s.Kind, s.In(body))
			}
		}
	}
	if by["Marek Wolny"] != 1 || by["Ana Park"] != 1 || len(by) != 2 {
		t.Errorf("%v", by)
	}
}

// TestInterviewed: the answers are those of whom the text introduces last
// before the first question.
func TestInterviewed(t *testing.T) {
	body := "The mayor, Tomas Berg, was elected on Sunday.\n\nIn the next town Ana Park, 54, a former nurse, received us in a shop.\n\n**Q. You want the American base closed?**\n\nA. I want the American soldiers to leave the town.\n\n**Q. All of them?**\n\nA. Yes, all American soldiers have to go."
	_, got := statementsOf(load(t), "", body)
	n := 0
	for _, s := range got {
		if s.Rule == RulePrinted {
			n++
			if s.Holder.Name != "Ana Park" {
				t.Errorf("%s: %q", s.Holder.Name, s.In(body))
			}
		}
	}
	if n == 0 {
		t.Error("no answers")
	}
}
