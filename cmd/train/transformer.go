package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"standpoint/internal/eval"
	"standpoint/internal/labels"
	"standpoint/internal/model"
	"standpoint/internal/model/tuning"
	"standpoint/internal/transformer"
	"standpoint/internal/transformer/training"
)

// progressEvery is how often a line of progress is written: training takes
// minutes to hours.
const progressEvery = 30 * time.Second

// fitTransformer fine-tunes the encoder at -encoder, or a transformer that
// stands, and calibrates it on real text that is held out, or on written text
// where there is no other.
func (j *job) fitTransformer(ctx context.Context, from *model.Transformer) (model.Learned, []eval.Judged, error) {
	work := j.work()
	opt := tuning.Options{
		Name: j.modelName(), Data: j.set.Digest, From: from,
		Epochs: j.epochs, Freeze: j.freeze, Seed: j.seed,
		Snapshot: filepath.Join(work, "snapshot"), Progress: training.WriteProgress(j.err, progressEvery),
	}
	if j.freeze > 0 {
		opt.Cache = work
	}
	if err := os.MkdirAll(work, 0o777); err != nil {
		return nil, nil, err
	}
	var c *transformer.Checkpoint
	if from == nil {
		opt.Encoder = filepath.Base(filepath.Clean(j.encoder))
		var err error
		if c, err = transformer.ReadCheckpoint(j.encoder); err != nil {
			return nil, nil, fmt.Errorf("encoder %s: %w", j.encoder, err)
		}
	}
	m, err := tuning.Train(ctx, c, j.train, opt)
	if err != nil {
		return nil, nil, j.resumable(ctx, work, err)
	}
	sets := j.calibrating()
	if len(sets) == 0 && from == nil {
		fmt.Fprintln(j.err, "train: no article is held out as dev: the probabilities are not calibrated")
	}
	judged, err := m.Calibrate(ctx, sets, j.threshold)
	return m, judged, err
}

// work is the folder of what a training that is interrupted goes on from. It
// stays until the model is saved: hours of training are not lost to a refusal
// to replace a better model.
func (j *job) work() string { return filepath.Clean(j.options.out) + ".work" }

// resumable adds to an interruption where the training goes on.
func (j *job) resumable(ctx context.Context, work string, err error) error {
	if ctx.Err() == nil {
		return err
	}
	return errors.Join(err, fmt.Errorf("the same command goes on from what is in %s", work))
}

// calibrating is the held-out sets that probabilities are fitted to: real text
// of dev and the real articles, else written dev.
func (j *job) calibrating() []model.HeldOut {
	var real, written []model.HeldOut
	for _, h := range j.held {
		switch h.Name {
		case labels.Dev, realArticles:
			real = append(real, h)
		case labels.Dev + ", written":
			written = append(written, h)
		}
	}
	if len(real) > 0 {
		return real
	}
	return written
}
