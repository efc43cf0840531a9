#!/usr/bin/env python3
"""Write internal/wordpiece/testdata: three small tokenizers over one
vocabulary of our own, and what Hugging Face's library (PyPI tokenizers) makes
of a table of texts with each.

    python3 scripts/wordpiece_golden.py internal/wordpiece/testdata

A line of NAME.golden.jsonl is {"text" or "base64", "repeat", "tokens"}: the
text, how often it is repeated, and [id, start, end] of every token in bytes.
"""
import base64
import json
import pathlib
import sys

from tokenizers import Tokenizer

WORDS = """the of and to in a is that for on it with as was be by are from this not troops base bases army marine
soldier soldiers minister said says us government people want wants stay leave cafe muller uber strasse naive resume
office file final istanbul seoul will wo don can x ab abc unk mask""".split()
PIECES = "s ed ing er ers ly ment tion ship out side way field muller".split()
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789" "ßæœøłđðþıŋſ" "абвгдеиклмнопрстуяії" "αβγσςω" "שלםابت" "कखािी্"
SINGLE = "日本語中文米軍基地韓" "한국" "ｆｕｌ１ﬁﬂ" "€£₩°©™§¶" "\u0338\u0301\u0307" "àéüöñç" "ÀÉÜ" "𝒜😀" "丽"
PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" "‘’“”–—…«»¿¡・。、！？"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

EDGES = [
    "", " ", "\t\n\r", "a", "The army wants the bases to stay.", "THE ARMY SAID: \"NO.\"", "soldiers'", "don't won't can't",
    "self-government", "U.S.-based", "3.5% of $4.8m", "100,000", "e-mail@example.org", "x<y>z", "a_b^c`d~e|f", "#1 & #2",
    "[[CLS]]", "[CLS] the army [SEP] the base [SEP]", "[cls] [Sep]", "the[MASK]base", "[MASK][MASK]", "[ MASK ]", "[PAD", "[UNK]",
    "the  <mask>  base", "<s>the</s>", "<S>", "<mask", "<pad><pad>", "<unk>", "a<unk>b", "A<UNK>B", "a <unk> b", "≮unk>", "<ünk>", "＜unk>",
    "\u3000<mask>", "a\u00a0<mask>\u2003b", "\x01<mask>", "[MA\u0301SK]", "<un\u0301k>", "x\u0338<unk\u0338>",
    "Müller", "Mu\u0308ller", "MÜLLER", "Café naïve résumé", "Straße", "STRASSE", "İstanbul", "I\u0307stanbul", "ıstanbul", "ſaid", "Åland", "Å", "K", "Ω",
    "ǟ", "a\u0308\u0304", "a\u0304\u0308", "a\u0323\u0307", "ạ̈̄x", "\u0301", "\u0301a", "a \u0301 b", "!\u0301", "≠", "a≠b", "≯", "\u037e", "\u1fef", "\u212a", "\u2126",
    "\u0344", "\u0f73\u0f71", "a\u302e\u0323b", "\u302e\u0323", "a\u0323\u302eb", "\U0001d15e", "\U0001d15e\u0338x", "\U0001d160\u0323\u302e", "\u1d165", "\u0345\u0301\u302ey",
    "o\u0334\u0301\u0327\U0001d165\u302f\u0316\u0300z", "ǟ\u302e", "ǟ\u1dcea", "\u08d4a\u08d5", "ক\u09be\u09cd", "को", "क़", "\u0ddd", "\u0cc0", "\u0b4c", "\u1b3b\u1b44",
    "日本", "米軍基地", "in日本語for", "日本。", "中 文", "\U0002f800", "a\U0002b820b\U0002b81fa\U0002b91fb\U0002b920a\U0002a6dfb\U0002a6e0a\u4dbfb\u4dc0a", "豈", "\ufa0e", "㐀", "\u9fff\ua000", "カタカナ", "ガ", "ひらがな", "ﾊﾞ",
    "한국", "한국어", "\u1112\u1161\u11ab", "각\u11a8", "힣", "\u115f\u1160",
    "войска", "Войска", "ВОЙСКА", "Й", "й", "Україна", "Ё", "ѐ", "στρατός", "ΣΤΡΑΤΟΣ", "Άρης", "שלום", "שָׁלוֹם", "العربية", "أ", "سلام\u064b",
    "ＦＵＬＬ　ｗｉｄｔｈ", "！？", "１２３", "ﬁle", "oﬃce", "ﬂ", "ﬆ", "Ǆ", "ǅ", "ǲ", "ŉ", "ß", "ẞ", "ᾳ", "ᾼ", "Ꭰ", "ꭰ", "𐐀", "𝒜", "①②", "Ⅳ", "ⅷ", "½", "x²", "℃", "™",
    "a\x00b", "a\x01b", "\x7fa", "a\x80b", "a\x85b", "a\u00adb", "a\u200bb", "a\u200db", "a\u200e b", "\ufeffThe", "a\u2028b", "a\u2029b", "a\x0bb", "a\x0cb", "a\u1680b", "a\u180eb",
    "a\u2003b", "a\u202fb", "a\u205fb", "a\u3000b", "a\u2060b", "\ue000", "\U000f0000a", "a\ufffdb", "\ufffe", "\uffff", "\U0010ffff", "a\u0378b", "\U0001fae8", "\u20c0", "\u2e5d", "\u1c80", "\ua7da",
    "“Yes,” he said – “no…”", "‘tis", "it’s", "«oui»", "¿qué?", "€5", "£5", "₩5", "§ 5", "¶", "°C", "·", "‰", "′", "‐", "─", "•", "→", "😀", "👨‍👩‍👧", "🇺🇸", "a😀b", "✈️",
    "a" * 100, "a" * 101, "é" * 100, "é" * 101, "e\u0301" * 101, "日" * 101, "한" * 33, "한" * 34, "x" * 99 + "\x01" + "x", "x" * 100 + "\x01", "zq" * 50, "ⱥⱥ", "Ⱥ",
    "soldiership", "bases" * 20, "thé bàse", "tion", "##tion", "## tion", "mullermuller", "a\tb\nc\rd", "  the  ", "the\n\n\nbase", ".", "...", "!!!", "-", "--", "a-", "-a",
]
REPEATED = [("x", 100_000), ("é", 100_000), ("\u0301", 100_000), ("a\u0301", 50_000), ("日", 1_000), ("soldier", 15_000), ("!", 1_000), ("\u302e\u0323", 1_000), ("한", 1_000)]
BROKEN = [
    b"\xff", b"\xfe\xffthe", b"the\x80", b"caf\xc3", b"caf\xc3 the", b"\xe2\x82", b"a\xe2\x82b", b"\xf0\x9f\x98", b"the \xf0\x9f\x98 base", b"\xf0\x9f\x98[SEP]", b"[SEP]\x9f",
    b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80", b"\xf4\x90\x80\x80", b"a\xcc", b"a\xcc\xcc\x81b", b"\xe6\x97\xa5\xe6\x97", b"\xed\x95\x9c\xed", b"<mask\xff>", b"the\xff base\xff",
]


def tokenizer(vocabulary, added, post=None, **switches):
    base = dict(type="BertNormalizer", clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True)
    ids = {t: i for i, t in enumerate(vocabulary)}
    flags = dict(single_word=False, lstrip=False, rstrip=False, normalized=False, special=True)
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [{"id": ids.get(t, 0), "content": t, **flags, **changed} for t, changed in added],
        "normalizer": {**base, **switches}, "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": post,
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": ids},
    }


def tokenizers():
    letters = list(dict.fromkeys(LETTERS))
    body = WORDS + ["##" + p for p in PIECES] + letters + ["##" + c for c in letters] + list(SINGLE) + ["##" + c for c in SINGLE]
    body = list(dict.fromkeys(body + list(PUNCTUATION)))
    bert = [(t, {}) for t in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")]
    yield "bert", tokenizer([t for t, _ in bert] + body, bert)
    mpnet = [(t, {}) for t in ("<s>", "<pad>", "</s>")] + [("<unk>", {"normalized": True}), ("[UNK]", {}), ("<mask>", {"lstrip": True})]
    post = {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0], "trim_offsets": True, "add_prefix_space": False}
    yield "mpnet", tokenizer([t for t, _ in mpnet[:5]] + body + ["<mask>"], mpnet, post)
    # Nothing is cleaned, stripped or lowered; added tokens take spaces along, are normalised, or new.
    odd = bert[:4] + [("[MASK]", {"lstrip": True, "rstrip": True}), ("the army", {"normalized": True, "rstrip": True}), ("[new]", {"special": False})]
    capitals = list(CAPITALS) + ["##" + c for c in CAPITALS]
    yield "cased", tokenizer([t for t, _ in bert] + body + capitals, odd, clean_text=False, handle_chinese_chars=False, lowercase=False)


def encode(hf, raw):
    """[id, start, end] in bytes of raw; a byte that is no UTF-8 reads as U+FFFD."""
    text = raw.decode("utf-8", "surrogateescape")
    at = [0]
    for c in text:
        at.append(at[-1] + (1 if "\udc80" <= c <= "\udcff" else len(c.encode())))
    e = hf.encode("".join("\ufffd" if "\udc80" <= c <= "\udcff" else c for c in text), add_special_tokens=False)
    return [[i, at[a], at[b]] for i, (a, b) in zip(e.ids, e.offsets)]


def cases(hf):
    """The lines of a golden file."""
    for text, repeat in [(t, 1) for t in EDGES] + REPEATED:
        yield {"text": text, "repeat": repeat, "tokens": encode(hf, (text * repeat).encode())}
    for raw in BROKEN:
        yield {"base64": base64.b64encode(raw).decode(), "repeat": 1, "tokens": encode(hf, raw)}


def load(spec):
    hf = Tokenizer.from_str(json.dumps(spec))
    hf.no_truncation()
    hf.no_padding()
    return hf


def write(path, lines):
    with open(path, "w", encoding="utf-8") as f:
        for line in lines:
            f.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, spec in tokenizers():
        (folder / f"{name}.json").write_text(json.dumps(spec, ensure_ascii=False) + "\n", encoding="utf-8")
        write(folder / f"{name}.golden.jsonl", cases(load(spec)))


if __name__ == "__main__":
    main()
