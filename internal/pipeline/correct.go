package pipeline

import (
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"slices"

	"standpoint/internal/actor"
	"standpoint/internal/labels"
	"standpoint/internal/table"
)

// LeastChecked is how many rows of a random sample people must have checked
// before a corrected share is given.
const LeastChecked = 100

// A Share is a share with its 95 % interval.
type Share struct {
	Value float64 `json:"share"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// An estimate gathers what corrected shares are made of: how often the model
// gave each stance, and on the rows of a random sample what people said.
type estimate struct {
	rows   float64
	model  [4]float64 // rows by the model's stance
	checks []check
}

// A check is a row that a person checked in a random sample.
type check struct {
	article      string
	weight       float64
	model, human int // index of the stance; 4 if it has no share
}

// isChecked reports whether a person checked a row in a random sample.
func isChecked(r table.Statement) bool {
	return r.LabelSource == "human" && r.Sample == randomSample && r.SampleWeight > 0
}

// count takes in a row, and a check if it is one.
func (e *estimate) count(article string, model, human int, weight float64, checked bool) {
	e.rows++
	if model < 4 {
		e.model[model]++
	}
	if checked {
		e.checks = append(e.checks, check{article, weight, model, human})
	}
}

// correct is the corrected shares of the four stances, with a 95 % bootstrap
// over the sample's articles; nil if too few rows were checked. What is drawn
// depends on the name alone.
func (e *estimate) correct(name string) *[4]Share {
	if len(e.checks) < LeastChecked {
		return nil
	}
	byArticle := map[string][]check{}
	for _, c := range e.checks {
		byArticle[c.article] = append(byArticle[c.article], c)
	}
	var articles [][]check
	for _, id := range slices.Sorted(maps.Keys(byArticle)) {
		articles = append(articles, byArticle[id])
	}
	var out [4]Share
	for i, v := range e.shares(slices.Concat(articles...)) {
		out[i].Value = v
	}
	h := fnv.New64a()
	h.Write([]byte(name))
	rng := rand.New(rand.NewPCG(h.Sum64(), 2))
	draws := [4][]float64{}
	var sample []check
	for range 5 * resamples {
		sample = sample[:0]
		for range articles {
			sample = append(sample, articles[rng.IntN(len(articles))]...)
		}
		for i, v := range e.shares(sample) {
			draws[i] = append(draws[i], v)
		}
	}
	for i, d := range draws {
		slices.Sort(d)
		out[i].Low, out[i].High = d[len(d)*25/1000], d[len(d)*975/1000]
	}
	return &out
}

// shares estimates, from a sample of checks, what people would say of all
// rows: for each stance the sample's own share, moved by how the model's share
// of all rows differs from that of the sample. By how much follows from how
// well the model agrees with people there (prediction-powered inference with
// the tuned weight of its authors): a model that is no better than chance moves
// nothing. The shares are those of rows with one of the four stances.
func (e *estimate) shares(sample []check) [4]float64 {
	var out [4]float64
	total := 0.0
	for s := range out {
		out[s] = max(0, e.share(sample, s))
		total += out[s]
	}
	for s := range out {
		if total > 0 {
			out[s] /= total
		}
	}
	return out
}

// share is the share of all rows to which people would give stance s.
func (e *estimate) share(sample []check, s int) float64 {
	var weight, human, model, both float64
	for _, c := range sample {
		weight += c.weight
		if c.human == s {
			human += c.weight
		}
		if c.model == s {
			model += c.weight
			if c.human == s {
				both += c.weight
			}
		}
	}
	human, model, both = human/weight, model/weight, both/weight
	tuned := 0.0
	if spread := model * (1 - model); spread > 0 {
		tuned = min(max((both-human*model)/spread, 0), 1)
	}
	return human + tuned*(e.model[s]/e.rows-model)
}

// A Corrected is the shares of the stances towards one host country, or all,
// by the model and as people would give them.
type Corrected struct {
	HostCountry string           `json:"host_country"` // "" for all
	NChecked    int              `json:"n_checked"`    // rows of a random sample
	Rows        int              `json:"rows"`
	Model       [4]float64       `json:"-"`
	Shares      map[string]Share `json:"shares,omitempty"` // by stance; nil under LeastChecked
}

// overall gathers estimates for all rows and by host country.
type overall map[string]*estimate

func (o overall) add(r table.Statement) {
	for _, host := range []string{"", r.HostCountry} {
		if o[host] == nil {
			o[host] = &estimate{}
		}
		o[host].count(r.ArticleID, stanceIndex(ModelStance(r)), stanceIndex(r.Stance), r.SampleWeight, isChecked(r))
		if r.HostCountry == "" {
			return
		}
	}
}

// corrected is what a person is told: all rows, then the host countries that
// enough checks fall on. Nothing if nothing was checked.
func (o overall) corrected() []Corrected {
	var out []Corrected
	for _, host := range slices.Sorted(maps.Keys(o)) {
		e := o[host]
		c := Corrected{HostCountry: host, NChecked: len(e.checks), Rows: int(e.rows)}
		if n := sum(e.model[:]); n > 0 {
			for i, v := range e.model {
				c.Model[i] = v / n
			}
		}
		if shares := e.correct(host); shares != nil {
			c.Shares = map[string]Share{}
			for i, s := range shares {
				c.Shares[seriesStances[i]] = s
			}
		}
		if c.NChecked > 0 && (c.Shares != nil || host == "") {
			out = append(out, c)
		}
	}
	return out
}

// deniedRow is the row that a person's label took away, as far as the
// corrected shares need it: one of a random sample that the model found, and
// that has no stance. Nil for other labels.
func deniedRow(u labels.Unit, registry *actor.Registry) *table.Statement {
	stance := slices.Index(table.Stances, u.Suggested)
	if u.Stance != labels.NoStatement || u.Sample != randomSample || u.SampleWeight <= 0 || stance < 0 {
		return nil
	}
	holder := registry.Canonical(u.Holder)
	r := &table.Statement{
		ArticleID: u.ArticleID, HostCountry: u.HostCountry, Holder: holder.Name, HolderID: holder.ID, HolderSide: holder.Side(u.HostCountry),
		Stance: labels.Stances[labels.Unrelated], LabelSource: "human", Sample: u.Sample, SampleWeight: u.SampleWeight,
	}
	*[]*float64{&r.StancePFavor, &r.StancePAgainst, &r.StancePMixed, &r.StancePNeutral, &r.StancePUnrelated}[stance] = 1
	return r
}
