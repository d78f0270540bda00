"""Runs the recipe for Spark Declarative Pipelines once; see scripts/python.sh."""

import os
import shutil
import subprocess
from pathlib import Path

import pyarrow.parquet

PROJECT = Path(__file__).parent
PASSAGES = "CREATE MATERIALIZED VIEW passages AS SELECT * FROM VALUES (1, 'Bread'), (2, NULL) AS t(id, text);"


def test_materialized_view_has_vectors(tmp_path):
    shutil.copytree(PROJECT / "transformations", tmp_path / "transformations")
    (tmp_path / "transformations" / "passages.sql").write_text(PASSAGES)
    spec = (PROJECT / "spark-pipeline.yml").read_text()
    (tmp_path / "spark-pipeline.yml").write_text(spec.replace("/data/pipelines", str(tmp_path)))
    (tmp_path / "articles").mkdir()
    options = {
        "spark.driver.extraClassPath": os.environ["E5_JARS"].replace(",", ":"),
        "spark.sql.extensions": "io.e5spark.sql.E5Extensions",
        "spark.sql.warehouse.dir": str(tmp_path / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
    }
    defaults = "".join(f"{key} {value}\n" for key, value in options.items())
    (tmp_path / "spark-defaults.conf").write_text(defaults)
    run = subprocess.run(
        ["spark-pipelines", "run"],
        cwd=tmp_path,
        env=os.environ | {"SPARK_CONF_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    rows = pyarrow.parquet.read_table(tmp_path / "warehouse" / "vectors").to_pylist()
    vectors = {row["id"]: row["embedding"] for row in rows}
    assert len(vectors[1]) == 384
    assert vectors[2] is None
