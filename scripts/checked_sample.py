"""Writes articles of data/gold for classify, and labels as if a person had
checked a random share of them: checked_sample.py FOLDER

    classify -o FOLDER/out -labels FOLDER/labels.jsonl FOLDER/articles.jsonl
"""

import json
import pathlib
import random
import sys

GOLD = pathlib.Path(__file__).resolve().parent.parent / "data" / "gold"
SHARE = 0.3

folder = pathlib.Path(sys.argv[1])
articles = [json.loads(line) for line in open(GOLD / "articles" / "news.jsonl", encoding="utf-8")]
units = [json.loads(line) for line in open(GOLD / "units" / "news.jsonl", encoding="utf-8")]
with open(folder / "articles.jsonl", "w", encoding="utf-8") as f:
    for a in articles:
        f.write(json.dumps({"text": a["body"], "title": a["title"], "date": a["published_at"], "source": a["outlet"]}) + "\n")
known = sorted({u["article_id"] for u in units})
drawn = set(random.Random(11).sample(known, round(SHARE * len(known))))
with open(folder / "labels.jsonl", "w", encoding="utf-8") as f:
    for u in units:
        if u["article_id"] in drawn:
            f.write(json.dumps(u | {"sample": "random", "sample_weight": len(known) / len(drawn)}) + "\n")
