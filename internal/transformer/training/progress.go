package training

import (
	"fmt"
	"io"
	"time"
)

// Progress is how far training is.
type Progress struct {
	Freezing     bool // the states above the frozen layers are being made: steps are batches, without loss
	Step, Steps  int
	Epoch        int // counted from 1
	Loss         float64
	GradientNorm float64       // before clipping
	Rate         float64       // of the encoder's upmost layer
	PerSecond    float64       // examples, in this process
	Left         time.Duration // at that speed
}

// String is one line.
func (p Progress) String() string {
	if p.Freezing {
		return fmt.Sprintf("states of the frozen layers, batch %d of %d: %.1f examples a second, %v left", p.Step, p.Steps, p.PerSecond, p.Left.Round(time.Second))
	}
	return fmt.Sprintf("epoch %d, step %d of %d: loss %.4f, %.1f examples a second, %v left",
		p.Epoch, p.Step, p.Steps, p.Loss, p.PerSecond, p.Left.Round(time.Second))
}

// WriteProgress writes a line to w every so often, and one at the end.
func WriteProgress(w io.Writer, every time.Duration) func(Progress) {
	var last time.Time
	return func(p Progress) {
		if now := time.Now(); p.Step == p.Steps || now.Sub(last) >= every {
			last = now
			fmt.Fprintln(w, p)
		}
	}
}

// A clock tells how fast a run is and when it is to be saved; nothing else
// depends on it.
type clock struct {
	start, save time.Time
	first       int // step it started from
}

func newClock(step int) *clock {
	now := time.Now()
	return &clock{now, now, step}
}

func (c *clock) sinceSave() time.Duration { return time.Since(c.save) }
func (c *clock) saved()                   { c.save = time.Now() }

// progress is after a step of so many, each of so many examples.
func (c *clock) progress(step, steps int, size float64) Progress {
	spent := time.Since(c.start)
	done := step - c.first
	return Progress{
		Step: step, Steps: steps,
		PerSecond: float64(done) * size / spent.Seconds(),
		Left:      spent / time.Duration(done) * time.Duration(steps-step),
	}
}

// report tells the caller of a step's end.
func (t *trainer) report(c *clock, loss, norm float64) {
	if t.opt.Progress == nil {
		return
	}
	p := c.progress(t.step, t.steps, float64(t.examples())/float64(t.perEpoch))
	p.Epoch = (t.step-1)/t.perEpoch + 1
	p.Loss, p.GradientNorm, p.Rate = loss, norm, t.opt.Rate*t.opt.factor(t.step-1, t.steps)
	t.opt.Progress(p)
}

// reportStates tells of a batch whose states are worked out.
func (t *trainer) reportStates(c *clock, batch, batches int) {
	if t.opt.Progress == nil {
		return
	}
	p := c.progress(batch, batches, predictBatch)
	p.Freezing = true
	t.opt.Progress(p)
}
