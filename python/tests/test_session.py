"""Tests what configure() writes into a builder, without starting a session."""

import pytest

import e5_spark


class Builder:
    """Records its settings, as PySpark's builder does."""

    def __init__(self, **options):
        self._options = {key.replace("_", "."): value for key, value in options.items()}

    def config(self, key, value):
        self._options[key] = value
        return self


def options(builder):
    return builder._options


def test_a_session_gets_extension_plugin_and_coordinates():
    assert options(e5_spark.configure(Builder())) == {
        "spark.sql.extensions": "io.e5spark.sql.E5Extensions",
        "spark.plugins": "io.e5spark.sql.E5Plugin",
        "spark.jars.packages": f"io.e5spark:e5-spark-runtime:{e5_spark.__version__}",
    }


def test_what_the_builder_has_already_is_kept_before_ours():
    builder = Builder(spark_sql_extensions="one.Extension", spark_plugins="one.Plugin")
    builder.config("spark.jars.packages", "io.delta:delta-spark_2.13:4.0.1")
    configured = options(e5_spark.configure(builder))
    assert configured["spark.sql.extensions"] == "one.Extension,io.e5spark.sql.E5Extensions"
    assert configured["spark.plugins"] == "one.Plugin,io.e5spark.sql.E5Plugin"
    assert configured["spark.jars.packages"].startswith("io.delta:delta-spark_2.13:4.0.1,io.e5spark:")


def test_configuring_twice_is_configuring_once():
    once = options(e5_spark.configure(Builder()))
    assert options(e5_spark.configure(e5_spark.configure(Builder()))) == once


def test_the_builder_of_pyspark_is_read_too():
    from pyspark.sql import SparkSession

    builder = SparkSession.Builder()
    builder.config("spark.sql.extensions", "one.Extension")
    assert (
        options(e5_spark.configure(builder))["spark.sql.extensions"]
        == "one.Extension,io.e5spark.sql.E5Extensions"
    )


def test_a_gpu_has_coordinates_of_its_own():
    configured = options(e5_spark.configure(Builder(), gpu=True))
    assert configured["spark.jars.packages"].startswith("io.e5spark:e5-spark-runtime-gpu:")


def test_jars_replace_the_coordinates(tmp_path):
    jars = [str(tmp_path / "a.jar"), "hdfs://host/b.jar"]
    (tmp_path / "a.jar").touch()
    configured = options(e5_spark.configure(Builder(spark_jars="own.jar"), jars=jars))
    assert configured["spark.jars"] == ",".join(["own.jar", *jars])
    assert "spark.jars.packages" not in configured


def test_jars_that_are_not_there_are_refused(tmp_path):
    with pytest.raises(ValueError, match=f"Invalid jars: there is no file {tmp_path}/none.jar"):
        e5_spark.configure(Builder(), jars=[f"{tmp_path}/none.jar"])
    with pytest.raises(ValueError, match="Invalid jars: 'a.jar' \\(must be a list of paths\\)"):
        e5_spark.configure(Builder(), jars="a.jar")


def test_a_session_through_connect_is_left_alone():
    assert options(e5_spark.configure(Builder(spark_remote="sc://host"))) == {"spark.remote": "sc://host"}
    assert "spark.plugins" in options(e5_spark.configure(Builder(spark_remote="local")))


def test_the_environment_may_name_the_server(monkeypatch):
    monkeypatch.setenv("SPARK_REMOTE", "sc://host")
    assert options(e5_spark.configure(Builder())) == {}


def test_an_empty_list_of_jars_adds_none():
    configured = options(e5_spark.configure(Builder(), jars=[]))
    assert set(configured) == {"spark.sql.extensions", "spark.plugins"}


def test_jars_and_gpu_together_are_refused():
    with pytest.raises(ValueError, match="Invalid gpu: True"):
        e5_spark.configure(Builder(), gpu=True, jars=["a.jar"])
