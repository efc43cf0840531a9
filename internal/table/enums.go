package table

// The closed enums, each in the contract's order. Their columns are ordered
// categories to readers, with all values in every file. A column whose list
// knows "none" takes "" for it.
var (
	Stances    = []string{"favor", "against", "mixed", "neutral", "unrelated"}
	Sentiments = []string{"positive", "neutral", "negative"}
	Kinds      = []string{"direct", "indirect", "mixed", "act"}
	Voices     = []string{none, "author", "narrator"}
	Sides      = []string{"us", "host", "other"}
	Fields     = []string{"body", "title"}
	ActorTypes = []string{"person", "office", "organisation", "government", "legislature", "party", "militia", "bloc", "people", "media", "author", "unnamed"}
	Precisions = []string{"second", "day", none}

	Genres   = []string{"news", "opinion", "analysis", "interview", "transcript", "other"}
	Statuses = []string{"labelled", "no_statement", "off_topic", "filtered", "broken"}

	LabelSources = []string{"model", "human"}
	Samples      = []string{none, "random", "uncertain"} // how a row came to be checked by a person

	Positions = Stances[:4]                // an article-level position is never unrelated
	Levels    = []string{"holder", "side"} // of the rows of series
	LinkKinds = []string{"utterance", "article"}
)

const none = "none"

// enums names the lists for the tags of the row structs.
var enums = map[string][]string{
	"stance":       Stances,
	"sentiment":    Sentiments,
	"kind":         Kinds,
	"voice":        Voices,
	"side":         Sides,
	"field":        Fields,
	"actor_type":   ActorTypes,
	"precision":    Precisions,
	"genre":        Genres,
	"status":       Statuses,
	"label_source": LabelSources,
	"sample":       Samples,
	"position":     Positions,
	"level":        Levels,
	"link_kind":    LinkKinds,
}
