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
	for group, err := range grouped(u.sorter.sorted(), 1) {
		if err != nil {
			return err
		}
		u.ids = append(u.ids, group[0][0])
		u.groups.Add(group[0][0], group[0][1], group[0][2])
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
