package data_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"standpoint/internal/labels"
)

// actorTypes are those of mentions: an actor's, and author.
var actorTypes = []string{"person", "office", "organisation", "government", "legislature", "party", "militia", "bloc", "people", "media", "author", "unnamed"}

// TestMentions: every article has its mentions, inside its body, under names in
// the guide's form.
func TestMentions(t *testing.T) {
	bodies := map[string]string{}
	list, err := readArticles("gold/articles/news.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		bodies[a.ArticleID] = a.Body
	}
	f, err := os.Open("gold/mentions/news.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	layer, err := labels.ReadMentions(f, "news.jsonl", bodies)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range layer {
		if _, ok := bodies[a.ArticleID]; !ok {
			t.Errorf("%s has mentions twice", a.ArticleID)
		}
		delete(bodies, a.ArticleID)
		for _, e := range a.Entities {
			bad := titled.MatchString(e.Name) && !named.MatchString(e.Name)
			if e.Type != "person" { // a paper may be called The ..., a body General ...
				bad = strings.HasPrefix(strings.ToLower(e.Name), "the ") && e.Type != "media"
			}
			if bad {
				t.Errorf("%s: %q is not in the guide's form", a.ArticleID, e.Name)
			}
			if !slices.Contains(actorTypes, e.Type) {
				t.Errorf("%s: %q is a %q", a.ArticleID, e.Name, e.Type)
			}
		}
	}
	for id := range bodies {
		t.Errorf("%s has no mentions", id)
	}
}
