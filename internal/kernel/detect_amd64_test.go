package kernel

import "testing"

// TestTilesAreGranted asks the system for tiles: it must not grant what the processor or
// the system can't save.
func TestTilesAreGranted(t *testing.T) {
	granted := grantsTiles()
	t.Logf("tiles granted: %v, saved: %v", granted, saves(savesAMX))
	if granted && !saves(savesAMX) {
		t.Error("tiles are granted that the system doesn't save")
	}
}
