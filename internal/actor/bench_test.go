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
