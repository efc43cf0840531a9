// Package actor knows who can hold a position: persons, offices, bodies,
// governments, parties, militias, peoples and unnamed sources. It finds their
// mentions in a document and resolves each to a canonical Actor: by the
// registry (data/actors, with offices held from one day to another), by what
// the article itself introduced (surnames, titles, pronouns), or by rule
// ("Iraq's parliament" -> Iraqi parliament).
//
//	r := actor.NewResolver(registry, doc, hosts, published, outlet, byline)
//	m := r.Resolve(span) // m.Actor.Name == "Mike Pompeo", m.Rule == "surname"
//
// The flow: NewResolver cuts the text into noun phrases (chunker), enrols the
// persons they introduce with what they call them (introduce), and keeps each
// resolved phrase as a possible antecedent (refer). Resolve, ResolveAll and
// MentionsIn cut their span the same way and settle each phrase by its head: a
// name, an office, a body, a group, a document, a pronoun.
//
// Package actor does not find statements and holds no opinion on stance. It
// never supplies a name that the article does not give: an office is linked
// only to a holder whom the article names.
package actor

import "standpoint/internal/text"

// The types of actors.
const (
	Person       = "person"
	Office       = "office"
	Organisation = "organisation"
	Government   = "government"
	Legislature  = "legislature"
	Party        = "party"
	Militia      = "militia"
	Bloc         = "bloc"
	People       = "people"
	Media        = "media"
	Author       = "author"
	Unnamed      = "unnamed"
)

// Types lists the types of actors in the contract's order.
var Types = []string{Person, Office, Organisation, Government, Legislature, Party, Militia, Bloc, People, Media, Author, Unnamed}

// The sides of an actor relative to a host country.
const (
	SideUS    = "us"
	SideHost  = "host"
	SideOther = "other"
)

// An Actor is a holder of positions under its canonical name (labelling
// guide, section 4).
type Actor struct {
	ID      string // registry slug, else "x_" + hash of the canonical name
	Name    string // canonical: "Lloyd Austin", "Iraqi parliament", "Sunni lawmakers (Iraq)"
	Type    string // one of Types
	Country string // usual English short name, "United States", or ""
	Group   string // topmost parent, such as "US executive", or ""
	Parent  string // id of the parent in the registry, or ""
	Known   bool   // in the registry
}

// Zero reports whether a names nobody.
func (a Actor) Zero() bool { return a.Name == "" }

// Is reports whether a and b are one actor. Ids of actors outside the registry
// are hashes, so names have to agree too.
func (a Actor) Is(b Actor) bool { return a.ID == b.ID && a.Name == b.Name }

// Side is the actor's side relative to the host country of a row:
// SideUS, SideHost or SideOther.
func (a Actor) Side(host string) string {
	switch {
	case a.Country == "United States":
		return SideUS
	case a.Country != "" && a.Country == CountryOf(host):
		return SideHost
	}
	return SideOther
}

// CountryOf is the country of a host name: "Japan" of "Japan/Okinawa".
func CountryOf(host string) string {
	for i := 0; i < len(host); i++ {
		if host[i] == '/' {
			return host[:i]
		}
	}
	return host
}

// A Mention is a place in the text that names an actor.
type Mention struct {
	text.Span // of the words that name the actor; empty if the text has none
	Actor     Actor
	Head      string // the noun that heads them, in small letters: "lawmakers"; "" for names and countries
	Title     string // the title before a name: "general"
	Country   string // that they name themselves: "Iraq" of "an Iraqi official"
	Gender    string // "m" or "f" where the words, the name or the article tell
	Plural    bool
	Rule      string // how it was resolved: "registry", "surname", "office", "metonym", "pronoun", "adjective+body", "group+country", "unnamed", "author", "none" ...
}
