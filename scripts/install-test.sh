#!/usr/bin/env bash
# Installs a release as a user does, from target/repository and the wheel, into an empty virtual
# environment and an empty local repository. Then runs PySpark's quickstart, and a command through spark-submit --packages.
# Use: scripts/install-test.sh [KEEP]   a directory that the installation stays in
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
repository=$PWD/target/repository
version_of() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" pom.xml | head -1; }
version=$(sed -n '/<version>/{s:.*<version>\(.*\)</version>.*:\1:p;q;}' pom.xml)
[ -d "$repository" ] || mvn -B -q -Prelease -DskipTests deploy
delta=io.delta:delta-spark_$(version_of scala.binary.version):$(version_of delta.version)
problem() { echo "PROBLEM: $*" >&2; exit 1; }

# Checks what a public registry requires.
check_artifacts() {
  local pom jar element
  for pom in "$repository"/io/e5spark/*/"$version"/*.pom; do
    for element in name description; do
      grep -q "<$element>" "$pom" || problem "$pom has no $element"
    done
    jar=${pom%.pom}.jar
    grep -q '<packaging>pom</packaging>' "$pom" && continue
    for jar in "$jar" "${jar%.jar}-sources.jar" "${jar%.jar}-javadoc.jar"; do
      [ -f "$jar" ] || problem "there is no $jar"
    done
  done
  for element in url licenses developers scm; do
    grep -q "<$element>" "$repository/io/e5spark/e5-spark/$version/e5-spark-$version.pom" ||
      problem "the root pom has no $element"
  done
}

check_artifacts
dist=$(scripts/python.sh build)
[ -n "$dist" ] || exit 0
work=${1:-$(mktemp -d)}
[ $# -gt 0 ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work/home"
# Spark's resolver also looks into the home directory of the virtual machine.
export HOME=$work/home SPARK_SUBMIT_OPTS="-Duser.home=$work/home ${SPARK_SUBMIT_OPTS:-}"
seconds() { date +%s; }
size() { du -sm "$1" | cut -f1; }

start=$(seconds)
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check "$(grep whl <<< "$dist")" \
  "pyspark==$(version_of spark.version)" "delta-spark==$(version_of delta.version)"
installed=$(seconds)
cp python/examples/quickstart.py "$work"
(cd "$work" && PATH="$work/venv/bin:$PATH" PYSPARK_SUBMIT_ARGS="--repositories file://$repository pyspark-shell" \
  python quickstart.py) 2> "$work/log" | tee "$work/found" || { cat "$work/log" >&2; exit 1; }
grep -q 'Bread needs flour' "$work/found" || problem "the quickstart did not find the passage"
[ -d "$work/vectors/_delta_log" ] || problem "the quickstart left no Delta table"
[ "$(find "$work"/home/.ivy2*/jars -name '*e5spark*' -o -name '*onnxruntime*' | wc -l)" = 2 ] ||
  problem "not one jar and its ONNX Runtime were resolved"
ended=$(seconds)
echo "pip install: $((installed - start)) s, $(size "$work/venv") MB; quickstart: $((ended - installed)) s," \
  "$(size "$work"/home/.ivy2*/jars) MB of jars"

(cd "$work" && PATH="$work/venv/bin:$PATH" spark-submit --master 'local[2]' --repositories "file://$repository" \
  --packages "io.e5spark:e5-spark-runtime:$version,$delta" \
  --class io.e5spark.job.Main spark-internal search --vectors vectors --vector-column embedding --model e5-small-v2 \
  --query 'when does my train go' --k 1) 2> "$work/log" | tee "$work/found" || { cat "$work/log" >&2; exit 1; }
grep -q 'Rome' "$work/found" || problem "the command did not find the passage"
echo "Installed from $repository: the quickstart and a command found what they should."
