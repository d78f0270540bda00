package io.e5spark.sql;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.model.PromptedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a model's own prompts, and tasks, in all functions. */
class TestPromptsInQueries {
  private static final String PLAIN = "spark.e5.task";

  @TempDir static Path directory;
  private static SparkSession spark;
  private static String model = "";

  @BeforeAll
  static void start() throws IOException {
    model = PromptedModel.in(directory, PromptedModel.INSTRUCT, 64).toString();
    spark = RecordedSession.spark();
    spark.range(4).selectExpr("id", "concat('w', id) text").createOrReplaceTempView("words");
  }

  @AfterEach
  void unset() {
    spark.conf().unset(PLAIN);
  }

  private static String call(String function, String text, String type, String task) {
    return "%s(%s, '%s', '%s', map('task', '%s'))".formatted(function, text, type, model, task);
  }

  private static String query(String text, String task) {
    return call("e5_embed", text, "query", task);
  }

  /** Returns a call for a text that already contains its prompt. */
  private static String bare(String text) {
    return "e5_embed(%s, 'query', '%s', map('prefix', 'off'))".formatted(text, model);
  }

  private static List<Row> rows(String sql) {
    return spark.sql(sql).collectAsList();
  }

  @Test
  void taskOfEachCallIsInItsVectors() {
    String sql =
        "select %s a, %s b, %s c, %s d from words"
            .formatted(
                query("text", "w5"),
                query("text", "w6"),
                bare("concat('passage: w5\nquery: ', text)"),
                bare("concat('passage: w6\nquery: ', text)"));
    List<Row> rows = rows(sql);
    assertThat(rows).hasSize(4);
    for (Row row : rows) {
      assertThat(row.getList(0)).isEqualTo(row.getList(2)).isNotEqualTo(row.getList(1));
      assertThat(row.getList(1)).isEqualTo(row.getList(3));
    }
  }

  @Test
  void passagesOfAModelWithoutTheirPromptAreAsTheyAre() {
    String sql =
        "select %s a, %s b, %s c from words"
            .formatted(
                call("e5_embed", "text", "passage", "w5"),
                call("e5_embed", "text", "passage", "w6"),
                bare("text"));
    for (Row row : rows(sql)) {
      assertThat(row.getList(0)).isEqualTo(row.getList(1)).isEqualTo(row.getList(2));
    }
  }

  @Test
  void literalsOfDifferentTasksAreApart() {
    String sql =
        "select %s, %s, %s"
            .formatted(query("'w1'", "w5"), query("'w1'", "w6"), bare("'passage: w5 query: w1'"));
    Row row = rows(sql).get(0);
    assertThat(row.getList(0)).isNotEqualTo(row.getList(1)).isEqualTo(row.getList(2));
  }

  @Test
  void resultOfAnotherTaskIsNotUsedAgain() {
    String sql =
        "select a, %s b, %s c from (select text, %s a from words where size(%s) = 4)"
            .formatted(
                query("text", "w6"), query("text", "w5"), query("text", "w5"), query("text", "w6"));
    for (Row row : rows(sql)) {
      assertThat(row.getList(0)).isNotEqualTo(row.getList(1)).isEqualTo(row.getList(2));
    }
    spark.sql("select %s a from words".formatted(query("text", "w5"))).cache().count();
    try {
      assertThat(rows("select %s a from words".formatted(query("text", "w6"))))
          .isNotEqualTo(rows("select %s a from words".formatted(query("text", "w5"))));
    } finally {
      spark.sharedState().cacheManager().clearCache();
    }
  }

  @Test
  void allFunctionsHonourTheTask() {
    String sql =
        "select %s tokens, %s try, %s fn, %s one, e5_similarity(%s, %s) same, e5_similarity(%s, %s) other"
            .formatted(
                call("e5_tokens", "'w1'", "query", "w5 w6"),
                call("try_e5_embed", "text", "query", "w5"),
                call("e5.fn.embed", "text", "query", "w5"),
                query("text", "w5"),
                query("'w1'", "w5"),
                query("text", "w5"),
                query("'w1'", "w6"),
                query("text", "w5"));
    Row row = rows(sql + " from words where text = 'w1'").get(0);
    assertThat(row.getInt(0)).isEqualTo(9);
    assertThat(row.getStruct(1).getList(0)).isEqualTo(row.getList(3));
    assertThat(row.getStruct(1).getInt(1)).isEqualTo(8);
    assertThat(row.getList(2)).isEqualTo(row.getList(3));
    assertThat(row.getDouble(4)).isGreaterThan(0.99999);
    assertThat(row.getDouble(5)).isLessThan(0.999);
    assertThat(rows("select " + call("e5_tokens", "'w1'", "passage", "w5")).get(0).getInt(0))
        .isEqualTo(3);
  }

  @Test
  void taskOfTheCallComesBeforeThatOfTheSession() {
    List<Row> usual = rows("select %s from words".formatted(query("text", "")));
    List<Row> other = rows("select %s from words".formatted(query("text", "w5")));
    String plain = "select e5_embed(text, 'query', '%s') from words".formatted(model);
    assertThat(rows(plain)).isEqualTo(usual).isNotEqualTo(other);
    spark.conf().set(PLAIN, "w5");
    assertThat(rows(plain)).isEqualTo(other);
    assertThat(rows("select %s from words".formatted(query("text", "")))).isEqualTo(usual);
    Settings settings = Settings.read(Map.of("model", model));
    assertThat(
            spark
                .table("words")
                .select(E5Functions.embed(col("text"), InputType.QUERY, settings))
                .collectAsList())
        .isEqualTo(usual);
  }

  @Test
  void taskThatIsNoTextOfItsOwnIsRefused() {
    assertThatThrownBy(
            () ->
                rows("select %s from words".formatted(query("text", "w5").replace("'w5'", "text"))))
        .hasMessageContaining("e5_embed needs a map of string literals as argument 4");
    assertThatThrownBy(
            () ->
                rows("select e5_embed(text, 'query', 'e5-small-v2', map('task', 'w5')) from words"))
        .hasStackTraceContaining("Invalid task: 'w5' (model e5-small-v2 takes none)");
  }
}
