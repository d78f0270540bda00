package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.platform.TableLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what is known about a table before any of its rows or files are read. */
class TestTableLocation {
  @TempDir Path directory;
  private final SparkSession spark = Cli.spark();

  private TableLocation at(String name) {
    return new TableLocation(spark, name);
  }

  @Test
  void propertiesAreThoseOfTheTableAtAPath() {
    String path = directory.resolve("it's a table").toString();
    spark.range(2).write().format("delta").save(path);
    assertThat(at(path).isDelta()).isTrue();
    assertThat(at(path).deltaProperties()).doesNotContainKey("a");
    spark.sql("ALTER TABLE " + at(path).sql() + " SET TBLPROPERTIES (a = 'token 1')");
    assertThat(at(path).deltaProperties()).containsEntry("a", "token 1");
  }

  @Test
  void propertiesAreThoseOfTheTableOfAnyFormOfItsName() {
    spark.sql("CREATE DATABASE other");
    try {
      spark.sql(
          "CREATE TABLE located (id INT) USING delta TBLPROPERTIES (a = 'first', 'delta.enableChangeDataFeed' = 'True')");
      spark.sql("CREATE TABLE other.located (id INT) USING delta TBLPROPERTIES (a = 'second')");
      assertThat(at("located").deltaProperties()).containsEntry("a", "first");
      assertThat(at("`Located`").deltaProperties()).containsEntry("a", "first");
      assertThat(at("other.located").deltaProperties()).containsEntry("a", "second");
      assertThat(at("spark_catalog.other.located").deltaProperties()).containsEntry("a", "second");
      assertThat(at("located").hasChangeFeed()).isTrue();
      assertThat(at("other.located").hasChangeFeed()).isFalse();
    } finally {
      spark.sql("DROP TABLE IF EXISTS located");
      spark.sql("DROP DATABASE other CASCADE");
    }
  }

  @Test
  void tableBesideAnotherHasANameOfTheSameForm() {
    assertThat(at("db.rows").suffixed("_runs")).isEqualTo("db.rows_runs");
    assertThat(at("db.`my-rows`").suffixed("_runs")).isEqualTo("db.`my-rows_runs`");
    assertThat(at("`my-rows`").qualified("_runs"))
        .isEqualTo("`spark_catalog`.`default`.`my-rows_runs`");
  }

  @Test
  void versionAndIdAreThoseThatDeltaTellsWithoutAJob() {
    String path = directory.resolve("versions").toString();
    spark.range(2).write().format("delta").save(path);
    spark.sql("CREATE TABLE versions USING delta AS SELECT 1 AS id");
    try {
      for (String name : List.of(path, "versions", "spark_catalog.default.versions")) {
        for (int commit = 0; commit < 2; commit++) {
          spark.sql("UPDATE " + at(name).sql() + " SET id = id + 1");
          Row told = at(name).delta().history(1).head();
          assertThat(withoutAJob(() -> at(name).deltaVersion().orElseThrow()))
              .isEqualTo(told.<Long>getAs("version"));
        }
        String id = at(name).delta().detail().head().getAs("id");
        assertThat(withoutAJob(() -> at(name).deltaId())).isEqualTo(id);
      }
    } finally {
      spark.sql("DROP TABLE versions");
    }
  }

  private <T> T withoutAJob(Supplier<T> supplier) {
    SparkContext context = spark.sparkContext();
    context.setJobGroup("none", "none", false);
    try {
      T result = supplier.get();
      assertThat(context.statusTracker().getJobIdsForGroup("none")).isEmpty();
      return result;
    } finally {
      context.clearJobGroup();
    }
  }

  @Test
  void viewsFilesAndNothingAreNoDeltaTables() {
    String files = directory.resolve("files").toString();
    spark.range(2).write().parquet(files);
    spark.range(2).createOrReplaceTempView("viewed");
    spark.sql("CREATE TABLE plain (id INT) USING parquet");
    try {
      for (String name : new String[] {files, files + "/none", "viewed", "plain", "none"}) {
        assertThat(at(name).isDelta()).as(name).isFalse();
        assertThat(at(name).hasChangeFeed()).as(name).isFalse();
        assertThat(at(name).deltaVersion()).as(name).isEmpty();
      }
    } finally {
      spark.sql("DROP TABLE plain");
      spark.catalog().dropTempView("viewed");
    }
  }
}
