package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that a vector table follows a source that grows or changes, and that only new rows are
 * read.
 */
class TestStream {
  @TempDir Path directory;
  private final SparkSession spark = Cli.spark();
  private String input = "";
  private String output = "";

  @BeforeEach
  void names() {
    input = directory.resolve("texts").toString();
    output = directory.resolve("vectors").toString();
  }

  private Cli.Result embed(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("embed", "--input", input, "--output", output, "--mode", "merge", "--json"));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private JsonNode report(String... more) throws IOException {
    Cli.Result result = embed(more);
    assertThat(result.code()).as(result.err()).isZero();
    return new ObjectMapper().readTree(result.out());
  }

  private static String counts(JsonNode report) {
    JsonNode merge = report.get("merge");
    return "%d embedded, %d written, %d unchanged, %d deleted"
        .formatted(
            report.at("/rows/embedded").asInt(),
            merge.get("written").asInt(),
            merge.get("unchanged").asInt(),
            merge.get("deleted").asInt());
  }

  private String ids() {
    return spark
        .sql(
            "SELECT concat_ws(' ', array_sort(collect_list(id))) FROM delta.`%s`".formatted(output))
        .head()
        .getString(0);
  }

  private void sql(String statement) {
    spark.sql(statement.replace("TEXTS", "delta.`" + input + "`"));
  }

  private void makeFeed() {
    sql(
        "CREATE TABLE TEXTS (id STRING, text STRING) USING delta TBLPROPERTIES (delta.enableChangeDataFeed = true)");
    sql("INSERT INTO TEXTS VALUES ('a', 'salt'), ('b', 'bread'), ('c', 'water')");
  }

  @Test
  void mergesReadTheFeedWhereTheyCan() throws IOException {
    makeFeed();
    JsonNode first = report("--delete-missing");
    assertThat(counts(first)).isEqualTo("3 embedded, 3 written, 0 unchanged, 0 deleted");
    assertThat(first.get("merge").has("changes_after")).isFalse();
    assertThat(first.at("/merge/reached/source_version").asInt()).isEqualTo(1);
    sql("UPDATE TEXTS SET text = 'rye bread' WHERE id = 'b'");
    sql("DELETE FROM TEXTS WHERE id = 'a'");
    sql("INSERT INTO TEXTS VALUES ('d', 'yeast'), ('e', 'oil')");
    sql("DELETE FROM TEXTS WHERE id = 'e'");
    sql("INSERT OVERWRITE TEXTS VALUES ('b', 'rye bread'), ('c', 'water'), ('d', 'yeast')");
    JsonNode second = report("--delete-missing");
    assertThat(second.at("/merge/changes_after").asInt()).isEqualTo(1);
    assertThat(counts(second)).isEqualTo("2 embedded, 2 written, 1 unchanged, 1 deleted");
    assertThat(ids()).isEqualTo("b c d");
    spark.sql("DELETE FROM delta.`%s` WHERE id = 'c'".formatted(output));
    JsonNode disturbed = report("--delete-missing");
    assertThat(disturbed.get("merge").has("changes_after")).isFalse();
    assertThat(counts(disturbed)).isEqualTo("1 embedded, 1 written, 2 unchanged, 0 deleted");
    FileUtil.fullyDelete(Path.of(input).toFile());
    DeltaLog.clearCache();
    makeFeed();
    for (int i = 0; i < 5; i++) {
      sql("INSERT INTO TEXTS VALUES ('new %d', 'salt')".formatted(i));
    }
    JsonNode anew = report("--delete-missing");
    assertThat(anew.get("merge").has("changes_after")).isFalse();
    assertThat(ids()).contains("new 0", "new 4");
  }

  @Test
  void feedSaysNothingThatTheSourceDenies() throws IOException {
    makeFeed();
    report("--delete-missing");
    sql("UPDATE TEXTS SET id = 'z' WHERE id = 'a'");
    JsonNode renamed = report("--delete-missing");
    assertThat(renamed.get("merge").has("changes_after")).isTrue();
    assertThat(ids()).isEqualTo("b c z");
    sql("INSERT INTO TEXTS VALUES ('b', 'butter')");
    sql("DELETE FROM TEXTS WHERE text = 'butter'");
    JsonNode doubled = report("--delete-missing");
    assertThat(doubled.get("merge").has("changes_after")).isTrue();
    assertThat(ids()).isEqualTo("b c z");
    sql("ALTER TABLE TEXTS SET TBLPROPERTIES (delta.enableChangeDataFeed = false)");
    sql("INSERT INTO TEXTS VALUES ('y', 'yeast')");
    sql("ALTER TABLE TEXTS SET TBLPROPERTIES (delta.enableChangeDataFeed = true)");
    assertThat(report("--delete-missing").get("merge").has("changes_after")).isFalse();
    assertThat(ids()).isEqualTo("b c y z");
    sql("DELETE FROM TEXTS");
    Cli.Result emptied = embed("--delete-missing");
    assertThat(emptied.code()).isEqualTo(2);
    assertThat(emptied.err()).contains("the source has no rows");
    assertThat(ids()).isEqualTo("b c y z");
  }

  @Test
  void feedIsFollowed() throws IOException {
    makeFeed();
    JsonNode first = report("--stream", "--until-done", "--delete-missing");
    assertThat(counts(first)).isEqualTo("3 embedded, 3 written, 0 unchanged, 0 deleted");
    sql("UPDATE TEXTS SET text = 'rye bread' WHERE id = 'b'");
    sql("DELETE FROM TEXTS WHERE id = 'a'");
    sql("INSERT INTO TEXTS VALUES ('c', 'butter')");
    sql("DELETE FROM TEXTS WHERE text = 'butter'");
    Cli.Result second = embed("--stream", "--until-done", "--delete-missing");
    assertThat(second.err()).contains("1 row written, 1 unchanged, 1 deleted");
    assertThat(ids()).isEqualTo("b c");
    output = Path.of("").toAbsolutePath().relativize(Path.of(output)) + "/";
    Cli.Result sameTable = embed("--stream", "--until-done", "--delete-missing");
    assertThat(sameTable.code()).as(sameTable.err()).isZero();
    Cli.Result other = embed("--stream", "--until-done", "--text-columns", "id,text");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err())
        .contains("began with input ", "keys [id], texts [text], kept columns [], ")
        .contains("texts [id, text]");
    spark.sql(
        "RESTORE TABLE delta.`%s` TO VERSION AS OF 1".formatted(directory.resolve("vectors")));
    Cli.Result restored = embed("--stream", "--until-done", "--delete-missing");
    assertThat(restored.code()).isEqualTo(2);
    assertThat(restored.err())
        .contains("it was restored or made again since the stream wrote to it (delete the ");
  }

  @Test
  void aStreamBeginsWithAllThatTheTableMisses() throws Exception {
    makeFeed();
    report();
    sql("DELETE FROM TEXTS WHERE id = 'a'");
    sql("UPDATE TEXTS SET text = 'rye bread' WHERE id = 'b'");
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try {
      Future<Cli.Result> stream =
          caller.submit(() -> embed("--stream", "--delete-missing", "--interval", "1"));
      await(() -> Files.exists(Path.of(output + "_checkpoint", "commits", "0")));
      assertThat(ids()).isEqualTo("b c");
      sql("INSERT INTO TEXTS VALUES ('d', 'yeast')");
      await(() -> Files.exists(Path.of(output + "_checkpoint", "commits", "1")));
      assertThat(ids()).isEqualTo("b c d");
      for (StreamingQuery query : spark.streams().active()) {
        query.stop();
      }
      Cli.Result stopped = stream.get(2, TimeUnit.MINUTES);
      assertThat(stopped.code()).as(stopped.err()).isZero();
      assertThat(counts(new ObjectMapper().readTree(stopped.out())))
          .isEqualTo("2 embedded, 2 written, 1 unchanged, 1 deleted");
    } finally {
      caller.shutdownNow();
    }
    List<Row> runs =
        spark
            .sql(
                "SELECT outcome, report.merge.written FROM delta.`%s_runs` WHERE started = (SELECT max(started) FROM delta.`%s_runs`) ORDER BY outcome"
                    .formatted(output, output))
            .collectAsList();
    assertThat(runs).extracting(Row::toString).containsExactly("[done,2]", "[running,1]");
  }

  @Test
  void interruptStopsTheStream() throws Exception {
    makeFeed();
    AtomicReference<Cli.Result> result = new AtomicReference<>();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              result.set(embed("--stream", "--interval", "1"));
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    await(() -> spark.streams().active().length > 0);
    await(() -> Files.exists(Path.of(output + "_checkpoint", "commits", "0")));
    caller.interrupt();
    caller.join(TimeUnit.MINUTES.toMillis(1));
    assertThat(caller.isAlive()).isFalse();
    assertThat(spark.streams().active()).isEmpty();
    assertThat(interrupted).isTrue();
    assertThat(result.get().code()).isEqualTo(1);
    assertThat(result.get().err()).contains("Cannot continue the stream: it was interrupted");
    assertThat(ids()).isEqualTo("a b c");
  }

  @Test
  void feedWhoseFilesAreGoneIsNotRead() throws IOException {
    makeFeed();
    report();
    sql("UPDATE TEXTS SET text = 'rye bread' WHERE id = 'b'");
    FileUtil.fullyDelete(Path.of(input, "_change_data").toFile());
    Cli.Result result = embed();
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err())
        .contains(
            "Warning: reading the whole source, because its change data feed cannot be read: ");
    assertThat(new ObjectMapper().readTree(result.out()).get("merge").has("changes_after"))
        .isFalse();
  }

  private static void await(Callable<Boolean> what) throws Exception {
    Instant end = Instant.now().plusSeconds(120);
    while (!what.call()) {
      assertThat(Instant.now()).as("too late").isBefore(end);
      Thread.sleep(200);
    }
  }

  @Test
  void checkpointIsOfWhatTheStreamWasAsked() throws IOException {
    makeFeed();
    assertThat(embed("--stream", "--until-done").code()).isZero();
    sql("DELETE FROM TEXTS WHERE id = 'a'");
    Cli.Result deleting = embed("--stream", "--until-done", "--delete-missing");
    assertThat(deleting.code()).isEqualTo(2);
    assertThat(deleting.err())
        .contains("change data feed true, delete-missing false, and this job has ")
        .contains("change data feed true, delete-missing true (delete the checkpoint");
    // A start leaves this state if it is killed before it reads anything.
    FileUtil.fullyDelete(Path.of(output + "_checkpoint").toFile());
    Files.createDirectory(Path.of(output + "_checkpoint"));
    Files.writeString(Path.of(output + "_checkpoint", "e5-read"), "input ");
    assertThat(embed("--stream", "--until-done", "--delete-missing").code()).isZero();
    assertThat(ids()).isEqualTo("b c");
  }

  @Test
  void emptiedSourceEndsTheStream() throws IOException {
    makeFeed();
    assertThat(embed("--stream", "--until-done", "--delete-missing").code()).isZero();
    sql("DELETE FROM TEXTS");
    Cli.Result emptied = embed("--stream", "--until-done", "--delete-missing");
    assertThat(emptied.code()).isEqualTo(2);
    assertThat(emptied.err()).contains("the source has no rows, so the table would lose all");
    assertThat(ids()).isEqualTo("a b c");
    sql("INSERT INTO TEXTS VALUES ('c', 'water'), ('d', 'yeast')");
    assertThat(embed("--stream", "--until-done", "--delete-missing").code()).isZero();
    assertThat(ids()).isEqualTo("c d");
  }

  @Test
  void filesAreFollowedInBoundedBatches() throws IOException {
    Files.createDirectories(Path.of(input));
    for (int i = 0; i < 3; i++) {
      Files.writeString(
          Path.of(input, i + ".jsonl"), "{\"id\":\"%d\",\"text\":\"text %d\"}%n".formatted(i, i));
    }
    Cli.Result first = embed("--stream", "--until-done", "--batch-files", "2");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("Batch 0: 2 rows written").contains("Batch 1: 1 row written");
    assertThat(ids()).isEqualTo("0 1 2");
    Cli.Result decoded = embed("--stream", "--until-done", "--encoding", "ISO-8859-1");
    assertThat(decoded.code()).isEqualTo(2);
    assertThat(decoded.err())
        .contains("row ids columns, format json, encoding UTF-8, separator ',', change data feed")
        .contains("row ids columns, format json, encoding ISO-8859-1, separator ',', change");
    makeOlderCheckpoint();
    Files.writeString(Path.of(input, "3.jsonl"), "{\"id\":\"1\",\"text\":\"another text\"}");
    assertThat(counts(report("--stream", "--until-done")))
        .isEqualTo("1 embedded, 1 written, 0 unchanged, 0 deleted");
    assertThat(ids()).isEqualTo("0 1 2");
    forgetVersionsFrom(3);
    Cli.Result older = embed("--stream", "--until-done");
    assertThat(older.code()).isEqualTo(2);
    assertThat(older.err()).contains("it was restored or made again since the stream wrote to it");
    FileUtil.fullyDelete(Path.of(output).toFile());
    Cli.Result gone = embed("--stream", "--until-done");
    assertThat(gone.code()).isEqualTo(2);
    assertThat(gone.err()).contains("it does not exist, but the checkpoint");
  }

  /** Leaves out of the checkpoint what older versions did not record. */
  private void makeOlderCheckpoint() throws IOException {
    Path checkpoint = Path.of(output + "_checkpoint");
    Path read = checkpoint.resolve("e5-read");
    String text = Files.readString(read);
    Files.deleteIfExists(checkpoint.resolve(".e5-read.crc"));
    Files.writeString(read, text.replaceFirst("row ids .*(?=change data feed)", ""));
    Files.delete(checkpoint.resolve("e5-table"));
    assertThat(text).hasSizeGreaterThan(Files.readString(read).length());
  }

  /** Makes the table what a backup of an earlier version would be. */
  private void forgetVersionsFrom(int version) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(output, "_delta_log"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString().replaceFirst("^\\.", "");
        if (name.matches("\\d{20}\\..*") && Long.parseLong(name.substring(0, 20)) >= version) {
          Files.delete(file);
        }
      }
    }
    DeltaLog.clearCache();
  }

  @Test
  void statedSourceIsThatOfTheLastBatch() throws IOException {
    Files.createDirectories(Path.of(input));
    Files.writeString(Path.of(input, "0.jsonl"), "{\"id\":\"1\",\"text\":\"salt\"}");
    assertThat(embed().code()).isZero();
    String first = input;
    input = directory.resolve("others").toString();
    Files.createDirectories(Path.of(input));
    Path file = Path.of(input, "0.jsonl");
    Files.writeString(file, "{\"id\":\"2\",\"text\":\"a\"}\n{\"id\":\"2\",\"text\":\"b\"}\n");
    Cli.Result doubled = embed("--stream", "--until-done");
    assertThat(doubled.code()).isNotZero();
    assertThat(doubled.err()).contains("the source has 2 rows with the key id=2");
    assertThat(statedSource()).endsWith(first);
    Files.writeString(file, "{\"id\":\"2\",\"text\":\"salt\"}\n");
    Cli.Result single = embed("--stream", "--until-done");
    assertThat(single.code()).as(single.err()).isZero();
    assertThat(statedSource()).endsWith(input);
    assertThat(ids()).isEqualTo("1 2");
  }

  private String statedSource() {
    Map<String, String> properties =
        DeltaTable.forPath(spark, output).detail().select("properties").head().getJavaMap(0);
    return properties.getOrDefault("e5.source", "");
  }

  @Test
  void mistakesAreNamed() throws IOException {
    Files.createDirectories(Path.of(input));
    Files.writeString(Path.of(input, "0.jsonl"), "{\"id\":\"1\",\"text\":\"salt\"}");
    Cli.Result deleting = embed("--stream", "--until-done", "--delete-missing");
    assertThat(deleting.code()).isEqualTo(2);
    assertThat(deleting.err())
        .contains("has no change data feed, so a stream cannot see deleted rows");
    assertThat(embed("--until-done").err())
        .contains("Invalid option: --until-done without --stream (it needs --stream)");
    assertThat(embed("--stream", "--interval", "0").err())
        .contains("Invalid interval: 0 (must be at least 1)");
  }
}
