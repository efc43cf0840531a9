package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A page is a text's blocks while they get their classes, from the first on.
type page struct {
	author string // byline, once it is found
	titled bool   // the title is known
	blocks []block
	bytes  int // of the text
	head   int // block of the headline, or -1
	last   int // last block of running text
	lead   int // first block of running text, or -1 until it is found

	tail  bool // behind a line after which no article goes on
	links bool // behind the heading of a list of links
	list  bool // behind a line that opens a list
}

// classify gives every block and its lines a class. It looks for the headline
// first, then knows what stands before and after it.
func classify(d *Document, blocks []block, title string) {
	p := page{blocks: blocks, bytes: len(d.Body), head: findHeadline(blocks, title), last: lastProse(blocks), lead: -1, titled: strings.TrimSpace(title) != ""}
	for i := range blocks {
		b := &blocks[i]
		if b.class == Blank {
			continue
		}
		if b.class = p.classOf(i, b); b.class == Prose && p.lead < 0 && (b.isRunning() || b.layout != Plain) {
			p.lead = i
		}
		if last := b.w[len(b.w)-1]; last == ':' || last == ';' && p.list {
			p.list = p.list || b.class != Boilerplate && !p.links && b.words() >= 3 && !newsList.in(b.low)
		} else if b.isRunning() {
			p.list = false
		}
		for k := b.first; k < b.end; k++ {
			if d.Lines[k].Class != Blank {
				d.Lines[k].Class = b.class
			}
		}
	}
	d.Author = p.author
}

// classOf is the class of block i, b.
func (p *page) classOf(i int, b *block) Class {
	switch {
	case p.tail:
		return Boilerplate
	case i == p.head || p.head >= 0 && i > p.head && p.lead < 0 && sameText(b.w, p.blocks[p.head].w):
		return Headline
	case b.layout == Turn || b.layout == Question:
		if stageNote(b.w) || b.isFurniture() {
			return Boilerplate
		}
		return Prose
	case p.list && p.lead >= 0 && b.words() >= 4 && !b.isRunning() && !b.isFurniture() && !bullet(b.w):
		return Prose
	case p.isAround(i, b):
		return Boilerplate
	case bullet(b.w):
		return Bullet
	case b.isRunning() || b.layout != Plain:
		p.links = false
		return Prose
	}
	return p.heading(i, b)
}

// isAround reports whether block i is furniture by itself or by its place.
func (p *page) isAround(i int, b *block) bool {
	late := b.Start*10 > p.bytes*6
	switch {
	case b.signs:
		return true
	case p.author == "" && i < p.head+4 && p.byline(i) != "":
		p.author = p.byline(i)
		return true
	case b.isFurniture() || i < p.head || p.lead >= 0 && b.isBiography(p.author, late) || b.isCaption() && (p.lead < 0 || dated(b.w)) || late && i > p.last && !b.isRunning():
		p.tail = late && b.isEndMatter()
		p.links = linked[bare(b.low)]
		return true
	}
	return p.links && !b.isRunning() || b.isTrail()
}

// byline is the author that block i names: behind "By", or alone on a line over
// an outlet or a date.
func (p *page) byline(i int) string {
	w := p.blocks[i].w
	if by := byline(w); by != "" || i <= p.head || !isPerson(w) {
		return by
	}
	for _, b := range p.blocks[i+1:] {
		if b.class == Blank {
			continue
		}
		if f := strings.Fields(clip(b.w, 80)); dateLine(b.w) || len(f) < 6 && outlets[strings.ToLower(f[len(f)-1])] {
			return w
		}
		break
	}
	return ""
}

// outlets are words that end the name of an outlet or of a writer's office.
var outlets = set(`press news times post journal reuters afp tribune herald guardian network radio agency staff correspondent writer reporter editor`)

// isPerson reports whether w is two or three words as names are written, none
// of them that of an outlet or a section.
func isPerson(w string) bool {
	f := strings.Fields(clip(w, 60))
	if len(f) < 2 || len(f) > 3 || len(w) > 40 {
		return false
	}
	for _, x := range f {
		low := strings.ToLower(strings.TrimRight(x, "."))
		if r := firstRune(x); !unicode.IsUpper(r) || len(x) > 2 && !unicode.IsLower(lastRune(x)) || outlets[low] || sections[low] || months[low] || days[low] {
			return false
		}
	}
	return true
}

var sections = set(`world politics opinion analysis middle east asia europe africa business sport sports home top stories breaking live latest
	related more read share story the`)

// heading is the class of a block that is no running text: a second headline
// line before the text, a heading amid it.
func (p *page) heading(i int, b *block) Class {
	switch {
	case p.lead < 0 && b.words() > 3 && (p.head >= 0 || p.titled):
		return Subhead
	case i > p.last || b.words() < 3 && !(p.lead >= 0 && capitalised(b.w)):
		return Boilerplate
	case p.lead >= 0:
		return Crosshead
	}
	return Prose
}

// newsList: what heads a list of other articles.
var newsList = phraseList(` news| stories| articles| posts| videos| headlines| coverage`)

// firstLines is how many lines with words may hold the headline.
const firstLines = 12

// findHeadline is the index of the block that prints title, or, without a
// title, of the line that looks like a headline; -1 if none.
func findHeadline(blocks []block, title string) int {
	seen := 0
	guess := strings.TrimSpace(title) == ""
	for i := range blocks {
		b := &blocks[i]
		if b.class == Blank {
			continue
		}
		if seen++; seen > firstLines {
			break
		}
		if b.layout != Plain {
			return -1
		}
		if guess && b.isHeadlineLike() && followed(blocks[i+1:]) {
			return i
		}
		if guess && b.isRunning() && !b.isCaption() {
			return -1
		}
		if !guess && b.Len() < 2*len(title)+80 && sameText(b.w, title) {
			return i
		}
	}
	return -1
}

// isHeadlineLike reports whether l reads as a headline: 4 to 30 words on one
// line, no full stop at its end.
func (l *look) isHeadlineLike() bool {
	n := l.words()
	return n >= 4 && n <= 30 && len(l.w) <= 220 && !l.isRunning() && !l.isFurniture() && !dateLine(l.w) && byline(l.w) == "" && !bullet(l.w)
}

// capitalised reports whether w is in capitals, four letters or more.
func capitalised(w string) bool {
	n := 0
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 4
}

// followed reports whether running text comes within the next blocks.
func followed(blocks []block) bool {
	seen := 0
	for i := range blocks {
		if blocks[i].class == Blank {
			continue
		}
		if blocks[i].isRunning() {
			return true
		}
		if seen++; seen > firstLines {
			break
		}
	}
	return false
}

// sameText compares letters and digits only; a longer text may go on with a
// separator and the outlet's name.
func sameText(a, b string) bool {
	x, y := letters{a}, letters{b}
	n := 0 // bytes that both begin with
	for {
		p, more := x.next()
		q, also := y.next()
		if !more || !also {
			rest := 0
			for ; more; p, more = x.next() {
				rest += utf8.RuneLen(p)
			}
			for ; also; q, also = y.next() {
				rest += utf8.RuneLen(q)
			}
			return n > 0 && (rest == 0 || n >= 20 && rest <= 40)
		}
		if p != q {
			return false
		}
		n += utf8.RuneLen(p)
	}
}

// letters are a text's letters and digits, one by one, small.
type letters struct{ t string }

func (l *letters) next() (rune, bool) {
	for len(l.t) > 0 {
		r, kind, n := kindAt(l.t)
		l.t = l.t[n:]
		if kind == letter || kind == digit {
			if 'A' <= r && r <= 'Z' {
				return r + 'a' - 'A', true
			}
			return unicode.ToLower(r), true
		}
	}
	return 0, false
}

// isRunning reports whether l is running text: it ends as a sentence does, or
// is long, or holds a sentence's end.
func (l *look) isRunning() bool {
	return l.running.of(func() bool {
		core := strings.TrimRight(l.w, "\"'”’»)]“ ")
		if core == "" {
			return false
		}
		switch core[len(core)-1] {
		case '.', ';':
			return l.words() >= 3 && !strings.HasSuffix(l.w, "...")
		case '!', '?':
			return l.words() >= 12 || len(core) < len(l.w)
		case ':', ',':
			return l.words() >= 6
		}
		if strings.HasSuffix(core, "…") {
			return l.words() >= 8
		}
		return l.words() > 30 || l.words() >= 12 && innerStop(l.w)
	})
}

// innerStop reports whether a sentence ends inside w: a full stop after a
// word of more than three small letters.
func innerStop(w string) bool {
	w = clip(w, 2000)
	for i := 4; i+1 < len(w); i++ {
		if w[i] == '.' && w[i+1] == ' ' && strings.Trim(w[i-4:i], "abcdefghijklmnopqrstuvwxyz") == "" {
			return true
		}
	}
	return false
}

// lastProse is the index of the last block of running text that is no
// boilerplate.
func lastProse(blocks []block) int {
	for i := len(blocks) - 1; i >= 0; i-- {
		if blocks[i].class != Blank && blocks[i].isRunning() && !blocks[i].isFurniture() {
			return i
		}
	}
	return -1
}

func words(w string) int { return countFields(clip(w, 2000)) }

// countFields is len(strings.Fields(s)).
func countFields(s string) int {
	n, inside := 0, false
	for i := 0; i < len(s); {
		space, size := false, 1
		if c := s[i]; c < utf8.RuneSelf {
			space = c == ' ' || c >= '\t' && c <= '\r'
		} else {
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			space = unicode.IsSpace(r)
		}
		if !space && !inside {
			n++
		}
		inside = !space
		i += size
	}
	return n
}

// clip bounds what the rules look at in one line.
func clip(w string, n int) string {
	if len(w) <= n {
		return w
	}
	return w[:n]
}

// bullet reports whether w is a highlight: a short line behind a dot or dash.
func bullet(w string) bool {
	if strings.HasPrefix(w, "Story highlights ") {
		return true
	}
	for _, b := range []string{"•", "· ", "* ", "- ", "– ", "▪", "●", "■"} {
		if strings.HasPrefix(w, b) {
			return words(w) >= 4 && words(w) <= 40
		}
	}
	return false
}

// byline is the author that w names ("By Ana Kovar"), or "".
func byline(w string) string {
	f := strings.Fields(clip(w, 200))
	if len(f) < 3 || len(f) > 14 || !strings.EqualFold(f[0], "by") {
		return ""
	}
	var name []string
	for _, x := range f[1:] {
		if !unicode.IsUpper(firstRune(x)) || x == "The" {
			break
		}
		name = append(name, strings.TrimRight(x, ",|;"))
		if strings.HasSuffix(x, ",") {
			break
		}
	}
	if len(name) < 2 || len(name) > 4 || strings.HasSuffix(w, ".") && len(f) > 6 {
		return ""
	}
	return strings.Join(name, " ")
}
