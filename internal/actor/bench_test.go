package actor

import (
	"strings"
	"testing"
	"time"

	"standpoint/internal/text"
)

// article is about 500 words of invented news.
var article = strings.Repeat(`Defense Secretary Marek Wolny told reporters on Tuesday that American troops would stay in Iraq. "We have no plan to leave," he said.

The Iraqi parliament, where Sunni and Kurdish lawmakers stayed away, had asked the government to end the presence of foreign forces. A senior U.S. official who asked not to be named said the Pentagon was studying the request. The prime minister's office said in a statement that the premier had spoken with Mr. Wolny.

"They should go," the statement said. Jan Nowak, an analyst in Warsaw, warned that Washington and Baghdad were drifting apart.

`, 5)

func BenchmarkArticle(b *testing.B) {
	reg := loadRegistry(b)
	doc := text.New("", article)
	day := time.Date(2020, 1, 10, 0, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	for b.Loop() {
		r := NewResolver(reg, doc, []string{"Iraq"}, day, "", "")
		r.MentionsIn(text.Span{Start: 0, End: len(doc.Body)})
	}
}

// An office- and pronoun-heavy text of 1 MiB must take about a second.
func TestLinear(t *testing.T) {
	reg := loadRegistry(t)
	for name, unit := range map[string]string{
		"sentences": "The Polish defense minister said he would ask the president. They told the lawmakers that it must go. ",
		"one line":  "the minister said he would ask the president and they told the official that it must go ",
	} {
		doc := text.New("", strings.Repeat(unit, 1<<20/len(unit)))
		start := time.Now()
		NewResolver(reg, doc, []string{"Poland"}, time.Time{}, "", "")
		if d := time.Since(start); d > 30*time.Second {
			t.Errorf("%s: 1 MiB took %v", name, d)
		} else if testing.Verbose() {
			t.Logf("%s: %v", name, d)
		}
	}
}
