package transformer

import (
	"math"
	"testing"
)

// TestSixteenBits: every number of 16 bits survives the way to float32 and
// back, and numbers between two go to the nearest, half-way to the even one.
func TestSixteenBits(t *testing.T) {
	for _, kind := range []struct {
		name     string
		float    func(uint16) float32
		bits     func(float32) uint16
		infinity uint16
	}{{"float16", halfToFloat, floatToHalf, 0x7c00}, {"bfloat16", bfloatToFloat, floatToBfloat, 0x7f80}} {
		for b := range 1 << 16 {
			if got := kind.bits(kind.float(uint16(b))); got != uint16(b) {
				t.Fatalf("%s %#04x comes back as %#04x", kind.name, b, got)
			}
		}
		for b := range kind.infinity - 1 {
			low, high := float64(kind.float(b)), float64(kind.float(b+1))
			half := float32((low + high) / 2)
			for x, want := range map[float32]uint16{
				half: b + b&1, math.Nextafter32(half, 0): b, math.Nextafter32(half, math.MaxFloat32): b + 1,
			} {
				if got := kind.bits(x); got != want && half != 0 {
					t.Fatalf("%s of %g is %#04x, want %#04x", kind.name, x, got, want)
				}
				if got := kind.bits(-x); got != want|0x8000 && half != 0 {
					t.Fatalf("%s of %g is %#04x, want %#04x", kind.name, -x, got, want|0x8000)
				}
			}
		}
		if got := kind.bits(float32(math.Inf(1))); got != kind.infinity {
			t.Errorf("%s of infinity is %#04x", kind.name, got)
		}
	}
}
