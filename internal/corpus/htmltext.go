package corpus

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blockText is the text of n with white space collapsed and a blank line
// between blocks, as a reader sees them.
func blockText(n *html.Node) string {
	var b textBuilder
	b.node(n)
	return b.String()
}

// A textBuilder joins text nodes.
type textBuilder struct {
	strings.Builder
	breaks int  // line breaks owed before the next word
	space  bool // a space is owed
}

func (b *textBuilder) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.text(n.Data)
		return
	case n.DataAtom == atom.Br:
		b.breaks++
		return
	case n.DataAtom == atom.Script, n.DataAtom == atom.Style:
		return
	}
	block := isBlock(n.DataAtom)
	if block {
		b.breaks = max(b.breaks, 2)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.node(c)
	}
	if block {
		b.breaks = max(b.breaks, 2)
	}
}

// text adds the words of one text node.
func (b *textBuilder) text(s string) {
	for s != "" {
		i := strings.IndexAny(s, " \t\r\n\f")
		if i == 0 {
			b.space = true
			s = s[1:]
			continue
		}
		word := s
		if i > 0 {
			word = s[:i]
		}
		s = s[len(word):]
		b.gap()
		b.WriteString(word)
	}
}

// gap writes the white space owed.
func (b *textBuilder) gap() {
	switch {
	case b.Len() == 0:
	case b.breaks > 0:
		b.WriteString("\n\n"[:min(b.breaks, 2)])
	case b.space:
		b.WriteByte(' ')
	}
	b.breaks, b.space = 0, false
}

// isBlock reports elements that begin and end a paragraph.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li,
		atom.Blockquote, atom.Pre, atom.Table, atom.Tr, atom.Td, atom.Th, atom.Section, atom.Article, atom.Header,
		atom.Footer, atom.Figure, atom.Figcaption, atom.Hr, atom.Dl, atom.Dt, atom.Dd, atom.Body, atom.Main, atom.Aside:
		return true
	}
	return false
}
