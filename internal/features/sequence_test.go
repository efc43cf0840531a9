package features

import (
	"bytes"
	"strings"
	"testing"

	"standpoint/internal/actor"
	"standpoint/internal/statement"
	"standpoint/internal/text"
	"standpoint/internal/transformer"
	"standpoint/internal/transformer/transformertest"
	"standpoint/internal/wordpiece"
)

// sequencer lays out with a tiny vocabulary.
func sequencer(t *testing.T) (*Sequencer, *wordpiece.Tokenizer) {
	t.Helper()
	tiny := transformertest.Tiny(transformer.BERT).TokenizerJSON
	unmarked, err := wordpiece.New(bytes.NewReader(bytes.ReplaceAll(tiny, []byte("[unused0]"), []byte("[used0]"))))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewSequencer(unmarked, true); err == nil {
		t.Error("a vocabulary without marks is taken")
	}
	tok, err := wordpiece.New(bytes.NewReader(tiny))
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewSequencer(tok, true)
	if err != nil {
		t.Fatal(err)
	}
	return s, tok
}

// sequenceOf lays out the words between braces, for a holder of Iraq.
func sequenceOf(s *Sequencer, marked string) (Sequence, string, text.Span) {
	start := strings.Index(marked, "{")
	end := strings.Index(marked, "}") - 1
	body := strings.NewReplacer("{", "", "}", "").Replace(marked)
	st := statement.Statement{Span: text.Span{Start: start, End: end}, Field: text.FieldBody, Holder: actor.Actor{Name: "Ana Park", Country: "Iraq"}}
	return s.Sequence(New(text.New("", body), st, "Japan/Okinawa")), body, st.Span
}

func TestSequence(t *testing.T) {
	s, tok := sequencer(t)
	q, body, span := sequenceOf(s, "The mayor spoke. {The troops must leave} by May, she said, or else.")
	words := func(from, to int) string {
		var b strings.Builder
		for i := from; i < to; i++ {
			b.WriteString(q.Source[i].In(body))
		}
		return b.String()
	}
	if got := words(q.Pooled[2][0], q.Pooled[2][1]); got != strings.ReplaceAll(span.In(body), " ", "") {
		t.Errorf("the statement's tokens are of %q", got)
	}
	open, _ := tok.ID("[unused0]")
	shut, _ := tok.ID("[unused1]")
	if q.IDs[0] != tok.CLS() || q.IDs[len(q.IDs)-1] != tok.SEP() || q.IDs[q.Pooled[1][0]] != open || q.IDs[q.Pooled[2][1]] != shut {
		t.Errorf("marks: %v, pooled %v", q.IDs, q.Pooled)
	}
	if len(q.Types) != len(q.IDs) || q.Types[0] != 0 || q.Types[len(q.Types)-1] != 1 {
		t.Errorf("types %v", q.Types)
	}
	if all := words(0, len(q.IDs)); all != strings.ReplaceAll(body, " ", "") {
		t.Errorf("all tokens are of %q", all)
	}
}

// TestSequenceIsBounded: neither long statements nor long surroundings nor long
// names make a sequence longer than its limits; and none is empty.
func TestSequenceIsBounded(t *testing.T) {
	s, _ := sequencer(t)
	long := strings.Repeat("the troops in the north are to leave ", 200)
	most := mostQuestion + mostStatement + mostContext + 5
	for _, marked := range []string{
		long + "{the troops leave} " + long, "{" + long + "}", "{}", "{" + strings.Repeat("a", 3000) + "}", long + "{x}", "{x} " + long,
	} {
		q, _, _ := sequenceOf(s, marked)
		if n := len(q.IDs); n > most || n != len(q.Source) || n != len(q.Types) {
			t.Errorf("%.30s...: %d tokens of at most %d", marked, n, most)
		}
		for _, p := range q.Pooled {
			if p[0] >= p[1] || p[1] > len(q.IDs) {
				t.Errorf("%.30s...: pooled %v of %d tokens", marked, q.Pooled, len(q.IDs))
			}
		}
	}
}

func TestMaskHidesOneWord(t *testing.T) {
	s, tok := sequencer(t)
	q, body, _ := sequenceOf(s, "He said {the unbelievable troops must leave}.")
	for _, w := range q.Words() {
		m := s.Mask(q, w)
		for i := range m.IDs {
			if in := w[0] <= i && i < w[1]; in != (m.IDs[i] == tok.MASK()) {
				t.Errorf("%q: token %d is %d", q.Bytes(w).In(body), i, m.IDs[i])
			}
		}
		if word := q.Bytes(w).In(body); strings.Contains(word, " ") || word == "" {
			t.Errorf("word %q", word)
		}
	}
}
