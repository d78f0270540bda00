#!/usr/bin/env python3
"""Prints how the time of a model on one thread of the CPU is divided among ONNX Runtime's operators.

Use: scripts/operator-profile.py MODEL_DIR [TEXTSxTOKENS ...]     16x16 4x128 1x330 1x512 by default

Needs the packages onnxruntime, in the version that the pom names, and numpy.
"""
import collections
import json
import pathlib
import re
import sys
import tempfile

try:
    import numpy
    import onnxruntime
except ImportError as e:
    sys.exit(f"Cannot profile a model: {e} (pip install numpy and onnxruntime, in the version that pom.xml names)")

TOKENS = 8_192


def session(graph, directory):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_profiling = True
    options.profile_file_prefix = str(pathlib.Path(directory, "profile"))
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def inputs(model, texts, tokens):
    ids = numpy.random.default_rng(1).integers(1_000, 30_000, (texts, tokens))
    given = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)}
    return {value.name: given[value.name] for value in model.get_inputs()}


def profile(graph, texts, tokens):
    calls = max(1, TOKENS // (texts * tokens))
    with tempfile.TemporaryDirectory() as directory:
        model = session(graph, directory)
        given = inputs(model, texts, tokens)
        for _ in range(calls):
            model.run(None, given)
        events = json.loads(pathlib.Path(model.end_profiling()).read_text(encoding="utf-8"))
    spent = collections.Counter()
    for event in events:
        if event["cat"] == "Node" and event["name"].endswith("_kernel_time"):
            spent[event["args"]["op_name"]] += event["dur"] / (calls * texts * tokens)
    return spent


def main():
    directory, *shapes = sys.argv[1:] or sys.exit(__doc__)
    graph = pathlib.Path(directory, "model.onnx")
    if not graph.is_file():
        sys.exit(f"Cannot profile {directory}: it has no model.onnx")
    for shape in shapes or ["16x16", "4x128", "1x330", "1x512"]:
        if not re.fullmatch(r"[1-9]\d*x[1-9]\d*", shape):
            sys.exit(f"Invalid shape: {shape} (must be TEXTSxTOKENS, for example 4x128)")
        texts, tokens = map(int, shape.split("x"))
        spent = profile(graph, texts, tokens)
        whole = spent.total()
        parts = ", ".join(f"{name} {time / whole:.1%}" for name, time in spent.most_common(8))
        print(f"{texts} x {tokens}: {whole:.0f} microseconds per token: {parts}", flush=True)


main()
