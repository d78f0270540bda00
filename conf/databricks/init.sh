#!/usr/bin/env bash
# Cluster init script: lays ONNX Runtime's libraries from the volume onto the node once, and the jars that must be on
# the class path before any session begins, since extensions and plugins are loaded with it.
set -euo pipefail
volume=${E5_VOLUME:-$(dirname "$(realpath "${BASH_SOURCE[0]}")")}
"$volume/install-onnxruntime.sh" /opt/onnxruntime "$volume/onnxruntime_gpu.jar"
ln -sfn /opt/onnxruntime/onnxruntime_gpu /opt/onnxruntime/lib
cp "$volume/e5-spark-job-all.jar" "$volume/onnxruntime.jar" /databricks/jars/
