package io.e5spark.ingest;

import static io.e5spark.platform.ColumnName.column;

import io.e5spark.config.OnError;
import io.e5spark.platform.Count;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The number of texts of a job that may fail before it stops committing. */
final class ErrorLimit {
  private final EmbedRequest request;
  private final EmbeddedColumns columns;
  private long errors;

  /**
   * The limit of a job.
   *
   * @throws IllegalArgumentException if a job that keeps no errors has a limit
   */
  ErrorLimit(EmbedRequest request, EmbeddedColumns columns) {
    this.request = request;
    this.columns = columns;
    if (request.maxErrors() != null && request.maxErrors() < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Invalid max-errors: %d (must not be negative)", request.maxErrors()));
    }
    if (isSet() && columns.settings().rows().onError() != OnError.NULL) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid max-errors: %d (must be left out where the first failed text ends the job; --on-error null keeps such rows)",
              request.maxErrors()));
    }
  }

  boolean isSet() {
    return request.maxErrors() != null;
  }

  /**
   * Counts rows before they are committed.
   *
   * @throws IllegalStateException with an example, if there are too many errors
   */
  void count(Dataset<Row> rows) {
    Long most = request.maxErrors();
    if (most == null) {
      return;
    }
    Dataset<Row> failed = rows.where(column(columns.errorColumn()).isNotNull());
    errors += failed.count();
    if (errors > most) {
      List<Row> examples = failed.drop(request.vectorColumn()).limit(1).collectAsList();
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Cannot commit: %s could not be embedded (at most %,d may fail), for example %s",
              Count.of(errors, "text"),
              most,
              examples.isEmpty() ? "" : examples.get(0).prettyJson()));
    }
  }
}
