package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.embed.Embedding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests commands that run at the same time in one process, each with different settings. The
 * property {@code -De5.rounds=20} sets the number of rounds.
 */
class TestCommandsAtOnce {
  private static final Map<String, String> BARE = Map.of("prefix", "off");
  private static final Map<String, String> SHORT = Map.of("max-tokens", "6");

  @TempDir Path directory;

  @BeforeAll
  static void startSpark() {
    Cli.spark();
  }

  @Test
  void everyVectorIsOfItsTablesFingerprint() throws Exception {
    int rounds = Integer.getInteger("e5.rounds", 2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Void>> merges =
          List.of(() -> merge("bare", BARE, rounds), () -> merge("short", SHORT, rounds));
      for (Future<Void> done : threads.invokeAll(merges)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertVectors("bare", BARE, rounds);
    assertVectors("short", SHORT, rounds);
    assertThat(Cli.spark().conf().getAll().contains("spark.e5.prefix")).isFalse();
    assertThat(Cli.spark().conf().getAll().contains("spark.e5.max-tokens")).isFalse();
  }

  private Void merge(String name, Map<String, String> settings, int rounds) throws Exception {
    Map.Entry<String, String> setting = settings.entrySet().iterator().next();
    Path input = directory.resolve(name + ".jsonl");
    StringBuilder lines = new StringBuilder();
    for (int round = 0; round < rounds; round++) {
      lines.append(
          "{\"id\": %1$s, \"text\": \"text %1$s of many words that are cut somewhere\"}\n"
              .formatted(Integer.toString(round)));
      Files.writeString(input, lines);
      Cli.Result result =
          Cli.run(
              "embed",
              "--mode",
              "merge",
              "--input",
              input.toString(),
              "--output",
              directory.resolve(name).toString(),
              "--key",
              "id",
              "--keep-columns",
              "text",
              "--set",
              setting.getKey() + "=" + setting.getValue());
      assertThat(result.code()).as(result.err()).isZero();
    }
    return null;
  }

  private void assertVectors(String name, Map<String, String> values, int rounds) {
    SparkSession spark = Cli.spark();
    EmbedderPlan plan = Models.plan(Settings.read(values));
    String table = "delta.`" + directory.resolve(name) + "`";
    assertThat(
            spark
                .sql("show tblproperties " + table)
                .where("key = 'e5.fingerprint'")
                .select("value")
                .head()
                .getString(0))
        .isEqualTo(plan.fingerprint());
    List<Row> rows = spark.sql("select text, embedding from " + table).collectAsList();
    assertThat(rows).hasSize(rounds);
    for (Row row : rows) {
      Embedding expected =
          Models.embedder(plan)
              .embed(List.of(row.getString(0)), InputType.PASSAGE, OnError.FAIL, (counter, n) -> {})
              .get(0);
      List<Float> actual = row.getList(1);
      for (int i = 0; i < actual.size(); i++) {
        assertThat(actual.get(i)).isCloseTo(expected.vector()[i], within(1e-5f));
      }
    }
  }
}
