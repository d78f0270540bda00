package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.platform.TableHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what the commits of a Delta table say about its past. */
class TestTableHistory {
  @TempDir Path directory;
  private final SparkSession spark = Cli.spark();
  private Path table;
  private TableHistory history;

  /** Makes a table with a checkpoint per version, so that it can be read without its commits. */
  @BeforeEach
  void makeTable() {
    table = directory.resolve("table");
    history = new TableHistory(spark, table.toString());
    assertThat(history.newest()).isEmpty();
    sql(
        "CREATE TABLE TABLE_HERE USING delta TBLPROPERTIES (delta.checkpointInterval = 1) AS SELECT 1 AS id");
    sql("INSERT INTO TABLE_HERE VALUES (2)");
  }

  private void sql(String statement) {
    spark.sql(statement.replace("TABLE_HERE", "delta.`" + table + "`"));
  }

  @Test
  void replacedTableDidNotGoBack() {
    String first = history.commit(0).orElseThrow();
    sql("CREATE OR REPLACE TABLE TABLE_HERE USING delta AS SELECT 3 AS id");
    assertThat(history.newest()).hasValue(2);
    assertThat(history.wentBackAfter(0)).isFalse();
    assertThat(history.commit(0)).hasValue(first);
    assertThat(history.commit(3)).isEmpty();
  }

  @Test
  void restoredTableWentBackUntilTheCommitIsGone() throws IOException {
    sql("RESTORE TABLE TABLE_HERE TO VERSION AS OF 0");
    sql("INSERT INTO TABLE_HERE VALUES (3)");
    assertThat(history.wentBackAfter(1)).isTrue();
    assertThat(history.wentBackAfter(2)).isFalse();
    assertThat(history.wentBackAfter(7)).isFalse();
    for (int version = 0; version <= 2; version++) {
      Files.delete(table.resolve(String.format(Locale.ROOT, "_delta_log/%020d.json", version)));
    }
    DeltaLog.clearCache();
    assertThat(history.wentBackAfter(1)).isFalse();
    assertThat(history.commit(1)).isEmpty();
  }
}
