// Package training fine-tunes BERT and MPNet encoders with heads of a task,
// and continues their masked-language-model training on raw text.
//
//	m, err := training.NewClassifier(checkpoint, transformer.Task{
//		Spans: 2, // the opening token and the marked span
//		Heads: []transformer.Head{{Name: "stance", Classes: 5}, {Name: "sentiment", Classes: 3, Weight: 0.5}},
//	}, seed)
//	...
//	err = m.Train(ctx, examples, training.Options{Epochs: 4, Rate: 5e-5, Snapshot: "work/training.snapshot"})
//	...
//	err = m.Checkpoint().Write("models/ours")
//
// The way of a step: a batch of examples is packed, its real tokens only; the
// network is laid out as spago operators, each of them one of this package's
// fused functions with a hand-written gradient; spago's ag.Backward walks them
// back; gradients are clipped by their global norm and AdamW moves the
// weights. Of spago the autograd and the tensors are used; its layers and
// optimisers are not.
//
// Weights, moments and position are all that a run consists of: shuffling,
// dropout and masks are functions of the seed, the epoch and the example.
// Every sum that crosses rows is taken in an order that the batch alone fixes,
// so that the weights are the same bytes for any number of workers, and for a
// run that was killed and resumed as for one that was not.
//
// Work is shared out inside an operator, by rows of the packed batch (forward
// and towards the input) or by rows of the weights (their gradients): no core
// has a copy of the gradients and none are reduced.
//
// The package does not tokenise, choose labels or measure quality, and its
// models do not serve: transformer.Encoder does, from the checkpoint.
package training
