// Package transformer reads BERT and MPNet encoders from Hugging Face
// checkpoints, runs them for serving, and writes them back in the same form.
//
// A folder holds config.json, model.safetensors (float32, float16 or bfloat16)
// and tokenizer.json. ReadCheckpoint reads it, Checkpoint.Write writes it so
// that Python's transformers loads it and computes the same numbers. A second,
// smaller form of our own, made by Checkpoint.Quantize, keeps the encoder's
// matrices as int8 with a scale a row in model.int8.safetensors.
//
// An Encoder turns token ids into hidden states. Sentences of any lengths lie
// packed one after another in a Batch; nothing is padded, so that a ragged
// batch costs its real tokens only:
//
//	c, err := transformer.OpenCheckpoint(os.DirFS("bge-small-en-v1.5"))
//	...
//	e, err := transformer.NewEncoder(c, transformer.Options{Precision: kernel.Int8})
//	...
//	var b transformer.Batch
//	b.Add([]int32{101, 7592, 102})
//	b.Add([]int32{101, 2088, 3007, 2003, 102})
//	states := e.Encode(b, &transformer.State{}) // (8, Hidden)
//
// The way of a batch: groups of whole sentences of about 256 tokens together,
// which fit the cache; embeddings and their LayerNorm; then for each layer the
// linear products over all tokens of the group and attention for each sentence
// and head. Linear products run in the chosen precision, everything else in
// float32. A sentence's states are the same bytes whatever it is grouped with.
//
// Measured against transformers on golden sentences: float32 within 1e-5 of
// every value of every layer, also after a checkpoint was written here and read
// by Python (scripts/transformer_roundtrip.py). Mean cosine of the last layer's
// states to float32's: bfloat16 0.9999 and more; int8 0.9994 for bge-small,
// 0.9988 for MiniLM, 0.9983 for MPNet.
//
// The package does not tokenise, pool or classify, and holds no gradients:
// training is its subpackage.
package transformer
