"""Runs the recipe for dbt twice in one Spark session; see scripts/python.sh."""

import os
from pathlib import Path

import pytest
from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession

PROJECT = Path(__file__).parent


def dbt(command):
    outcome = dbtRunner().invoke([command, "--project-dir", ".", "--profiles-dir", "."])
    assert outcome.success, outcome.exception or [result.message for result in outcome.result]
    return outcome


def write(spark, rows):
    spark.createDataFrame(rows, "id int, text string, updated int").write.format("delta").mode(
        "overwrite"
    ).saveAsTable("passages")


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    os.chdir(tmp_path_factory.mktemp("dbt"))
    for part in PROJECT.iterdir():
        os.symlink(part, part.name)
    builder = SparkSession.builder.master("local[2]").enableHiveSupport()
    for key, value in {
        "spark.jars": os.environ["E5_JARS"],
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.databricks.delta.snapshotPartitions": "2",
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension,io.e5spark.sql.E5Extensions",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.warehouse.dir": os.getcwd() + "/warehouse",
    }.items():
        builder = builder.config(key, value)
    yield builder.getOrCreate()


def test_a_second_run_embeds_what_changed(spark):
    # The run after one without texts must not compare with the latest of no times.
    write(spark, [])
    dbt("run")
    assert spark.table("vectors").count() == 0
    write(spark, [(1, "Bread needs flour.", 1), (2, "Trains leave at nine.", 1)])
    dbt("run")
    before = {row.id: row for row in spark.table("vectors").collect()}
    assert set(before) == {1, 2}
    # This text changes without a later time, so it must not be embedded again.
    write(spark, [(1, "Not looked at.", 1), (2, "Trains leave at ten.", 2), (3, "Cats sleep.", 2)])
    dbt("run")
    dbt("test")
    after = {row.id: row for row in spark.table("vectors").collect()}
    assert set(after) == {1, 2, 3}
    assert after[1] == before[1]
    assert after[2].text == "Trains leave at ten."
    assert after[2].embedding != before[2].embedding
