package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.source.TextSource;
import io.e5spark.table.NamedAppend;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import io.e5spark.table.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that an append that is started twice adds its rows once. */
class TestNamedAppend {
  @TempDir Path directory;
  private Path input;
  private String output;

  @BeforeEach
  void source() throws IOException {
    input = directory.resolve("rows.jsonl");
    output = directory.resolve("vectors").toString();
    Files.writeString(input, "{\"id\":1,\"text\":\"salt\"}\n{\"id\":2,\"text\":\"bread\"}\n");
  }

  private Cli.Result append(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("embed", "--input", input.toString(), "--output", output));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private void sql(String statement) {
    Cli.spark().sql(statement.replace("TABLE_HERE", "delta.`" + output + "`"));
  }

  private Dataset<Row> rows() {
    return Cli.spark().read().format("delta").load(output);
  }

  @Test
  void rowsOfARunAreAddedOnce() {
    Cli.Result first = append("--mode", "append", "--run-id", "it's Monday");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).doesNotContain("Nothing is embedded");
    Cli.Result again = append("--mode", "append", "--run-id", "it's Monday");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err())
        .contains("Nothing to embed: table " + output)
        .contains("has had the rows of run it's Monday since version 1");
    assertThat(again.out()).contains("Embedded 0 of 0 rows");
    assertThat(rows().count()).isEqualTo(2);
    assertThat(append("--mode", "append", "--run-id", "Tuesday").code()).isZero();
    assertThat(append("--mode", "append").code()).isZero();
    assertThat(rows().count()).isEqualTo(6);
  }

  @Test
  void rowsThatWereTakenBackAreNotSaidToBeThere() {
    assertThat(append().code()).isZero();
    assertThat(append("--mode", "append", "--run-id", "Monday").code()).isZero();
    sql("RESTORE TABLE_HERE TO VERSION AS OF 0");
    Cli.Result again = append("--mode", "append", "--run-id", "Monday");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err())
        .contains("Cannot append run Monday to table " + output)
        .contains("was added in version 1, and the table was replaced or restored since");
    assertThat(append("--mode", "append", "--run-id", "Monday again").code()).isZero();
    assertThat(rows().count()).isEqualTo(4);
  }

  @Test
  void alsoAfterTheHistoryWasCleanedUp() throws IOException {
    assertThat(append("--mode", "append").code()).isZero();
    sql("ALTER TABLE TABLE_HERE SET TBLPROPERTIES ('delta.checkpointInterval' = '1')");
    assertThat(append("--mode", "append", "--run-id", "Monday").code()).isZero();
    sql("ALTER TABLE TABLE_HERE SET TBLPROPERTIES ('owner.team' = 'search')");
    for (int version = 0; version <= 2; version++) {
      Files.delete(Path.of(output, String.format(Locale.ROOT, "_delta_log/%020d.json", version)));
    }
    DeltaLog.clearCache();
    Cli.Result again = append("--mode", "append", "--run-id", "Monday");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err())
        .contains("has had the rows of run Monday since before its history begins (give the run");
    assertThat(rows().count()).isEqualTo(4);
    assertThat(append().code()).isZero();
    Cli.Result replaced = append("--mode", "append", "--run-id", "Monday");
    assertThat(replaced.code()).as(replaced.err()).isEqualTo(2);
    assertThat(replaced.err())
        .contains("before the history of the table begins, and the table was replaced");
  }

  @Test
  void tableThatChangedSinceTheStartIsLookedAtAgain() {
    assertThat(append().code()).isZero();
    VectorTable table = new VectorTable(Cli.spark(), output);
    VectorProperties before = table.properties();
    TextSource source = table.wholeSource();
    Dataset<Row> rows = rows().localCheckpoint();
    assertThat(append("--set", "max-tokens=128").code()).isZero();
    assertThatThrownBy(() -> table.write(rows, before, source, WriteMode.APPEND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its vectors were made with max-tokens=128, and this job has");
    assertThat(rows().count()).isEqualTo(2);
    sql("CREATE OR REPLACE TABLE TABLE_HERE USING delta AS SELECT 7 AS customer");
    for (WriteMode mode : List.of(WriteMode.APPEND, WriteMode.OVERWRITE)) {
      assertThatThrownBy(() -> table.write(rows, before, source, mode))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("it has no e5.* properties");
    }
    assertThat(rows().columns()).containsExactly("customer");
  }

  @Test
  void alsoWhereTheHistoryDoesNotTell() {
    assertThat(append().code()).isZero();
    VectorTable table = new VectorTable(Cli.spark(), output);
    NamedAppend run = new NamedAppend(table, "a");
    Dataset<Row> one = rows().limit(1).localCheckpoint();
    for (int i = 0; i < 2; i++) {
      run.write(one, table.properties(), table.wholeSource());
      assertThat(rows().count()).isEqualTo(3);
    }
    new NamedAppend(table, "b").write(one, table.properties(), table.wholeSource());
    assertThat(rows().count()).isEqualTo(4);
  }

  @Test
  void otherModesHaveNoNames() {
    assertThat(append("--mode", "merge", "--run-id", "a").err())
        .contains("Invalid option: --run-id with --mode merge (it needs --mode append)");
    assertThat(append("--mode", "append", "--run-id", " ").err()).contains("must not be blank");
  }
}
