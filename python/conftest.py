"""The Spark session of the tests and examples; see scripts/python.sh."""

import os

import pytest
from pyspark.sql import SparkSession

import e5_spark

JARS = [jar for jar in os.environ.get("E5_JARS", "").split(",") if jar]
REMOTE = os.environ.get("E5_REMOTE")


def _session():
    if REMOTE:
        return SparkSession.builder.remote(REMOTE).getOrCreate()
    local = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    local = local.config("spark.sql.shuffle.partitions", "2")
    return e5_spark.configure(local, jars=JARS).getOrCreate()


@pytest.fixture(scope="session")
def spark():
    session = _session()
    yield session
    session.stop()


@pytest.fixture(autouse=True)
def in_examples(request, doctest_namespace):
    if isinstance(request.node, pytest.DoctestItem):
        if REMOTE and request.node.name.endswith(".configure"):
            pytest.skip("a session through Spark Connect needs no configuration")
        doctest_namespace["spark"] = request.getfixturevalue("spark")
        doctest_namespace["jars"] = JARS
