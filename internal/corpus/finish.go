package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
)

// minWords is the length from which a text is an article. A statement of one
// clause has about five words.
const minWords = 5

// ID is the identity of an article.
func ID(url, body string) string { return hashID(url, []byte(body)) }

// BrokenID is the identity of an input that can't be read, over its name
// (Article.Input) and its bytes, or as many of them as were read.
func BrokenID(input string, data []byte) string { return hashID(input, data) }

func hashID(name string, data []byte) string {
	h := sha256.New()
	h.Write([]byte(name))
	h.Write([]byte{0})
	h.Write(data)
	return "a_" + hex.EncodeToString(h.Sum(nil)[:8])
}

// Decode finishes an article that Read yielded: it parses what is left to
// parse and decides Language, Truncated, Status, Reason and ID. Articles may
// be decoded in parallel; a second call changes nothing.
func (a *Article) Decode() {
	if a.opt == nil {
		return
	}
	if a.pending != nil {
		a.pending(a)
	}
	if a.Status != Broken {
		a.check()
	}
	if a.Precision == "" {
		a.Precision = None
	}
	if a.Status == Broken {
		a.ID = BrokenID(a.Input, a.raw)
		a.Body, a.Quote = "", nil
	} else {
		a.ID = ID(a.URL, a.Body)
	}
	a.opt, a.pending, a.raw = nil, nil, nil
}

// check decides on the text of an article that could be read.
func (a *Article) check() {
	if len(a.Body) > a.opt.MaxText {
		a.fail(a.opt.overText(), "")
		return
	}
	if err := checkText(a.Body); err != nil {
		a.fail(notText, err.Error())
		return
	}
	a.Truncated = isTruncated(a.Body)
	a.Language = language(a.Body)
	if a.opt.Quotes {
		return
	}
	if reason := a.filter(); reason != "" {
		a.Status, a.Reason = Filtered, reason
	}
}

// filter is the reason why a readable article is not labelled, or "".
func (a *Article) filter() string {
	words := countWords(a.Body)
	switch {
	case words == 0:
		return Empty
	case a.Language != "" && a.Language != "en":
		return OtherLanguage
	case words < minWords:
		return TooShort
	case isNotice(a.Title, a.Body, words), isIndex(a.Body):
		return NotAnArticle
	}
	return ""
}

// truncation is how sources end a beginning.
var truncation = regexp.MustCompile(`(?i)(?:\[\+ ?\d+ (?:chars|characters|words)\]|` +
	`(?:\.\.\.|…|\]) *[\[(<]? *(?:read|see|show|view) (?:more|on|the (?:full|whole|rest of the) (?:story|article))[ .…»›>→)\]]*|` +
	`(?:continue reading|read the (?:full|whole|rest of the) (?:story|article))\b[^.!?\n]{0,80}[.…»›>→)\]]*|` +
	`\n *read more[ .…»›>→)\]]*)$`)

// isTruncated reports a body of which the source shows only the beginning.
func isTruncated(body string) bool {
	body = strings.TrimSpace(body)
	tail := body[max(0, len(body)-200):]
	lower := lowerASCII(tail)
	for _, sign := range []string{"[+", "read", "continue", "more"} {
		if strings.Contains(lower, sign) {
			return truncation.MatchString(tail)
		}
	}
	return false
}
