"""Embeds queries like e5-spark, but without Spark: an example to copy into a service."""

import numpy as np
from onnxruntime import InferenceSession
from tokenizers import Tokenizer


class QueryEmbedder:
    """A model and its tokenizer, loaded once; calls may come from several threads.

    :param graph: the path of the model's ``.onnx`` file
    :param tokenizer: the path of its ``tokenizer.json``
    :param prompt: the property ``e5.query-prompt`` of the table
    :param max_tokens: the longest input of the model in tokens
    :param pooling: ``"mean"`` or ``"cls"``, for a graph that gives a vector per token
    """

    def __init__(self, graph, tokenizer, prompt="query: ", max_tokens=512, pooling="mean"):
        self._session = InferenceSession(graph)
        self._inputs = [given.name for given in self._session.get_inputs()]
        outputs = [output.name for output in self._session.get_outputs()]
        self._output = "sentence_embedding" if "sentence_embedding" in outputs else outputs[0]
        self._tokenizer = Tokenizer.from_file(tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)
        self._prompt = prompt
        self._pooling = pooling

    def __call__(self, text):
        """Returns the vector of a text, an array of float32 with norm 1."""
        tokens = self._tokenizer.encode(self._prompt + text)
        known = {
            "input_ids": tokens.ids,
            "attention_mask": tokens.attention_mask,
            "token_type_ids": tokens.type_ids,
        }
        batch = {name: np.array([known[name]], dtype=np.int64) for name in self._inputs}
        (output,) = self._session.run([self._output], batch)
        vector = output[0] if output.ndim == 2 else self._pooled(output[0])
        return vector / np.linalg.norm(vector)

    # One text has no padding: every token is real.
    def _pooled(self, token_vectors):
        return token_vectors[0] if self._pooling == "cls" else token_vectors.mean(axis=0)
