#!/usr/bin/env bash
# Prints the path of a jar, and builds it first if sources, resources or poms are newer.
# Use: scripts/build.sh jar      the jar with the commands, for an embedded Spark
#      scripts/build.sh all      the assembled jar, for clusters
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
target=$PWD/spark-job/target
version=$(sed -n '/<version>/{s:.*<version>\(.*\)</version>.*:\1:p;q;}' pom.xml)

modules=.,udf,spark-job
options=(-Dassembly.skip)
sources=(pom.xml {udf,spark-job}/pom.xml {udf,spark-job}/src/main notebooks/sample)
jar=$target/e5-spark-job-$version.jar
case ${1:-} in
  jar) printed=$jar with=$target/local.classpath ;;
  all)
    jar=$target/e5-spark-job-$version-all.jar
    printed=$jar with=$target/submit-jars options=()
    sources+=(spark-job/src/assembly)
    ;;
  *) sed -n '3,4s/^# //p' scripts/build.sh >&2; exit 2 ;;
esac
# The checksum of the jar's sources. Sources that were copied are newer than the jar, but may not have changed.
record=$jar.$1.sources

is_there() { [ -e "$jar" ] && [ -e "$with" ]; }
# Returns the file whose time says when the sources were last known to be those of the jar.
known() { if [ "$record" -nt "$jar" ]; then echo "$record"; else echo "$jar"; fi; }
# A directory is also newer if a file was added or removed.
newer() { find "${sources[@]}" -newer "$(known)" -print -quit; }
contents() { find "${sources[@]}" -type f -exec cksum {} + | LC_ALL=C sort | cksum; }
facts() { echo "$(cksum < "$jar") $(contents)"; }

# The time of the jar stays, because Java uses its archive of classes only with the same jar.
is_current() {
  local start now
  is_there || return 1
  if [ -z "$(newer)" ] && { [ "$record" -nt "$jar" ] || [ ! -w "$target" ]; }; then return 0; fi
  start=$(mktemp)
  now=$(facts)
  if [ -z "$(newer)" ] || { [ -f "$record" ] && [ "$(cat "$record")" = "$now" ]; }; then
    { echo "$now" > "$record" && touch -r "$start" "$record"; } 2> /dev/null || true
    rm -f "$start"
    return 0
  fi
  rm -f "$start"
  return 1
}

# Returns whether Maven has never downloaded Spark.
is_first() { [ ! -d "${HOME:-}/.m2/repository/org/apache/spark" ]; }

build() {
  local start before quiet
  command -v mvn > /dev/null || { echo "e5-spark: Cannot build: there is no mvn, which the first start needs (apt-get install maven)" >&2; exit 2; }
  start=$(mktemp)
  before=$(contents)
  echo "Building e5-spark" >&2
  quiet=(-q)
  if is_first; then
    quiet=()
    echo "The first build downloads about 570 MB of libraries into ${HOME:-~}/.m2, which takes a few minutes" >&2
  fi
  # Without a terminal, a line per download would hide the other output.
  [ -t 2 ] || quiet+=(-B -ntp)
  mvn ${quiet[@]+"${quiet[@]}"} -DskipTests -Dspotless.check.skip -pl "$modules" ${options[@]+"${options[@]}"} package >&2
  # Sources that were edited during the build are newer than its start.
  echo "$(cksum < "$jar") $before" > "$record"
  touch -r "$start" "$jar" "$with" "$printed" "$record"
  rm -f "$start"
}

if ! is_current; then
  if is_there && ! { [ -w "$target" ] && command -v mvn > /dev/null; }; then
    echo "Warning: sources are newer than $jar, which cannot be built here" >&2
  else
    mkdir -p "$target"
    # If several commands start at once, only one of them builds.
    exec 9> "$target/.build-lock"
    if command -v flock > /dev/null; then flock 9; fi
    is_current || build
  fi
fi
echo "$printed"
