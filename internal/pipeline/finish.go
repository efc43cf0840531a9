package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"standpoint/internal/actor"
	"standpoint/internal/labels"
	"standpoint/internal/table"
)

// The run-wide tables.
const (
	actorsFile    = "actors.parquet"
	positionsFile = "positions.parquet"
	seriesFile    = "series.parquet"
	linksFile     = "links.parquet"
)

// ErrNoParts says that a folder holds nothing to finish.
var ErrNoParts = errors.New("the folder holds no parts")

// Finish makes the run-wide tables and run.json of a folder from its parts,
// whichever runs or machines made them.
func Finish(ctx context.Context, path string, registry *actor.Registry, version string) (*Summary, error) {
	if _, err := os.Stat(filepath.Join(path, articlesDir)); err != nil {
		return nil, fmt.Errorf("%s: %w", path, ErrNoParts)
	}
	f, err := openFolder(path)
	if err != nil {
		return nil, err
	}
	defer f.close()
	id, err := finishable(f, registry)
	if err != nil {
		return nil, err
	}
	n := &night{f: f, identity: id, seconds: map[string]float64{}}
	n.opt.Registry, n.opt.Version, n.opt.Workers = registry, version, runtime.GOMAXPROCS(0)
	if n.units, err = f.storedLabels(); err != nil {
		return nil, err
	}
	return n.finish(ctx)
}

// ErrInterrupted says that a folder holds part of a night.
var ErrInterrupted = errors.New("a run was interrupted here and has to be ended first, by the same command again")

// finishable is the settings of f's parts, which must agree, if their run-wide
// tables can be made again.
func finishable(f *folder, registry *actor.Registry) (Identity, error) {
	made, err := f.identities()
	switch {
	case err != nil:
		return Identity{}, err
	case f.interrupted:
		return Identity{}, fmt.Errorf("%s: %w", f.path, ErrInterrupted)
	case len(made) == 0:
		return Identity{}, fmt.Errorf("%s: %w", f.path, ErrNoParts)
	}
	id := made[0].identity
	for _, m := range made {
		if names := differences(id, m.identity); len(names) > 0 {
			return id, &SettingsError{Part: m.part, Names: names}
		}
	}
	if id.Registry != registry.Digest() {
		return id, &SettingsError{Part: made[0].part, Names: []string{"actor registry"}}
	}
	return id, nil
}

// finish makes everything run-wide from the parts, writes run.json and empties
// the work folder.
func (n *night) finish(ctx context.Context) (*Summary, error) {
	n.tell("finishing")
	start := time.Now()
	parts, err := n.f.parts()
	if err != nil {
		return nil, err
	}
	fin := &finisher{ctx: ctx, f: n.f, parts: parts, registry: n.opt.Registry, quotes: n.identity.Quotes, units: n.units, overall: overall{}, meta: table.Meta{
		Settings: n.identity.JSON(), SettingsDigest: n.identity.Digest(), NumericPath: n.numericPath(parts),
	}}
	steps := []func() error{fin.writePositionsAndSeries, fin.writeLinks, fin.writeActors}
	if err := parallel(ctx, n.opt.Workers, len(steps), func(i int) error { return steps[i]() }); err != nil {
		return nil, err
	}
	n.seconds["finishing"] = time.Since(start).Seconds()
	s, err := n.summary(fin)
	if err != nil {
		return nil, err
	}
	if n.opt.Verdict != nil {
		s.ExitCode = n.opt.Verdict(s)
	}
	if err := writeJSON(n.f.join(runFile), s); err != nil {
		return nil, err
	}
	return s, n.f.end()
}

// begin notes that a night has begun, for a run after a kill and for those who
// watch run.json.
func (n *night) begin() error {
	if err := n.f.begin(); err != nil {
		return err
	}
	return n.note("running", 0)
}

// noteFailure says in run.json how a run ended that did not finish.
func (n *night) noteFailure(ctx context.Context) {
	status, code := "failed", 1
	if ctx.Err() != nil {
		status, code = "interrupted", 130
	}
	n.note(status, code) // the run has failed already: its error is the one to tell
}

// note writes a run.json without counts.
func (n *night) note(status string, code int) error {
	return writeJSON(n.f.join(runFile), struct {
		Status         string   `json:"status"`
		ExitCode       int      `json:"exit_code"`
		Version        string   `json:"version"`
		Settings       Identity `json:"settings"`
		SettingsDigest string   `json:"settings_digest"`
	}{status, code, n.opt.Version, n.identity, n.identity.Digest()})
}

// numericPath is that of the parts, or "mixed".
func (n *night) numericPath(parts []string) string {
	path := ""
	for i, name := range parts {
		m, err := table.ReadMeta(n.f.join(articlesDir, name))
		switch {
		case err != nil || i > 0 && m.NumericPath != path:
			return "mixed"
		}
		path = m.NumericPath
	}
	return path
}

// A finisher makes the run-wide tables.
type finisher struct {
	ctx      context.Context
	f        *folder
	parts    []string
	registry *actor.Registry
	meta     table.Meta
	quotes   bool          // the folder's inputs were quotes already
	units    []labels.Unit // a person's labels
	overall  overall       // what the corrected shares of the folder are made of
}

// statements ranges over the statements of all parts.
func (fin *finisher) statements(columns ...string) iter.Seq2[table.Statement, error] {
	return func(yield func(table.Statement, error) bool) {
		for _, name := range fin.parts {
			if err := fin.ctx.Err(); err != nil {
				yield(table.Statement{}, err)
				return
			}
			for r, err := range table.Rows[table.Statement](fin.f.join(statementsDir, name), columns...) {
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
	}
}

// write writes a run-wide table whole.
func write[R table.Row](fin *finisher, file string, rows iter.Seq2[R, error]) error {
	var failed error
	clean := func(yield func(R) bool) {
		for r, err := range rows {
			if err != nil {
				failed = err
				return
			}
			if !yield(r) {
				return
			}
		}
	}
	tmp := fin.f.work(file)
	if err := table.Create(tmp, fin.meta, clean); err != nil {
		return err
	}
	if failed != nil {
		return failed
	}
	return table.Commit(table.Move{From: tmp, To: fin.f.join(file)})
}

// A hostMonth is a host country and a month, for counting articles on topic.
type hostMonth struct{ host, month string }

// countArticles counts the articles on topic by host country and month, and
// notes the days of those in which a person denied a row.
func (fin *finisher) countArticles() (read map[hostMonth]int32, denied map[string]*time.Time, err error) {
	read, denied = map[hostMonth]int32{}, map[string]*time.Time{}
	asked := map[string]bool{}
	for _, u := range fin.units {
		asked[u.ArticleID] = u.Stance == labels.NoStatement || asked[u.ArticleID]
	}
	seen := map[string]bool{} // contexts of quotes come again
	for _, name := range fin.parts {
		for a, err := range table.Rows[table.Article](fin.f.join(articlesDir, name), "article_id", "published_day", "host_countries") {
			if err != nil {
				return nil, nil, err
			}
			if asked[a.ArticleID] {
				denied[a.ArticleID] = a.PublishedDay
			}
			if fin.quotes {
				if seen[a.ArticleID] {
					continue
				}
				seen[a.ArticleID] = true
			}
			for _, h := range a.HostCountries {
				read[hostMonth{h, monthOf(a.PublishedDay)}]++
			}
		}
	}
	return read, denied, nil
}

// writePositionsAndSeries reads the statements once for both tables.
func (fin *finisher) writePositionsAndSeries() error {
	read, denied, err := fin.countArticles()
	if err != nil {
		return err
	}
	rows, done, err := fin.standingRows()
	if err != nil {
		return err
	}
	defer done()
	s := newSorter(fin.f.work(), "series")
	defer s.close()
	err = write(fin, positionsFile, positions(rows, func(standing []table.Statement) error {
		for _, r := range standing {
			fin.overall.add(r)
		}
		return sortSeries(standing, s)
	}))
	if err != nil {
		return err
	}
	if err := fin.addDenied(s, denied); err != nil {
		return err
	}
	return write(fin, seriesFile, seriesRows(s.sorted(), func(host, month string) int32 { return read[hostMonth{host, month}] }))
}

// addDenied takes the rows of random samples that a person took away, which no
// part holds any more, into the corrected shares.
func (fin *finisher) addDenied(s *sorter, days map[string]*time.Time) error {
	for _, u := range fin.units {
		day, here := days[u.ArticleID]
		r := deniedRow(u, fin.registry)
		if !here || r == nil {
			continue
		}
		r.PublishedDay = day
		fin.overall.add(*r)
		if err := addSeries(s, *r, out); err != nil {
			return err
		}
	}
	return nil
}

// standingRows is the statements that positions and series are made of, with
// all rows of an article together. In a folder of quotes the articles are
// contexts, which come again: there the rows are sorted.
func (fin *finisher) standingRows() (rows iter.Seq2[table.Statement, error], done func(), err error) {
	rows = fin.statements(positionColumns...)
	if !fin.quotes {
		return rows, func() {}, nil
	}
	s := newSorter(fin.f.work(), "standings")
	for r, err := range rows {
		if err == nil {
			err = s.add(r.ArticleID, encodeRow(r))
		}
		if err != nil {
			s.close()
			return nil, nil, err
		}
	}
	return decodeRows(s.sorted()), s.close, nil
}

func (fin *finisher) writeActors() error {
	s := newSorter(fin.f.work(), "actors")
	defer s.close()
	if err := sortActors(fin.statements(actorColumns...), s); err != nil {
		return err
	}
	return write(fin, actorsFile, actorRows(s.sorted(), fin.registry))
}

// storyColumns are the columns of articles that links are made of.
var storyColumns = []string{"article_id", "input", "url", "published_at", "published_day", "body"}

// readStories signs the articles that have a body.
func (fin *finisher) readStories() (*stories, error) {
	found := &stories{}
	for _, name := range fin.parts {
		for a, err := range table.Rows[table.Article](fin.f.join(articlesDir, name), storyColumns...) {
			if err == nil {
				err = fin.ctx.Err()
			}
			if err != nil {
				return nil, err
			}
			if a.Body != nil && !(fin.quotes && found.has(a.ArticleID)) {
				found.add(a, name)
			}
		}
	}
	return found, nil
}

func (fin *finisher) writeLinks() error {
	u := newUtterances(fin.f.work())
	defer u.close()
	if err := u.read(fin.statements("quote", "holder_id", "utterance_id")); err != nil {
		return err
	}
	found, err := fin.readStories()
	if err != nil {
		return err
	}
	return write(fin, linksFile, func(yield func(table.Link, error) bool) {
		for _, links := range []iter.Seq[table.Link]{u.links(), found.links()} {
			for l := range links {
				if !yield(l, nil) {
					return
				}
			}
		}
	})
}
