package text

import (
	"strings"
	"unicode/utf8"
)

// personal are words of a writer who speaks for himself.
var personal = set(`i my me i'm i've i'd i'll i’m i’ve i’d i’ll`)

// plural are those of a writer who speaks for his readers too.
var plural = set(`we our us we're we've we’re we’ve let's let’s`)

// stances open a sentence that judges.
var stances = set(`rightly wrongly sadly frankly besides surely clearly obviously perhaps fortunately unfortunately thankfully
	admittedly ironically regrettably`)

// genreOf tells the genre from the headline's label, the layout of speech, and
// how often the writer speaks in the first person outside quotations.
func genreOf(d *Document) Genre {
	head := strings.ToLower(d.Title + "\n" + d.Headline())
	for _, k := range []struct {
		word  string
		genre Genre
	}{{"opinion:", Opinion}, {"op-ed", Opinion}, {"editorial:", Opinion}, {"commentary:", Opinion}, {"column:", Opinion}, {"| opinion", Opinion},
		{"analysis:", Analysis}, {"news analysis", Analysis}, {"explainer:", Analysis}, {"interview:", Interview}, {"transcript:", Transcript}} {
		if strings.Contains(head, k.word) {
			return k.genre
		}
	}
	if turns, questions := speakerLines(d); questions >= 2 {
		return Interview
	} else if turns >= 4 {
		return Transcript
	}
	if ownVoice(d) >= 3 {
		return Opinion
	}
	return News
}

// speakerLines counts paragraphs that open with a name in capitals and a
// colon, and those that open with "Q:".
func speakerLines(d *Document) (turns, questions int) {
	for _, p := range d.Paragraphs {
		w := clip(p.In(d.Body), 60)
		i := strings.IndexByte(w, ':')
		if i < 1 {
			continue
		}
		switch name := w[:i]; {
		case name == "Q" || name == "Question":
			questions++
		case len(name) > 3 && name == strings.ToUpper(name):
			turns++
		}
	}
	return turns, questions
}

// ownVoice counts sentences outside quotations in which the writer speaks for
// himself or judges; a sentence in the first person singular counts double.
func ownVoice(d *Document) int {
	n, q := 0, 0
	for _, s := range d.Sentences {
		if d.Paragraphs[s.Paragraph].Class != Prose {
			continue
		}
		one, many := false, false
		for k := s.FirstToken; k < s.EndToken; k++ {
			for q < len(d.Quotations) && d.Quotations[q].End <= d.Tokens[k].Start {
				q++
			}
			if d.Tokens[k].Kind != Word || len(d.Word(k)) > 8 || q < len(d.Quotations) && d.Quotations[q].Contains(d.Tokens[k].Span) {
				continue
			}
			w := d.Word(k)
			if c := w[0] | 0x20; c < utf8.RuneSelf && strings.IndexByte("imwoul", c) < 0 {
				continue // the first letters of all these words
			}
			low := strings.ToLower(w)
			one = one || personal[low]
			many = many || plural[low] && w != "US"
		}
		if one {
			n += 2
		} else if many || stances[strings.ToLower(d.Word(s.FirstToken))] {
			n++
		}
	}
	return n
}
