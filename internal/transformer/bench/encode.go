package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"standpoint/internal/kernel"
	"standpoint/internal/transformer"
	"standpoint/internal/transformer/training"
)

// server keeps what has been loaded.
type server struct {
	encoders map[string]*transformer.Encoder
	networks map[string]*training.Classifier
}

func (s *server) do(r request) (answer, error) {
	a := answer{Path: kernel.Best().String()}
	var err error
	switch r.Do {
	case "load":
		_, err = s.encoder(r)
	case "encode":
		a.Count, a.PerSecond, err = s.encode(r)
	case "train":
		a.PerSecond, err = s.train(r)
		a.Count = (r.Steps + 1) * len(r.Lengths)
	case "memory":
		a.Resident, err = resident()
	default:
		err = fmt.Errorf("no such request")
	}
	return a, err
}

func (s *server) encoder(r request) (*transformer.Encoder, error) {
	key := r.Dir + " " + r.Precision
	if e, ok := s.encoders[key]; ok {
		return e, nil
	}
	precision, err := precisionOf(r.Precision)
	if err != nil {
		return nil, err
	}
	c, err := transformer.OpenCheckpoint(os.DirFS(r.Dir))
	if err != nil {
		return nil, err
	}
	e, err := transformer.NewEncoder(c, transformer.Options{Precision: precision})
	s.encoders[key] = e
	return s.encoders[key], err
}

func precisionOf(name string) (kernel.Precision, error) {
	for _, p := range []kernel.Precision{kernel.Float32, kernel.BFloat16, kernel.Int8} {
		if p.String() == name {
			return p, nil
		}
	}
	return 0, fmt.Errorf("precision %q is not known", name)
}

// encode runs batches for some seconds, at least one.
func (s *server) encode(r request) (count int, perSecond float64, err error) {
	e, err := s.encoder(r)
	if err != nil {
		return 0, 0, err
	}
	batches := []transformer.Batch{batchOf(r.Lengths)}
	start := time.Now()
	for time.Since(start).Seconds() < r.Seconds || count == 0 {
		if _, err := e.EncodeAll(context.Background(), batches, r.Workers); err != nil {
			return 0, 0, err
		}
		count += len(r.Lengths)
	}
	return count, float64(count) / time.Since(start).Seconds(), nil
}

// batchOf is sentences of some lengths, of words that stand in every
// vocabulary.
func batchOf(lengths []int) transformer.Batch {
	var b transformer.Batch
	for i, n := range lengths {
		b.Add(wordsOf(n, i))
	}
	return b
}

func wordsOf(n, seed int) []int32 {
	ids := make([]int32, n)
	for k := range ids {
		ids[k] = int32(1000 + (seed*131+k*7919)%20000)
	}
	return ids
}

// resident is the memory of the process that is in RAM.
func resident() (int, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.Atoi(strings.Fields(rest)[0])
			return kb * 1024, err
		}
	}
	return 0, fmt.Errorf("no VmRSS in /proc/self/status")
}
