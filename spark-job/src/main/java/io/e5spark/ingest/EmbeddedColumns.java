package io.e5spark.ingest;

import static io.e5spark.platform.ColumnName.column;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.source.TextSource;
import io.e5spark.sql.E5Functions;
import io.e5spark.table.VectorColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The columns that a job writes instead of the text, computed by the SQL functions.
 *
 * @param dimension the dimension of the model
 */
record EmbeddedColumns(Settings settings, EmbedRequest request, int dimension) {
  private static final String VECTOR = "embedding";
  private static final String OUTCOME = "__e5_outcome";
  private static final int SHOWN_CHARACTERS = 60;

  /**
   * The rows with their new columns, without the text. If errors are not kept, an error ends the
   * query with the key of the row.
   *
   * @param keys the columns that identify a row
   */
  Dataset<Row> of(Dataset<Row> texts, List<String> keys) {
    Column text = col(TextSource.TEXT);
    Dataset<Row> outcomes =
        texts.withColumn(OUTCOME, E5Functions.tryEmbed(text, request.inputType(), settings));
    for (Map.Entry<String, String> column : added().entrySet()) {
      Column field = col(OUTCOME).getField(column.getValue());
      boolean isVector = column.getValue().equals(VECTOR);
      outcomes = outcomes.withColumn(column.getKey(), isVector ? vector(field, keys) : field);
    }
    return outcomes.drop(TextSource.TEXT, OUTCOME);
  }

  /**
   * The rows as they would be if each text were embedded, with any vector of norm 1 instead of that
   * of the model, and without what only the tokenizer knows.
   */
  Dataset<Row> standIns(Dataset<Row> texts) {
    Column floats = array_repeat(lit((float) (1 / Math.sqrt(dimension))), dimension);
    Column stored = request.vectorType().stored(floats, dimension);
    Dataset<Row> rows =
        texts.withColumn(vector().vector(), when(col(TextSource.TEXT).isNotNull(), stored));
    return (isDetailed() ? rows.withColumn(errorColumn(), lit(null).cast("string")) : rows)
        .drop(TextSource.TEXT);
  }

  private Column vector(Column floats, List<String> keys) {
    Column vector = request.vectorType().stored(floats, dimension);
    return settings.rows().onError() == OnError.FAIL ? orFail(vector, keys) : vector;
  }

  private static Column orFail(Column vector, List<String> keys) {
    Column error = col(OUTCOME).getField("error");
    List<Column> parts = new ArrayList<>();
    parts.add(lit("Cannot embed"));
    for (String key : keys) {
      parts.add(concat(lit(key + "="), coalesce(column(key).cast("string"), lit("null"))));
    }
    Column start = substring(col(TextSource.TEXT), 1, SHOWN_CHARACTERS);
    parts.add(concat(lit("text '"), start, lit("':")));
    parts.add(error);
    Column message = concat_ws(" ", parts.toArray(Column[]::new));
    return when(error.isNotNull(), raise_error(message)).otherwise(vector);
  }

  boolean isDetailed() {
    return request.details() || settings.rows().onError() == OnError.NULL;
  }

  /** The name of the column with errors, if there is one. */
  String errorColumn() {
    return vector().error();
  }

  private VectorColumns vector() {
    return new VectorColumns(request.vectorColumn());
  }

  /** The names of the columns. */
  List<String> names() {
    return List.copyOf(added().keySet());
  }

  /** The columns, with the field of {@code try_e5_embed} that each comes from. */
  private Map<String, String> added() {
    Map<String, String> added = new LinkedHashMap<>();
    added.put(vector().vector(), VECTOR);
    if (request.details()) {
      added.put(vector().tokens(), "tokens");
      added.put(vector().truncated(), "truncated");
    }
    if (isDetailed()) {
      added.put(errorColumn(), "error");
    }
    return added;
  }

  /**
   * Checks that the source has none of these columns.
   *
   * @throws IllegalArgumentException if it has
   */
  void requireNew(Dataset<Row> texts) {
    List<String> names = new ArrayList<>(added().keySet());
    names.add(vector().hash());
    names.add(vector().list());
    for (String name : names) {
      if (Arrays.stream(texts.columns()).anyMatch(name::equalsIgnoreCase)) {
        throw new IllegalArgumentException(
            "Cannot add column %s: the source already has a column of that name (choose another --vector-column)"
                .formatted(name));
      }
    }
  }
}
