#!/usr/bin/env python3
"""Make internal/transformer/testdata: what Python's transformers computes.

    python scripts/transformer_golden.py [folder of models] [MPNet's folder]

Tiny random checkpoints with the hidden states of every layer; and for each
real model found (bge-small-en-v1.5 and all-MiniLM-L6-v2 in the folder of
models, all-mpnet-base-v2 there or in its own) a sample of 64 values and the
norm of every layer's states. Needs torch, transformers, safetensors.
"""
import math
import pathlib
import shutil
import sys

import torch
import transformers
from safetensors.torch import save_file

OUT = pathlib.Path(__file__).parent.parent / "internal/transformer/testdata"
SAMPLE = 64

SENTENCES = [
    "Yes.",
    "The troops should stay.",
    "Ms. Park said the base would not close this year.",
    "Marek Wolny, who chairs the defence committee, called the withdrawal a mistake that the town would pay for.",
    "“We asked them to leave,” the mayor told reporters, “and we have not changed our minds since March.”",
    "Nobody at the ministry would say how many soldiers are stationed at the airfield, or for how long.",
    "Polls put support for the American presence at 48.5 percent, down from 61 percent two years ago; the margin of error is 3 points.",
    "In Reykholt the harbour master, Jón Àrnason, welcomed the frigates: more ships, he said, mean more work for the café owners on the quay.",
    "The party's position is not that the bases must go but that the treaty be put to a vote, its spokeswoman said, adding that a vote would probably keep them.",
    "A rotation of 4,000 troops begins in May. A second one follows in autumn. Neither was announced in parliament, which has twice asked the government for a timetable and twice received none.",
    "東京 was mentioned once; so were Ελλάδα, the Żuławy lowlands and a sum of €3.2m.",
    "She shrugged. “Stay, go, who asks us? My grandfather built their runway, my father fixed their lorries, my brother cooked for them and I teach their children. "
    "If they leave in the summer we will have four hundred empty flats, a swimming pool that nobody can afford to heat and a very quiet main street. "
    "If they stay we will have the noise, the traffic, the fences across the old footpaths and the young men shouting at two in the morning. "
    "I have signed both petitions, the one for and the one against, because my neighbours on both sides were standing at the door with a pen, and it was raining.”",
]


def tiny_config(kind):
    sizes = dict(vocab_size=96, hidden_size=32, num_hidden_layers=3, num_attention_heads=4, intermediate_size=72,
                 max_position_embeddings=66, layer_norm_eps=1e-12 if kind == "bert" else 1e-5)
    return transformers.BertConfig(**sizes) if kind == "bert" else transformers.MPNetConfig(**sizes)


def randomise(model, seed):
    """Weights large enough that attention prefers some tokens to others."""
    gen = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, p in model.named_parameters():
            scale = 0.3 if p.dim() > 1 else 0.1
            p.copy_(torch.randn(p.shape, generator=gen) * scale + (1 if name.endswith("LayerNorm.weight") else 0))


def tiny(name, kind, dtype, seed, head=None):
    config = tiny_config(kind)
    model = (head or {"bert": transformers.BertModel, "mpnet": transformers.MPNetModel}[kind])(config)
    randomise(model, seed)
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    model.to(dtype).save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    model = model.to(torch.float32).eval()
    model = getattr(model, kind, model)
    gen = torch.Generator().manual_seed(seed + 1)
    lengths = [1, 2, 7, 64, 19, 33]
    ids = [torch.randint(2, config.vocab_size, (n,), generator=gen) for n in lengths]
    ids[2][3] = 1  # MPNet's pad in a text
    types = [torch.randint(0, 2, (n,), generator=gen) for n in lengths]
    states = layers(model, ids, types if kind == "bert" else None)
    tensors = {f"hidden.{i}": s.contiguous() for i, s in enumerate(states)}
    save(folder / "golden.safetensors", ids, types, tensors)


def layers(model, ids, types=None):
    """Hidden states of every layer, sentences one by one and then packed."""
    packed = []
    with torch.no_grad():
        for i, sentence in enumerate(ids):
            more = {} if types is None else {"token_type_ids": types[i][None]}
            packed.append([h[0] for h in model(sentence[None], output_hidden_states=True, **more).hidden_states])
    return [torch.cat(l) for l in zip(*packed)]


def save(path, ids, types, tensors):
    tensors["ids"] = torch.cat(ids).to(torch.float32)
    tensors["types"] = torch.cat(types).to(torch.float32)
    tensors["lengths"] = torch.tensor([len(s) for s in ids], dtype=torch.float32)
    save_file(tensors, path)
    print(path.relative_to(OUT), path.stat().st_size, "bytes")


def real(folder):
    """Sampled states of a real model: value i is number i*step of the layer."""
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))
    ids = [torch.tensor(tokenizer(s)["input_ids"]) for s in SENTENCES]
    types = [torch.zeros_like(s) for s in ids]
    model = transformers.AutoModel.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    states = layers(model, ids)
    step = states[0].numel() // SAMPLE
    samples = torch.stack([s.flatten()[: step * SAMPLE : step] for s in states])
    norms = torch.stack([s.double().norm().float() for s in states])
    save(OUT / f"{folder.name}.golden.safetensors", ids, types, {"samples": samples.contiguous(), "norms": norms})


def buckets():
    from transformers.models.mpnet.modeling_mpnet import MPNetEncoder
    d = torch.arange(-600, 601)
    save_file({"buckets": MPNetEncoder.relative_position_bucket(d).to(torch.float32)}, OUT / "buckets.safetensors")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    torch.set_grad_enabled(False)
    buckets()
    tiny("tiny-bert", "bert", torch.float32, 1)
    tiny("tiny-bert-head", "bert", torch.float16, 2, transformers.BertForMaskedLM)
    tiny("tiny-mpnet", "mpnet", torch.bfloat16, 3)
    here = pathlib.Path(__file__).parent.parent
    models = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "shared/models"
    mpnet = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else models / "all-mpnet-base-v2"
    for folder in [models / "bge-small-en-v1.5", models / "all-MiniLM-L6-v2", mpnet]:
        if (folder / "model.safetensors").exists():
            real(folder)
        else:
            print("no model in", folder)


main()
