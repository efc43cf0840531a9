package text

import "strings"

// personal: a word of a writer who speaks for himself.
func personal(w string) bool {
	switch w {
	case "i", "my", "me", "i'm", "i've", "i'd", "i'll", "i’m", "i’ve", "i’d", "i’ll":
		return true
	}
	return false
}

// plural: a word of one who speaks for his readers too.
func plural(w string) bool {
	switch w {
	case "we", "our", "us", "we're", "we've", "we’re", "we’ve", "let's", "let’s":
		return true
	}
	return false
}

// stances open a sentence that judges.
var stances = set(`rightly wrongly sadly frankly besides surely clearly obviously perhaps fortunately unfortunately thankfully
	admittedly ironically regrettably`)

// genreOf tells the genre from the headline's label, the turns that the layout
// makes (turns), and how often the writer speaks in the first person outside
// quotations.
func genreOf(d *Document, turns Genre) Genre {
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
	switch {
	case turns != "":
		return turns
	case asked(d):
		return Interview
	case ownVoice(d) >= 3:
		return Opinion
	}
	return News
}

// minQuestions is how many paragraphs that only ask make an interview.
const minQuestions = 4

// asked reports whether questions and answers alternate: paragraphs without
// quotation marks that only ask, a quarter of the text or more, no two in a
// row.
func asked(d *Document) bool {
	n, paragraphs, before := 0, 0, false
	for i, p := range d.Paragraphs {
		if p.Class == Boilerplate || p.Class == Headline {
			continue
		}
		paragraphs++
		asks := p.Len() < 400 && p.EndSentence-p.FirstSentence <= 3 && d.Body[p.End-1] == '?' && !quoted(p.In(d.Body))
		if asks && before {
			return false
		}
		if asks && i > 0 {
			n++
		}
		before = asks
	}
	return n >= minQuestions && n*4 >= paragraphs
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
			low := d.Low(k)
			one = one || personal(low)
			many = many || plural(low) && d.Word(k) != "US"
		}
		if one {
			n += 2
		} else if many || stances[d.Low(s.FirstToken)] {
			n++
		}
	}
	return n
}
