#!/usr/bin/env bash
# Builds the wheel and the source archive of the Python package in python/target/dist, and tests it on real Sparks, in virtual
# environments that it makes below python/target. The root pom defines the versions.
# Use: scripts/python.sh build
#      scripts/python.sh test [classic] [connect] [spark-3.5] [notebook] [dbt] [airflow] [pipelines]
#      runs the first four by default
# classic is PySpark, connect the client of Spark Connect with a server, spark-3.5 the oldest PySpark; notebook executes
# the quickstart notebook, dbt the project in conf/dbt, pipelines that in conf/pipelines with a later Spark; airflow
# imports the DAG in conf/airflow.
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
target=$PWD/python/target
usage() { sed -n '4,8s/^# //p' scripts/python.sh >&2; exit 2; }
version_of() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" pom.xml | head -1; }

# Makes the environment $1 with these packages, unless it exists.
environment() {
  local home=$target/$1
  shift
  [ "$(cat "$home/packages" 2> /dev/null)" = "$*" ] && return
  rm -rf "$home"
  python3 -m venv "$home"
  "$home/bin/pip" install -q --disable-pip-version-check "$@"
  echo "$*" > "$home/packages"
}

# Exit code 0, because there is nothing wrong with the package.
skip() { echo "The Python package is not built or tested: $1." >&2; exit 0; }

require_registry() {
  mkdir -p "$target"
  python3 -m venv "$target/registry" > /dev/null 2>&1 || skip "python3 cannot make a virtual environment (python3-venv)"
  "$target/registry/bin/pip" download -q --no-deps --no-cache-dir --retries 1 -d "$target/registry" \
    "hatchling==$(version_of python.hatchling.version)" > /dev/null 2>&1 || skip "PyPI cannot be reached"
}

build() {
  environment tools "build==$(version_of python.build.version)" "hatchling==$(version_of python.hatchling.version)" \
    "mypy==$(version_of python.mypy.version)" "check-jsonschema==$(version_of python.check-jsonschema.version)" \
    "pyspark-client==$(version_of spark.version)"
  rm -rf "$1"
  "$target/tools/bin/python" -m build --no-isolation -o "$1" python > "$target/build.log" 2>&1 ||
    { cat "$target/build.log" >&2; exit 1; }
}

# Checks the files of the forge with the schemas of the checker.
check_forge() {
  local check="$target/tools/bin/check-jsonschema -q --builtin-schema vendor.github"
  $check-workflows .github/workflows/*.yml
  $check-issue-forms .github/ISSUE_TEMPLATE/{bug,feature}.yml
  $check-issue-config .github/ISSUE_TEMPLATE/config.yml
}

# Prints the assembled jar and ONNX Runtime in the form of spark.jars.
jars() {
  local assembled
  assembled=$(scripts/build.sh all)
  ls "$assembled" spark-job/target/submit-jars/onnxruntime-*.jar | xargs realpath | paste -sd,
}

# Runs the tests in the environment $1 with further variables.
tests() {
  local home=$target/$1
  shift
  "$home/bin/pip" install -q --disable-pip-version-check --force-reinstall --no-deps "$target"/dist/*.whl
  (cd python && env PATH="$home/bin:$PATH" PYTHONDONTWRITEBYTECODE=1 "$@" "$home/bin/pytest" -q -p no:cacheprovider)
}

classic_environment() {
  environment classic "pyspark==$(version_of spark.version)" "pytest==$(version_of python.pytest.version)" \
    "onnxruntime==$(version_of onnxruntime.version)" "tokenizers==$(version_of python.tokenizers.version)" \
    nbclient ipykernel matplotlib pandas
}

classic() {
  classic_environment
  tests classic E5_JARS="$jars"
}

connect() {
  local log=$target/connect.log port=
  classic_environment
  environment connect "pyspark-client==$(version_of spark.version)" "pytest==$(version_of python.pytest.version)"
  (cd "$target" && PATH="$target/classic/bin:$PATH" exec spark-submit --master 'local[2]' --jars "$jars" \
    --conf spark.sql.extensions=io.e5spark.sql.E5Extensions --conf spark.ui.enabled=false \
    --conf spark.sql.shuffle.partitions=2 --conf spark.connect.grpc.binding.address=127.0.0.1 \
    --conf spark.connect.grpc.binding.port=0 \
    --class org.apache.spark.sql.connect.service.SparkConnectServer spark-internal) > "$log" 2>&1 &
  server=$!
  trap 'kill $server 2> /dev/null || true' EXIT
  while [ -z "$port" ]; do
    kill -0 "$server" 2> /dev/null || { tail -20 "$log" >&2; echo "Cannot start Spark Connect's server." >&2; exit 1; }
    sleep 1
    port=$(sed -n 's/.*Spark Connect server started at: .*:\([0-9]*\).*/\1/p' "$log")
  done
  tests connect E5_REMOTE="sc://127.0.0.1:$port"
  kill "$server"
}

# PyPI has Spark 3.5 only for Scala 2.12, so these tests use the jars of the tests on YARN.
spark-3.5() {
  local home=$target/spark-3.5-home path=deployment/yarn/target/cluster.classpath
  environment spark-3.5 "pyspark==$(version_of yarn.spark.version)" "pytest==$(version_of python.pytest.version)"
  [ -e "$path" ] || mvn -B -q -pl .,deployment/yarn -Dspotless.check.skip package
  rm -rf "$home"
  mkdir -p "$home/jars"
  ln -s "$("$target/spark-3.5/bin/python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')/bin" "$home/bin"
  tr : '\n' < "$path" | grep -v -e /onnxruntime -e /delta- | xargs -I{} ln -s {} "$home/jars"
  tests spark-3.5 SPARK_HOME="$home" E5_JARS="$jars"
}

notebook() {
  classic_environment
  "$target/classic/bin/pip" install -q --disable-pip-version-check --force-reinstall --no-deps "$target"/dist/*.whl
  env PATH="$target/classic/bin:$PATH" E5_JARS="$jars" "$target/classic/bin/pytest" -q -p no:cacheprovider \
    notebooks/test_quickstart.py
}

dbt() {
  environment dbt "pyspark==$(version_of spark.version)" "pytest==$(version_of python.pytest.version)" \
    "dbt-core==$(version_of python.dbt.version).*" "dbt-spark==$(version_of python.dbt.version).*"
  env PATH="$target/dbt/bin:$PATH" E5_JARS="$jars,$(ls "$PWD"/spark-job/target/submit-jars/delta-*.jar | paste -sd,)" \
    "$target/dbt/bin/pytest" -q -p no:cacheprovider conf/dbt/test_dbt.py
}

airflow() {
  environment airflow "apache-airflow-providers-apache-spark==$(version_of python.airflow-spark.version)" \
    "pytest==$(version_of python.pytest.version)"
  "$target/airflow/bin/pytest" -q -p no:cacheprovider conf/airflow/test_airflow.py
}

pipelines() {
  environment pipelines "pyspark[pipelines]==$(version_of python.pipelines.version)" \
    "pytest==$(version_of python.pytest.version)"
  env PATH="$target/pipelines/bin:$PATH" E5_JARS="$jars" \
    "$target/pipelines/bin/pytest" -q -p no:cacheprovider conf/pipelines/test_pipeline.py
}

run_tests() {
  [ $# -gt 0 ] || set -- classic connect spark-3.5 notebook
  for kind in "$@"; do
    case $kind in classic | connect | spark-3.5 | notebook | dbt | airflow | pipelines) ;; *) usage ;; esac
  done
  require_registry
  build "$target/dist"
  build "$target/again"
  diff -r "$target/dist" "$target/again" || { echo "PROBLEM: two builds of the package differ." >&2; exit 1; }
  cmp LICENSE python/LICENSE
  check_forge
  (cd python && "$target/tools/bin/mypy" --cache-dir "$target/mypy")
  jars=$(jars)
  # The tests end before optimized code repays its compilation.
  export JDK_JAVA_OPTIONS="-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m"
  for kind in "$@"; do
    echo "== $kind" >&2
    "$kind"
  done
}

case ${1:-} in
  build) require_registry; build "$target/dist"; ls "$target"/dist/* ;;
  test) shift; run_tests "$@" ;;
  *) usage ;;
esac
