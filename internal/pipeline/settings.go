package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"standpoint/internal/actor"
	"standpoint/internal/features"
	"standpoint/internal/model"
	"standpoint/internal/statement"
	"standpoint/internal/table"
)

// PartSize is how many new articles make a part. Small enough that a killed
// night loses seconds, large enough that readers open few files.
const PartSize = 1000

// Settings is what the rows of a folder depend on, beside the articles. Two
// runs into one folder must agree in it.
type Settings struct {
	Model    model.Classifier
	Registry *actor.Registry
	Hosts    []string // host countries to label for; nil: found per article
	Keep     []string // input columns copied to articles as in_*
	Quotes   bool     // inputs are rows that are quotes already
}

// Identity is Settings as a folder remembers it: in the metadata of each part.
type Identity struct {
	Schema      string   `json:"schema"`
	Rules       int      `json:"rules"`
	Features    int      `json:"features"`
	Model       string   `json:"model"`
	ModelDigest string   `json:"model_digest"`
	Registry    string   `json:"registry"`
	Hosts       []string `json:"hosts"`
	Keep        []string `json:"keep"`
	Quotes      bool     `json:"quotes"`
}

// Identity is what is remembered of s.
func (s Settings) Identity() Identity {
	hosts := slices.Clone(s.Hosts)
	slices.Sort(hosts)
	return Identity{
		Schema:      table.SchemaVersion,
		Rules:       statement.Version,
		Features:    features.Version,
		Model:       s.Model.Name(),
		ModelDigest: s.Model.Digest(),
		Registry:    s.Registry.Digest(),
		Hosts:       slices.Compact(hosts),
		Keep:        slices.Clone(s.Keep),
		Quotes:      s.Quotes,
	}
}

// JSON is id in its one canonical form.
func (id Identity) JSON() string {
	b, err := json.Marshal(id)
	if err != nil {
		panic(err) // plain strings and numbers always marshal
	}
	return string(b)
}

// Digest is the settings digest of the parts.
func (id Identity) Digest() string {
	sum := sha256.Sum256([]byte(id.JSON()))
	return hex.EncodeToString(sum[:8])
}

// A SettingsError says that a folder holds rows made with other settings.
type SettingsError struct {
	Part     string   // the part that differs
	Names    []string // what differs: "model", "-host" ...
	Relabels bool     // labelling again would help
}

func (e *SettingsError) Error() string {
	return fmt.Sprintf("%s was made with other settings: %s differs", e.Part, strings.Join(e.Names, ", "))
}

// Settings that labelling again can't change: what they say is not kept.
const (
	keepFlag   = "-keep"
	quotesFlag = "-quotes"
)

// differences names the settings in which two identities differ, in the order
// of the fields of Identity.
func differences(a, b Identity) []string {
	var names []string
	add := func(name string, same bool) {
		if !same {
			names = append(names, name)
		}
	}
	add("schema", a.Schema == b.Schema)
	add("rules", a.Rules == b.Rules)
	add("features", a.Features == b.Features)
	add("model", a.Model == b.Model && a.ModelDigest == b.ModelDigest)
	add("actor registry", a.Registry == b.Registry)
	add("-host", slices.Equal(a.Hosts, b.Hosts))
	add(keepFlag, slices.Equal(a.Keep, b.Keep))
	add(quotesFlag, a.Quotes == b.Quotes)
	return names
}
