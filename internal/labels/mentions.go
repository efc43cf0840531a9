package labels

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// MentionForms are how a mention names its entity.
var MentionForms = []string{
	"full",    // a full name
	"part",    // part of a name
	"office",  // a title or role alone
	"body",    // a body by its name or a noun
	"metonym", // a capital, building or country for a government
	"adjbody", // adjective and body: "Polish ministry"
	"group",   // a group or a people
	"pronoun",
	"unnamed", // somebody who is described but not named
}

// LineKinds are what a line that is not the article's own text is.
var LineKinds = []string{"nav", "caption", "credit", "bio", "blurb", "related", "share", "plug", "comments", "dateline", "cookie"}

// MentionedArticle is a line of data/gold/mentions: all mentions of persons,
// offices, bodies, governments and groups in an article's body, speaking or
// not, and the lines that are not its own text.
type MentionedArticle struct {
	ArticleID string          `json:"article_id"`
	Entities  []Entity        `json:"entities"`
	Mentions  []EntityMention `json:"mentions"`
	Lines     []StrayLine     `json:"lines"`
}

// An Entity is one person, office, body or group of an article.
type Entity struct {
	ID   int    `json:"id"`   // from 1, in the article
	Name string `json:"name"` // canonical
	Type string `json:"type"`
}

// An EntityMention is a place in the body that names entities; several for "the
// two ministers".
type EntityMention struct {
	StartByte int    `json:"start_byte"`
	EndByte   int    `json:"end_byte"`
	Text      string `json:"text"`
	Entities  []int  `json:"entities"`
	How       string `json:"how"` // one of MentionForms
}

// A StrayLine is a line of navigation, a caption, a credit ...
type StrayLine struct {
	StartByte int    `json:"start_byte"`
	EndByte   int    `json:"end_byte"`
	Kind      string `json:"kind"` // one of LineKinds
}

// ReadMentions reads JSON lines of mentions and checks each against its
// article's body.
func ReadMentions(r io.Reader, name string, bodies map[string]string) ([]MentionedArticle, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var out []MentionedArticle
	err = eachLine(b, name, func(line []byte, _ string) error {
		var a MentionedArticle
		if err := json.Unmarshal(line, &a); err != nil {
			return err
		}
		body, ok := bodies[a.ArticleID]
		if !ok {
			return fmt.Errorf("no article %s", a.ArticleID)
		}
		out = append(out, a)
		return a.check(body)
	})
	return out, err
}

// check refuses what does not fit the body, or itself.
func (a *MentionedArticle) check(body string) error {
	for i, e := range a.Entities {
		if e.ID != i+1 || e.Name == "" || e.Type == "" {
			return fmt.Errorf("entity %d is %+v", i+1, e)
		}
	}
	last := 0
	for _, m := range a.Mentions {
		switch {
		case m.StartByte < last || m.EndByte <= m.StartByte || m.EndByte > len(body):
			return fmt.Errorf("mention %q at %d to %d overlaps the one before, or leaves the body", m.Text, m.StartByte, m.EndByte)
		case body[m.StartByte:m.EndByte] != m.Text:
			return fmt.Errorf("mention %q: the body has %q there", m.Text, body[m.StartByte:m.EndByte])
		case !slices.Contains(MentionForms, m.How):
			return fmt.Errorf("mention %q: %q is not one of %s", m.Text, m.How, strings.Join(MentionForms, ", "))
		case len(m.Entities) == 0:
			return fmt.Errorf("mention %q means nobody", m.Text)
		}
		for _, id := range m.Entities {
			if id < 1 || id > len(a.Entities) {
				return fmt.Errorf("mention %q means entity %d of %d", m.Text, id, len(a.Entities))
			}
		}
		last = m.EndByte
	}
	for _, l := range a.Lines {
		if l.StartByte < 0 || l.EndByte < l.StartByte || l.EndByte > len(body) || !slices.Contains(LineKinds, l.Kind) {
			return fmt.Errorf("line %+v is of no kind or leaves the body", l)
		}
	}
	return nil
}
