#!/usr/bin/env bash
# Embeds the sample corpus and searches it. Builds the project first if that was not done yet.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$home/spark-job/target/quickstart
archive=$home/spark-job/target/classes.jsa

# The first run leaves parsed classes for later starts, which are twice as fast for it.
if [ ! -f "$archive" ]; then export E5_JAVA_OPTIONS="-XX:ArchiveClassesAtExit=$archive"; fi
echo "Embedding the 200 passages of notebooks/sample"
"$home/scripts/e5-spark" embed --input "$home/notebooks/sample/corpus.jsonl" \
  --text-columns title,text --output "$work/vectors"
unset E5_JAVA_OPTIONS
echo
echo "Searching them"
"$home/scripts/e5-spark" search --vectors "$work/vectors" --k 3 \
  --query "why does my loaf come out flat and dense" \
  --query "stop my bike chain from going brown after a wet ride"
