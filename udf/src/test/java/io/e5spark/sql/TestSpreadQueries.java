package io.e5spark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests where, in a plan with many tasks, the calls are computed. */
class TestSpreadQueries {
  @TempDir Path directory;
  private final RecordingModel model = RecordedSession.MODEL;
  private SparkSession spark;

  @BeforeEach
  void writeTables() {
    spark = RecordedSession.spark();
    table("one", "id", "concat('text ', id) text");
    table("few", "id k", "concat('query ', id) q");
  }

  private void table(String name, String... columns) {
    String path = directory.resolve(name).toString();
    spark.range(0, 12, 1, 3).selectExpr(columns).write().parquet(path);
    spark.read().parquet(path).createOrReplaceTempView(name);
  }

  @AfterEach
  void unset() {
    spark.conf().unset("spark.sql.autoBroadcastJoinThreshold");
    spark.conf().unset("spark.sql.optimizer.runtime.bloomFilter.applicationSideScanSizeThreshold");
  }

  private String optimized(String sql) {
    return spark.sql(sql).queryExecution().optimizedPlan().toString();
  }

  private int texts(String sql) {
    model.clear();
    spark.sql(sql).collectAsList();
    assertThat(model.single).isEmpty();
    return model.batchedTexts();
  }

  @Test
  void callsComeAfterARepartitionThatIsAskedFor() {
    for (String sql :
        List.of(
            "select /*+ REPARTITION(16) */ id, e5_embed(text) from one",
            "select /*+ REPARTITION(16, id) */ id, e5_embed(text) from one",
            "select /*+ REPARTITION(16) */ id from one where e5_embed(text)[0] > 6")) {
      String plan = optimized(sql);
      assertThat(plan.indexOf("BatchEmbed")).as(plan).isBetween(0, plan.indexOf("Repartition"));
    }
  }

  @Test
  void resultsAreGatheredAfterTheCalls() {
    String plan = optimized("select /*+ REPARTITION(1) */ id, e5_embed(text) from one");
    assertThat(plan.indexOf("Repartition")).as(plan).isBetween(0, plan.indexOf("BatchEmbed"));
  }

  @Test
  void sidesOfACartesianProductAreEmbeddedOnce() {
    spark.conf().set("spark.sql.autoBroadcastJoinThreshold", -1);
    assertThat(
            texts(
                "select id, k from one cross join few where e5_similarity(e5_embed(text), e5_embed(q)) > 60"))
        .isEqualTo(24);
    assertThat(
            texts(
                "select id, k, e5_similarity(e5_embed(text), e5_embed(q)) from one cross join few"))
        .isEqualTo(24);
  }

  @Test
  void runtimeFilterDoesNotEmbedASideAgain() {
    spark.conf().set("spark.sql.autoBroadcastJoinThreshold", -1);
    spark.conf().set("spark.sql.optimizer.runtime.bloomFilter.applicationSideScanSizeThreshold", 0);
    assertThat(
            texts(
                "select id from one join (select * from few where k > 1 and e5_embed(q)[0] > 1) on id = k"))
        .isEqualTo(10);
  }

  @Test
  void dimensionWithACallPrunesPartitions() {
    String path = directory.resolve("facts").toString();
    spark.range(40).selectExpr("id", "id % 4 k").write().partitionBy("k").parquet(path);
    spark.read().parquet(path).createOrReplaceTempView("facts");
    String sql =
        "select f.id from facts f join few on f.k = few.k where few.k > 1 and e5_embed(q)[0] > 1";
    assertThat(texts(sql)).isEqualTo(10);
    assertThat(spark.sql(sql).queryExecution().executedPlan().toString())
        .contains("dynamicpruning");
  }
}
