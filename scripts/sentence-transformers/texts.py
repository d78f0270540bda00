"""Writes the first texts of a file of JSON lines, with numbers as ids. Arguments: the file, their number, the output."""

import json
import sys

source, count, target = sys.argv[1], int(sys.argv[2]), sys.argv[3]
with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as out:
    texts = (json.loads(line).get("text") for line in lines)
    chosen = [text for text in texts if text][:count]
    for number, text in enumerate(chosen):
        out.write(json.dumps({"id": number, "text": text}) + "\n")
