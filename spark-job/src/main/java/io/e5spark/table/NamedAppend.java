package io.e5spark.table;

import static org.apache.spark.sql.functions.col;

import io.delta.exceptions.ConcurrentTransactionException;
import io.e5spark.source.TextSource;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Adds rows to a vector table once, however often they are written; Delta keeps the names of the
 * transactions that it has seen.
 *
 * @param table the table, which need not exist yet
 * @param runId the name
 */
public record NamedAppend(VectorTable table, String runId) {
  private static final String SAID = "e5.run-id=";

  /** The version of the table that added these rows, as far as its history goes back. */
  public OptionalLong version() {
    return table.exists()
        ? table
            .delta()
            .history()
            .where(col("userMetadata").equalTo(SAID + runId))
            .select("version")
            .collectAsList()
            .stream()
            .mapToLong(row -> row.getLong(0))
            .findFirst()
        : OptionalLong.empty();
  }

  /**
   * Checks that the added rows are still there.
   *
   * @param version the version that added them
   * @throws IllegalArgumentException if the table was replaced or restored since
   */
  public void requireKept(long version) {
    Column replaces =
        col("operation")
            .isin("RESTORE", "CLONE")
            .or(col("operation").contains("REPLACE TABLE"))
            .or(col("operationParameters").getItem("mode").equalTo("Overwrite"));
    Dataset<Row> since = table.delta().history().where(col("version").gt(version).and(replaces));
    if (!since.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot append run %s to table %s: it was added in version %d, and the table was replaced or restored since (give the run another name if its rows are gone)",
              runId,
              table.name(),
              version));
    }
  }

  /**
   * Adds the rows in one commit, unless they were added before; makes the table if it does not
   * exist.
   *
   * @throws IllegalStateException if another job with this name commits at the same time
   */
  public void write(Dataset<Row> rows, VectorProperties properties, TextSource source) {
    if (!table.exists()) {
      table.create(rows.schema(), properties, source);
    }
    Map<String, String> named =
        Map.of("txnAppId", SAID + runId, "txnVersion", "1", "userMetadata", SAID + runId);
    try {
      table.append(rows, properties, named);
    } catch (ConcurrentTransactionException e) {
      throw new IllegalStateException(
          "Cannot append to table %s: another job with the run id %s wrote to it at the same time (run the same command again)"
              .formatted(table.name(), runId),
          e);
    }
  }
}
