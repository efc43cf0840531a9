package text

import "testing"

func TestAuthor(t *testing.T) {
	const prose = "\n\nThe premier asked the soldiers on Monday to leave by spring.\n\nHe gave no reason for it."
	for _, c := range []struct{ name, lines, want string }{
		{"by", "By Ana Kovar", "Ana Kovar"},
		{"in capitals", "BY ANA KOVAR", "ANA KOVAR"},
		{"with the outlet", "By Ana Kovar, Harbor Press", "Ana Kovar"},
		{"with a bar", "By Ana Kovar | Harbor Press", "Ana Kovar"},
		{"two", "By Ana Kovar and Pavel Dorn", "Ana Kovar"},
		{"three names", "By Ana Maria Kovar", "Ana Maria Kovar"},
		{"an initial", "By Marek J. Wolny", "Marek J. Wolny"},
		{"and a date", "By Ana Kovar\nMarch 4, 2019", "Ana Kovar"},
		{"a name over an agency", "Ana Kovar\nHarbor Press", "Ana Kovar"},
		{"a name over a date", "Ana Kovar\nMarch 4, 2019", "Ana Kovar"},
		{"a name alone", "Ana Kovar", ""},
		{"an agency", "By The Harbor Press", ""},
		{"an agency alone", "Harbor Press\nMarch 4, 2019", ""},
		{"a sentence", "By Monday the last of the soldiers had left.", ""},
		{"sections", "World News\nMarch 4, 2019", ""},
	} {
		d := New("Premier asks soldiers to leave", "Premier asks soldiers to leave\n"+c.lines+prose)
		if d.Author != c.want {
			t.Errorf("%s: %q, want %q", c.name, d.Author, c.want)
		}
	}
}

func TestGenres(t *testing.T) {
	for _, c := range []struct {
		name, title, body string
		want              Genre
	}{
		{"news", "Premier asks soldiers to leave", "The premier asked them to leave on Monday.\n\n“We thank them,” he said.", News},
		{"a label", "Opinion: Let them stay", "The brigade keeps the peace.", Opinion},
		{"an editorial", "Editorial: Let them stay", "The brigade keeps the peace.", Opinion},
		{"in the first person", "Let them stay", "I grew up beside the base. I know the soldiers. We bought their bread.", Opinion},
		{"the first person quoted", "Baker asks them to stay", "“I grew up beside the base,” said Ana Kovar. “I know the soldiers. We sell them bread, and I like it.”", News},
		{"two words of a crowd", "Baker asks them to stay", "Our correspondent was there. The baker closed his shop, and then the mayor came to see him.", News},
		{"a label of analysis", "Analysis: Why they stay", "The brigade keeps the peace.", Analysis},
		{"analysis at the end", "Why they stay - News analysis", "The brigade keeps the peace.", Analysis},
		{"a label of an interview", "Interview: Ana Kovar on the base", "She sells bread to the soldiers.", Interview},
		{"a label of a transcript", "Transcript: Ana Kovar on the base", "She sells bread to the soldiers.", Transcript},
		{"questions without names", "“They eat my bread”", "Ana Kovar has sold bread to the soldiers since 2004.\n\nDo you want them to stay?\n\nThey feed my house. I want them to stay.\n\nAnd the noise?\n\nI have lived with it. I sleep well.\n\nWhat does the mayor say?\n\nHe eats my bread too.\n\nWill they go?\n\nI do not know. Nobody tells me.", Interview},
		{"a writer's questions", "Who asked them?", "I ask myself who called them. Did we? Did my father?\n\nI think nobody did. We found them here.\n\nWho will send them home?\n\nI will not. We need their bread money, and I say so.", Opinion},
	} {
		if d := New(c.title, c.body); d.Genre != c.want {
			t.Errorf("%s: %s, want %s", c.name, d.Genre, c.want)
		}
	}
}
