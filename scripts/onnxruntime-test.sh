#!/usr/bin/env bash
# Compares another build of ONNX Runtime with the one that Maven brings: embeds the sample's passages with both on the
# CPU, prints how far the vectors are apart, and runs tests of the library on the other one.
# Use: scripts/onnxruntime-test.sh DIR [TESTS]
#   DIR    its native libraries, as scripts/install-onnxruntime.sh lays them down
#   TESTS  as Maven's -Dtest takes them; by default those of sessions, pooling, matrix products, and the built-in model
set -euo pipefail
[ $# -ge 1 ] || { sed -n '4,6s/^# //p' "$0" >&2; exit 2; }
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
[ -f "$1/libonnxruntime4j_jni.so" ] || { echo "Cannot use $1: it has no libonnxruntime4j_jni.so" >&2; exit 1; }
native=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

embed() { # output, options of Java
  E5_JAVA_OPTIONS=$2 "$home/scripts/e5-spark" sql --json --set device=cpu -e \
    "SELECT _id, e5_embed(text, 'passage') AS vector FROM json.\`$home/notebooks/sample/corpus.jsonl\`" > "$1"
}
E5_JAVA_OPTIONS=-Donnxruntime.native.path=$native "$home/scripts/e5-spark" doctor --set device=cpu
embed "$work/own" ''
embed "$work/other" "-Donnxruntime.native.path=$native"
PYTHONPATH=$home/scripts/gpu-check python3 -c \
  "import read, sys; print(read.vectors(open(sys.argv[1]).read(), sys.argv[2]))" "$work/other" "$work/own"
mvn -B -f "$home/pom.xml" -pl .,udf -Dassembly.skip -Dsurefire.failIfNoSpecifiedTests=false \
  "-Donnxruntime.native.path=$native" \
  "-Dtest=${2:-TestEncoder,TestPoolingTail,TestMatrixMultiplier,TestRecoveringSession,TestE5Embedder,TestBatches,TestModelCardExample}" verify
