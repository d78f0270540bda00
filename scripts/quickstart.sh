#!/usr/bin/env bash
# Embeds the sample corpus and searches it. Builds the project first if necessary.
set -euo pipefail
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
work=$home/spark-job/target/quickstart

# The first run stores parsed classes, which make later starts faster.
jar=$("$home/scripts/build.sh" jar)
if [ "$home/spark-job/target/classes.jsa" -nt "$jar" ]; then write=; else write=yes; fi
echo "Embedding the 200 passages of notebooks/sample"
E5_WRITE_ARCHIVE=$write "$home/scripts/e5-spark" embed --input "$home/notebooks/sample/corpus.jsonl" \
  --text-columns title,text --output "$work/vectors"
echo
echo "Searching them"
"$home/scripts/e5-spark" search --vectors "$work/vectors" --k 3 \
  --query "why does my loaf come out flat and dense" \
  --query "stop my bike chain from going brown after a wet ride"
cat <<END
The vectors are in $work/vectors, a Delta table. Next you can
  search it      scripts/e5-spark search --vectors $work/vectors --query "your words"
  query it       scripts/e5-spark sql -e 'SELECT * FROM delta.\`$work/vectors\` LIMIT 5'
  embed a file   scripts/e5-spark embed --input FILE --text-columns NAME --output ./vectors
END
