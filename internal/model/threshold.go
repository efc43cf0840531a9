package model

import (
	"fmt"
	"slices"
)

// Abstention: rows are kept while they are right often enough.
const (
	keptAccuracy = 0.80 // out of fold, of the rows kept
	leastKept    = 0.60 // but at least this share is kept
)

// chooseThreshold is the least probability at which the rows kept reach
// keptAccuracy on held-out predictions, keeping leastKept of them at least; or
// the one given.
func chooseThreshold(rows []heldOut, c Calibration, given float64) (threshold float64, why string) {
	if given > 0 {
		return given, "given"
	}
	type row struct {
		p     float64
		right bool
	}
	var list []row
	for _, r := range rows {
		p := slices.Clone(r.logits)
		c.apply(p)
		k := argmax(p)
		list = append(list, row{p[k], k == r.class})
	}
	slices.SortFunc(list, func(a, b row) int {
		switch {
		case a.p > b.p:
			return -1
		case a.p < b.p:
			return 1
		}
		return 0
	})
	right, best, kept, accuracy := 0, 0.0, 0, 0.0
	for i, r := range list {
		if r.right {
			right++
		}
		share, acc := float64(i+1)/float64(len(list)), float64(right)/float64(i+1)
		if acc >= keptAccuracy || share <= leastKept {
			best, kept, accuracy = r.p, i+1, acc
		}
	}
	if len(list) == 0 {
		return 0, "no held-out predictions"
	}
	return best, fmt.Sprintf("keeps %.0f %% of held-out rows, %.0f %% of them right", 100*float64(kept)/float64(len(list)), 100*accuracy)
}
