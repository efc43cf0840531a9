package text

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A mark is a double quotation mark in a paragraph.
type mark struct {
	Span
	opens bool
	sure  bool // by its neighbours or its form, not by what is open
}

// pairQuotations pairs the quotation marks of every paragraph: double marks
// first, then single ones.
func pairQuotations(d *Document) []Quotation {
	var all []Quotation
	for p, para := range d.Paragraphs {
		at := len(all)
		marks := doubleMarks(d.Body, para.Span)
		fresh := pairDouble(d, p, marks)
		if len(marks) > 0 && at > 0 {
			joinRun(d, all, fresh, p)
			all = runThrough(d, all, fresh, p)
			at = len(all)
		}
		all = append(all, fresh...)
		all = append(all, pairSingle(d, p)...)
		all = all[:at+nest(all[at:])]
	}
	for i := range all {
		all[i].Scare = isScare(d, all[i])
	}
	return all
}

// doubleMarks lists the double quotation marks in s with the side each takes.
func doubleMarks(t string, s Span) []mark {
	var marks []mark
	prev := ' '
	twice := false // two single marks have opened
	for i := s.Start; i < s.End; {
		if c := t[i]; c < utf8.RuneSelf && c != '"' && c != '`' && c != '\'' {
			prev = rune(c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(t[i:s.End])
		if k := doubled(t[i:s.End], r); k > 0 {
			n = k
			if r = doubles[r]; r == '”' && !twice {
				r = '’' // two that close, one inside the other
			}
			twice = r == '“' || twice && r != '”'
		}
		switch r {
		case '"', '“', '”', '„', '‟', '«', '»':
			next := ' '
			if i+n < s.End {
				next = firstRune(t[i+n:])
			}
			if m, ok := side(r, prev, next); ok {
				m.Span = Span{i, i + n}
				marks = append(marks, m)
			}
		}
		prev = r
		i += n
	}
	return marks
}

// doubles are the double marks that two single ones stand for.
var doubles = map[rune]rune{'`': '“', '\'': '"', '‘': '“', '’': '”'}

// doubled is the length of two single marks r at the start of t, or 0.
func doubled(t string, r rune) int {
	switch r {
	case '`', '\'', '‘', '’':
		n := utf8.RuneLen(r)
		if len(t) >= 2*n && t[:n] == t[n:2*n] {
			return 2 * n
		}
	}
	return 0
}

// side tells whether mark r between prev and next opens or closes. An inch
// mark is none.
func side(r, prev, next rune) (mark, bool) {
	open := before(prev) && !unicode.IsSpace(next)
	shut := !unicode.IsSpace(prev) && !before(prev) && after(next)
	switch r {
	case '„', '‟':
		return mark{opens: true, sure: true}, true
	case '"':
		if open != shut {
			return mark{opens: open, sure: true}, true
		}
		return mark{opens: !unicode.IsSpace(next)}, true
	case '“', '«':
		if shut && !open {
			return mark{sure: true}, true
		}
		if unicode.IsSpace(next) && unicode.IsSpace(prev) {
			return mark{opens: true}, true
		}
		return mark{opens: true, sure: true}, true
	default:
		if open && !shut {
			return mark{opens: true}, true
		}
		return mark{sure: !unicode.IsSpace(prev)}, true
	}
}

func before(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("([{—–-‘'/:“", r) }

func after(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(".,;:!?)]}—–-…’'/", r)
}

// pairDouble pairs the marks of paragraph p. Marks unsure of their side take
// the one that is missing.
func pairDouble(d *Document, p int, marks []mark) []Quotation {
	var out []Quotation
	var stack []int // marks left open
	floor := d.Paragraphs[p].Start
	for k, m := range marks {
		opens := m.opens
		if !m.sure {
			opens = len(stack) == 0
		}
		switch {
		case opens:
			stack = append(stack, k)
		case len(stack) > 0:
			o := marks[stack[len(stack)-1]]
			stack = stack[:len(stack)-1]
			out = append(out, Quotation{Span: Span{o.Start, m.End}, Inner: Span{o.End, m.Start}, Paragraph: p})
			floor = m.End
		default:
			if q, ok := unopened(d, p, floor, m); ok {
				out = append(out, q)
			}
			floor = m.End
		}
	}
	for n, k := range stack {
		limit := d.Paragraphs[p].End
		if k+1 < len(marks) {
			if cut := beforeAttribution(d, Span{marks[k].End, marks[k+1].Start}); cut > 0 {
				limit = cut
			} else if n+1 < len(stack) {
				limit = marks[stack[n+1]].Start
			}
		} else if cut := beforeAttribution(d, Span{marks[k].End, limit}); cut > 0 {
			limit = cut
		}
		s := trim(d.Body, Span{marks[k].Start, limit})
		if s.End > marks[k].End {
			out = append(out, Quotation{Span: s, Inner: Span{marks[k].End, s.End}, Paragraph: p, Unclosed: true})
		}
	}
	return out
}

// unopened is the quotation that mark m closes though nothing is open: it
// starts with its sentence.
func unopened(d *Document, p, floor int, m mark) (Quotation, bool) {
	if m.Start > 0 && d.Body[m.Start-1] >= '0' && d.Body[m.Start-1] <= '9' {
		return Quotation{}, false // inches, seconds
	}
	s := d.SentenceAt(m.Start)
	start := floor
	if s < len(d.Sentences) {
		start = max(floor, d.Sentences[s].Start)
	}
	sp := trim(d.Body, Span{start, m.End})
	if sp.Start >= m.Start {
		return Quotation{}, false
	}
	return Quotation{Span: sp, Inner: Span{sp.Start, m.Start}, Paragraph: p, Unopened: true}, true
}

// beforeAttribution is the end of the words before ", Park said" or ". he
// said" in s, or 0: a quotation whose closing mark is missing ends there.
func beforeAttribution(d *Document, s Span) int {
	first, end := d.TokensIn(s)
	for k := first + 2; k < end; k++ {
		if !sayings[d.Word(k)] {
			continue
		}
		for j := k - 1; j >= first && j >= k-6; j-- {
			w := d.Word(j)
			if w == "," || terminal(w) != 0 {
				if k-j > 1 && subjectLike(d, j+1) || k == j+1 {
					return d.Tokens[j].End
				}
				break
			}
		}
	}
	return 0
}

func subjectLike(d *Document, i int) bool {
	w := d.Word(i)
	switch w {
	case "he", "she", "they", "it", "the", "a", "an":
		return true
	}
	return unicode.IsUpper(firstRune(w))
}

// joinRun marks the last quotation before paragraph p as running on, where it
// is unclosed, ends the paragraph before, and p opens anew.
func joinRun(d *Document, old, fresh []Quotation, p int) {
	if len(fresh) == 0 || fresh[0].Unopened || fresh[0].Start != d.Paragraphs[p].Start {
		return
	}
	for i := len(old) - 1; i >= 0 && old[i].Paragraph >= p-1; i-- {
		if old[i].Unclosed && old[i].Paragraph == p-1 && old[i].End == d.Paragraphs[p-1].End {
			old[i].Continues, old[i].Unclosed = true, false
			return
		}
	}
}

// maxThrough is how many paragraphs without marks a quotation may run through.
const maxThrough = 4

// runThrough joins an unclosed quotation that ends a paragraph with the
// unopened one in paragraph p, where what lies between has no mark and nobody
// says anything in it, or the two fill whole paragraphs: one quotation whose paragraphs don't open anew. It
// appends the quotations of the paragraphs between.
func runThrough(d *Document, old, fresh []Quotation, p int) []Quotation {
	last := len(old) - 1
	for last >= 0 && old[last].Paragraph >= p-maxThrough-1 && (old[last].single || old[last].DepthInner > 0) {
		last--
	}
	if last < 0 || old[last].single || len(fresh) == 0 || !fresh[0].Unopened || fresh[0].Paragraph != p {
		return old
	}
	q := &old[last]
	from := q.Paragraph
	if !q.Unclosed || q.End != d.Paragraphs[from].End || p-from > maxThrough+1 {
		return old
	}
	fills := q.Start == d.Paragraphs[from].Start && fresh[0].End == d.Paragraphs[p].End
	if !fills && says(d, Span{q.End, fresh[0].End}) {
		return old
	}
	q.Continues, q.Unclosed = true, false
	for k := from + 1; k < p; k++ {
		if para := d.Paragraphs[k]; para.Class != Boilerplate {
			old = append(old, Quotation{Span: para.Span, Inner: para.Span, Paragraph: k, Continues: true})
		}
	}
	start := d.Paragraphs[p].Start
	fresh[0].Start, fresh[0].Inner.Start, fresh[0].Unopened = start, start, false
	return old
}

// says reports whether somebody says something in s.
func says(d *Document, s Span) bool {
	first, end := d.TokensIn(s)
	for k := first; k < end; k++ {
		if sayings[d.Word(k)] {
			return true
		}
	}
	return false
}

// elisions start with an apostrophe that opens no quotation.
var elisions = set(`em til till cause tis twas n bout round`)

// maxSingle bounds a quotation in single marks.
const maxSingle = 1500

// pairSingle pairs single marks of paragraph p. An apostrophe is never taken
// for one: a mark opens only before a word and after white space or an opening
// mark, and needs a closing one.
func pairSingle(d *Document, p int) []Quotation {
	t, para := d.Body, d.Paragraphs[p]
	opens, shuts := singleMarks(t, para.Span)
	var out []Quotation
	k, past := 0, 0
	for _, o := range opens {
		if o.Start < past {
			continue
		}
		for k < len(shuts) && shuts[k].Start <= o.End {
			k++
		}
		c, ok := closer(t, shuts[k:min(k+12, len(shuts))], o)
		if !ok {
			continue
		}
		out = append(out, Quotation{Span: Span{o.Start, c.End}, Inner: Span{o.End, c.Start}, Paragraph: p, single: true})
		past = c.End
	}
	return out
}

// closer picks the mark that closes o: the first after a mark of punctuation
// or before one, or else the first that is no plural's possessive.
func closer(t string, shuts []Span, o Span) (Span, bool) {
	var plain *Span
	for i, c := range shuts {
		if c.Start-o.End > maxSingle {
			break
		}
		if strings.IndexByte(".,!?;", t[c.Start-1]) >= 0 {
			return c, true
		}
		if plain == nil && (t[c.Start-1] != 's' || i == len(shuts)-1 || c.End < len(t) && strings.IndexByte(".,;:!?\")", t[c.End]) >= 0) {
			plain = &shuts[i]
		}
	}
	if plain == nil && len(shuts) > 0 && shuts[0].Start-o.End <= maxSingle {
		plain = &shuts[0]
	}
	if plain == nil {
		return Span{}, false
	}
	return *plain, true
}

func singleMarks(t string, s Span) (opens, shuts []Span) {
	prev := ' '
	low := false // a low mark stands before
	for i := s.Start; i < s.End; {
		if c := t[i]; c < utf8.RuneSelf && c != '\'' {
			prev = rune(c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(t[i:s.End])
		if k := doubled(t[i:s.End], r); k > 0 && (r == '\'' || r == '‘') {
			prev = r
			i += k
			continue
		}
		if r == '\'' || r == '‘' || r == '’' || r == '‹' || r == '›' || r == '‚' {
			next := ' '
			if i+n < s.End {
				next = firstRune(t[i+n:])
			}
			sp := Span{i, i + n}
			open := before(prev) && (unicode.IsLetter(next) || unicode.IsDigit(next) || next == '[' || next == '.' || next == '…')
			elided := func() bool {
				return elisions[strings.TrimRight(strings.ToLower(nextWord(t[i+n:min(i+n+12, s.End)])), "'’")]
			}
			low = low || r == '‚'
			switch {
			case open && r != '’' && !(r == '\'' && (unicode.IsDigit(next) || elided())):
				opens = append(opens, sp)
			case !unicode.IsSpace(prev) && (after(next) || strings.ContainsRune("\"”»", next)) && (r != '‘' || low):
				shuts = append(shuts, sp)
			}
		}
		prev = r
		i += n
	}
	return opens, shuts
}

// nest orders the quotations of one paragraph, outer before inner, counts how
// deep each lies, and drops those in single marks that cross another one: an
// apostrophe was taken for a mark. It returns how many are left.
func nest(qs []Quotation) int {
	sort.SliceStable(qs, func(i, j int) bool {
		if qs[i].Start != qs[j].Start {
			return qs[i].Start < qs[j].Start
		}
		return qs[i].End > qs[j].End
	})
	var open []int // indices of the quotations around the one at hand
	left := 0
	for _, q := range qs {
		for len(open) > 0 && qs[open[len(open)-1]].End <= q.Start {
			open = open[:len(open)-1]
		}
		for len(open) > 0 && qs[open[len(open)-1]].End < q.End && !q.single {
			qs[open[len(open)-1]].Span.End = 0 // crossed
			open = open[:len(open)-1]
		}
		if len(open) > 0 && qs[open[len(open)-1]].End < q.End {
			continue
		}
		q.DepthInner = len(open)
		open = append(open, left)
		qs[left] = q
		left++
	}
	kept := 0
	for _, q := range qs[:left] {
		if q.End > 0 {
			qs[kept] = q
			kept++
		}
	}
	return kept
}

// callings give a quoted term to a speaker, beside the verbs of saying.
var callings = set(`called calls call calling describe described describes describing termed labeled labelled branded dubbed
	denounced saying quoted quoting according accused citing cited criticized criticised demanded rejected promised vowed
	claimed claiming announced believes believe believed thinks think thought argues argued argue insists insist maintains
	maintained warns warn warning dismissed dismisses praised praises praise hailed hails likened likens sees see saw views viewed regards
	regarded considers wants wanted predicted predicts admitted admits conceded concedes contends contended noted notes stressed
	mocked derided decried lamented lauded touted portrayed denounces condemns slams blasts accuses criticizes urged urges
	chanted chanting chant placard placards banner banners slogan slogans graffiti poster posters
	considered deemed characterized blasted slammed condemned pledged acknowledged`)

// clausal: a word with which a clause begins, not a name.
func clausal(w string) bool {
	switch w {
	case "i", "we", "you", "he", "she", "they", "if", "don't", "don’t":
		return true
	}
	return false
}

// isScare reports whether q is a name or a scare quote: at most four words,
// without a mark at the end, in a sentence with no verb of saying or calling.
func isScare(d *Document, q Quotation) bool {
	first, end := d.TokensIn(q.Inner)
	if end-first > 5 || end == first || q.Unclosed || q.Unopened || d.Tokens[end-1].Kind == Punct {
		return false
	}
	if end-first > 1 && clausal(d.Low(first)) && d.Tokens[first+1].Kind == Word && unicode.IsLower(firstRune(d.Word(first+1))) {
		return false
	}
	s := d.SentenceAt(q.Start)
	if s >= len(d.Sentences) {
		return false
	}
	sent := d.Sentences[s]
	for k := max(sent.FirstToken, first-30); k < min(sent.EndToken, end+15); k++ {
		if w := d.Low(k); sayings[w] || callings[w] {
			return false
		}
	}
	return true
}
