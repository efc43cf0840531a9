package pipeline

import (
	"cmp"
	"hash/fnv"
	"iter"
	"time"

	"standpoint/internal/similar"
	"standpoint/internal/table"
)

// stories groups the articles that have a body into stories of near copies.
// An article costs a signature and a few words of memory.
type stories struct {
	index similar.Index
	seen  []printed
	atURL map[uint64]int // url -> the last article read there
}

// printed is one article of a story.
type printed struct {
	id         string
	at         time.Time // as exactly as known; zero if undated
	supersedes int       // the article whose text this one's replaced at its url, or -1
}

func newStories() *stories { return &stories{atURL: map[uint64]int{}} }

func (s *stories) add(a table.Article) {
	p := printed{id: a.ArticleID, supersedes: -1}
	if t := cmp.Or(a.PublishedAt, a.PublishedDay); t != nil {
		p.at = *t
	}
	if a.URL != "" {
		h := fnv.New64a()
		h.Write([]byte(a.URL))
		if earlier, ok := s.atURL[h.Sum64()]; ok {
			p.supersedes = earlier
		}
		s.atURL[h.Sum64()] = len(s.seen)
	}
	s.seen = append(s.seen, p)
	s.index.Add(a.ArticleID, similar.Sign(*a.Body))
}

// links yields a link for each article, in the order of the parts.
func (s *stories) links() iter.Seq[table.Link] {
	return func(yield func(table.Link) bool) {
		groups := s.index.Groups()
		first := s.firsts(groups)
		for i, p := range s.seen {
			l := table.Link{Kind: "article", ID: p.id, StoryID: groups[i], IsFirst: first[groups[i]] == i}
			if p.supersedes >= 0 {
				l.Supersedes = s.seen[p.supersedes].id
			}
			if !yield(l) {
				return
			}
		}
	}
}

// firsts finds each story's first article: the earliest dated one, or else the
// first that was read.
func (s *stories) firsts(groups []string) map[string]int {
	first := map[string]int{}
	for i, g := range groups {
		k, ok := first[g]
		if !ok || earlier(s.seen[i].at, s.seen[k].at) {
			first[g] = i
		}
	}
	return first
}

// earlier reports whether a is before b; a date is before none.
func earlier(a, b time.Time) bool {
	return !a.IsZero() && (b.IsZero() || a.Before(b))
}
