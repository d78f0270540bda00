#!/usr/bin/env bash
# Merges into a disk that is too small, checks the table, makes the disk larger and continues.
# Use, as root on Linux: scripts/full-disk-test.sh
set -euo pipefail
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
work=$(mktemp -d)
mkdir "$work/disk"
mount -t tmpfs -o size=2m tmpfs "$work/disk"
trap 'umount "$work/disk"; rm -rf "$work"' EXIT

for ((i = 0; i < 2000; i++)); do
  printf '{"id":%d,"text":"%d grains of salt and %d loaves"}\n' "$i" "$i" $((i % 7))
done > "$work/rows.jsonl"
merge=("$home/scripts/e5-spark" embed --input "$work/rows.jsonl" --output "$work/disk/vectors"
  --mode merge --slice-rows 400)
rows() {
  "$home/scripts/e5-spark" sql --json -e "SELECT count(*) AS rows, count(DISTINCT id) AS ids,
    count_if(size(embedding) = 384) AS vectors FROM delta.\`$work/disk/vectors\`"
}

if "${merge[@]}" > "$work/out" 2> "$work/err"; then
  echo "PROBLEM: the disk was not full" >&2
  exit 1
fi
echo "Full disk:  $(grep '^e5-spark: ' "$work/err" | cut -c1-200)"
echo "Then there: $(rows)"
mount -o remount,size=200m "$work/disk"
"${merge[@]}" 2> "$work/err" | grep Merged
end=$(rows)
echo "In the end: $end"
[ "$end" = '{"rows":2000,"ids":2000,"vectors":2000}' ] || { echo "PROBLEM" >&2; exit 1; }
