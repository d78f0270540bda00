#!/usr/bin/env bash
# Kills a merge at random moments and restarts it. Then compares its table with that of an undisturbed merge.
# Use: scripts/fault-test.sh [KILLS] [ROWS] [OPTION...]; 20 kills and 400 rows by default. Each kill takes about a
# minute. The options are those of embed, for example --chunk --chunk-tokens 32.
set -euo pipefail
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
kills=${1:-20}
rows=${2:-400}
options=("${@:3}")
keys=id
if [[ " ${options[*]} " == *" --chunk "* ]]; then keys='id, position'; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
RANDOM=7

for ((i = 0; i < rows; i++)); do
  printf '{"id":%d,"text":"Passage number %d is about the weight of %d grains of salt and of %d loaves.%s"}\n' \
    "$i" "$i" $((RANDOM % 90)) $((RANDOM % 90)) " The baker in street $i weighs them again, one after the other."
done > "$work/rows.jsonl"

merge=("$home/scripts/e5-spark" embed --input "$work/rows.jsonl" --output "$work/merged" --mode merge
  --slice-rows $((rows / 20)) --master 'local[2]' "${options[@]}")

killed=0
for ((i = 1; i <= kills; i++)); do
  "${merge[@]}" > "$work/out" 2> "$work/err" &
  driver=$!
  moment=$((25 + RANDOM % 50))
  for ((second = 0; second < moment; second++)); do
    sleep 1
    kill -0 "$driver" 2> /dev/null || break
  done
  end='ended by itself'
  if kill -9 "$driver" 2> /dev/null; then killed=$((killed + 1)) end="killed after $moment s"; fi
  wait "$driver" 2> /dev/null || true
  echo "Run $i: $end, $(find "$work/merged/_delta_log" -name '*.json' 2> /dev/null | wc -l) commits" >&2
done
[ "$killed" -gt 0 ] || { echo "PROBLEM: no run was killed (give more rows)" >&2; exit 1; }
"${merge[@]}" > "$work/out"
cat "$work/out"
"$home/scripts/e5-spark" embed --input "$work/rows.jsonl" --output "$work/plain" "${options[@]}" > "$work/out"

answer() { "$home/scripts/e5-spark" sql --json -e "$1"; }
answer "SELECT $killed AS killed, count(*) AS rows, count(m.embedding) AS merged, count(p.embedding) AS found,
  count(DISTINCT $keys) AS keys, count(DISTINCT id) AS ids, min(e5_similarity(m.embedding, p.embedding)) AS least_similarity
  FROM delta.\`$work/merged\` m FULL JOIN delta.\`$work/plain\` p USING ($keys)" | tee "$work/rows"
answer "SELECT count(*) AS merges, sum(int(commitInfo.operationMetrics.numTargetRowsInserted)) AS inserted,
  sum(int(commitInfo.operationMetrics.numTargetRowsUpdated)) AS updated
  FROM json.\`$work/merged/_delta_log/*.json\` WHERE commitInfo.operation = 'MERGE'" | tee "$work/commits"

fields() { grep -Eq "\"$1\" ?: ?$2(\.0)?[,}]" "$3"; }
total=$(grep -Eo '"rows" ?: ?[0-9]+' "$work/rows" | grep -Eo '[0-9]+$')
if fields ids "$rows" "$work/rows" && fields merged "$total" "$work/rows" && fields found "$total" "$work/rows" &&
  fields keys "$total" "$work/rows" &&
  grep -Eq '"least_similarity" ?: ?(0\.99999|1\.0)' "$work/rows" &&
  fields inserted "$total" "$work/commits" && fields updated 0 "$work/commits"; then
  echo "The table has each row once, and each row was committed once."
else
  echo "PROBLEM: rows are lost, doubled or were committed twice." >&2
  exit 1
fi
