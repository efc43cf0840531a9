// Package labels holds units: statements with the labels a person (or a
// model) gave them, as JSON lines, CSV or Parquet (docs/units.md).
//
// Offsets are bytes and say so in their names. A reader that is given the
// text refuses a unit whose text is not its slice, naming file and line.
package labels

// The stances, in the contract's order; the index is the class of the models.
const (
	Favor = iota
	Against
	Mixed
	Neutral
	Unrelated
	NumStances
)

// Stances names the stances in the contract's order.
var Stances = []string{"favor", "against", "mixed", "neutral", "unrelated"}

// The sentiments, in the contract's order.
const (
	Positive = iota
	NeutralTone
	Negative
	NumSentiments
)

// Sentiments names the sentiments in the contract's order.
var Sentiments = []string{"positive", "neutral", "negative"}
