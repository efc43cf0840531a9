package pipeline

import (
	"cmp"
	"container/heap"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"

	"standpoint/internal/table"
)

// SampleOptions says which rows of a folder a person is to check.
type SampleOptions struct {
	N      int    // rows; half of them at random
	Seed   uint64 // of the random half
	Second *Settings
}

// A Picked row is one to check.
type Picked struct {
	Row         table.Statement // Sample and SampleWeight say how it was picked
	Story       string          // of its article's near copies
	Passage     string          // a slice of the field around it
	PassageByte int             // where that starts
}

// The ways of picking rows: values of the column sample.
const (
	randomSample    = "random"
	uncertainSample = "uncertain"
)

// Sample picks rows of the folder at path: half a random sample, each row as
// likely as any other and spread over stories; half those most worth checking,
// where the model is in doubt, a second model differs, holder or host are
// rare. The random half comes first; within a half rows stand as in the folder.
func Sample(ctx context.Context, path string, opt SampleOptions) ([]Picked, error) {
	f := &folder{path: path}
	rows, err := candidates(ctx, f)
	if err != nil {
		return nil, err
	}
	if opt.Second != nil {
		if err := markDisputed(ctx, f, rows, *opt.Second); err != nil {
			return nil, err
		}
	}
	random, weight := drawRandom(rows, (opt.N+1)/2, opt.Seed)
	for _, c := range random {
		c.sample, c.weight = randomSample, weight
	}
	worth := mostWorth(rows, opt.N-len(random))
	for _, c := range worth {
		c.sample = uncertainSample
	}
	return pick(f, append(random, worth...))
}

// A candidate is a row that may be picked.
type candidate struct {
	part, row       int // where it stands
	id, article     string
	story           string
	holder, host    string
	utterance       string
	doubt           float64 // 0 sure to 1: the two best stances are as likely
	disputed        bool    // a second model gives it another stance
	human, sampled  bool    // a person labelled it; in a random sample
	sample          string
	weight          float64
	rarity, penalty float64
}

var candidateColumns = []string{
	"row_id", "article_id", "holder_id", "host_country", "utterance_id", "label_source", "sample",
	"stance_p_favor", "stance_p_against", "stance_p_mixed", "stance_p_neutral", "stance_p_unrelated",
}

// candidates is all rows of the folder.
func candidates(ctx context.Context, f *folder) ([]*candidate, error) {
	stories, err := storiesOf(f)
	if err != nil {
		return nil, err
	}
	parts, err := f.parts()
	if err == nil && len(parts) == 0 {
		err = fmt.Errorf("%s: %w", f.path, ErrNoParts)
	}
	if err != nil {
		return nil, err
	}
	var all []*candidate
	for i, name := range parts {
		n := 0
		for r, err := range table.Rows[table.Statement](f.join(statementsDir, name), candidateColumns...) {
			if err = cmp.Or(err, ctx.Err()); err != nil {
				return nil, err
			}
			all = append(all, &candidate{
				part: i, row: n, id: r.RowID, article: r.ArticleID, story: cmp.Or(stories[r.ArticleID], r.ArticleID),
				holder: r.HolderID, host: r.HostCountry, utterance: r.UtteranceID, doubt: doubt(r),
				human: r.LabelSource == "human", sampled: r.Sample == randomSample,
			})
			n++
		}
	}
	return all, nil
}

// storiesOf maps articles to their stories.
func storiesOf(f *folder) (map[string]string, error) {
	stories := map[string]string{}
	for l, err := range table.Rows[table.Link](f.join(linksFile), "kind", "id", "story_id") {
		if errors.Is(err, fs.ErrNotExist) {
			return stories, nil // shards not yet finished
		}
		if err != nil {
			return nil, err
		}
		if l.Kind == "article" {
			stories[l.ID] = l.StoryID
		}
	}
	return stories, nil
}

// doubt is how near the second best stance comes to the best.
func doubt(r table.Statement) float64 {
	p := r.StanceP()
	slices.Sort(p[:])
	return 1 - (p[4] - p[3])
}

// drawRandom draws n rows, each with the same probability, those left out that
// are in a random sample already. Rows stand by story before every n-th is
// taken: no story gives more than its share. Weight is how many rows each of
// them stands for.
func drawRandom(rows []*candidate, n int, seed uint64) (drawn []*candidate, weight float64) {
	var frame []*candidate
	for _, c := range rows {
		if !c.sampled {
			frame = append(frame, c)
		}
	}
	if n = min(n, len(frame)); n == 0 {
		return nil, 0
	}
	key := map[*candidate][2]uint64{}
	for _, c := range frame {
		key[c] = [2]uint64{seeded(seed, c.story), seeded(seed, c.id)}
	}
	slices.SortFunc(frame, func(a, b *candidate) int {
		x, y := key[a], key[b]
		return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]), cmp.Compare(a.id, b.id))
	})
	weight = float64(len(frame)) / float64(n)
	start := rand.New(rand.NewPCG(seed, 3)).Float64()
	for i := range n {
		drawn = append(drawn, frame[min(int((float64(i)+start)*weight), len(frame)-1)])
	}
	inOrder(drawn)
	return drawn, weight
}

// seeded is a number that is as good as random for each seed.
func seeded(seed uint64, s string) uint64 {
	h := fnv.New64a()
	h.Write(binary.LittleEndian.AppendUint64(nil, seed))
	h.Write([]byte(s))
	x := h.Sum64()
	x = (x ^ x>>33) * 0xff51afd7ed558ccd // FNV alone keeps the order of similar ids
	return x ^ x>>33
}

func inOrder(rows []*candidate) {
	slices.SortFunc(rows, func(a, b *candidate) int { return cmp.Or(cmp.Compare(a.part, b.part), cmp.Compare(a.row, b.row)) })
}

// What makes a row worth checking, beside the doubt of up to 1; and what a
// story, holder or host that has a row already keeps of it. Chosen by looking
// at what comes out, not tuned.
const (
	disputeWorth = 0.5
	rareWorth    = 0.25 // of a holder or host with one row; falls with the root of their number
	storyAgain   = 0.5
	holderAgain  = 0.75
	hostAgain    = 0.9
)

// mostWorth takes the n rows most worth checking that no person has labelled
// and no sample holds, one after the other: each lowers the worth of those of
// its story, holder and host. The same words are taken once.
func mostWorth(rows []*candidate, n int) []*candidate {
	q := &queue{used: map[string]int{}, holders: map[string]int{}, hosts: map[string]int{}, words: map[string]bool{}}
	for _, c := range rows {
		q.holders[c.holder]++
		q.hosts[c.host]++
	}
	for _, c := range rows {
		if !c.human && c.sample == "" {
			c.rarity = rareWorth/math.Sqrt(float64(q.holders[c.holder])) + rareWorth/math.Sqrt(float64(q.hosts[c.host]))
			c.penalty = 1
			q.rows = append(q.rows, c)
		}
	}
	heap.Init(q)
	var taken []*candidate
	for len(taken) < n && q.Len() > 0 {
		c := q.rows[0]
		if p := q.penaltyOf(c); p < c.penalty { // grown since: put it back where it belongs
			c.penalty = p
			heap.Fix(q, 0)
			continue
		}
		heap.Pop(q)
		if !q.words[c.utterance] {
			q.use(c)
			taken = append(taken, c)
		}
	}
	inOrder(taken)
	return taken
}

// worth is how much is learned from checking a row.
func (c *candidate) worth() float64 {
	w := c.doubt + c.rarity
	if c.disputed {
		w += disputeWorth
	}
	return w * c.penalty
}

// A queue holds candidates, the one most worth checking first. Penalties only
// grow, so that the first one is right once its own is up to date.
type queue struct {
	rows           []*candidate
	used           map[string]int // rows taken, by story, holder and host
	holders, hosts map[string]int // rows there are
	words          map[string]bool
}

func (q *queue) penaltyOf(c *candidate) float64 {
	return math.Pow(storyAgain, float64(q.used["s"+c.story])) * math.Pow(holderAgain, float64(q.used["h"+c.holder])) * math.Pow(hostAgain, float64(q.used["c"+c.host]))
}

func (q *queue) use(c *candidate) {
	q.words[c.utterance] = true
	for _, key := range []string{"s" + c.story, "h" + c.holder, "c" + c.host} {
		q.used[key]++
	}
}

func (q *queue) Len() int      { return len(q.rows) }
func (q *queue) Swap(i, j int) { q.rows[i], q.rows[j] = q.rows[j], q.rows[i] }
func (q *queue) Push(x any)    { q.rows = append(q.rows, x.(*candidate)) }
func (q *queue) Less(i, j int) bool {
	a, b := q.rows[i], q.rows[j]
	if x, y := a.worth(), b.worth(); x != y {
		return x > y
	}
	return a.id < b.id
}

func (q *queue) Pop() any {
	last := q.rows[len(q.rows)-1]
	q.rows = q.rows[:len(q.rows)-1]
	return last
}

// pick reads the chosen rows with their passages.
func pick(f *folder, chosen []*candidate) ([]Picked, error) {
	parts, err := f.parts()
	if err != nil {
		return nil, err
	}
	picked := make([]Picked, len(chosen))
	for i, name := range parts {
		at := map[int]int{} // row of the part -> place in picked
		for k, c := range chosen {
			if c.part == i {
				at[c.row] = k
			}
		}
		if len(at) == 0 {
			continue
		}
		if err := pickFrom(f, name, at, chosen, picked); err != nil {
			return nil, err
		}
	}
	return picked, nil
}

func pickFrom(f *folder, name string, at map[int]int, chosen []*candidate, picked []Picked) error {
	wanted := map[string][]int{}
	n := 0
	for r, err := range table.Rows[table.Statement](f.join(statementsDir, name)) {
		if err != nil {
			return err
		}
		if k, ok := at[n]; ok {
			c := chosen[k]
			r.Sample, r.SampleWeight = c.sample, c.weight
			picked[k] = Picked{Row: r, Story: c.story}
			wanted[r.ArticleID] = append(wanted[r.ArticleID], k)
		}
		n++
	}
	for a, err := range table.Rows[table.Article](f.join(articlesDir, name), "article_id", "title", "body") {
		if err != nil {
			return err
		}
		for _, k := range wanted[a.ArticleID] {
			p := &picked[k]
			p.Passage, p.PassageByte = passageOf(a, p.Row)
		}
		delete(wanted, a.ArticleID)
	}
	if len(wanted) > 0 {
		return fmt.Errorf("%s: statements of articles that are not there", filepath.Join(f.path, name))
	}
	return nil
}
