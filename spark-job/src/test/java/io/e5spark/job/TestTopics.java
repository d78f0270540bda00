package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Tests messages in the form in which Spark's connector delivers them, without a broker. */
class TestTopics {
  private static final TextSource SOURCE =
      new TextSource(
          "kafka://127.0.0.1:1/articles",
          SourceFormat.AUTO,
          List.of("id"),
          List.of("text"),
          List.of("lang"));

  private static List<String> rows(String... messages) {
    Dataset<Row> batch =
        Cli.spark()
            .sql(
                "SELECT CAST(value AS BINARY) AS value, timestamp_seconds(time) AS timestamp, offset, 0 AS partition FROM VALUES "
                    + String.join(", ", messages)
                    + " AS t(value, time, offset)");
    return SOURCE.select(SOURCE.rows(batch)).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  @Test
  void theNewestMessageOfAKeyCounts() {
    assertThat(
            rows(
                "('{\"id\":1,\"text\":\"old\"}', 5, 7L)",
                "('{\"id\":\"1\",\"text\":\"new\",\"lang\":\"en\"}', 5, 8L)",
                "('{\"id\":2,\"text\":\"newest\",\"more\":[1]}', 8, 2L)",
                "('{\"id\":2,\"text\":\"older, of a clock ahead\"}', 9, 1L)",
                "('{\"id\":3}', 1, 3L)"))
        .containsExactly("[1,en,new]", "[2,null,newest]", "[3,null,null]");
  }

  @Test
  void messagesWithoutAnObjectOrAKeyAreNamed() {
    for (String message :
        List.of(
            "'salt'",
            "NULL",
            "''",
            "'{\"text\":\"salt\"}'",
            "'{\"id\":1'",
            "'{\"id\":1} {\"id\":2}'",
            "'{\"id\":1},{\"id\":2}'",
            "'{\"id\":1} salt'",
            "'[{\"id\":1}]'")) {
      assertThatThrownBy(() -> rows("(" + message + ", 1, 42L)"))
          .as(message)
          .hasStackTraceContaining(
              "Cannot read topic articles: message 42 of partition 0 is not a JSON object with id");
    }
  }

  @Test
  void mistakesAreNamed() {
    Cli.Result wrong = embed("kafka://broker");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("Invalid input: kafka://broker (must be kafka://HOST:PORT[,HOST:PORT…]/TOPIC)");
    Cli.Result withoutConnector = embed("kafka://127.0.0.1:1/articles");
    assertThat(withoutConnector.code()).isEqualTo(2);
    assertThat(withoutConnector.err())
        .contains("Spark's Kafka connector is not on the class path (add --packages ");
  }

  private static Cli.Result embed(String input) {
    return Cli.run("embed", "--input", input, "--output", "target/none", "--mode", "merge");
  }
}
