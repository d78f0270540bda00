#!/usr/bin/env bash
# Lays ONNX Runtime's native libraries into a directory once, for an image or a cluster's init script, so that no
# process takes them out of the jar. Prints the setting that makes Spark's processes use them.
# Use: scripts/install-onnxruntime.sh DIR [JAR]
#   DIR  gets the libraries in a directory of the jar's name, such as DIR/onnxruntime_gpu-VERSION
#   JAR  onnxruntime or onnxruntime_gpu; by default the newest onnxruntime_gpu of the local Maven repository, else
#        the newest onnxruntime
set -euo pipefail
[ $# -ge 1 ] || { sed -n '4,7s/^# //p' "$0" >&2; exit 2; }
directory=$1
repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}/com/microsoft/onnxruntime

shopt -s nullglob
newest() { # artifact
  printf '%s\n' "$repository/$1"/*/"$1"-[0-9]*[0-9].jar | sort -V | tail -n 1
}
jar=${2:-$(newest onnxruntime_gpu)}
jar=${jar:-$(newest onnxruntime)}
[ -n "$jar" ] || { echo "Cannot find onnxruntime_gpu or onnxruntime below $repository (name the jar)" >&2; exit 1; }
[ -f "$jar" ] || { echo "Cannot read $jar" >&2; exit 1; }

case $(uname -m) in
  x86_64) platform=linux-x64 ;;
  aarch64) platform=linux-aarch64 ;;
  *) echo "Cannot install for $(uname -m) (ONNX Runtime has libraries for x86_64 and aarch64)" >&2; exit 1 ;;
esac
target=$directory/$(basename "$jar" .jar)
mkdir -p "$directory"
unfinished=$(mktemp -d "$directory/.unfinished-XXXXXX")
trap 'rm -rf "$unfinished"' EXIT

if command -v unzip > /dev/null; then
  unzip -q -j "$jar" "ai/onnxruntime/native/$platform/*.so" -d "$unfinished"
else
  jar=$(realpath "$jar")
  (cd "$unfinished" && "${JAVA_HOME:+$JAVA_HOME/bin/}jar" xf "$jar" "ai/onnxruntime/native/$platform" &&
    find ai -name '*.so' -exec mv {} . \; && rm -rf ai)
fi
rm -f "$unfinished"/*tensorrt*
[ -f "$unfinished/libonnxruntime.so" ] || { echo "Cannot find ONNX Runtime's libraries in $jar" >&2; exit 1; }
chmod 755 "$unfinished" "$unfinished"/*.so
rm -rf "$target"
mv "$unfinished" "$target"
echo "-Donnxruntime.native.path=$(realpath "$target")"
