"""Embeds texts with sentence-transformers and compares the vectors with those of e5-spark.

Arguments: the directory that model.py made, the texts, the vectors. Prints a line of JSON.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer


def lines(path):
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


model = SentenceTransformer(str(Path(sys.argv[1]) / "model"), device="cpu")
rows = lines(sys.argv[2])
texts = ["passage: " + row["text"] for row in rows]
model.encode(texts[:8], show_progress_bar=False)
cpu, wall = time.process_time(), time.perf_counter()
vectors = model.encode(texts, batch_size=32, show_progress_bar=False)
cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
ours = {row["id"]: np.array(row["embedding"], dtype=np.float32) for row in lines(sys.argv[3])}
difference = max(float(np.abs(vector - ours[row["id"]]).max()) for row, vector in zip(rows, vectors, strict=True))
print(json.dumps({"texts": len(texts), "cpu": cpu, "seconds": wall, "difference": difference}))
