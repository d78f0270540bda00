#!/usr/bin/env bash
# Jupyter with a kernel on the JVM that has e5-spark and an embedded Spark on its class path, named e5-spark.
# Use: scripts/jupyter.sh lab notebooks/quickstart.ipynb
#      scripts/jupyter.sh nbconvert --to html --execute notebooks/quickstart.ipynb
# Jupyter is Debian's (jupyter-nbconvert, jupyter-notebook) or Python's own (pip install jupyterlab).
#   E5_MEMORY   heap of the kernel, 2g by default
set -euo pipefail
[ $# -gt 0 ] || { sed -n '3,5s/^# //p' "$0" >&2; exit 2; }
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
command -v jupyter > /dev/null || { echo "Cannot find jupyter: install it (apt-get install jupyter-nbconvert)." >&2; exit 1; }
target=$home/notebooks/target
path=$(cat "$("$home/scripts/build.sh" kernel)")
mkdir -p "$target/jupyter/kernels/e5-spark"
cat > "$target/jupyter/kernels/e5-spark/kernel.json" <<JSON
{
  "display_name": "Kotlin with e5-spark",
  "language": "kotlin",
  "argv": ["${JAVA_HOME:+$JAVA_HOME/bin/}java", "@$home/conf/java.options", "-Xmx${E5_MEMORY:-2g}", "-Djava.awt.headless=true",
    "-Dspark.ui.showConsoleProgress=false", "-cp", "$path", "org.jetbrains.kotlinx.jupyter.IkotlinKt",
    "{connection_file}", "-classpath=$path", "-home=$target"],
  "env": {"ORT_DISABLE_TELEMETRY": "1"}
}
JSON
export JUPYTER_PATH=$target/jupyter${JUPYTER_PATH:+:$JUPYTER_PATH}
exec jupyter "$@"
