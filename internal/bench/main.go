// Command bench measures classify as a whole process: articles a second and
// peak memory, on plain text, JSON lines and HTML, on and off topic, from
// 1,000 articles up.
//
//	go run ./internal/bench                         every measurement but the long one
//	go run ./internal/bench -articles 200000        memory over that many articles
//	go run ./internal/bench -write a.jsonl -n 5000  only write a corpus
//
// The corpora are made of the project's own gold articles: paragraphs of
// different articles under one headline, each article unlike the others,
// drawn from a fixed seed.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

func main() {
	write := flag.String("write", "", "only write a corpus of JSON lines to this `file`")
	n := flag.Int("n", 5000, "articles in the corpus that -write makes")
	off := flag.Bool("off", false, "-write off-topic articles")
	articles := flag.Int("articles", 0, "measure only memory and time over this many articles, half of them on topic")
	repeat := flag.Int("repeat", 3, "runs of each measurement; the median is printed")
	flag.Parse()
	if err := run(*write, *n, *off, *articles, *repeat); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(write string, n int, off bool, articles, repeat int) error {
	g, err := newGenerator("data/gold/articles")
	if err != nil {
		return err
	}
	if write != "" {
		return g.writeJSONL(write, n, func(int) bool { return !off })
	}
	dir, err := os.MkdirTemp("", "standpoint-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir, bin: filepath.Join(dir, "classify"), repeat: repeat}
	if out, err := exec.Command("go", "build", "-o", b.bin, "./cmd/classify").CombinedOutput(); err != nil {
		return fmt.Errorf("building classify: %w\n%s", err, out)
	}
	fmt.Printf("%s/%s, %d cores, %s\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), cpuName())
	if articles > 0 {
		return b.memory(g, articles)
	}
	return b.speed(g)
}

// A bench runs the program on corpora in dir.
type bench struct {
	dir, bin string
	repeat   int
}

// speed measures articles a second.
func (b *bench) speed(g *generator) error {
	onTopic := func(int) bool { return true }
	offTopic := func(int) bool { return false }
	corpora := []struct {
		name  string
		n     int
		write func(path string, n int) error
	}{
		{"JSON lines, on topic", 10000, func(p string, n int) error { return g.writeJSONL(p, n, onTopic) }},
		{"JSON lines, off topic", 40000, func(p string, n int) error { return g.writeJSONL(p, n, offTopic) }},
		{"plain text, on topic", 5000, func(p string, n int) error { return g.writeFiles(p, n, ".txt", plainText) }},
		{"HTML pages, on topic", 2000, func(p string, n int) error { return g.writeFiles(p, n, ".html", htmlPage) }},
	}
	fmt.Printf("%-24s %9s %9s %12s %9s %9s\n", "corpus", "articles", "words", "articles/s", "seconds", "peak MiB")
	for _, c := range corpora {
		path := filepath.Join(b.dir, "corpus")
		if err := c.write(path, c.n); err != nil {
			return err
		}
		var runs []measured
		for range b.repeat {
			m, err := b.run(path)
			if err != nil {
				return err
			}
			runs = append(runs, m)
		}
		m := median(runs)
		fmt.Printf("%-24s %9d %9d %12.0f %9.2f %9d\n", c.name, c.n, g.meanWords(), float64(c.n)/m.wall.Seconds(), m.wall.Seconds(), m.peak>>20)
		os.RemoveAll(path)
	}
	return nil
}

// memory measures peak memory as the number of articles grows to most.
func (b *bench) memory(g *generator, most int) error {
	fmt.Printf("%9s %9s %12s %12s %12s\n", "articles", "seconds", "articles/s", "labelling", "finishing")
	for n := 1000; ; n = min(n*10, most) {
		path := filepath.Join(b.dir, "corpus")
		if err := g.writeJSONL(path, n, func(i int) bool { return i%2 == 0 }); err != nil {
			return err
		}
		m, err := b.run(path)
		if err != nil {
			return err
		}
		// Finishing alone, on the folder that the run left.
		fin, err := b.time("finish", b.out())
		if err != nil {
			return err
		}
		fmt.Printf("%9d %9.1f %12.0f %9d MiB %8d MiB\n", n, m.wall.Seconds(), float64(n)/m.wall.Seconds(), m.peak>>20, fin.peak>>20)
		os.RemoveAll(path)
		if n == most {
			return nil
		}
	}
}

// A measured run of a process.
type measured struct {
	wall time.Duration
	peak int64 // bytes resident
}

func (b *bench) out() string { return filepath.Join(b.dir, "out") }

// run labels path into a fresh folder.
func (b *bench) run(path string) (measured, error) {
	if err := os.RemoveAll(b.out()); err != nil {
		return measured{}, err
	}
	return b.time("-model", "linear", "-o", b.out(), path)
}

func (b *bench) time(args ...string) (measured, error) {
	cmd := exec.Command(b.bin, args...)
	cmd.Stderr = os.Stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return measured{}, fmt.Errorf("classify %v: %w", args, err)
	}
	return measured{time.Since(start), peakMemory(cmd.ProcessState)}, nil
}

// median is the run of median time.
func median(runs []measured) measured {
	best := runs[0]
	for _, r := range runs {
		faster := 0
		for _, o := range runs {
			if o.wall < r.wall {
				faster++
			}
		}
		if faster == len(runs)/2 {
			best = r
		}
	}
	return best
}
