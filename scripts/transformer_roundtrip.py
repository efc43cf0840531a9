#!/usr/bin/env python3
"""Show that Python's transformers reads what internal/transformer writes.

    python scripts/transformer_roundtrip.py [folder of models] [MPNet's folder]

For BERT and MPNet, stored as float32, float16 and bfloat16: Python saves a
checkpoint, Go reads it, changes a weight and writes it, Python loads what Go
wrote, and the hidden states that both compute from it are compared layer by
layer. The models are the tiny ones of internal/transformer/testdata and those
real ones that are found. Needs go, torch, transformers, safetensors; exits with
an error when a value is further than 1e-4 from the other's.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

import torch
import transformers
from safetensors.torch import load_file, save_file

HERE = pathlib.Path(__file__).parent.parent
TESTDATA = HERE / "internal/transformer/testdata"
TYPES = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}
BAR = 1e-4
KEYS = ["ids", "types", "lengths"]


def models():
    """Each folder with a file that holds ids, types and lengths for it."""
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "shared/models"
    mpnet = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else folder / "all-mpnet-base-v2"
    for name in ["tiny-bert", "tiny-bert-head", "tiny-mpnet"]:
        yield name, TESTDATA / name, TESTDATA / name / "golden.safetensors"
    real = [(p.name, p) for p in [folder / "bge-small-en-v1.5", folder / "all-MiniLM-L6-v2"]]
    for name, path in [*real, ("all-mpnet-base-v2", mpnet)]:
        if (path / "model.safetensors").exists():
            yield name, path, TESTDATA / f"{name}.golden.safetensors"
        else:
            print("no model in", path)


def load(path):
    model = transformers.AutoModel.from_pretrained(path, dtype=torch.float32, attn_implementation="eager")
    return model.eval()


def prepare(root):
    for name, path, golden in models():
        inputs = {k: v for k, v in load_file(golden).items() if k in KEYS}
        for kind, dtype in TYPES.items():
            load(path).to(dtype).save_pretrained(root / "source" / f"{name}-{kind}")
            save_file(inputs, root / "inputs" / f"{name}-{kind}.safetensors")


def states(model, inputs):
    """Hidden states of every layer, sentence by sentence."""
    packed, at = [], 0
    for n in inputs["lengths"].int().tolist():
        part = slice(at, at + n)
        more = {"token_type_ids": inputs["types"][part].long()[None]} if model.config.model_type == "bert" else {}
        out = model(inputs["ids"][part].long()[None], output_hidden_states=True, **more)
        packed.append([h[0] for h in out.hidden_states])
        at += n
    return [torch.cat(layer) for layer in zip(*packed)]


def compare(written, inputs):
    ours = load_file(written / "states.safetensors")
    return [(ours[f"hidden.{i}"] - theirs).abs().max().item()
            for i, theirs in enumerate(states(load(written), load_file(inputs)))]


def main():
    torch.set_grad_enabled(False)
    transformers.logging.set_verbosity_error()
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "inputs").mkdir()
        prepare(root)
        subprocess.run(["go", "test", "-count=1", "-run", "^TestWriteForPython$", "./internal/transformer"],
                       cwd=HERE, env={**os.environ, "STANDPOINT_ROUNDTRIP": str(root)}, check=True)
        for written in sorted((root / "written").iterdir()):
            furthest = compare(written, root / "inputs" / f"{written.name}.safetensors")
            worst = max(worst, *furthest)
            print(f"{written.name:28} {len(furthest) - 1:2} layers, furthest value {max(furthest):.1e}")
    print(f"furthest of all {worst:.1e}, allowed {BAR:.0e}; transformers {transformers.__version__}")
    sys.exit(not worst < BAR)


main()
