package main

import (
	"cmp"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"standpoint/internal/pipeline"
)

// A progress shows how far a run is: a bar on a terminal, a line now and then
// elsewhere. Short runs show nothing.
type progress struct {
	out   io.Writer
	start time.Time
	bar   *progressbar.ProgressBar // nil unless out is a terminal
	log   *slog.Logger
	last  time.Time
}

const (
	quietFor = 2 * time.Second  // a run shorter than this shows nothing
	lineGap  = 30 * time.Second // between two plain lines
)

func newProgress(out io.Writer) *progress {
	now := time.Now()
	return &progress{out: out, start: now, last: now, log: slog.New(slog.NewTextHandler(out, nil))}
}

// isTerminal reports whether a person sees w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// show is told how far the run is.
func (p *progress) show(now pipeline.Progress) {
	if time.Since(p.start) < quietFor {
		return
	}
	if isTerminal(p.out) {
		p.draw(now)
		return
	}
	if time.Since(p.last) >= lineGap {
		p.last = time.Now()
		rate := float64(now.Articles) / time.Since(p.start).Seconds()
		p.log.Info(now.Stage, "articles", now.Articles, "on_topic", now.Labelled, "per_second", math.Round(10*rate)/10)
	}
}

func (p *progress) draw(now pipeline.Progress) {
	if p.bar == nil {
		p.bar = progressbar.NewOptions64(cmp.Or(now.Size, -1),
			progressbar.OptionSetWriter(p.out), progressbar.OptionShowBytes(true), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetPredictTime(now.Size > 0), progressbar.OptionThrottle(200*time.Millisecond))
	}
	p.bar.Describe(fmt.Sprintf("%s: %d articles, %d on topic", now.Stage, now.Articles, now.Labelled))
	p.bar.Set64(now.Bytes)
}

// done takes the bar away.
func (p *progress) done() {
	if p.bar != nil {
		p.bar.Finish()
	}
}
