package labels

import (
	"fmt"
	"strings"
	"testing"

	"standpoint/internal/annotate"
	"standpoint/internal/text"
)

// A row goes through every tool and comes back to the bytes of its article,
// though the passage starts in its middle, has line ends of two characters and
// signs that every unit counts differently.
func TestRowsTravel(t *testing.T) {
	body := "Head\u2026\r\n\r\nMs. Wrona \U0001F642 said in Gda\u0301nsk:\r\n\u201cNo troops \U0001F1F5\U0001F1F1, not one.\u201d\r\nShe left."
	at := strings.Index(body, "Ms.")
	start := strings.Index(body, "\u201c")
	u := Unit{
		ID: "r_0123456789abcdef", ArticleID: "a_1", Story: "a_0", Field: "body", StartByte: start, EndByte: strings.Index(body, "\u201d") + 3, Kind: "direct",
		Actor: "Zofia Wrona", Holder: "Zofia Wrona", HostCountry: "Poland", Stance: "against", StanceStrength: -2, Sentiment: "negative", Certain: 1,
		Cue: "said", CueStartByte: start - 20, CueEndByte: start - 16, Sample: "random", SampleWeight: 12.5,
	}
	u.Text = body[u.StartByte:u.EndByte]
	u.Segments = [][2]int{{u.StartByte, u.EndByte}}
	row, err := ToolRow(u, body[at:], at)
	if err != nil {
		t.Fatal(err)
	}
	strength := -2
	task := annotate.Task{ID: u.ID, Row: row, Passage: body[at:], Span: text.Span{Start: u.StartByte - at, End: u.EndByte - at}, Model: "m",
		Labels: annotate.Labels{Stance: u.Stance, Strength: &strength, Sentiment: u.Sentiment, Kind: u.Kind, Holder: u.Holder, Host: u.HostCountry}}
	for tool, edit := range map[string][2]string{
		"prodigy": {`"meta":`, `"answer":"accept","_annotator_id":"x-ana","meta":`},
		"doccano": {`"cats":[]`, `"cats":["against -2","negative"]`},
		"argilla": {`"responses": {}`, `"responses": {"stance":[{"value":"against -2","user_id":"ana"}]}`},
		"csv":     {"\n,against", "\nana,against"},
	} {
		files, err := annotate.Write(tool, []annotate.Task{task})
		if err != nil {
			t.Fatal(err)
		}
		back := strings.Replace(string(files[0].Data), edit[0], edit[1], 1)
		units, err := ReadLocated(strings.NewReader(back), "ana.jsonl")
		if err != nil || len(units) != 1 {
			t.Errorf("%s: %v %v", tool, units, err)
			continue
		}
		got := units[0]
		want := u
		want.Annotator, want.Suggested = "ana", "against"
		if fmt.Sprint(got.Unit) != fmt.Sprint(want) {
			t.Errorf("%s:\n%+v, not\n%+v", tool, got.Unit, want)
		}
		if got.Before+got.Text+got.After != body[at:] {
			t.Errorf("%s: the passage came back as %q", tool, got.Before+got.Text+got.After)
		}
	}
}
