package io.e5spark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.catalyst.ExtractBatchEmbed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests random queries: the rows equal those of row-by-row evaluation. No text is embedded that
 * row-by-row evaluation does not embed, and no text is embedded twice.
 */
class TestRandomQueries {
  private static final int QUERIES = 150;

  /**
   * Settings without code generation, which takes most of the time and does not depend on batching.
   */
  private static final Map<String, String> QUICK =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.shuffle.partitions", "2");

  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";
  private static final String WINDOW = "spark.e5.window-rows";
  private static final String EXCLUDED = "spark.sql.optimizer.excludedRules";

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = RecordedSession.spark();
    table(
        "docs",
        12,
        "id",
        "if(id % 4 = 1, null, concat('text ', repeat('x', int(id % 5)), ' ', id)) text",
        "concat('title ', id) title",
        "if(id % 3 = 0, 'en', 'de') lang",
        "concat(if(id % 5 = 0, 'bad ', 'fine '), id) risky");
    table("notes", 5, "id * 2 k", "concat('note ', id) note", "if(id = 1, 'x', 'y') kind");
    QUICK.forEach(spark.conf()::set);
  }

  private static void table(String name, int rows, String... columns) {
    Dataset<Row> made = spark.range(0, rows, 1, 2).selectExpr(columns);
    // Spark does not see how the columns of this table are computed. Otherwise it would conclude
    // that they all depend on the key.
    spark.createDataFrame(made.toJavaRDD(), made.schema()).createOrReplaceTempView(name);
  }

  @AfterAll
  static void restore() {
    QUICK.keySet().forEach(spark.conf()::unset);
    spark.conf().set("spark.sql.shuffle.partitions", "3");
    spark.conf().unset(ADAPTIVE);
  }

  static IntStream seeds() {
    return IntStream.range(0, QUERIES);
  }

  private static List<String> rows(String sql) {
    awaitLeftJobs();
    RecordedSession.MODEL.clear();
    List<String> rows = spark.sql(sql).collectAsList().stream().map(Row::toString).toList();
    return sql.contains(" order by 1") ? rows : rows.stream().sorted().toList();
  }

  /**
   * Waits for the jobs that the query before left behind. They may still read a side of a join when
   * its rows are complete.
   */
  private static void awaitLeftJobs() {
    while (spark.sparkContext().statusTracker().getActiveJobIds().length > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static List<String> rowsWithoutBatching(String sql) {
    spark.conf().set(EXCLUDED, ExtractBatchEmbed.class.getName());
    try {
      return rows(sql);
    } finally {
      spark.conf().unset(EXCLUDED);
    }
  }

  /**
   * Returns the texts that row-by-row evaluation embeds without adaptive execution. An adaptive
   * query leaves one side of a join when the other side proves empty, so timing decides which texts
   * that side has reached.
   */
  private static Set<String> reachedWithoutHaste(String sql) {
    spark.conf().set(ADAPTIVE, false);
    rowsWithoutBatching(sql);
    return Set.copyOf(RecordedSession.MODEL.single);
  }

  /**
   * Returns the texts that windows of one row embed. A merge join stops reading one side when the
   * other side ends, and a longer window has then read ahead.
   */
  private static Set<String> textsWithoutReadingAhead(String sql) {
    spark.conf().set(WINDOW, 1);
    rows(sql);
    spark.conf().set(WINDOW, 8);
    return Set.copyOf(RecordedSession.MODEL.texts);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomQueryIsAnsweredAsRowByRow(int seed) {
    String sql = RandomQuery.of(seed);
    String what = "seed %d: %s".formatted(seed, sql);
    spark.conf().set(ADAPTIVE, seed % 2 == 0);
    List<String> expected = rowsWithoutBatching(sql);
    Set<String> reached = new HashSet<>(RecordedSession.MODEL.single);
    assertThat(rows(sql)).as(what).isEqualTo(expected);
    assertThat(RecordedSession.MODEL.single)
        .as("row by row, %s", what)
        .allMatch("a literal"::equals);
    Map<String, Integer> times = new HashMap<>();
    RecordedSession.MODEL.texts.forEach(text -> times.merge(text, 1, Integer::sum));
    Set<String> texts = times.keySet();
    if (!reached.containsAll(texts)) {
      reached.addAll(reachedWithoutHaste(sql));
    }
    if (!reached.containsAll(texts)) {
      texts = textsWithoutReadingAhead(sql);
    }
    assertThat(reached).as("texts embedded, %s", what).containsAll(texts);
    // Spark samples the rows of a global sort before it sorts them, so it may embed them twice.
    int most = sql.contains(" order by k") || sql.contains(" order by 1") ? 2 : 1;
    assertThat(times.values()).as("times of each in %s, %s", times, what).allMatch(n -> n <= most);
  }
}
