package pipeline

import (
	"cmp"
	"hash/fnv"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"standpoint/internal/similar"
	"standpoint/internal/table"
)

// stories groups the articles that have a body into stories of near copies.
// An article costs a signature and a few words of memory.
type stories struct {
	index similar.Index
	seen  []printed
	ids   map[string]bool // kept by has
}

// has reports whether the article was added, and remembers it from then on.
func (s *stories) has(id string) bool {
	if s.ids == nil {
		s.ids = map[string]bool{}
	}
	had := s.ids[id]
	s.ids[id] = true
	return had
}

// printed is one article of a story.
type printed struct {
	id    string
	url   uint64    // hash of the url; 0 for none
	at    time.Time // as exactly as known; zero if undated
	input string
	part  string
}

func (s *stories) add(a table.Article, part string) {
	p := printed{id: a.ArticleID, input: a.Input, part: part}
	if t := cmp.Or(a.PublishedAt, a.PublishedDay); t != nil {
		p.at = *t
	}
	if a.URL != "" {
		h := fnv.New64a()
		h.Write([]byte(a.URL))
		p.url = h.Sum64()
	}
	s.seen = append(s.seen, p)
	s.index.Add(a.ArticleID, similar.Sign(*a.Body))
}

// order is the articles from the first to the last printed. Where dates don't
// tell, the name and number of the input does (it is the same however a run is
// shared out), and then the part: a later night comes later.
func (s *stories) order() []int {
	order := make([]int, len(s.seen))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &s.seen[i], &s.seen[j]
		return cmp.Or(compareDates(a.at, b.at), compareInputs(a.input, b.input), cmp.Compare(a.part, b.part), cmp.Compare(a.id, b.id))
	})
	return order
}

// compareDates puts dated before undated.
func compareDates(a, b time.Time) int {
	if a.IsZero() != b.IsZero() {
		if a.IsZero() {
			return 1
		}
		return -1
	}
	return a.Compare(b)
}

// compareInputs compares the names of two inputs, and their line or record
// numbers as numbers.
func compareInputs(a, b string) int {
	x, m := cutNumber(a)
	y, n := cutNumber(b)
	return cmp.Or(cmp.Compare(x, y), cmp.Compare(m, n))
}

func cutNumber(input string) (name string, number int) {
	i := strings.LastIndexByte(input, '#')
	n, err := strconv.Atoi(input[i+1:])
	if i < 0 || err != nil {
		return input, 0
	}
	return input[:i], n
}

// links yields a link for each article, in the order of the parts.
func (s *stories) links() iter.Seq[table.Link] {
	return func(yield func(table.Link) bool) {
		groups := s.index.Groups()
		first := map[string]int{} // by group
		atURL := map[uint64]int{} // the last so far
		supersedes := make([]string, len(s.seen))
		for _, i := range s.order() {
			if _, ok := first[groups[i]]; !ok {
				first[groups[i]] = i
			}
			if url := s.seen[i].url; url != 0 {
				if earlier, ok := atURL[url]; ok {
					supersedes[i] = s.seen[earlier].id
				}
				atURL[url] = i
			}
		}
		for i, p := range s.seen {
			l := table.Link{Kind: "article", ID: p.id, StoryID: groups[i], IsFirst: first[groups[i]] == i, Supersedes: supersedes[i]}
			if !yield(l) {
				return
			}
		}
	}
}
