//go:build !unix

package kernel

import "testing"

// fenced is plain memory where there are no pages to protect.
func fenced[T any](_ testing.TB, n int, _ bool) []T { return make([]T, n, n) }
