#!/usr/bin/env bash
# Runs one set of class files, compiled against the version of Spark in pom.xml, on other versions: the SQL tests of the
# library, and the assembled jar on a standalone cluster, behind Spark Connect and with Kafka.
# Use: scripts/spark-versions-test.sh [PROFILE ...]; spark-3.5, spark-4.1 and spark-4.2 by default.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -gt 0 ] || set -- spark-3.5 spark-4.1 spark-4.2
mvn -B -q -DskipTests package
for profile in "$@"; do
  echo "== $profile" >&2
  before=$(find udf/target/classes udf/target/test-classes spark-job/target/*-all.jar -type f -exec sha256sum {} + | sort)
  mvn -B -P "$profile" -pl udf -am surefire:test -Dsurefire.failIfNoSpecifiedTests=false \
    -Dtest='TestBatchedQueries,TestSqlFunctions,TestRealModelQueries'
  if mvn -B -q -P "$profile" -pl deployment dependency:build-classpath@cluster-class-path; then
    mvn -B -P "$profile" -pl deployment surefire:test@default-test \
      -Dtest='TestAssembledJar,TestStandaloneCluster,TestConnect,TestKafka'
  else
    echo "Not run on a cluster: there is no such Spark Connect." >&2
  fi
  after=$(find udf/target/classes udf/target/test-classes spark-job/target/*-all.jar -type f -exec sha256sum {} + | sort)
  [ "$before" = "$after" ] || { echo "PROBLEM: the class files are not those that were built." >&2; exit 1; }
done
echo "The same class files passed on: $*"
