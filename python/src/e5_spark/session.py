"""Configures a Spark session so that it has the functions."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Mapping, Sequence

from e5_spark.version import __version__

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXTENSIONS = "io.e5spark.sql.E5Extensions"
PLUGIN = "io.e5spark.sql.E5Plugin"


def packages(gpu: bool = False) -> list[str]:
    """Returns the Maven coordinates for ``spark.jars.packages``: one jar with everything that e5-spark
    needs, which brings ONNX Runtime along.

    :param gpu: whether to use the ONNX Runtime for CUDA instead of the one for CPUs

    >>> [coordinate.rsplit(":", 1)[0] for coordinate in packages()]
    ['io.e5spark:e5-spark-runtime']
    >>> [coordinate.rsplit(":", 1)[0] for coordinate in packages(gpu=True)]
    ['io.e5spark:e5-spark-runtime-gpu']
    """
    artifact = "e5-spark-runtime-gpu" if gpu else "e5-spark-runtime"
    return [f"io.e5spark:{artifact}:{__version__}"]


def configure(
    builder: SparkSession.Builder, gpu: bool = False, jars: Sequence[str] | None = None
) -> SparkSession.Builder:
    """Adds the SQL extension, the plugin for metrics and the jars of e5-spark to a builder.

    It keeps what the builder already has for the same keys, so call it after everything else that
    sets extensions, plugins or packages. A session through Spark Connect needs no configuration: its
    server has the jars.

    :param builder: the builder of a session that is not running yet
    :param gpu: whether to use the ONNX Runtime for CUDA instead of the one for CPUs
    :param jars: the paths of the assembled jar and of one ONNX Runtime, instead of packages from a
        registry; an empty list if the jars are on Spark's class path
    :raises ValueError: if both ``gpu`` and ``jars`` are given, or a jar does not exist

    >>> from pyspark.sql import SparkSession
    >>> spark = configure(SparkSession.builder, jars=jars).getOrCreate()
    >>> spark.conf.get("spark.sql.extensions")
    'io.e5spark.sql.E5Extensions'
    """
    if gpu and jars is not None:
        raise ValueError("Invalid gpu: True (must be False with jars, which bring an ONNX Runtime)")
    options: Mapping[str, str] = getattr(builder, "_options", {})
    # A local server, unlike one at an address, starts with what is configured here.
    if options.get("spark.remote", os.environ.get("SPARK_REMOTE", "")).startswith("sc://"):
        return builder
    added = {"spark.sql.extensions": [EXTENSIONS], "spark.plugins": [PLUGIN]}
    if jars is None:
        added["spark.jars.packages"] = packages(gpu)
    elif jars:
        added["spark.jars"] = _existing(jars)
    for key, values in added.items():
        builder = builder.config(key, _joined(options.get(key, ""), values))
    return builder


def _existing(jars: Sequence[str]) -> list[str]:
    if isinstance(jars, str):
        raise ValueError(f"Invalid jars: {jars!r} (must be a list of paths)")
    for jar in jars:
        if ":" not in jar and "*" not in jar and not os.path.exists(jar):
            raise ValueError(f"Invalid jars: there is no file {os.path.abspath(jar)}")
    return list(jars)


def _joined(present: str, added: list[str]) -> str:
    values = [value for value in present.split(",") if value]
    return ",".join(values + [value for value in added if value not in values])
