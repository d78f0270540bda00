#!/usr/bin/env bash
# Prints the addresses of this machine's NVIDIA GPUs in the form that Spark reads. It is the discovery script for
# spark.worker.resource.gpu.discoveryScript and spark.executor.resource.gpu.discoveryScript.
set -euo pipefail
if ! found=$(nvidia-smi --query-gpu=index --format=csv,noheader); then
  echo "Cannot list GPUs: nvidia-smi failed: ${found:-it is not on the PATH or found no driver}" >&2
  exit 1
fi
addresses=$(sed -e 's/[[:space:]]//g' -e '/^$/d' -e 's/.*/"&"/' <<< "$found" | paste -sd, -)
echo "{\"name\": \"gpu\", \"addresses\": [$addresses]}"
