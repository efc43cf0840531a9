package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"standpoint/data"
	"standpoint/internal/actor"
	"standpoint/internal/labels"
	"standpoint/internal/model"
	"standpoint/models"
)

// carryOut learns, adapts or scores.
func carryOut(ctx context.Context, o *options, out, errw io.Writer) error {
	reg, err := loadRegistry(o.actors)
	if err != nil {
		return err
	}
	set, err := labels.Load(o.labels)
	if err != nil {
		return err
	}
	if n := len(set.Without); n > 0 {
		fmt.Fprintf(errw, "train: %d units left out: their texts are not here (the first: %s)\n", n, set.Without[0].Source)
	}
	examples, err := model.Examples(set, reg)
	if err != nil {
		return err
	}
	var train []model.Example
	for _, e := range examples {
		if e.Split == labels.Train {
			train = append(train, e)
		}
	}
	if len(train) == 0 {
		return errors.New("no labelled statement to learn from")
	}
	name := o.name
	if name == "" {
		name = filepath.Base(o.out)
	}
	m := model.Train(train, model.Options{Name: name, L2: o.l2, Folds: o.folds, Threshold: o.threshold})
	if err := m.Save(o.out, "card\n", "eval\n"); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %d examples\n", o.out, len(train))
	return ctx.Err()
}

// loadRegistry is the embedded registry, extended by a person's file.
func loadRegistry(path string) (*actor.Registry, error) {
	r, err := actor.Load(data.Actors())
	if err != nil || path == "" {
		return r, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return r.Extend(f, path)
}

// loadModel opens an embedded model by name, or a model folder.
func loadModel(name string) (*model.Linear, error) {
	fsys, embedded := models.Open(name)
	if !embedded {
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			return nil, usagef(fmt.Sprintf("embedded models: %v; or name a model folder", models.Names()), "no model %q", name)
		}
		fsys = os.DirFS(name)
	}
	m, err := model.LoadLinear(fsys)
	if err != nil {
		return nil, fmt.Errorf("model %s: %w", name, err)
	}
	return m, nil
}
