"""The SQL functions on columns, with the names that SQL has.

A string instead of a column names a column, as in :mod:`pyspark.sql.functions`; a constant text is
``lit("…")``. The SQL functions raise the errors, when the query is analyzed or when it runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Mapping, Union

from pyspark.sql import functions as sql

if TYPE_CHECKING:
    from pyspark.sql import Column

    ColumnOrName = Union[Column, str]
    InputType = Literal["query", "passage"]
    VectorType = Literal["packed", "half", "binary"]

__all__ = ["e5_chunks", "e5_embed", "e5_pack", "e5_similarity", "e5_tokens", "e5_unpack", "try_e5_embed"]


def e5_embed(
    text: ColumnOrName,
    input_type: InputType = "query",
    model: str | None = None,
    settings: Mapping[str, str] | None = None,
) -> Column:
    """Returns the vector of a text: ``array<float>`` of norm 1, or an array of these for an
    ``array<string>``; null for null.

    :param text: a column of strings or of arrays of strings
    :param input_type: the side of a search; embed texts to be searched as ``"passage"``, or the
        quality of the search suffers
    :param model: the name or the directory of a model, instead of ``spark.e5.model``
    :param settings: settings of this call that override ``spark.e5.*``; requires ``model``

    >>> from pyspark.sql.functions import size
    >>> df = spark.createDataFrame([("How to bake bread at home",)], ["text"])
    >>> df.select(size(e5_embed("text", "passage")).alias("dimension")).show()
    +---------+
    |dimension|
    +---------+
    |      384|
    +---------+
    """
    return _of_text("e5_embed", text, input_type, model, settings)


def try_e5_embed(
    text: ColumnOrName,
    input_type: InputType = "query",
    model: str | None = None,
    settings: Mapping[str, str] | None = None,
) -> Column:
    """Returns the vector of a text, its tokens, whether it was truncated, and any error, as
    ``struct<embedding, tokens, truncated, error>``. The parameters are those of :func:`e5_embed`.

    >>> df = spark.createDataFrame([("how much protein",)], ["text"])
    >>> df.select(try_e5_embed("text").alias("e")).select("e.tokens", "e.truncated", "e.error").show()
    +------+---------+-----+
    |tokens|truncated|error|
    +------+---------+-----+
    |     7|    false| NULL|
    +------+---------+-----+
    """
    return _of_text("try_e5_embed", text, input_type, model, settings)


def e5_tokens(
    text: ColumnOrName,
    input_type: InputType = "query",
    model: str | None = None,
    settings: Mapping[str, str] | None = None,
) -> Column:
    """Returns the number of tokens of a text before truncation, including the prefix and the special
    tokens. The parameters are those of :func:`e5_embed`.

    >>> df = spark.createDataFrame([("how much protein",)], ["text"])
    >>> df.select(e5_tokens("text").alias("tokens")).first().tokens
    7
    """
    return _of_text("e5_tokens", text, input_type, model, settings)


def e5_chunks(
    text: ColumnOrName,
    tokens: int | None = None,
    overlap: int | None = None,
    model: str | None = None,
    title: ColumnOrName | None = None,
    settings: Mapping[str, str] | None = None,
    input_type: InputType = "passage",
) -> Column:
    """Cuts a text into parts that the model reads whole:
    ``array<struct<position, start, end, tokens, text>>``; null for null.

    :param text: a column of strings
    :param tokens: the token budget of a chunk, including the prefix and the special tokens; 256 by
        default
    :param overlap: the most tokens that a chunk repeats from the one before it; an eighth of
        ``tokens`` by default
    :param model: the name or the directory of a model, instead of ``spark.e5.model``
    :param title: a column of strings, which go in front of the chunks of their rows
    :param settings: settings of this call that override ``spark.e5.*``
    :param input_type: the side of a search that the chunks will be embedded for

    >>> text = "Bread needs flour, water and time. " * 20
    >>> df = spark.createDataFrame([(text,)], ["text"])
    >>> chunks = df.select(e5_chunks("text", 64, 0).alias("chunks")).first().chunks
    >>> [(chunk.position, chunk.start, chunk.tokens) for chunk in chunks]
    [(0, 0, 60), (1, 245, 60), (2, 490, 52)]
    """
    nothing = sql.lit(None)
    return sql.call_function(
        "e5_chunks",
        text,
        sql.lit(tokens),
        sql.lit(overlap),
        sql.lit(model),
        nothing if title is None else title,
        nothing if settings is None else _map(settings),
        sql.lit(input_type),
    )


def e5_similarity(a: ColumnOrName, b: ColumnOrName) -> Column:
    """Returns the dot product of two vectors of one dimension, a double, which is their cosine if both
    have norm 1; null if one is null or has a null element.

    :param a: ``array<float>``, ``array<tinyint>`` or ``binary``
    :param b: likewise

    >>> from pyspark.sql.functions import lit
    >>> texts = [("Bread needs flour, water and time.",), ("The train to Rome leaves at nine.",)]
    >>> df = spark.createDataFrame(texts, ["text"])
    >>> score = e5_similarity(e5_embed("text", "passage"), e5_embed(lit("how to bake a loaf")))
    >>> df.orderBy(score.desc()).first().text
    'Bread needs flour, water and time.'
    """
    return sql.call_function("e5_similarity", a, b)


def e5_pack(vector: ColumnOrName, vector_type: VectorType = "packed") -> Column:
    """Packs an ``array<float>`` into one binary value; null for null.

    :param vector: a column of arrays without null elements
    :param vector_type: ``"packed"`` stores 4 bytes per component, ``"half"`` 2, ``"binary"`` one bit

    >>> df = spark.createDataFrame([([1.0, -2.0],)], "v array<float>")
    >>> df.select(e5_pack("v").alias("packed")).first().packed.hex()
    '0000803f000000c0'
    """
    return sql.call_function("e5_pack", vector, sql.lit(vector_type))


def e5_unpack(vector: ColumnOrName, vector_type: VectorType | None = None) -> Column:
    """Returns the components of a vector that :func:`e5_pack` packed, as ``array<float>``; null for
    null.

    :param vector: a column of binary values
    :param vector_type: the type with which it was packed; only needed if the column does not state
        it, as the columns of vector tables do

    >>> df = spark.createDataFrame([([1.0, -2.0],)], "v array<float>")
    >>> df.select(e5_unpack(e5_pack("v", "half")).alias("v")).first().v
    [1.0, -2.0]
    """
    stated = [] if vector_type is None else [sql.lit(vector_type)]
    return sql.call_function("e5_unpack", vector, *stated)


def _of_text(
    function: str,
    text: ColumnOrName,
    input_type: str,
    model: str | None,
    settings: Mapping[str, str] | None,
) -> Column:
    if settings is not None and model is None:
        raise ValueError(f"Cannot call {function}: settings need a model (such as 'e5-small-v2')")
    arguments = [sql.lit(input_type)]
    if model is not None:
        arguments.append(sql.lit(model))
    if settings is not None:
        arguments.append(_map(settings))
    return sql.call_function(function, text, *arguments)


def _map(settings: Mapping[str, str]) -> Column:
    return sql.create_map(*[sql.lit(item) for entry in settings.items() for item in entry])
