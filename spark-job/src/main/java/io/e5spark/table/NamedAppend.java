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

  /** Whether the table has added these rows, even if its history no longer goes back so far. */
  public boolean isDone() {
    return table.exists() && (version().isPresent() || table.hasCommitted(SAID + runId));
  }

  /**
   * Checks that the added rows are still there.
   *
   * @param version the version that added them; empty if it is not in the history
   * @throws IllegalArgumentException if the table was replaced or restored since, as far as its
   *     history goes back
   */
  public void requireKept(OptionalLong version) {
    Column replaces =
        col("operation")
            .isin("RESTORE", "CLONE")
            .or(col("operation").contains("REPLACE TABLE"))
            .or(col("operationParameters").getItem("mode").equalTo("Overwrite"));
    Column isLater = col("version").gt(version.orElse(-1));
    if (!table.delta().history().where(isLater.and(replaces)).isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot append run %s to table %s: it was added %s, and the table was replaced or restored since (give the run another name if its rows are gone)"
              .formatted(runId, table.name(), when(version)));
    }
  }

  private static String when(OptionalLong version) {
    return version.isPresent()
        ? String.format(Locale.ROOT, "in version %d", version.getAsLong())
        : "before the history of the table begins";
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
