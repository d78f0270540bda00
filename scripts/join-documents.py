#!/usr/bin/env python3
"""Makes a BEIR folder of long documents: join-documents.py FOLDER OUTPUT COUNT [SPLIT]

Each document is COUNT documents of FOLDER, in an order drawn with a fixed seed, with an empty line
between them. It is judged for a query as the best of its parts is.
"""
import json
import pathlib
import random
import shutil
import sys

SEED = 17


def main(folder, output, count, split="test"):
    folder, output = pathlib.Path(folder), pathlib.Path(output)
    lines = (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    parts = [json.loads(line) for line in lines]
    random.Random(SEED).shuffle(parts)
    (output / "qrels").mkdir(parents=True, exist_ok=True)
    joined = {}
    with open(output / "corpus.jsonl", "w", encoding="utf-8") as corpus:
        for number, start in enumerate(range(0, len(parts), int(count))):
            group = parts[start : start + int(count)]
            texts = [(one.get("title", "") + " " + one.get("text", "")).strip() for one in group]
            document = {"_id": f"joined-{number}", "title": "", "text": "\n\n".join(texts)}
            corpus.write(json.dumps(document, ensure_ascii=False) + "\n")
            joined.update((one["_id"], document["_id"]) for one in group)
    shutil.copy(folder / "queries.jsonl", output / "queries.jsonl")
    judge(folder / "qrels" / f"{split}.tsv", output / "qrels" / f"{split}.tsv", joined)


def judge(source, target, joined):
    header, *rows = source.read_text(encoding="utf-8").splitlines()
    grades = {}
    for row in rows:
        query, document, grade = row.split("\t")
        if document in joined:
            key = (query, joined[document])
            grades[key] = max(int(grade), grades.get(key, 0))
    judged = [f"{query}\t{document}\t{grade}" for (query, document), grade in grades.items()]
    target.write_text("\n".join([header, *judged]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
