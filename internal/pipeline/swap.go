package pipeline

import (
	"errors"
	"io/fs"
	"os"

	"standpoint/internal/table"
)

// A swap is a set of renames from the work folder that must all happen: it is
// written down before the first one, so that a run after a kill brings it to
// its end.
type swap struct {
	Renames []rename
}

type rename struct {
	From string // path inside the folder
	To   string
}

// commitSwap writes s down and carries it out.
func (f *folder) commitSwap(s swap) error {
	if err := writeJSON(f.work(swapFile), s); err != nil {
		return err
	}
	return f.finishSwap()
}

// finishSwap carries out a swap that was written down, if there is one.
// Renames that have happened already are passed over.
func (f *folder) finishSwap() error {
	var s swap
	there, err := readJSON(f.work(swapFile), &s)
	if err != nil || !there {
		return err
	}
	for _, r := range s.Renames {
		err := table.Commit(table.Move{From: f.join(r.From), To: f.join(r.To)})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.Remove(f.work(swapFile))
}
