package report

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"time"

	"standpoint/internal/table"
)

// A page is the data of the page: what its script reads.
type page struct {
	Scope     scope      `json:"scope"`
	Actors    []actor    `json:"actors"`    // holders of rows and positions, by id
	Hosts     []string   `json:"hosts"`     // as met
	Outlets   []string   `json:"outlets"`   // as met; "" is unknown
	Articles  []article  `json:"articles"`  // those of rows and positions
	Positions []position `json:"positions"` // in the table's order
	Rows      []row      `json:"rows"`      // newest day first
}

// A scope says what the page rests on.
type scope struct {
	Articles   int            `json:"articles"`
	ByStatus   map[string]int `json:"byStatus"`
	Statements int            `json:"statements"` // of the folder, listed or not
	Unrelated  int            `json:"unrelated"`
	Abstained  int            `json:"abstained"` // and not unrelated
	Human      int            `json:"human"`
	Models     []string       `json:"models"`
}

type actor struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Type    string   `json:"type"`
	Country string   `json:"country,omitempty"`
	Group   string   `json:"group,omitempty"`
	Aliases []string `json:"aliases,omitempty"`
	Known   bool     `json:"known,omitempty"`
}

type article struct {
	Outlet int    `json:"outlet"`
	Day    string `json:"day,omitempty"`
	Title  string `json:"title,omitempty"` // only of articles with a listed row
	URL    string `json:"url,omitempty"`
	Story  int    `json:"story"` // near copies share it
}

// A position is article, holder, host, side, position, score, statements and
// abstained ones: numbers alone, for there are many.
type position [8]float64

// A row is a listed statement. Side, stance, sentiment and kind index the
// enums of package table.
type row struct {
	ID        string   `json:"id"`
	Article   int      `json:"article"`
	Holder    int      `json:"holder"`
	Host      int      `json:"host"`
	Side      int      `json:"side"`
	Stance    int      `json:"stance"`
	Strength  int32    `json:"strength,omitempty"`
	Sentiment int      `json:"sentiment"`
	Kind      int      `json:"kind"`
	P         float64  `json:"p"` // probability of the stance
	Abstained bool     `json:"abstained,omitempty"`
	Human     string   `json:"human,omitempty"` // who labelled it
	Reporter  string   `json:"reporter,omitempty"`
	Actor     string   `json:"actor,omitempty"` // if not the holder
	Headline  bool     `json:"headline,omitempty"`
	Secondary bool     `json:"secondary,omitempty"`
	Context   string   `json:"context"`
	Marks     [][3]int `json:"marks"`           // start, end in UTF-16 units, what
	Group     int      `json:"group,omitempty"` // the same utterance elsewhere; 0 is alone
}

// A reader gathers a page from a folder.
type reader struct {
	dir      string
	page     page
	actors   map[string]int // index by id
	hosts    map[string]int
	outlets  map[string]int
	articles map[string]int
	groups   map[string]string // utterance_id -> group_id
	stories  map[string]string // article_id -> story_id
	members  map[string]int    // of a group: listed rows of different articles
}

// read makes the page of the folder dir.
func read(dir string, most int) (*page, error) {
	r := &reader{
		dir: dir, actors: map[string]int{}, hosts: map[string]int{}, outlets: map[string]int{}, articles: map[string]int{},
		groups: map[string]string{}, stories: map[string]string{}, members: map[string]int{},
	}
	r.page.Scope.ByStatus = map[string]int{}
	for _, step := range []func() error{r.readLinks, r.readPositions, r.readArticles, func() error { return r.readRows(most) }, r.readActors} {
		if err := step(); err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil, fmt.Errorf("%s: %w: %w", dir, ErrNoFolder, err)
			}
			return nil, err
		}
	}
	r.number()
	return &r.page, nil
}

// parts ranges over the rows of all parts of a table.
func parts[R table.Row](dir, name string, columns ...string) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		var none R
		paths, err := filepath.Glob(filepath.Join(dir, name, "*.parquet"))
		if err == nil && len(paths) == 0 {
			err = fmt.Errorf("%s/%s: %w", dir, name, fs.ErrNotExist)
		}
		if err != nil {
			yield(none, err)
			return
		}
		slices.Sort(paths)
		for _, path := range paths {
			for r, err := range table.Rows[R](path, columns...) {
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
	}
}

func (r *reader) readLinks() error {
	for l, err := range table.Rows[table.Link](filepath.Join(r.dir, "links.parquet"), "kind", "id", "group_id", "story_id") {
		switch {
		case err != nil:
			return err
		case l.Kind == "utterance":
			if l.GroupID != l.ID {
				r.groups[l.ID] = l.GroupID
			}
		case l.StoryID != l.ID:
			r.stories[l.ID] = l.StoryID
		}
	}
	return nil
}

func (r *reader) readPositions() error {
	for p, err := range table.Rows[table.Position](filepath.Join(r.dir, "positions.parquet")) {
		if err != nil {
			return err
		}
		r.page.Positions = append(r.page.Positions, position{
			float64(r.article(p.ArticleID, p.Outlet, p.PublishedDay)), float64(index(r.actors, p.HolderID)), float64(index(r.hosts, p.HostCountry)),
			float64(slices.Index(table.Sides, p.HolderSide)), float64(slices.Index(table.Positions, p.Position)),
			math.Round(p.Score*100) / 100, float64(p.NStatements), float64(p.NAbstained),
		})
	}
	return nil
}

// article is the index of an article, made if need be.
func (r *reader) article(id, outlet string, day *time.Time) int {
	if i, ok := r.articles[id]; ok {
		return i
	}
	a := article{Outlet: index(r.outlets, outlet)}
	if day != nil {
		a.Day = day.Format(time.DateOnly)
	}
	r.page.Articles = append(r.page.Articles, a)
	return index(r.articles, id)
}

// index is the number of a key, given out in order of asking.
func index(of map[string]int, key string) int {
	i, ok := of[key]
	if !ok {
		i = len(of)
		of[key] = i
	}
	return i
}

func (r *reader) readArticles() error {
	for a, err := range parts[table.Article](r.dir, "articles", "status") {
		if err != nil {
			return err
		}
		r.page.Scope.Articles++
		r.page.Scope.ByStatus[a.Status]++
	}
	return nil
}

// rowColumns are the columns of statements that a row is made of.
var rowColumns = []string{
	"published_day", "outlet", "host_country", "holder_side", "stance", "abstained", "stance_strength", "sentiment", "kind", "title", "url",
	"before", "after", "is_headline", "is_secondary", "actor", "actor_id", "holder_id", "reported_by",
	"stance_p_favor", "stance_p_against", "stance_p_mixed", "stance_p_neutral", "stance_p_unrelated",
	"text", "start_char", "cue_start_char", "cue_end_char", "speaker_start_char", "speaker_end_char", "segments",
	"row_id", "utterance_id", "article_id", "label_source", "labelled_by",
}

// readRows counts all rows and lists the newest.
func (r *reader) readRows(most int) error {
	days, err := r.countRows()
	if err != nil {
		return err
	}
	from, ties := cutoff(days, most)
	for s, err := range parts[table.Statement](r.dir, "statements", rowColumns...) {
		if err != nil {
			return err
		}
		day := dayNumber(s.PublishedDay)
		if day < from || day == from && ties == 0 {
			continue
		}
		if day == from {
			ties--
		}
		r.page.Rows = append(r.page.Rows, r.row(s))
	}
	slices.SortStableFunc(r.page.Rows, func(a, b row) int {
		return cmp.Compare(r.page.Articles[b.Article].Day, r.page.Articles[a.Article].Day)
	})
	return nil
}

// countRows fills the scope and returns each row's day.
func (r *reader) countRows() ([]int64, error) {
	var days []int64
	sc, models := &r.page.Scope, map[string]int{}
	for s, err := range parts[table.Statement](r.dir, "statements", "published_day", "stance", "abstained", "label_source", "model") {
		if err != nil {
			return nil, err
		}
		days = append(days, dayNumber(s.PublishedDay))
		models[s.Model]++
		sc.Statements++
		switch {
		case s.Stance == "unrelated":
			sc.Unrelated++
		case s.Abstained:
			sc.Abstained++
		}
		if s.LabelSource == "human" {
			sc.Human++
		}
	}
	sc.Models = slices.Sorted(maps.Keys(models))
	return days, nil
}

// cutoff is the day from which rows are among the newest most, and how many
// rows of that day itself are.
func cutoff(days []int64, most int) (from int64, ties int) {
	if len(days) <= most {
		return math.MinInt64, len(days)
	}
	slices.SortFunc(days, func(a, b int64) int { return cmp.Compare(b, a) })
	from = days[most-1]
	newer := slices.Index(days, from)
	return from, most - newer
}

// dayNumber counts days; an unknown day is older than all.
func dayNumber(day *time.Time) int64 {
	if day == nil {
		return math.MinInt64
	}
	return day.Unix() / (24 * 60 * 60)
}

// row makes a listed row of s.
func (r *reader) row(s table.Statement) row {
	at := r.article(s.ArticleID, s.Outlet, s.PublishedDay)
	r.page.Articles[at].Title, r.page.Articles[at].URL = s.Title, s.URL
	out := row{
		ID: s.RowID, Article: at, Holder: index(r.actors, s.HolderID), Host: index(r.hosts, s.HostCountry),
		Side: slices.Index(table.Sides, s.HolderSide), Stance: slices.Index(table.Stances, s.Stance), Strength: s.StanceStrength,
		Sentiment: slices.Index(table.Sentiments, s.Sentiment), Kind: slices.Index(table.Kinds, s.Kind),
		P:         probability(s),
		Abstained: s.Abstained, Reporter: s.ReportedBy, Headline: s.IsHeadline, Secondary: s.IsSecondary,
		Context: s.Before + s.Text + s.After, Marks: marks(s),
		Group: index(r.members, r.groupOf(s.UtteranceID)),
	}
	if s.LabelSource == "human" {
		out.Human = cmp.Or(s.LabelledBy, "a person")
	}
	if s.ActorID != s.HolderID {
		out.Actor = s.Actor
	}
	return out
}

// groupOf is the group of an utterance: itself where it has no other wording.
func (r *reader) groupOf(utterance string) string { return cmp.Or(r.groups[utterance], utterance) }

// probability is the model's for the row's stance.
func probability(s table.Statement) float64 {
	p := s.StanceP()
	return math.Round(100*p[max(0, slices.Index(table.Stances, s.Stance))]) / 100
}

func (r *reader) readActors() error {
	r.page.Actors = make([]actor, len(r.actors))
	for id, i := range r.actors {
		r.page.Actors[i].ID = id
	}
	for a, err := range table.Rows[table.Actor](filepath.Join(r.dir, "actors.parquet")) {
		if err != nil {
			return err
		}
		if i, ok := r.actors[a.ID]; ok {
			r.page.Actors[i] = actor{ID: a.ID, Name: a.Name, Type: a.Type, Country: a.Country, Group: a.Group, Aliases: a.Aliases, Known: a.Known}
		}
	}
	return nil
}

// number gives hosts and outlets in order, stories their number, and rows
// whose utterance is in one article only no group.
func (r *reader) number() {
	r.page.Hosts, r.page.Outlets = make([]string, len(r.hosts)), make([]string, len(r.outlets))
	for name, i := range r.hosts {
		r.page.Hosts[i] = name
	}
	for name, i := range r.outlets {
		r.page.Outlets[i] = name
	}
	stories := map[string]int{}
	ids := make([]string, len(r.articles))
	for id, i := range r.articles {
		ids[i] = id
	}
	for i, id := range ids {
		r.page.Articles[i].Story = index(stories, cmp.Or(r.stories[id], id))
	}
	r.dropLoneGroups()
}

// dropLoneGroups numbers from 1 the groups that are in several articles.
func (r *reader) dropLoneGroups() {
	first, several := map[int]int{}, map[int]bool{}
	for _, w := range r.page.Rows {
		if a, ok := first[w.Group]; ok && a != w.Article {
			several[w.Group] = true
		} else {
			first[w.Group] = w.Article
		}
	}
	numbers := map[int]int{}
	for i := range r.page.Rows {
		w := &r.page.Rows[i]
		if !several[w.Group] {
			w.Group = 0
			continue
		}
		if numbers[w.Group] == 0 {
			numbers[w.Group] = len(numbers) + 1
		}
		w.Group = numbers[w.Group]
	}
}
