package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"

	"standpoint/internal/kernel"
	"standpoint/internal/transformer"
	"standpoint/internal/wordpiece"
)

// small writes the int8 form of a checkpoint.
func small(from, to string) error {
	c, err := transformer.OpenCheckpoint(os.DirFS(from))
	if err != nil {
		return err
	}
	q, err := c.Quantize()
	if err != nil {
		return err
	}
	return q.Write(to)
}

// label does once what a program that labels does: it reads the checkpoint and
// its tokenizer, encodes a sentence and prints the highest of five outputs. The
// outputs are the first five of the first token's state: as good as any
// trained for the time it takes.
func label(dir, text string) error {
	c, err := transformer.OpenCheckpoint(os.DirFS(dir))
	if err != nil {
		return err
	}
	tokenizer, err := wordpiece.New(bytes.NewReader(c.TokenizerJSON))
	if err != nil {
		return err
	}
	e, err := transformer.NewEncoder(c, transformer.Options{Precision: kernel.Int8})
	if err != nil {
		return err
	}
	ids := []int32{tokenizer.CLS()}
	for _, token := range tokenizer.Encode(nil, text) {
		ids = append(ids, token.ID)
	}
	var b transformer.Batch
	b.Add(append(ids, tokenizer.SEP()))
	states := e.Encode(b, &transformer.State{})
	if states == nil {
		return e.Config.CheckBatch(b)
	}
	outputs := states[:5]
	fmt.Println(slices.Index(outputs, slices.Max(outputs)))
	return nil
}
