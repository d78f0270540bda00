#!/usr/bin/env bash
# Installs ONNX Runtime's native libraries into a directory, for an image or the init script of a cluster, so that no
# process unpacks them from the jar. Prints the setting that makes Spark's processes use them.
# Use: scripts/install-onnxruntime.sh DIR [JAR] [--cuda MAJOR WHEEL]
#   DIR    gets a directory with the name of the jar, such as DIR/onnxruntime_gpu-VERSION
#   JAR    onnxruntime or onnxruntime_gpu; by default the newest onnxruntime_gpu of the local Maven repository, else
#          the newest onnxruntime
#   --cuda MAJOR WHEEL
#          takes only Java's own library from the jar, which must be onnxruntime_gpu, and the others from WHEEL: PyPI's
#          onnxruntime-gpu, of the jar's version or a newer one, which must be built for CUDA MAJOR
set -euo pipefail
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")" && pwd)
usage() { sed -n '4,10s/^# //p' "$0" >&2; exit 2; }
fail() { echo "$*" >&2; exit 1; }

directory='' jar='' cuda='' wheel=''
while [ $# -gt 0 ]; do
  case $1 in
    --cuda) [ $# -ge 3 ] || usage; cuda=$2 wheel=$3; shift 2 ;;
    -*) usage ;;
    *) if [ -z "$directory" ]; then directory=$1; elif [ -z "$jar" ]; then jar=$1; else usage; fi ;;
  esac
  shift
done
[ -n "$directory" ] || usage
repository=${MAVEN_REPOSITORY:-${HOME:-}/.m2/repository}/com/microsoft/onnxruntime

shopt -s nullglob
newest() { # artifact
  printf '%s\n' "$repository/$1"/*/"$1"-[0-9]*[0-9].jar | sort -V | tail -n 1
}
jar=${jar:-$(newest onnxruntime_gpu)}
jar=${jar:-$(newest onnxruntime)}
[ -n "$jar" ] || fail "Cannot find onnxruntime_gpu or onnxruntime below $repository (name the jar)"
for archive in "$jar" ${wheel:+"$wheel"}; do
  [ -f "$archive" ] || fail "Cannot read $archive"
done

case $(uname -m) in
  x86_64) platform=linux-x64 ;;
  aarch64) platform=linux-aarch64 ;;
  *) fail "Cannot install for $(uname -m) (ONNX Runtime has libraries for x86_64 and aarch64)" ;;
esac
mkdir -p "$directory"
unfinished=$(mktemp -d "$directory/.unfinished-XXXXXX")
trap 'rm -rf "$unfinished"' EXIT

# Extracts the native libraries of one folder of an archive, if it has any.
extract() { # archive, folder
  if command -v unzip > /dev/null; then
    # 1: a warning. 11: the archive has no such files.
    unzip -q -o -j "$1" "$2/*.so*" -d "$unfinished" 2> /dev/null || [[ $? == @(1|11) ]] ||
      fail "Cannot unpack $1 into $directory (is the disk full, or the archive damaged?)"
  else
    archive=$(realpath "$1")
    (cd "$unfinished" && "${JAVA_HOME:+$JAVA_HOME/bin/}jar" xf "$archive" "$2" &&
      find "${2%%/*}" -name '*.so*' -exec mv {} . \; && rm -rf "${2%%/*}")
  fi
}

# Takes all libraries except Java's from a wheel.
take_wheel() {
  rm -f "$unfinished"/libonnxruntime.so "$unfinished"/libonnxruntime_providers_*
  extract "$wheel" onnxruntime/capi
  rm -f "$unfinished"/onnxruntime_pybind11*
  local core provider=$unfinished/libonnxruntime_providers_cuda.so built
  core=$(printf '%s\n' "$unfinished"/libonnxruntime.so.*)
  [ -f "$core" ] && [ -f "$provider" ] || fail "Cannot find ONNX Runtime's libraries for CUDA in $wheel"
  built=$(grep -a -o 'libcublas\.so\.[0-9]*' "$provider" | sort -u | sed 's/.*\.//')
  [ "$built" = "$cuda" ] || fail "Cannot install for CUDA $cuda: $wheel is built for CUDA ${built//$'\n'/ and }"
  ! grep -q 'not compiled with CUDA' "$unfinished/libonnxruntime4j_jni.so" ||
    fail "Cannot install for CUDA $cuda: Java's library in $jar is built without CUDA (name onnxruntime_gpu's jar)"
  mv "$core" "$unfinished/libonnxruntime.so"
  name=onnxruntime_gpu-${core##*.so.}-cuda$cuda
  match "${core##*.so.}" "$unfinished/libonnxruntime4j_jni.so"
}

# Java's library requests exactly the version of ONNX Runtime with which it was built.
match() { # version of ONNX Runtime, Java's library
  local wanted
  wanted=$(grep -a -o 'VERS_[0-9.]*' "$2" | sed 's/VERS_//')
  [ "$wanted" != "$1" ] || return 0
  [ "$(printf '%s\n' "$wanted" "$1" | sort -V | tail -n 1)" = "$1" ] ||
    fail "Cannot install ONNX Runtime $1 of $wheel: it is older than the $wanted of $jar"
  python3 "$home/accept-newer-onnxruntime.py" "$2"
}

extract "$jar" "ai/onnxruntime/native/$platform"
rm -f "$unfinished"/*tensorrt*
[ -f "$unfinished/libonnxruntime4j_jni.so" ] || fail "Cannot find ONNX Runtime's libraries in $jar"
name=$(basename "$jar" .jar)
if [ -n "$wheel" ]; then take_wheel; fi
rm -f "$unfinished"/*tensorrt*
chmod 755 "$unfinished" "$unfinished"/*.so
target=$directory/$name
rm -rf "$target"
mv "$unfinished" "$target"
echo "-Donnxruntime.native.path=$(realpath "$target")"
