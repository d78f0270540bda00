package io.e5spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.cluster.Models;
import io.e5spark.config.Settings;
import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.node.VectorJoin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests searches and joins in SQL over tables whose properties describe their vectors. */
class TestTableFunctions {
  private static final int ROWS = 40;

  @TempDir static Path directory;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = RecordedSession.spark();
    // Whole numbers make every sum exact, and 20 directions cause ties.
    table(
        "vectors",
        "recorded",
        "select id, if(id % 2 = 0, 'en', 'de') lang, concat('text ', id) text,"
            + " array(float(id % 20), float(10 - id % 7), float(id % 5)) embedding from range("
            + ROWS
            + ")");
    table(
        "queries",
        "recorded",
        "select id + 100 id, array(float(id), float(2 - id), float(1)) embedding from range(6)");
    table("others", "other", "select id, array(1f, 2f, 3f) embedding from range(3)");
    spark.sql("create table plain using parquet as select id, array(1f, 2f, 3f) v from range(3)");
    spark.sql("create temp view english as select id, embedding from vectors where lang = 'en'");
  }

  private static void table(String name, String model, String rows) {
    String fingerprint = Models.plan(Settings.read(Map.of("model", model))).fingerprint();
    spark.sql(
        "create table "
            + name
            + " using parquet tblproperties ('e5.model' = '"
            + model
            + "', 'e5.fingerprint' = '"
            + fingerprint
            + "', 'e5.dimension' = '3', 'e5.input-type' = 'passage', 'e5.vector-column' = 'embedding') as "
            + rows);
  }

  private static List<String> rows(String sql) {
    return spark.sql(sql).collectAsList().stream().map(Row::toString).toList();
  }

  private static List<String> expected(String query, String where, int k) {
    return rows(
        "select id, s score, row_number() over (order by s desc, id) rank from (select *, e5_similarity(embedding, "
            + query
            + ") s from vectors) where "
            + where
            + " order by rank limit "
            + k);
  }

  /**
   * Returns the expected rows with rounded scores, for a vector whose products are not exact as
   * floats.
   */
  private static List<String> rounded(String query, String where, int k) {
    return expected(query, where, k).stream()
        .map(
            row -> {
              String[] parts = row.split(",", -1);
              return "%s,%s,%s"
                  .formatted(
                      parts[0], Math.round(Double.parseDouble(parts[1]) * 1e3) / 1e3, parts[2]);
            })
        .toList();
  }

  private static void assertRefused(String sql, String message) {
    assertThatThrownBy(() -> spark.sql(sql).collectAsList())
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void searchGivesTheRowsOfTheTableWithScoreAndRank() {
    Dataset<Row> found = spark.sql("select * from e5_search('vectors', 'how much protein', 3)");
    assertThat(found.schema().toDDL())
        .isEqualTo(
            "id BIGINT,lang STRING,text STRING,embedding ARRAY<FLOAT>,score DOUBLE NOT NULL,rank INT NOT NULL");
    assertThat(
            rows(
                "select id, round(score, 3) score, rank from e5_search('vectors', 'rain', 3) order by rank"))
        .isEqualTo(rounded("e5_embed('rain')", "true", 3))
        .hasSize(3);
  }

  @Test
  void searchFindsTheNearestOfEveryVectorAndTiesGoById() {
    for (String query : List.of("array(1f, 2f, 3f)", "array(-1f, 0f, 0f)", "array(0f, 0f, 0f)")) {
      for (int k : new int[] {1, 7, ROWS, 2 * ROWS}) {
        assertThat(
                rows(
                    "select id, score, rank from e5_search('vectors', "
                        + query
                        + ", "
                        + k
                        + ") order by rank"))
            .isEqualTo(expected(query, "true", k));
      }
    }
  }

  @Test
  void tenRowsAreFoundUnlessTheCallSaysOtherwise() {
    assertThat(rows("select id from e5_search('vectors', array(1, 2, 3))")).hasSize(10);
    assertThat(rows("select id from e5_search('vectors', array(1.5, 2, 3), k => 4)")).hasSize(4);
    assertThat(rows("select id from e5_search(table => 'vectors', query => 'rain')")).hasSize(10);
  }

  @Test
  void whereHoldsOfWhatWasFoundAndFilterOfWhatIsSearched() {
    String found = "e5_search('vectors', array(1f, 2f, 3f), 6";
    List<String> all = expected("array(1f, 2f, 3f)", "true", 6);
    List<String> english = expected("array(1f, 2f, 3f)", "lang = 'en'", 6);
    assertThat(rows("select id, score, rank from " + found + ") where lang = 'en' order by rank"))
        .isNotEmpty()
        .isSubsetOf(all)
        .hasSizeLessThan(6);
    for (String before :
        List.of(
            found + ", filter => 'lang = \"en\"')",
            found + ", map('filter', 'lang = \"en\"'))",
            "e5_search(TABLE(select * from vectors where lang = 'en'), array(1f, 2f, 3f), 6)",
            "e5_search('english', array(1f, 2f, 3f), 6)")) {
      assertThat(rows("select id, score, rank from " + before + " order by rank"))
          .as(before)
          .isEqualTo(english)
          .hasSize(6);
    }
  }

  @Test
  void viewFindsItsTableFromAnotherDatabase() {
    spark.sql("create or replace temp view far as select id from e5_search('vectors', 'rain', 4)");
    spark.sql("create database elsewhere");
    spark.sql("use elsewhere");
    try {
      assertThat(rows("select * from far")).hasSize(4);
      spark.sql(
          "create or replace temp view english_too as select id from e5_search('english', 'rain', 4)");
      assertThat(rows("select * from english_too")).hasSize(4);
      spark.sql("create or replace temp view `in english` as select * from english");
      spark.sql(
          "create or replace temp view english_too as select id from e5_search('`in english`', 'rain', 4)");
      assertThat(rows("select * from english_too")).hasSize(4);
      assertThatThrownBy(() -> rows("select * from e5_search('vectors', 'rain', 4)"))
          .hasMessageContaining("Cannot search table vectors");
    } finally {
      spark.sql("use default");
      spark.sql("drop database elsewhere");
      spark.sql("drop view far");
      spark.sql("drop view if exists english_too");
    }
  }

  @Test
  void viewMayHoldASearch() {
    spark.sql("create or replace temp view found as select * from e5_search('vectors', 'rain', 4)");
    assertThat(rows("select id, round(score, 3) score, rank from found order by rank"))
        .isEqualTo(rounded("e5_embed('rain')", "true", 4));
    assertThat(rows("select a.id from found a join found b on a.rank = b.rank")).hasSize(4);
    assertThat(
            rows(
                "with f as (select * from e5_search('vectors', 'rain', 4)) select f.id from f, f g where f.id = g.id"))
        .hasSize(4);
    assertThat(
            rows(
                "select id from vectors where id in (select id from e5_search('vectors', 'rain', 4))"))
        .hasSize(4);
  }

  @Test
  void queryIsEmbeddedOnceWithTheModelOfTheTable() {
    RecordedSession.MODEL.clear();
    RecordedSession.OTHER.clear();
    assertThat(rows("select id from e5_search('others', 'of the other model')")).hasSize(3);
    assertThat(RecordedSession.OTHER.single).containsExactly("of the other model");
    assertThat(RecordedSession.MODEL.single).isEmpty();
  }

  @Test
  void explainEmbedsNothing() {
    RecordedSession.MODEL.clear();
    assertThat(
            spark.sql("explain select id from e5_search('vectors', 'not yet')").head().getString(0))
        .contains("VectorJoin");
    assertThat(RecordedSession.MODEL.single).isEmpty();
  }

  @Test
  void callsThatCannotBeAnsweredAreRefusedInOneLine() {
    assertRefused(
        "select * from e5_search('vectors', 'x', 0)",
        "Invalid k: 0 (must be a whole number from 1 to 2,147,483,647)");
    assertRefused("select * from e5_search('vectors', 'x', 1.5)", "Invalid k: 1.5");
    assertRefused(
        "select * from e5_search('vectors', 'x', 'y')",
        "Invalid k: 'y' (e5_search needs a number)");
    assertRefused(
        "select * from e5_search('vectors')", "Cannot call e5_search: argument query is missing");
    assertRefused(
        "select * from e5_search('vectors', 'x', 1, map(), 2)",
        "it takes 4 arguments at most (table, query, k, options), got 5");
    assertRefused(
        "select * from e5_search('vectors', 'x', query => 'y')", "argument query is given twice");
    assertRefused("select * from e5_search('none', 'x')", "Cannot search table none: ");
    assertRefused(
        "select * from e5_search('my-table', 'x')",
        "Cannot search table my-table: the catalog takes such a name in backticks, `my-table` (");
    assertRefused("select * from e5_search('', 'x')", "it has no name");
    assertRefused(
        "select * from e5_search('/no/such/path', 'x')", "Cannot search table /no/such/path: ");
    assertRefused(
        "select * from e5_search('plain', 'x')",
        "Cannot search table plain: it has no e5.* properties");
    assertRefused(
        "select * from e5_search('plain', 'x', vector_column => 'v')",
        "name the model that made its vectors with model");
    assertRefused(
        "select * from e5_search('plain', array(1, 2, 3), vector_column => 'id')",
        "its column id holds no vectors");
    assertRefused(
        "select * from e5_search('plain', array(1, 2, 3), vector_column => 'w')",
        "it has no column w (its columns are [id, v])");
    assertRefused(
        "select * from e5_search('vectors', array(1, 2))",
        "its vectors have 3 dimensions, the query has 2");
    assertRefused(
        "select * from e5_search('vectors', array(1, null, 2))", "must be a vector of numbers");
    assertRefused("select * from e5_search('vectors', cast(null as string))", "Invalid query: ");
    assertRefused(
        "select * from e5_search('vectors', 'x', model => 'other')",
        "its vectors were made by model recorded with fingerprint");
    assertRefused("select * from e5_search('vectors', 'x', no_such => '1')", "no-such");
    assertRefused(
        "select * from e5_search('vectors', array(1, 2, 3), no_such => '1')",
        "Invalid option of e5_search: no-such (must be one of filter, vector_column, probes)");
    assertRefused(
        "select * from e5_search('vectors', 'x', filter => 'lang = ')",
        "Invalid filter: lang =  (must be a condition in SQL)");
    assertRefused(
        "select * from queries q, lateral e5_search('vectors', concat('text ', q.id))",
        "is not a constant text or vector (for a query per row, use e5_nearest)");
    assertRefused(
        "select * from e5_search(TABLE(select *, id rank from vectors), 'x')",
        "the result would have another column rank");
    assertRefused(
        "select * from e5_search(TABLE(select id from vectors), 'x')",
        "it has no column embedding (its columns are [id])");
    assertRefused(
        "select * from e5_nearest('others', 'vectors')",
        "its vectors were made by model recorded with fingerprint");
    assertRefused("select * from e5_near_duplicates('vectors', 'x')", "Invalid threshold: 'x'");
    assertRefused(
        "select * from e5_near_duplicates('vectors', 0.9, filters => 'a')",
        "Invalid option of e5_near_duplicates: filters");
  }

  @Test
  void streamIsNotSearched() {
    spark
        .readStream()
        .schema(spark.table("vectors").schema())
        .parquet(directory.toString())
        .createOrReplaceTempView("stream");
    assertRefused(
        "select * from e5_search('stream', 'x')", "Cannot search table stream: it is a stream");
  }

  @Test
  void tableWithoutPropertiesIsSearchedWhereTheCallNamesItsColumnAndModel() {
    assertThat(rows("select id from e5_search('plain', array(1, 2, 3), vector_column => 'v')"))
        .hasSize(3);
    assertThat(
            rows("select id from e5_search('plain', 'x', vector_column => 'v', model => 'other')"))
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "40", "100"})
  void joinGivesTheNearestOfEveryRow(int k) {
    List<String> expected =
        rows(
            "select * from (select q.id q, v.id v, e5_similarity(q.embedding, v.embedding) s, row_number() over"
                + " (partition by q.id order by e5_similarity(q.embedding, v.embedding) desc, v.id) r"
                + " from queries q cross join vectors v) where r <= "
                + k
                + " order by q, r");
    assertThat(
            rows(
                "select query.id, nearest.id, score, rank from e5_nearest('queries', 'vectors', "
                    + k
                    + ") order by query.id, rank"))
        .isEqualTo(expected)
        .hasSize(6 * Math.min(k, ROWS));
  }

  @Test
  void joinKeepsRepeatedQueriesAndLeavesOutThoseWithoutAVector() {
    assertThat(
            rows(
                "select query.id, nearest.id, rank from e5_nearest(TABLE(select 7 id, array(1f, 0f, 0f) v from range(3)"
                    + " union all select 8, null), 'vectors', 2, query_column => 'v') order by 1, 3, 2"))
        .isEqualTo(List.of("[7,19,1]", "[7,19,1]", "[7,19,1]", "[7,39,2]", "[7,39,2]", "[7,39,2]"));
  }

  @Test
  void joinOfATableWithItselfFindsEachRow() {
    assertThat(
            rows(
                "select count(*), count(distinct query.id), sum(rank) from e5_nearest('vectors', 'vectors', 3)"))
        .containsExactly("[120,40,240]");
    assertThat(
            rows(
                "with v as (select * from vectors) select count(*) from e5_nearest(TABLE(select * from v),"
                    + " TABLE(select * from v), 3, vector_column => 'embedding', query_column => 'embedding')"))
        .containsExactly("[120]");
  }

  @Test
  void queriesOfAJoinAreEmbeddedOnce() {
    RecordedSession.MODEL.clear();
    assertThat(
            rows(
                "select query.id, nearest.id from e5_nearest(TABLE(select id, e5_embed(text) v from vectors where id < 20),"
                    + " 'vectors', 1, query_column => 'v')"))
        .hasSize(20);
    assertThat(RecordedSession.MODEL.texts).hasSize(20);
    assertThat(RecordedSession.MODEL.single).isEmpty();
  }

  @Test
  void columnsThatNobodyReadsAreNotCarriedAlong() {
    Dataset<Row> found =
        spark.sql(
            "select query.id, nearest.lang from e5_nearest('queries', 'vectors', 2) where score > 0");
    VectorJoin join =
        (VectorJoin)
            found.queryExecution().optimizedPlan().find(VectorJoin.class::isInstance).get();
    assertThat(names(join.rows().results())).containsExactly("lang");
    assertThat(names(join.queries().results())).containsExactly("id");
    assertThat(names(join.children().head().output())).containsExactly("id", "lang", "embedding");
    assertThat(found.count()).isEqualTo(12);
    assertThat(rows("select count(*) from e5_search('vectors', array(1, 2, 3), 5)"))
        .containsExactly("[5]");
  }

  private static List<String> names(scala.collection.immutable.Seq<Attribute> columns) {
    return ScalaBridge.list(columns).stream().map(Attribute::name).toList();
  }

  @ParameterizedTest
  @CsvSource({"300", "150", "-1000", "10000"})
  void nearDuplicatesComeOnceEach(double threshold) {
    List<String> expected =
        rows(
            "select * from (select a.id a, b.id b, e5_similarity(a.embedding, b.embedding) s from vectors a join vectors b"
                + " on a.id < b.id) where s >= "
                + threshold
                + " order by a, b");
    assertThat(
            rows(
                "select first.id, second.id, score from e5_near_duplicates('vectors', "
                    + threshold
                    + ") order by 1, 2"))
        .isEqualTo(expected);
  }

  @Test
  void equalRowsAreNearDuplicates() {
    String rows =
        "TABLE(select 1 id, array(1f, 0f) v union all select 1, array(1f, 0f) union all select 2, array(0f, 1f))";
    assertThat(
            rows(
                "select first.id, second.id, score from e5_near_duplicates("
                    + rows
                    + ", 0.9, vector_column => 'v')"))
        .containsExactly("[1,1,1.0]");
  }

  @Test
  void vectorsOfOtherDimensionsAreRefusedWhenTheyAreRead() {
    String rows = "TABLE(select 5 id, array(1f, 0f) v)";
    assertThatThrownBy(
            () -> rows("select * from e5_nearest(" + rows + ", 'vectors', 1, query_column => 'v')"))
        .hasStackTraceContaining("Cannot search: the row with id=")
        .hasStackTraceContaining("has a vector of 3 dimensions, the queries' have 2");
  }

  @Test
  void functionsAreInASessionThatRunsAlready() {
    SparkSession beside = spark.newSession();
    E5Functions.install(beside);
    E5Functions.install(beside);
    SparkSession.setActiveSession(beside);
    try {
      assertThat(
              beside.sql("select id from e5_search('vectors', array(1, 2, 3), 2)").collectAsList())
          .hasSize(2);
    } finally {
      SparkSession.setActiveSession(spark);
    }
  }
}
