"""Tests that Airflow imports the DAG, and that its task starts spark-submit as docs/guide/airflow.md says."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def dags(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIRFLOW_HOME", str(tmp_path_factory.mktemp("airflow")))
        patch.setenv("AIRFLOW_CONN_SPARK_DEFAULT", "spark://spark%3A%2F%2Fmaster:7077")
        from airflow.dag_processing.dagbag import DagBag

        yield DagBag(str(HERE / "embed_articles.py"))


def test_the_dag_is_imported_without_an_error(dags):
    assert dags.import_errors == {}
    assert list(dags.dags) == ["embed_articles"]


def test_its_task_is_the_command(dags):
    task = dags.dags["embed_articles"].get_task("embed")
    command = task._get_hook()._build_spark_submit_command(task.application)
    options = dict(zip(command[1::2], command[2::2]))
    jars = "/opt/e5-spark/onnxruntime.jar,/opt/e5-spark/delta-spark.jar,/opt/e5-spark/delta-storage.jar"
    assert command[0] == "spark-submit"
    assert options["--master"] == "spark://master:7077"
    assert options["--class"] == "io.e5spark.job.Main"
    assert options["--jars"] == jars
    application = command.index("/opt/e5-spark/e5-spark-job-all.jar")
    assert " ".join(command[application + 1 :]) == (
        "embed --input /data/articles --text-columns title,text --output /data/vectors --mode merge --key id"
    )
