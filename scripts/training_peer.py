"""Steps a second of PyTorch on the work of training's BenchmarkStep.

    python scripts/training_peer.py FOLDER [float32|bfloat16]

FOLDER holds an encoder. 16 statements of 60 to 120 tokens a step, two threads;
bfloat16 is autocast.
"""

import sys
import time

import torch
from transformers import AutoModel

torch.set_num_threads(2)
torch.manual_seed(1)
model = AutoModel.from_pretrained(sys.argv[1], dtype=torch.float32)
low = len(sys.argv) > 2 and sys.argv[2] == "bfloat16"
hidden = model.config.hidden_size
head = torch.nn.Sequential(torch.nn.Dropout(0.1), torch.nn.Linear(hidden, hidden), torch.nn.Tanh(),
                           torch.nn.Dropout(0.1), torch.nn.Linear(hidden, 5))
params = [*model.parameters(), *head.parameters()]
optimizer = torch.optim.AdamW(params, lr=1e-5, weight_decay=0.01)
model.train()


def step():
    lengths = torch.randint(60, 121, (16,))
    ids = torch.randint(1000, 21000, (16, int(lengths.max())))
    mask = (torch.arange(ids.shape[1])[None] < lengths[:, None]).long()
    with torch.autocast("cpu", torch.bfloat16, enabled=low):
        states = model(input_ids=ids * mask, attention_mask=mask).last_hidden_state
        loss = torch.nn.functional.cross_entropy(head(states[:, 0]).float(), torch.randint(0, 5, (16,)))
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(params, 1.0)
    optimizer.step()


step()
times = []
for _ in range(int(sys.argv[3]) if len(sys.argv) > 3 else 8):
    start = time.perf_counter()
    step()
    times.append(time.perf_counter() - start)
times.sort()
print(f"{sys.argv[1]} {'bfloat16' if low else 'float32'}: median {16 / times[len(times) // 2]:.1f} examples/s, best {16 / times[0]:.1f}")
