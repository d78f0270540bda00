#!/usr/bin/env bash
# Embeds the sample corpus and searches it. Builds the project first if that was not done yet.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$home/spark-job/target/quickstart

# The first run leaves parsed classes for later starts, which are faster for it.
target=$home/spark-job/target
write=yes
for jar in "$target"/e5-spark-job-*[0-9].jar; do
  if [ "$target/classes.jsa" -nt "$jar" ]; then write=; fi
done
echo "Embedding the 200 passages of notebooks/sample"
E5_WRITE_ARCHIVE=$write "$home/scripts/e5-spark" embed --input "$home/notebooks/sample/corpus.jsonl" \
  --text-columns title,text --output "$work/vectors"
echo
echo "Searching them"
"$home/scripts/e5-spark" search --vectors "$work/vectors" --k 3 \
  --query "why does my loaf come out flat and dense" \
  --query "stop my bike chain from going brown after a wet ride"
