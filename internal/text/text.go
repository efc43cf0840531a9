// Package text makes a Document of an article: its lines, paragraphs,
// sentences, tokens and quotations, each as a byte span into the text as it
// was published. Nothing is rewritten: slicing the body by any span gives the
// words a reader saw.
//
// The flow: New cuts the body into lines and classes them (prose, headline,
// bullet, boilerplate ...), groups lines into paragraphs, tells of each whose
// words its layout makes it (a turn of a transcript, an embedded post, a
// quotation set apart), cuts paragraphs into sentences and tokens, and pairs
// quotation marks inside each paragraph.
//
//	doc := text.New("Premier answers", "“We stay,” he said.")
//	q := doc.Quotations[0]
//	doc.Body[q.Start:q.End] // “We stay,”
//
// Reading is total: New accepts any string and never fails. It does not know
// who speaks, or about what.
package text

// Span is a half-open range of bytes, [Start, End).
type Span struct{ Start, End int }

// Len is the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether s holds no byte; the zero Span means "none".
func (s Span) Empty() bool { return s.End <= s.Start }

// In slices t by s.
func (s Span) In(t string) string { return t[s.Start:s.End] }

// Contains reports whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// IoU is the share of bytes that s and o have in common, of all they cover:
// 0 (apart) to 1 (equal).
func (s Span) IoU(o Span) float64 {
	inter := min(s.End, o.End) - max(s.Start, o.Start)
	if inter <= 0 {
		return 0
	}
	return float64(inter) / float64(max(s.End, o.End)-min(s.Start, o.Start))
}

// A Class says what a line is.
type Class uint8

const (
	Prose       Class = iota // running text
	Blank                    // white space only
	Headline                 // the headline, where the body itself prints it
	Subhead                  // a second headline line
	Crosshead                // a heading between paragraphs
	Bullet                   // a highlight bullet
	Boilerplate              // navigation, caption, credit, bio, blurb, related links ...: never a statement
)

// A Line is one physical line, without its line break.
type Line struct {
	Span
	Class Class
}

// A Paragraph is a run of lines of one class that read on as one text.
type Paragraph struct {
	Span
	Class         Class
	Layout        Layout
	Label         Span // the words that name whose turn, post or quotation it is; empty if none do
	FirstSentence int  // Sentences[FirstSentence:EndSentence] are its sentences
	EndSentence   int
}

// A Sentence lies within one paragraph.
type Sentence struct {
	Span
	Paragraph  int // index into Paragraphs
	FirstToken int // Tokens[FirstToken:EndToken] are its tokens
	EndToken   int
}

// A TokenKind tells words from other tokens.
type TokenKind uint8

const (
	Word   TokenKind = iota // letters, with inner apostrophes, hyphens and dots (Shi'ite, Abdul-Mahdi, U.S.)
	Number                  // digits, with inner marks (5,200, 3.5)
	Punct                   // one mark, or a run of the same (..., --)
)

// A Token is a word, a number or a mark. The clitics 's and n't are not cut off.
type Token struct {
	Span
	Kind TokenKind
	Hash Hash // of a word's small letters, for Words
}

// A Quotation is a stretch in quotation marks, paired inside one paragraph.
type Quotation struct {
	Span            // with its marks
	Inner      Span // without them
	Paragraph  int
	Unclosed   bool // the closing mark is missing: ends with its paragraph or before an attribution
	Unopened   bool // the opening mark is missing
	Continues  bool // runs on in the next paragraph's quotation, which opens anew
	Scare      bool // a name, title or scare quote: no verb of saying or calling gives it to a speaker
	DepthInner int  // 0 for an outer quotation, 1 for one inside another ...
	single     bool // in single marks
}

// A Genre is the kind of article, by rules.
type Genre string

// The genres of the articles table.
const (
	News       Genre = "news"
	Opinion    Genre = "opinion"
	Analysis   Genre = "analysis"
	Interview  Genre = "interview"
	Transcript Genre = "transcript"
	OtherGenre Genre = "other"
)

// The two fields of an article in which statements are found.
const (
	FieldBody  = "body"
	FieldTitle = "title"
)

// A Document is an article's text, cut and classed. All spans index Body.
type Document struct {
	Title, Body string
	Lower       string // Body with its ASCII letters small, so that spans index it too
	Field       string // FieldBody; FieldTitle for a Head

	// Head is the title as a document of its own (Body = the title, one
	// paragraph of class Headline); nil where there is no title or where the
	// body itself prints it.
	Head *Document

	Lines      []Line
	Paragraphs []Paragraph
	Sentences  []Sentence
	Tokens     []Token
	Quotations []Quotation // outer ones in order of Start; inner ones after their outer one

	Genre  Genre
	Author string // byline found in the text, or ""
}

// ParagraphAt is the index of the paragraph that holds byte i, or -1.
func (d *Document) ParagraphAt(i int) int {
	lo, hi := 0, len(d.Paragraphs)
	for lo < hi {
		m := (lo + hi) / 2
		if d.Paragraphs[m].End <= i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(d.Paragraphs) && d.Paragraphs[lo].Start <= i {
		return lo
	}
	return -1
}
