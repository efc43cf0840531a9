package pipeline

import (
	"cmp"
	"iter"
	"slices"

	"standpoint/internal/actor"
	"standpoint/internal/table"
)

var actorColumns = []string{
	"holder", "holder_side", "speaker", "actor", "actor_type", "holder_type", "holder_country", "holder_group",
	"reported_by", "actor_id", "holder_id", "reported_by_id", "row_id",
}

// mostAliases is how many surface forms of an actor are listed: the most
// frequent ones say enough.
const mostAliases = 20

// The fields of a sorted actor record.
const (
	recID = iota
	recRole
	recName
	recType
	recCountry
	recGroup
	recActorSide
	recAlias
)

// sortActors sorts one record for each part that an actor plays in a row.
func sortActors(rows iter.Seq2[table.Statement, error], s *sorter) error {
	for r, err := range rows {
		if err != nil {
			return err
		}
		if err := s.add(r.HolderID, "holder", r.Holder, r.HolderType, r.HolderCountry, r.HolderGroup, r.HolderSide, aliasOf(r, r.HolderID)); err != nil {
			return err
		}
		if r.ActorID != r.HolderID {
			if err := s.add(r.ActorID, "actor", r.Actor, r.ActorType, "", "", "", aliasOf(r, r.ActorID)); err != nil {
				return err
			}
		}
		if r.ReportedByID != "" && r.ReportedByID != r.ActorID {
			if err := s.add(r.ReportedByID, "reporter", r.ReportedBy, "", "", "", "", ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// aliasOf is the words that name an actor in a row: the speaker's, where he
// is the actor.
func aliasOf(r table.Statement, id string) string {
	if id == r.ActorID {
		return r.Speaker
	}
	return ""
}

// actorRows makes the rows of actors of sorted records.
func actorRows(records iter.Seq2[[]string, error], registry *actor.Registry) iter.Seq2[table.Actor, error] {
	return func(yield func(table.Actor, error) bool) {
		var seen *sighting
		for r, err := range records {
			if err != nil {
				yield(table.Actor{}, err)
				return
			}
			if seen != nil && seen.ID != r[recID] {
				if !yield(seen.row(registry), nil) {
					return
				}
				seen = nil
			}
			if seen == nil {
				seen = &sighting{Actor: table.Actor{ID: r[recID], Name: r[recName]}, aliases: map[string]int{}, sides: map[string]int{}}
			}
			seen.add(r)
		}
		if seen != nil {
			yield(seen.row(registry), nil)
		}
	}
}

// A sighting gathers the records of one actor.
type sighting struct {
	table.Actor
	aliases, sides map[string]int
}

func (a *sighting) add(r []string) {
	a.NStatements++
	if r[recAlias] != "" && r[recAlias] != a.Name {
		a.aliases[r[recAlias]]++
	}
	if r[recActorSide] != "" {
		a.sides[r[recActorSide]]++
	}
	a.Type = cmp.Or(a.Type, r[recType])
	a.Country = cmp.Or(a.Country, r[recCountry])
	a.Group = cmp.Or(a.Group, r[recGroup])
}

// row is the actor's row: facts from the registry or, for an actor outside it,
// from the rows and the form of its name.
func (a *sighting) row(registry *actor.Registry) table.Actor {
	form := registry.Canonical(a.Name)
	if form.ID == a.ID {
		a.Parent, a.Known = form.Parent, form.Known
		a.Type = cmp.Or(a.Type, form.Type) // a reporter's type stands in no row
		a.Country = cmp.Or(a.Country, form.Country)
		a.Group = cmp.Or(a.Group, form.Group)
	}
	a.Aliases = frequent(a.aliases)
	a.Aliases = a.Aliases[:min(len(a.Aliases), mostAliases)]
	a.Side = actor.SideOther
	if s := frequent(a.sides); len(s) > 0 {
		a.Side = s[0]
	}
	return a.Actor
}

// frequent is the keys of counts, the most frequent first, ties by name.
func frequent(counts map[string]int) []string {
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	return keys
}
