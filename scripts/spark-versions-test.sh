#!/usr/bin/env bash
# Runs one set of class files, compiled against the version of Spark in pom.xml, on other versions: the SQL tests of the
# library, and the assembled jar on a standalone cluster, behind Spark Connect and with Kafka.
# Use: scripts/spark-versions-test.sh [--sql] [PROFILE ...]; spark-3.5, spark-4.1 and spark-4.2 by default.
#   --sql   only the SQL tests
set -euo pipefail
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.."
jar=spark-job/target/*-all.jar build=()
if [ "${1:-}" = --sql ]; then
  jar='' build=(-pl .,udf)
  shift
fi
[ $# -gt 0 ] || set -- spark-3.5 spark-4.1 spark-4.2
for profile in "$@"; do
  # Maven ignores a profile that it does not know.
  grep -q "<id>$profile</id>" pom.xml ||
    { echo "Invalid profile: $profile (must be one of spark-3.5, spark-4.1, spark-4.2)" >&2; exit 2; }
done
mvn -B -q -DskipTests "${build[@]}" package

hashes() {
  # shellcheck disable=SC2086
  find udf/target/classes udf/target/test-classes $jar -type f -exec sha256sum {} + | sort
}

on_a_cluster() {
  if mvn -B -q -P "$1" -pl deployment dependency:build-classpath@cluster-class-path; then
    mvn -B -P "$1" -pl deployment surefire:test@default-test \
      -Dtest='TestAssembledJar,TestStandaloneCluster,TestConnect,TestKafka'
  else
    echo "Not run on a cluster: this version of Spark Connect's server is not available." >&2
  fi
}

for profile in "$@"; do
  echo "== $profile" >&2
  before=$(hashes)
  mvn -B -P "$profile" -pl udf -am surefire:test -Dsurefire.failIfNoSpecifiedTests=false \
    -Dtest='TestBatchedQueries,TestSqlFunctions,TestTableFunctions,TestFunctionsInStatements,TestNearestByQueries,TestRealModelQueries'
  [ -z "$jar" ] || on_a_cluster "$profile"
  [ "$before" = "$(hashes)" ] || { echo "PROBLEM: the class files have changed since the build." >&2; exit 1; }
done
echo "The same class files passed on: $*"
