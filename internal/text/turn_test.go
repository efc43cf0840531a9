package text

import (
	"slices"
	"strings"
	"testing"
)

func TestLayout(t *testing.T) {
	names := map[Layout]string{Plain: "plain", Turn: "turn", Question: "question", Post: "post", PullQuote: "pull"}
	for _, c := range []struct {
		name, body string
		want       []string
		genre      Genre
	}{
		{"a briefing", "MR. DORN: Good morning.\n\nQ    Will they go?\n\nMR. DORN: No.\n\nThey will stay.\n\n[LAUGHTER]",
			[]string{"turn MR. DORN", "question Q", "turn MR. DORN", "turn MR. DORN", "turn MR. DORN"}, Transcript},
		{"a record of a debate", "Mr. DORN. They stay.\n\nMs. VOSS of Ohio. They go.", []string{"turn Mr. DORN", "turn Ms. VOSS of Ohio"}, Transcript},
		{"one turn of a record", "Ms. DORN. They stay.\n\nThat is all.", []string{"turn Ms. DORN", "turn Ms. DORN"}, Transcript},
		{"one turn of a briefing", "SENIOR OFFICIAL: They stay.\n\nThat is all.", []string{"turn SENIOR OFFICIAL", "turn SENIOR OFFICIAL"}, Transcript},
		{"questions and answers", "Q. Will they go?\n\nA. No.\n\nQ. Why?\n\nA. Nobody asked.", []string{"question Q", "turn A", "question Q", "turn A"}, Interview},
		{"names", "Harbor: Will they go?\nHana Park: No.\nHarbor: Why not?\nHana Park: Nobody asked them to go.",
			[]string{"question Harbor", "turn Hana Park", "question Harbor", "turn Hana Park"}, Interview},
		{"labels set off", "**MODERATOR:** Good morning.\n\n**Q (Courier):** Will they go?\n\n**MINISTER DORN:** No.\n\n**Q (Courier):** Why?\n\n**DORN:** Nobody asked.",
			[]string{"question MODERATOR", "question Q", "turn MINISTER DORN", "question Q", "turn DORN"}, Transcript},
		{"a house", "**Lord Dorn of Voss:** Will they go?\n\n**The Baroness Voss:** No.\n\n**Lord Dorn of Voss:** Why?\n\n**The Baroness Voss:** Nobody asked.",
			[]string{"turn Lord Dorn of Voss", "turn The Baroness Voss", "turn Lord Dorn of Voss", "turn The Baroness Voss"}, Transcript},
		{"members ask", "CHAIRMAN: Ms. Voss.\n\nVOSS: Will they go?\n\nDORN: No.\n\nVOSS: Why?", []string{"turn CHAIRMAN", "turn VOSS", "turn DORN", "turn VOSS"}, Transcript},
		{"heads set off", "**The brigade leaves:** it was tired.\n\nNobody saw it.\n\n**The brigade returns**\n\nAll saw it.", []string{"plain", "plain", "plain", "plain"}, News},
		{"notices", "BREAKING: Brigade to leave.\n\nIt was tired.\n\n> RELATED: Ferry late again\n\nNobody saw it.\n\nREAD MORE: Ferry sold", []string{"plain", "plain", "plain", "plain", "plain"}, News},
		{"towns", "KABUL: The general left on Friday.\n\nHe was tired.\n\nLODZ: The brigade left too.", []string{"plain", "plain", "plain"}, News},
		{"one label", "KABUL: The general left on Friday.\n\nHe was tired.", []string{"plain", "plain"}, News},
		{"labels of no speaker", "Where: the gate at Lodz.\n\nWhen: on Friday at noon.\n\nThe brigade leaves.", []string{"plain", "plain", "plain"}, News},
		{"a title and a surname", "Mr. Dorn left. Nobody saw him.\n\nMs. Voss stayed.", []string{"plain", "plain"}, News},
		{"a post", "The brigade left.\n\nGo home!\n\n— Hana Park (@hpark) May 4, 2020", []string{"plain", "post Hana Park", "plain"}, News},
		{"a post in one line", "The brigade left.\n\nGo home! — Hana Park (@hpark) May 4, 2020", []string{"plain", "post Hana Park"}, News},
		{"a picture of a post", "The brigade left.\n\nGo home! pic.twitter.com/abc", []string{"plain", "post"}, News},
		{"set apart", "“We want a date for it,” Park said.\n\n“We want a date for it”\n\nThe brigade left.", []string{"plain", "pull", "plain"}, News},
		{"signed", "The brigade left.\n\n“We want a date for it.”\n\n— Hana Park, minister", []string{"plain", "pull Hana Park", "plain"}, News},
		{"said once", "Park spoke.\n\n“We want a date for it.”\n\nThe brigade left.", []string{"plain", "plain", "plain"}, News},
	} {
		d := New("Brigade to leave", c.body)
		var got []string
		for _, p := range d.Paragraphs {
			got = append(got, strings.TrimSpace(names[p.Layout]+" "+p.Label.In(c.body)))
		}
		if !slices.Equal(got, c.want) || d.Genre != c.genre {
			t.Errorf("%s: %q, genre %s", c.name, got, d.Genre)
		}
	}
}
