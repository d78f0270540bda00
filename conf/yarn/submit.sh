#!/usr/bin/env bash
# Embeds a table on YARN. Use: conf/yarn/submit.sh INPUT OUTPUT [OPTION...]
# The jars beside the application hold Delta and ONNX Runtime's classes. With the libraries on the nodes (see
# install-onnxruntime.sh), the small onnxruntime jar is enough, so build without -Pgpu.
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/../.."
application=$(scripts/build.sh all)
jars=$(printf '%s,' spark-job/target/submit-jars/*.jar)
exec "${SPARK_HOME:?must name a Spark distribution}/bin/spark-submit" \
  --properties-file conf/yarn/spark.properties --class io.e5spark.job.Main --jars "${jars%,}" \
  --files scripts/get-gpus.sh "$application" embed --input "$1" --output "$2" "${@:3}"
