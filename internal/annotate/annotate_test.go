package annotate

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"standpoint/internal/text"
)

// passage holds characters that bytes, code points and UTF-16 count
// differently; the statement is between the bars.
func passage(marked string) (string, text.Span) {
	before, rest, _ := strings.Cut(marked, "|")
	words, after, _ := strings.Cut(rest, "|")
	return before + words + after, text.Span{Start: len(before), End: len(before) + len(words)}
}

const emojis = "Gda\u0301nsk \U0001F1F5\U0001F1F1, \U0001F469\u200d\U0001F33E said: |“No troops \U0001F642, not one,”| she said. The cafe\u0301 owner wants them to stay."

func task(marked string) Task {
	t := Task{ID: "r_1", Title: "Mayor posts", Model: "linear", Confidence: 0.61}
	t.Passage, t.Span = passage(marked)
	strength := -2
	t.Labels = Labels{Stance: "against", Strength: &strength, Sentiment: "negative", Kind: "direct", Holder: "Zofia Wrona", Host: "Poland"}
	t.Row = json.RawMessage(fmt.Sprintf(`{"id":"r_1","start_byte":%d,"end_byte":%d,"text":%s,"stance":"against","stance_strength":-2,"sentiment":"negative","kind":"direct","holder":"Zofia Wrona","host_country":"Poland","passage_byte":100}`,
		100+t.Span.Start, 100+t.Span.End, asJSON(t.Span.In(t.Passage))))
	return t
}

// written is the file of a format that holds the tasks.
func written(t *testing.T, format string, tasks ...Task) []byte {
	t.Helper()
	files, err := Write(format, tasks)
	if err != nil {
		t.Fatal(err)
	}
	return files[0].Data
}

func read(t *testing.T, data string) []Answer {
	t.Helper()
	answers, known, err := Read([]byte(data), "x/ana.jsonl")
	if err != nil || !known {
		t.Fatalf("known %t: %v\n%s", known, err, data)
	}
	return answers
}

func TestUntouchedIsNotChecked(t *testing.T) {
	for _, format := range Tools() {
		if got := read(t, string(written(t, format, task(emojis), task("|They must go,| he said.")))); len(got) != 0 {
			t.Errorf("%s: %d answers that nobody gave: %+v", format, len(got), got)
		}
	}
}

// summary is an answer in a line.
func summary(a Answer) string {
	s := fmt.Sprintf("%s %s", a.Annotator, a.choice())
	for _, v := range []string{a.Sentiment, a.Holder} {
		if v != "" {
			s += ", " + v
		}
	}
	if !a.Span.Empty() {
		s += ": " + a.Span.In(a.Passage)
	}
	if a.Added {
		s = "added " + s
	}
	return s
}

func summaries(answers []Answer) string {
	var lines []string
	for _, a := range answers {
		lines = append(lines, summary(a))
	}
	return strings.Join(lines, "\n")
}

// What a tool gives back after a person's work, by the smallest change of the
// file that went out.
func TestAnswers(t *testing.T) {
	own := "“No troops \U0001F642, not one,”"
	for _, c := range []struct {
		name, format string
		edit         []string // old, new, old, new ...
		want         string
	}{
		{"a prodigy task accepted", "prodigy", []string{`"meta":`, `"answer":"accept","_annotator_id":"stance-ana","meta":`}, "ana against -2, negative, Zofia Wrona: " + own},
		{"a prodigy task rejected", "prodigy", []string{`"meta":`, `"answer":"reject","_session_id":"stance-ana","meta":`}, "ana no statement"},
		{"a prodigy task ignored", "prodigy", []string{`"meta":`, `"answer":"ignore","meta":`}, ""},
		{"another stance and holder", "prodigy", []string{`"meta":`, `"answer":"accept","meta":`, `"accept":["against -2"`, `"accept":["mixed 0"`, `"holder":"Zofia Wrona","host_country":"Poland","row"`, `"holder":"Piotr Lis","host_country":"Poland","row"`},
			" mixed 0, negative, Piotr Lis: " + own},
		{"a span moved, in code points", "prodigy", []string{`"meta":`, `"answer":"accept","meta":`, `"start":22,`, `"start":23,`}, " against -2, negative, Zofia Wrona: " + strings.TrimPrefix(own, "“")},
		{"a doccano label", "doccano", []string{`"cats":[]`, `"cats":["favor 1","neutral tone"],"id":7`}, "ana favor 1, neutral: " + own},
		{"a doccano label of who doesn't see the span", "doccano", []string{`"cats":[]`, `"cats":["favor 1"]`, `,"statement"]]`, `,"other"]]`}, "ana favor 1: " + own},
		{"a doccano label and a comment", "doccano", []string{`"cats":[]`, `"cats":["neutral"],"Comments":["Holder: Piotr Lis","look again"]`}, "ana neutral, Piotr Lis: " + own},
		{"a doccano label that denies", "doccano", []string{`"cats":[]`, `"cats":["no statement"]`}, "ana no statement"},
		{"a doccano span more", "doccano", []string{`"cats":[]`, `"cats":["against -2"]`, `"entities":[`, `"entities":[[0,7,"favor 1"],`},
			"added ana favor 1: Gda\u0301nsk\nana against -2: " + own},
		{"an argilla response", "argilla", []string{`"responses": {}`, `"responses": {"stance":[{"value":"mixed 0","user_id":"u1","status":"submitted"}],"holder":[{"value":"Piotr Lis","user_id":"u1","status":"submitted"}]}`},
			"u1 mixed 0, Piotr Lis: " + own},
		{"an argilla draft", "argilla", []string{`"responses": {}`, `"responses": {"stance":[{"value":"mixed 0","user_id":"u1","status":"draft"}]}`}, ""},
		{"an argilla denial by one of two", "argilla", []string{`"responses": {}`, `"responses": {"stance":[{"value":"no statement","user_id":"u1"},{"value":"neutral","user_id":"u2"}],"statement":[{"value":[{"start":26,"end":32,"label":"statement"}],"user_id":"u2"}]}`},
			"u1 no statement\nu2 neutral: troops"},
		{"a sheet's row marked", "csv", []string{"\n,against", "\nx,against"}, "ana against -2, negative, Zofia Wrona: " + own},
		{"a sheet's row marked by name", "csv", []string{"\n,against", "\nBen,against"}, "Ben against -2, negative, Zofia Wrona: " + own},
		{"a sheet's row changed, not marked", "csv", []string{"\n,against,-2", "\n,neutral,0"}, "ana neutral, negative, Zofia Wrona: " + own},
		{"a sheet's row denied", "csv", []string{"\n,against", "\n,none"}, "ana no statement, negative, Zofia Wrona"},
	} {
		data := string(written(t, c.format, task(emojis)))
		for i := 0; i+1 < len(c.edit); i += 2 {
			if !strings.Contains(data, c.edit[i]) {
				t.Fatalf("%s: no %q in\n%s", c.name, c.edit[i], data)
			}
			data = strings.Replace(data, c.edit[i], c.edit[i+1], 1)
		}
		if got := summaries(read(t, data)); got != c.want {
			t.Errorf("%s:\n%s\nnot\n%s", c.name, got, c.want)
		}
	}
}

// lsExport is what Label Studio makes of a task when results are submitted.
func lsExport(t *testing.T, edit func(results []lsResult) []lsResult) string {
	var tasks []lsTask
	if err := json.Unmarshal(written(t, "label-studio", task(emojis)), &tasks); err != nil {
		t.Fatal(err)
	}
	suggested := tasks[0].Predictions[0].Result
	return string(asJSON([]any{map[string]any{"id": 1, "data": tasks[0].Data, "predictions": []int{1}, "annotations": []lsAnnotation{
		{CompletedBy: asJSON(4), Cancelled: true, Result: suggested},
		{CompletedBy: asJSON(map[string]any{"id": 3, "email": "ana@example.org"}), Result: edit(suggested)},
	}}}))
}

func TestLabelStudioAnswers(t *testing.T) {
	own := "“No troops \U0001F642, not one,”"
	same := func(r []lsResult) []lsResult { return r }
	if got, want := summaries(read(t, lsExport(t, same))), "ana@example.org against -2, negative, Zofia Wrona: "+own; got != want {
		t.Errorf("accepted:\n%s\nnot\n%s", got, want)
	}
	if got := summaries(read(t, lsExport(t, func([]lsResult) []lsResult { return nil }))); got != "ana@example.org no statement" {
		t.Errorf("deleted: %s", got)
	}
	// ids are made anew when a person works on a suggestion, and the words
	// decide about the offsets of another client: here UTF-16
	moved := func(results []lsResult) []lsResult {
		start, end := 26, 35
		for i := range results {
			results[i].ID = "new"
			results[i].Value.Start, results[i].Value.End = &start, &end
			if results[i].From == lsSpan {
				results[i].Value.Text = asJSON("No troops")
			}
		}
		one, six := 0, 7
		return append(results,
			lsResult{ID: "b", From: lsSpan, Type: "labels", Value: lsValue{Start: &one, End: &six, Labels: []string{lsSpan}}},
			lsResult{ID: "b", From: lsStance, Type: "choices", Value: lsValue{Start: &one, End: &six, Choices: []string{"neutral"}}})
	}
	if got, want := summaries(read(t, lsExport(t, moved))), "ana@example.org against -2, negative, Zofia Wrona: No troops\nadded ana@example.org neutral: Gda\u0301nsk"; got != want {
		t.Errorf("moved and added:\n%s\nnot\n%s", got, want)
	}
}

// JSON_MIN and CSV tell a task that nobody has done by the annotation it lacks.
func TestMinimalExports(t *testing.T) {
	for name, data := range map[string]string{
		"json": `[{"annotation_id":null,"annotator":null,"id":1,"text":"abc def","row":{"id":"r_1","start_byte":0,"end_byte":3}},
{"annotation_id":4,"annotator":7,"id":2,"text":"abc def","row":{"id":"r_2","start_byte":0,"end_byte":3},"statement":[{"start":4,"end":7,"text":"def","labels":["statement"]},{"start":0,"end":3,"text":"abc","labels":["statement"]}],
"stance":[{"start":4,"end":7,"choices":["neutral"]},{"start":0,"end":3,"choices":["favor 1"]}],"holder":"Hana Park"},
{"annotation_id":5,"annotator":7,"id":3,"text":"abc def","row":{"id":"r_3","start_byte":0,"end_byte":3}}]`,
		"csv": "annotation_id,annotator,id,text,row,statement,stance,holder\n" +
			",,1,abc def,\"{\"\"id\"\":\"\"r_1\"\",\"\"start_byte\"\":0,\"\"end_byte\"\":3}\",,,\n" +
			"4,7,2,abc def,\"{\"\"id\"\":\"\"r_2\"\",\"\"start_byte\"\":0,\"\"end_byte\"\":3}\",\"[{\"\"start\"\":0,\"\"end\"\":3}]\",favor 1,Hana Park\n",
	} {
		answers, known, err := Read([]byte(data), "f")
		inTurn := strings.NewReplacer(`[{"start":4,"end":7,"choices":["neutral"]},{"start":0,"end":3,"choices":["favor 1"]}]`, `["neutral","favor 1"]`, `,"holder":"Hana Park"`, "").Replace(data)
		if other, _, err := Read([]byte(inTurn), "f"); name == "json" && (err != nil || summaries(other) != "added 7 neutral: def\n7 favor 1: abc\n7 no statement") {
			t.Errorf("values in turn: %v\n%s", err, summaries(other))
		}
		if name == "json" {
			if err == nil || !strings.Contains(err.Error(), "which of 2 statements") {
				t.Errorf("one holder of two statements: %v", err)
			}
			answers, known, err = Read([]byte(strings.Replace(data, `,"holder":"Hana Park"`, "", 1)), "f")
		}
		want := map[string]string{"json": "added 7 neutral: def\n7 favor 1: abc\n7 no statement", "csv": "7 favor 1, Hana Park: abc"}[name]
		if err != nil || !known || summaries(answers) != want {
			t.Errorf("%s: known %t, %v\n%s\nnot\n%s", name, known, err, summaries(answers), want)
		}
	}
}

// A sheet as spreadsheets save it: other delimiters, cells cut and copied.
func TestSheetEdits(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(written(t, "csv", task(emojis))), mark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	save := func(comma rune, rows ...[]string) string {
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.Comma, w.UseCRLF = comma, true
		w.WriteAll(rows)
		return b.String()
	}
	edited := func(cells ...string) []string {
		row := append([]string(nil), rows[1]...)
		for i := 0; i < len(cells); i += 2 {
			row[at[cells[i]]] = cells[i+1]
		}
		return row
	}
	for name, c := range map[string]struct{ data, want string }{
		"semicolons":     {save(';', rows[0], edited("checked", "TRUE")), "ana against -2, negative, Zofia Wrona: “No troops \U0001F642, not one,”"},
		"tabs, no mark":  {save('\t', rows[0], edited()), ""},
		"words cut":      {save(',', rows[0], edited("text", "No troops")), "ana against -2, negative, Zofia Wrona: No troops"},
		"words extended": {save(',', rows[0], edited("text", "said: “No  troops")), "ana against -2, negative, Zofia Wrona: said: “No troops"},
		"before ruined":  {save(',', rows[0], edited("checked", "x", "before", "...")), "ana against -2, negative, Zofia Wrona: “No troops \U0001F642, not one,”"},
		"stance in one":  {save(',', rows[0], edited("stance", "favor 1", "stance_strength", "-2")), "ana favor 1, negative, Zofia Wrona: “No troops \U0001F642, not one,”"},
		"a line copied": {save(',', rows[0], edited("checked", "x"), edited("stance", "favor", "stance_strength", "2", "text", "wants them to stay", "holder", "Piotr Lis")),
			"ana against -2, negative, Zofia Wrona: “No troops \U0001F642, not one,”\nadded ana favor 2, negative, Piotr Lis: wants them to stay"},
		"an empty line": {save(',', rows[0], make([]string, len(rows[0]))), ""},
	} {
		if got := summaries(read(t, c.data)); got != c.want {
			t.Errorf("%s:\n%s\nnot\n%s", name, got, c.want)
		}
	}
	for name, c := range map[string]struct{ data, want string }{
		"words from elsewhere": {save(',', rows[0], edited("text", "never said")), `the words "never said"`},
		"no row":               {save(',', rows[0], edited("row", "")), "the column row is empty"},
		"row cut":              {save(',', rows[0], edited("row", rows[1][at["row"]][:40])), "the column row is damaged"},
		"strength":             {save(',', rows[0], edited("stance_strength", "much")), `stance_strength "much" is no whole number`},
	} {
		_, _, err := Read([]byte(c.data), "x.csv")
		if err == nil || !strings.HasPrefix(err.Error(), "x.csv:2: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := Read([]byte("checked,stance,row\n\xe9,,\n"), "x.csv"); err == nil || !strings.Contains(err.Error(), "UTF-8") {
		t.Errorf("Latin-1: %v", err)
	}
}

// No cell of a sheet is a formula, and ids and numbers stay what they are.
func TestSheetIsHarmless(t *testing.T) {
	evil := task("=cmd()| @SUM(A1) | -1+1")
	evil.Holder, evil.Title = "=HYPERLINK(\"x\")", "+1 for the troops"
	data := string(written(t, "csv", evil))
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(data, mark))).ReadAll()
	if err != nil || !strings.HasPrefix(data, mark) {
		t.Fatalf("%v %q", err, data[:20])
	}
	for i, cell := range rows[1] {
		if cell != "" && strings.ContainsAny(cell[:1], formulaStarts) && cell != "-2" {
			t.Errorf("%s would be run: %q", rows[0][i], cell)
		}
	}
	if got := read(t, strings.Replace(data, "\n,", "\nx,", 1)); len(got) != 1 || got[0].Holder != evil.Holder {
		t.Errorf("read back as %+v", got)
	}
}

func TestErrorsNameTheLine(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"json":     {`{"text":"a","answer":"accept","spans":[]}` + "\n{\"text\":", "f:2: unexpected end"},
		"span":     {`{"text":"ab","answer":"accept","spans":[{"start":1,"end":9,"label":"statement"}]}`, "f:1: offsets 1-9 lie outside"},
		"two":      {`{"text":"ab","answer":"accept","spans":[],"accept":["favor 1","neutral"]}`, "f:1: two stances"},
		"array":    {"[\n{\"id\":5,\"data\":{\"text\":\"ab\"},\"annotations\":[]},\n{\"id\":6,\"data\":{\"text\":\"ab\"},\"annotations\":[{\"result\":[{\"from_name\":\"statement\",\"id\":\"x\",\"value\":{\"start\":0,\"end\":1,\"text\":\"zz\"}}]}]}]", "f:3 (record 6): the words \"zz\" stand neither"},
		"cut":      {"[\n{\"id\":5,\"data\":{\"text\":\"ab\"},\"annotations\":[]},\n{\"id\"", "f:2: unexpected EOF"},
		"min":      {`[{"annotation_id":1,"annotator":1,"id":9,"text":"abcd","statement":[{"start":0,"end":1},{"start":2,"end":3}],"stance":"neutral"}]`, "f:1 (record 9): the export doesn't tell which of 2 statements"},
		"argilla":  {`[{"id":"q","fields":{"text":"ab"},"responses":{"stance":[{"value":"neutral","user_id":"u"}],"statement":[{"value":[{"start":0,"end":1},{"start":1,"end":2}],"user_id":"u"}]}}]`, "f:1 (record q): 2 statements are marked"},
		"doccano":  {`{"id":3,"text":"ab","entities":[[0,"x"]],"cats":["neutral"]}`, "f:1 (record 3): span [0,\"x\"] is not"},
		"row cell": {`{"text":"ab","answer":"accept","spans":[],"row":"{"}`, "f:1: the field row is damaged"},
	} {
		_, known, err := Read([]byte(c.data), "f")
		if !known || err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: known %t, %v, not %s", name, known, err, c.want)
		}
	}
}

func TestOtherFilesAreNotKnown(t *testing.T) {
	for _, data := range []string{"", "prose\n", "article_id,stance\n", `{"article_id":"a_1","text":"x","stance":"favor"}`, "[1,2]", "PAR1"} {
		if _, known, err := Read([]byte(data), "f"); known || err != nil {
			t.Errorf("%q: known %t, %v", data, known, err)
		}
	}
}

// Whatever unit a span is counted in, it comes back the same.
func TestOffsets(t *testing.T) {
	s, span := passage(emojis)
	for u := range noUnits {
		got, err := locate(s, u.count(s, span.Start), u.count(s, span.End), u, "")
		if err != nil || got != span {
			t.Errorf("unit %d: %v, not %v: %v", u, got, span, err)
		}
		for own := range noUnits {
			if got, err := locate(s, u.count(s, span.Start), u.count(s, span.End), own, span.In(s)); err != nil || got != span {
				t.Errorf("unit %d taken for %d: %v, not %v: %v", u, own, got, span, err)
			}
		}
	}
	if _, err := locate(s, 9, 12, utf16s, ""); err == nil {
		t.Error("half a character was a span")
	}
}

func FuzzOffsets(f *testing.F) {
	f.Add(emojis, 3, 20)
	f.Fuzz(func(t *testing.T, s string, a, b int) {
		s = strings.ToValidUTF8(s, "\ufffd")
		for u := range noUnits {
			span, ok := u.span(s, a, b)
			if !ok {
				continue
			}
			if u.count(s, span.Start) != a || u.count(s, span.End) != b {
				t.Fatalf("unit %d: %d-%d became %v", u, a, b, span)
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, format := range Tools() {
		files, err := Write(format, []Task{task(emojis)})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(files[0].Data)
	}
	f.Add([]byte(`{"text":"ab","answer":"accept","spans":[{"start":0,"end":1,"label":"statement"}],"accept":["favor 1"]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		answers, known, _ := Read(data, "fuzz.csv")
		if !known && len(answers) > 0 {
			t.Error("answers of a file that is not known")
		}
		for _, a := range answers {
			if a.Span.Start < 0 || a.Span.End < a.Span.Start || a.Span.End > len(a.Passage) {
				t.Errorf("span %v of a passage of %d bytes", a.Span, len(a.Passage))
			}
		}
	})
}
