package io.e5spark.search;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.e5spark.chunked.DocumentChunks;
import io.e5spark.platform.ColumnName;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorTable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The texts of found rows, from the table if it has them, or else from its source.
 *
 * @param shown the columns of the table with the text to show; empty for the embedded text
 * @param isChunked whether found rows are chunks, with their places
 * @param warnings receives the reason if there are no texts
 */
record HitTexts(
    SparkSession spark,
    VectorTable table,
    List<String> shown,
    boolean isChunked,
    Consumer<String> warnings) {

  /** The text of a found row. */
  interface Texts {
    /** The text; null if it is not known. */
    @Nullable String of(Row found);
  }

  private static final Texts NONE = found -> null;
  private static final String SHOWN = "__e5_shown_";

  /** The texts of these few rows. */
  Texts of(Dataset<Row> found, List<String> ids) {
    if (!shown.isEmpty()) {
      return byKey(found, inTable(ids, shown), keys(ids));
    }
    return table.source().map(source -> embedded(found, source, ids)).orElse(NONE);
  }

  private Texts embedded(Dataset<Row> found, TextSource source, List<String> ids) {
    boolean kept = List.of(table.rows().columns()).containsAll(source.textColumns());
    if (!kept && source.isTopic()) {
      warnings.accept("no texts to show: the table keeps none, and its source is a topic");
      return NONE;
    }
    boolean isWhole = !kept || source.textColumns().size() > 1;
    try {
      Dataset<Row> texts = kept ? inTable(ids, source.textColumns()) : source.read(spark);
      Texts byKey = byKey(found, texts, kept ? keys(ids) : ids);
      return isChunked && isWhole ? row -> part(row, byKey.of(row)) : byKey;
    } catch (IllegalArgumentException | UncheckedIOException e) {
      warnings.accept("no texts to show: " + e.getMessage());
      return NONE;
    }
  }

  /** The part of the whole text that the chunk covers; null if the text is not known. */
  private static @Nullable String part(Row chunk, @Nullable String text) {
    return text == null ? null : ChunkPlace.of(chunk).within(text);
  }

  /** Identifies a row of the table. */
  private List<String> keys(List<String> ids) {
    List<String> keys = new ArrayList<>(ids);
    if (isChunked) {
      keys.add(DocumentChunks.POSITION);
    }
    return keys;
  }

  /** The rows of the table; these columns as texts, whatever their types are. */
  private Dataset<Row> inTable(List<String> ids, List<String> columns) {
    Dataset<Row> rows = table.rows();
    List<String> texts = new ArrayList<>();
    for (String column : columns) {
      // Not in place of the column, which may be a key as well.
      String text = SHOWN + column;
      rows = rows.withColumn(text, ColumnName.column(column).cast("string"));
      texts.add(text);
    }
    return new TextSource(table.name(), SourceFormat.DELTA, keys(ids), texts, List.of())
        .select(rows);
  }

  private Texts byKey(Dataset<Row> found, Dataset<Row> texts, List<String> keys) {
    Map<RowKey, @Nullable String> byKey = new HashMap<>();
    Set<RowKey> ambiguous = new LinkedHashSet<>();
    for (Row row : wanted(found, texts, keys).collectAsList()) {
      RowKey key = RowKey.of(row, keys);
      String text = row.getAs(TextSource.TEXT);
      if (byKey.containsKey(key) && !Objects.equals(text, byKey.get(key))) {
        ambiguous.add(key);
      }
      byKey.put(key, text);
    }
    ambiguous.forEach(key -> byKey.put(key, null));
    ambiguous.stream()
        .findFirst()
        .ifPresent(
            key ->
                warnings.accept(
                    "no text to show for %s: several rows have this key and different texts"
                        .formatted(key)));
    return row -> byKey.get(RowKey.of(row, keys));
  }

  /** The different texts of each key. */
  private static Dataset<Row> wanted(Dataset<Row> found, Dataset<Row> texts, List<String> keys) {
    List<String> columns = new ArrayList<>(keys);
    columns.add(TextSource.TEXT);
    Dataset<Row> all = texts.select(ColumnName.columns(columns)).as("all");
    Dataset<Row> wanted = found.select(ColumnName.columns(keys)).as("wanted");
    // A key may be null, and the text of its row is shown as well.
    Column same =
        keys.stream()
            .map(key -> in("all", key).eqNullSafe(in("wanted", key)))
            .reduce(Column::and)
            .orElseThrow();
    return all.join(broadcast(wanted), same, "left_semi").distinct();
  }

  private static Column in(String rows, String column) {
    return col(rows + "." + ColumnName.quoted(column));
  }
}
