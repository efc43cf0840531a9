"""Makes the golden files of internal/transformer/training/testdata.

Two tiny encoders (BERT, MPNet) with random weights, and what PyTorch makes of
them in ten steps: losses, norms of gradients and weights of a task with three
heads, and of masked-language-model training. Nothing random is left at
training time: no dropout, every step sees all examples.

    python scripts/training_golden.py     # needs torch, transformers, safetensors
"""

import json
import pathlib

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from transformers import (BertConfig, BertForMaskedLM, MPNetConfig, MPNetForMaskedLM,
                          get_cosine_schedule_with_warmup, get_linear_schedule_with_warmup)

OUT = pathlib.Path(__file__).parent.parent / "internal/transformer/training/testdata"
STEPS, VOCAB, HIDDEN = 10, 40, 16
MASK = 4


def encoder(kind):
    shape = dict(vocab_size=VOCAB, hidden_size=HIDDEN, num_hidden_layers=2, num_attention_heads=2,
                 intermediate_size=24, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
                 initializer_range=0.3, attn_implementation="eager")
    if kind == "bert":
        model = BertForMaskedLM(BertConfig(max_position_embeddings=12, pad_token_id=0, **shape))
    else:
        model = MPNetForMaskedLM(MPNetConfig(max_position_embeddings=14, layer_norm_eps=1e-5, **shape))
    with torch.no_grad():  # biases and LayerNorms off their zeros and ones
        for p in model.parameters():
            if p.dim() == 1:
                p.add_(torch.randn_like(p) * 0.1)
    return model


def examples(count, types):
    out = []
    for i in range(count):
        n = int(torch.randint(3, 12, ()))
        start = int(torch.randint(0, n - 1, ()))
        end = int(torch.randint(start + 1, n, ())) + 1
        soft = torch.softmax(torch.randn(4), 0)
        out.append(dict(
            ids=torch.randint(5, VOCAB, (n,)).tolist(),
            types=torch.randint(0, 2, (n,)).tolist() if types else None,
            spans=[[0, 1], [start, end]],
            soft=[round(v, 4) for v in soft.tolist()], hard=i % 3, step=i % 4,
            hidden=sorted(torch.randperm(n)[:2].tolist())))
    for e in out:
        e["soft"][0] = round(1 - sum(e["soft"][1:]), 4)
    return out


def padded(batch, pad, key="ids"):
    n = max(len(e["ids"]) for e in batch)
    return torch.tensor([e[key] + [pad if key == "ids" else 0] * (n - len(e["ids"])) for e in batch])


def inputs(model, batch, ids=None):
    pad = model.config.pad_token_id
    ids = padded(batch, pad) if ids is None else ids
    mask = torch.tensor([[1] * len(e["ids"]) + [0] * (ids.shape[1] - len(e["ids"])) for e in batch])
    args = dict(input_ids=ids, attention_mask=mask)
    if batch[0]["types"] is not None:
        args["token_type_ids"] = padded(batch, 0, "types")
    return args


class Task(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.encoder = getattr(model, model.base_model_prefix)
        self.dense = torch.nn.Linear(2 * HIDDEN, 10)
        self.soft = torch.nn.Linear(10, 4)
        self.hard = torch.nn.Linear(10, 3)
        self.step = torch.nn.Linear(10, 3)

    def loss(self, model, batch):
        states = self.encoder(**inputs(model, batch)).last_hidden_state
        x = torch.stack([torch.cat([states[i, a:b].mean(0) for a, b in e["spans"]]) for i, e in enumerate(batch)])
        x = torch.tanh(self.dense(x))
        soft = F.cross_entropy(self.soft(x), torch.tensor([e["soft"] for e in batch]))
        hard = F.cross_entropy(self.hard(x), torch.tensor([e["hard"] for e in batch]),
                               weight=torch.tensor([0.5, 1.0, 2.0]), label_smoothing=0.1)
        above = torch.tensor([[float(e["step"] > k) for k in range(3)] for e in batch])
        step = F.binary_cross_entropy_with_logits(self.step(x), above, reduction="sum") / len(batch)
        return soft + 0.5 * hard + step


def masked_loss(model, batch):
    pad = model.config.pad_token_id
    ids, labels = padded(batch, pad), torch.full((len(batch), max(len(e["ids"]) for e in batch)), -100)
    for i, e in enumerate(batch):
        for at in e["hidden"]:
            labels[i, at] = ids[i, at]
            ids[i, at] = MASK
    return model(**inputs(model, batch, ids), labels=labels).loss


def groups(named, layers, decay, layer_decay, rate, top_rate):
    out = []
    for name, p in named:
        if "encoder.layer." in name:
            depth = layers - int(name.split("encoder.layer.")[1].split(".")[0])
            lr = rate * layer_decay ** (depth - 1)
        elif "embeddings." in name or "relative_attention_bias" in name:
            lr = rate * layer_decay ** layers
        else:
            lr = top_rate
        plain = p.dim() > 1
        out.append(dict(params=[p], lr=lr, weight_decay=decay if plain else 0.0))
    return out


def sample(t):
    flat = t.detach().flatten()
    return [round(v, 7) for v in flat[:: max(1, len(flat) // 8)][:9].tolist()]


def run(loss, named, schedule, clip, **rates):
    named = [(n, p) for n, p in named if "pooler" not in n]
    optimizer = torch.optim.AdamW(groups(named, 2, **rates), betas=(0.9, 0.98), eps=1e-6)
    rate = schedule(optimizer, 2, STEPS)
    losses, norms = [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        value = loss()
        value.backward()
        norms.append(torch.nn.utils.clip_grad_norm_([p for _, p in named if p.grad is not None], clip).item())
        optimizer.step()
        rate.step()
        losses.append(value.item())
    return dict(losses=losses, norms=norms, weights={n: sample(p) for n, p in named})


def golden(kind):
    torch.manual_seed({"bert": 1, "mpnet": 2}[kind])
    model = encoder(kind)
    batch = examples(8, kind == "bert")
    folder = OUT / kind
    folder.mkdir(parents=True, exist_ok=True)
    start = {n: p.detach().clone().contiguous() for n, p in model.named_parameters()}
    task = Task(model)
    heads = {"heads." + n: p.detach().clone() for n, p in task.named_parameters() if not n.startswith("encoder.")}
    save_file({**start, **heads}, folder / "model.safetensors", metadata={"format": "pt"})
    model.config.architectures = [type(model).__name__]
    config = {k: v for k, v in model.config.to_dict().items() if k in (
        "architectures", "model_type", "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads",
        "intermediate_size", "hidden_act", "hidden_dropout_prob", "attention_probs_dropout_prob",
        "initializer_range", "max_position_embeddings", "type_vocab_size", "layer_norm_eps", "pad_token_id",
        "relative_attention_num_buckets")}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")

    rates = dict(decay=0.1, layer_decay=0.8, rate=5e-3, top_rate=1e-2)
    named = [("encoder." + n if n.startswith("layer") else n, p) for n, p in task.named_parameters()]
    named = [(n.removeprefix("encoder.") if n.startswith("encoder.e") else "heads." + n, p) for n, p in named]
    classified = run(lambda: task.loss(model, batch), named, get_linear_schedule_with_warmup, 1.0, **rates)
    model.load_state_dict(start, strict=False)
    masked = run(lambda: masked_loss(model, batch), list(model.named_parameters()), get_cosine_schedule_with_warmup, 0.5, **rates)
    text = json.dumps(dict(examples=batch, classified=classified, masked=masked))
    (folder / "golden.json").write_text(text + "\n")
    print(kind, classified["losses"], masked["losses"])


for kind in ("bert", "mpnet"):
    golden(kind)
