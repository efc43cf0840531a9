package main

import (
	"context"
	"slices"
	"time"

	"standpoint/internal/transformer"
	"standpoint/internal/transformer/training"
)

// train takes steps of the given lengths, one more than is asked for, and
// tells the speed of their median.
func (s *server) train(r request) (perSecond float64, err error) {
	m, err := s.network(r)
	if err != nil {
		return 0, err
	}
	precision, err := precisionOf(r.Precision)
	if err != nil {
		return 0, err
	}
	var steps []float64
	last := time.Now()
	opt := training.Options{
		Epochs: 1, Batch: len(r.Lengths), Workers: r.Workers, Precision: precision, Rate: 1e-5,
		Progress: func(training.Progress) {
			now := time.Now()
			steps = append(steps, now.Sub(last).Seconds())
			last = now
		},
	}
	if err := m.Train(context.Background(), examplesOf(r), opt); err != nil {
		return 0, err
	}
	steps = steps[1:]
	slices.Sort(steps)
	return float64(len(r.Lengths)) / steps[len(steps)/2], nil
}

// network is a classifier that is trained a little each round.
func (s *server) network(r request) (*training.Classifier, error) {
	if m := s.networks[r.Dir]; m != nil {
		return m, nil
	}
	clear(s.networks) // one at a time: states of the optimiser are large
	c, err := transformer.ReadCheckpoint(r.Dir)
	if err != nil {
		return nil, err
	}
	task := transformer.Task{Spans: 1, Hidden: c.Config.Hidden, Dropout: 0.1, Heads: []transformer.Head{{Name: "stance", Classes: 5}}}
	m, err := training.NewClassifier(c, task, 1)
	if err != nil {
		return nil, err
	}
	s.networks[r.Dir] = m
	return m, nil
}

// examplesOf is as many as the steps see, each step of the same lengths.
func examplesOf(r request) []training.Example {
	var all []training.Example
	for step := range r.Steps + 1 {
		for i, n := range r.Lengths {
			all = append(all, training.Example{
				IDs:    wordsOf(n, step*len(r.Lengths)+i),
				Spans:  []transformer.Span{{Start: 0, End: 1}},
				Labels: [][]float32{training.Hard(i%5, 5)},
			})
		}
	}
	return all
}
