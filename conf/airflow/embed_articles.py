"""Embeds the new and changed texts of a table of articles every night.

The command's exit code decides the task: 0 is success, and any other code fails it. A merge continues where a failed
or killed merge ended, so retries are safe. Exit code 2 says that the command rejected its arguments, which a retry
cannot fix.
"""

from datetime import datetime, timedelta

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import DAG

JARS = "/opt/e5-spark"

with DAG("embed_articles", schedule="@daily", start_date=datetime(2026, 1, 1), catchup=False, max_active_runs=1):
    SparkSubmitOperator(
        task_id="embed",
        conn_id="spark_default",
        application=f"{JARS}/e5-spark-job-all.jar",
        java_class="io.e5spark.job.Main",
        jars=f"{JARS}/onnxruntime.jar,{JARS}/delta-spark.jar,{JARS}/delta-storage.jar",
        conf={"spark.executorEnv.ORT_DISABLE_TELEMETRY": "1"},
        application_args=[
            *["embed", "--input", "/data/articles", "--text-columns", "title,text"],
            *["--output", "/data/vectors", "--mode", "merge", "--key", "id"],
        ],
        retries=2,
        retry_delay=timedelta(minutes=5),
    )
