#!/usr/bin/env python3
"""Measure the encoder and its training beside ONNX Runtime and PyTorch.

    python scripts/bench_peers.py [-models DIR] [-mpnet DIR] [-rounds N] [-only WHAT,...] [-cpu] [-write docs/benchmarks.md]

All libraries get the same work and two threads, and take turns within each
round, so that what else the machine does falls on all of them; a figure is the
median of its rounds. ONNX Runtime computes a graph of its own fused operators
(Attention, SkipLayerNormalization, BiasGelu) with all its optimisations, in
float32 and in dynamic int8. -write replaces the tables of the page. Needs go,
numpy, onnx, onnxruntime, tokenizers; for training torch and transformers. It
installs nothing and leaves out what it doesn't find, saying so.
"""
import argparse
import glob
import importlib.util
import json
import logging
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent.parent
THREADS = 2  # of each library
CPU_TIME = False  # count seconds of CPU time, not the clock's
SENTENCE = "Ms. Park said the base would not close this year, and that nobody at the ministry had asked for it."
SMALL = ["bge-small-en-v1.5", "all-MiniLM-L6-v2"]


def missing(*modules):
    return [m for m in modules if importlib.util.find_spec(m) is None]


class Ours:
    """The Go half, one process that answers a line with a line."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, do, folder="", precision="float32", **more):
        request = dict(Do=do, Dir=str(folder), Precision=precision, Workers=THREADS, **more)
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{do} {folder}: the Go half has ended")
        return json.loads(line)

    def rate(self, do, folder, precision, **more):
        """Sentences or examples a second."""
        before = self.cpu()
        answer = self.ask(do, folder, precision, **more)
        return answer["count"] / (self.cpu() - before) if CPU_TIME else answer["per_second"]

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")")[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def graph(folder, path):
    """The encoder as an ONNX graph of ONNX Runtime's fused operators."""
    import onnx
    from onnx import TensorProto as T, helper as h, numpy_helper
    from safetensors.numpy import load_file
    import numpy as np
    config = json.loads((folder / "config.json").read_text())
    w = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    nodes, consts = [], []

    def const(name, value):
        consts.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def tensor(name):
        return const(name, w[name].astype(np.float32))

    def node(op, inputs, out, domain="com.microsoft", outputs=1, **attributes):
        names = [out] + [f"{out}.{i}" for i in range(1, outputs)]
        nodes.append(h.make_node(op, inputs, names, domain=domain, name=out, **attributes))
        return out

    eps = config["layer_norm_eps"]
    e = "embeddings."
    node("EmbedLayerNormalization", ["ids", "types", tensor(e + "word_embeddings.weight"), tensor(e + "position_embeddings.weight"),
         tensor(e + "token_type_embeddings.weight"), tensor(e + "LayerNorm.weight"), tensor(e + "LayerNorm.bias"), "mask"],
         "x0", outputs=2, epsilon=eps)
    x = "x0"
    for i in range(config["num_hidden_layers"]):
        p = f"encoder.layer.{i}."
        qkv = [p + f"attention.self.{k}" for k in ("query", "key", "value")]
        weight = const(p + "qkv.w", np.concatenate([w[n + ".weight"].T for n in qkv], 1).astype(np.float32))
        bias = const(p + "qkv.b", np.concatenate([w[n + ".bias"] for n in qkv]).astype(np.float32))

        def product(name, x):
            return node("MatMul", [x, const(name + ".w", w[name + ".weight"].T.astype(np.float32))], name, domain="")

        def norm(name, x, skip, linear):
            return node("SkipLayerNormalization", [x, skip, tensor(name + ".weight"), tensor(name + ".bias"), tensor(linear + ".bias")], name, epsilon=eps)

        a = node("Attention", [x, weight, bias, "mask"], p + "attention", num_heads=config["num_attention_heads"])
        x = norm(p + "attention.output.LayerNorm", product(p + "attention.output.dense", a), x, p + "attention.output.dense")
        f = node("BiasGelu", [product(p + "intermediate.dense", x), tensor(p + "intermediate.dense.bias")], p + "gelu")
        x = norm(p + "output.LayerNorm", product(p + "output.dense", f), x, p + "output.dense")
    shape = ["batch", "length"]
    inputs = [h.make_tensor_value_info(n, T.INT32, shape) for n in ("ids", "types", "mask")]
    outputs = [h.make_tensor_value_info(x, T.FLOAT, [*shape, config["hidden_size"]])]
    model = h.make_model(h.make_graph(nodes, "encoder", inputs, outputs, consts),
                         opset_imports=[h.make_opsetid("", 17), h.make_opsetid("com.microsoft", 1)], ir_version=10)
    onnx.save(model, path)


def session(path):
    import onnxruntime as ort
    o = ort.SessionOptions()
    o.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    o.intra_op_num_threads, o.inter_op_num_threads = THREADS, 1
    o.log_severity_level = 3
    return ort.InferenceSession(str(path), o, providers=["CPUExecutionProvider"])


class Runtime:
    """ONNX Runtime with one encoder in float32 and int8."""

    def __init__(self, folder, work):
        from onnxruntime.quantization import QuantType, quantize_dynamic
        self.paths = {p: work / f"{folder.name}.{p}.onnx" for p in ("float32", "int8")}
        graph(folder, self.paths["float32"])
        quantize_dynamic(self.paths["float32"], self.paths["int8"], weight_type=QuantType.QInt8,
                         op_types_to_quantize=["MatMul", "Attention", "EmbedLayerNormalization"],
                         extra_options={"DefaultTensorType": 1})  # float
        self.sessions = {p: session(path) for p, path in self.paths.items()}

    def encode(self, precision, batches, seconds):
        """Sentences a second over padded batches of lengths."""
        feeds = [padded(b) for b in batches]
        begun, start, n = time.perf_counter(), now(), 0
        while n == 0 or time.perf_counter() - begun < seconds:
            for feed, lengths in zip(feeds, batches):
                self.sessions[precision].run(None, feed)
                n += len(lengths)
        return n / (now() - start)


def now():
    return time.process_time() if CPU_TIME else time.perf_counter()


def padded(lengths):
    import numpy as np
    ids = np.zeros((len(lengths), max(lengths)), np.int32)
    mask = np.zeros_like(ids)
    for i, n in enumerate(lengths):
        ids[i, :n] = [1000 + (i * 131 + k * 7919) % 20000 for k in range(n)]
        mask[i, :n] = 1
    return {"ids": ids, "types": np.zeros_like(ids), "mask": mask}


def statement_lengths(folder, count):
    """Tokens of so many of the gold's statements, in their order."""
    import tokenizers
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = []
    for path in sorted(glob.glob(str(HERE / "data/gold/units/*.jsonl"))):
        texts += [u["text"] for u in map(json.loads, open(path)) if u.get("text")]
    return [len(tokenizer.encode(t).ids) for t in texts[:: len(texts) // count][:count]]


def agree(runtime, folder):
    """What ONNX Runtime's graph computes is the encoder: else there's nothing to compare."""
    import torch
    import transformers
    feed = padded([20, 31])
    model = transformers.AutoModel.from_pretrained(folder, dtype=torch.float32).eval()
    with torch.no_grad():
        want = model(torch.tensor(feed["ids"]).long(), attention_mask=torch.tensor(feed["mask"]).long()).last_hidden_state.numpy()
    for precision, s in runtime.sessions.items():
        got = s.run(None, feed)[0]
        cosine = (got * want).sum(-1) / ((got**2).sum(-1) * (want**2).sum(-1)) ** 0.5
        print(f"  {folder.name} {precision}: cosine to transformers {cosine[feed['mask'] == 1].mean():.4f}")


def encoding(args, ours, work):
    rows = []
    for name in SMALL:
        folder = args.models / name
        runtime = Runtime(folder, work)
        if not missing("torch", "transformers"):
            agree(runtime, folder)
        ragged = statement_lengths(folder, 128)
        ranked = sorted(ragged)
        cases = [(f"32 sentences of {n} tokens", [n] * 32, [[n] * 32]) for n in (32, 64, 128)]
        cases.append(("128 statements of the gold, as they come", ragged, [ragged[i:i + 32] for i in range(0, 128, 32)]))
        cases.append(("the same, the peer's batches sorted by length", ragged, [ranked[i:i + 32] for i in range(0, 128, 32)]))
        for what, lengths, batches in cases:
            ways = {
                "ours float32": lambda: ours.rate("encode", folder, "float32", Lengths=lengths, Seconds=args.seconds),
                "ours int8": lambda: ours.rate("encode", folder, "int8", Lengths=lengths, Seconds=args.seconds),
                "float32": lambda: runtime.encode("float32", batches, args.seconds),
                "int8": lambda: runtime.encode("int8", batches, args.seconds),
            }
            f = interleave(args.rounds, ways)
            best, peer = max(f["ours float32"], f["ours int8"]), max(f["float32"], f["int8"])
            rows.append([name, what, *(f"{f[k]:.1f}" for k in ways), f"{best / peer:.2f}", f"{f['ours float32'] / f['float32']:.2f}"])
            print("  " + " | ".join(rows[-1]), flush=True)
    head = ["encoder", f"sentences a {unit()} of", "ours float32", "ours int8", "ONNX Runtime float32", "its int8", "best to best", "float32 to float32"]
    return table(head, rows)


def interleave(rounds, ways):
    """The median of each way's figures, one a round, after a round that isn't counted."""
    figures = {k: [] for k in ways}
    for i in range(rounds + 1):
        for k, way in ways.items():
            figure = way()
            if i > 0:
                figures[k].append(figure)
    return {k: statistics.median(v) for k, v in figures.items()}


class Torch:
    """PyTorch fine-tuning the work of internal/transformer/bench's train."""

    def __init__(self, folder):
        import torch
        import transformers
        torch.set_num_threads(THREADS)
        torch.manual_seed(1)
        self.model = transformers.AutoModel.from_pretrained(folder, dtype=torch.float32)
        hidden = self.model.config.hidden_size
        self.head = torch.nn.Sequential(torch.nn.Dropout(0.1), torch.nn.Linear(hidden, hidden), torch.nn.Tanh(),
                                        torch.nn.Dropout(0.1), torch.nn.Linear(hidden, 5))
        self.params = [*self.model.parameters(), *self.head.parameters()]
        self.optimizer = torch.optim.AdamW(self.params, lr=1e-5, weight_decay=0.01)
        self.model.train()

    def steps(self, lengths, count):
        """Examples a second of the median of steps."""
        import torch
        feed = padded(lengths)
        ids, mask = torch.tensor(feed["ids"]).long(), torch.tensor(feed["mask"]).long()
        labels = torch.arange(len(lengths)) % 5
        times = []
        for _ in range(count + 1):
            start = now()
            states = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
            loss = torch.nn.functional.cross_entropy(self.head(states[:, 0]), labels)
            self.optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.params, 1.0)
            self.optimizer.step()
            times.append(now() - start)
        return len(lengths) / statistics.median(times[1:])


def training(args, ours, work):
    lengths = [60 + (i * 37) % 61 for i in range(16)]
    rows = []
    for name, folder, steps in [("bge-small-en-v1.5", args.models / SMALL[0], 3), ("all-mpnet-base-v2", args.mpnet, 1)]:
        if not (folder / "model.safetensors").exists():
            print("  no model in", folder)
            continue
        peer = Torch(folder)
        f = interleave(args.rounds, {
            "ours": lambda: ours.rate("train", folder, "float32", Lengths=lengths, Steps=steps),
            "peer": lambda: peer.steps(lengths, steps),
        })
        rows.append([name, f"{f['ours']:.2f}", f"{f['peer']:.2f}", f"{f['ours'] / f['peer']:.2f}"])
        print("  " + " | ".join(rows[-1]), flush=True)
    what = f"16 statements of {min(lengths)} to {max(lengths)} tokens, {statistics.mean(lengths):.0f} on average, a step; float32"
    return what + "\n\n" + table(["encoder", f"examples a {unit()}, ours", "PyTorch", "ours to its"], rows)


PEER_LABEL = """
import sys, numpy as np, onnxruntime as ort, tokenizers
t = tokenizers.Tokenizer.from_file(sys.argv[2])
o = ort.SessionOptions(); o.intra_op_num_threads = 2
s = ort.InferenceSession(sys.argv[1], o, providers=["CPUExecutionProvider"])
ids = np.array([t.encode(sys.argv[3]).ids], np.int32)
out = s.run(None, {"ids": ids, "types": np.zeros_like(ids), "mask": np.ones_like(ids)})[0]
print(out[0, 0, :5].argmax())
"""

PEER_MEMORY = """
import sys, os, numpy as np, onnxruntime as ort
def resident(): return int([l for l in open("/proc/self/status") if l.startswith("VmRSS")][0].split()[1]) * 1024
bare = resident()
o = ort.SessionOptions(); o.intra_op_num_threads = 2; o.log_severity_level = 3
s = ort.InferenceSession(sys.argv[1], o, providers=["CPUExecutionProvider"])
ids = np.full((32, 64), 2000, np.int32)
for _ in range(3): s.run(None, {"ids": ids, "types": np.zeros_like(ids), "mask": np.ones_like(ids)})
print(resident(), resident() - bare)
"""


def optimised(folder, work):
    """bge-small's graphs as ONNX Runtime keeps them after its optimisations: its quickest to load."""
    import onnxruntime as ort
    runtime = Runtime(folder, work)
    out = {}
    for precision, path in runtime.paths.items():
        o = ort.SessionOptions()
        o.optimized_model_filepath = str(work / f"optimised.{precision}.onnx")
        o.log_severity_level = 3
        ort.InferenceSession(str(path), o, providers=["CPUExecutionProvider"])
        out[precision] = o.optimized_model_filepath
    return out


def wall(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def start(args, program, work, small):
    graphs = optimised(args.models / SMALL[0], work)
    ways = {"ours, int8": lambda: wall([program, "label", str(small), SENTENCE])}
    for precision, path in graphs.items():
        command = [sys.executable, "-c", PEER_LABEL, path, str(small / "tokenizer.json"), SENTENCE]
        ways["ONNX Runtime and tokenizers, " + precision] = lambda command=command: wall(command)
    f = interleave(args.rounds, ways)
    ours = f["ours, int8"]
    return table(["load bge-small and label one sentence, cold", "seconds", "ours to its"],
                 [[k, f"{v:.3f}", f"{ours / v:.2f}"] for k, v in f.items()])


def memory(args, program, work, small):
    rows = []
    for precision, folder in [("int8", small), ("float32", args.models / SMALL[0])]:
        ours = Ours(program)
        ours.ask("encode", folder, precision, Lengths=[64] * 32, Seconds=3)
        rows.append(["ours, " + precision, f"{ours.ask('memory')['resident'] / 1e6:.0f}", ""])
        ours.close()
    for precision, path in optimised(args.models / SMALL[0], work).items():
        out = subprocess.run([sys.executable, "-c", PEER_MEMORY, path], capture_output=True, text=True, check=True).stdout.split()
        rows.append(["ONNX Runtime, " + precision, f"{int(out[0]) / 1e6:.0f}", f"{int(out[1]) / 1e6:.0f}"])
    return table(["serving bge-small, 32 sentences of 64 tokens", "MB resident", "without Python and its imports"], rows)


def unit():
    return "second of CPU time" if CPU_TIME else "second"


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def cpu():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            flags = [l for l in open("/proc/cpuinfo") if l.startswith("flags")][0].split()
            kinds = [k for k in ("avx2", "avx512f", "avx512_vnni", "amx_bf16", "amx_int8") if k in flags]
            return line.split(":")[1].strip() + ", " + ", ".join(kinds)
    return platform.processor()


def versions():
    from importlib.metadata import version
    names = ["onnxruntime", "tokenizers", "torch", "transformers"]
    return ", ".join(f"{n} {version(n)}" for n in names if not missing(n))


def section(args, name, text):
    """Print a table; with -write also put it into the page, between its marks."""
    load = os.getloadavg()
    heading = (f"{time.strftime('%Y-%m-%d', time.gmtime())}, {cpu()}, {os.cpu_count()} cores; threads for each: {THREADS}; "
               f"median of {args.rounds} rounds; load average {load[0]:.1f} at the end. Peers: {versions()}.")
    text = heading + "\n\n" + text
    print(f"\n{name}: {text}", flush=True)
    if args.write:
        page = args.write.read_text()
        name += " by CPU time" * CPU_TIME
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, rest = page.split(begin)
        args.write.write_text(before + begin + text + end + rest.split(end)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-models", type=pathlib.Path, default=HERE.parent / "shared/models")
    parser.add_argument("-mpnet", type=pathlib.Path)
    parser.add_argument("-rounds", type=int, default=7)
    parser.add_argument("-seconds", type=float, default=1.5, help="of encoding, a round")
    parser.add_argument("-only", default="encoding,training,memory,start")
    parser.add_argument("-cpu", action="store_true", help="encoding and training on one thread each, by CPU time: for a machine busy with other work")
    parser.add_argument("-write", type=pathlib.Path)
    args = parser.parse_args()
    if args.cpu:
        global THREADS, CPU_TIME
        THREADS, CPU_TIME = 1, True
    logging.disable(logging.WARNING)
    args.mpnet = args.mpnet or args.models / "all-mpnet-base-v2"
    needs = {"encoding": ["numpy", "onnx", "onnxruntime", "safetensors", "tokenizers"], "training": ["torch", "transformers"]}
    needs["memory"] = needs["start"] = needs["encoding"]
    print(cpu(), "load", os.getloadavg())
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        program = str(work / "bench")
        subprocess.run(["go", "build", "-o", program, "./internal/transformer/bench"], cwd=HERE, check=True)
        small = work / "small"
        subprocess.run([program, "small", str(args.models / SMALL[0]), str(small)], check=True)
        for name in args.only.split(","):
            if lacking := missing(*needs[name]):
                print(f"\n{name}: left out, Python has no {', '.join(lacking)}")
            elif name in ("encoding", "training"):
                ours = Ours(program)
                section(args, name, {"encoding": encoding, "training": training}[name](args, ours, work))
                ours.close()
            else:
                section(args, name, {"memory": memory, "start": start}[name](args, program, work, small))


main()
