package transformer

import (
	"fmt"
	"maps"
	"slices"

	"standpoint/internal/kernel"
)

// scaleSuffix names the tensor that holds an I8 tensor's Scale in the file.
const scaleSuffix = ".scale"

// Quantize is the checkpoint in its small form: linear weights and word
// embeddings are int8, the rest is as it was. Rows of linear weights have a scale
// a slice of inputs, rows of embeddings one. An Int8 encoder of it computes
// the same bytes as one of c. What is no part of the encoder keeps its form.
func (c *Checkpoint) Quantize() (*Checkpoint, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	small := *c
	small.Tensors = maps.Clone(c.Tensors)
	known := map[*Tensor]string{}
	for name, t := range c.Tensors {
		known[t] = name
	}
	replace := func(name string, ranges int) {
		t := c.Tensor(name)
		small.Tensors[known[t]] = t.quantize(ranges)
	}
	replace(WordEmbeddings, 1)
	states := sliceCount(c.Config.Hidden, stateUnits)
	for i := range c.Config.Layers {
		n := c.Config.LayerNames(i)
		for _, name := range []string{n.Query, n.Key, n.Value, n.Out, n.Up} {
			replace(name+".weight", states)
		}
		replace(n.Down+".weight", sliceCount(c.Config.Intermediate, innerUnits))
	}
	return &small, nil
}

// quantize is t as int8 with so many equal ranges a row, each with a scale.
func (t *Tensor) quantize(ranges int) *Tensor {
	rows, cols := t.Shape[0]*ranges, t.Shape[1]/ranges
	if t.DType == I8 && len(t.Scale) == rows {
		return t
	}
	q, scale := kernel.QuantizeRows(t.Floats(), rows, cols)
	return &Tensor{Shape: t.Shape, DType: I8, Int8: q, Scale: scale}
}

// foldScales moves each I8 tensor's scales from the file's tensor into it.
func foldScales(tensors map[string]*Tensor) error {
	for _, name := range slices.Sorted(maps.Keys(tensors)) {
		t := tensors[name]
		if t == nil || t.DType != I8 { // nil: a scale that has been moved
			continue
		}
		scale := tensors[name+scaleSuffix]
		if scale == nil || scale.DType != F32 || !t.takes(scale.Data) {
			return fmt.Errorf("tensor %s: int8 without float32 scales for its rows", name)
		}
		t.Scale = scale.Data
		delete(tensors, name+scaleSuffix)
	}
	return nil
}

// takes tells whether t is a matrix whose rows the scales cut into equal ranges.
func (t *Tensor) takes(scale []float32) bool {
	if len(t.Shape) != 2 || t.Len() == 0 || len(scale) == 0 || len(scale)%t.Shape[0] != 0 {
		return false
	}
	return t.Shape[1]%(len(scale)/t.Shape[0]) == 0
}

// unfoldScales is the tensors as the file holds them, and the names of the
// file to write and of the one that must not be there.
func unfoldScales(tensors map[string]*Tensor) (out map[string]*Tensor, name, other string) {
	out, name, other = make(map[string]*Tensor, len(tensors)), weightsFile, int8File
	for key, t := range tensors {
		out[key] = t
		if t.DType == I8 && t.Int8 != nil {
			rows := t.Shape[0]
			out[key+scaleSuffix] = NewTensor(t.Scale, rows, len(t.Scale)/rows)
			name, other = int8File, weightsFile
		}
	}
	return out, name, other
}
