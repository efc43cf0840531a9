package labels

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"standpoint/internal/text"
)

// A Set is units joined with the texts they are about.
type Set struct {
	Examples []Example
	Without  []Located // units whose text is not there
	Groups   []Group   // statements that several people labelled
	Digest   string    // of the files read, in order
}

// An Example is a unit with its text.
type Example struct {
	Located
	Doc   *text.Document
	Split string // of its article; Train where it has none
	Story string

	Synthetic bool // its article was written for the project
}

// Load reads units from files and folders and joins them with their texts. A
// folder of gold holds articles/*.jsonl and units/*.jsonl; any other folder's
// files of units are read. A text is looked for, in this order:
//
//   - article_id: in the articles beside or above the units, or in a folder of
//     paths that classify has filled (its labels.jsonl are units as well);
//   - document: in the folder unlabelled of Shared, where the digest must agree;
//   - input: as a file beside the units, or in texts/ there;
//   - else the unit's own before + text + after is its article.
//
// Units without any text are kept in Set.Without: not an error, so that gold
// can be used where the texts it points to are not.
//
// Where several people labelled a statement it is settled without an expert.
func Load(paths []string) (*Set, error) { return LoadWith(paths, "") }

// LoadWith is Load that takes the word of an expert over that of others.
func LoadWith(paths []string, expert string) (*Set, error) {
	l := loader{
		shared: Shared(),
		docs:   map[string]joined{}, articles: map[string]Article{}, sum: sha256.New(),
	}
	for _, path := range paths {
		if err := l.add(path); err != nil {
			return nil, err
		}
	}
	set := &Set{Groups: l.settle(expert)}
	if err := l.readTexts(); err != nil {
		return nil, err
	}
	for i := range l.units {
		u := &l.units[i]
		j, err := l.join(u)
		if errors.Is(err, fs.ErrNotExist) {
			set.Without = append(set.Without, u.Located)
			continue
		}
		if err == nil {
			err = fits(j.doc, u)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", u.Source, err)
		}
		set.Examples = append(set.Examples, Example{Located: u.Located, Doc: j.doc, Split: j.split, Story: j.story, Synthetic: j.synthetic})
	}
	set.Digest = hex.EncodeToString(l.sum.Sum(nil))
	return set, nil
}

// A joined text, as units of it share it.
type joined struct {
	doc          *text.Document
	split, story string
	synthetic    bool
}

// A filed unit knows its file's folder.
type filed struct {
	Located
	dir string
}

type loader struct {
	shared   string
	filled   []string // folders that classify has filled
	units    []filed
	articles map[string]Article
	docs     map[string]joined
	passages map[string]passage // realprose by id; nil until read
	lines    []string           // of voa.txt; nil until read
	sum      interface {
		Write([]byte) (int, error)
		Sum([]byte) []byte
	}
}

// add reads a file or folder.
func (l *loader) add(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		if filepath.Base(filepath.Dir(path)) == "units" {
			if err := l.addArticles(filepath.Dir(filepath.Dir(path))); err != nil {
				return err
			}
		}
		return l.addUnits(path)
	}
	if isFilled(path) {
		return l.addFilled(path)
	}
	if err := l.addArticles(path); err != nil {
		return err
	}
	dir := path
	if sub := filepath.Join(path, "units"); isDir(sub) {
		dir = sub
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	found := false
	for _, e := range entries {
		if e.Type().IsRegular() && slices.Contains([]string{".jsonl", ".json", ".csv", ".parquet"}, filepath.Ext(e.Name())) {
			found = true
			if err := l.addUnits(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	if !found {
		return fmt.Errorf("%s: no files of units (.jsonl, .json, .csv, .parquet)", dir)
	}
	return nil
}

// settle leaves one unit of each statement that several people labelled.
func (l *loader) settle(expert string) []Group {
	located, dir := make([]Located, len(l.units)), map[string]string{}
	for i, u := range l.units {
		located[i], dir[u.Source] = u.Located, u.dir
	}
	settled, groups := Settle(located, expert)
	l.units = l.units[:0]
	for _, u := range settled {
		l.units = append(l.units, filed{u, dir[u.Source]})
	}
	return groups
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func (l *loader) addArticles(gold string) error {
	files, err := filepath.Glob(filepath.Join(gold, "articles", "*.jsonl"))
	if err != nil {
		return err
	}
	for _, file := range files {
		b, err := l.read(file)
		if err != nil {
			return err
		}
		articles, err := ReadArticles(strings.NewReader(b), file)
		if err != nil {
			return err
		}
		for _, a := range articles {
			l.articles[a.ArticleID] = a
		}
	}
	return nil
}

func (l *loader) addUnits(file string) error {
	b, err := l.read(file)
	if err != nil {
		return err
	}
	units, err := ReadLocated(strings.NewReader(b), file)
	for _, u := range units {
		l.units = append(l.units, filed{u, filepath.Dir(file)})
	}
	return err
}

// read reads a file of labels or articles, and takes it into the digest.
func (l *loader) read(file string) (string, error) {
	b, err := os.ReadFile(file)
	l.sum.Write(b)
	return string(b), err
}

// fits checks that the unit's words are those at its place.
func fits(doc *text.Document, u *filed) error {
	body := doc.Body
	if u.Field == text.FieldTitle {
		if doc.Head == nil {
			return errors.New("the article has no title of its own")
		}
		body = doc.Head.Body
	}
	if u.EndByte > len(body) || u.StartByte >= u.EndByte {
		return fmt.Errorf("bytes %d-%d lie outside the text of %d bytes", u.StartByte, u.EndByte, len(body))
	}
	if got := body[u.StartByte:u.EndByte]; u.Text != "" && got != u.Text {
		return fmt.Errorf("the text at bytes %d-%d is %.60q, not %.60q", u.StartByte, u.EndByte, got, u.Text)
	}
	return nil
}
