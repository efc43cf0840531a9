package pipeline

import (
	"cmp"
	"slices"

	"standpoint/internal/actor"
	"standpoint/internal/corpus"
	"standpoint/internal/labels"
	"standpoint/internal/table"
	"standpoint/internal/text"
)

// A Summary is what run.json says: this run, and under Total the folder.
type Summary struct {
	Status   string `json:"status"` // "done"
	ExitCode int    `json:"exit_code"`
	Version  string `json:"version"`

	Counts
	Read      int        `json:"read"`    // articles in the inputs
	Already   int        `json:"already"` // of these, those an earlier night holds
	Relabel   *Relabel   `json:"relabel,omitempty"`
	BrokenIn  []Fault    `json:"broken_inputs"`
	LostLabel []LostUnit `json:"labels_not_found"`

	Total     Counts      `json:"total"`
	Corrected []Corrected `json:"corrected_shares,omitempty"` // of the folder; only of host countries with enough checks

	Settings       Identity           `json:"settings"`
	SettingsDigest string             `json:"settings_digest"`
	NumericPath    string             `json:"numeric_path"`
	Parts          int                `json:"parts"`
	Seconds        map[string]float64 `json:"seconds"`
}

// A Relabel says what -relabel did.
type Relabel struct {
	Articles    int `json:"articles"`
	WithoutBody int `json:"without_body"` // off topic, and not given again
}

// Counts counts articles and their statements.
type Counts struct {
	Articles    int `json:"articles"` // rows of articles
	Labelled    int `json:"labelled"`
	NoStatement int `json:"no_statement"`
	OffTopic    int `json:"off_topic"`
	Filtered    int `json:"filtered"`
	Broken      int `json:"broken"`

	FilteredBy map[string]int `json:"filtered_by_reason"`
	BrokenBy   map[string]int `json:"broken_by_reason"`
	ByOutlet   map[string]int `json:"articles_by_outlet"`

	Statements int            `json:"statements"`
	Abstained  int            `json:"abstained"`
	Human      int            `json:"labelled_by_a_person"`
	Stances    map[string]int `json:"stances"` // of rows that were not abstained
	Hosts      map[string]int `json:"host_countries"`
}

// A Fault is a broken input and why.
type Fault struct {
	Input  string `json:"input"`
	Reason string `json:"reason"`
}

// A LostUnit is a person's label whose statement was not found.
type LostUnit struct {
	ArticleID string `json:"article_id"`
	Field     string `json:"field"`
	StartByte int    `json:"start_byte"`
	EndByte   int    `json:"end_byte"`
	Holder    string `json:"holder"`
}

func newCounts() Counts {
	return Counts{
		FilteredBy: map[string]int{}, BrokenBy: map[string]int{}, ByOutlet: map[string]int{},
		Stances: map[string]int{}, Hosts: map[string]int{},
	}
}

// addArticle counts one row of articles.
func (c *Counts) addArticle(a table.Article) {
	c.Articles++
	c.ByOutlet[cmp.Or(a.Outlet, "(none)")]++
	switch a.Status {
	case statusLabelled:
		c.Labelled++
	case statusNoStatement:
		c.NoStatement++
	case statusOffTopic:
		c.OffTopic++
	case corpus.Filtered:
		c.Filtered++
		c.FilteredBy[a.Reason]++
	case corpus.Broken:
		c.Broken++
		c.BrokenBy[corpus.ReasonKind(a.Reason)]++
	}
}

// addStatement counts one row of statements.
func (c *Counts) addStatement(r table.Statement) {
	c.Statements++
	c.Hosts[cmp.Or(r.HostCountry, "(none)")]++
	if r.LabelSource == "human" {
		c.Human++
	}
	if r.Abstained {
		c.Abstained++
	} else {
		c.Stances[r.Stance]++
	}
}

// summary counts the rows of this run's parts and of all parts.
func (n *night) summary(fin *finisher) (*Summary, error) {
	s := &Summary{
		Status: "done", Version: n.opt.Version, Counts: newCounts(), Total: newCounts(), Read: n.progress.Articles, Already: n.already,
		BrokenIn: []Fault{}, LostLabel: []LostUnit{},
		Settings: n.identity, SettingsDigest: fin.meta.SettingsDigest, NumericPath: fin.meta.NumericPath,
		Parts: len(fin.parts), Seconds: n.seconds,
	}
	if n.opt.Relabel {
		s.Relabel = &n.relabel
	}
	lost := newLostUnits(n.units, n.opt.Registry)
	for _, name := range fin.parts {
		of := []*Counts{&s.Total}
		if !slices.Contains(n.f.finished, name) {
			of = append(of, &s.Counts)
		}
		if err := s.addPart(fin, name, of, lost); err != nil {
			return nil, err
		}
	}
	s.LostLabel = lost.rest(n.idle)
	s.Corrected = fin.overall.corrected()
	if s.Broken > 0 {
		s.ExitCode = 3
	}
	return s, nil
}

// addPart counts a part's rows into each of the counts.
func (s *Summary) addPart(fin *finisher, name string, of []*Counts, lost *lostUnits) error {
	for a, err := range table.Rows[table.Article](fin.f.join(articlesDir, name), "article_id", "input", "outlet", "status", "reason") {
		if err != nil {
			return err
		}
		for _, c := range of {
			c.addArticle(a)
		}
		if len(of) > 1 && a.Status == corpus.Broken {
			s.BrokenIn = append(s.BrokenIn, Fault{a.Input, a.Reason})
		}
		lost.sawArticle(a.ArticleID)
	}
	columns := []string{"host_country", "holder_id", "stance", "abstained", "field", "start_byte", "end_byte", "article_id", "label_source"}
	for r, err := range table.Rows[table.Statement](fin.f.join(statementsDir, name), columns...) {
		if err != nil {
			return err
		}
		for _, c := range of {
			c.addStatement(r)
		}
		lost.sawRow(r)
	}
	return nil
}

// lostUnits finds a person's labels that no row carries.
type lostUnits struct {
	registry *actor.Registry
	units    map[string][]labels.Unit // not yet found, by article_id
}

func newLostUnits(units []labels.Unit, registry *actor.Registry) *lostUnits {
	l := &lostUnits{registry: registry, units: map[string][]labels.Unit{}}
	for _, u := range units {
		l.units[u.ArticleID] = append(l.units[u.ArticleID], u)
	}
	return l
}

// sawArticle settles the labels that say that there is no statement: the
// article is there, and no row can carry them.
func (l *lostUnits) sawArticle(id string) {
	if units, ok := l.units[id]; ok {
		l.units[id] = slices.DeleteFunc(units, func(u labels.Unit) bool { return u.Stance == labels.NoStatement })
	}
}

// sawRow settles the label that a row carries.
func (l *lostUnits) sawRow(r table.Statement) {
	if r.LabelSource != "human" {
		return
	}
	units := l.units[r.ArticleID]
	row := place{text.Span{Start: int(r.StartByte), End: int(r.EndByte)}, r.Field, r.HostCountry, r.HolderID, ""}
	if i := slices.IndexFunc(units, func(u labels.Unit) bool {
		return overlaps(&u, row) > 0 && (u.Holder == "" || l.registry.Canonical(u.Holder).ID == r.HolderID)
	}); i >= 0 {
		l.units[r.ArticleID] = slices.Delete(units, i, i+1)
	}
}

// rest is what was not found, in order, with those labels that are known to
// have had no effect.
func (l *lostUnits) rest(idle []labels.Unit) []LostUnit {
	lost := []LostUnit{}
	l.units[""] = append(l.units[""], idle...)
	for _, units := range l.units {
		for _, u := range units {
			lost = append(lost, LostUnit{u.ArticleID, cmp.Or(u.Field, text.FieldBody), u.StartByte, u.EndByte, u.Holder})
		}
	}
	slices.SortFunc(lost, func(a, b LostUnit) int {
		return cmp.Or(cmp.Compare(a.ArticleID, b.ArticleID), cmp.Compare(a.Field, b.Field), cmp.Compare(a.StartByte, b.StartByte), cmp.Compare(a.Holder, b.Holder))
	})
	return lost
}
