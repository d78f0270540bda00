#!/usr/bin/env python3
"""Writes a model whose attention has another form, to compare it with the form that `model import` makes.

Use: form.py MODEL_DIR OUT

The models that `model import` makes compute query, key and value as one product of matrices, and the operator of
attention adds their biases, which copies all three. Here, they are three products, and the operator adds nothing:

* A key's bias adds the same to all scores of a query, so the softmax takes it away, and it is left out.
* The weights of the softmax add up to 1, so a value's bias adds the same to each result. The bias of the next
  projection takes it over: b' = b + bias W.
* The query keeps its bias, which becomes part of its product.
"""
import hashlib
import json
import os
import sys

import numpy
import onnx
from onnx import helper, numpy_helper


class Form:
    def __init__(self, path):
        self.model = onnx.load(path, load_external_data=False)
        self.graph = self.model.graph
        self.directory = os.path.dirname(path)
        self.tensors = {tensor.name: tensor for tensor in self.graph.initializer}
        self.readers = {}
        for node in self.graph.node:
            for name in node.input:
                self.readers.setdefault(name, []).append(node)

    def values(self, name):
        """Returns a tensor, also one in another file. onnx itself refuses files that have two names."""
        tensor = self.tensors[name]
        if not tensor.external_data:
            return numpy_helper.to_array(tensor).astype(numpy.float32)
        entry = {pair.key: pair.value for pair in tensor.external_data}
        kind = helper.tensor_dtype_to_np_dtype(tensor.data_type)
        values = numpy.fromfile(os.path.join(self.directory, entry["location"]), kind, int(numpy.prod(tensor.dims)),
                                offset=int(entry.get("offset", 0)))
        return values.reshape(tensor.dims).astype(numpy.float32)

    def constant(self, name, values):
        self.graph.initializer.append(numpy_helper.from_array(values.astype(numpy.float16), name))
        return name

    def rewrite(self):
        nodes = []
        for node in self.graph.node:
            if node.op_type == "Attention":
                nodes += self.attention(node, node.input[0], node.input[1], node.input[2], node.input[3])
            elif node.op_type == "PackedMultiHeadAttention":
                product = next(other for other in self.graph.node if other.output[0] == node.input[0][:-len("query")] + "qkv")
                nodes = [other for other in nodes if node.input[0] not in other.output and other is not product]
                nodes += self.attention(node, product.input[0], product.input[1], node.input[3], None)
            else:
                nodes.append(node)
        used = {name for node in nodes for name in node.input}
        tensors = [tensor for tensor in self.graph.initializer if tensor.name in used]
        del self.graph.node[:], self.graph.initializer[:]
        self.graph.node.extend(nodes)
        self.graph.initializer.extend(tensors)

    def attention(self, node, hidden, weight, bias, mask):
        out = node.output[0]
        query_bias, _, value_bias = numpy.split(self.values(bias), 3)
        self.move(out, value_bias)
        parts = []
        for part, values in zip(("query", "key", "value"), numpy.split(self.values(weight), 3, axis=1)):
            parts.append(f"{out}-{part}")
            yield helper.make_node("MatMul", [hidden, self.constant(f"{parts[-1]}-weight", values)], [parts[-1]])
        query = parts[0] + "-with-bias"
        yield helper.make_node("Add", [parts[0], self.constant(query + "-bias", query_bias)], [query])
        heads = next(attribute.i for attribute in node.attribute if attribute.name == "num_heads")
        if mask is None:
            inputs = [query, *parts[1:], "", *node.input[4:6]]
            yield helper.make_node("PackedMultiHeadAttention", inputs, [out], domain=node.domain, num_heads=heads)
        else:
            inputs = [query, *parts[1:], "", mask]
            yield helper.make_node("MultiHeadAttention", inputs, [out], domain=node.domain, num_heads=heads)

    def move(self, attended, value_bias):
        """Moves the bias of the values into the next projection, whose bias the next normalization adds."""
        projection, = self.readers[attended]
        normalization, = self.readers[projection.output[0]]
        name = normalization.input[4]
        moved = self.values(name) + value_bias @ self.values(projection.input[1])
        normalization.input[4] = self.constant(name + "-moved", moved)


def main(directory, out):
    os.makedirs(out)
    with open(os.path.join(directory, "e5-model.json")) as file:
        manifest = json.load(file)
    for name in manifest["sha256"]:
        source, target = os.path.join(directory, name), os.path.join(out, name)
        if not name.endswith(".onnx"):
            os.link(source, target)
            continue
        form = Form(source)
        form.rewrite()
        onnx.save(form.model, target)
        with open(target, "rb") as file:
            manifest["sha256"][name] = hashlib.sha256(file.read()).hexdigest()
    with open(os.path.join(out, "e5-model.json"), "w") as file:
        json.dump(manifest, file)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
