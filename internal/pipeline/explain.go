package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"

	"standpoint/internal/corpus"
	"standpoint/internal/features"
	"standpoint/internal/model"
	"standpoint/internal/statement"
	"standpoint/internal/table"
	"standpoint/internal/text"
)

// ErrNoRow says that a folder holds no row of that name.
var ErrNoRow = errors.New("no row of statements has this row_id")

// An Account tells how a stored row came about: the same article read and
// judged again, and whether that gives the same row.
type Account struct {
	Row      table.Statement // as stored
	Found    bool            // the statement is found again; else only Row is filled
	Differs  []string        // columns in which the row made again is another
	Instance features.Instance
	Judged   model.Explanation
	RunnerUp *statement.Statement // the next best attribution of the same words; nil if nobody else comes in question
}

// SettingsOf is what the parts of the folder at path were made with.
func SettingsOf(path string) (Identity, error) {
	f := &folder{path: path}
	made, err := f.identities()
	if err != nil {
		return Identity{}, err
	}
	if len(made) == 0 {
		return Identity{}, fmt.Errorf("%s: %w", path, ErrNoParts)
	}
	return made[0].identity, nil
}

// Explain accounts for the row named rowID of the folder at path, with at most
// reasons features that moved its stance. The settings must be those that the
// folder was made with.
func Explain(ctx context.Context, path, rowID string, s Settings, reasons int) (*Account, error) {
	f := &folder{path: path}
	part, err := partWith(f, statementsDir, "row_id", func(r table.Statement) bool { return r.RowID == rowID })
	if err != nil {
		return nil, err
	}
	if part == "" {
		return nil, fmt.Errorf("%s in %s: %w", rowID, filepath.Clean(path), ErrNoRow)
	}
	n := &night{f: f, identity: s.Identity(), opt: Options{Settings: s}}
	if err := n.checkSettings(); err != nil {
		return nil, err
	}
	units, err := f.storedLabels()
	if err != nil {
		return nil, err
	}
	return newLabeller(s, units).account(ctx, f, part, rowID, reasons)
}

// partWith is the name of the first part that holds a row of this kind, told by
// one column of the table in dir; "" if there is none.
func partWith[R table.Row](f *folder, dir, column string, is func(R) bool) (string, error) {
	parts, err := f.parts()
	if err != nil {
		return "", err
	}
	for _, name := range parts {
		for r, err := range table.Rows[R](f.join(dir, name), column) {
			if err != nil {
				return "", err
			}
			if is(r) {
				return name, nil
			}
		}
	}
	return "", nil
}

// account reads and judges the row's article again.
func (l *labeller) account(ctx context.Context, f *folder, part, rowID string, reasons int) (*Account, error) {
	articles, err := table.ReadArticles(f.join(articlesDir, part))
	if err != nil {
		return nil, err
	}
	statements, err := table.ReadStatements(f.join(statementsDir, part))
	if err != nil {
		return nil, err
	}
	for i, rows := range rowsOfArticles(articles, statements) {
		for _, row := range rows {
			if row.RowID == rowID {
				a := storedArticle(&articles[i], rows, l.settings.Quotes)
				account, err := l.accountOf(ctx, row, l.read(a), reasons)
				if err == nil && account.Found && a.Quote == nil {
					account.RunnerUp = l.runnerUp(a, account.Instance.Statement)
				}
				return account, err
			}
		}
	}
	return nil, fmt.Errorf("%s: %w", rowID, ErrNoRow)
}

// runnerUp attributes the words of s once more, without its holder.
func (l *labeller) runnerUp(a *corpus.Article, s statement.Statement) *statement.Statement {
	doc := text.New(a.Title, a.Body)
	t := l.topic(doc)
	second, ok := statement.RunnerUp(doc, t, l.resolver(a, doc, t), s)
	if !ok {
		return nil
	}
	return &second
}

func (l *labeller) accountOf(ctx context.Context, row table.Statement, d draft, reasons int) (*Account, error) {
	a := &Account{Row: row}
	_, rows, err := l.judged(ctx, []draft{d}, runtime.GOMAXPROCS(0))
	if err != nil {
		return nil, err
	}
	for i, again := range rows {
		if again.RowID == row.RowID {
			a.Found = true
			a.Differs = differingColumns(row, again)
			a.Instance = d.cases[i].instance
			a.Judged, err = l.settings.Model.Explain(ctx, a.Instance, reasons)
		}
	}
	return a, err
}

// differingColumns names the columns in which two rows differ.
func differingColumns(a, b table.Statement) []string {
	var names []string
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	for i := range x.NumField() {
		if !reflect.DeepEqual(x.Field(i).Interface(), y.Field(i).Interface()) {
			name, _, _ := strings.Cut(x.Type().Field(i).Tag.Get("col"), ",")
			names = append(names, name)
		}
	}
	return names
}
