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
	finished []uint64          // keys of earlier nights, sorted
	night    map[uint64]uint32 // keys of this night -> rows in its committed parts not yet met again
}

// newLedger reads the keys of f's parts; quotes says that their rows were
// quotes already.
func newLedger(f *folder, quotes bool) (*ledger, error) {
	each := eachID
	if quotes {
		each = eachQuote
	}
	l := &ledger{night: map[uint64]uint32{}}
	for _, name := range f.finished {
		if err := each(f, name, func(key uint64) { l.finished = append(l.finished, key) }); err != nil {
			return nil, err
		}
	}
	slices.Sort(l.finished)
	l.finished = slices.Compact(l.finished)
	for _, name := range f.own {
		if err := each(f, name, func(key uint64) { l.night[key]++ }); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// eachID calls visit with the number of every article_id in an articles part.
func eachID(f *folder, part string, visit func(uint64)) error {
	path := f.join(articlesDir, part)
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

// eachQuote calls visit with the key of every input row of a part of quotes:
// contexts are shared, so that an article_id may stand for many.
func eachQuote(f *folder, part string, visit func(uint64)) error {
	articles, err := table.Read[table.Article](f.join(articlesDir, part), "article_id", "n_statements")
	if err != nil {
		return err
	}
	rows, err := table.Read[table.Statement](f.join(statementsDir, part), "article_id", "input_id", "start_byte", "actor_id", "host_country", "attribution_rule")
	if err != nil {
		return err
	}
	for _, a := range articles {
		key := quoteKey(a.ArticleID, "", 0, "", "")
		if a.NStatements > 0 {
			r := rows[0]
			key = quoteKey(r.ArticleID, r.InputID, int(r.StartByte), r.ActorID, givenHost(r))
			rows = rows[a.NStatements:]
		}
		visit(key)
	}
	return nil
}

// quoteKey tells input rows of quotes apart; a broken one has its article_id
// alone.
func quoteKey(articleID, inputID string, start int, actorID, host string) uint64 {
	n, _ := strconv.ParseUint(hash(articleID, inputID, strconv.Itoa(start), actorID, host), 16, 64)
	return n
}

// The attribution rules of quotes given as rows.
const (
	ruleGiven     = "given"
	ruleGivenHost = "given-host" // with their host country
)

// givenHost is the host country that the input row of r gave, or "".
func givenHost(r table.Statement) string {
	if r.AttributionRule == ruleGivenHost {
		return r.HostCountry
	}
	return ""
}

// admit decides what becomes of the article with the given key, and remembers
// it.
func (l *ledger) admit(key uint64) verdict {
	if _, found := slices.BinarySearch(l.finished, key); found {
		return already
	}
	pending, seen := l.night[key]
	switch {
	case !seen:
		l.night[key] = 0
		return fresh
	case pending > 0:
		l.night[key] = pending - 1
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
