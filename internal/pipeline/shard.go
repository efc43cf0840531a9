package pipeline

import (
	"fmt"
	"strconv"
	"strings"
)

// A Shard is the i-th of n equal shares of all articles, by id: what one of n
// machines labels. The zero Shard is all of them.
type Shard struct{ I, N int }

// ParseShard reads "i/n", with i from 1 to n.
func ParseShard(s string) (Shard, error) {
	i, n, ok := strings.Cut(s, "/")
	a, err1 := strconv.Atoi(i)
	b, err2 := strconv.Atoi(n)
	if !ok || err1 != nil || err2 != nil || a < 1 || a > b {
		return Shard{}, fmt.Errorf("shard %q is not i/n with i from 1 to n", s)
	}
	return Shard{a, b}, nil
}

// holds reports whether the article falls on this shard.
func (s Shard) holds(id uint64) bool { return s.N == 0 || id%uint64(s.N) == uint64(s.I-1) }

// part is the file name of the shard's k-th part.
func (s Shard) part(k int) string { return fmt.Sprintf("%s%05d.parquet", s.prefix(), k) }

func (s Shard) prefix() string {
	if s.N == 0 {
		return "part-"
	}
	return fmt.Sprintf("part-%dof%d-", s.I, s.N)
}

// next is the number of the part after those of this shard among names.
func (s Shard) next(names []string) int {
	next := 0
	for _, name := range names {
		digits, ok := strings.CutPrefix(strings.TrimSuffix(name, ".parquet"), s.prefix())
		if k, err := strconv.Atoi(digits); ok && err == nil {
			next = max(next, k+1)
		}
	}
	return next
}
