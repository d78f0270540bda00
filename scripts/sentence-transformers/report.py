"""Prints the texts per CPU-second of each round and their medians. Arguments: the output of benchmark and of encode.py."""

import json
import statistics
import sys
from pathlib import Path


def documents(path):
    text, decoder, found = Path(path).read_text(encoding="utf-8").strip(), json.JSONDecoder(), []
    while text:
        document, end = decoder.raw_decode(text)
        found.append(document)
        text = text[end:].lstrip()
    return found


rounds = []
for ours, theirs in zip(documents(sys.argv[1]), documents(sys.argv[2]), strict=True):
    job = ours["median"]["job"] * ours["texts"] / ours["tokens"]
    rounds.append((job, theirs["texts"] / theirs["cpu"], theirs["difference"]))
print("round   e5-spark   sentence-transformers   ratio   (texts per CPU-second)")
for number, (job, encode, _) in enumerate(rounds, 1):
    print(f"{number:5}   {job:8.2f}   {encode:21.2f}   {job / encode:5.2f}")
medians = [statistics.median(column) for column in zip(*rounds)]
print(f"median  {medians[0]:8.2f}   {medians[1]:21.2f}   {medians[0] / medians[1]:5.2f}")
difference = max(row[2] for row in rounds)
print(f"Largest difference of a component: {difference:.1e}")
sys.exit(difference > 1e-5)
