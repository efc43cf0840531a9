package labels

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"standpoint/internal/text"
)

// A passage is a text that lies outside the project.
type passage struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// join finds the text of a unit; fs.ErrNotExist where it is not there.
func (l *loader) join(u *filed) (joined, error) {
	switch {
	case u.Document != "":
		return l.joinDocument(u)
	case u.ArticleID != "":
		if a, ok := l.articles[u.ArticleID]; ok {
			return l.joinArticle(u, &a), nil
		}
	case u.Input != "":
		return l.joinInput(u)
	}
	return l.joinContext(u)
}

// joinArticle gives a unit of a title that the body prints too the title
// alone: the reader of the article finds it in the body.
func (l *loader) joinArticle(u *filed, a *Article) joined {
	story := cmp.Or(a.Story, u.Story, a.ArticleID)
	j := l.once(a.ArticleID, a.Title, a.Body, a.Split, story)
	if u.Field == text.FieldTitle && j.doc.Head == nil {
		j = l.once(a.ArticleID+"\x00title", a.Title, "", a.Split, story)
	}
	j.synthetic = a.Synthetic
	return j
}

// once cuts each text a single time.
func (l *loader) once(key, title, body, split, story string) joined {
	j, ok := l.docs[key]
	if !ok {
		if split == "" {
			split = Train
		}
		if story == "" {
			story = key
		}
		j = joined{doc: text.New(title, body), split: split, story: story}
		l.docs[key] = j
	}
	return j
}

// joinContext takes the words around a unit for its article, and moves the
// unit's offsets there.
func (l *loader) joinContext(u *filed) (joined, error) {
	if u.Text == "" || u.EndByte > 0 && u.EndByte-u.StartByte != len(u.Text) {
		return joined{}, fs.ErrNotExist
	}
	body := u.Before + u.Text + u.After
	u.move(len(u.Before)-u.StartByte, len(body))
	u.Field, u.StartByte, u.EndByte = "", len(u.Before), len(u.Before)+len(u.Text)
	story := cmp.Or(u.Story, u.ArticleID, u.Source)
	j := l.once("text\x00"+body, "", body, "", story)
	j.story = story
	return j, nil
}

// move shifts the spans inside a unit; those that leave the text are dropped.
func (u *Located) move(by, size int) {
	for _, s := range [][2]*int{{&u.SpeakerStartByte, &u.SpeakerEndByte}, {&u.CueStartByte, &u.CueEndByte}} {
		*s[0], *s[1] = *s[0]+by, *s[1]+by
		if *s[0] < 0 || *s[1] > size {
			*s[0], *s[1] = 0, 0
		}
	}
	for i := range u.Segments {
		u.Segments[i][0] += by
		u.Segments[i][1] += by
	}
}

func (l *loader) joinInput(u *filed) (joined, error) {
	for _, dir := range []string{"texts", ""} {
		path := filepath.Join(u.dir, dir, u.Input)
		if b, err := os.ReadFile(path); err == nil {
			return l.once(path, "", string(b), "", u.Input), nil
		}
	}
	return joined{}, fs.ErrNotExist
}

func (l *loader) joinDocument(u *filed) (joined, error) {
	title, body, err := l.document(u.Document)
	if err != nil {
		return joined{}, err
	}
	if body, err = swapped(body, u.Swap); err != nil {
		return joined{}, err
	}
	if sum := sha256.Sum256([]byte(body)); hex.EncodeToString(sum[:]) != u.TextSHA256 {
		return joined{}, fmt.Errorf("the text of document %s is not the one that was labelled: its digest differs", u.Document)
	}
	j := l.once(u.Document+"\x00"+u.TextSHA256, title, body, u.Split, cmp.Or(u.Story, u.Document))
	if split := cmp.Or(u.Split, Train); split != j.split {
		return joined{}, fmt.Errorf("split %q of document %s, which is in %q", split, u.Document, j.split)
	}
	return j, nil
}

// swapped is body with the swaps made, the last first, so that offsets hold.
func swapped(body string, swaps []Swap) (string, error) {
	swaps = slices.Clone(swaps)
	slices.SortFunc(swaps, func(a, b Swap) int { return b.Start - a.Start })
	end := len(body)
	for _, s := range swaps {
		if s.Start < 0 || s.End < s.Start || s.End > end {
			return "", fmt.Errorf("swap of bytes %d-%d lies outside the text or over another", s.Start, s.End)
		}
		body = body[:s.Start] + s.New + body[s.End:]
		end = s.Start
	}
	return body, nil
}

// document finds a text outside the project.
func (l *loader) document(id string) (title, body string, err error) {
	if n, ok := strings.CutPrefix(id, "voa:"); ok {
		return l.line(n)
	}
	if l.passages == nil {
		if l.passages, err = readPassages(filepath.Join(l.shared, "unlabelled", "realprose.jsonl")); err != nil {
			return "", "", err
		}
	}
	p, ok := l.passages[id]
	if !ok {
		return "", "", fs.ErrNotExist
	}
	return p.Title, p.Text, nil
}

// line is a line of voa.txt, from 1.
func (l *loader) line(number string) (title, body string, err error) {
	if l.lines == nil {
		b, err := os.ReadFile(filepath.Join(l.shared, "unlabelled", "voa.txt"))
		if err != nil {
			return "", "", err
		}
		l.lines = strings.Split(string(b), "\n")
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(l.lines) {
		return "", "", fmt.Errorf("voa.txt has no line %q", number)
	}
	return "", l.lines[n-1], nil
}

func readPassages(path string) (map[string]passage, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]passage{}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		var p passage
		if err := json.Unmarshal(in.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out[p.ID] = p
	}
	return out, in.Err()
}
