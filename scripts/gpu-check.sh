#!/usr/bin/env bash
# Measures a GPU on a machine that has Python with PyTorch and sentence-transformers, and
# otherwise nothing: no Java, no network, no package manager, and files arrive in small pieces.
# Use:
#   scripts/gpu-check.sh pack DIR            on a machine with Maven: makes DIR/e5-gpu.001, … and DIR/e5-gpu.sha256
#   scripts/gpu-check.sh restore DIR TARGET  on the bare one, as often as pieces arrive in DIR: says what is missing
#   scripts/gpu-check.sh run TARGET OUT      there, in one command: writes OUT/gpu-check.json and OUT/gpu-check.log
# Settings of pack (DIR/content keeps what the pieces hold; what it has already is not made again):
#   WHEEL      PyPI's onnxruntime-gpu, for CUDA 13; without it Maven's onnxruntime_gpu is packed, for CUDA 12
#   SHAPES     models of random weights, the most important first ("base small large"; also tiny)
#   CORPUS     a .jsonl with a column text, for real lengths; by default texts are made up of the sample's sentences
#   TEXTS      how many of them (8000)
#   MEBIBYTES  of a piece, at most (60)
#   EFFORT     of xz, 0 to 9 (6): what is smaller takes longer to pack
# Settings of run:
#   DEVICE (cuda), PEAK_TFLOPS (989: H100 and H200, dense fp16), ROUNDS (3), MEMORY (8g),
#   LIMIT (570): seconds after which no step goes on
#   PATIENCE (1): how many times longer a step may take, on a machine slower than those with such GPUs
#   STEPS: a regular expression of the names of the steps to run (.*)
set -euo pipefail
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")" && pwd)
usage() { sed -n '4,7s/^# \{0,1\}//p' "$home/gpu-check.sh" >&2; exit 2; }

case "${1:-} $#" in
  'pack 2') exec "$home/gpu-check/pack.sh" "$2" ;;
  'restore 3') exec python3 "$home/gpu-check/pieces.py" restore "$2" "$3" ;;
  'run 3') exec python3 "$home/gpu-check/run.py" "$2" "$3" ;;
  *) usage ;;
esac
