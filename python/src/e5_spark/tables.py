"""The SQL functions that return tables, as DataFrames.

A table is the name of a table or view, or the path of a Delta table (a name with a slash is a path).
Further arguments are the options of the SQL function, such as ``vector_column="embedding"``,
``model="e5-small-v2"`` or ``filter="text <> ''"``.
"""

from __future__ import annotations

import math
from decimal import Decimal
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, Sequence, Union

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    Option = Union[str, int]

__all__ = ["e5_near_duplicates", "e5_nearest", "e5_search"]


def e5_search(
    spark: SparkSession, table: str, query: str | Sequence[float], k: int = 10, **options: Option
) -> DataFrame:
    """Returns the ``k`` rows of a vector table that are nearest to a text or a vector, with ``score``
    and ``rank``, in no particular order.

    >>> rows = [(1, [1.0, 0.0]), (2, [0.0, 1.0])]
    >>> spark.createDataFrame(rows, "id int, v array<float>").createOrReplaceTempView("axes")
    >>> e5_search(spark, "axes", [1.0, 3.0], 2, vector_column="v").orderBy("rank").show()
    +---+----------+-----+----+
    | id|         v|score|rank|
    +---+----------+-----+----+
    |  2|[0.0, 1.0]|  3.0|   1|
    |  1|[1.0, 0.0]|  1.0|   2|
    +---+----------+-----+----+
    """
    return _table(spark, "e5_search", {"table": table, "query": query, "k": k}, options)


def e5_nearest(
    spark: SparkSession, queries: str, vectors: str, k: int = 10, **options: Option
) -> DataFrame:
    """Returns the ``k`` nearest rows of ``vectors`` for every row of ``queries``: structs ``query`` and
    ``nearest``, ``score`` and ``rank``.

    >>> rows = [(1, [1.0, 0.0]), (2, [0.0, 1.0])]
    >>> spark.createDataFrame(rows, "id int, v array<float>").createOrReplaceTempView("axes")
    >>> found = e5_nearest(spark, "axes", "axes", 1, query_column="v", vector_column="v")
    >>> [(row.query.id, row.nearest.id) for row in found.orderBy("query.id").collect()]
    [(1, 1), (2, 2)]
    """
    return _table(spark, "e5_nearest", {"queries": queries, "vectors": vectors, "k": k}, options)


def e5_near_duplicates(
    spark: SparkSession, table: str, threshold: float, **options: Option
) -> DataFrame:
    """Returns the pairs of rows whose score is at least ``threshold``, each pair once: structs
    ``first`` and ``second``, and ``score``.

    >>> rows = [(1, [1.0, 0.0]), (2, [0.0, 1.0]), (3, [0.6, 0.8])]
    >>> spark.createDataFrame(rows, "id int, v array<float>").createOrReplaceTempView("three")
    >>> found = e5_near_duplicates(spark, "three", 0.7, vector_column="v")
    >>> [(row.first.id, row.second.id) for row in found.collect()]
    [(2, 3)]
    """
    return _table(spark, "e5_near_duplicates", {"table": table, "threshold": threshold}, options)


def _table(
    spark: SparkSession, function: str, arguments: dict[str, Any], options: dict[str, Option]
) -> DataFrame:
    values = {**arguments, **options}
    for name in options:
        if not name.isidentifier():
            raise TypeError(f"Invalid option of {function}: {name} (write {name.replace('-', '_')})")
    vectors = {"query": _array(values["query"])} if _is_vector(values.get("query")) else {}
    constants = {
        name: _constant(function, name, value) for name, value in values.items() if name not in vectors
    }
    named = ", ".join(f"{name} => {vectors.get(name, ':' + name)}" for name in values)
    return spark.sql(f"SELECT * FROM {function}({named})", args=constants)


def _constant(function: str, name: str, value: object) -> str | int | float | Decimal:
    if isinstance(value, (str, Decimal)):
        return value
    if name in ("table", "queries", "vectors"):
        raise TypeError(
            f"Invalid {name} of {function}: a {type(value).__name__} (must be the name of a table or view, "
            "which createOrReplaceTempView gives to a DataFrame)"
        )
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    wanted = "a text or numbers" if name == "query" else "a string or a number"
    raise TypeError(f"Invalid {name} of {function}: a {type(value).__name__} (must be {wanted})")


def _is_vector(value: object) -> bool:
    if isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError("Invalid query: a packed vector (unpack it with e5_unpack)")
    return not isinstance(value, str) and hasattr(value, "__len__")


# Spark 3.5 takes no lists as arguments of a statement.
def _array(vector: Sequence[float]) -> str:
    components = [float(component) for component in vector]
    if not components or not all(map(math.isfinite, components)):
        raise ValueError("Invalid query: a vector without finite numbers (must have at least one, and no other)")
    return f"array({', '.join(f'{component!r}D' for component in components)})"
