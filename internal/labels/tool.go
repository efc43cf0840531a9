package labels

import (
	"encoding/json"
	"fmt"
	"strings"

	"standpoint/internal/annotate"
)

// Tool is what a unit keeps, on its way through an annotation tool, beside its
// own fields: where the passage that the tool shows starts in the field, the
// passage itself if the tool is shown another (annotate.Shown), and what the
// model said.
type toolRow struct {
	PassageByte int    `json:"passage_byte"`
	Passage     string `json:"passage,omitempty"`
}

// ToolRow is the form in which a unit passes through annotation tools.
func ToolRow(u Unit, passage string, passageByte int) (json.RawMessage, error) {
	row := struct {
		Unit
		toolRow
	}{u, toolRow{PassageByte: passageByte}}
	if annotate.Shown(passage) != passage {
		row.Passage = passage
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(row)
	return json.RawMessage(strings.TrimSpace(b.String())), err
}

// unitsOf reads a tool's answers as units.
func unitsOf(answers []annotate.Answer) ([]Located, error) {
	units := make([]Located, len(answers))
	for i, a := range answers {
		u, err := unitOf(a)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.Source, err)
		}
		units[i] = u
	}
	return units, nil
}

// unitOf is the row of an answer with what the person said over it.
func unitOf(a annotate.Answer) (Located, error) {
	l, row, err := decodeRow(a.Row)
	if err != nil {
		return l, err
	}
	if a.Added {
		l.Unit = added(l.Unit)
	}
	l.Source, l.Annotator, l.Note, l.Certain = a.Source, a.Annotator, a.Note, 1
	passage := a.Passage
	if row.Passage != "" {
		passage = row.Passage
	}
	if a.Stance == NoStatement {
		l.Stance, l.StanceStrength = NoStatement, 0
		l.Before, l.After = around(passage, l.StartByte-row.PassageByte, l.EndByte-row.PassageByte)
		return l, l.Check()
	}
	l.place(a.Span.Start, a.Span.End, row.PassageByte, passage)
	l.take(a.Labels)
	if l.Holder == "" {
		return l, fmt.Errorf("no holder")
	}
	return l, l.Check()
}

// decodeRow reads a row that passed through a tool. What it says of stance
// need not hold together: the answer is what counts.
func decodeRow(raw json.RawMessage) (Located, toolRow, error) {
	var w wire
	var row toolRow
	if err := json.Unmarshal(raw, &w); err != nil {
		return Located{}, row, err
	}
	if err := json.Unmarshal(raw, &row); err != nil {
		return Located{}, row, err
	}
	l := Located{Unit: Unit(w.plain)}
	l.Segments = w.Segments.bytes
	if l.Suggested == "" {
		l.Suggested = l.Stance
	}
	return l, row, nil
}

// added is what a statement that a person added shares with that of its
// passage. It stands for no others: the sample was drawn from what was found.
func added(u Unit) Unit {
	return Unit{
		ArticleID: u.ArticleID, Input: u.Input, Document: u.Document, TextSHA256: u.TextSHA256, Swap: u.Swap, Split: u.Split, Story: u.Story,
		Field: u.Field, Holder: u.Holder, HostCountry: u.HostCountry, Sentiment: Sentiments[NeutralTone],
	}
}

// place puts a unit where the person saw it, in its passage.
func (l *Located) place(start, end, passageByte int, passage string) {
	if l.StartByte != passageByte+start || l.EndByte != passageByte+end {
		l.StartByte, l.EndByte, l.Segments = passageByte+start, passageByte+end, nil
	}
	l.Text = passage[start:end]
	l.Before, l.After = around(passage, start, end)
}

func around(passage string, start, end int) (before, after string) {
	if start < 0 || end < start || end > len(passage) {
		return "", ""
	}
	return passage[:start], passage[end:]
}

// take puts what a person said over the suggestion.
func (u *Located) take(said annotate.Labels) {
	if said.Holder != "" && said.Holder != u.Holder {
		u.changeHolder(said.Holder)
	}
	for _, f := range []struct {
		into *string
		said string
	}{{&u.Sentiment, said.Sentiment}, {&u.Kind, said.Kind}, {&u.HostCountry, said.Host}} {
		if f.said != "" {
			*f.into = f.said
		}
	}
	if said.Stance != "" {
		u.Stance = said.Stance
	}
	if said.Strength != nil {
		u.StanceStrength = *said.Strength
	}
	u.StanceStrength = fitting(u.Stance, u.StanceStrength)
}

// changeHolder gives a statement to somebody else. Where the holder spoke for
// himself so does the new one.
func (u *Located) changeHolder(holder string) {
	if u.Actor == u.Holder || u.Actor == "" {
		u.Actor = holder
	}
	u.Holder = holder
	if u.ReportedBy == holder {
		u.ReportedBy = ""
	}
}

// fitting is the strength of a stance nearest to one that a person left
// standing as he changed the stance: its size, in the direction of the stance.
func fitting(stance string, strength int) int {
	size := min(max(strength, -strength, 1), 2)
	switch stance {
	case Stances[Favor]:
		return size
	case Stances[Against]:
		return -size
	case Stances[Mixed]:
		return min(max(strength, -1), 1)
	}
	return 0
}
