#!/usr/bin/env bash
# Compares another build of ONNX Runtime with the one that Maven brings: embeds the sample's passages with both on the
# CPU, and prints the largest difference between the vectors.
# Use: scripts/onnxruntime-test.sh DIR     DIR has its native libraries, as scripts/install-onnxruntime.sh installs them
set -euo pipefail
[ $# = 1 ] || { sed -n '4s/^# //p' "$0" >&2; exit 2; }
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
[ -f "$1/libonnxruntime4j_jni.so" ] || { echo "Cannot use $1: it has no libonnxruntime4j_jni.so" >&2; exit 1; }
native=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

embed() { # output, options of Java
  E5_JAVA_OPTIONS=$2 "$home/scripts/e5-spark" sql --json --set device=cpu -e \
    "SELECT _id, e5_embed(text, 'passage') AS vector FROM json.\`$home/notebooks/sample/corpus.jsonl\`" > "$1"
}
embed "$work/own" ''
embed "$work/other" "-Donnxruntime.native.path=$native"
PYTHONPATH=$home/scripts/gpu-check python3 -B -c \
  "import read, sys; print(read.vectors(open(sys.argv[1]).read(), sys.argv[2]))" "$work/other" "$work/own"
