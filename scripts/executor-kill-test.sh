#!/usr/bin/env bash
# Merges on a cluster of two executors on this machine, kills each executor once during its work, and checks the table.
# Use: scripts/executor-kill-test.sh [ROWS]; 400 by default.
set -euo pipefail
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
rows=${1:-400}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
RANDOM=7

for ((i = 0; i < rows; i++)); do
  printf '{"id":%d,"text":"Passage number %d is about the weight of %d grains of salt and of %d loaves."}\n' \
    "$i" "$i" $((RANDOM % 90)) $((RANDOM % 90))
done > "$work/rows.jsonl"
"$home/scripts/e5-spark" embed --input "$work/rows.jsonl" --output "$work/plain" > "$work/out"

# Spark starts executors from a directory with its jars.
jar=$("$home/scripts/build.sh" jar)
path=$jar:$(cat "$home/spark-job/target/local.classpath")
mkdir -p "$work/spark/jars"
tr ':' '\n' <<< "$path" | while read -r file; do ln -s "$file" "$work/spark/jars/"; done

SPARK_SCALA_VERSION=2.13 SPARK_HOME=$work/spark "${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$home/conf/java.options" -Xmx1g -cp "$path" \
  io.e5spark.job.Main embed --input "$work/rows.jsonl" --output "$work/merged" --mode merge \
  --slice-rows $((rows / 8)) --master 'local-cluster[2,1,1536]' --conf spark.executor.memory=1536m \
  > "$work/out" 2> "$work/err" &
driver=$!
killed=0
for ((second = 0; second < 600; second++)); do
  sleep 1
  kill -0 "$driver" 2> /dev/null || break
  commits=$( (find "$work/merged/_delta_log" -name '*.json' 2> /dev/null || true) | wc -l)
  # The first executor is killed during the third slice, and the second executor during the sixth slice.
  if ((commits >= 3 + 3 * killed && killed < 2)); then
    executor=$(pgrep -P "$driver" -f CoarseGrainedExecutorBackend | sed -n "$((killed + 1))p")
    kill -9 "$executor" && killed=$((killed + 1))
    echo "Killed an executor after $commits commits" >&2
  fi
done
wait "$driver" || { cat "$work/err"; exit 1; }
grep -E '^(Embedded|Merged)' "$work/out"

"$home/scripts/e5-spark" sql --json -e "SELECT $killed AS killed, count(*) AS rows, count(DISTINCT m.id) AS ids,
  count(p.id) AS found, min(e5_similarity(m.embedding, p.embedding)) > 0.99999 AS same
  FROM delta.\`$work/merged\` m FULL JOIN delta.\`$work/plain\` p ON m.id = p.id" | tee "$work/end"
[ "$(cat "$work/end")" = "{\"killed\":2,\"rows\":$rows,\"ids\":$rows,\"found\":$rows,\"same\":true}" ] ||
  { echo "PROBLEM: rows are lost or doubled, or nothing was killed." >&2; exit 1; }
echo "Two executors were killed. The table has each row once, with its vector."
