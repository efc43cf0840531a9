package pipeline

import (
	"fmt"
	"slices"
	"strconv"

	"standpoint/internal/table"
)

// A verdict says what becomes of an article that was read.
type verdict int

const (
	fresh     verdict = iota // joins the next part
	copied                   // fresh, but the night has this article_id already: a filtered row
	committed                // stands in a part that this night committed before it was killed
	already                  // an earlier night holds it: no row
)

// A ledger remembers which articles a folder holds, in about 16 bytes an
// article, and decides what becomes of those that are read.
type ledger struct {
	finished []uint64          // ids of earlier nights, sorted
	night    map[uint64]uint32 // ids of this night -> rows in its committed parts not yet met again
}

// newLedger reads the ids of f's parts.
func newLedger(f *folder) (*ledger, error) {
	l := &ledger{night: map[uint64]uint32{}}
	for _, name := range f.finished {
		err := eachID(f.join(articlesDir, name), func(id uint64) { l.finished = append(l.finished, id) })
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(l.finished)
	l.finished = slices.Compact(l.finished)
	for _, name := range f.own {
		if err := eachID(f.join(articlesDir, name), func(id uint64) { l.night[id]++ }); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// eachID calls visit with the number of every article_id in an articles part.
func eachID(path string, visit func(uint64)) error {
	ids, err := table.ReadArticleIDs(path)
	if err != nil {
		return err
	}
	for _, id := range ids {
		n, err := idNumber(id)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		visit(n)
	}
	return nil
}

// admit decides what becomes of the article with the given id, and remembers
// it.
func (l *ledger) admit(id uint64) verdict {
	if _, found := slices.BinarySearch(l.finished, id); found {
		return already
	}
	pending, seen := l.night[id]
	switch {
	case !seen:
		l.night[id] = 0
		return fresh
	case pending > 0:
		l.night[id] = pending - 1
		return committed
	}
	return copied
}

// idNumber is the number that an article_id ("a_" + 16 hex digits) writes.
func idNumber(id string) (uint64, error) {
	if len(id) != 18 || id[:2] != "a_" {
		return 0, fmt.Errorf("article_id %q is not a_ and 16 hex digits", id)
	}
	n, err := strconv.ParseUint(id[2:], 16, 64)
	if err != nil {
		return 0, fmt.Errorf("article_id %q is not a_ and 16 hex digits", id)
	}
	return n, nil
}
