#!/usr/bin/env bash
# An init script for clusters. It copies ONNX Runtime's libraries from the volume to the node once. It also copies the
# jars that must be on the class path before a session begins, because a session loads its extensions and plugins.
set -euo pipefail
volume=${E5_VOLUME:-$(dirname "$(realpath "${BASH_SOURCE[0]}")")}
"$volume/install-onnxruntime.sh" /opt/onnxruntime "$volume/onnxruntime_gpu.jar"
ln -sfn /opt/onnxruntime/onnxruntime_gpu /opt/onnxruntime/lib
cp "$volume/e5-spark-job-all.jar" "$volume/onnxruntime.jar" /databricks/jars/
