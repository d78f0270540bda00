package io.e5spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.cluster.Models;
import io.e5spark.config.Settings;
import io.e5spark.vector.BinaryForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.Metadata;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests functions of vectors in views, in statements that write, and beside streams. */
class TestFunctionsInStatements {
  private static final List<String> QUERIES =
      List.of(
          "select id, score, rank from e5_search('stated', array(1f, 2f, 3f), 3)",
          "select query.id, nearest.id nearest, rank from e5_nearest('stated', 'stated', 2)",
          "select first.id, second.id second, score from e5_near_duplicates('stated', 20)",
          "select id, e5_unpack(packed, 'packed') v, e5_similarity(packed, embedding) score from stated",
          "select id, e5_pack(embedding, 'half') v from stated");

  @TempDir static Path directory;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = RecordedSession.spark();
    String fingerprint = Models.plan(Settings.read(Map.of("model", "recorded"))).fingerprint();
    spark.sql(
        "create table stated using parquet tblproperties ('e5.model' = 'recorded', 'e5.fingerprint' = '"
            + fingerprint
            + "', 'e5.dimension' = '3', 'e5.input-type' = 'passage', 'e5.vector-column' = 'embedding')"
            + " as select *, e5_pack(embedding) packed from"
            + " (select id, array(float(id), float(5 - id), float(id % 3)) embedding from range(8))");
  }

  static Stream<String> queries() {
    return QUERIES.stream();
  }

  private static List<String> rows(String sql) {
    return rows(spark.sql(sql));
  }

  private static List<String> rows(Dataset<Row> rows) {
    return rows.selectExpr("to_json(struct(*))").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void queryGivesTheSameInAView(String query) {
    spark.sql("create or replace temp view temporary as " + query);
    assertThat(rows("select * from temporary")).isEqualTo(rows(query)).isNotEmpty();
    spark.sql("create or replace global temp view everywhere as " + query);
    assertThat(rows("select * from global_temp.everywhere")).isEqualTo(rows(query));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void queryGivesTheSameInAStatement(String query) {
    List<String> expected = rows(query);
    assertThat(rows("with found as (" + query + ") select * from found")).isEqualTo(expected);
    assertThat(rows("select * from (" + query + ") where exists (select 1 from (" + query + "))"))
        .isEqualTo(expected);
    spark.sql("drop table if exists written");
    spark.sql("create table written using parquet as " + query);
    assertThat(rows("select * from written")).isEqualTo(expected);
    spark.sql("insert into written " + query);
    spark.sql("insert overwrite written " + query);
    assertThat(rows("select * from written")).isEqualTo(expected);
    spark.sql("cache table kept as " + query);
    assertThat(rows("select * from kept")).isEqualTo(expected);
    spark.sql("drop view kept");
  }

  @ParameterizedTest
  @MethodSource("queries")
  void queryGivesTheSameInAPersistentViewUnlessSparkTakesTheFunctionForTemporary(String query) {
    String view = "create or replace view lasting as " + query;
    if (!TestNearestByQueries.isNew(spark.version())) {
      assertThatThrownBy(() -> spark.sql(view)).hasMessageContaining("INVALID_TEMP_OBJ_REFERENCE");
      return;
    }
    spark.sql(view);
    assertThat(rows("select * from lasting")).isEqualTo(rows(query));
    assertThat(rows("select * from lasting union all select * from lasting"))
        .hasSize(2 * rows(query).size());
    spark.sql("drop view lasting");
  }

  @Test
  void functionsOfACatalogStandInPersistentViewsOfEveryVersion() {
    spark.sql(
        "create or replace view lasting as select id, e5.fn.unpack(e5.fn.pack(embedding, 'half'), 'half') v,"
            + " e5.fn.similarity(packed, embedding) score from stated");
    assertThat(rows("select * from lasting"))
        .isEqualTo(
            rows("select id, embedding v, e5_similarity(packed, embedding) score from stated"));
    spark.sql("drop view lasting");
  }

  @Test
  void streamMeetsAnotherStream() throws Exception {
    String source = directory.resolve("both").toString();
    spark.table("stated").coalesce(1).write().parquet(source);
    for (String side : List.of("these", "those")) {
      spark
          .readStream()
          .schema(spark.table("stated").schema())
          .parquet(source)
          .createOrReplaceTempView(side);
    }
    spark
        .sql(
            "select a.id from these a join those b on a.id = b.id and e5_similarity(e5_embed(string(a.id)), b.embedding) > -1e9")
        .writeStream()
        .format("memory")
        .queryName("paired")
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();
    assertThat(rows("select id from paired"))
        .containsExactlyInAnyOrderElementsOf(rows("select id from stated"))
        .isNotEmpty();
  }

  @Test
  void unionWithAColumnThatStatesNothingIsNotBelieved() {
    spark
        .sql("select e5_pack(array(1f, 2f), 'half') v")
        .withMetadata("v", Metadata.fromJson("{\"%s\":\"half\"}".formatted(BinaryForm.METADATA)))
        .createOrReplaceTempView("halves");
    String both = "(select v from halves union all select e5_pack(array(1f, 2f)) from range(1))";
    assertThat(rows("select e5_similarity(v, array(1f, 2f)) s from " + both))
        .containsExactly("{\"s\":5.0}", "{\"s\":5.0}");
    assertThatThrownBy(() -> rows("select e5_unpack(v) from " + both))
        .hasStackTraceContaining("not all of its rows come from columns of one vector type");
  }

  @Test
  void queryOfWithIsNotBelievedEither() {
    spark
        .sql("select X'003C0040' v")
        .withMetadata("v", Metadata.fromJson("{\"%s\":\"half\"}".formatted(BinaryForm.METADATA)))
        .createOrReplaceTempView("halves");
    assertThatThrownBy(
            () ->
                rows(
                    "with u as (select * from halves union all select X'003C0040' from range(1))"
                        + " select e5_unpack(v) from u"))
        .hasStackTraceContaining("not all of its rows come from columns of one vector type");
    assertThat(
            rows(
                "select e5_unpack(v) v from (select v from halves union all select null from range(1))"))
        .containsExactlyInAnyOrder("{\"v\":[1.0,2.0]}", "{}");
  }

  @ParameterizedTest
  @CsvSource({
    "select nothing from range(1) union all select id from range(1),UNRESOLVED_COLUMN",
    "select * from nowhere union all select id from range(1),TABLE_OR_VIEW_NOT_FOUND",
    "'select 1, 2 union all select 1',NUM_COLUMNS_MISMATCH"
  })
  void wrongUnionsAreNamedAsSparkNamesThem(String sql, String error) {
    assertThatThrownBy(() -> spark.sql(sql)).hasMessageContaining(error);
  }

  @Test
  void streamMeetsWhatASearchFound() throws Exception {
    String source = directory.resolve("source").toString();
    spark.table("stated").coalesce(1).write().parquet(source);
    spark
        .readStream()
        .schema(spark.table("stated").schema())
        .parquet(source)
        .createOrReplaceTempView("arriving");
    spark
        .sql(
            "select s.id, rank, e5_similarity(s.embedding, f.embedding) score, e5_pack(s.embedding) packed"
                + " from arriving s join e5_search('stated', array(1f, 2f, 3f), 3) f on s.id = f.id")
        .writeStream()
        .format("memory")
        .queryName("met")
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();
    assertThat(rows("select id, rank from met"))
        .isEqualTo(rows("select id, rank from e5_search('stated', array(1f, 2f, 3f), 3)"))
        .hasSize(3);
    for (String refused :
        List.of(
            "select * from e5_search('arriving', array(1f, 2f, 3f))",
            "select * from e5_nearest('arriving', 'stated', 2, query_column => 'embedding')",
            "select * from e5_nearest('stated', TABLE(select * from arriving), 2, vector_column => 'embedding')",
            "select * from e5_near_duplicates('arriving', 1, vector_column => 'embedding')")) {
      assertThatThrownBy(() -> spark.sql(refused))
          .hasMessageContaining("Cannot search table ")
          .hasMessageContaining("it is a stream (search the table that a stream writes)")
          .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }
  }
}
