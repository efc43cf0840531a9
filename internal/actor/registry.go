package actor

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"standpoint/internal/text"
)

// A record is an actor of the registry.
type record struct {
	Actor
	gender  byte // 'm', 'f' or 0
	aliases []string
}

// A term is a time in which a holder had an office.
type term struct {
	holder, office int // indices into Registry.records
	from, to       int // days (yyyymmdd); to 0: still
}

func (t term) holds(day int) bool {
	return day == 0 || t.from <= day && (t.to == 0 || day <= t.to)
}

// A Registry is the actors known by name, with their aliases and the offices
// they held. It is safe for concurrent use.
type Registry struct {
	lex      *lexicon
	records  []record
	byID     map[string]int
	byName   map[string]int // folded canonical names, and aliases of one actor without dates
	index    index          // the lexicon's phrases and all names
	entries  text.Words[*entry]
	byHolder map[int][]term
	digest   string
	rows     *tables
}

// tables is what the files say, kept to be extended.
type tables struct{ actors, aliases, offices []row }

// A row is a line of a CSV file by column.
type row struct {
	file  string
	line  int
	cells map[string]string
}

func (r row) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", r.file, r.line, fmt.Sprintf(format, args...))
}

// Load reads the registry from actors.csv (id, name, type, country, parent,
// gender), aliases.csv (id, alias, from, to) and offices.csv (id, office,
// from, to) at the root of fsys. Dates are days (2006-01-02), both inclusive;
// empty ones are open.
func Load(fsys fs.FS) (*Registry, error) {
	r := &tables{}
	h := sha256.New()
	for _, f := range []struct {
		name    string
		rows    *[]row
		columns []string
	}{
		{"actors.csv", &r.actors, []string{"id", "name", "type", "country", "parent", "gender"}},
		{"aliases.csv", &r.aliases, []string{"id", "alias", "from", "to"}},
		{"offices.csv", &r.offices, []string{"id", "office", "from", "to"}},
	} {
		rd, err := fsys.Open(f.name)
		if err != nil {
			return nil, fmt.Errorf("registry: %w", err)
		}
		*f.rows, err = readTable(io.TeeReader(rd, h), f.name, f.columns)
		rd.Close()
		if err != nil {
			return nil, fmt.Errorf("registry: %w", err)
		}
	}
	reg, err := build(r, h)
	if err != nil {
		return nil, fmt.Errorf("registry: %w", err)
	}
	return reg, nil
}

// Extend returns a registry with the actors of a CSV file added: columns name
// and, as needed, id, type, country, parent, gender and aliases (separated by
// semicolons). An id is made of the name where none is given, and the type is
// person. The name is for errors, which tell the line.
func (r *Registry) Extend(rd io.Reader, name string) (*Registry, error) {
	h := sha256.New()
	h.Write([]byte(r.Digest()))
	rows, err := readTable(io.TeeReader(rd, h), name, []string{"name"})
	if err != nil {
		return nil, err
	}
	t := &tables{slices.Clone(r.rows.actors), slices.Clone(r.rows.aliases), slices.Clone(r.rows.offices)}
	for _, row := range rows {
		if row.cells["id"] == "" {
			row.cells["id"] = slug(row.cells["name"])
		}
		if row.cells["type"] == "" {
			row.cells["type"] = Person
		}
		t.actors = append(t.actors, row)
		for _, a := range splitList(row.cells["aliases"]) {
			t.aliases = append(t.aliases, row.with(map[string]string{"id": row.cells["id"], "alias": a}))
		}
	}
	return build(t, h)
}

func (r row) with(cells map[string]string) row { return row{r.file, r.line, cells} }

// readTable reads a CSV file whose first line names the columns.
func readTable(rd io.Reader, file string, required []string) ([]row, error) {
	c := csv.NewReader(rd)
	c.FieldsPerRecord = -1
	header, err := c.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: empty, want columns %s", file, strings.Join(required, ","))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for i := range header {
		header[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(header[i], "\ufeff")))
	}
	for _, col := range required {
		if !slices.Contains(header, col) {
			return nil, fmt.Errorf("%s:1: no column %q", file, col)
		}
	}
	var rows []row
	for {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		line, _ := c.FieldPos(0)
		if len(cells) != len(header) {
			return nil, fmt.Errorf("%s:%d: %d columns, want %d", file, line, len(cells), len(header))
		}
		m := make(map[string]string, len(cells))
		for i, cell := range cells {
			m[header[i]] = strings.TrimSpace(cell)
		}
		rows = append(rows, row{file, line, m})
	}
}

// build checks the tables and makes a registry of them.
func build(t *tables, h hash.Hash) (*Registry, error) {
	r := &Registry{
		lex: lexiconOnce(), byID: map[string]int{}, byName: map[string]int{}, index: index{},
		byHolder: map[int][]term{}, rows: t,
	}
	for k, senses := range r.lex.index {
		r.index[k] = slices.Clone(senses)
	}
	if err := r.addActors(t.actors); err != nil {
		return nil, err
	}
	if err := r.addAliases(t.aliases); err != nil {
		return nil, err
	}
	if err := r.addOffices(t.offices); err != nil {
		return nil, err
	}
	r.index.sort()
	r.fileEntries()
	r.digest = hex.EncodeToString(h.Sum(nil)[:8])
	return r, nil
}

// An entry is all that is known of a word.
type entry struct {
	senses []*sense
	is     trait
}

var unknown = &entry{}

// entry is what is known of a word by its key and the key's hash.
func (r *Registry) entry(key string, h text.Hash) *entry {
	if e, ok := r.entries.Find(key, h); ok {
		return e
	}
	return unknown
}

// fileEntries joins the senses and the traits of words.
func (r *Registry) fileEntries() {
	m := make(map[string]*entry, len(r.index)+len(r.lex.traits))
	for w, senses := range r.index {
		m[w] = &entry{senses: senses}
	}
	for w, t := range r.lex.traits {
		if m[w] == nil {
			m[w] = &entry{}
		}
		m[w].is = t
	}
	r.entries = text.NewWords(m)
}

func (r *Registry) addActors(rows []row) error {
	for _, row := range rows {
		a := Actor{ID: row.cells["id"], Name: row.cells["name"], Type: row.cells["type"], Country: row.cells["country"], Known: true}
		_, twice := r.byID[a.ID]
		named, taken := r.byName[fold(a.Name)]
		_, country := r.lex.byCountry[a.Country]
		switch gender := row.cells["gender"]; {
		case a.Name == "":
			return row.errorf("no name")
		case a.ID != slug(a.ID) || strings.HasPrefix(a.ID, "x_"):
			return row.errorf("id %q is no slug (a-z, 0-9 and hyphens)", a.ID)
		case twice:
			return row.errorf("id %q is given twice", a.ID)
		case taken:
			return row.errorf("name %q is that of %s", a.Name, r.records[named].ID)
		case !slices.Contains(Types, a.Type):
			return row.errorf("type %q, want one of %s", a.Type, strings.Join(Types, ", "))
		case a.Country != "" && !country:
			return row.errorf("country %q is no usual English short name", a.Country)
		case gender != "" && gender != "m" && gender != "f":
			return row.errorf("gender %q, want m, f or nothing", gender)
		}
		rec := record{Actor: a}
		if g := row.cells["gender"]; g != "" {
			rec.gender = g[0]
		}
		r.byID[a.ID] = len(r.records)
		r.byName[fold(a.Name)] = len(r.records)
		r.records = append(r.records, rec)
	}
	return r.addGroups(rows)
}

// addGroups follows each actor's parents up to the topmost.
func (r *Registry) addGroups(rows []row) error {
	parent := func(i int) string { return rows[i].cells["parent"] }
	for i := range r.records {
		at := i
		for steps := 0; parent(at) != ""; steps++ {
			up, ok := r.byID[parent(at)]
			if !ok {
				return rows[at].errorf("parent %q is no actor's id", parent(at))
			}
			if steps > len(r.records) {
				return rows[i].errorf("parents of %s go round in a circle", r.records[i].ID)
			}
			at = up
		}
		if at != i {
			r.records[i].Group = r.records[at].Name
		}
		r.records[i].Parent = parent(i)
		r.index.add(r.records[i].Name, sense{kind: kindKnown, name: r.records[i].Name, country: -1, actor: i})
	}
	return nil
}

func (r *Registry) addAliases(rows []row) error {
	type use struct{ actor, from, to int }
	uses := map[string][]use{}
	for _, row := range rows {
		i, ok := r.byID[row.cells["id"]]
		if !ok {
			return row.errorf("id %q is no actor's", row.cells["id"])
		}
		alias, from, to, err := row.aliasAndDays()
		if err != nil {
			return err
		}
		f := fold(alias)
		if other, ok := r.byName[f]; ok && other != i {
			return row.errorf("alias %q already names %s", alias, r.records[other].ID)
		}
		for _, u := range uses[f] {
			if u.actor != i && (u.to == 0 || from <= u.to) && (to == 0 || u.from <= to) {
				return row.errorf("alias %q also names %s at that time", alias, r.records[u.actor].ID)
			}
		}
		uses[f] = append(uses[f], use{i, from, to})
		if from == 0 && to == 0 {
			r.byName[f] = i
		}
		r.records[i].aliases = append(r.records[i].aliases, alias)
		r.index.add(alias, sense{kind: kindKnown, name: alias, country: -1, actor: i, from: from, to: to})
	}
	return nil
}

func (r row) aliasAndDays() (alias string, from, to int, err error) {
	if alias = r.cells["alias"]; alias == "" {
		return "", 0, 0, r.errorf("no alias")
	}
	from, to, err = r.days()
	return alias, from, to, err
}

// days reads the columns from and to.
func (r row) days() (from, to int, err error) {
	if from, err = parseDay(r.cells["from"]); err != nil {
		return 0, 0, r.errorf("from: %v", err)
	}
	if to, err = parseDay(r.cells["to"]); err != nil {
		return 0, 0, r.errorf("to: %v", err)
	}
	if to != 0 && to < from {
		return 0, 0, r.errorf("to %s is before from %s", r.cells["to"], r.cells["from"])
	}
	return from, to, nil
}

func (r *Registry) addOffices(rows []row) error {
	for _, row := range rows {
		holder, ok := r.byID[row.cells["id"]]
		if !ok {
			return row.errorf("id %q is no actor's", row.cells["id"])
		}
		office, ok := r.byID[row.cells["office"]]
		if !ok || r.records[office].Type != Office {
			return row.errorf("office %q is no office's id", row.cells["office"])
		}
		from, to, err := row.days()
		if err != nil {
			return err
		}
		r.byHolder[holder] = append(r.byHolder[holder], term{holder, office, from, to})
	}
	return nil
}

// parseDay reads 2006-01-02 as 20060102, and nothing as 0.
func parseDay(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	digits := strings.ReplaceAll(s, "-", "")
	n, err := strconv.Atoi(digits)
	month, day := n/100%100, n%100
	if err != nil || len(s) != 10 || len(digits) != 8 || s[4] != '-' || month < 1 || month > 12 || day < 1 || day > 31 {
		return 0, fmt.Errorf("%q is no day like 2006-01-02", s)
	}
	return n, nil
}

// Digest is 16 hex digits of what the registry was made of.
func (r *Registry) Digest() string { return r.digest }

// Len is the number of actors.
func (r *Registry) Len() int { return len(r.records) }

// Aliases lists the names of a known actor beside its canonical one, in the
// order of the files; nil for an actor outside the registry.
func (r *Registry) Aliases(id string) []string {
	if i, ok := r.byID[id]; ok {
		return slices.Clone(r.records[i].aliases)
	}
	return nil
}

// slug is a name as an id: lower case, words joined by hyphens.
func slug(name string) string {
	var b strings.Builder
	for _, c := range fold(name) {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}
