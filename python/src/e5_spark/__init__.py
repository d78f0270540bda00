"""E5 vectors of text columns on Apache Spark: how a session gets the functions.

The functions themselves are in :mod:`e5_spark.functions` and :mod:`e5_spark.tables`. They run on the
JVM of Spark's executors, which need no Python.
"""

from e5_spark.session import configure, packages
from e5_spark.version import __version__

__all__ = ["__version__", "configure", "packages"]
