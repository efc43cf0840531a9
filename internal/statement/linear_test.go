package statement

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"standpoint/internal/actor"
	"standpoint/internal/text"
	"standpoint/internal/topic"
)

// long is how many bytes the longest text has that is read at all.
const long = 1 << 20

func repeat(unit string) string { return strings.Repeat(unit, long/len(unit)) }

// limit tells linear from quadratic, which takes minutes at these lengths; a
// quiet machine needs a second, one under the race detector ten.
const limit = 30 * time.Second

// Texts of any shape must take time in line with their length.
func TestLinear(t *testing.T) {
	reg := load(t)
	var names strings.Builder
	for i := 0; names.Len() < long; i++ {
		fmt.Fprintf(&names, "Ana P%s met the foreign minister. He said no. ", strings.NewReplacer("0", "a", "1", "e", "2", "i", "3", "o", "4", "u", "5", "l", "6", "r", "7", "s", "8", "t", "9", "n").Replace(fmt.Sprint(i)))
	}
	for name, body := range map[string]string{
		"one line":          repeat("word and more "),
		"marks":             strings.Repeat(`"`, 100_000),
		"marks apart":       strings.Repeat(`" `, 100_000),
		"quotations":        repeat("“We must go,” he said. "),
		"fragments":         repeat(`: "We must stay here" `),
		"a quotation":       `"We stay," ` + repeat("saying adding telling, "),
		"names":             repeat("Jan Nowak "),
		"names that speak":  repeat("Jan Nowak said Ana Kovar said "),
		"many names":        names.String(),
		"offices":           repeat("The minister said he would ask the president. They told the official that it must go. "),
		"offices, one line": repeat("the minister said he would ask the president and they told the official that it must go "),
		"pronouns":          repeat("he said they said it said "),
		"cut words":         repeat("Park-backed said Iraq-based Kovar-led forces leave "),
		"countries":         repeat("US troops leave Iraq, Syria, "),
		"acts":              repeat("Park's demand for withdrawal of troops was said, "),
		"nouns":             repeat("the premier's request to withdraw troops and "),
		"polls":             repeat("A poll of lawmakers said voters want troops out. "),
		"commas":            "Park said that " + repeat(", "),
		"lines":             repeat("a\n"),
		"paragraphs":        repeat("The minister said they would leave Iraq.\n\n"),
	} {
		took := time.Hour
		for range 2 { // the machine may be busy elsewhere
			if took > limit {
				took = min(took, timeReading(reg, body))
			}
		}
		if took > limit {
			t.Errorf("%s: 1 MiB took %v", name, took)
		} else if testing.Verbose() {
			t.Logf("%s: %v", name, took)
		}
	}
}

func timeReading(reg *actor.Registry, body string) time.Duration {
	start := time.Now()
	body = "US troops will leave Iraq.\n\n" + body
	doc := text.New("", body)
	top := topic.Read(doc)
	Find(doc, top, actor.NewResolver(reg, doc, top.Hosts, time.Time{}, "", ""))
	return time.Since(start)
}
