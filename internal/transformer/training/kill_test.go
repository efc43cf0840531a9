package training

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestKilledProcess kills a process without warning once it has saved, four
// times; then one comes to its end, at the bytes of one left in peace.
func TestKilledProcess(t *testing.T) {
	dir := os.Getenv("STANDPOINT_KILL_DIR")
	if dir != "" { // this is the process
		trainToBeKilled(t, dir)
		return
	}
	whole := t.TempDir()
	if err := child(t, whole).Run(); err != nil {
		t.Fatal(err)
	}
	want := finished(t, whole)
	dir = t.TempDir()
	for kills := range 4 {
		c := child(t, dir)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- c.Wait() }()
		if !saved(dir, done) {
			t.Fatalf("after %d kills: the process ended before it saved", kills)
		}
		c.Process.Kill()
		<-done
	}
	if err := child(t, dir).Run(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, finished(t, dir)) {
		t.Error("killed four times: other weights")
	}
}

// child is this test as a process of its own.
func child(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^TestKilledProcess$")
	c.Env = append(os.Environ(), "STANDPOINT_KILL_DIR="+dir)
	return c
}

// saved waits for a snapshot newer than this call, and tells whether there is
// one before the process ends.
func saved(dir string, done chan error) bool {
	start := time.Now()
	for {
		if info, err := os.Stat(filepath.Join(dir, "snapshot")); err == nil && info.ModTime().After(start) {
			return true
		}
		select {
		case err := <-done:
			done <- err
			return false
		case <-time.After(time.Millisecond):
		}
	}
}

func finished(t *testing.T, dir string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "weights"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// trainToBeKilled is what the process does.
func trainToBeKilled(t *testing.T, dir string) {
	opt := roughOptions()
	opt.Epochs = 100
	opt.Snapshot, opt.SnapshotSteps = filepath.Join(dir, "snapshot"), 7
	weights := learned(t, "bert", 1, opt)
	if err := os.WriteFile(filepath.Join(dir, "part"), weights, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "part"), filepath.Join(dir, "weights")); err != nil {
		t.Fatal(err)
	}
}
