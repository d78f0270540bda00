"""Tests that the functions return what SQL returns, in a classic session and through Spark Connect."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from pyspark.sql.functions import col, lit

from e5_spark import functions as e5
from e5_spark import tables

TEXT = "The rain in Spain stays mainly in the plain."


@pytest.fixture
def texts(spark):
    return spark.createDataFrame([(1, TEXT), (2, None)], "id int, text string").orderBy("id")


def test_every_function_of_sql_is_here(spark):
    known = {row.function for row in spark.sql("SHOW FUNCTIONS LIKE '*e5_*'").collect()}
    assert known == {*e5.__all__, *tables.__all__}


def test_vectors_equal_those_of_sql(spark, texts):
    texts.createOrReplaceTempView("texts")
    in_sql = spark.sql("SELECT e5_embed(text, 'passage') v FROM texts ORDER BY id").collect()
    in_python = texts.select(e5.e5_embed("text", "passage").alias("v")).collect()
    assert in_python == in_sql
    assert math.isclose(sum(x * x for x in in_python[0].v), 1, rel_tol=1e-5)
    assert in_python[1].v is None


def test_a_query_is_the_default_as_in_sql(texts):
    row = texts.select(e5.e5_embed("text"), e5.e5_embed(col("text"), "query")).first()
    assert row[0] == row[1]


def test_a_call_brings_its_own_settings(texts):
    short = e5.try_e5_embed("text", "passage", "e5-small-v2", {"max-tokens": "8"})
    outcomes = texts.select(short.alias("short"), e5.try_e5_embed("text").alias("long")).first()
    assert outcomes.short.truncated
    assert not outcomes.long.truncated


def test_settings_without_a_model_are_refused():
    with pytest.raises(ValueError, match="Cannot call e5_tokens: settings need a model"):
        e5.e5_tokens("text", settings={"prefix": "off"})


def test_tokens_count_the_prefix(texts):
    without = e5.e5_tokens("text", "query", "e5-small-v2", {"prefix": "off"})
    row = texts.select(e5.e5_tokens("text").alias("a"), without.alias("b")).first()
    assert row.a == row.b + 2


@pytest.mark.parametrize("vector_type, size", [("packed", 384 * 4), ("half", 384 * 2), ("binary", 48)])
def test_packed_vectors_have_their_size_and_are_unpacked(texts, vector_type, size):
    packed = e5.e5_pack(e5.e5_embed("text"), vector_type)
    back = e5.e5_unpack(packed)
    row = texts.select(packed.alias("p"), e5.e5_similarity(back, e5.e5_embed("text")).alias("s")).first()
    assert len(row.p) == size
    assert row.s > 0.7


def test_an_unknown_input_type_fails_with_the_message_of_sql(texts):
    with pytest.raises(Exception, match="document"):
        texts.select(e5.e5_embed("text", "document")).collect()


def test_a_search_by_text_finds_the_row(spark):
    passages = [(1, TEXT), (2, "A cat sleeps.")]
    vectors = spark.createDataFrame(passages, "id int, text string")
    vectors = vectors.select("id", e5.e5_embed("text", "passage").alias("v"))
    vectors.createOrReplaceTempView("vectors")
    found = tables.e5_search(
        spark, "vectors", "a sleeping cat", 1, vector_column="v", model="e5-small-v2"
    )
    assert [row.id for row in found.collect()] == [2]


def test_a_type_that_nobody_states_must_be_named(texts):
    packed = texts.select(e5.e5_pack(e5.e5_embed("text"), "half").alias("p"))
    with pytest.raises(Exception, match="needs the vector type of p"):
        packed.select(e5.e5_unpack("p")).collect()
    assert len(packed.select(e5.e5_unpack("p", "half").alias("v")).first().v) == 384


@pytest.mark.parametrize(
    "arguments, options, message",
    [
        ((None, "x"), {}, "Invalid table of e5_search: a NoneType"),
        (("t", None), {}, r"Invalid query of e5_search: a NoneType \(must be a text or numbers\)"),
        (("t", b"packed"), {}, "a packed vector"),
        (("t", []), {}, "a vector without finite numbers"),
        (("t", [float("nan")]), {}, "a vector without finite numbers"),
        (("t", "x", [2]), {}, r"Invalid k of e5_search: a list \(must be a string or a number\)"),
        (("t", "x"), {"max-tokens": 8}, "Invalid option of e5_search: max-tokens"),
    ],
)
def test_wrong_arguments_of_a_search_are_named(spark, arguments, options, message):
    with pytest.raises((TypeError, ValueError), match=message):
        tables.e5_search(spark, *arguments, **options)


def test_a_column_is_no_query(spark):
    with pytest.raises(TypeError, match="Invalid query of e5_search: a Column"):
        tables.e5_search(spark, "t", lit("x"))


def test_numbers_of_other_types_are_numbers(spark):
    spark.createDataFrame([(1, [1.0]), (2, [2.0])], "id int, v array<float>").createOrReplaceTempView("one")
    found = tables.e5_near_duplicates(spark, "one", Fraction(3, 2), vector_column="v")
    assert found.count() == 1
    assert tables.e5_near_duplicates(spark, "one", Decimal("1.5"), vector_column="v").count() == 1
    assert tables.e5_search(spark, "one", (1.0,), True, vector_column="v").count() == 1
    assert tables.e5_search(spark, "one", Vector(), 1, vector_column="v").first().score == 6


class Vector:
    """Has a number of items, but no iterator, as a DenseVector of Spark's machine learning."""

    def __len__(self):
        return 1

    def __getitem__(self, index):
        return [3.0][index]


def test_quotes_in_a_query_are_part_of_the_text(spark, texts):
    texts.select("id", e5.e5_embed("text").alias("v")).createOrReplaceTempView("quoted")
    query = "it's \"plain\"' OR 1 = 1 -- :k"
    found = tables.e5_search(spark, "quoted", query, 1, vector_column="v", model="e5-small-v2").first()
    expected = texts.select(e5.e5_similarity(e5.e5_embed("text"), e5.e5_embed(lit(query)))).first()[0]
    assert math.isclose(found.score, expected, rel_tol=1e-5)
