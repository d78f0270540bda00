package io.e5spark.job;

import static org.apache.spark.sql.functions.col;

import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.sql.E5Functions;
import io.e5spark.table.TextSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The columns that a job puts in place of the text, through the SQL functions. */
record EmbeddedColumns(Settings settings, EmbedRequest request) {
  /** The rows with their columns, without the text. */
  Dataset<Row> of(Dataset<Row> texts) {
    Column text = col(TextSource.TEXT);
    if (!isDetailed()) {
      return texts
          .withColumn(request.vectorColumn(), E5Functions.embed(text, request.inputType()))
          .drop(TextSource.TEXT);
    }
    Dataset<Row> outcomes =
        texts.withColumn(TextSource.TEXT, E5Functions.tryEmbed(text, request.inputType()));
    for (Map.Entry<String, String> column : added().entrySet()) {
      outcomes = outcomes.withColumn(column.getKey(), text.getField(column.getValue()));
    }
    return outcomes.drop(TextSource.TEXT);
  }

  boolean isDetailed() {
    return request.details() || settings.onError() == OnError.NULL;
  }

  /** The name of the column with errors, if there is one. */
  String errorColumn() {
    return request.vectorColumn() + "_error";
  }

  /** The names of the columns. */
  List<String> names() {
    return List.copyOf(added().keySet());
  }

  /** The columns, with the field of {@code try_e5_embed} that each is. */
  private Map<String, String> added() {
    Map<String, String> added = new LinkedHashMap<>();
    added.put(request.vectorColumn(), "embedding");
    if (request.details()) {
      added.put(request.vectorColumn() + "_tokens", "tokens");
      added.put(request.vectorColumn() + "_truncated", "truncated");
    }
    if (isDetailed()) {
      added.put(errorColumn(), "error");
    }
    return added;
  }

  /**
   * Checks that the source has none of these.
   *
   * @throws IllegalArgumentException if it has
   */
  void requireNew(Dataset<Row> texts) {
    for (String name : added().keySet()) {
      if (Arrays.stream(texts.columns()).anyMatch(name::equalsIgnoreCase)) {
        throw new IllegalArgumentException(
            "Cannot add column %s: the source has one of that name (choose another --vector-column)"
                .formatted(name));
      }
    }
  }
}
