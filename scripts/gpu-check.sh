#!/usr/bin/env bash
# Measures a GPU on a machine that has only Python with PyTorch and sentence-transformers: it has
# no Java, no network and no package manager, and files arrive in small pieces.
# Use:
#   scripts/gpu-check.sh pack DIR            on a machine with Maven: makes DIR/e5-gpu.001, … and DIR/e5-gpu.sha256
#   scripts/gpu-check.sh restore DIR TARGET  on the bare one, as often as pieces arrive in DIR: says what is missing
#   scripts/gpu-check.sh run TARGET OUT      there, in one command: writes OUT/gpu-check.json and OUT/gpu-check.log
# Settings of pack (DIR/content keeps the contents of the pieces, and a later pack reuses them):
#   WHEEL      PyPI's onnxruntime-gpu, for CUDA 13; without it the libraries of Maven's onnxruntime_gpu, for CUDA 12
#   SHAPES     models of random weights, the most important first ("base small large"; also tiny)
#   CORPUS     a .jsonl with a column text, for real lengths; by default texts are made up of the sample's sentences
#   TEXTS      the number of texts (16000)
#   MEBIBYTES  the largest size of a piece (60)
#   EFFORT     the effort of xz, 0 to 9 (6): smaller pieces take longer to pack
# Settings of run:
#   DEVICE (cuda), PEAK_TFLOPS (989: H100 and H200, dense fp16), ROUNDS (3), MEMORY (8g),
#   COPIES (8): how often the long job embeds all texts
#   LIMIT (570): the seconds after which all steps end
#   PATIENCE (1): the factor by which a step may take longer, for machines that are slower than usual
#   STEPS: a regular expression of the names of the steps to run (.*)
set -euo pipefail
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")" && pwd)
# The class files of imported modules would lie in the checkout.
export PYTHONDONTWRITEBYTECODE=1
usage() { sed -n '4,7s/^# \{0,1\}//p' "$home/gpu-check.sh" >&2; exit 2; }

case "${1:-} $#" in
  'pack 2') exec "$home/gpu-check/pack.sh" "$2" ;;
  'restore 3') exec python3 "$home/gpu-check/pieces.py" restore "$2" "$3" ;;
  'run 3') exec python3 "$home/gpu-check/run.py" "$2" "$3" ;;
  *) usage ;;
esac
