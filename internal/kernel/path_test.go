package kernel

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func TestAvailable(t *testing.T) {
	paths := Available()
	if paths[0] != Portable || !slices.IsSorted(paths) {
		t.Errorf("available: %v, want portable first and the rest rising", paths)
	}
	t.Logf("available: %v, best: %v", paths, Best())
}

func TestChoose(t *testing.T) {
	for _, p := range Available() {
		if got, err := Choose(strings.ToUpper(p.String())); err != nil || got != p {
			t.Errorf("Choose(%v) = %v, %v", p, got, err)
		}
	}
	top := Available()[len(Available())-1]
	if got, err := Choose(""); err != nil || got != top {
		t.Errorf("Choose of nothing = %v, %v, want %v", got, err, top)
	}
	for p := range sets {
		if sets[p] == nil {
			if _, err := Choose(Path(p).String()); err == nil || !strings.Contains(err.Error(), "not available") {
				t.Errorf("Choose(%v), which is not available: %v", Path(p), err)
			}
		}
	}
	if _, err := Choose("sse9"); err == nil || !strings.Contains(err.Error(), "unknown") {
		t.Errorf("Choose of an unknown name: %v", err)
	}
}

func TestBestFollowsTheVariable(t *testing.T) {
	for _, p := range Available() {
		t.Setenv(Variable, p.String())
		if Best() != p {
			t.Errorf("with %v in %s the best is %v", p, Variable, Best())
		}
	}
	t.Setenv(Variable, "sse9")
	if top, _ := Choose(""); Best() != top {
		t.Errorf("an unknown name makes the best %v, want %v", Best(), top)
	}
}

// TestTheVariableIsHeard fails a run that was meant to test a path which isn't
// there: scripts/test-kernels.sh sets it.
func TestTheVariableIsHeard(t *testing.T) {
	if _, err := Choose(os.Getenv(Variable)); err != nil {
		t.Fatal(err)
	}
}

func TestAbsentPathsActAsTheNextBelow(t *testing.T) {
	x := []float32{1}
	for p := Portable; p <= AMX+3; p++ {
		if p.Exp(x, []float32{0}); x[0] != 1 {
			t.Errorf("%v: e^0 = %v", p, x[0])
		}
	}
	if s := Path(200).String(); s != "path 200" {
		t.Errorf("the name of path 200 is %q", s)
	}
}
