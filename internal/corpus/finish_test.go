package corpus

import (
	"strings"
	"testing"
)

func TestTruncated(t *testing.T) {
	tests := []struct {
		body string
		want bool
	}{
		{"The council met on Monday and [+1234 chars]", true},
		{"The council met on Monday and … [+1234 chars]\n", true},
		{"The council met on Monday and... read more", true},
		{"The council met on Monday … [Read more]", true},
		{"The council met on Monday.\nRead more »", true},
		{"The council met on Monday. Continue reading the story →", true},
		{"The council met on Monday. Read the full story", true},
		{"The council met on Monday.", false},
		{"“You should read more,” she said.", false},
		{"The council met and then...", false},
		{"", false},
	}
	for _, test := range tests {
		if got := isTruncated(test.body); got != test.want {
			t.Errorf("%q: got %v", test.body, got)
		}
	}
}

func TestLanguage(t *testing.T) {
	tests := []struct{ text, want string }{
		{"The council asked the sailors to stay until the spring, but they did not want to stay in the old harbour.", "en"},
		{"Le conseil a demandé aux marins de rester jusqu’au printemps, mais ils ne voulaient pas rester dans le vieux port de la ville.", "fr"},
		{"El consejo pidió a los marineros que se quedaran hasta la primavera, pero ellos no querían quedarse en el viejo puerto de la ciudad.", "es"},
		{"Rada miasta poprosiła marynarzy, aby zostali u nas przez zimę, ale oni nie chcieli zostać w starym porcie i wrócili przed świętami. " +
			"Burmistrz powiedział, że miasto zapłaci za ich mieszkania, jeśli rząd tego nie zrobi, bo port bez marynarzy musiałby zostać zamknięty.", "pl"},
		{"Guards: Edda Lindqvist, Marek Wolny, Zoë Dahl, Ana Prieto, Jun Park, Olu Adeyemi, Pia Holm, and Ida Berg of the north gate; reserve: to be named by Ms. Park.", "en"},
		{"Совет города попросил моряков остаться до весны, но они не захотели оставаться в старом порту и уехали домой.", "ru"},
		{"市议会请求水手们留到春天，但他们不想留在旧港口，于是在冬天之前回家了。", "zh"},
		{"ביקשה המועצה מן המלחים להישאר עד האביב, אבל הם לא רצו להישאר בנמל הישן של העיר.", "he"},
		{"Two words", ""},
		{"", ""},
	}
	for _, test := range tests {
		if got := language(test.text); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

// What is said about notices and indexes in an article leaves it one.
func TestArticlesAreNotNotices(t *testing.T) {
	news := "The council voted on Monday for a law on the cookies of web sites. " +
		"Its members said that a banner to accept all cookies must have a button of the same size to refuse. "
	speech := strings.Repeat("We will stay.\nThey will go!\nWho asked them to?\n", 10)
	for _, body := range []string{strings.Repeat(news, 4), speech} {
		a := Article{Body: body, Language: "en"}
		if got := a.filter(); got != "" {
			t.Errorf("%.60q...: %s", body, got)
		}
	}
}
