package text

import "strings"

// setInserts finds the blocks that stand in an article without being its
// text: embedded posts and quotations set apart, each with the line that
// signs it.
func setInserts(lower string, blocks []block) {
	budget := maxPulls
	before := -1 // the last block with words
	for i := range blocks {
		b := &blocks[i]
		if b.class == Blank {
			continue
		}
		if name, ok := postedBy(b.w); ok {
			post := b
			if dashLen(b.w) > 0 && before >= 0 {
				post, b.signs = &blocks[before], true
			}
			post.layout, post.label = Post, Span{b.Start + name.Start, b.Start + name.End}
		} else if strings.Contains(clip(b.w[max(0, len(b.w)-40):], 40), "pic.twitter.com/") {
			b.layout = Post
		} else if before >= 0 && setApart(blocks[before].w) {
			if name, ok := signedBy(b.w); ok {
				blocks[before].layout, blocks[before].label = PullQuote, Span{b.Start + name.Start, b.Start + name.End}
				b.signs = true
			}
		}
		if b.layout == Plain && budget > 0 && setApart(b.w) && b.words() >= 4 && b.words() <= 40 {
			budget--
			if repeats(lower, b) {
				b.layout = PullQuote
			}
		}
		before = i
	}
}

// maxPulls is for how many quotations that fill a paragraph the text is
// searched.
const maxPulls = 20

// dashLen is the length of the dash with which w begins, with its space, or 0.
func dashLen(w string) int {
	for _, d := range []string{"— ", "– ", "-- ", "- ", "—", "–"} {
		if strings.HasPrefix(w, d) {
			return len(d)
		}
	}
	return 0
}

// postedBy is the name in w's signature of a post: "— Hana Park (@hpark)", at
// its end.
func postedBy(w string) (Span, bool) {
	if strings.IndexByte(w, '@') < 0 {
		return Span{}, false
	}
	at := strings.LastIndex(w, "(@")
	if at < 2 || len(w)-at > 80 || strings.IndexByte(w[at:], ')') < 0 {
		return Span{}, false
	}
	start := -1
	for _, d := range []string{"— ", "– ", "-- "} {
		if k := strings.LastIndex(w[:at], d); k >= 0 && k+len(d) > start {
			start = k + len(d)
		}
	}
	if start < 0 {
		return Span{}, false
	}
	s := trim(w, Span{start, at})
	return s, s.Len() > 1 && s.Len() < maxLabel
}

// signedBy is the name in a line that signs a quotation: "— Hana Park,
// foreign minister".
func signedBy(w string) (Span, bool) {
	n := dashLen(w)
	if n == 0 || len(w) > 120 || strings.HasSuffix(w, ".") {
		return Span{}, false
	}
	name, _, _ := strings.Cut(w[n:], ",")
	name = strings.TrimRight(name, " ")
	return Span{n, n + len(name)}, len(name) > 1 && isName(name)
}

const openMarks, shutMarks = "\"“«„", "\"”»“"

// setApart reports whether one pair of double marks encloses all of w.
func setApart(w string) bool {
	if len(w) < 4 || len(w) > 400 {
		return false
	}
	first, last := firstRune(w), lastRune(w)
	if !strings.ContainsRune(openMarks, first) || !strings.ContainsRune(shutMarks, last) {
		return false
	}
	return !strings.ContainsAny(w[len(string(first)):len(w)-len(string(last))], "\"“”«»")
}

// repeats reports whether the words of b, which is set apart, stand elsewhere
// in the text too.
func repeats(lower string, b *block) bool {
	inner := strings.Trim(b.low, "\"“”«»„. ")
	key := clip(inner, 24)
	if k := strings.LastIndexByte(key, ' '); k > 8 && len(inner) > len(key) {
		key = key[:k]
	}
	key = strings.TrimRight(key, ",;:.!? ")
	if key == "" {
		return false
	}
	for from, tries := 0, 0; tries < 4; tries++ {
		k := strings.Index(lower[from:], key)
		if k < 0 {
			return false
		}
		k += from
		from = k + len(key)
		if k >= b.Start && k < b.End {
			continue
		}
		if beginsLike(lower[k:], inner) {
			return true
		}
	}
	return false
}

// beginsLike reports whether t begins with the letters and digits of s.
func beginsLike(t, s string) bool {
	x, y := letters{t}, letters{s}
	for {
		q, more := y.next()
		if !more {
			return true
		}
		if p, ok := x.next(); !ok || p != q {
			return false
		}
	}
}
