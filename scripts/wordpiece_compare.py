#!/usr/bin/env python3
"""Compare internal/wordpiece with Hugging Face's library (PyPI tokenizers) on
every line of voa.txt, 3,000 generated Unicode strings, every character of
Unicode, and the golden table, for every tokenizer.json that is there.

    python3 scripts/wordpiece_compare.py [-shared ../shared] [tokenizer.json ...]

Tokenizers: those of models/*/ in the shared folder and the ones named. Their
normaliser is tried as it is on everything, and with every other setting of its
switches on the generated strings.
"""
import argparse
import importlib.util
import itertools
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CHUNK = 48  # characters of Unicode a text


def missing(shared):
    if importlib.util.find_spec("tokenizers") is None:
        return "Python has no tokenizers"
    if not (shared / "unlabelled" / "voa.txt").exists():
        return f"{shared} has no unlabelled/voa.txt"
    return None


POOLS = [
    range(0x20, 0x7F), range(0x00, 0x100), range(0x100, 0x250), range(0x300, 0x370), range(0x370, 0x530), range(0x590, 0x700),
    range(0x8A0, 0xE00), range(0xF00, 0xFD0), range(0x1100, 0x1200), range(0x1AB0, 0x1C80), range(0x1D00, 0x2000), range(0x2000, 0x2C00),
    range(0x2E80, 0x3400), range(0x4E00, 0x4F00), range(0xA640, 0xAC00), range(0xAC00, 0xD7A4), range(0xF900, 0x10000), range(0x10000, 0x11A00),
    range(0x1D100, 0x1D200), range(0x1E000, 0x1E960), range(0x1F000, 0x1FB00), range(0x2F800, 0x2FA20), range(0xE0000, 0xE0200), range(0x110000),
]
MARKS = [0x301, 0x308, 0x323, 0x302E, 0x1D165, 0x344, 0xF73, 0x8D4, 0x1DCEA, 0x338, 0x1D15E, 0x5B0, 0x94D, 0x3099, 0x16FF0, 0x1E8D0, 0x10D24]
INSERTS = [" ", " ", "  ", "the", "Müller", "[SEP]", "[MASK]", "<mask>", " <mask>", "<unk>", "<s>", "</s>", "-", "army’s", "\t", "\u00a0", "日本", "[PAD", "\ufffd"]


def generated(n):
    """Strings of one script or several, of combining marks, words and special tokens."""
    rng = random.Random(20240611)
    for _ in range(n):
        pools = rng.sample(POOLS, rng.randint(1, 4))
        out = []
        for _ in range(rng.randint(1, 60)):
            kind = rng.random()
            if kind < 0.2:
                out.append(rng.choice(INSERTS))
            elif kind < 0.35:
                out.append(chr(rng.choice(MARKS)))
            else:
                c = rng.choice(rng.choice(pools))
                out.append(chr(c) if not 0xD800 <= c < 0xE000 else "\ufffd")
        yield "".join(out)


def characters():
    """Every character, alone, inside a word, and before an accent."""
    every = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]
    for i in range(0, len(every), CHUNK):
        yield " ".join(f"{c} a{c}b o{c}\u0301\u302e" for c in every[i:i + CHUNK])


def broken(texts):
    """Texts cut in the middle of a character."""
    for text in texts:
        raw = text.encode()
        inside = [i for i, b in enumerate(raw) if b & 0xC0 == 0x80]
        if inside:
            cut = inside[len(inside) // 2]
            yield raw[:cut] + b" the" + raw[cut:]


def settings(spec):
    for clean, chinese, strip, lower in itertools.product((True, False), (True, False), (True, False, None), (True, False)):
        normalizer = {"type": "BertNormalizer", "clean_text": clean, "handle_chinese_chars": chinese, "strip_accents": strip, "lowercase": lower}
        yield {**spec, "normalizer": normalizer}


def write(folder, name, spec, raws):
    import base64

    from wordpiece_golden import encode, load, write as write_lines

    hf = load(spec)
    (folder / f"{name}.json").write_text(json.dumps(spec), encoding="utf-8")
    write_lines(folder / f"{name}.jsonl", ({"base64": base64.b64encode(r).decode(), "tokens": encode(hf, r)} for r in raws))


def references(folder, specs, shared):
    from wordpiece_golden import BROKEN, EDGES, REPEATED

    voa = (shared / "unlabelled" / "voa.txt").read_bytes().split(b"\n")
    made = list(generated(3000))
    table = [t.encode() for t in EDGES] + [(t * n).encode() for t, n in REPEATED] + BROKEN
    strings = [t.encode() for t in made] + list(broken(made[::3]))
    for name, spec in specs:
        write(folder, f"{name}.voa", spec, voa)
        write(folder, f"{name}.table", spec, table)
        write(folder, f"{name}.generated", spec, strings)
        write(folder, f"{name}.characters", spec, (t.encode() for t in characters()))
    for n, spec in enumerate(settings(specs[0][1])):
        write(folder, f"switches{n:02}", spec, table + strings[::4])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    parser.add_argument("tokenizer", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    if why := missing(args.shared):
        sys.exit(f"nothing compared: {why}")
    paths = sorted((args.shared / "models").glob("*/tokenizer.json")) + args.tokenizer
    specs = [(p.resolve().parent.name, json.loads(p.read_text(encoding="utf-8"))) for p in paths]
    if not specs:
        sys.exit(f"nothing compared: no models/*/tokenizer.json in {args.shared}")
    with tempfile.TemporaryDirectory() as folder:
        references(pathlib.Path(folder), specs, args.shared)
        command = ["go", "test", "./internal/wordpiece", "-count=1", "-v", "-run", "TestReferences"]
        env = {**os.environ, "STANDPOINT_WORDPIECE": folder}
        sys.exit(subprocess.run(command, cwd=HERE.parent, env=env).returncode)


if __name__ == "__main__":
    main()
