package transformer

import "testing"

func TestRelativeBucketsByHand(t *testing.T) {
	// From transformers' MPNetEncoder.relative_position_bucket with 32 buckets.
	for distance, want := range map[int]int{0: 0, 1: 17, -1: 1, 7: 23, -7: 7, 8: 24, -8: 8, 11: 24, 12: 25, 16: 26, -20: 10, 32: 28, -64: 14, 90: 30, 91: 31, 127: 31, -500: 15} {
		if got := RelativeBucket(distance); got != want {
			t.Errorf("RelativeBucket(%d) = %d, not %d", distance, got, want)
		}
	}
}
