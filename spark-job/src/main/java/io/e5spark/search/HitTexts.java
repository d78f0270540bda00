package io.e5spark.search;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.e5spark.chunked.DocumentChunks;
import io.e5spark.platform.ColumnName;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorTable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * The texts of found rows, out of the table where it has them, else out of its source.
 *
 * @param shown columns of the table with the text to show; empty for what was embedded
 * @param isChunked whether found rows are chunks, with their places
 * @param warnings hears why there are no texts
 */
record HitTexts(
    SparkSession spark,
    VectorTable table,
    List<String> shown,
    boolean isChunked,
    Consumer<String> warnings) {

  /** The rows with {@link TextSource#TEXT}, null where it is not known. */
  Dataset<Row> of(Dataset<Row> found, List<String> ids) {
    if (!shown.isEmpty()) {
      return joined(found, inTable(ids, shown), keys(ids));
    }
    Optional<TextSource> source = table.source();
    return source.isEmpty() ? without(found) : embedded(found, source.get(), ids);
  }

  private Dataset<Row> embedded(Dataset<Row> found, TextSource source, List<String> ids) {
    boolean kept = List.of(table.rows().columns()).containsAll(source.textColumns());
    if (!kept && source.isTopic()) {
      warnings.accept("no texts to show: the table keeps none, and its source is a topic");
      return without(found);
    }
    boolean isWhole = !kept || source.textColumns().size() > 1;
    try {
      Dataset<Row> texts = kept ? inTable(ids, source.textColumns()) : source.read(spark);
      Dataset<Row> joined = joined(found, texts, kept ? keys(ids) : ids);
      return isChunked && isWhole ? joined.withColumn(TextSource.TEXT, part()) : joined;
    } catch (IllegalArgumentException | UncheckedIOException e) {
      warnings.accept("no texts to show: " + e.getMessage());
      return without(found);
    }
  }

  /** A chunk of the whole text. */
  private static Column part() {
    Column start = col(DocumentChunks.START);
    return col(TextSource.TEXT).substr(start.plus(1), col(DocumentChunks.END).minus(start));
  }

  /** What identifies a row of the table. */
  private List<String> keys(List<String> ids) {
    List<String> keys = new ArrayList<>(ids);
    if (isChunked) {
      keys.add(DocumentChunks.POSITION);
    }
    return keys;
  }

  private Dataset<Row> inTable(List<String> ids, List<String> columns) {
    return new TextSource(table.name(), SourceFormat.DELTA, keys(ids), columns, List.of())
        .select(table.rows());
  }

  private static Dataset<Row> without(Dataset<Row> found) {
    return found.withColumn(TextSource.TEXT, lit(null).cast(DataTypes.StringType));
  }

  /** One text for each row found; a source may hold an id more than once. */
  private static Dataset<Row> joined(Dataset<Row> found, Dataset<Row> texts, List<String> keys) {
    String[] names = keys.toArray(String[]::new);
    Dataset<Row> wanted =
        texts
            .select(ColumnName.columns(with(keys)))
            .join(broadcast(found.select(ColumnName.columns(keys))), names, "left_semi")
            .dropDuplicates(names);
    return found.join(wanted, names, "left");
  }

  private static List<String> with(List<String> keys) {
    List<String> all = new ArrayList<>(keys);
    all.add(TextSource.TEXT);
    return all;
  }
}
