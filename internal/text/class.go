package text

import (
	"strings"
	"unicode"
)

// classify gives every block and its lines a class. It looks for the headline
// first, then knows what stands before and after it.
func classify(d *Document, blocks []block, title string) {
	head := findHeadline(d.Body, blocks, title)
	lead := -1 // first block of running text
	last := lastProse(d.Body, blocks)
	tail := false
	for i := range blocks {
		b := &blocks[i]
		if b.class == Blank {
			continue
		}
		w := b.In(d.Body)
		late := b.Start*10 > len(d.Body)*6
		switch {
		case tail:
			b.class = Boilerplate
		case i == head || head >= 0 && i > head && lead < 0 && sameText(w, blocks[head].In(d.Body)):
			b.class = Headline
		case d.Author == "" && i < head+4 && byline(w) != "":
			d.Author = byline(w)
			b.class = Boilerplate
		case boilerplate(w) || i < head || late && biography(w) || lead < 0 && caption(w) || late && teaser(w, i > last):
			b.class = Boilerplate
			tail = late && endMatter(w)
		case bullet(w):
			b.class = Bullet
		case running(w):
			b.class = Prose
			if lead < 0 {
				lead = i
			}
		case lead < 0 && head >= 0 && words(w) > 3:
			b.class = Subhead
		case words(w) < 3 || i > last:
			b.class = Boilerplate
		case lead >= 0:
			b.class = Crosshead
		}
	}
	for _, b := range blocks {
		for k := b.first; k < b.end; k++ {
			d.Lines[k].Class = b.class
		}
	}
}

// firstLines is how many lines with words may hold the headline.
const firstLines = 12

// findHeadline is the index of the block that prints title, or, without a
// title, of the line that looks like a headline; -1 if none.
func findHeadline(t string, blocks []block, title string) int {
	seen := 0
	guess := strings.TrimSpace(title) == ""
	for i, b := range blocks {
		if b.class == Blank {
			continue
		}
		if seen++; seen > firstLines {
			break
		}
		w := b.In(t)
		if guess && headlineLike(w) && followed(t, blocks[i+1:]) {
			return i
		}
		if guess && running(w) && !caption(w) {
			return -1
		}
		if !guess && b.Len() < 2*len(title)+80 && sameText(w, title) {
			return i
		}
	}
	return -1
}

// headlineLike reports whether w reads as a headline: 4 to 30 words on one
// line, no full stop at its end.
func headlineLike(w string) bool {
	n := words(w)
	return n >= 4 && n <= 30 && len(w) <= 220 && !running(w) && !boilerplate(w) && !dateLine(w) && byline(w) == "" && !bullet(w)
}

// followed reports whether running text comes within the next blocks.
func followed(t string, blocks []block) bool {
	seen := 0
	for _, b := range blocks {
		if b.class == Blank {
			continue
		}
		if running(b.In(t)) {
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
	x, y := letters(a), letters(b)
	if x == "" || y == "" {
		return false
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	return x == y || len(x) >= 20 && len(y)-len(x) <= 40 && strings.HasPrefix(y, x)
}

func letters(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// running reports whether w is running text: it ends as a sentence does, or is
// long, or holds a sentence's end.
func running(w string) bool {
	core := strings.TrimRight(w, "\"'”’»)]“ ")
	if core == "" {
		return false
	}
	switch core[len(core)-1] {
	case '.', ';':
		return words(w) >= 3 && !strings.HasSuffix(w, "...")
	case '!', '?':
		return words(w) >= 12 || len(core) < len(w)
	case ':', ',':
		return words(w) >= 6
	}
	if strings.HasSuffix(core, "…") {
		return words(w) >= 8
	}
	return words(w) > 30 || words(w) >= 12 && innerStop(w)
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
func lastProse(t string, blocks []block) int {
	for i := len(blocks) - 1; i >= 0; i-- {
		if blocks[i].class != Blank && running(blocks[i].In(t)) && !boilerplate(blocks[i].In(t)) {
			return i
		}
	}
	return -1
}

func words(w string) int { return len(strings.Fields(clip(w, 2000))) }

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
