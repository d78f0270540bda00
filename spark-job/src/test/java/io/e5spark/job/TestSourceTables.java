package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a job sees the changes to a source that is a Delta table, or says how to go on. */
class TestSourceTables {
  private static final String IGNORE_MISSING = "spark.sql.files.ignoreMissingFiles";
  private static final String[] STREAM = {"--stream", "--until-done"};

  @TempDir Path directory;
  private final SparkSession spark = Cli.spark();
  private Path input;
  private Path output;

  @BeforeEach
  void names() {
    input = directory.resolve("texts");
    output = directory.resolve("vectors");
  }

  private Cli.Result merge(String... more) {
    List<String> arguments = new ArrayList<>(List.of("embed", "--mode", "merge"));
    arguments.addAll(List.of("--input", input.toString(), "--output", output.toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private void works(String... more) {
    Cli.Result result = merge(more);
    assertThat(result.code()).as(result.err()).isZero();
  }

  private void fails(Cli.Result result, String... parts) {
    assertThat(result.code()).as(result.err()).isNotZero();
    assertThat(result.err().strip().lines().filter(line -> line.startsWith("e5-spark: ")))
        .as(result.err())
        .hasSize(1);
    assertThat(result.err())
        .contains(parts)
        .doesNotContain("schemaTrackingLocation", "ignoreDeletes");
  }

  private void sql(String... statements) {
    for (String statement : statements) {
      spark.sql(statement.replace("TEXTS", "delta.`" + input + "`"));
    }
  }

  private String ids() {
    return spark
        .sql(
            "SELECT concat_ws(' ', array_sort(collect_list(id))) FROM delta.`%s`".formatted(output))
        .head()
        .getString(0);
  }

  private void makeTexts(String properties) {
    sql(
        "CREATE TABLE TEXTS (id STRING, text STRING, note STRING) USING delta TBLPROPERTIES (delta.appendOnly = false, %s)"
            .formatted(properties),
        "INSERT INTO TEXTS VALUES ('a', 'salt', ''), ('b', 'bread', '')");
  }

  private void makeFeed() {
    makeTexts("delta.enableChangeDataFeed = true");
  }

  private void deleteCheckpoint() {
    FileUtil.fullyDelete(Path.of(output + "_checkpoint").toFile());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRenamedColumnEndsTheStreamInOneLine(boolean feed) {
    makeTexts("delta.enableChangeDataFeed = %s, delta.columnMapping.mode = 'name'".formatted(feed));
    works(STREAM);
    sql(
        "ALTER TABLE TEXTS RENAME COLUMN note TO remark",
        "INSERT INTO TEXTS VALUES ('c', 'oil', '')");
    fails(
        merge(STREAM),
        "Cannot follow the source ",
        "its columns were changed",
        "delete the checkpoint ");
    deleteCheckpoint();
    works(STREAM);
    assertThat(ids()).isEqualTo("a b c");
  }

  @Test
  void lostRowsWithoutAFeedEndTheStreamInOneLine() {
    makeTexts("delta.enableChangeDataFeed = false");
    works(STREAM);
    sql("DELETE FROM TEXTS WHERE id = 'a'");
    fails(
        merge(STREAM),
        "it has no change data feed that records this",
        "_checkpoint; the next start");
    sql("ALTER TABLE TEXTS SET TBLPROPERTIES (delta.enableChangeDataFeed = true)");
    fails(merge(STREAM), "change data feed true");
    deleteCheckpoint();
    works("--stream", "--until-done", "--delete-missing");
    assertThat(ids()).isEqualTo("b");
  }

  @Test
  void anotherTableInItsPlaceEndsTheStreamInOneLine() {
    makeFeed();
    works(STREAM);
    FileUtil.fullyDelete(input.toFile());
    DeltaLog.clearCache();
    makeFeed();
    sql("INSERT INTO TEXTS VALUES ('c', 'oil', '')");
    fails(merge(STREAM), "delete the checkpoint ");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSourceThatWasPutBackIsSeen(boolean stream) throws IOException {
    String[] more = stream ? STREAM : new String[0];
    makeFeed();
    Path copy = directory.resolve("copy");
    copy(input, copy);
    sql("INSERT INTO TEXTS VALUES ('c', 'oil', '')");
    works(more);
    FileUtil.fullyDelete(input.toFile());
    copy(copy, input);
    DeltaLog.clearCache();
    sql("INSERT INTO TEXTS VALUES ('d', 'rye', '')", "INSERT INTO TEXTS VALUES ('e', 'egg', '')");
    if (stream) {
      fails(merge(STREAM), "was restored to an earlier version since the stream read it");
      deleteCheckpoint();
    }
    works(more);
    assertThat(ids()).isEqualTo("a b c d e");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRestoredSourceIsFollowed(boolean stream) {
    List<String> more = new ArrayList<>(List.of("--delete-missing"));
    more.addAll(stream ? List.of(STREAM) : List.of());
    makeFeed();
    sql("INSERT INTO TEXTS VALUES ('c', 'oil', '')");
    works(more.toArray(String[]::new));
    sql("RESTORE TABLE TEXTS TO VERSION AS OF 1", "INSERT INTO TEXTS VALUES ('d', 'rye', '')");
    works(more.toArray(String[]::new));
    assertThat(ids()).isEqualTo("a b d");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void missingFilesAreNotTakenForNone(boolean stream) {
    List<String> more = new ArrayList<>(List.of("--delete-missing"));
    more.addAll(stream ? List.of(STREAM) : List.of());
    makeFeed();
    works(more.toArray(String[]::new));
    sql(
        "UPDATE TEXTS SET text = 'rye bread' WHERE id = 'b'",
        "INSERT INTO TEXTS VALUES ('c', 'oil', '')",
        "DELETE FROM TEXTS WHERE id = 'a'");
    FileUtil.fullyDelete(input.resolve("_change_data").toFile());
    spark.conf().set(IGNORE_MISSING, "True");
    try {
      Cli.Result result = merge(more.toArray(String[]::new));
      if (stream) {
        fails(result, "versions or files that were not read yet are gone");
        assertThat(ids()).isEqualTo("a b");
      } else {
        assertThat(result.err()).contains("Warning: reading the whole source");
        assertThat(ids()).isEqualTo("b c");
      }
      assertThat(spark.conf().get(IGNORE_MISSING)).isEqualTo("True");
    } finally {
      spark.conf().unset(IGNORE_MISSING);
    }
  }

  @Test
  void aPinnedSourceStaysAtItsVersion() {
    makeTexts("delta.enableChangeDataFeed = false");
    TextSource source =
        new TextSource(
            input.toString(), SourceFormat.AUTO, List.of("id"), List.of("text"), List.of());
    TextSource pinned = source.pinned(spark);
    sql("DELETE FROM TEXTS WHERE id = 'a'");
    assertThat(pinned.resolved(spark).read(spark).count()).isEqualTo(2);
    assertThat(source.resolved(spark).read(spark).count()).isEqualTo(1);
  }

  @Test
  void aCheckpointIsNotKeptAmongOtherFiles() throws IOException {
    makeFeed();
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("metadata"), "{}");
    for (Path place : List.of(other, input, input.resolve("checkpoint"))) {
      fails(
          merge("--stream", "--until-done", "--checkpoint", place.toString()),
          "Cannot keep a checkpoint in " + place);
    }
    assertThat(other.resolve("e5-read")).doesNotExist();
  }
}
