#!/usr/bin/env bash
# Embeds a table on Kubernetes. Use: conf/kubernetes/submit.sh https://API_SERVER:6443 INPUT OUTPUT [OPTION...]
set -euo pipefail
[ $# -ge 3 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }
cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/../.."
exec "${SPARK_HOME:?must name a Spark distribution}/bin/spark-submit" --master "k8s://$1" \
  --properties-file conf/kubernetes/spark.properties --class io.e5spark.job.Main \
  local:///opt/e5-spark/e5-spark-job-all.jar embed --input "$2" --output "$3" "${@:4}"
