package pipeline

import (
	"cmp"
	"hash/fnv"
	"iter"
	"math/rand/v2"
	"slices"

	"standpoint/internal/table"
)

// leastCertain is the probability under which a row doesn't count towards a
// position (guide, section 9).
const leastCertain = 0.5

// positionColumns are the columns of statements that positions and series are
// made of.
var positionColumns = []string{
	"published_day", "outlet", "host_country", "holder", "holder_side", "stance", "abstained", "stance_strength",
	"is_headline", "holder_group", "own_words", "holder_id",
	"stance_p_favor", "stance_p_against", "stance_p_mixed", "stance_p_neutral", "stance_p_unrelated",
	"utterance_id", "article_id", "label_source", "sample", "sample_weight",
}

// standings yields the rows of each holder, host country and article, in the
// order of the parts.
func standings(rows iter.Seq2[table.Statement, error]) iter.Seq2[[]table.Statement, error] {
	return func(yield func([]table.Statement, error) bool) {
		var article []table.Statement
		flush := func() bool {
			slices.SortStableFunc(article, func(a, b table.Statement) int {
				return cmp.Or(cmp.Compare(a.HolderID, b.HolderID), cmp.Compare(a.HostCountry, b.HostCountry))
			})
			for len(article) > 0 {
				n := 1
				for n < len(article) && article[n].HolderID == article[0].HolderID && article[n].HostCountry == article[0].HostCountry {
					n++
				}
				if !yield(article[:n:n], nil) {
					return false
				}
				article = article[n:]
			}
			return true
		}
		for r, err := range rows {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(article) > 0 && article[0].ArticleID != r.ArticleID && !flush() {
				return
			}
			article = append(article, r)
		}
		flush()
	}
}

// counting is those rows of a standing that count (guide, section 9): not
// unrelated, not abstained, certain enough; body before headline; own words
// before what others say; of the rest, an utterance once.
func counting(standing []table.Statement) []table.Statement {
	var rows []table.Statement
	for _, r := range standing {
		if r.Stance != "unrelated" && !r.Abstained && certain(r) >= leastCertain {
			rows = append(rows, r)
		}
	}
	rows = prefer(rows, func(r table.Statement) bool { return !r.IsHeadline })
	rows = prefer(rows, func(r table.Statement) bool { return r.OwnWords })
	seen := map[string]bool{}
	return slices.DeleteFunc(rows, func(r table.Statement) bool {
		again := seen[r.UtteranceID]
		seen[r.UtteranceID] = true
		return again
	})
}

// prefer is the rows that are good, or all if none is.
func prefer(rows []table.Statement, good func(table.Statement) bool) []table.Statement {
	var kept []table.Statement
	for _, r := range rows {
		if good(r) {
			kept = append(kept, r)
		}
	}
	if len(kept) == 0 {
		return rows
	}
	return kept
}

// certain is the probability of a row's label; a person's is 1.
func certain(r table.Statement) float64 {
	if r.LabelSource == "human" {
		return 1
	}
	p := r.StanceP()
	return slices.Max(p[:])
}

// positions yields the position of each holder, host country and article in
// which at least one row counts, and shows every standing to see.
func positions(rows iter.Seq2[table.Statement, error], see func([]table.Statement) error) iter.Seq2[table.Position, error] {
	return func(yield func(table.Position, error) bool) {
		for standing, err := range standings(rows) {
			if err == nil {
				err = see(standing)
			}
			if err != nil {
				yield(table.Position{}, err)
				return
			}
			if p, ok := position(standing); ok && !yield(p, nil) {
				return
			}
		}
	}
}

// position is the article-level rule for one standing; false if no row counts.
func position(standing []table.Statement) (table.Position, bool) {
	rows := counting(standing)
	first := standing[0]
	p := table.Position{
		HolderID: first.HolderID, Holder: first.Holder, HolderSide: first.HolderSide, HolderGroup: first.HolderGroup,
		HostCountry: first.HostCountry, ArticleID: first.ArticleID, PublishedDay: first.PublishedDay, Outlet: first.Outlet,
	}
	if len(rows) == 0 {
		return p, false
	}
	p.NStatements = int32(len(rows))
	for _, r := range standing {
		if r.Abstained && r.Stance != "unrelated" {
			p.NAbstained++
		}
	}
	for _, r := range rows {
		p.OwnWords = p.OwnWords || r.OwnWords
		switch r.Stance {
		case "favor":
			p.NFavor++
		case "against":
			p.NAgainst++
		case "mixed":
			p.NMixed++
		case "neutral":
			p.NNeutral++
		}
	}
	taken := slices.DeleteFunc(slices.Clone(rows), func(r table.Statement) bool { return r.Stance == "neutral" })
	p.Score = score(taken)
	p.Position = positionOf(p, p.Score)
	p.Low, p.High = scoreInterval(taken, p)
	return p, true
}

// positionOf names the position of counted rows with the given score.
func positionOf(p table.Position, score float64) string {
	switch {
	case p.NFavor+p.NAgainst+p.NMixed == 0:
		return "neutral"
	case p.NFavor+p.NAgainst == 0:
		return "mixed"
	case score >= 0.5:
		return "favor"
	case score <= -0.5:
		return "against"
	}
	return "mixed"
}

// score is the mean strength of rows, weighted by how certain each label is.
func score(rows []table.Statement) float64 {
	var sum, weight float64
	for _, r := range rows {
		c := certain(r)
		sum += c * float64(r.StanceStrength)
		weight += c
	}
	if weight == 0 {
		return 0
	}
	return sum / weight
}

// resamples is enough for the 2.5 and 97.5 % points of a handful of rows.
const resamples = 200

// scoreInterval is the 95 % interval of the score by bootstrap over rows. The
// draws depend on the position's identity alone.
func scoreInterval(rows []table.Statement, p table.Position) (low, high float64) {
	if len(rows) < 2 {
		return p.Score, p.Score
	}
	h := fnv.New64a()
	h.Write([]byte(p.ArticleID + p.HolderID + p.HostCountry))
	rng := rand.New(rand.NewPCG(h.Sum64(), 1))
	scores := make([]float64, resamples)
	sample := make([]table.Statement, len(rows))
	for i := range scores {
		for k := range sample {
			sample[k] = rows[rng.IntN(len(rows))]
		}
		scores[i] = score(sample)
	}
	slices.Sort(scores)
	return scores[resamples*25/1000], scores[resamples*975/1000]
}
