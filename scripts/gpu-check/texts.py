#!/usr/bin/env python3
"""Writes texts as lines of JSON, made of the sentences of a corpus: the same ones for the same corpus.

Use: texts.py CORPUS COUNT corpus     with the lengths of abstracts, 20 to 400 words
     texts.py CORPUS COUNT lengths    of every length from one word to more than a model takes
"""
import json
import random
import re
import sys


def sentences(path):
    with open(path) as lines:
        rows = [json.loads(line) for line in lines]
    return [part for row in rows for part in re.split(r"(?<=[.?!])\s+", row["text"]) if part]


def text(words, parts, draw):
    chosen, count = [], 0
    while count < words:
        chosen.append(draw.choice(parts))
        count += chosen[-1].count(" ") + 1
    return " ".join(" ".join(chosen).split(" ")[:words])


if len(sys.argv) != 4 or sys.argv[3] not in ("corpus", "lengths"):
    sys.exit(__doc__)
parts, count, draw = sentences(sys.argv[1]), int(sys.argv[2]), random.Random(5)
for number in range(count):
    if sys.argv[3] == "corpus":
        words = min(400, max(20, int(draw.lognormvariate(5.2, 0.5))))
    else:
        words = 1 + 500 * number * number // (count * count)
    print(json.dumps({"_id": f"t{number}", "text": text(words, parts, draw)}))
