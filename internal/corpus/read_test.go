package corpus

import (
	"context"
	"testing"
)

// readAll is every article of inputs, decoded.
func readAll(t testing.TB, opt Options, inputs ...string) []Article {
	t.Helper()
	var all []Article
	err := Read(context.Background(), inputs, opt, func(a Article) error {
		a.Decode()
		all = append(all, a)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
