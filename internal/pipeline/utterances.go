package pipeline

import (
	"iter"

	"standpoint/internal/similar"
	"standpoint/internal/table"
)

// utterances groups the utterances of a folder by wording. Each is taken in
// once, however often it was printed.
type utterances struct {
	sorter *sorter
	ids    []string
	groups similar.Utterances
}

func newUtterances(dir string) *utterances { return &utterances{sorter: newSorter(dir, "utterances")} }

func (u *utterances) close() { u.sorter.close() }

// read takes in the rows.
func (u *utterances) read(rows iter.Seq2[table.Statement, error]) error {
	for r, err := range rows {
		if err != nil {
			return err
		}
		if err := u.sorter.add(r.UtteranceID, r.HolderID, r.Quote); err != nil {
			return err
		}
	}
	for r, err := range u.sorter.sorted() {
		if err != nil {
			return err
		}
		if n := len(u.ids); n == 0 || u.ids[n-1] != r[0] {
			u.ids = append(u.ids, r[0])
			u.groups.Add(r[0], r[1], r[2])
		}
	}
	return nil
}

// links yields a link for each utterance, in order of the ids.
func (u *utterances) links() iter.Seq[table.Link] {
	return func(yield func(table.Link) bool) {
		for i, group := range u.groups.Groups() {
			if !yield(table.Link{Kind: "utterance", ID: u.ids[i], GroupID: group}) {
				return
			}
		}
	}
}
